"""Compares what schemas say about single values: types, formats, enums, bounds, patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.peel import types_of

if TYPE_CHECKING:
    from sdkwright.diff.facts import Node
    from sdkwright.diff.view import View
    from sdkwright.diff.walk import Document, Here

_BOUNDS: Final = {
    "maximum": ("maximum", False), "exclusiveMaximum": ("exclusive-maximum", False),
    "maxLength": ("max-length", False), "maxItems": ("max-items", False),
    "maxProperties": ("max-properties", False), "maxContains": ("max-contains", False),
    "minimum": ("minimum", True), "exclusiveMinimum": ("exclusive-minimum", True),
    "minLength": ("min-length", True), "minItems": ("min-items", True),
    "minProperties": ("min-properties", True), "minContains": ("min-contains", True),
}  # fmt: skip
"""Keyword: the stem of its rules, and whether it is a lower bound."""

_IMPLIED: Final = {"minLength": 0, "minItems": 0, "minProperties": 0, "minContains": 1}
_SUBFORMATS: Final = {"int32": {"int64"}, "float": {"double"}, "uuid": {""}, "uri": {"uri-reference", "iri"}}
_HINTS: Final = frozenset({"password", "textarea", "html", "markdown", "multiline"})
_TEXT_TYPES: Final = frozenset({"integer", "number", "boolean"})
_STRING: Final = frozenset({"string"})
_OBJECT: Final = frozenset({"object"})
_ARRAY: Final = frozenset({"array"})
_ANYTHING: Final = re.compile(r"\^?(\.\*|\[\\s\\S\]\*|\.\*\$?)\$?")


def compare_types(here: Here, base: View, revision: View) -> None:
    """Compare types, null apart."""
    old, new = _types(base.keywords), _types(revision.keywords)
    if old == new:
        return
    lost = old is not None and new is not None and any(not _covered(name, new) for name in old)
    gained = old is not None and new is not None and any(not _covered(name, old) for name in new)
    if _implied(base, new) or _implied(revision, old):
        here.folded("type written out")
        return
    if old is None or new is None:
        rule = "type-narrowed" if old is None else "type-widened"
    elif here.text and new == _STRING and old <= _TEXT_TYPES and not revision.keywords.keys() & _RESTRICTING:
        rule = "text-type-widened"
    elif not lost and not gained:
        return
    else:
        rule = "type-changed" if lost and gained else "type-narrowed" if lost else "type-widened"
    here.fact(
        rule, before=describe(base.keywords), after=describe(revision.keywords),
        base=base.pointer("type"), revision=revision.pointer("type"),
    )  # fmt: skip


def _implied(view: View, types: frozenset[str] | None) -> bool:
    """Whether a schema without a type, but with what only these types have, says the same as one with them."""
    if types_of(view.keywords) is not None:
        return False
    if view.properties or "additionalProperties" in view.keywords:
        return types == _OBJECT
    return "items" in view.keywords and types == _ARRAY


def unlike(here: Here) -> bool:
    """Whether no value fits both schemas by the types that they name, so that nothing else of them can be compared."""
    old, new = _types(here.base.node), _types(here.revision.node)
    if here.text or old is None or new is None or not ("type" in here.base.node and "type" in here.revision.node):
        return False
    return not any(_covered(name, new) for name in old) and not any(_covered(name, old) for name in new)


_RESTRICTING: Final = frozenset({"enum", "const", "pattern", "format"})


def describe(node: Node) -> str:
    """A type in words: `string/date-time or null`."""
    types = types_of(node)
    text = " or ".join(sorted(types)) if types else "any"
    form = node.get("format")
    return f"{text}/{form}" if isinstance(form, str) else text


def _types(node: Node) -> frozenset[str] | None:
    found = types_of(node)
    if found is None or not found - {"null"}:
        return None if found is None else found
    return found - {"null"}


def _covered(name: str, types: frozenset[str]) -> bool:
    return name in types or (name == "integer" and "number" in types)


def compare_keywords(here: Here, base: View, revision: View) -> None:
    """Compare all keywords about single values."""
    _format(here, base, revision)
    _enum(here, base, revision)
    for keyword, (stem, lower) in _BOUNDS.items():
        _bound(here, base, revision, keyword, stem, lower)
    _pattern(here, base, revision)
    _multiple(here, base, revision)
    old, new = base.keywords.get("uniqueItems") is True, revision.keywords.get("uniqueItems") is True
    if old != new:
        _fact(here, base, revision, "uniqueItems", "unique-items-set" if new else "unique-items-unset")
    for keyword, rule in (("contentEncoding", "content-encoding"), ("contentMediaType", "content-media-type")):
        if base.keywords.get(keyword) != revision.keywords.get(keyword):
            _fact(here, base, revision, keyword, f"{rule}-changed")


def _fact(here: Here, base: View, revision: View, keyword: str, rule: str) -> None:
    here.fact(
        rule, before=base.keywords.get(keyword), after=revision.keywords.get(keyword),
        base=base.pointer(keyword), revision=revision.pointer(keyword),
    )  # fmt: skip


def _format(here: Here, base: View, revision: View) -> None:
    old, new = base.keywords.get("format") or "", revision.keywords.get("format") or ""
    types = _types(base.keywords), _types(revision.keywords)
    if types[0] != types[1] and not (old and new and types[0] and types[1] and types[0] & types[1]):
        return
    if old == new or not isinstance(old, str) or not isinstance(new, str):
        return
    if {old, new} <= _HINTS | {""}:
        rule = "format-hint-changed"
    elif not old or old in _SUBFORMATS.get(new, ()):
        rule = "format-narrowed"
    elif not new or new in _SUBFORMATS.get(old, ()):
        rule = "format-widened"
    else:
        rule = "format-changed"
    _fact(here, base, revision, "format", rule)


def _enum(here: Here, base: View, revision: View) -> None:
    old, new = _allowed(base.keywords), _allowed(revision.keywords)
    constant = "const" in base.keywords or "const" in revision.keywords
    if old != new and (_is_tag(here.walk.base, base) or _is_tag(here.walk.revision, revision)):
        here.folded("tags of discriminators")
        return
    if old is None or new is None:
        if old is not new:
            rule = "const" if constant else ""
            gained = f"{rule}-added" if rule else "became-enum"
            lost = f"{rule}-removed" if rule else "enum-dropped"
            _values(here, base, revision, gained if old is None else lost, old or {}, new or {})
    elif "const" in base.keywords and "const" in revision.keywords:
        if old.keys() != new.keys():
            _values(here, base, revision, "const-changed", old, new)
    else:
        _members(here, base, revision, "enum-value", old, new)
    old, new = _extensible(base.keywords), _extensible(revision.keywords)
    _members(here, base, revision, "extensible-value", old, new)


def _is_tag(document: Document, view: View) -> bool:
    """Whether an enum was not written but follows from a discriminator, which has rules of its own."""
    return "enum" in view.keywords and not document.written(view.pointer("enum"))


def _members(here: Here, base: View, revision: View, stem: str, old: dict[str, object], new: dict[str, object]) -> None:
    """Values that came and values that went, each as one fact."""
    gone = {key: value for key, value in old.items() if key not in new}
    came = {key: value for key, value in new.items() if key not in old}
    if gone:
        _values(here, base, revision, f"{stem}-removed", gone, {})
    if came:
        _values(here, base, revision, f"{stem}-added", {}, came)
    if not gone and not came and list(old) != list(new):
        here.folded("order")


def _values(here: Here, base: View, revision: View, rule: str, old: dict[str, object], new: dict[str, object]) -> None:
    keyword = "const" if "const" in {*base.keywords, *revision.keywords} else "enum"
    here.fact(
        rule, before=values.words(old.values()), after=values.words(new.values()),
        base=base.pointer(keyword), revision=revision.pointer(keyword),
    )  # fmt: skip


def _allowed(node: Node) -> dict[str, object] | None:
    """The values of an enum or const by key, null apart; None if any value is allowed."""
    found = [node["const"]] if "const" in node else node.get("enum")
    if not pointers.is_array(found):
        return None
    return {values.key(value): value for value in found if value is not None or "const" in node}


def _extensible(node: Node) -> dict[str, object]:
    found = node.get("x-extensible-enum")
    return {values.key(value): value for value in found} if pointers.is_array(found) else {}


def _bound(here: Here, base: View, revision: View, keyword: str, stem: str, lower: bool) -> None:
    implied = _IMPLIED.get(keyword)
    old, new = values.number(base.keywords.get(keyword)), values.number(revision.keywords.get(keyword))
    if (implied if old is None else old) == (implied if new is None else new):
        return
    if old is None:
        rule = f"{stem}-set"
    elif new is None:
        rule = f"{stem}-unset"
    else:
        rule = f"{stem}-raised" if new > old else f"{stem}-lowered"
    _fact(here, base, revision, keyword, rule)


def _pattern(here: Here, base: View, revision: View) -> None:
    old, new = base.keywords.get("pattern"), revision.keywords.get("pattern")
    if old == new:
        return
    if isinstance(new, str) and _ANYTHING.fullmatch(new):
        rule = "pattern-widened" if old is not None else ""
    elif old is None or (isinstance(old, str) and _ANYTHING.fullmatch(old)):
        rule = "pattern-added"
    else:
        rule = "pattern-changed" if new is not None else "pattern-removed"
    if rule:
        _fact(here, base, revision, "pattern", rule)


def _multiple(here: Here, base: View, revision: View) -> None:
    old, new = values.number(base.keywords.get("multipleOf")), values.number(revision.keywords.get("multipleOf"))
    if old == new:
        return
    if not old:
        rule = "multiple-of-set"
    elif not new:
        rule = "multiple-of-unset"
    elif _divides(old, new):
        rule = "multiple-of-narrowed"
    else:
        rule = "multiple-of-widened" if _divides(new, old) else "multiple-of-changed"
    _fact(here, base, revision, "multipleOf", rule)


def _divides(small: float, great: float) -> bool:
    """Whether every multiple of `great` is one of `small`, up to the rounding of decimals."""
    ratio = great / small
    return abs(ratio - round(ratio)) < 1e-9 and round(ratio) != 0
