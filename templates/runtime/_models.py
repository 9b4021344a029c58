"""The base of all response models, and what a response carries beside its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias, TypeVar, Union, cast

import pydantic
from pydantic import ConfigDict, GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, tagged_union_schema
from typing_extensions import override

from ._options import FinalRequestOptions

__all__ = [
    "BaseModel",
    "ByTag",
    "FinalRequestOptions",
    "ResponseProblem",
    "Spelled",
    "SpelledDate",
    "SpelledDatetime",
    "UnknownVariant",
    "annotate",
]

T = TypeVar("T")

_ABSENT = "absent"
_DATE = re.compile(r"\d{4}-\d")
_CARRIED = ("__request_id__", "__response_problems__")
"""What a model carries beside its fields: the names of its slots."""


@dataclass(frozen=True, slots=True)
class ResponseProblem:
    """A place where a response differs from the document: the path into the JSON, and what is wrong there."""

    path: tuple[str | int, ...]
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.message}"


class BaseModel(pydantic.BaseModel):
    """A model of the API. Fields that the server adds are kept as attributes.

    A response that does not match is still returned as far as it goes; see `_response_problems`.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        hide_input_in_errors=True,
    )
    # Slots rather than fields: no key of a response can reach them, and they cost nothing while parsing.
    __slots__ = _CARRIED

    @override
    def __copy__(self) -> Self:
        return _carry(self, super().__copy__())

    @override
    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return _carry(self, super().__deepcopy__(memo))

    @override
    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "__carried__": tuple(_slot(self, name, None) for name in _CARRIED)}

    @override
    def __setstate__(self, state: dict[Any, Any]) -> None:
        carried = state.get("__carried__", ())
        super().__setstate__(state)
        for name, value in zip(_CARRIED, carried, strict=False):
            if value is not None:
                object.__setattr__(self, name, value)

    @property
    def _request_id(self) -> str | None:
        """The id that the server gave to the request; only on the object that a method returned."""
        return cast("str | None", _slot(self, "__request_id__", None))

    @property
    def _response_problems(self) -> tuple[ResponseProblem, ...]:
        """Where this object differs from the document; empty when it matches."""
        return cast("tuple[ResponseProblem, ...]", _slot(self, "__response_problems__", ()))

    def to_dict(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = False,
    ) -> dict[str, object]:
        """The object as a dict.

        `mode="json"` turns dates and the like into what JSON can hold. `use_api_names` takes the names of the
        API instead of the Python ones. Fields that the server did not send are left out unless
        `exclude_unset=False`. `warnings` reports values that do not match their type.
        """
        return self.model_dump(
            mode=mode,
            by_alias=use_api_names,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
            warnings=warnings,
        )

    def to_json(
        self,
        *,
        indent: int | None = 2,
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = False,
    ) -> str:
        """The object as JSON text; see `to_dict`. `indent=None` writes one line."""
        return self.model_dump_json(
            indent=indent,
            by_alias=use_api_names,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
            warnings=warnings,
        )


class UnknownVariant(BaseModel):
    """A member of a union that this version of the package does not know. Its keys are attributes."""

    @property
    def raw(self) -> dict[str, Any]:
        """The JSON object as the server sent it."""
        return dict(self.__pydantic_extra__ or {})


class ByTag:
    """Tells the members of a union apart by a key of the JSON, also where not every member has it.

    The key is the API's name, and `tags` has the member for each of its values. A known value is never read as
    another member, also where the object does not fit. What has another value, or none, is the `default`; without
    one, an object that has no such key is the best of those that are `absent` in it.
    """

    __slots__ = ("absent", "default", "key", "tags")

    def __init__(
        self,
        key: str,
        tags: Mapping[str, type[pydantic.BaseModel]],
        *,
        default: type[pydantic.BaseModel] | None = None,
        absent: tuple[type[pydantic.BaseModel], ...] = (),
    ) -> None:
        self.key, self.tags = key, tags
        self.default, self.absent = default, absent

    def members(self, value: Mapping[str, object]) -> tuple[type[pydantic.BaseModel], ...]:
        """The members that an object of JSON may be."""
        tag = value.get(self.key)
        found = self.tags.get(tag) if isinstance(tag, str) else None
        if found is None and self.default is None:
            return self.absent if tag is None else ()
        return tuple(member for member in (found or self.default,) if member)

    def __get_pydantic_core_schema__(self, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        members = list(dict.fromkeys((*self.tags.values(), *((self.default,) if self.default else ()))))
        choices = {str(at): handler.generate_schema(member) for at, member in enumerate(members)}
        if self.absent:
            choices[_ABSENT] = handler.generate_schema(Union[self.absent])  # noqa: UP007  (of as many as there are)

        def place(value: object) -> str | None:
            if not isinstance(value, dict):
                return next((str(members.index(each)) for each in type(value).__mro__ if each in members), None)
            found = self.members(cast("Mapping[str, object]", value))
            return None if not found else _ABSENT if found == self.absent else str(members.index(found[0]))

        return tagged_union_schema(choices, place)


class Spelled:
    """Reads a date from a text that spells it (RFC 3339): a bare number would be the seconds since 1970 to pydantic.

    For places in which such a text means itself.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def place(value: object) -> str | None:
            return None if isinstance(value, str) and not _DATE.match(value) else "date"

        # Unlike a validator in front of it, a union of one keeps how exactly the text fits, which unions around it ask.
        return tagged_union_schema({"date": handler(source)}, place)


SpelledDate: TypeAlias = Annotated[date, Spelled()]
SpelledDatetime: TypeAlias = Annotated[datetime, Spelled()]


def annotate(
    model: object,
    *,
    request_id: str | None = None,
    problems: tuple[ResponseProblem, ...] = (),
) -> None:
    """Put the request id and the problems on what a response was parsed into, if it is a model."""
    if issubclass(type(model), BaseModel):
        if request_id:
            object.__setattr__(model, "__request_id__", request_id)
        if problems:
            object.__setattr__(model, "__response_problems__", problems)


def _carry(source: pydantic.BaseModel, target: T) -> T:
    """Put on a copy what pydantic does not copy, since it is no field."""
    for name in _CARRIED:
        value = _slot(source, name, None)
        if value is not None:
            object.__setattr__(target, name, value)
    return target


def _slot(model: pydantic.BaseModel, name: str, default: object) -> object:
    try:
        return object.__getattribute__(model, name)
    except AttributeError:
        return default
