"""What the types of an API come to: their names followed, their alternatives and fields gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Declaration, Field, Object
from sdkwright.ir.types import DeclarationId, Kind, ListOf, MapOf, Named, Scalar, Type, members


@dataclass(frozen=True)
class Shapes:
    """Looks through the names in the types of an API."""

    api: Api

    def declaration(self, type_: Type) -> Declaration | None:
        """The declaration that a type names, aliases of one other declaration followed."""
        seen: set[DeclarationId] = set()
        while isinstance(type_, Named) and type_.id not in seen:
            seen.add(type_.id)
            found = self.api.declarations[type_.id]
            if isinstance(found, Object) or not isinstance(found.type, Named):
                return found
            type_ = found.type
        return None

    def expand(self, type_: Type) -> Type:
        """The type with aliases at its top replaced by what they stand for; an object stays a `Named`."""
        declaration = self.declaration(type_)
        return declaration.type if isinstance(declaration, Alias) else type_

    def leaves(self, type_: Type, seen: frozenset[DeclarationId] = frozenset()) -> Iterator[Type]:
        """The alternatives of a type, aliases followed."""
        for member in members(type_):
            declaration = self.declaration(member)
            if not isinstance(declaration, Alias):
                yield member
            elif declaration.id not in seen:
                yield from self.leaves(declaration.type, seen | {declaration.id})

    def is_composite(self, type_: Type) -> bool:
        """Whether a value can be a list, a map or an object, which parameter styles write in their own way."""
        return any(isinstance(leaf, (ListOf, MapOf, Named)) or leaf == Scalar(Kind.ANY) for leaf in self.leaves(type_))

    def is_keyed(self, type_: Type) -> bool:
        """Whether a value can be a map or an object."""
        return any(isinstance(leaf, (MapOf, Named)) or leaf == Scalar(Kind.ANY) for leaf in self.leaves(type_))

    def wire_fields(self, item: Object) -> Iterator[Field]:
        """The fields of an object, those of its bases first."""
        own = {field.wire for field in item.fields}
        for base in item.bases:
            declaration = self.api.declarations[base]
            if isinstance(declaration, Object):
                yield from (each for each in self.wire_fields(declaration) if each.wire not in own)
        yield from item.fields

    def object_of(self, type_: Type) -> Object | None:
        """The object that a type is, null apart."""
        found = [leaf for leaf in self.leaves(type_) if leaf != Scalar(Kind.NULL)]
        declaration = self.declaration(found[0]) if len(found) == 1 else None
        return declaration if isinstance(declaration, Object) else None
