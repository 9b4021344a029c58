"""Values of types, as they travel: what an example sends, made of what the document shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from sdkwright.ir.models import Object
from sdkwright.ir.types import NULL, Choice, DeclarationId, Json, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf
from sdkwright.ir.values import is_of
from sdkwright.plan.package.context import Context

_MOST_PARTS = 500
"""Values inside of one value; a type of many levels could come to any number."""
_DEPTH = 20
_SCALARS: Mapping[Kind, Json] = {
    Kind.INTEGER: 1,
    Kind.NUMBER: 1,
    Kind.BOOLEAN: True,
    Kind.NULL: None,
    Kind.DATETIME: "2026-01-31T12:00:00Z",
    Kind.DATE: "2026-01-31",
    Kind.FILE: "Example data",
    Kind.CONTENT: "Example data",
    Kind.BASE64: "AAAA",
    Kind.ANY: {},
}


class NoSample(ValueError):  # noqa: N818  (it names the finding)
    """A type has no value that ends, or none that is small enough to write down."""


def sample(context: Context, type_: Type, name: str, shown: Json = None, *, whole: bool = False) -> Json:
    """A value of a type: `shown` if it fits, else one made of what its parts show; `name` stands in for text.

    With `whole` it has optional properties too, as far as there is room. Raises `NoSample`.
    """
    return _Sampler(context, whole).value(type_, name, shown, ())


@dataclass(slots=True)
class _Sampler:
    context: Context
    whole: bool
    parts: int = 0

    def value(self, type_: Type, name: str, shown: Json, above: tuple[DeclarationId, ...]) -> Json:
        """A value below the declarations `above`, none of which it can hold again."""
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise NoSample(name)
        if shown is not None and fits(self.context, type_, shown):
            return shown
        match type_:
            case Scalar(kind):
                return _SCALARS.get(kind, name)
            case Choice(values):
                return values[0]
            case ListOf(item):
                return [each for _, each in self._given([(name, item, None, False)], above)]
            case MapOf(item):
                return dict(self._given([("key", item, None, False)], above))
            case UnionOf(members):
                return self._first(members, name, above)
            case Named(id):
                return self._declared(id, name, above)
            case _:
                assert_never(type_)

    def _declared(self, id: DeclarationId, name: str, above: tuple[DeclarationId, ...]) -> Json:
        if id in above or len(above) > _DEPTH:
            raise NoSample(id)
        declaration = self.context.api.declarations[id]
        if not isinstance(declaration, Object):
            return self.value(declaration.type, name, None, (*above, id))
        fields = [
            (field.wire, field.type, field.example, field.required)
            for field, _, _ in self.context.fields(declaration)
            if not field.read_only and (field.required or self._wants(declaration, field.wire))
        ]
        if any(required and not _can_have(declaration, wire) for wire, _, _, required in fields):
            raise NoSample(id)
        return dict(self._given(fields, (*above, id)))

    def _wants(self, item: Object, wire: str) -> bool:
        """Whether an optional property is given."""
        return self.whole and _can_have(item, wire)

    def _given(
        self, parts: list[tuple[str, Type, Json, bool]], above: tuple[DeclarationId, ...]
    ) -> Iterator[tuple[str, Json]]:
        """The parts of a value by name, without optional ones that have no value themselves."""
        for name, type_, shown, required in parts:
            try:
                yield name, self.value(type_, name, shown, above)
            except NoSample:
                if required:
                    raise

    def _first(self, members: tuple[Type, ...], name: str, above: tuple[DeclarationId, ...]) -> Json:
        for member in members:
            if member == NULL:
                continue
            try:
                return self.value(member, name, None, above)
            except NoSample:
                continue
        raise NoSample(name)


def _can_have(item: Object, wire: str) -> bool:
    return item.allowed is None or wire in item.allowed


def fits(context: Context, type_: Type, value: Json) -> bool:
    """Whether a value is one of a type. Properties that the type does not have do not count."""
    return any(leaf_fits(context, leaf, value) for leaf in context.leaves(type_))


def leaf_fits(context: Context, leaf: Type, value: Json) -> bool:
    """The same for one of `Context.leaves`."""
    match leaf:
        case Scalar(kind):
            return is_of(kind, value)
        case Choice(values):
            return any(type(value) is type(each) and value == each for each in values)
        case ListOf(item):
            return isinstance(value, list) and all(fits(context, item, each) for each in value)
        case MapOf(item):
            return isinstance(value, dict) and all(fits(context, item, each) for each in value.values())
        case _:
            known = context.object_of(leaf)
            return known is not None and isinstance(value, dict) and _has(context, known, value)


def _has(context: Context, item: Object, value: dict[str, Json]) -> bool:
    """Whether an object has what is required, and nothing that is of another type."""
    return all(
        fits(context, field.type, value[field.wire]) if field.wire in value else not field.required
        for field, _, _ in context.fields(item)
        if not field.read_only
    )
