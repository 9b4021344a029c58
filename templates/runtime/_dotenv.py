"""The file `.env` of the working directory. It fills gaps of the environment and never overrides it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["environment", "parse_dotenv"]

_MAX_BYTES = 1024 * 1024
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*?)\s*")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(?:#.*)?')
_SINGLE = re.compile(r"'([^']*)'\s*(?:#.*)?")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def parse_dotenv(text: str) -> dict[str, str]:
    """The values of `KEY=VALUE` lines.

    `export` before a key, blank lines and comments are allowed. Double quotes know backslash escapes, single quotes
    take everything as it is; in a bare value ` #` starts a comment. Other lines are skipped. Nothing is expanded.
    """
    values: dict[str, str] = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is not None and not line.lstrip().startswith("#"):
            values[found[1]] = _value(found[2])
    return values


def environment(directory: Path | None = None) -> Mapping[str, str]:
    """The environment, with what only `.env` in the directory (default: the working directory) says."""
    try:
        with (directory or Path.cwd()).joinpath(".env").open("rb") as file:
            text = file.read(_MAX_BYTES).decode("utf-8-sig", "replace")
    except OSError:  # no such file is the usual case, and one that cannot be read is no reason to fail
        return dict(os.environ)
    return {**parse_dotenv(text), **os.environ}


def _value(text: str) -> str:
    if (double := _DOUBLE.fullmatch(text)) is not None:
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), double[1])
    if (single := _SINGLE.fullmatch(text)) is not None:
        return single[1]
    if text.startswith("#"):
        return ""
    return re.split(r"\s#", text, maxsplit=1)[0].rstrip()
