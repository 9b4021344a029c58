"""The second look at a response that does not validate: everything that fits is typed, the rest stays as it came.

No value ever becomes an instance of a class that the document does not name for it. This runs only after the fast
path has failed, so it may look at annotations.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ForwardRef, Literal, Union, cast, get_args, get_origin

import pydantic
from pydantic import Discriminator, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import to_json
from typing_extensions import TypeAliasType, evaluate_forward_ref, get_annotations

from ._models import ByTag, ResponseProblem, Spelled, UnknownVariant, annotate
from ._utils._checks import is_dict, is_list
from ._validators import read_json, validator_for

__all__ = ["Lenient", "is_new_constant"]

Path = tuple[str | int, ...]


class Lenient:
    """Builds one response; `problems` collects what did not match, in the order of the JSON."""

    def __init__(self) -> None:
        self.problems: list[ResponseProblem] = []

    def build(self, kind: Any, value: object, path: Path = ()) -> Any:
        """The value as `kind` as far as it goes."""
        try:
            return read_json(kind, to_json(value))
        except ValidationError as error:
            return self._descend(kind, value, path, error)

    def _descend(self, kind: Any, value: object, path: Path, error: ValidationError) -> Any:
        kind, discriminator, constrained = _unwrap(kind)
        if constrained:
            return self._unconstrained(kind, value, path, error)
        origin, args = get_origin(kind), get_args(kind)
        if origin in {Union, types.UnionType}:
            return self._union(args, discriminator, value, path, error)
        if _is_model(kind) and issubclass(kind, RootModel):
            return self._root_model(cast("type[RootModel[Any]]", kind), value, path)
        if _is_model(kind) and is_dict(value):
            return self.model(kind, value, path)
        if is_list(value) and _is_iterable(origin) and args:
            return [self.build(args[0], item, (*path, index)) for index, item in enumerate(value)]
        if is_dict(value) and _is_mapping(origin) and len(args) == 2:
            return {key: self.build(args[1], item, (*path, key)) for key, item in value.items()}
        return self._raw(value, path, error)

    def model(self, kind: type[pydantic.BaseModel], value: dict[str, object], path: Path) -> pydantic.BaseModel:
        """An instance of the model with every field that the JSON holds; one that is missing is None."""
        validator_for(kind)  # completes the fields of a model that is not built yet
        before = len(self.problems)
        rest = dict(value)
        fields: dict[str, object] = {}
        given: set[str] = set()
        for name, field in kind.model_fields.items():
            key = field.alias or name
            if key in rest:
                fields[name] = self.build(_annotation(field), rest.pop(key), (*path, key))
                given.add(name)
            elif field.is_required():
                fields[name] = None
                self.problems.append(ResponseProblem((*path, key), "Field required"))
            else:
                fields[name] = field.get_default(call_default_factory=True, validated_data=fields)
        model: pydantic.BaseModel = _instance(kind, fields, given, rest)
        annotate(model, problems=tuple(self.problems[before:]))
        return model

    def _root_model(self, kind: type[RootModel[Any]], value: object, path: Path) -> pydantic.BaseModel:
        root = self.build(_annotation(kind.model_fields["root"]), value, path)
        model: pydantic.BaseModel = _instance(kind, {"root": root}, {"root"}, None)
        return model

    def _unconstrained(self, kind: Any, value: object, path: Path, error: ValidationError) -> Any:
        before = len(self.problems)
        built = self.build(kind, value, path)
        if len(self.problems) == before:  # the type fits, so what failed is a bound, a pattern or a format
            self.problems.append(ResponseProblem(path, _message(error)))
        return built

    def _union(
        self,
        args: tuple[Any, ...],
        discriminator: str | ByTag | None,
        value: object,
        path: Path,
        error: ValidationError,
    ) -> Any:
        members = _members(args)
        models = [member for member in members if _is_model(member)]
        if is_dict(value) and models:
            fitting = list(_fitting(args, discriminator, value, alone=len(models) == 1))
            if len(members) == 1 or len(fitting) == 1:
                return self.model((fitting or models)[0], value, path)
            if any(_is_mapping(get_origin(member) or member) for member in members):
                return self._raw(value, path, error)
            self.problems.append(ResponseProblem(path, "No member of the union is known to look like this"))
            unknown = _instance(UnknownVariant, {}, set(), dict(value))
            annotate(unknown, problems=(self.problems[-1],))
            return unknown
        lists = [member for member in members if is_list(value) and _is_iterable(get_origin(member))]
        if len(members) == 1 or len(lists) == 1:
            return self.build((lists or members)[0], value, path)
        return self._raw(value, path, error)

    def _raw(self, value: object, path: Path, error: ValidationError) -> object:
        self.problems.append(ResponseProblem(path, _message(error)))
        return value


def _fitting(
    kinds: Iterable[Any], discriminator: str | ByTag | None, value: Mapping[str, object], *, alone: bool
) -> Iterator[type[pydantic.BaseModel]]:
    """The members that the JSON may be meant for: every constant that both name agrees, nothing required is absent.

    A union inside the union may have a discriminator of its own.
    """
    if isinstance(discriminator, ByTag):
        kinds, discriminator = discriminator.members(value), None
        if len(kinds) == 1:
            yield from kinds
            return
    for member in kinds:
        kind, inner, _ = _unwrap(member)
        if get_origin(kind) in {Union, types.UnionType}:
            yield from _fitting(get_args(kind), inner or discriminator, value, alone=alone)
        elif _is_model(kind) and _constants_agree(kind, value, discriminator, alone=alone):
            model: type[pydantic.BaseModel] = kind
            needed = (field.alias or name for name, field in model.model_fields.items() if field.is_required())
            if discriminator is not None or all(key in value for key in needed):
                yield model


def _constants_agree(
    model: type[pydantic.BaseModel],
    value: Mapping[str, object],
    discriminator: str | None = None,
    *,
    alone: bool = False,
) -> bool:
    """Whether no constant of the model contradicts the JSON; with a discriminator, whether that one is there.

    An enum of a model that is alone tells it apart from nothing, so it may have got another value.
    """
    annotations = _annotations(model)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if discriminator is not None and discriminator not in {name, key}:
            continue
        allowed = _literals(annotations[name])
        if allowed and key in value and value[key] not in allowed and (len(allowed) == 1 or not alone):
            return False
        if discriminator is not None and (not allowed or key not in value):
            return False
    return True


@cache
def _annotations(model: type[pydantic.BaseModel]) -> dict[str, Any]:
    """What the fields are annotated with, read without building the model.

    Each member of a union would build everything that it refers to, which may be the others and their fields.
    """
    return {
        name: _evaluated(annotation, base)
        for base in reversed(model.__mro__)
        for name, annotation in get_annotations(base).items()
        if name in model.model_fields
    }


def _literals(annotation: Any) -> tuple[object, ...]:
    kind, _, _ = _unwrap(annotation)
    if get_origin(kind) is Literal:
        return get_args(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        inner = [_literals(member) for member in _members(get_args(kind))]
        return tuple(value for literals in inner for value in literals) if all(inner) else ()
    return ()


def is_new_constant(kind: Any, value: object) -> bool:
    """Whether the value may be one that an enum of this type has got since: a text beside texts, say."""
    kind, _, _ = _unwrap(kind)
    members = _members(get_args(kind)) if get_origin(kind) in {Union, types.UnionType} else [kind]
    constants = (constant for member in members if get_origin(member) is Literal for constant in get_args(member))
    return any(type(constant) is type(value) for constant in constants)


def _unwrap(kind: Any) -> tuple[Any, str | ByTag | None, bool]:
    """The annotation without aliases and metadata, the discriminator, and whether it had other constraints."""
    discriminator: str | ByTag | None = None
    constrained = False
    while True:
        if isinstance(kind, TypeAliasType):
            kind = _value(kind)
        elif get_origin(kind) is Annotated:
            kind, *metadata = get_args(kind)
            for entry in metadata:
                if isinstance(entry, (FieldInfo, Discriminator)):
                    named = entry.discriminator
                    discriminator = discriminator or (named if isinstance(named, str) else None)
                elif isinstance(entry, ByTag):
                    discriminator = entry
                elif not isinstance(entry, Spelled):
                    constrained = True
        else:
            return kind, discriminator, constrained


def _value(alias: TypeAliasType) -> Any:
    """What an alias stands for; the text of one that refers to itself is read where it was written."""
    return _evaluated(alias.__value__, alias)


def _evaluated(annotation: Any, owner: TypeAliasType | type) -> Any:
    """An annotation; one that is a text is read where its owner was written."""
    if isinstance(annotation, str):
        return evaluate_forward_ref(ForwardRef(annotation), globals=vars(sys.modules[str(owner.__module__)]))
    return annotation


def _members(args: Iterable[Any]) -> list[Any]:
    """The members of a union with nested unions flattened and null left out."""
    members: list[Any] = []
    for arg in args:
        kind, _, _ = _unwrap(arg)
        if get_origin(kind) in {Union, types.UnionType}:
            members += _members(get_args(kind))
        elif kind is not type(None):
            members.append(kind)
    return members


def _annotation(field: FieldInfo) -> Any:
    """The annotation of a field together with its constraints and discriminator."""
    kind: Any = field.annotation
    for entry in field.metadata:
        kind = Annotated[kind, entry]
    if isinstance(field.discriminator, str):
        kind = Annotated[kind, Discriminator(field.discriminator)]
    return kind


def _instance(
    kind: type[pydantic.BaseModel],
    fields: dict[str, object],
    given: set[str],
    extra: dict[str, object] | None,
) -> Any:
    # Not `model_construct`: it takes field names as keywords, and `_fields_set` may be a key of the response.
    model = kind.__new__(kind)
    object.__setattr__(model, "__dict__", fields)
    object.__setattr__(model, "__pydantic_fields_set__", given)
    object.__setattr__(model, "__pydantic_extra__", extra if kind.model_config.get("extra") == "allow" else None)
    object.__setattr__(model, "__pydantic_private__", None)
    if kind.__pydantic_post_init__:
        model.model_post_init(None)
    return model


def _message(error: ValidationError) -> str:
    """What pydantic says, without the value: it may be anything that the server sent."""
    return error.errors(include_input=False, include_url=False, include_context=False)[0]["msg"]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, pydantic.BaseModel)


def _is_iterable(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Iterable) and not _is_mapping(origin)


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)
