"""Questions about annotations, and the parts of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Required, TypeVar, cast, get_args, get_origin

from typing_extensions import TypeAliasType, get_original_bases

from ._compat import is_union

__all__ = [
    "extract_type_arg",
    "extract_type_var_from_base",
    "is_annotated_type",
    "is_iterable_type",
    "is_list_type",
    "is_required_type",
    "is_sequence_type",
    "is_type_alias_type",
    "is_union_type",
    "strip_annotated_type",
]


def is_annotated_type(typ: type) -> bool:
    """Whether an annotation is `Annotated[...]`."""
    return get_origin(typ) is Annotated


def is_list_type(typ: type) -> bool:
    """Whether an annotation is a list."""
    return (get_origin(typ) or typ) is list


def is_sequence_type(typ: type) -> bool:
    """Whether an annotation is `Sequence[...]`."""
    return get_origin(typ) is Sequence


def is_iterable_type(typ: type) -> bool:
    """Whether an annotation is `Iterable[...]`."""
    return get_origin(typ) is Iterable


def is_union_type(typ: type) -> bool:
    """Whether an annotation is a union."""
    return is_union(get_origin(typ))


def is_required_type(typ: type) -> bool:
    """Whether an annotation is `Required[...]`."""
    return get_origin(typ) is Required


def is_typevar(typ: type) -> bool:
    """Whether an annotation is a type variable."""
    return isinstance(cast("object", typ), TypeVar)


def is_type_alias_type(tp: Any, /) -> bool:
    """Whether a value was made by a `type` statement or `TypeAliasType`."""
    return isinstance(tp, TypeAliasType)


def strip_annotated_type(typ: type) -> type:
    """The annotation without `Annotated[...]` and `Required[...]` around it."""
    while is_required_type(typ) or is_annotated_type(typ):
        typ = cast("type", get_args(typ)[0])
    return typ


def extract_type_arg(typ: type, index: int) -> type:
    """One argument of a generic type. Raises RuntimeError when it has not so many."""
    args = get_args(typ)
    if not 0 <= index < len(args):
        raise RuntimeError(f"{typ} has no type argument at position {index}")
    return cast("type", args[index])


def extract_type_var_from_base(
    typ: type, *, generic_bases: tuple[type, ...], index: int, failure_message: str | None = None
) -> type:
    """The argument that a class, or a parametrised class, gives to one of its generic bases.

    `class Lines(Stream[str])` and `Stream[str]` both give `str` for the base `Stream`. Raises TypeError, with
    `failure_message` if there is one, when the class does not say.
    """
    found = _argument(typ, generic_bases, index)
    if found is None:
        raise TypeError(failure_message or f"{typ} does not say what argument {index} of its generic base is")
    return found


def _argument(typ: type, generic_bases: tuple[type, ...], index: int) -> type | None:
    cls: type = get_origin(typ) or typ
    if cls in generic_bases:
        args = get_args(typ)
        return cast("type", args[index]) if index < len(args) else None
    for base in _bases(cls):
        found = _argument(base, generic_bases, index)
        if found is not None and is_typevar(found):
            parameters: tuple[object, ...] = getattr(cls, "__parameters__", ())
            args = get_args(typ)
            place = parameters.index(found) if found in parameters else len(args)
            return cast("type", args[place]) if place < len(args) else None
        if found is not None:
            return found
    return None


def _bases(cls: type) -> tuple[type, ...]:
    return tuple(
        base for base in cast("tuple[type, ...]", get_original_bases(cls)) if isinstance(get_origin(base) or base, type)
    )
