"""A package held against a `surface.json`: what is there, what is missing, what is too much."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from tests.surface.inventory import Inventory, bare

HAND_WRITTEN = ("lib", "_custom", "_sea", "session")
"""Modules of published packages that no generator made."""
OLD_GENERICS = ("GenericModel", "BaseGenericModel")
"""Bases of generic models in pydantic 1; pydantic 2 has none, any of its models can be generic."""
CLIENT_ARGUMENTS = frozenset(
    (
        *("client", "environment", "base_url", "timeout", "max_retries", "default_headers", "default_query"),
        *("http_client", "_strict_response_validation", "set_default_headers", "set_default_query", "_extra_kwargs"),
    )
)
"""What the constructor and `copy` of each client take besides the options of its config (SURFACE.md, "Client")."""


class Part(TypedDict):
    """One half of a `surface.json`."""

    symbol: list[tuple[str, str]]
    param: list[tuple[str, str, str, bool]]
    base: list[tuple[str, list[str]]]


class Expected(TypedDict):
    public: Part
    semi: Part


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a kind of facts hold, and the others in words."""

    what: str
    total: int
    misses: tuple[str, ...]
    least: float

    @property
    def share(self) -> float:
        """The part that holds, from 0 to 1."""
        return 1 - len(self.misses) / self.total if self.total else 1.0

    @property
    def good(self) -> bool:
        """Whether enough holds."""
        return self.share >= self.least


def package_of(expected: Expected) -> str:
    """The name of the published package."""
    return expected["public"]["symbol"][0][1].partition(".")[0]


def measure(
    expected: Expected,
    inventory: Inventory,
    excluded: Collection[str] = HAND_WRITTEN,
    options: Collection[str] | None = None,
) -> list[Score]:
    """The scores: symbols, parameters and bases, public and semi-public, and symbols that nobody asked for.

    `options` are the client's options that the config names. No generator made another argument of a client; None
    when they are not known.
    """
    skipped = _Skipped(expected, excluded, options)
    scores: list[Score] = []
    for name, part, least in (("public", expected["public"], 1.0), ("semi-public", expected["semi"], 0.98)):
        symbols = [path for _, path in part["symbol"] if path not in skipped]
        params = [item for item in part["param"] if item[0] not in skipped and not skipped.argument(item[0], item[1])]
        bases = [item for item in part["base"] if item[0] not in skipped]
        missing = tuple(path for path in symbols if not inventory.has(path))
        scores += [
            Score(f"{name} symbols", len(symbols), missing, least),
            Score(f"{name} parameters", len(params), tuple(_parameters(params, inventory)), least),
            Score(f"{name} bases", len(bases), tuple(_bases(bases, inventory)), 0.98),
        ]
    known = {path for _, path in expected["public"]["symbol"]}
    extras = tuple(sorted(path for path in set(inventory.public()) - known if path not in skipped))
    return [*scores, Score("no extras", len(known), extras, 0.99)]


class _Skipped:
    """Paths that count for nothing.

    Hand-written modules, the names they have at the top of the package, and the `Config` of models, which only
    pydantic 1 reads.
    """

    def __init__(self, expected: Expected, excluded: Collection[str], options: Collection[str] | None) -> None:
        self._package = package = package_of(expected)
        self._arguments = None if options is None else CLIENT_ARGUMENTS.union(map(str.lower, options))
        self._modules = tuple(f"{package}.{name}" for name in excluded)
        paths = [path for part in (expected["public"], expected["semi"]) for _, path in part["symbol"]]
        inside = {path.rpartition(".")[2] for path in paths if self._below(path)}
        others = {path.rpartition(".")[2] for path in paths if not self._below(path) and path.count(".") > 1}
        self._names = {f"{package}.{name}" for name in inside - others if name[:1].isupper()}

    def __contains__(self, path: str) -> bool:
        is_config = path.startswith(f"{self._package}._models.") and "Config" in path.split(".")
        return self._below(path) or path in self._names or is_config

    def argument(self, path: str, name: str) -> bool:
        """Whether a hand-written argument was added to the generated client."""
        function = path.rpartition(".")[2]
        is_client = path.startswith(f"{self._package}._client.") and function in {"__init__", "copy"}
        return is_client and path.count(".") == 3 and self._arguments is not None and name not in self._arguments

    def _below(self, path: str) -> bool:
        return any(path == module or path.startswith(f"{module}.") for module in self._modules)


def _parameters(expected: Sequence[tuple[str, str, str, bool]], inventory: Inventory) -> list[str]:
    misses: list[str] = []
    known: dict[str, Mapping[str, tuple[str, bool]]] = {}
    for path, name, kind, required in expected:
        if path not in known:
            known[path] = inventory.parameters(path)
        found = known[path].get(name)
        if found is None:
            misses.append(f"{path}({name}): missing")
        elif found[0] != kind:
            misses.append(f"{path}({name}): {found[0]}, was {kind}")
        elif found[1] != required and not kind.startswith("variadic"):
            misses.append(f"{path}({name}): {'required' if found[1] else 'optional'} now")
    return misses


def _bases(expected: Sequence[tuple[str, list[str]]], inventory: Inventory) -> list[str]:
    misses: list[str] = []
    for path, bases in expected:
        found = inventory.bases(path)
        if found is None:
            misses.append(f"{path}: no class")
            continue
        lost = [base for base in bases if bare(base) not in {*OLD_GENERICS, *inventory.ancestors(path)}]
        if lost:
            misses.append(f"{path}: no {', no '.join(lost)} among ({', '.join(found)})")
    return misses
