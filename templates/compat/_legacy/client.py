"""What older versions had in `_base_client` besides the clients."""

from __future__ import annotations

import platform as _platform
from typing import Dict, Literal, TypeAlias, cast  # noqa: UP035  (`Dict` is a base below)

from typing_extensions import override

from .._pages import AsyncPageT, SyncPageT
from .._platform import Platform
from .._platform import get_architecture as _architecture
from .._platform import platform_headers as _headers
from .._transport import DefaultAsyncHttpxClient, DefaultHttpxClient
from .._utils._logs import logger as log

__all__ = [
    "Arch",
    "AsyncHttpxClientWrapper",
    "AsyncPageT",
    "ForceMultipartDict",
    "OtherArch",
    "SyncHttpxClientWrapper",
    "SyncPageT",
    "get_architecture",
    "get_python_runtime",
    "get_python_version",
    "log",
    "platform_headers",
]


class OtherArch:
    """A processor architecture without a name of its own here."""

    def __init__(self, name: str) -> None:
        self.name = name

    @override
    def __str__(self) -> str:
        return f"other:{self.name}"


Arch: TypeAlias = OtherArch | Literal["x32", "x64", "arm", "arm64", "unknown"]


class SyncHttpxClientWrapper(DefaultHttpxClient):
    """The HTTP client with this package's defaults."""


class AsyncHttpxClientWrapper(DefaultAsyncHttpxClient):
    """The asynchronous HTTP client with this package's defaults."""


class ForceMultipartDict(Dict[str, None]):  # noqa: UP006  (the base is part of the surface)
    """An empty dict of files that is true, so that a form without files is still sent as multipart."""

    def __bool__(self) -> bool:
        return True


def get_python_runtime() -> str:
    """The implementation of Python, such as `CPython`."""
    return _platform.python_implementation()


def get_python_version() -> str:
    """The version of Python, such as `3.13.1`."""
    return _platform.python_version()


def get_architecture() -> Arch:
    """The processor architecture."""
    name = _architecture()
    return OtherArch(name.removeprefix("other:")) if name.startswith("other:") else cast("Arch", name)


def platform_headers(version: str, *, platform: Platform | None) -> dict[str, str]:
    """The headers that describe this platform; `platform` replaces the operating system's name."""
    headers = dict(_headers(version, "false"))
    for name in [name for name in headers if platform is not None and name.endswith("-OS")]:
        headers[name] = str(platform)
    return headers
