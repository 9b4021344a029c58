"""What is said about a config: wrong values, unknown keys, keys without effect, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from sdkwright.config.section import Section

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from sdkwright.diagnostics import Diagnostics, Location

Steps = tuple[str | int, ...]
_MESSAGES = {
    "missing": "a value is missing here",
    "dict_type": "this must be a mapping of keys to values",
    "model_type": "this must be a mapping of keys to values",
    "list_type": "this must be a list",
    "tuple_type": "this must be a list",
    "string_type": "this must be text; quote it",
    "bool_type": "this must be `true` or `false`",
    "bool_parsing": "this must be `true` or `false`",
    "int_type": "this must be a whole number",
    "int_parsing": "this must be a whole number",
    "float_type": "this must be a number",
    "float_parsing": "this must be a number",
}


def report_errors(error: ValidationError, data: object, location: Location, diagnostics: Diagnostics) -> None:
    """Turn what pydantic found into one located error for each node, in the order of the file."""
    found = [(detail, _steps(detail["loc"], data)) for detail in error.errors(include_url=False, include_input=False)]
    seen: set[str] = set()
    for detail, steps in sorted(found, key=lambda pair: _rank(pair[1], data)):
        place = location.child(*steps)
        if place.pointer not in seen:
            seen.add(place.pointer)
            missing = f"`{detail['loc'][-1]}` is missing here" if detail["type"] == "missing" else ""
            diagnostics.error("config/bad-value", missing or _message(detail), place, _hint(steps))


def report_keys(section: Section, data: object, location: Location, diagnostics: Diagnostics) -> None:
    """Warn about keys that do not exist, and note those that exist but have no effect, in the order of the file."""
    found: list[tuple[Steps, Section, tuple[str, ...]]] = []
    for node, steps in _sections(section, ()):
        given = [key for _, key in sorted((_rank((*steps, key), data), key) for key in node.given)]
        idle = tuple(key for key in given if key in node.no_effect)
        found += [((*steps, key), node, ()) for key in given if key not in idle]
        found += [((*steps, idle[0]), node, idle)] if idle else []
    for steps, node, idle in sorted(found, key=lambda entry: _rank(entry[0], data)):
        place = location.child(*steps)
        if idle:
            keys = ", ".join(f"`{key}`" for key in idle)
            verb, pronoun = ("has", "it") if len(idle) == 1 else ("have", "they")
            message = f"{keys} {verb} no effect on a Python package"
            diagnostics.note("config/no-effect", message, place, f"{pronoun} may stay")
        else:
            _report_unknown(node, str(steps[-1]), place, diagnostics)


def _report_unknown(node: Section, key: str, place: Location, diagnostics: Diagnostics) -> None:
    if key.startswith("x-"):
        return
    close = get_close_matches(key, sorted(node.keys() | node.no_effect), n=1)
    hint = f"did you mean `{close[0]}`?" if close else "known keys: " + ", ".join(sorted(node.keys()))
    diagnostics.warning("config/unknown-key", f"the key `{key}` is not known here", place, hint)


def _sections(value: object, steps: Steps) -> Iterator[tuple[Section, Steps]]:
    """Every section below a value, each with the way to it."""
    match value:
        case Section():
            yield value, steps
            for name, field in type(value).model_fields.items():
                if name in value.model_fields_set:
                    yield from _sections(getattr(value, name), (*steps, field.alias or name))
        case Mapping():
            for key, item in cast("Mapping[str, object]", value).items():
                yield from _sections(item, (*steps, key))
        case tuple():
            for index, item in enumerate(cast("tuple[object, ...]", value)):
                yield from _sections(item, (*steps, index))
        case _:
            pass


def _steps(loc: Sequence[str | int], data: object) -> list[str | int]:
    """The part of pydantic's path that exists in the file: its own marks (union members, `[key]`) are left out."""
    steps: list[str | int] = []
    for step in loc:
        if isinstance(data, Mapping) and step in data:
            data = cast("Mapping[object, object]", data)[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(cast("list[object]", data)):
            data = cast("list[object]", data)[step]
        else:
            continue
        steps.append(step)
    return steps


def _rank(steps: Sequence[str | int], data: object) -> tuple[int, ...]:
    """Where a node stands among the others of the file: keys are in their order."""
    rank: list[int] = []
    for step in steps:
        if isinstance(data, Mapping):
            members = cast("Mapping[object, object]", data)
            rank.append(list(members).index(step) if step in members else len(members))
            data = members.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            rank.append(step)
            data = cast("list[object]", data)[step] if step < len(cast("list[object]", data)) else None
    return tuple(rank)


def _message(detail: ErrorDetails) -> str:
    if detail["type"] in _MESSAGES:
        return _MESSAGES[detail["type"]]
    if detail["type"] == "literal_error":
        return f"this must be {detail.get('ctx', {}).get('expected')}".replace("'", "`")
    message = detail["msg"]
    return message[:1].lower() + message[1:]


def _hint(steps: list[str | int]) -> str:
    return f"at `{'.'.join(map(str, steps))}`" if steps else ""
