"""What the readers raise: a fault at a place of one text, turned into a diagnostic by `source.load`."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818  (the fault is the document's)
    """A file cannot be read any further. `offset` counts characters from 0; -1: only the pointer is known."""

    def __init__(self, code: str, message: str, *, offset: int = -1, pointer: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset
        self.pointer = pointer
        self.hint = hint
