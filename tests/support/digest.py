"""Run as a program: generate every golden case and print what it came to, one `case sha256` on each line."""

from __future__ import annotations

import hashlib

from support.golden import cases, run


def main() -> None:
    """Print the digest of each case: its files and its diagnostics."""
    for case in cases():
        outcome = run(case)
        digest = hashlib.sha256(outcome.diagnostics.encode())
        for path, content in sorted((outcome.files or {}).items()):
            digest.update(f"\0{path}\0{len(content)}\0".encode())
            digest.update(content)
        print(case.name, digest.hexdigest())


if __name__ == "__main__":
    main()
