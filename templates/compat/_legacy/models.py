"""Building and checking models by hand, as `_models` of older versions offered it."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import (
    Annotated,
    Any,
    Generic,
    ParamSpec,
    Protocol,
    Required,
    TypeAlias,
    TypedDict,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

import pydantic
from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticSerializationError
from typing_extensions import TypeIs

from .._lenient import Lenient
from .._models import BaseModel
from .._types import Body, Headers, NotGiven, Query, RequestFiles, Timeout
from .._utils._compat import is_union
from .._validators import validator_for

__all__ = [
    "DISCRIMINATOR_CACHE",
    "CachedDiscriminatorType",
    "DiscriminatorDetails",
    "EagerIterable",
    "FinalRequestOptionsInput",
    "GenericModel",
    "P",
    "RootModel",
    "build",
    "construct_type",
    "construct_type_unchecked",
    "is_basemodel",
    "is_basemodel_type",
    "set_pydantic_config",
    "validate_type",
]

P = ParamSpec("P")
_T = TypeVar("_T")
_BaseModelT = TypeVar("_BaseModelT", bound=pydantic.BaseModel)

EagerIterable: TypeAlias = Annotated[Iterable[_T], AfterValidator(list)]
"""An iterable whose items are checked when it is handed in, and kept as a list."""


class GenericModel(BaseModel):
    """The base of generic models; any model can be generic."""


class RootModel(pydantic.RootModel[_T], Generic[_T]):
    """A model of one value that is no object."""


def construct_type(*, value: object, type_: object, metadata: list[Any] | None = None) -> object:
    """The value as a type as far as it goes; what does not match stays as it came, and nothing is raised.

    `metadata` is what `Annotated[...]` would say beside the type, a discriminator for example.
    """
    kind: Any = type_
    for each in metadata or ():
        kind = Annotated[kind, each]
    try:
        return Lenient().build(kind, value)
    except PydanticSerializationError:
        return value  # no JSON value: nothing that a server could have sent


def construct_type_unchecked(*, value: object, type_: type[_T]) -> _T:
    """`construct_type`, taken at its word by type checkers."""
    return cast("_T", construct_type(value=value, type_=type_))


def validate_type(*, type_: type[_T], value: object) -> _T:
    """The value as a type. Raises pydantic's ValidationError, a ValueError, where it does not match."""
    return cast("_T", validator_for(type_).validate_python(value))


def build(base_model_cls: Callable[P, _BaseModelT], *args: P.args, **kwargs: P.kwargs) -> _BaseModelT:
    """A model from keyword arguments, without validation. Raises TypeError for positional ones."""
    if args:
        raise TypeError(f"Received positional arguments, which are not supported: {args!r}")
    return cast("_BaseModelT", construct_type(type_=base_model_cls, value=kwargs))


def is_basemodel(type_: type) -> bool:
    """Whether a type is a model, or a union with one in it."""
    if is_union(get_origin(type_)):
        return any(is_basemodel(member) for member in get_args(type_))
    return is_basemodel_type(type_)


def is_basemodel_type(type_: type) -> TypeIs[type[pydantic.BaseModel]]:
    """Whether a type is a model."""
    origin: object = get_origin(type_) or type_
    return isinstance(origin, type) and issubclass(origin, pydantic.BaseModel)


def set_pydantic_config(typ: Any, config: ConfigDict) -> None:
    """Give a TypedDict or dataclass a pydantic config."""
    typ.__pydantic_config__ = config


class DiscriminatorDetails:
    """How the members of a union are told apart: the field, its name on the wire, and the member of each value."""

    field_name: str
    field_alias_from: str | None
    mapping: dict[str, type]

    def __init__(self, *, mapping: dict[str, type], discriminator_field: str, discriminator_alias: str | None) -> None:
        self.mapping = mapping
        self.field_name = discriminator_field
        self.field_alias_from = discriminator_alias


class CachedDiscriminatorType(Protocol):
    """A union whose details have been looked up."""

    __discriminator__: DiscriminatorDetails


DISCRIMINATOR_CACHE: weakref.WeakKeyDictionary[type, DiscriminatorDetails] = weakref.WeakKeyDictionary()
"""Always empty: pydantic keeps what it knows of unions itself."""


class FinalRequestOptionsInput(TypedDict, total=False):
    """Everything about one request, as keyword arguments."""

    method: Required[str]
    url: Required[str]
    params: Query
    headers: Headers
    max_retries: int
    timeout: float | Timeout | None
    files: RequestFiles | None
    idempotency_key: str
    content: bytes | str | Iterable[bytes] | NotGiven
    json_data: Body
    extra_json: Any
    follow_redirects: bool
