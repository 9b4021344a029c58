"""YAML text to plain data: the C parser's events, built into values by the rules of the YAML 1.2 core schema.

PyYAML's own constructors follow YAML 1.1, in which `no` is a boolean, `12:30` a number and `2026-01-01` a
date. Documents mean none of that, so values are built here: in one loop over the events, which is also faster
than composing nodes first.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sdkwright.source.faults import Fault
from sdkwright.source.index import Cursor, Index, Mark
from sdkwright.source.json_reader import depth_fault, number_fault
from sdkwright.source.loaded import Loaded
from sdkwright.source.yaml_faults import syntax_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import Event

    from sdkwright.limits import Limits

_CONSTANTS: Final = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
"""Digits after a leading zero are text: YAML 1.1 reads them as octal, 1.2 as decimal, and people mean a code."""
_REAL = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER_START: Final = frozenset("+-.0123456789")
_CORE: Final = "tag:yaml.org,2002:"
_STRINGS: Final = frozenset({"!", f"{_CORE}str", f"{_CORE}timestamp", f"{_CORE}binary"})
_RESOLVED: Final = frozenset(f"{_CORE}{name}" for name in ("int", "float", "bool", "null"))
_COLLECTIONS: Final = frozenset({None, "!", f"{_CORE}map", f"{_CORE}seq"})
_CONTAINERS: Final = frozenset({dict, list})
_MERGE: Final = "\0<<"
"""Where the values of `<<` wait for the end of their mapping; no document can contain this key."""


def load_yaml(text: str, limits: Limits) -> Loaded:
    """The data of a YAML text (YAML 1.2 core schema, and merge keys).

    Keys are strings as written. Aliases are expanded into copies, so that the result is a tree. Raises
    `Fault` for text that is not YAML, tags other than the core schema's, and anything over a budget of
    `limits`.
    """
    return _Builder(limits).build(text)


class _Builder:
    """The state of one load: the open containers and what has been spent."""

    __slots__ = ("_aliases", "_anchors", "_copied", "_duplicated", "_limits", "_numbers", "_stack")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stack: list[tuple[dict[str, object] | list[object], str | None]] = []
        self._anchors: dict[str, object] = {}
        self._aliases = 0
        self._copied = 0
        self._duplicated = False
        self._numbers: list[int] = []

    def build(self, text: str) -> Loaded:
        result: object = None
        container: dict[str, object] | list[object] | None = None
        key: str | None = None
        stack, documents, value = self._stack, 0, cast("object", None)
        for event in events(text):
            kind = type(event)
            if kind is ScalarEvent:
                scalar = cast("ScalarEvent", event)
                if type(container) is dict and key is None:
                    key = self._key(scalar, container)
                    continue
                value = self._scalar(scalar)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(cast("MappingStartEvent | SequenceStartEvent", event), container, key)
                if container is not None:
                    stack.append((container, key))
                container = {} if kind is MappingStartEvent else []
                key = None
                self._anchor(cast("MappingStartEvent", event).anchor, container)
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if type(container) is dict and _MERGE in container:
                    self._merge(container, event)
                value = container
                container, key = stack.pop() if stack else (None, None)
            elif kind is AliasEvent:
                if type(container) is dict and key is None:
                    key = self._alias_key(cast("AliasEvent", event), container)
                    continue
                value = self._alias(cast("AliasEvent", event), container)
            else:
                documents += kind is DocumentStartEvent
                if documents > 1:
                    raise _fault(
                        event,
                        "source/several-documents",
                        "the file holds several YAML documents",
                        "keep one document per file",
                    )
                continue
            if isinstance(container, dict):
                container[cast("str", key)] = value
                key = None
            elif container is not None:
                container.append(value)
            else:
                result = value
        return Loaded(result, self._duplicated, self._numbers)

    def _key(self, event: ScalarEvent, container: dict[str, object]) -> str:
        key: str = event.value
        if key == "<<" and event.implicit[0]:
            key = _MERGE
        elif key.isdecimal() and event.implicit[0]:
            self._numbers.append(_offset(event))
        if event.anchor:
            self._anchors[event.anchor] = event.value
        self._duplicated |= key in container
        return key

    def _alias_key(self, event: AliasEvent, container: dict[str, object]) -> str:
        key = self._alias(event, container)
        if isinstance(key, dict | list):
            raise _fault(event, "source/key", "a key must be text")
        self._duplicated |= str(key) in container
        return str(key)

    def _scalar(self, event: ScalarEvent) -> object:
        value: object = event.value
        if event.implicit[0] or event.tag in _RESOLVED:
            value = self._resolve(event)
        elif event.tag is not None and event.tag not in _STRINGS:
            raise _tag_fault(event)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _resolve(self, event: ScalarEvent) -> object:
        text: str = event.value
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] not in _NUMBER_START:
            return text
        if _INTEGER.fullmatch(text):
            if len(text) <= self._limits.number_digits:
                return int(text, 0) if text[:2] in {"0x", "0o"} else int(text)
        elif _REAL.fullmatch(text):
            value = float(text)
            if len(text) <= self._limits.number_digits and math.isfinite(value):
                return value
        elif not _NOT_FINITE.fullmatch(text):
            return text
        raise number_fault(text[:40], _offset(event), self._limits)

    def _start(self, event: MappingStartEvent | SequenceStartEvent, container: object, key: str | None) -> None:
        if event.tag not in _COLLECTIONS:
            raise _tag_fault(event)
        if type(container) is dict and key is None:
            raise _fault(event, "source/key", "a key must be text", "quote the key if it is meant to be text")
        if len(self._stack) + (container is not None) >= self._limits.depth:
            raise depth_fault(self._limits, _offset(event))

    def _anchor(self, anchor: str | None, value: object) -> None:
        if anchor:
            self._anchors[anchor] = value

    def _alias(self, event: AliasEvent, container: object) -> object:
        self._aliases += 1
        if self._aliases > self._limits.yaml_aliases:
            raise _fault(
                event,
                "limit/aliases",
                f"the file has more than {self._limits.yaml_aliases:,} YAML aliases",
            )
        name = cast("str", event.anchor)
        if name not in self._anchors:
            raise _fault(event, "source/alias", f"the alias *{name} has no anchor &{name} above it")
        value = self._anchors[name]
        if value is container and value is not None:
            raise _fault(event, "source/alias", f"the alias *{name} stands inside its own anchor")
        if any(value is open_container for open_container, _ in self._stack):
            raise _fault(event, "source/alias", f"the alias *{name} stands inside its own anchor")
        return self._copy(value, event, len(self._stack) + 1)

    def _copy(self, value: object, event: Event, depth: int) -> object:
        if not isinstance(value, dict | list):
            return value
        members = cast("dict[str, object] | list[object]", value)
        self._copied += len(members) + 1
        if self._copied > self._limits.expanded_nodes:
            raise _fault(
                event,
                "limit/nodes",
                f"the aliases expand to more than {self._limits.expanded_nodes:,} nodes",
            )
        if depth >= self._limits.depth:
            raise depth_fault(self._limits, _offset(event))
        below = depth + 1
        if isinstance(members, dict):
            return {
                key: self._copy(item, event, below) if type(item) in _CONTAINERS else item
                for key, item in members.items()
            }
        return [self._copy(item, event, below) if type(item) in _CONTAINERS else item for item in members]

    def _merge(self, container: dict[str, object], event: Event) -> None:
        """Apply `<<` (https://yaml.org/type/merge.html): explicit keys win, then earlier mappings."""
        merged = container.pop(_MERGE)
        sources = cast("list[object]", merged) if isinstance(merged, list) else [merged]
        for source in sources:
            if not isinstance(source, dict):
                raise _fault(event, "source/merge", "the merge key << takes a mapping or a list of mappings")
            for key, value in cast("dict[str, object]", source).items():
                container.setdefault(key, value)


def index_yaml(text: str) -> Index:
    """Where the nodes of a YAML text stand; of broken text, as far as it can be read."""
    cursor = Cursor()
    anchors: dict[str, Mark] = {}
    try:
        for event in events(text):
            if cursor.full:
                break
            if isinstance(event, ScalarEvent | AliasEvent) and cursor.wants_key:
                name = event.value if isinstance(event, ScalarEvent) else event.anchor
                cursor.key(cast("str", name), _offset(event))
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                mark = cursor.open(_offset(event), isinstance(event, MappingStartEvent))
                anchors[cast("str", event.anchor)] = mark
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                cursor.close()
            elif isinstance(event, ScalarEvent):
                cursor.value(_offset(event))
            elif isinstance(event, AliasEvent):
                target = anchors.get(cast("str", event.anchor))
                cursor.value(_offset(event)).children = target.children if target else {}
    except Fault:
        return cursor.finish()
    return cursor.finish()


def events(text: str) -> Iterator[Event]:
    """The events of a YAML text, from libyaml where PyYAML was built with it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise syntax_fault(text, error) from None
    except yaml.reader.ReaderError as error:
        raise Fault(
            "source/character",
            "the file holds a control character that YAML does not allow",
            offset=cast("int", error.position),
            hint="remove it, or write it as an escape",
        ) from None


def _offset(event: Event) -> int:
    mark = event.start_mark
    return mark.index if mark else 0


def _fault(event: Event, code: str, message: str, hint: str = "") -> Fault:
    return Fault(code, message, offset=_offset(event), hint=hint)


def _tag_fault(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> Fault:
    return _fault(
        event,
        "source/tag",
        f"the YAML tag {event.tag} is not supported",
        "use plain YAML; $ref includes another file",
    )
