"""What one definition prints: its fields with their annotations, its bases and its docs, all text quoted already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Field, Missing, Object
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Definition, Mode, Symbol, Symbols
from sdkwright.ir.types import NULL, DeclarationId, Kind, MapOf, Named, Scalar, Type, UnionOf, is_nullable, union
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.text import Code, code, join, py_doc, py_ident, py_literal, py_str

_HIDEABLE = frozenset({"str", "int", "float", "bool", "object"})


@dataclass(frozen=True, slots=True)
class FieldText:
    """One line of a class: `name: annotation assign`, and the docstring below it."""

    name: Code
    annotation: Code
    assign: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """A class (fields, bases) or an alias (`bases` is `TypeAlias` or nothing, one field holds the value)."""

    name: Code
    bases: Code
    fields: tuple[FieldText, ...]
    doc: Code
    is_alias: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """Describes the definitions of one module; what they need is imported as a side effect."""

    api: Api
    names: Names
    symbols: Symbols
    imports: Imports

    def text(self, definition: Definition) -> DefinitionText:
        """What to print for one definition."""
        declaration = self.api.declarations[definition.id]
        name = py_ident(definition.symbol.name)
        doc = declaration.doc or ("Deprecated." if declaration.deprecated else "")
        if isinstance(declaration, Alias):
            return self._alias(declaration, definition.mode, name, py_doc(doc, 0))
        typed = self.symbols.typed.get(definition.id)
        if definition.mode is Mode.PARAM and typed is not None and typed != definition.symbol:
            return self._open(typed, name, py_doc(doc, 0))
        bases = [self._class(base, definition.mode) for base in declaration.bases]
        root = ("._models", "BaseModel") if definition.mode is Mode.MODEL else ("typing_extensions", "TypedDict")
        written = join(", ", map(py_ident, bases or [self.imports.add(*root)]))
        return DefinitionText(name, written, tuple(self._fields(declaration, definition.mode)), py_doc(doc))

    def _class(self, id: DeclarationId, mode: Mode) -> str:
        """The class of an object, where its name may stand for more than the class."""
        typed = self.symbols.typed.get(id) if mode is Mode.PARAM else None
        return self.imports.symbol(typed or self.symbols[id, mode])

    def _open(self, typed: Symbol, name: Code, doc: Code) -> DefinitionText:
        """The name of an object that takes further keys: its `TypedDict`, or any mapping."""
        value = code(
            "{} | {}[str, object]",
            py_ident(self.imports.symbol(typed)),
            py_ident(self.imports.add("typing", "Mapping")),
        )
        self.imports.add("typing", "TypeAlias")
        return _alias_text(name, Code("TypeAlias"), value, doc)

    def _fields(self, item: Object, mode: Mode) -> list[FieldText]:
        names = self.names.fields[item.id] if mode is Mode.MODEL else self.names.keys[item.id]
        hidden = frozenset(names) & _HIDEABLE
        describe = self._attribute if mode is Mode.MODEL else self._key
        found = [
            describe(field, py_ident(name), hidden)
            for field, name in zip(item.fields, names, strict=True)
            if not (field.read_only and mode is Mode.PARAM)
        ]
        if item.extra is not None and mode is Mode.MODEL:
            found.append(self._extra(item.extra, hidden))
        return found

    def _attribute(self, field: Field, name: Code, hidden: frozenset[str]) -> FieldText:
        """A field of a model. One that may be absent has the document's default, else None."""
        optional = not field.required or field.write_only
        type_ = field.type
        default = Code()
        if optional and not isinstance(field.default, Missing) and field.default is not None:
            default = py_literal(field.default)
        elif optional:
            default = Code("None")
            type_ = type_ if self._takes_null(type_) else union(type_, NULL)
        annotation = annotate(type_, Mode.MODEL, self.symbols, self.imports, shadowed=hidden)
        return FieldText(name, annotation, self._assign(name, field.wire, default), _doc(field))

    def _assign(self, name: Code, wire: str, default: Code) -> Code:
        if name == wire:
            return code(" = {}", default) if default else Code()
        info = py_ident(self.imports.add("pydantic", "Field"))
        alias = py_str(wire)
        return (
            code(" = {}(default={}, alias={})", info, default, alias)
            if default
            else code(" = {}(alias={})", info, alias)
        )

    def _key(self, field: Field, name: Code, hidden: frozenset[str]) -> FieldText:
        """A key of a `TypedDict`."""
        annotation = annotate(field.type, Mode.PARAM, self.symbols, self.imports, shadowed=hidden)
        if field.required:
            annotation = code("{}[{}]", py_ident(self.imports.add("typing_extensions", "Required")), annotation)
        return FieldText(name, annotation, Code(), _doc(field))

    def _extra(self, type_: Type, hidden: frozenset[str]) -> FieldText:
        annotation = annotate(MapOf(type_), Mode.MODEL, self.symbols, self.imports, shadowed=hidden)
        ignore = "  # pyright: ignore[reportIncompatibleVariableOverride]  (pydantic types it for any value)"
        assign = code(" = {}(init=False){}", py_ident(self.imports.add("pydantic", "Field")), Code(ignore))
        return FieldText(Code("__pydantic_extra__"), annotation, assign, Code())

    def _alias(self, item: Alias, mode: Mode, name: Code, doc: Code) -> DefinitionText:
        value = annotate(item.type, mode, self.symbols, self.imports)
        bases = Code("TypeAlias")
        if item.id in self.symbols.recursive:
            kind = py_ident(self.imports.add("typing_extensions", "TypeAliasType"))
            value = code("{}({}, {})", kind, py_str(name), py_str(value))
            bases = Code()
        else:
            self.imports.add("typing", "TypeAlias")
        tag = self._tag(item.type) if mode is Mode.MODEL else None
        if tag is not None:
            annotated, info = (
                self.imports.add("typing", "Annotated"),
                self.imports.add("pydantic", "Field"),
            )
            value = code("{}[{}, {}(discriminator={})]", py_ident(annotated), value, py_ident(info), tag)
        return _alias_text(name, bases, value, doc)

    def _tag(self, type_: Type) -> Code | None:
        """The attribute that tells the members of a union apart, if it has one name in all of them."""
        if not isinstance(type_, UnionOf) or type_.discriminator is None:
            return None
        found: set[str] = set()
        for _, id in type_.discriminator.tags:
            name = self._attribute_of(id, type_.discriminator.wire, self.api.declarations)
            if name is None:
                return None
            found.add(name)
        return py_str(found.pop()) if len(found) == 1 else None

    def _attribute_of(self, id: str, wire: str, declarations: Mapping[str, Object | Alias]) -> str | None:
        declaration = declarations[id]
        if not isinstance(declaration, Object):
            return None
        for field, name in zip(declaration.fields, self.names.fields[id], strict=True):
            if field.wire == wire:
                return name
        return next(
            (found for base in declaration.bases if (found := self._attribute_of(base, wire, declarations))),
            None,
        )

    def _takes_null(self, type_: Type) -> bool:
        if isinstance(type_, Named):
            declaration = self.api.declarations[type_.id]
            return isinstance(declaration, Alias) and self._takes_null(declaration.type)
        return is_nullable(type_) or type_ == Scalar(Kind.ANY)


def _alias_text(name: Code, kind: Code, value: Code, doc: Code) -> DefinitionText:
    return DefinitionText(name, kind, (FieldText(Code("value"), value, Code(), Code()),), doc, is_alias=True)


def _doc(field: Field) -> Code:
    return py_doc(field.doc or ("Deprecated." if field.deprecated else ""))
