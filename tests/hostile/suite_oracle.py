"""What the tests and scripts that a package brings may hold: more than the package, and nothing of the document's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sdkwright.render.environment import templates_root

SCRIPTS = ("scripts/bootstrap", "scripts/mock", "scripts/test")
_WHOLE = frozenset(["asyncio", "importlib", "pkgutil"])
_CALLS = frozenset(["pytest", "tests", "types", "socket", "urllib", "httpx", "httpx2"])


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a module may hold beyond one of the package: imports, kinds of nodes, calls by name and of methods."""

    roots: frozenset[str]
    nodes: frozenset[str] = frozenset()
    functions: re.Pattern[str] = re.compile("vars")
    methods: re.Pattern[str] = re.compile(r"(?!)")


def allowance(path: str, package: str) -> Allowance | None:
    """That of the module at a path of the distribution; None for one of the package."""
    if not path.startswith("tests/"):
        return None
    own = rf"{re.escape(package)}\.\w+"
    if path == "tests/test_package.py":
        return Allowance(_WHOLE | {package}, methods=re.compile(own))
    if path in {"tests/conftest.py", "tests/utils.py"}:
        return Allowance(
            _CALLS | {package},
            frozenset(["FormattedValue", "JoinedStr", "Yield", "While"]),
            re.compile(
                r"(Async)?[A-Z]\w*|_\w+|any|enumerate|frozenset|int|kind|range|type|urlsplit|get_args|get_origin"
                r"|assert_matches_type|cast"
            ),
            re.compile(
                r"pytest\.[\w.]+|socket\.create_connection(\(\)\.close)?|Constant\.join|_CLASSES\.get|cast\(\)\.items"
                r"|type\(\)\.model_fields\.items"
            ),
        )
    return Allowance(
        _CALLS | {package},
        functions=re.compile("assert_matches_type"),
        methods=re.compile(
            r"(async_)?client\.[\w.]+|(response|stream)\.(parse|read|close|json)|pytest\.(raises|warns|mark\.\w+)"
            r"|date(time)?\.fromisoformat"
        ),
    )


def script_problems(path: str, text: str) -> Iterator[str]:
    """The lines of a script that are not those of its template, in which only words may differ."""
    known = _script(path.rpartition("/")[2])
    yield from (f"holds the line {line[:100]!r}" for line in text.splitlines() if not known.fullmatch(line))


@lru_cache(maxsize=len(SCRIPTS))
def _script(name: str) -> re.Pattern[str]:
    source = (templates_root() / "package" / f"script_{name}.jinja").read_text("utf-8")
    lines = [re.split(r"(?:\{[{%].*?[%}]\}\s*)+", line) for line in source.splitlines()]
    return re.compile("|".join(r"[\w.,=: -]*".join(map(re.escape, parts)) for parts in lines))
