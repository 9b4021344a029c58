"""Diagnostics as workflow commands, which GitHub shows beside the line in a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright.diagnostics import Severity
from sdkwright.report import located, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diagnostics import Diagnostic
    from sdkwright.source import SourceText

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def commands(diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """One workflow command a line. No text of a document can end a command or begin another."""
    return "".join(f"{_annotation(item)}\n" for item in located(diagnostics, texts))


def _annotation(item: Diagnostic) -> str:
    properties = {"file": item.location.file}
    if item.line:
        properties |= {"line": str(item.line), "col": str(item.column)}
    properties["title"] = item.code
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{item.message}. {item.hint}" if item.hint else item.message
    return f"::{_COMMANDS[item.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return sanitise(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
