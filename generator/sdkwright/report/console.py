"""Diagnostics on a terminal: what, where with the line underlined, and what to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sdkwright.diagnostics import Severity
from sdkwright.report import located, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from sdkwright.diagnostics import Diagnostic
    from sdkwright.source import SourceText

_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold blue",
}
_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_CAP: Final = 3
"""How many diagnostics of one code are shown in full."""
_EXCERPT: Final = 96
"""Characters of a source line that are shown."""
_LONGEST: Final = 500
"""Characters of a message, a pointer or a hint that are shown: each may quote the document."""


def print_diagnostics(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, SourceText],
    console: Console,
    *,
    verbose: bool = False,
) -> None:
    """Print diagnostics by code, errors first, at most three of a code unless `verbose`, and a summary.

    `texts` are the sources by name; `console` should write to stderr. Every text is sanitised.
    """
    groups: dict[tuple[int, str], list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        groups[_ORDER[item.severity], item.code].append(item)
    counts: Counter[Severity] = Counter()
    for _, group in sorted(groups.items(), key=lambda pair: pair[0]):
        counts[group[0].severity] += len(group)
        shown = located(group, texts)[: None if verbose else _CAP]
        for item in shown:
            _print(_describe(item, texts), console)
        if len(group) > len(shown):
            rest = f"... and {len(group) - len(shown)} more of {group[0].code}; --verbose shows all\n"
            _print(Text(rest, style="dim"), console)
    if counts:
        words = [
            f"{counts[severity]} {severity}{'s' if counts[severity] != 1 else ''}"
            for severity in _ORDER
            if counts[severity]
        ]
        _print(Text(", ".join(words)), console)


def _print(text: Text, console: Console) -> None:
    console.print(text, soft_wrap=True, highlight=False)


def _describe(item: Diagnostic, texts: Mapping[str, SourceText]) -> Text:
    style = _STYLES[item.severity]
    text = Text()
    text.append(f"{item.severity}[{item.code}]", style=style).append(f": {_flat(item.message)}\n")
    place = f"{item.location.file}:{item.line}:{item.column}" if item.line else item.location.file
    text.append("  --> ", style="blue").append(_flat(place))
    if item.location.pointer:
        text.append(f"  {_flat(item.location.pointer)}", style="dim")
    text.append("\n")
    source = texts.get(item.location.file)
    if source is not None and item.line:
        _append_excerpt(text, source.line(item.line), item, style)
    if item.hint:
        text.append("   = ", style="blue").append(f"help: {_flat(item.hint)}\n")
    return text


def _append_excerpt(text: Text, line: str, item: Diagnostic, style: str) -> None:
    """The source line, cut to a window around the column, with the token there underlined."""
    column = item.column - 1
    start = max(0, column - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    window = line[start : start + _EXCERPT].replace("\t", " ")
    before = _flat(window[: column - start])
    rest = window[column - start :]
    token = _flat(rest[: _token_length(rest)])
    gutter = " " * len(str(item.line))
    text.append(f" {item.line} | ", style="blue").append(before + _flat(rest) + "\n")
    text.append(f" {gutter} | ", style="blue").append(" " * len(before))
    text.append("^" * max(1, len(token)) + "\n", style=style)


def _token_length(text: str) -> int:
    """The length of the key or word at the start of a text."""
    if text[:1] in {'"', "'"}:
        end = text.find(text[0], 1)
        return end + 1 if end > 0 else len(text)
    for index, character in enumerate(text):
        if character in ":,{}[] " and index:
            return index
    return len(text)


def _flat(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}..."
    return sanitise(text).replace("\n", " ").replace("\t", " ")
