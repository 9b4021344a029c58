"""One compiled pydantic validator per type, built on first use and shared by all threads."""

from __future__ import annotations

import sys
import threading
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator

__all__ = ["read_json", "validator_for"]

_validators: dict[Any, SchemaValidator] = {}
# Types are built one at a time: half of the first calls of a program arrive from several threads at once, and
# a deferred build mutates the class that it completes.
_lock = threading.RLock()
_STACK_BYTES = 64 << 20
_DEEP_RECURSION = 10_000


def validator_for(kind: Any) -> SchemaValidator:
    """The validator of a model, a list of models, a union, or any other annotation."""
    try:
        return _validators[kind]
    except KeyError:
        with _lock:
            return _validators.setdefault(kind, _build(kind))
    except TypeError:  # an annotation that does not hash, such as Annotated with a list in it
        with _lock:
            return _build(kind)


def read_json(kind: Any, content: str | bytes) -> Any:
    """JSON of the API as `kind`; raises pydantic's ValidationError.

    Keys are the API's names alone: one that it has added may be spelled like the attribute of another.
    """
    return validator_for(kind).validate_json(content, by_alias=True, by_name=False)


def _build(kind: Any) -> SchemaValidator:
    try:
        return _compile(kind)
    except RecursionError:
        return _compile_in_deep_stack(kind)


def _compile_in_deep_stack(kind: Any) -> SchemaValidator:
    """Compile in a thread with room: pydantic nests some ten calls a model, and models may form a long ring.

    The caller's own stack cannot grow; raising only the recursion limit there would overflow it.
    """
    found: list[SchemaValidator] = []
    thread = threading.Thread(target=lambda: found.append(_compile(kind)), name="build-models")
    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK_BYTES)
    try:
        sys.setrecursionlimit(max(limit, _DEEP_RECURSION))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if not found:
        raise RecursionError("the models refer to each other in too long a ring")
    return found[0]


def _compile(kind: Any) -> SchemaValidator:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        # The empty namespace keeps names of this frame out of the resolution of forward references.
        kind.model_rebuild(_types_namespace={})
        return cast("SchemaValidator", kind.__pydantic_validator__)
    adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", kind))
    adapter.rebuild(_types_namespace={})
    return cast("SchemaValidator", adapter.validator)
