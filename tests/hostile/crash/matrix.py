"""A fault at each change of each work, and what is found after it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hostile.crash.sandbox import Sandbox
from hostile.crash.shim import FAULTS, KILL, Fault, Shim
from hostile.crash.works import Work, finish, start


@dataclass(slots=True)
class Row:
    """The figures of one line of the table."""

    work: str
    fault: str
    trials: int = 0
    old: int = 0
    new: int = 0
    mixed: int = 0
    """Neither of them until the next run: only where files have to be replaced one by one."""
    failures: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The line."""
        figures = f"{self.trials:6} {self.old:6} {self.new:6} {self.mixed:6} {len(self.failures):9}"
        return f"{self.work:22} {self.fault:24} {figures}"


_REASON = re.compile(r"write/|run/system")
HEAD = f"{'work':22} {'fault':24} trials    old    new  mixed  failures"


def run(
    works: Iterable[Work],
    root: Path,
    say: Callable[[str], None] = lambda text: None,
    faults: Sequence[Fault] = FAULTS,
    every: int = 1,
) -> list[Row]:
    """Try these faults at each `every`th change of these works; a failed trial's directory stays in `root`."""
    rows: list[Row] = []
    for work in works:
        for fault in faults:
            row = Row(work.name, fault.name)
            for at in range(0, len(work.operations), every):
                box = work.start.copy(root / f"trial-{len(rows)}-{at}")
                problems = trial(work, box, fault, at, row)
                if problems:
                    operation = work.operations[at]
                    row.failures.append(
                        f"{work.name}, {fault.name} at {at} ({operation}): {'; '.join(problems)} [{box.root}]"
                    )
                    say(row.failures[-1])
                else:
                    shutil.rmtree(box.root)
            rows.append(row)
            say(row.text)
    return rows


def trial(work: Work, box: Sandbox, fault: Fault, at: int, row: Row) -> list[str]:
    """One fault; what is wrong after it."""
    status = finish(start(work.run, box, Shim(fault, at)))
    return judge(work, box, row, status, fault)


def judge(work: Work, box: Sandbox, row: Row, status: int, fault: Fault) -> list[str]:
    """Look at what a run has left, then run once more and look again."""
    found = box.found()
    row.trials += 1
    row.old += found == work.before
    row.new += found == work.after != work.before
    problems: list[str] = []
    if found not in (work.before, work.after):
        row.mixed += 1
        if work.atomic or not (fault is KILL or fault.lasting):
            problems.append(f"neither the old package nor the new one: {differing(found, work)}")
    problems += _ending(box, status, fault, changed=found == work.after)
    if fault.signal and fault is not KILL and box.leftovers():
        problems.append(f"left behind {box.leftovers()}")
    return [*problems, *_after_next_run(work, box)]


def _ending(box: Sandbox, status: int, fault: Fault, *, changed: bool) -> list[str]:
    """What is wrong with the way a run ended."""
    said = (box.root / "said").read_text("utf-8", "replace") if (box.root / "said").exists() else ""
    (box.root / "said").unlink(missing_ok=True)
    if "Traceback" in said:
        return [f"a traceback: {said.strip().splitlines()[-1][:200]}"]
    allowed = {-fault.signal} if fault is KILL else {128 + fault.signal} if fault.signal else {0, 1}
    if status not in allowed:
        return [f"ended with {status}: {said.strip()[-200:]}"]
    if status == 0 and not changed:
        return ["exit code 0 without the new package"]
    if status == 1 and (changed or not _REASON.search(said)):
        return [f"exit code 1 {'with the new package' if changed else 'without a reason'}: {said.strip()[-200:]}"]
    return []


def _after_next_run(work: Work, box: Sandbox) -> list[str]:
    status = finish(start(work.run, box))
    if status:
        return [f"the next run ended with {status}: {(box.root / 'said').read_text('utf-8', 'replace')[-300:]}"]
    problems = [f"the next run left behind {box.leftovers()}"] if box.leftovers() else []
    if box.found() != work.after:
        problems.append(f"the next run did not complete the package: {differing(box.found(), work)}")
    return problems


def differing(found: object, work: Work) -> str:
    """A few paths that are not what they are in the new package."""
    assert isinstance(found, dict)
    paths = [path for path in sorted({*found, *work.after}) if found.get(path) != work.after.get(path)]
    return ", ".join(paths[:4])
