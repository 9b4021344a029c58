"""A memory of which inputs gave which output, so that a check of something unchanged costs no generation.

An entry says: this document, config and overlays, the other files that were read, and this very version of the tool
gave these files, in one digest of them all. It is only ever a shortcut: without a readable, matching entry the check
generates.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import sdkwright
from sdkwright.pipeline import Options
from sdkwright.render.environment import templates_root
from sdkwright.source import SourceText
from sdkwright.write import manifest

_TOOLS = ("datamodel-code-generator", "jinja2", "pydantic", "pyyaml", "ruff")


def is_current(spec: Path, options: Options, target: Path) -> bool:
    """Whether the package at `target` is what these inputs gave before, byte for byte."""
    try:
        entry = json.loads(_entry(spec, options).read_text("utf-8"))
        sources = {name: _digest_file(Path(name)) for name in entry["sources"]}
        return bool(entry["digest"] == _digest(sources, _digests_at(target)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, manifest.BadManifestError):
        return False


def remember(spec: Path, options: Options, files: Mapping[str, bytes], texts: Mapping[str, SourceText]) -> None:
    """Note what these inputs gave. Fails silently: a home that cannot be written costs time, nothing else."""
    with suppress(OSError):
        path = _entry(spec, options)
        path.parent.mkdir(parents=True, exist_ok=True)
        sources = {str(Path(name).absolute()): _digest_file(Path(name)) for name in sorted(texts)}
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        # Written where it stays: a torn entry, or one of two writers at once, does not have its own digest.
        path.write_text(json.dumps({"sources": [*sources], "digest": _digest(sources, digests)}, indent=2), "utf-8")


def _entry(spec: Path, options: Options) -> Path:
    """The file of it. Raises FileNotFoundError without an absolute place; a relative one would be in a project."""
    places = [Path(os.environ.get("XDG_CACHE_HOME", ""))]
    with suppress(RuntimeError):  # the user has no home
        places.append(Path.home() / ".cache")
    home = next((place for place in places if place.is_absolute()), None)
    if home is None:
        raise FileNotFoundError("no directory of caches")
    inputs = [
        spec,
        *([options.config] if options.config else []),
        *options.overlays,
        *options.roots,
    ]
    key = hashlib.sha256("\0".join([_tool(), *(str(path.resolve()) for path in inputs)]).encode()).hexdigest()
    return Path(home, "sdkwright", f"{key}.json")


@cache
def _tool() -> str:
    """A digest of this version of the tool: its code, its templates and the libraries that shape the output."""
    roots = (Path(sdkwright.__file__).parent, templates_root())
    files = sorted(path for root in roots for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in _TOOLS).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digests_at(target: Path) -> dict[str, str]:
    """The digests of the generated files as they are on disk; the manifest tells which they are."""
    return {name: _digest_file(target / name) for name in manifest.read(target)}


def _digest(*groups: Mapping[str, str]) -> str:
    lines = (f"{digests[name]} {name}\n" for digests in groups for name in sorted(digests))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
