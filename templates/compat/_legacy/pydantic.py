"""What older versions had in `_compat` to work with two versions of pydantic. There is only one now."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, Generic, Literal, TypeVar

import pydantic
from pydantic import ConfigDict
from pydantic.fields import FieldInfo

from .types import IncEx

__all__ = [
    "PYDANTIC_V1",
    "GenericModel",
    "field_get_default",
    "field_is_required",
    "field_outer_type",
    "get_model_config",
    "get_model_fields",
    "model_copy",
    "model_dump",
    "model_json",
    "model_parse",
    "parse_obj",
    "typed_cached_property",
]

T = TypeVar("T")
_ModelT = TypeVar("_ModelT", bound=pydantic.BaseModel)

PYDANTIC_V1: Final = False


class GenericModel(pydantic.BaseModel):
    """The base of generic models; any model can be generic."""


def parse_obj(model: type[_ModelT], value: object) -> _ModelT:
    """`model_validate` of the model."""
    return model.model_validate(value)


def model_parse(model: type[_ModelT], data: Any) -> _ModelT:
    """`model_validate` of the model."""
    return model.model_validate(data)


def model_copy(model: _ModelT, *, deep: bool = False) -> _ModelT:
    """`model_copy` of the model."""
    return model.model_copy(deep=deep)


def model_json(model: pydantic.BaseModel, *, indent: int | None = None) -> str:
    """`model_dump_json` of the model."""
    return model.model_dump_json(indent=indent)


def model_dump(
    model: pydantic.BaseModel,
    *,
    exclude: IncEx | None = None,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    warnings: bool = True,
    mode: Literal["json", "python"] = "python",
    by_alias: bool | None = None,
) -> dict[str, Any]:
    """`model_dump` of the model."""
    return model.model_dump(
        mode=mode,
        exclude=exclude,
        exclude_unset=exclude_unset,
        exclude_defaults=exclude_defaults,
        warnings=warnings,
        by_alias=by_alias,
    )


def field_is_required(field: FieldInfo) -> bool:
    """Whether the field has no default."""
    return field.is_required()


def field_get_default(field: FieldInfo) -> Any:
    """The default of the field, None if it has none."""
    return None if field.is_required() else field.get_default()


def field_outer_type(field: FieldInfo) -> Any:
    """The annotation of the field."""
    return field.annotation


def get_model_config(model: type[pydantic.BaseModel]) -> ConfigDict:
    """The config of the model."""
    return model.model_config


def get_model_fields(model: type[pydantic.BaseModel]) -> dict[str, FieldInfo]:
    """The fields of the model by name."""
    return model.model_fields


class typed_cached_property(cached_property[T], Generic[T]):  # noqa: N801  (the name is part of the surface)
    """`functools.cached_property`."""

    func: Callable[[Any], T]
    attrname: str | None

    def __init__(self, func: Callable[[Any], T]) -> None:
        super().__init__(func)
