"""Operations for the tests of arranging, written as one line each."""

from __future__ import annotations

from sdkwright.arrange.head import OperationHead
from sdkwright.diagnostics import Location


def head(line: str, *tags: str, several: bool = False, deprecated: bool = False, summary: str = "") -> OperationHead:
    """`get /items listItems` as a head; `several` says that it returns a list."""
    method, path, *rest = line.split(" ")
    return OperationHead(
        key=f"{method} {path}",
        method=method,
        path=path,
        operation_id=rest[0] if rest else "",
        tags=tags,
        summary=summary,
        returns_list=several or (bool(rest) and rest[0].lower().startswith("list")),
        has_body=method in ("post", "put", "patch"),
        deprecated=deprecated,
        location=Location("openapi.yaml", f"/paths/{path.replace('/', '~1')}/{method}"),
    )


def heads(text: str, *tags: str) -> tuple[OperationHead, ...]:
    """One head for each line that is not blank."""
    return tuple(head(" ".join(line.split()), *tags) for line in text.splitlines() if line.strip())
