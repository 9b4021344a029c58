"""What one definition prints: its fields with their annotations, its bases and its docs, all text quoted already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Field, Object
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Definition, Mode, Symbol, Symbols
from sdkwright.ir.types import (
    NULL,
    STRING,
    DeclarationId,
    Discriminator,
    Kind,
    MapOf,
    Named,
    Scalar,
    Type,
    UnionOf,
    is_nullable,
    members,
    union,
)
from sdkwright.plan.annotations import annotate, described
from sdkwright.plan.imports import Imports
from sdkwright.text import EMPTY, Code, code, join, py_doc, py_ident, py_str

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
    """A class (fields, bases) or an alias (`bases` is `TypeAlias` or nothing, one field holds the value).

    `further` is the method that tells a type checker of attributes without a field, empty where there are none.
    """

    name: Code
    bases: Code
    fields: tuple[FieldText, ...]
    doc: Code
    is_alias: bool = False
    further: Code = EMPTY


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
        doc = described(_more_than(declaration.doc, name), deprecated=declaration.deprecated)
        if isinstance(declaration, Alias):
            return self._alias(declaration, definition.mode, name, py_doc(doc, 0))
        typed = self.symbols.typed.get(definition.id)
        if definition.mode is Mode.PARAM and typed is not None and typed != definition.symbol:
            return self._open(declaration, typed, name, py_doc(doc, 0))
        bases = [self._class(base, definition.mode) for base in declaration.bases]
        root = ("._models", "BaseModel") if definition.mode is Mode.MODEL else ("typing_extensions", "TypedDict")
        written = join(", ", map(py_ident, bases or [self.imports.add(*root)]))
        fields = tuple(self._fields(declaration, definition.mode))
        further = self._further(declaration) if definition.mode is Mode.MODEL else EMPTY
        return DefinitionText(name, written, fields, py_doc(doc), further=further)

    def _class(self, id: DeclarationId, mode: Mode) -> str:
        """The class of an object, where its name may stand for more than the class."""
        typed = self.symbols.typed.get(id) if mode is Mode.PARAM else None
        return self.imports.symbol(typed or self.symbols[id, mode])

    def _open(self, item: Object, typed: Symbol, name: Code, doc: Code) -> DefinitionText:
        """The name of an object that takes further keys: its `TypedDict`, or any mapping to what its keys can hold."""
        known = py_ident(self.imports.symbol(typed))
        values = MapOf(union(*self._values(item)))
        value = code("{} | {}", known, annotate(values, Mode.PARAM, self.symbols, self.imports))
        self.imports.add("typing", "TypeAlias")
        return _alias_text(name, Code("TypeAlias"), value, doc)

    def _values(self, item: Object) -> Iterator[Type]:
        """The types of everything that an object can hold as it is sent, what it inherits included."""
        for base in item.bases:
            declaration = self.api.declarations[base]
            if isinstance(declaration, Object):
                yield from self._values(declaration)
        yield from (field.type for field in item.fields if not field.read_only)
        yield from () if item.extra is None else (item.extra,)

    def _fields(self, item: Object, mode: Mode) -> list[FieldText]:
        names = self.names.fields[item.id] if mode is Mode.MODEL else self.names.keys[item.id]
        hidden = frozenset(names) & _HIDEABLE
        describe = self._attribute if mode is Mode.MODEL else self._key
        inherited = self._inherited(item)
        found = [
            _overriding(text, mode) if field.wire in inherited else text
            for field, name in zip(item.fields, names, strict=True)
            if not (field.read_only and mode is Mode.PARAM)
            for text in (describe(field, py_ident(name), hidden),)
        ]
        if item.extra is not None and mode is Mode.MODEL:
            found.append(self._extra(item.extra, hidden))
        return found

    def _inherited(self, item: Object) -> frozenset[str]:
        """The wire names of the fields that an object has from its bases."""
        bases = [each for base in item.bases if isinstance(each := self.api.declarations[base], Object)]
        own = (field.wire for base in bases for field in base.fields)
        return frozenset(own).union(*map(self._inherited, bases))

    def _attribute(self, field: Field, name: Code, hidden: frozenset[str]) -> FieldText:
        """A field of a model. One that is absent is None: a model holds what the server sent."""
        optional = not field.required or field.write_only
        type_ = field.type
        if optional:
            type_ = type_ if self._takes_null(type_) else union(type_, NULL)
        annotation = annotate(type_, Mode.MODEL, self.symbols, self.imports, shadowed=hidden)
        return FieldText(name, annotation, self._assign(name, field.wire, optional=optional), _doc(field))

    def _assign(self, name: Code, wire: str, *, optional: bool) -> Code:
        if name == wire:
            return Code(" = None") if optional else Code()
        info = py_ident(self.imports.add("pydantic", "Field"))
        return code(" = {}({}alias={})", info, Code("default=None, " if optional else ""), py_str(wire))

    def _key(self, field: Field, name: Code, hidden: frozenset[str]) -> FieldText:
        """A key of a `TypedDict`."""
        annotation = annotate(field.type, Mode.PARAM, self.symbols, self.imports, shadowed=hidden)
        if self.names.annotated_keys:
            annotation = self._annotated(annotation, field, name)
        if field.required:
            annotation = code("{}[{}]", py_ident(self.imports.add("typing_extensions", "Required")), annotation)
        return FieldText(name, annotation, Code(), _doc(field))

    def _annotated(self, annotation: Code, field: Field, name: Code) -> Code:
        """The type with what `maybe_transform` needs to know: the name on the wire, and that a date is one."""
        said = [code("alias={}", py_str(field.wire))] if name != field.wire else []
        if any(isinstance(each, Scalar) and each.kind in {Kind.DATETIME, Kind.DATE} for each in members(field.type)):
            said.append(Code('format="iso8601"'))
        if not said:
            return annotation
        annotated, info = self.imports.add("typing", "Annotated"), self.imports.add("._utils", "PropertyInfo")
        return code("{}[{}, {}({})]", py_ident(annotated), annotation, py_ident(info), join(", ", said))

    def _further(self, item: Object) -> Code:
        """`__getattr__` as a type checker should see it, where the document gives a type to further properties."""
        if item.extra is None:
            return EMPTY
        hidden = frozenset(self.names.fields[item.id]) & _HIDEABLE
        text, type_ = (
            annotate(each, Mode.MODEL, self.symbols, self.imports, shadowed=hidden) for each in (STRING, item.extra)
        )
        self.imports.add("typing", "TYPE_CHECKING")
        return code("def __getattr__(self, attr: {}) -> {}: ...", text, type_)

    def _extra(self, type_: Type, hidden: frozenset[str]) -> FieldText:
        annotation = annotate(MapOf(type_), Mode.MODEL, self.symbols, self.imports, shadowed=hidden)
        # pydantic declares it as `dict[str, Any] | None`, and documents that a subclass narrows it.
        ignore = "  # pyright: ignore[reportIncompatibleVariableOverride]"
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
        tags = self._tags(item.type) if mode is Mode.MODEL else None
        if tags is not None:
            value = code("{}[{}, {}]", py_ident(self.imports.add("typing", "Annotated")), value, tags)
        return _alias_text(name, bases, value, doc)

    def _tags(self, type_: Type) -> Code | None:
        """What tells pydantic the members of a union apart."""
        if not isinstance(type_, UnionOf) or type_.discriminator is None:
            return None
        found = type_.discriminator
        attribute = None if found.default or found.absent else self._tag(found)
        if attribute is None:
            return self._by_tag(found)
        return code("{}(discriminator={})", py_ident(self.imports.add("pydantic", "Field")), attribute)

    def _by_tag(self, found: Discriminator) -> Code | None:
        """The same where pydantic has no name for it: a member takes what is no other's, or has the tag or not."""
        if not all(isinstance(self.api.declarations[id], Object) for id in _members(found)):
            return None
        tags = (code("{}: {}", py_str(tag), py_ident(self._class(id, Mode.MODEL))) for tag, id in found.tags)
        name = py_ident(self.imports.add("._models", "ByTag"))
        more = Code()
        if found.default is not None:
            more = code(", default={}", py_ident(self._class(found.default, Mode.MODEL)))
        elif found.absent:
            absent = join(", ", (py_ident(self._class(id, Mode.MODEL)) for id in found.absent))
            more = code(", absent=({}{})", absent, Code("," if len(found.absent) == 1 else ""))
        return code("{}({}, {{{}}}{})", name, py_str(found.wire), join(", ", tags), more)

    def _tag(self, discriminator: Discriminator) -> Code | None:
        """The attribute that tells the members of a union apart, if it has one name in all of them."""
        found: set[str] = set()
        for _, id in discriminator.tags:
            name = self._attribute_of(id, discriminator.wire, self.api.declarations)
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


def _members(found: Discriminator) -> Iterator[DeclarationId]:
    yield from (id for _, id in found.tags)
    if found.default is not None:
        yield found.default


def _overriding(text: FieldText, mode: Mode) -> FieldText:
    """A field that the base has as well, narrowed by `allOf`: type checkers want its type to stay."""
    if mode is Mode.MODEL:
        ignore = Code("  # pyright: ignore[reportIncompatibleVariableOverride]")
        return replace(text, assign=code("{}{}", text.assign, ignore))
    return replace(text, annotation=code("{}{}", text.annotation, Code("  # type: ignore[misc]")))


def _alias_text(name: Code, kind: Code, value: Code, doc: Code) -> DefinitionText:
    return DefinitionText(name, kind, (FieldText(Code("value"), value, Code(), Code()),), doc, is_alias=True)


def _more_than(doc: str, name: str) -> str:
    """A description, unless it only repeats the name of its class, or the end of it, in other letters."""
    letters, own = ("".join(filter(str.isalnum, text)).casefold() for text in (doc, name))
    return "" if letters and any(each.endswith(letters) for each in (own, own.removesuffix("param"))) else doc


def _doc(field: Field) -> Code:
    return py_doc(described(field.doc, deprecated=field.deprecated))
