"""The JSON Schema of the JSON format, as docs/diff.schema.json publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright.diff.consequence import AUDIENCES, Change, Origin, Thing

if TYPE_CHECKING:
    from enum import StrEnum

_TEXT: Final[dict[str, object]] = {"type": "string"}
_TEXTS: Final[dict[str, object]] = {"type": "array", "items": _TEXT}
_FLAG: Final[dict[str, object]] = {"type": "boolean"}
_LINE: Final[dict[str, object]] = {"type": "integer", "minimum": 0}
_VERDICT: Final[dict[str, object]] = {"enum": ["none", "patch", "minor", "major"]}
_OR_NULL: Final[dict[str, object]] = {"type": "null"}


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False,
    }  # fmt: skip


def _map(schema: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "additionalProperties": schema}


def _or_null(schema: dict[str, object]) -> dict[str, object]:
    return {"anyOf": [schema, _OR_NULL]}


_PLACE: Final = _object(file=_TEXT, line=_LINE, end_line=_LINE, pointer=_TEXT, excerpt=_TEXTS)
_FINDING: Final = _object(
    rule=_TEXT, level=_VERDICT, warning=_FLAG, text=_TEXT, meaning=_TEXT, before=_or_null(_TEXT), after=_or_null(_TEXT)
)


def _one_of(kind: type[StrEnum]) -> dict[str, object]:
    return {"enum": [str(member) for member in kind]}


_MEETS: Final[dict[str, object]] = {"type": "array", "items": {"enum": list(AUDIENCES)}}
_CONSEQUENCE: Final = _object(
    symbol=_TEXT, level=_VERDICT, text=_TEXT, meets=_MEETS, before=_TEXT, after=_TEXT, shim=_TEXT,
    thing=_one_of(Thing), change=_one_of(Change), origin=_one_of(Origin),
)  # fmt: skip
_CODE: Final = _object(place=_TEXT, before=_TEXTS, after=_TEXTS)
_NOTE: Final = _object(symbol=_TEXT, advice=_TEXT, before=_TEXT, after=_TEXT, shim=_TEXT)
_RENAME: Final = _object(old=_TEXT, new=_TEXT, confidence={"type": "number", "minimum": 0, "maximum": 1})
_ACCEPTANCE: Final = _object(rule=_TEXT, pointer=_TEXT, reason=_TEXT, author=_TEXT, expires=_or_null(_TEXT))


def _list(name: str) -> dict[str, object]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


_CARD: Final = _object(
    id=_TEXT, rule=_TEXT, pointer=_TEXT, subject=_TEXT, title=_TEXT, wire=_VERDICT, warning=_FLAG, python=_VERDICT,
    origin=_one_of(Origin), meets=_MEETS, resources=_TEXTS, code=_list("code"), migration=_list("note"),
    base=_or_null({"$ref": "#/$defs/place"}), revision=_or_null({"$ref": "#/$defs/place"}),
    findings=_list("finding"), consequences=_list("consequence"), requests=_TEXTS, responses=_TEXTS,
    rename=_or_null({"$ref": "#/$defs/rename"}), accepted=_list("acceptance"),
)  # fmt: skip

SCHEMA: Final[dict[str, object]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "sdkwright diff --format json",
    "description": "`warning` marks a minor change that real peers may still stumble over.",
    **_object(
        name=_TEXT, base=_TEXT, revision=_TEXT, wire=_VERDICT, python=_or_null(_VERDICT), version=_TEXT,
        suggested_version=_TEXT, python_reason=_TEXT, python_by_origin=_map(_VERDICT), notices=_TEXTS,
        changelog=_map(_TEXTS), cards=_list("card"), folded=_map({"type": "integer"}),
        expired=_list("acceptance"), unused=_list("acceptance"),
    ),
    "$defs": {
        "card": _CARD, "place": _PLACE, "finding": _FINDING, "consequence": _CONSEQUENCE, "rename": _RENAME,
        "acceptance": _ACCEPTANCE, "code": _CODE, "note": _NOTE,
    },
}  # fmt: skip
