"""The generators under comparison: how to call each, and how to count what it kept."""

from __future__ import annotations

import html
import re
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from sdkwright import __version__

from benchmarks.documents import Endpoint, endpoint
from benchmarks.process import script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Generator:
    """`command` takes the document and a directory that does not exist yet; `kept` reads the operations from there."""

    name: str
    command: Callable[[Path, Path], list[str]]
    kept: Callable[[Path], frozenset[Endpoint]]


def sdkwright(*options: str) -> Callable[[Path, Path], list[str]]:
    """The command line of this tool, as users call it, with further options."""

    def command(document: Path, target: Path) -> list[str]:
        return [*this_tool(), "generate", str(document), "-o", str(target), *options]

    return command


def this_tool() -> list[str]:
    """The beginning of a command line of this tool, in this environment."""
    return [sys.executable, "-c", "from sdkwright.cli import main; main()"]


def generators() -> tuple[Generator, ...]:
    """Ours without and with the import check, then the peers. Errors: `FailedError` if a peer is not installed."""
    java, python = script("openapi-generator-cli"), script("openapi-python-client")
    return (
        Generator(f"sdkwright {__version__}", sdkwright("--no-verify-import"), kept_by_sdkwright),
        Generator("sdkwright, with its import check", sdkwright(), kept_by_sdkwright),
        Generator(
            f"openapi-generator {version('openapi-generator-cli')} (python)",
            lambda document, target: [
                *(java, "generate", "-g", "python", "-i", str(document), "-o", str(target)),
                "--skip-validate-spec",
            ],
            kept_by_openapi_generator,
        ),
        Generator(
            f"openapi-python-client {version('openapi-python-client')}",
            lambda document, target: [python, "generate", "--path", str(document), "--output-path", str(target)],
            kept_by_openapi_python_client,
        ),
    )


def kept_by_sdkwright(target: Path) -> frozenset[Endpoint]:
    """The operations in the list of methods, `api.md`."""
    titles = re.findall(r'<code title="(\w+) ([^"]+)">', (target / "api.md").read_text(encoding="utf-8"))
    return frozenset(endpoint(method, path) for method, path in titles)


def kept_by_openapi_generator(target: Path) -> frozenset[Endpoint]:
    """The operations in the table of the README, which is escaped. One with several tags is in it several times."""
    text = html.unescape((target / "README.md").read_text(encoding="utf-8"))
    return frozenset(endpoint(method, path) for method, path in re.findall(r"\| \*\*([A-Z]+)\*\* (\S+) \|", text))


def kept_by_openapi_python_client(target: Path) -> frozenset[Endpoint]:
    """The operations in the modules under `api/`, one of which each has its own."""
    modules = (path.read_text(encoding="utf-8") for path in target.glob("*/api/*/*.py"))
    calls = (re.search(r'"method": "(\w+)",\s*"url": "([^"]+)"', text) for text in modules)
    return frozenset(endpoint(call[1], call[2]) for call in calls if call)
