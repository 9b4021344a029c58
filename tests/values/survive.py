"""Values through a package: read as a response would be, written as a body would be, and compared."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from values.equal import differences
from values.samples import ImpossibleError, Sampler

if TYPE_CHECKING:
    from values.package import Package, Root

_TRIES = 4
_URN = "urn:document"
_DATES = FormatChecker(["date", "date-time"])


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
    judge = Judge.of(package.document)
    for root in package.roots:
        outcome.schemas += 1
        made = 0
        for value in _valid(root, package.document, count, judge):
            made += 1
            outcome.values += 1
            strict = judge.accepts(root.pointer, value, formats=True)
            found = _through(package, root.kind, value, strict=strict)
            outcome.failures += [f"{root.pointer}: {what}" for what in found]
        if not made:
            outcome.unmade.append(root.pointer)
            continue
        for value in _strange(root, package.document, count):
            outcome.strange += 1
            found = _through(package, root.kind, value, strict=False)
            outcome.failures += [f"{root.pointer}: (strange) {what}" for what in found]
    return outcome


@dataclass(frozen=True, slots=True)
class Judge:
    """Says whether values fit a schema, by the letter of JSON Schema 2020-12."""

    registry: Any

    @classmethod
    def of(cls, document: dict[str, Any]) -> Judge:
        """The judge of a canonical document."""
        return cls(Registry().with_resource(_URN, DRAFT202012.create_resource(document)))

    def accepts(self, pointer: str, value: object, *, formats: bool = False) -> bool:
        """Whether a value fits; one that the validator cannot judge, for a pattern that Python lacks, does not.

        With `formats` a date has to be one, which JSON Schema does not ask, and examples in documents often are not.
        """
        reference = {"$ref": f"{_URN}#{quote(pointer, safe='/~')}"}
        checker = _DATES if formats else None
        try:
            return bool(Draft202012Validator(reference, registry=self.registry, format_checker=checker).is_valid(value))
        except (re.error, RecursionError, OverflowError):
            return False


def _valid(root: Root, document: dict[str, Any], count: int, judge: Judge) -> Iterator[Any]:
    sampler = Sampler(document, _seeded(root))
    yield from (example for example in root.examples if judge.accepts(root.pointer, example))
    for _ in range(count):
        for _ in range(_TRIES):
            try:
                value = sampler.value(root.pointer)
            except ImpossibleError:
                continue
            if value is not None and judge.accepts(root.pointer, value):  # null belongs to those who refer to it
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
    except ValidationError as error:
        if strict:
            entry = error.errors(include_url=False, include_input=False, include_context=False)[0]
            yield f"{'.'.join(map(str, entry['loc']))}: {entry['msg']} in {text[:300]}"
            return
        read = package.module("_lenient").Lenient().build(kind, value)
    after = json.loads(package.module("_wire").dump_json(read))
    for difference in differences(value, after):
        yield f"{difference} in {text[:300]}"
