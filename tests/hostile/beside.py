"""Hostile inputs beside the document: names of files and directories, the package's name, the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sdkwright.pipeline import Options

from hostile import oracles
from hostile.canary import Matrix
from hostile.payloads import PAYLOADS
from hostile.trial import Bench, Verdict, judge

VARIABLES = (
    *(
        "RUFF_CONFIG",
        "RUFF_CACHE_DIR",
        "RUFF_OUTPUT_FORMAT",
        "RUFF_PREVIEW",
        "RUFF_NO_CACHE",
        "NO_COLOR",
        "COLUMNS",
        "TERM",
    ),
    *("FORCE_COLOR", "LANG", "LC_ALL", "TZ", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "USER", "LOGNAME"),
    *("HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "JINJA2_DEBUG", "PYDANTIC_DISABLE_PLUGINS", "HATCH_ENV"),
    *("DATAMODEL_CODE_GENERATOR_CONFIG", "BLACK_CACHE_DIR", "ISORT_CONFIG", "GITHUB_ACTIONS", "CI", "EDITOR", "PAGER"),
)
"""Variables that a part of the tool might read; none may change what is generated."""

HOMES = ("HOME", "XDG_CACHE_HOME")


def run(bench: Bench, matrix: Matrix, say: Callable[[str], None], payloads: Iterable[str] = PAYLOADS) -> None:
    """Every payload in every place beside the document."""
    chosen = list(payloads)
    for payload in chosen:
        text = PAYLOADS[payload]
        for place in (_file_name, _directory, _package_name, _project_name, _config_file):
            verdict = place(bench, text)
            matrix.pairs += 1
            if verdict is None or verdict.errors:
                matrix.refused += 1
                matrix.codes[verdict.errors[0].code if verdict else "the file system"] += 1
            problems = _problems(bench, verdict)
            if problems:
                matrix.failures.append(f"{place.__name__} <- {payload}: {'; '.join(problems[:2])}")
                say(matrix.failures[-1])
    problems = environment(bench, chosen)
    matrix.pairs += len(chosen) * len(VARIABLES)
    if problems:
        matrix.failures.append(f"environment: {'; '.join(problems)[:500]}")
        say(matrix.failures[-1])


def document(title: str = "") -> dict[str, Any]:
    """A small document; without a title the package is named after its file."""
    pet = {"type": "object", "properties": {"id": {"type": "string"}}}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": pet}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": {"/pets": {"get": {"operationId": "listPets", "responses": answer}}},
    }


def _file_name(bench: Bench, text: str) -> Verdict | None:
    return _generated(bench, bench.directory, f"{text}.json")


def _directory(bench: Bench, text: str) -> Verdict | None:
    try:
        folder = bench.directory / "folder" / text.replace("/", "\u2215")
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        return None  # no system has such a directory
    return _generated(bench, folder, "openapi.json")


def _config_file(bench: Bench, text: str) -> Verdict | None:
    """A config whose file has this name, and that holds nothing else of it."""
    spec = bench.write("openapi.json", document())
    try:
        config = bench.directory / f"{text.replace('/', '_')}.yaml"
        config.write_text("organization: {name: acme}\n", "utf-8")
    except (OSError, ValueError):
        return None
    return _judged(bench, spec, Options(config=config))


def _package_name(bench: Bench, text: str) -> Verdict | None:
    return _configured(bench, {"targets": {"python": {"package_name": text}}})


def _project_name(bench: Bench, text: str) -> Verdict | None:
    return _configured(bench, {"targets": {"python": {"project_name": text}}, "organization": {"name": text}})


def _configured(bench: Bench, config: Mapping[str, Any]) -> Verdict:
    spec = bench.write("openapi.json", document("Pets"))
    return _judged(bench, spec, Options(config=bench.write("config.json", config)))


def _generated(bench: Bench, folder: Path, name: str) -> Verdict | None:
    try:
        spec = folder / name.replace("/", "\u2215")
        spec.write_text(json.dumps(document()), "utf-8")
    except (OSError, ValueError):
        return None  # no system has such a file
    return _judged(bench, spec, Options())


def _judged(bench: Bench, spec: Path, options: Options) -> Verdict:
    bench.generations += 1
    return judge(spec, options)


def _problems(bench: Bench, verdict: Verdict | None) -> tuple[str, ...]:
    if verdict is None or verdict.problems or verdict.files is None:
        return verdict.problems if verdict else ()
    return bench.imports(verdict)


def environment(bench: Bench, payloads: Iterable[str]) -> list[str]:
    """The command line with a payload in every variable at once: the same files each time."""
    spec = bench.write("openapi.json", document("Pets"))
    expected = _files(bench, spec, "plain", {})
    found: list[str] = []
    for payload in payloads:
        text = PAYLOADS[payload]
        if "\0" in text or not _encodable(text):
            continue  # no variable can hold it
        named = HOMES if Path(text).is_absolute() else ()  # the memory of inputs lies where the user says
        files = _files(bench, spec, "odd", {name: text for name in VARIABLES if name not in named})
        if files != expected:
            found.append(f"{payload}: {files.get('', b'other files').decode('utf-8', 'replace')[-200:]}")
    return [*found, *oracles.marker_problems(bench.directory, Path.cwd(), Path("/tmp"))]


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files(bench: Bench, spec: Path, name: str, variables: Mapping[str, str]) -> dict[str, bytes]:
    """What the command line writes; under the empty path what it says when it fails."""
    target = bench.directory / name
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-m", "sdkwright", "generate", str(spec), "-o", str(target), "--no-verify-import", "--force"],
        cwd=bench.directory,
        env={**variables, "PATH": os.environ.get("PATH", ""), "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    if done.returncode != 0 or b"Traceback" in done.stderr:
        return {"": done.stderr}
    return {str(file.relative_to(target)): file.read_bytes() for file in sorted(target.rglob("*")) if file.is_file()}
