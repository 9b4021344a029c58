"""Signatures of functions compared, for tests that keep two of them in step."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from typing import Any

__all__ = ["assert_signatures_in_sync", "function_has_argument"]


def function_has_argument(func: Callable[..., Any], arg_name: str) -> bool:
    """Whether a function has a parameter of this name."""
    return arg_name in inspect.signature(func).parameters


def assert_signatures_in_sync(
    source_func: Callable[..., Any],
    check_func: Callable[..., Any],
    *,
    exclude_params: Collection[str] = (),
    description: str = "",
) -> None:
    """Raise AssertionError unless `check_func` has every parameter of `source_func`, with the same annotation."""
    checked = inspect.signature(check_func).parameters
    faults: list[str] = []
    for name, parameter in inspect.signature(source_func).parameters.items():
        if name in exclude_params:
            continue
        if name not in checked:
            faults.append(f"the `{name}` parameter is missing")
        elif checked[name].annotation != parameter.annotation:
            faults.append(f"the types of `{name}` differ: {parameter.annotation} and {checked[name].annotation}")
    if faults:
        where = f" ({description})" if description else ""
        raise AssertionError(f"{len(faults)} differences between the signatures{where}: {'; '.join(faults)}")
