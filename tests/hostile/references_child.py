"""What `references` runs: generates a document and prints, as JSON, what it tried to reach and which errors it has."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from sdkwright.diagnostics import Diagnostics, Severity
from sdkwright.pipeline import Options, Run, generate

_NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "webbrowser.")
_FOREIGN = ("/etc/passwd", "/proc/self/environ", "/dev/stdin", "win.ini", ".netrc")


def main(spec: str) -> None:
    """Generate a package in memory under an audit hook."""
    attempts: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_NETWORK):
            attempts.append(f"{event} {arguments!r:.100}")
        elif event == "open" and isinstance(arguments[0], str | bytes) and _is_foreign(os.fsdecode(arguments[0])):
            attempts.append(f"open {arguments[0]!r}")

    sys.addaudithook(watch)
    run = Run(Diagnostics())
    generated = generate(Path(spec), Options(), run)
    errors = [item.location.pointer for item in run.diagnostics.items if item.severity is Severity.ERROR]
    package = generated.package if generated else ""
    print(json.dumps({"attempts": attempts, "errors": errors, "package": package}))


def _is_foreign(path: str) -> bool:
    return path.endswith(_FOREIGN)


if __name__ == "__main__":
    main(sys.argv[1])
