"""Tables of keys that are called otherwise on the wire, for the bodies that need them: `_wire_keys.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

from sdkwright.ir.models import Object
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import DeclarationId, ListOf, Type
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.model import KeyTable
from sdkwright.text import Code, code, py_dict, py_doc, py_ident, py_str, py_tuple

MODULE = "_wire_keys"


@dataclass(slots=True)
class WireKeys:
    """The tables that the planned methods asked for. A table is made only where some key below it differs."""

    context: Context
    _needed: dict[DeclarationId, bool] = field(default_factory=dict[DeclarationId, bool])
    _names: dict[DeclarationId, Code] = field(default_factory=dict[DeclarationId, Code])
    _in_unions: set[DeclarationId] = field(default_factory=set[DeclarationId])

    def encoded(self, scope: Scope, type_: Type, value: Code) -> Code:
        """The value of an argument as it goes into a body: renamed by `encode` if its keys need that."""
        tables = self._tables(type_)
        if not tables:
            return value
        module = scope.runtime(".", MODULE)
        keys = [code("{}.{}", module, table) for table in tables]
        encode = scope.runtime("._wire", "encode")
        return code("{}({}, {})", encode, value, keys[0] if len(keys) == 1 else py_tuple(keys))

    def tables(self) -> tuple[KeyTable, ...]:
        """Every table asked for so far, and those below them, by name."""
        known = 0
        while known != len(self._names):  # writing a table asks for those below it, and says which share a union
            known = len(self._names)
            for id_ in list(self._names):
                self._table(id_)
        return tuple(sorted(map(self._table, self._names), key=lambda table: table.name))

    def _table(self, id_: DeclarationId) -> KeyTable:
        item = self._object(id_)
        names: list[tuple[Code, Code]] = []
        nested: list[tuple[Code, Code]] = []
        for each, _, key in self.context.fields(item):
            if key != each.wire or id_ in self._in_unions:
                names.append((py_str(key), py_str(each.wire)))
            if tables := self._tables(each.type):
                inner = tables[0] if len(tables) == 1 else py_tuple(tables)
                nested.append((py_str(key), code("lambda: {}", inner)))
        symbol = self.context.symbols[id_, Mode.PARAM]
        return KeyTable(
            name=self._names[id_],
            doc=py_doc(f"Keys of `{symbol.module}.{symbol.name}`.", 0),
            names=py_dict(names),
            nested=py_dict(nested) if nested else Code(),
        )

    def _tables(self, type_: Type) -> list[Code]:
        """The names of the tables for the objects that a value or its items can be; none when no key differs."""
        objects = self._objects(type_)
        if not any(self._needs(id_) for id_ in objects):
            return []
        if len(objects) > 1:
            self._in_unions.update(objects)
        return [self._name(id_) for id_ in objects]

    def _objects(self, type_: Type) -> list[DeclarationId]:
        found: dict[DeclarationId, None] = {}
        for leaf in self.context.leaves(type_):
            declaration = self.context.declaration(leaf)
            if isinstance(declaration, Object) and (declaration.id, Mode.PARAM) in self.context.symbols.table:
                found[declaration.id] = None
            elif isinstance(leaf, ListOf):
                found |= dict.fromkeys(self._objects(leaf.item))
        return list(found)

    def _needs(self, id_: DeclarationId) -> bool:
        """Whether a key differs in an object or anywhere below it."""
        if id_ not in self._needed:
            waiting, seen = [id_], {id_}
            while waiting:
                each = waiting.pop()
                if self._needed.get(each) or self._renames(each):
                    self._needed[id_] = True
                    return True
                below = (
                    child
                    for item, _, _ in self.context.fields(self._object(each))
                    for child in self._objects(item.type)
                )
                fresh = [child for child in below if child not in seen and self._needed.get(child) is not False]
                seen.update(fresh)
                waiting += fresh
            self._needed |= dict.fromkeys(seen, False)
        return self._needed[id_]

    def _renames(self, id_: DeclarationId) -> bool:
        return any(key != item.wire for item, _, key in self.context.fields(self._object(id_)))

    def _name(self, id_: DeclarationId) -> Code:
        if id_ not in self._names:
            symbol = self.context.symbols[id_, Mode.PARAM]
            words = "".join(
                word[:1].upper() + word[1:] for part in symbol.module.split(".")[1:] for word in part.split("_")
            )
            name = symbol.name if words.casefold() == symbol.name.casefold() else f"{words}{symbol.name}"
            taken = set(self._names.values())
            while name in taken:
                name += "_"
            self._names[id_] = py_ident(name)
        return self._names[id_]

    def _object(self, id_: DeclarationId) -> Object:
        declaration = self.context.api.declarations[id_]
        if not isinstance(declaration, Object):
            raise TypeError(f"{id_} is no object")
        return declaration
