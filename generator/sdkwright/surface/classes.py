"""Classes of a parsed package with all members that their users see, as the model has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import griffe

from sdkwright.surface.fields import facts, unquoted
from sdkwright.surface.functions import Functions, Places
from sdkwright.surface.load import Notes
from sdkwright.surface.model import Class, Family, Function, Member, Place, Role, Value
from sdkwright.surface.names import Names
from sdkwright.surface.types import Annotation, Types

_ENUMS = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")
_FAMILIES = {
    "TypedDict": Family.TYPED_DICT,
    "NamedTuple": Family.NAMED_TUPLE,
    "Protocol": Family.PROTOCOL,
    "pydantic.BaseModel": Family.MODEL,
    "pydantic.RootModel": Family.MODEL,
    "BaseModel": Family.MODEL,
    "pydantic.main.BaseModel": Family.MODEL,
    "pydantic.generics.GenericModel": Family.MODEL,
    "pydantic_settings.BaseSettings": Family.MODEL,
    "BaseException": Family.EXCEPTION,
    **{f"{module}{name}": Family.ENUM for module in ("enum.", "") for name in _ENUMS},
}
"""What a class becomes by a base outside the package; bare names for those that `import *` brought."""

_EXCEPTION_ENDINGS = ("Error", "Exception", "Warning", "Interrupt", "Exit")
_IMPLICIT = {
    *("__repr__", "__str__", "__hash__", "__eq__", "__ne__", "__dir__", "__del__", "__sizeof__", "__format__"),
    *("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__init_subclass__", "__post_init__"),
    *("__setattr__", "__delattr__", "__getattribute__", "__getattr__", "__class_getitem__"),
    *("__get_pydantic_core_schema__", "__get_pydantic_json_schema__"),
}
"""Methods that every object has in some form, so that nobody notices where they are defined."""


class Classes:
    """Builds the classes of one package."""

    def __init__(self, names: Names, types: Types, functions: Functions, places: Places, notes: Notes) -> None:
        self._names = names
        self._types = types
        self._functions = functions
        self._places = places
        self._notes = notes
        self._known: dict[tuple[str, Family], dict[str, Function | Value]] = {}

    def build(self, item: griffe.Class) -> Class:
        """A class with its own and its inherited members."""
        line = self._line(item)
        family = self._family(line)
        members: dict[str, Member] = {}
        for owner in line:
            if isinstance(owner, griffe.Class):
                for name, value in self._members(owner, family).items():
                    members.setdefault(name, Member(self._names.relative(owner.path), value))
        decorators = self._functions.decorators(item)
        bases = tuple(str(base) for base in item.bases)
        return Class(
            self._places.of(item),
            family,
            tuple(self._base(base) for base in item.bases),
            tuple(self._names.relative(owner.path) if isinstance(owner, griffe.Class) else owner for owner in line[1:]),
            members,
            f"class {item.name}" + (f"({', '.join(bases)})" if bases else ""),
            generic=self._generic(item),
            final="final" in decorators,
            deprecated="deprecated" in decorators,
        )

    def _line(self, item: griffe.Class) -> Sequence[griffe.Class | str]:
        """The class and its ancestors, nearest first; those of other packages by path."""
        found: dict[str, griffe.Class | str] = {item.path: item}
        self._climb(item, found)
        return list(found.values())

    def _climb(self, item: griffe.Class, found: dict[str, griffe.Class | str]) -> None:
        for base in item.bases:
            path = self._base(base)
            known = self._names.object(path)
            key = known.path if known else path
            if key in found or path in {"Generic", "object"}:
                continue
            if isinstance(known, griffe.Class):
                found[key] = known
                self._climb(known, found)
            else:
                found[key] = path

    def _base(self, base: str | griffe.Expr) -> str:
        if isinstance(base, griffe.ExprSubscript):
            base = base.left
        return self._types.special(base)

    def _family(self, line: Sequence[griffe.Class | str]) -> Family:
        for owner in line:
            if isinstance(owner, str):
                if owner in _FAMILIES:
                    return _FAMILIES[owner]
                if "." not in owner and owner.endswith(_EXCEPTION_ENDINGS):
                    return Family.EXCEPTION
            elif "dataclass" in owner.labels:
                return Family.DATACLASS
        return Family.PLAIN

    def _generic(self, item: griffe.Class) -> int:
        """The number of type parameters, as far as the class states them."""
        if len(item.type_parameters):
            return len(item.type_parameters)
        counts = [0]
        for base in item.bases:
            if isinstance(base, griffe.ExprSubscript) and self._types.special(base.left) in {"Generic", "Protocol"}:
                inner = base.slice.elements if isinstance(base.slice, griffe.ExprTuple) else [base.slice]
                counts.append(len(inner))
        return max(counts)

    def functional(self, item: griffe.Attribute, call: griffe.ExprCall, scope: griffe.Module, place: Place) -> Class:
        """`Name = TypedDict("Name", {...}, total=False)`, the form for keys that are no identifiers."""
        total = not any(str(argument) == "total=False" for argument in call.arguments)
        members: dict[str, Member] = {}
        owner = self._names.relative(item.path)
        for argument in call.arguments:
            if isinstance(argument, griffe.ExprDict):
                for key, value in zip(argument.keys, argument.values, strict=False):
                    annotation = self._types.annotation(value, scope)
                    wrappers: frozenset[str] = annotation.wrappers if annotation else frozenset()
                    required = "Required" in wrappers or (total and "NotRequired" not in wrappers)
                    type_ = annotation.type if annotation else None
                    text = f"{key}: {value}"
                    members[unquoted(str(key))] = Member(owner, Value(place, Role.KEY, type_, text, required=required))
        return Class(place, Family.TYPED_DICT, ("TypedDict",), ("TypedDict",), members, f"class {item.name}(TypedDict)")

    def _members(self, item: griffe.Class, family: Family) -> dict[str, Function | Value]:
        known = (item.path, family)
        if known not in self._known:
            self._known[known] = dict(self._own(item, family))
        return self._known[known]

    def _own(self, item: griffe.Class, family: Family) -> Iterator[tuple[str, Function | Value]]:
        for name, member in item.members.items():
            if not _visible(name):
                continue
            if isinstance(member, griffe.Function):
                yield name, self._functions.build(member, item.overloads.get(name, ()))
            elif isinstance(member, griffe.Attribute) and not name.startswith("__"):
                yield name, self._value(member, item, family)
        for name, overloads in item.overloads.items():  # a stub has overloads without an implementation
            if overloads and name not in item.members and _visible(name):
                yield name, self._functions.build(overloads[-1], overloads)

    def _value(self, item: griffe.Attribute, owner: griffe.Class, family: Family) -> Value:
        annotation = self._types.annotation(item.annotation, owner)
        told = facts(item.value, annotation.metadata if annotation else ())
        role = _role(item, annotation, family)
        required = role is Role.FIELD and told.default is None
        if role is Role.KEY and annotation:
            partial = owner.path in self._notes.partial
            required = "Required" in annotation.wrappers or (not partial and "NotRequired" not in annotation.wrappers)
        shown = f": {item.annotation}" if item.annotation is not None else ""
        valued = item.value is not None and "class-attribute" in item.labels
        return Value(
            self._places.of(item),
            role,
            annotation.type if annotation else None,
            f"{item.name}{shown}" + (f" = {item.value}" if valued else ""),
            default=told.default if valued else None,
            required=required,
            aliases=told.aliases,
            constraints=told.constraints,
            writable=role is Role.PROPERTY and "writable" in item.labels,
            deprecated="deprecated" in item.labels,
        )


def _visible(name: str) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return name not in _IMPLICIT
    return not name.startswith("_")


def _role(item: griffe.Attribute, annotation: Annotation | None, family: Family) -> Role:
    if "property" in item.labels:
        return Role.PROPERTY
    own = annotation is not None and not annotation.wrappers & {"ClassVar"}
    instance = "instance-attribute" in item.labels
    if family is Family.TYPED_DICT:
        return Role.KEY
    if family is Family.ENUM and annotation is None and item.value is not None:
        return Role.ENUM_MEMBER
    if family in {Family.MODEL, Family.NAMED_TUPLE} and own and instance and item.name != "model_config":
        return Role.FIELD
    return Role.ATTRIBUTE
