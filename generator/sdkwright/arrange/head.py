"""What arranging needs to know about an operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdkwright.diagnostics import Location
    from sdkwright.ir.operations import OperationKey


@dataclass(frozen=True, slots=True)
class OperationHead:
    """One operation before anything of it is lowered.

    `method` is in lower case and `path` as the document writes it. `returns_list` says that a successful
    response is an array, or an object around one. `resource` and `name` are what the document itself wants
    (`x-sdkwright-resource: chat.completions`, `x-sdkwright-method: create`); empty, the position decides.
    """

    key: OperationKey
    method: str
    path: str
    operation_id: str
    tags: tuple[str, ...]
    summary: str
    returns_list: bool
    has_body: bool
    deprecated: bool
    location: Location
    resource: str = ""
    name: str = ""
