"""Stage 1: files of YAML and JSON, read under hard limits into plain data.

`read` takes the root document of a run, `load` any file that belongs to it. Positions cost a second pass over
the text and are computed only when `positions` asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, cast

from sdkwright.diagnostics import Diagnostic, Location, Severity
from sdkwright.source.encoding import decode
from sdkwright.source.faults import Fault
from sdkwright.source.hidden import drop_hidden
from sdkwright.source.json_reader import load_json
from sdkwright.source.loaded import Loaded
from sdkwright.source.texts import SourceText
from sdkwright.source.yaml_reader import load_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits

__all__ = ["SourceDocument", "SourceText", "load", "positions", "read"]

_SHOWN = 100
"""Duplicate keys that are reported one by one; a file with more of them is not repaired by hand."""
_LONGEST_FLOW = 1 << 20
"""Characters of a text with brackets that is tried as YAML when it is not JSON; nobody writes longer ones by hand."""
_ESCAPED = re.compile(r"\\(?:0|x00|[uU]0{4}|[uU](?:0000)?[dD][89a-fA-F])")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file that has been read.

    `name` is how the user called it and how diagnostics show it. `data` belongs to the run: the bundle stage
    takes it over and changes it in place. `text` is the decoded file.
    """

    path: Path
    name: str
    data: dict[str, object]
    source: SourceText

    @property
    def text(self) -> str:
        """The file's text, without a byte order mark."""
        return self.source.text


def read(
    path: Path, limits: Limits, diagnostics: Diagnostics, texts: dict[str, SourceText] | None = None
) -> SourceDocument:
    """Read the root document: an object with an `openapi` or `swagger` key.

    `texts` collects the text of every file by name, also of those that turn out to be broken, so that a
    report can show the line. Raises `Refusal` when there is nothing to go on with.
    """
    data, source = _load(path, str(path), limits, diagnostics, {} if texts is None else texts)
    location = Location(source.name)
    if not isinstance(data, dict):
        raise diagnostics.refuse(
            "source/not-openapi",
            f"the document is {_kind(data)}, not an object",
            location,
            "pass an OpenAPI document in YAML or JSON",
        )
    document = cast("dict[str, object]", data)
    if "openapi" not in document and "swagger" not in document:
        message = "the document has neither an `openapi` nor a `swagger` key"
        raise diagnostics.refuse("source/not-openapi", message, location, _hint(document))
    return SourceDocument(path, source.name, document, source)


def load(
    path: Path, name: str, limits: Limits, diagnostics: Diagnostics, texts: dict[str, SourceText]
) -> tuple[object, SourceText]:
    """Read any file of a document: its data, of whatever type, and its text.

    Raises `Refusal` for a file that cannot be read or parsed, after reporting it.
    """
    return _load(path, name, limits, diagnostics, texts)


def positions(document: SourceDocument | SourceText, pointer: str) -> tuple[int, int]:
    """The line and column, from 1, of the node at a JSON pointer or of its nearest ancestor that exists.

    The position of a member of an object is its key's.
    """
    source = document.source if isinstance(document, SourceDocument) else document
    return source.position(pointer)


def _load(
    path: Path, name: str, limits: Limits, diagnostics: Diagnostics, texts: dict[str, SourceText]
) -> tuple[object, SourceText]:
    text = decode(path, name, limits, diagnostics)
    source = texts[name] = SourceText(name, text)
    try:
        if not text.strip():
            raise Fault("source/empty", "the file is empty", offset=0, hint="name the file that holds the document")
        loaded = _parse(source, limits, diagnostics)
        if _ESCAPED.search(text):
            _report_dropped(drop_hidden(loaded.data), source, diagnostics)
    except Fault as fault:
        _refuse(fault, source, diagnostics)
    if loaded.number_keys:
        _report_numbers(loaded.number_keys, source, diagnostics)
    if loaded.duplicated:
        for item in source.duplicates()[:_SHOWN]:
            first, second = source.locate(item.first), source.locate(item.second)
            diagnostics.items.append(Diagnostic(
                "source/duplicate-key", Severity.ERROR,
                f"the key {item.key!r} stands twice in one object: on lines {first[0]} and {second[0]}",
                Location(name, item.parent).child(item.key), "remove or rename one of them", *second,
            ))  # fmt: skip
    return loaded.data, source


def _parse(source: SourceText, limits: Limits, diagnostics: Diagnostics) -> Loaded:
    """Parse by content: what starts like JSON is tried as JSON, and YAML has the last word."""
    text = source.text
    if not source.looks_like_json:
        return load_yaml(text, limits)
    try:
        return load_json(text, limits)
    except Fault as fault:
        if fault.code != "source/syntax" or len(text) > _LONGEST_FLOW:
            raise
        try:
            loaded = load_yaml(text, limits)
        except Fault:
            raise fault from None
        source.is_json = False
        if source.name.endswith(".json"):
            message = f"{fault.message}; the file is read as YAML, which it is"
            line, column = source.locate(fault.offset)
            location = Location(source.name)
            diagnostics.items.append(
                Diagnostic("source/not-json", Severity.WARNING, message, location, "", line, column)
            )
        return loaded


def _refuse(fault: Fault, source: SourceText, diagnostics: Diagnostics) -> NoReturn:
    refusal = diagnostics.refuse(fault.code, fault.message, Location(source.name, fault.pointer), fault.hint)
    if fault.offset >= 0:
        line, column = source.locate(fault.offset)
        last = diagnostics.items.pop()
        diagnostics.items.append(
            Diagnostic(last.code, last.severity, last.message, last.location, last.hint, line, column)
        )
    raise refusal


def _report_numbers(offsets: Sequence[int], source: SourceText, diagnostics: Diagnostics) -> None:
    """Say once a file that keys are text (OpenAPI 3.1, 4.8.16.2): one place shows the habit."""
    line, column = source.locate(offsets[0])
    count = f"{len(offsets)} keys are numbers" if len(offsets) > 1 else "a key is a number"
    message = f"{count}, here {source.text[offsets[0] : offsets[0] + 20].split(':')[0]}; keys are read as text"
    hint = 'quote it, such as "200", so that JSON and YAML say the same'
    item = Diagnostic("source/number-key", Severity.WARNING, message, Location(source.name), hint, line, column)
    diagnostics.items.append(item)


def _report_dropped(examples: list[str], source: SourceText, diagnostics: Diagnostics) -> None:
    for pointer in examples:
        diagnostics.warning(
            "source/example",
            "this example holds a NUL or half of a surrogate pair, so it was left out",
            Location(source.name, pointer),
            "remove the \\u0000 or \\ud8xx escape",
        )


def _kind(data: object) -> str:
    if data is None:
        return "empty but for comments"
    return "an array" if isinstance(data, list) else "plain text" if isinstance(data, str) else "a single value"


def _hint(document: dict[str, object]) -> str:
    """What the document seems to be instead."""
    known = {
        "asyncapi": "this is an AsyncAPI document; OpenAPI is expected",
        "overlay": "this is an OpenAPI Overlay; pass it with --overlay beside its document",
        "swaggerVersion": "this is Swagger 1.x; convert it to OpenAPI 3 first",
        "$schema": "this looks like a JSON Schema; an OpenAPI document has `openapi`, `info` and `paths`",
        "item": "this looks like a Postman collection; export it as OpenAPI first",
    }
    for key, hint in known.items():
        if key in document:
            return hint
    return "an OpenAPI document starts with a line like `openapi: 3.1.0`"
