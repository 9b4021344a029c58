"""`python -m tests.browser`: exits with 1, and says what to install, if there is no browser for these tests."""

from __future__ import annotations

import sys

from tests.browser.chromium import MISSING, find_chromium

if find_chromium() is None:
    print(f"NOT TESTED: tests/browser was left out. {MISSING}", file=sys.stderr)
    sys.exit(1)
