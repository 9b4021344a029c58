"""Questions about files to upload, and files brought to the form of the HTTP library."""

from __future__ import annotations

import io
import os
import pathlib
from collections.abc import Sequence
from typing import Any, TypeGuard, TypeVar, cast

from typing_extensions import TypeIs

from .._types import Base64FileInput, FileContent, FileTypes, RequestFiles
from .._utils._checks import is_list, is_mapping
from .types import HttpxFileContent, HttpxFileTypes

__all__ = [
    "assert_is_file_content",
    "async_read_file_content",
    "async_to_httpx_files",
    "deepcopy_with_paths",
    "is_base64_file_input",
    "is_file_content",
    "read_file_content",
    "to_httpx_files",
]

T = TypeVar("T")


def is_base64_file_input(obj: object) -> TypeGuard[Base64FileInput]:
    """Whether the value is an open file or a path."""
    return isinstance(obj, (io.IOBase, os.PathLike))


def is_file_content(obj: object) -> TypeIs[FileContent]:
    """Whether the value can be uploaded: bytes, a tuple, an open file or a path."""
    return isinstance(obj, (bytes, tuple, io.IOBase, os.PathLike))


def assert_is_file_content(obj: object, *, key: str | None = None) -> None:
    """Raise RuntimeError, naming the field `key`, for a value that cannot be uploaded."""
    if not is_file_content(obj):
        place = f"entry at `{key}`" if key is not None else f"file input `{obj!r}"[:100] + "`"
        raise RuntimeError(
            f"Expected {place} to be bytes, an open binary file, a path or a tuple, but received {type(obj).__name__}"
        )


def read_file_content(file: FileContent) -> HttpxFileContent:
    """The bytes of a path; anything else as it is."""
    return pathlib.Path(file).read_bytes() if isinstance(file, os.PathLike) else file


async def async_read_file_content(file: FileContent) -> HttpxFileContent:
    """The same, read in a worker thread."""
    import anyio

    return await anyio.Path(file).read_bytes() if isinstance(file, os.PathLike) else file


def to_httpx_files(files: RequestFiles | None) -> Any:
    """Files by field name as the HTTP library takes them, paths read. Raises TypeError for anything else."""
    if files is None:
        return None
    if is_mapping(files):
        return {key: _to_httpx(cast("FileTypes", file)) for key, file in files.items()}
    if isinstance(cast("object", files), Sequence):
        return [(key, _to_httpx(file)) for key, file in cast("Any", files)]
    raise TypeError(f"Files must be a mapping or a sequence of pairs, not {type(files).__name__}")


async def async_to_httpx_files(files: RequestFiles | None) -> Any:
    """The same, with paths read in a worker thread."""
    from anyio import to_thread

    return await to_thread.run_sync(to_httpx_files, files)


def _to_httpx(file: FileTypes) -> HttpxFileTypes:
    if isinstance(file, tuple):
        name, content, *rest = cast("tuple[Any, ...]", file)
        return cast("HttpxFileTypes", (name, read_file_content(content), *rest))
    if isinstance(file, os.PathLike):
        path = pathlib.Path(cast("Any", file))
        return path.name, path.read_bytes()
    return file


def deepcopy_with_paths(item: T, paths: Sequence[Sequence[str]]) -> T:
    """A copy of the dicts and lists on the way to these paths, as `extract_files` has them; the rest is shared."""
    return cast("T", _copied(item, [path for path in paths if path]))


def _copied(item: object, paths: Sequence[Sequence[str]]) -> object:
    below: dict[str, list[Sequence[str]]] = {}
    for step, *rest in paths:
        below.setdefault(step, []).extend([rest] if rest else [])
    if is_mapping(item) and below:
        return {key: _copied(value, below[key]) if key in below else value for key, value in item.items()}
    if is_list(item) and "<array>" in below:
        return [_copied(value, below["<array>"]) for value in item]
    return item
