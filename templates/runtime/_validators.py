"""One compiled pydantic validator per type, built on first use and shared by all threads."""

from __future__ import annotations

import threading
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator

__all__ = ["validator_for"]

_validators: dict[Any, SchemaValidator] = {}
# Types are built one at a time: half of the first calls of a program arrive from several threads at once, and
# a deferred build mutates the class that it completes.
_lock = threading.RLock()


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


def _build(kind: Any) -> SchemaValidator:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        # The empty namespace keeps names of this frame out of the resolution of forward references.
        kind.model_rebuild(_types_namespace={})
        return cast("SchemaValidator", kind.__pydantic_validator__)
    adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", kind))
    adapter.rebuild(_types_namespace={})
    return cast("SchemaValidator", adapter.validator)
