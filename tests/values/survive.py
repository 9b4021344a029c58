"""Values through a package: read as a response would be, written as a body would be, and compared."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pydantic
from jsonschema_rs import Draft202012Validator, Registry, ValidationError

from values.equal import differences
from values.samples import ImpossibleError, Sampler

if TYPE_CHECKING:
    from values.package import Package, Root

_TRIES = 4
_MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas", "schemas"})
"""Keywords with a schema for each name."""
_URN = "urn:document"


@dataclass(slots=True)
class Outcome:
    """What came of the values of a package."""

    schemas: int = 0
    values: int = 0
    strange: int = 0
    """Values with fields, constants or union members that the document does not have."""
    unmade: list[str] = field(default_factory=list[str])
    """Schemas for which no valid value was found."""
    failures: list[str] = field(default_factory=list[str])


def survive(package: Package, count: int) -> Outcome:
    """Send the examples of every schema and `count` values of it through the package."""
    outcome = Outcome()
    document = registry(package.document)
    for root in package.roots:
        outcome.schemas += 1
        made = 0
        judge = Judge.of(document, root.pointer)
        for value in _valid(root, package.document, count, judge):
            made += 1
            outcome.values += 1
            found = _through(package, root.kind, value, strict=judge.strict.is_valid(value))
            outcome.failures += [f"{root.pointer}: {what}" for what in found]
        if not made:
            outcome.unmade.append(root.pointer)
            continue
        for value in _strange(root, package.document, count):
            outcome.strange += 1
            found = _through(package, root.kind, value, strict=False)
            outcome.failures += [f"{root.pointer}: (strange) {what}" for what in found]
    return outcome


def registry(document: dict[str, Any]) -> Registry:
    """A canonical document, so that judges find its schemas."""
    return Registry([(_URN, _readable(document))])


def _readable(node: Any, *, is_map: bool = False) -> Any:
    """A copy with references that are URIs, without patterns that are none, in which properties make an object.

    JSON Schema lets a schema with `properties` and no `type` be any text or number; documents never mean it.
    """
    if isinstance(node, list):
        return [_readable(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _readable(value, is_map=not is_map and key in _MAPS) for key, value in node.items()}
    if is_map:
        return copy
    if isinstance(node.get("$ref"), str):
        copy["$ref"] = f"#{quote(node['$ref'][1:], safe='/~')}"
    if isinstance(node.get("pattern"), str) and not _is_pattern(node["pattern"]):
        del copy["pattern"]
    if isinstance(node.get("properties"), dict):
        copy.setdefault("type", "object")
    return copy


@cache
def _is_pattern(text: str) -> bool:
    try:
        Draft202012Validator({"pattern": text})
    except ValidationError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Judge:
    """Says whether values fit one schema, by the letter of JSON Schema 2020-12, as an independent reader has it."""

    loose: Draft202012Validator
    strict: Draft202012Validator
    """The same with formats: a date has to be one, which JSON Schema does not ask, and many examples are not."""

    @classmethod
    def of(cls, document: Registry, pointer: str) -> Judge:
        """The judge of the schema at a pointer."""
        reference = {"$ref": f"{_URN}#{quote(pointer, safe='/~')}"}
        return cls(
            *(Draft202012Validator(reference, registry=document, validate_formats=formats) for formats in (False, True))
        )


def _valid(root: Root, document: dict[str, Any], count: int, judge: Judge) -> Iterator[Any]:
    sampler = Sampler(document, _seeded(root))
    yield from (example for example in root.examples if judge.loose.is_valid(example))
    for _ in range(count):
        for _ in range(_TRIES):
            try:
                value = sampler.value(root.pointer)
            except ImpossibleError:
                continue
            if value is not None and judge.loose.is_valid(value):  # null belongs to those who refer to it
                yield value
                break


def _strange(root: Root, document: dict[str, Any], count: int) -> Iterator[Any]:
    sampler = Sampler(document, _seeded(root), strange=True)
    for _ in range(count):
        try:
            value = sampler.value(root.pointer)
        except ImpossibleError:
            continue
        if sampler.broke:
            yield value


def _seeded(root: Root) -> random.Random:
    """Numbers that depend on the schema alone, so that a failure comes again."""
    return random.Random(zlib.crc32(root.pointer.encode()))


def _through(package: Package, kind: Any, value: object, *, strict: bool) -> Iterator[str]:
    """What is wrong with a value that was read and written. With `strict` it has to be of the type as it is."""
    text = json.dumps(value)
    try:
        read = package.module("_validators").read_json(kind, text)
    except pydantic.ValidationError as error:
        if strict:
            entry = error.errors(include_url=False, include_input=False, include_context=False)[0]
            yield f"{'.'.join(map(str, entry['loc']))}: {entry['msg']} in {text[:300]}"
            return
        read = package.module("_lenient").Lenient().build(kind, value)
    after = json.loads(package.module("_wire").dump_json(read))
    for difference in differences(value, after):
        yield f"{difference} in {text[:300]}"
