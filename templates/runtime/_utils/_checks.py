"""Questions about values that type checkers understand, and the check of overloads with alternatives."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

from typing_extensions import TypeIs

from .._types import NotGiven, Omit

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def is_given(obj: T | NotGiven | Omit) -> TypeIs[T]:
    """Whether an argument was passed: it is neither `not_given` nor `omit`."""
    return not isinstance(obj, (NotGiven, Omit))


def is_dict(obj: object) -> TypeIs[dict[str, object]]:
    """Whether the value is a dict, for type checkers too. Only for JSON, whose keys are strings."""
    return isinstance(obj, dict)


def is_mapping(obj: object) -> TypeIs[Mapping[str, object]]:
    """Whether the value is a mapping, for type checkers too. Only for parameters, whose keys are strings."""
    return isinstance(obj, Mapping)


def is_list(obj: object) -> TypeIs[list[object]]:
    """Whether the value is a list, for type checkers too."""
    return isinstance(obj, list)


def required_args(*variants: Sequence[str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Check that a call of an overloaded method names every argument of one of its variants.

    Raises TypeError naming what is missing from the variant that comes closest.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        positional = [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            given = {*positional[: len(args)], *kwargs}
            missing = [[name for name in variant if name not in given] for variant in variants]
            if all(missing):
                names = ", ".join(f"`{name}`" for name in min(missing, key=len))
                raise TypeError(f"{function.__name__}() is missing required arguments: {names}")
            return function(*args, **kwargs)

        return checked

    return decorate
