"""Tables of keys that are called otherwise on the wire, for the bodies that need them: `_wire_keys.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sdkwright.ir.models import Object
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import DeclarationId, ListOf, MapOf, Type
from sdkwright.name.reserved import cut, free
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.model import KeyTable, KeyTables
from sdkwright.text import EMPTY, Code, code, py_dict, py_doc, py_ident, py_str, py_tuple

MODULE = "_wire_keys"
_LONGEST_NAME = 100
"""Bytes, with room for what tells two of them apart."""
Node = DeclarationId | MapOf
"""What has a table: an object, or a map whose values have one."""


@dataclass(slots=True)
class WireKeys:
    """The tables that the planned methods asked for. A table is made only where some key below it differs."""

    context: Context
    _needed: dict[Node, bool] = field(default_factory=dict[Node, bool])
    _names: dict[Node, Code] = field(default_factory=dict[Node, Code])
    _in_unions: set[Node] = field(default_factory=set[Node])

    def encoded(self, scope: Scope, type_: Type, value: Code) -> Code:
        """The value of an argument as it goes into a body: renamed by `encode` if its keys need that."""
        tables = self._tables(type_)
        if not tables:
            return value
        module = scope.runtime(".", MODULE)
        keys = [code("{}.{}", module, table) for table in tables]
        encode = scope.runtime("._wire", "encode")
        return code("{}({}, {})", encode, value, keys[0] if len(keys) == 1 else py_tuple(keys))

    def tables(self) -> KeyTables | None:
        """Every table asked for so far, and those below them, by name; None without any."""
        known = 0
        while known != len(self._names):  # writing a table asks for those below it, and says which share a union
            known = len(self._names)
            for node in list(self._names):
                self._table(node)
        if not self._names:
            return None
        tables = tuple(sorted(map(self._table, self._names), key=lambda table: table.name))
        return KeyTables(tables, has_maps=any(isinstance(node, MapOf) for node in self._names))

    def _table(self, node: Node) -> KeyTable:
        name = self._name(node)
        if isinstance(node, MapOf):
            inner = self._tables(node.value)
            return KeyTable(
                name,
                doc=py_doc(f"Keys of each value in a map of {self._told(node)}.", 0),
                names=Code("{}"),
                nested=code("EachValue(lambda: {})", inner[0] if len(inner) == 1 else py_tuple(inner)),
            )
        names: list[tuple[Code, Code]] = []
        nested: list[tuple[Code, Code]] = []
        for each, _, key in self.context.fields(self._object(node)):
            if key != each.wire or node in self._in_unions:
                names.append((py_str(key), py_str(each.wire)))
            if inner := self._tables(each.type):
                nested.append((py_str(key), code("lambda: {}", inner[0] if len(inner) == 1 else py_tuple(inner))))
        symbol = self.context.symbols[node, Mode.PARAM]
        doc = py_doc(f"Keys of `{symbol.module}.{symbol.name}`.", 0)
        return KeyTable(name, doc, py_dict(names), py_dict(nested) if nested else EMPTY)

    def _tables(self, type_: Type) -> list[Code]:
        """The names of the tables for what a value or its items can be; none when no key differs."""
        nodes = [node for node in self._nodes(type_) if not isinstance(node, MapOf) or self._needs(node)]
        if not any(map(self._needs, nodes)):
            return []
        if len(nodes) > 1:
            self._in_unions.update(nodes)
        return [self._name(node) for node in nodes]

    def _nodes(self, type_: Type) -> list[Node]:
        """The objects and maps that a value can be, or the items of its lists; an alias may lead to itself."""
        found: dict[Node, None] = {}
        values = [type_]
        for value in values:
            for leaf in self.context.leaves(value):
                declaration = self.context.declaration(leaf)
                if isinstance(declaration, Object) and (declaration.id, Mode.PARAM) in self.context.symbols.table:
                    found[declaration.id] = None
                elif isinstance(leaf, MapOf):
                    found[leaf] = None
                elif isinstance(leaf, ListOf) and leaf.item not in values:
                    values.append(leaf.item)
        return list(found)

    def _needs(self, node: Node) -> bool:
        """Whether a key differs in an object or anywhere below it."""
        if node not in self._needed:
            waiting, seen = [node], {node}
            while waiting:
                each = waiting.pop()
                if self._needed.get(each) or self._renames(each):
                    self._needed[node] = True
                    return True
                fresh = [child for child in self._below(each) if child not in seen]
                fresh = [child for child in dict.fromkeys(fresh) if self._needed.get(child) is not False]
                seen.update(fresh)
                waiting += fresh
            self._needed |= dict.fromkeys(seen, False)
        return self._needed[node]

    def _below(self, node: Node) -> Iterator[Node]:
        if isinstance(node, MapOf):
            yield from self._nodes(node.value)
            return
        for each, _, _ in self.context.fields(self._object(node)):
            yield from self._nodes(each.type)

    def _renames(self, node: Node) -> bool:
        if isinstance(node, MapOf):
            return False
        return any(key != each.wire for each, _, key in self.context.fields(self._object(node)))

    def _name(self, node: Node) -> Code:
        if node not in self._names:
            name = cut(self._map_name(node) if isinstance(node, MapOf) else self._object_name(node), _LONGEST_NAME)
            self._names[node] = py_ident(free(name, {other.casefold() for other in self._names.values()}))
        return self._names[node]

    def _map_name(self, node: MapOf) -> str:
        objects = self._objects(node)
        return f"Each{self._object_name(objects[0]) if objects else 'Map'}"

    def _objects(self, node: MapOf) -> list[DeclarationId]:
        return [child for child in self._nodes(node.value) if not isinstance(child, MapOf)]

    def _told(self, node: MapOf) -> str:
        """What the values of a map are, in prose."""
        symbols = (self.context.symbols[id_, Mode.PARAM] for id_ in self._objects(node))
        return " or ".join(f"`{symbol.module}.{symbol.name}`" for symbol in symbols) or "maps"

    def _object_name(self, id_: DeclarationId) -> str:
        """The name of the `TypedDict`, after the words of its module if it is nested there."""
        symbol = self.context.symbols[id_, Mode.PARAM]
        if not self._object(id_).position.steps:
            return symbol.name
        parts = [word for part in symbol.module.split(".")[1:] for word in part.split("_")]
        words = "".join(word[:1].upper() + word[1:] for word in parts)
        return symbol.name if words.casefold() == symbol.name.casefold() else f"{words}{symbol.name}"

    def _object(self, id_: DeclarationId) -> Object:
        declaration = self.context.api.declarations[id_]
        if not isinstance(declaration, Object):
            raise TypeError(f"{id_} is no object")
        return declaration
