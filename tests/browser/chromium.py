"""Where Chromium is."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The tests of the review page need Chromium or Chrome: install Debian's package chromium "
    "(apt-get install chromium), or name another in CHROMIUM."
)


def find_chromium() -> str | None:
    """The path of the browser that `CHROMIUM` names, else of one on the path."""
    asked = os.environ.get("CHROMIUM")
    return shutil.which(asked) if asked else next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """How it is started: it reaches for no host of its own, and root can have no sandbox."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    return [*quiet, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
