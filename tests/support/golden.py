"""Golden cases: a directory with an input, and beside it what the generator must make of it.

The verbatim files of the runtime are the same in every package, so a case keeps all other files only; the
names of the runtime's files are pinned once, in `runtime_files.txt`.
"""

from __future__ import annotations

import difflib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options, Run, generate
from sdkwright.report import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diagnostics import Diagnostic

REPOSITORY: Final = Path(__file__).resolve().parents[2]
GOLDEN: Final = REPOSITORY / "tests" / "golden"
RUNTIME: Final = REPOSITORY / "templates" / "runtime"
COMPAT: Final = REPOSITORY / "templates" / "compat"
RUNTIME_LIST: Final = GOLDEN / "runtime_files.txt"
_PER_PACKAGE: Final = frozenset({"_constants.py", "_version.py", "_http_httpx.py"})
"""Files of `templates/runtime` that no package has as they are: two are generated, one is an alternative."""
_ROUTINE: Final = re.compile(
    r"expected/(README\.md|pyproject\.toml|(tests|scripts)/.*|src/[^/]+/(_client|_constants|_lazy|_version)\.py|src/.*/__init__\.py"
    r"|src/[^/]+/py\.typed)"
)
"""Files that hardly differ between cases. They are compared where a case has them; every package of `generated/` is
golden too and has them all."""
_DIFF_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Case:
    """One directory below `tests/golden`, or a copy of one."""

    directory: Path

    @property
    def name(self) -> str:
        """The case as it is called in test identifiers."""
        return self.directory.name

    @property
    def spec(self) -> Path:
        """The root document: the only `openapi.*`."""
        (spec,) = self.directory.glob("openapi.*")
        return spec

    @property
    def options(self) -> Options:
        """What a user would pass: the config and the overlays that lie in the directory."""
        config = self.directory / "sdk.yaml"
        overlays = tuple(sorted(self.directory.glob("overlay*.yaml")))
        return Options(config=config if config.exists() else None, overlays=overlays)

    def expected(self) -> dict[str, str]:
        """The files of `expected/` and, as one more file, `diagnostics.txt`."""
        root = self.directory / "expected"
        files = {f"expected/{path.relative_to(root).as_posix()}": _read(path) for path in _walk(root)}
        diagnostics = self.directory / "diagnostics.txt"
        return files | ({"diagnostics.txt": _read(diagnostics)} if diagnostics.exists() else {})

    def chosen(self, actual: Mapping[str, str]) -> dict[str, str]:
        """The files of `actual` that this case compares: all but routine ones that it does not have."""
        known = self.expected()
        return {name: text for name, text in actual.items() if name in known or not _ROUTINE.fullmatch(name)}

    def update(self, actual: Mapping[str, str]) -> None:
        """Make `actual` what is expected."""
        shutil.rmtree(self.directory / "expected", ignore_errors=True)
        (self.directory / "diagnostics.txt").unlink(missing_ok=True)
        for name, text in actual.items():
            path = self.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case. `files` is None when errors were reported and nothing would be written."""

    package: str
    files: Mapping[str, bytes] | None
    diagnostics: str
    failed: bool

    @property
    def inherited(self) -> bool:
        """Whether the package has the names of older versions as well."""
        return f"src/{self.package}/_legacy/__init__.py" in (self.files or {})

    @property
    def runtime(self) -> dict[str, bytes]:
        """The verbatim files of the runtime, by their name inside the package."""
        prefix, names = f"src/{self.package}/", runtime_names()
        found = {path.removeprefix(prefix): content for path, content in (self.files or {}).items()}
        return {name: content for name, content in found.items() if name in names}

    def actual(self) -> dict[str, str]:
        """What `Case.expected` must equal."""
        runtime = {f"src/{self.package}/{name}" for name in runtime_names()}
        files = {
            f"expected/{path}": content.decode()
            for path, content in sorted((self.files or {}).items())
            if path not in runtime
        }
        return files | ({"diagnostics.txt": self.diagnostics} if self.diagnostics else {})


class Gallery:
    """The outcomes of a test session, each made once."""

    def __init__(self) -> None:
        self._outcomes: dict[Path, Outcome] = {}

    def outcome(self, case: Case) -> Outcome:
        """Run the case, or return what came of it before."""
        if case.directory not in self._outcomes:
            self._outcomes[case.directory] = run(case)
        return self._outcomes[case.directory]


def cases() -> list[Case]:
    """Every case, by name."""
    return [Case(path) for path in sorted(GOLDEN.iterdir()) if any(path.glob("openapi.*"))]


def run(case: Case) -> Outcome:
    """Generate the package of a case in memory."""
    state = Run(Diagnostics())
    generated = generate(case.spec, case.options, state)
    text = show(located(state.diagnostics.items, state.texts), case.directory)
    if generated is None:
        return Outcome("", None, text, state.diagnostics.failed)
    return Outcome(generated.package, generated.files, text, state.diagnostics.failed)


def show(diagnostics: Iterable[Diagnostic], directory: Path) -> str:
    """Two lines each: `severity code file:line:column message`, and what the user can do."""
    lines: list[str] = []
    for item in diagnostics:
        place = f"{item.location.file}:{item.line}:{item.column}" if item.line else item.location.file
        lines.append(f"{item.severity} {item.code} {place} {item.message}")
        lines += [f"    {item.hint}"] if item.hint else []
    return "".join(f"{line}\n" for line in lines).replace(f"{directory}/", "")


def runtime_names() -> frozenset[str]:
    """The names, inside a package, of the runtime's verbatim files, with those that inherited packages alone have."""
    names = {path.relative_to(RUNTIME).as_posix() for path in _walk(RUNTIME) if path.suffix != ".pyc"}
    return frozenset(names - _PER_PACKAGE) | older_names()


def older_names() -> frozenset[str]:
    """The names, inside an inherited package, of the files with the names of older versions."""
    return frozenset(path.relative_to(COMPAT).as_posix() for path in _walk(COMPAT) if path.suffix != ".pyc")


def difference(expected: Mapping[str, str], actual: Mapping[str, str]) -> str:
    """A unified diff of two sets of files; "" when they are equal."""
    lines: list[str] = []
    for name in sorted(expected.keys() | actual.keys()):
        before, after = expected.get(name), actual.get(name)
        if before != after:
            lines += difflib.unified_diff(
                (before or "").splitlines(),
                (after or "").splitlines(),
                f"{name} (expected)" if before is not None else "/dev/null",
                f"{name} (actual)" if after is not None else "/dev/null",
                lineterm="",
            )
    rest = len(lines) - _DIFF_LINES
    return "\n".join(lines[:_DIFF_LINES] + ([f"... and {rest} more lines"] if rest > 0 else []))


def _walk(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "backslashreplace")
