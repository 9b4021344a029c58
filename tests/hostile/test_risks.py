"""`SECURITY.md` says what the tests show, and nothing else."""

from __future__ import annotations

import subprocess
import sys

from hostile.risks import PAGE, RISKS, ROOT, page

RULES = [*(f"N{number}" for number in range(1, 13)), "W", *(f"R{number}" for number in range(1, 8))]


def test_the_page_is_what_the_registry_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.hostile security"


def test_every_rule_has_a_risk_with_a_test() -> None:
    assert [risk.rule for risk in RISKS] == RULES
    assert all(risk.tests for risk in RISKS)


def test_pytest_finds_every_test_of_the_registry() -> None:
    names = dict.fromkeys(f"tests/{test}" for risk in RISKS for test in risk.tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *names],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    missing = [name for name in names if not any(line.startswith(name) for line in done.stdout.splitlines())]
    assert missing == []
