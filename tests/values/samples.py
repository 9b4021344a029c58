"""Values for schemas of canonical documents.

hypothesis-jsonschema knows the drafts 4, 6 and 7 only, and gives up on schemas that refer to themselves, so this is a
generator of its own. What it makes is checked by jsonschema-rs, an independent reader of JSON Schema 2020-12: a value
that does not fit is thrown away, so that keywords which are not understood here cost values and never truth.
"""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass, field
from typing import Any

from sdkwright import pointers

from values.texts import matching

_DEEPEST = 6
_STRANGE = "zz-not-in-the-document"
_TEXTS = ("", "a", "plain text", 'O\'Hara "quoted"', "ünïcödé ☃ 🦜", "null", "12", "true", "line\nbreak", " spaced ")
_INTEGERS = (0, 1, -1, 7, 255, 65_536, -(2**31), 2**53 + 1, 2**63 + 11, -(2**70))
_NUMBERS = (0, 1, -1.5, 0.1, 3.0, 1e21, -2.5e-9, 123456.789)
_FORMATS: dict[str, tuple[str, ...]] = {
    "date-time": (
        "2026-05-01T08:30:00Z", "1999-12-31T23:59:59.123456+01:00", "2026-05-01T08:30:00.5-07:00",
        "2024-02-29T00:00:00+00:00",
    ),
    "date": ("2026-05-01", "1970-01-01", "2024-02-29"),
    "time": ("08:30:00", "23:59:59Z"),
    "duration": ("P1DT2H", "PT0.5S"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"),
    "email": ("ann@example.com",),
    "uri": ("https://example.com", "https://example.com/a?b=c#d", "urn:x:y"),
    "byte": ("aGVsbG8=", "AAEC", ""),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "decimal": ("12.3400",),
    "int64": ("42",),
}  # fmt: skip


_SAME_FORMAT = {"datetime": "date-time", "base64": "byte"}
"""Formats of no registry that documents use for one of it."""


class ImpossibleError(Exception):
    """No value was found for a schema."""


@dataclass(slots=True)
class Sampler:
    """Makes values. With `strange` it breaks some of what a server may break: fields, constants and union members that
    no document knew; `broke` says whether the last value has any."""

    document: dict[str, Any]
    random: random.Random
    strange: bool = False
    broke: bool = False
    _budget: int = field(default=0)

    def value(self, pointer: str) -> Any:
        """One value of the schema at a pointer. Raises ImpossibleError."""
        self._budget, self.broke = 400, False
        return self._make({"$ref": f"#{pointer}"}, 0)

    def _make(self, schema: Any, depth: int) -> Any:
        self._budget -= 1
        if depth > 40:
            raise ImpossibleError
        flat = self._flat(schema, depth)
        constants = flat.get("enum", [])
        if "const" in flat:
            constants = [flat["const"]] if flat["const"] in constants or not constants else constants
        if constants:
            known = [item for item in constants if depth < _DEEPEST or not isinstance(item, dict | list)]
            if self._breaks(0.3) and depth and all(isinstance(item, str) for item in known):
                return _STRANGE
            return self.random.choice(known or [self._give_up()])
        shown = [*flat.get("examples", []), *([flat["default"]] if "default" in flat else [])]
        if "properties" in flat and "type" not in flat:  # a value of another kind is valid, but nobody means it
            shown = [item for item in shown if isinstance(item, dict)]
        if shown and not self.strange and self.random.random() < 0.4:  # what documents show may be of another type
            return self.random.choice(shown)
        return self._typed(self._type(flat, depth), flat, depth)

    def _typed(self, type_: str, flat: dict[str, Any], depth: int) -> Any:
        match type_:
            case "object":
                return self._object(flat, depth)
            case "array":
                return self._array(flat, depth)
            case "string":
                return self._text(flat)
            case "integer" | "number":
                return self._number(type_, flat)
            case "boolean":
                return self.random.random() < 0.5
            case "null":
                return None
            case _:
                return self.random.choice([None, True, 3, 2.5, "anything", [1, "a"], {"any": {"thing": [None]}}])

    def _type(self, flat: dict[str, Any], depth: int) -> str:
        declared = flat.get("type")
        if isinstance(declared, list):
            small = [item for item in declared if item not in {"object", "array"}]
            return str(self.random.choice(small if small and self._late(depth) else declared or [self._give_up()]))
        if declared:
            return str(declared)
        for type_, keys in (("object", ("properties", "additionalProperties")), ("array", ("items", "prefixItems"))):
            if any(key in flat for key in keys):
                return type_
        return "string" if flat.keys() & {"pattern", "minLength", "maxLength", "format"} else ""

    def _flat(self, schema: Any, depth: int) -> dict[str, Any]:
        """A schema with its references, its `allOf` and one branch of each union folded in; what two say, both say."""
        found: dict[str, Any] = {}
        pending: list[tuple[Any, int]] = [(schema, 0)]
        while pending:
            node, level = pending.pop()
            if node is False or level > 40:
                self._give_up()
            if not isinstance(node, dict):
                continue
            if node.get("not") == {}:
                self._give_up()
            if isinstance(node.get("$ref"), str):
                pending.append((pointers.follow(self.document, node["$ref"][1:]), level + 1))
            pending += [(part, level + 1) for part in node.get("allOf", ())]
            for key in ("oneOf", "anyOf"):
                if node.get(key):
                    branch = self._branch(node[key], depth)
                    if branch is None:
                        return {"const": {"type": _STRANGE, "kind": _STRANGE, "zz_member": {"of": ["another", 1]}}}
                    pending.append((branch, level + 1))
            _merge(found, node)
        return found

    def _branch(self, branches: list[Any], depth: int) -> Any:
        """One member of a union; None for a member that the document does not have."""
        objects = [branch for branch in branches if self._is_object(branch)]
        if depth and len(objects) == len(branches) > 1 and self._breaks(0.3):
            return None
        if self._late(depth):
            small = [branch for branch in branches if branch not in objects]
            return self.random.choice(small) if small else min(branches, key=self._needs)
        return self.random.choice(branches)

    def _needs(self, branch: Any) -> int:
        """How many properties an object must have, to choose the one that ends soonest."""
        return len(self._flat(branch, _DEEPEST).get("required", []))

    def _is_object(self, branch: Any) -> bool:
        for _ in range(20):
            if not isinstance(branch, dict) or "$ref" not in branch:
                break
            branch = pointers.follow(self.document, branch["$ref"][1:])
        return isinstance(branch, dict) and (branch.get("type") == "object" or "properties" in branch)

    def _object(self, flat: dict[str, Any], depth: int) -> dict[str, Any]:
        required = flat.get("required", [])
        found: dict[str, Any] = {}
        properties = flat.get("properties", {})
        for name in self._names(flat, required, depth):
            try:
                found[name] = self._make(properties[name], depth + 1)
            except ImpossibleError:
                if name in required:
                    raise
        extra = flat.get("additionalProperties", True)
        for name in required:
            if name not in found:
                found[name] = self._make(extra, depth + 1)
        if extra is not True and extra != {"not": {}} and extra is not False and not self._late(depth):
            for number in range(self.random.randrange(3)):
                found[f"key {number}"] = self._make(extra, depth + 1)
        while len(found) < flat.get("minProperties", 0) and len(found) < 20:
            found[f"key {len(found)}"] = self._make(extra, depth + 1)
        if self._breaks(0.5) and extra is True:
            found["zz_unknownField"] = {"a": [1, None, {"b": "c"}]}
        return found

    def _names(self, flat: dict[str, Any], required: list[str], depth: int) -> list[str]:
        """The properties that an object will have, in the order of the schema."""
        properties = flat.get("properties", {})
        others = [name for name in properties if name not in required]
        room = flat.get("maxProperties", len(properties)) - len(required)
        chosen = [name for name in others if not self._late(depth) and self.random.random() < 0.5]
        chosen = chosen if len(chosen) <= room else self.random.sample(chosen, max(room, 0))
        if len(required) + len(chosen) < flat.get("minProperties", 0) and others and not chosen:
            chosen = [self.random.choice(others)]
        return [name for name in properties if name in required or name in chosen]

    def _array(self, flat: dict[str, Any], depth: int) -> list[Any]:
        least, most = flat.get("minItems", 0), flat.get("maxItems", 3)
        length = least if self._late(depth) else self.random.randint(least, max(least, min(most, least + 2)))
        prefix = flat.get("prefixItems", [])
        if prefix:
            length = max(length, len(prefix)) if "items" in flat or length else len(prefix)
        schemas = itertools.chain(prefix, itertools.repeat(flat.get("items", True)))
        items = [self._make(schema, depth + 1) for schema, _ in zip(schemas, range(min(length, 50)), strict=False)]
        if flat.get("uniqueItems"):
            items = [item for index, item in enumerate(items) if item not in items[:index]]
        return items

    def _text(self, flat: dict[str, Any]) -> str:
        least, most = flat.get("minLength", 0), flat.get("maxLength", 10_000)
        if "pattern" in flat:
            try:
                return matching(flat["pattern"], self.random)
            except (re.error, ValueError):
                raise ImpossibleError from None
        name = "byte" if str(flat.get("contentEncoding", "")).startswith("base64") else str(flat.get("format", ""))
        name = _SAME_FORMAT.get(name, name)
        text = self.random.choice(_FORMATS.get(name, _TEXTS))
        return text if name in _FORMATS else text.ljust(least, "x")[:most]

    def _number(self, type_: str, flat: dict[str, Any]) -> int | float:
        step = flat.get("multipleOf")
        low = flat.get("minimum", flat.get("exclusiveMinimum"))
        high = flat.get("maximum", flat.get("exclusiveMaximum"))
        candidates: list[int | float] = list(_INTEGERS if type_ == "integer" else _NUMBERS)
        if low is not None or high is not None:
            start = low if low is not None else high - 100
            end = high if high is not None else start + 100
            whole = isinstance(start, int) and isinstance(end, int)
            candidates = [start, end, start + 1, end - 1, (start + end) // 2 if whole else (start + end) / 2]
        if step:
            candidates = [round(item / step) * step for item in candidates]
        if type_ == "integer":
            candidates = [int(item) for item in candidates if item == item // 1]
        if flat.get("format") == "int32":
            candidates = [item for item in candidates if -(2**31) <= item < 2**31]
        return self.random.choice(candidates or [self._give_up()])

    def _late(self, depth: int) -> bool:
        return depth >= _DEEPEST or self._budget < 0

    def _breaks(self, chance: float) -> bool:
        if self.strange and self.random.random() < chance:
            self.broke = True
            return True
        return False

    def _give_up(self) -> Any:
        raise ImpossibleError


def _merge(found: dict[str, Any], node: dict[str, Any]) -> None:
    for key, value in node.items():
        if key == "properties":
            properties = found.setdefault("properties", {})
            for name, schema in value.items():
                properties[name] = {"allOf": [properties[name], schema]} if name in properties else schema
        elif key == "required":
            found["required"] = [*dict.fromkeys([*found.get("required", []), *value])]
        elif key == "enum":
            found["enum"] = [item for item in value if item in found["enum"]] if "enum" in found else value
        elif key == "type" and "type" in found:
            before, now = (item if isinstance(item, list) else [item] for item in (found["type"], value))
            found["type"] = [item for item in before if item in now] or now
        elif key not in {"$ref", "allOf", "oneOf", "anyOf"}:
            found[key] = value
