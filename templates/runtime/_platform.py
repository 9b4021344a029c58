"""The headers that describe this platform, for packages whose owners read them."""

from __future__ import annotations

import functools
import sys
from typing import Any, Literal, TypeAlias

from typing_extensions import override

from ._constants import TELEMETRY_PREFIX

__all__ = ["OtherPlatform", "Platform", "get_async_library", "get_platform", "platform_headers"]


class OtherPlatform:
    """An operating system without a name of its own here."""

    def __init__(self, name: str) -> None:
        self.name = name

    @override
    def __str__(self) -> str:
        return f"Other:{self.name}"


Platform: TypeAlias = (
    OtherPlatform | Literal["MacOS", "Linux", "Windows", "FreeBSD", "OpenBSD", "iOS", "Android", "Unknown"]
)


def get_platform() -> Platform:
    """The name of the operating system as these headers spell it."""
    import platform

    system = platform.system().lower()
    release = platform.platform().lower()
    if "iphone" in release or "ipad" in release or system == "ios":
        return "iOS"
    if "android" in release or system == "android":
        return "Android"
    names: dict[str, Platform] = {
        "darwin": "MacOS",
        "linux": "Linux",
        "windows": "Windows",
        "freebsd": "FreeBSD",
        "openbsd": "OpenBSD",
    }
    if system in names:
        return names[system]
    return OtherPlatform(release) if release else "Unknown"


def get_async_library() -> str:
    """The library whose event loop runs this: `trio` or `asyncio`."""
    trio: Any = sys.modules.get("trio")  # imported by whoever runs its loop
    try:
        trio.lowlevel.current_task()
    except (AttributeError, RuntimeError):
        return "asyncio"
    return "trio"


def get_architecture() -> str:
    """The processor architecture as these headers spell it."""
    import platform

    machine = platform.machine().lower()
    names = {"arm64": "arm64", "aarch64": "arm64", "arm": "arm", "x86_64": "x64", "amd64": "x64"}
    if machine in names:
        return names[machine]
    if sys.maxsize <= 2**32:
        return "x32"
    return f"other:{machine}" if machine else "unknown"


@functools.cache
def platform_headers(version: str, runtime: str) -> dict[str, str]:
    """The headers for one version of the package; `runtime` is `false` or `async:<library>`."""
    if TELEMETRY_PREFIX is None:
        return {}
    import platform

    return {
        f"{TELEMETRY_PREFIX}-Lang": "python",
        f"{TELEMETRY_PREFIX}-Package-Version": version,
        f"{TELEMETRY_PREFIX}-OS": str(get_platform()),
        f"{TELEMETRY_PREFIX}-Arch": get_architecture(),
        f"{TELEMETRY_PREFIX}-Runtime": platform.python_implementation(),
        f"{TELEMETRY_PREFIX}-Runtime-Version": platform.python_version(),
        f"{TELEMETRY_PREFIX}-Async": runtime,
    }
