"""What the templates of emitted tests print."""

from __future__ import annotations

from dataclasses import dataclass

from sdkwright.diagnostics import Location
from sdkwright.text import Code


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test: the end of its name, and the lines of its body."""

    name: Code
    lines: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class TestClass:
    """The tests of one resource, with the client that they are given.

    `fixture` is the name of the client's fixture, `clients` that of the mark that says which ones there are.
    """

    name: Code
    is_async: bool
    define: Code
    fixture: Code
    client: Code
    clients: Code
    cases: tuple[TestCase, ...]


@dataclass(frozen=True, slots=True)
class TestModule:
    """The tests of one resource; `path` is that of the module below `tests/api_resources`."""

    path: str
    package: Code
    target: Code
    imports: tuple[Code, ...]
    helpers: Code
    """What the module takes from `tests.utils`."""
    deprecated: bool
    """Whether a method is deprecated, which type checkers would complain of."""
    classes: tuple[TestClass, ...]


@dataclass(frozen=True, slots=True)
class Conftest:
    """`tests/conftest.py`: how the clients are built. `disabled` is true where the config switches the tests off.

    `queried` are the parameters of the query that the client adds to every call by itself.
    """

    package: Code
    client: Code
    arguments: Code
    http: Code
    queried: tuple[Code, ...]
    disabled: bool


@dataclass(frozen=True, slots=True)
class Scripts:
    """`scripts/`: what is installed, and how the mock server reads lists and objects."""

    extras: Code
    mock_options: tuple[Code, ...]
    disabled: bool


@dataclass(frozen=True, slots=True)
class TestSuite:
    """The tests that a package brings with it. `untested` are methods without one, and why."""

    modules: tuple[TestModule, ...]
    conftest: Conftest
    scripts: Scripts
    untested: tuple[tuple[Location, str], ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders below `tests/api_resources` that are packages, itself as the empty text."""
        parents = {module.path.rpartition("/")[0] for module in self.modules}
        whole = {
            "",
            *parents,
            *("/".join(each.split("/")[:end]) for each in parents for end in range(each.count("/") + 1)),
        }
        return tuple(sorted(whole))
