"""Mutants: real documents with small damage, the same for the same seed.

A mutant must give a package that passes the oracles, or an error that says where. Some of the packages are imported.
"""

from __future__ import annotations

import copy
import json
import random
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.documents import documents as listing
from sdkwright import source
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.limits import Limits

from hostile import cuts
from hostile.payloads import PAYLOADS
from hostile.trial import Bench

SPECS = Path(__file__).parents[2] / "specs"
_NAMES = ("openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.json")
_SCALARS: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**63,
        10**399,
        0.5,
        1e308,
        "",
        " ",
        "x",
        "null",
        "200",
        "#",
        "/",
        "string",
        "object",
    ),
    *("array", "integer", "#/components/schemas/Nothing", "#/", "query", "path", "application/json", "2.0", "9.9.9"),
)
_CONTAINERS: tuple[Any, ...] = (
    [],
    {},
    [[]],
    [{}],
    [None],
    {"": {}},
    {"$ref": "#"},
    {"$ref": "#/paths"},
    {"type": "object"},
)
_KEYWORDS = [
    "type",
    "properties",
    "items",
    "required",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "default",
    "format",
    "pattern",
    "nullable",
    "discriminator",
    "$ref",
    "additionalProperties",
    "in",
    "name",
    "schema",
    "content",
    "parameters",
    "responses",
    "requestBody",
    "operationId",
    "tags",
    "description",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "minimum",
    "maximum",
    "style",
    "explode",
    "servers",
    "security",
    "callbacks",
    "links",
    "headers",
    "encoding",
]
_PARTS = 3
Holder = dict[str, Any] | list[Any]


def documents(folders: Iterable[Path], largest: int) -> dict[str, Any]:
    """The documents below these folders as data, by path, in one piece each.

    Where a folder lists its real documents in a `ROOTS.csv`, those of more than `largest` bytes are there in parts,
    if these are small enough; elsewhere they are left out.
    """
    found: dict[str, Any] = {}
    for folder in folders:
        listed = (folder / "ROOTS.csv").is_file()
        paths = listing(folder).values() if listed else sorted(folder.rglob("*.y*ml")) + sorted(folder.rglob("*.json"))
        for path in paths:
            if folder is SPECS and path.name not in _NAMES:
                continue
            try:
                data = source.read(path, Limits(), Diagnostics()).data
                if listed and '"$ref": "' in json.dumps(data).replace('"$ref": "#', ""):
                    data = cuts.whole(path, folder / path.relative_to(folder).parts[0])
            except Refusal:
                continue
            if len(json.dumps(data)) <= largest:
                found[str(path)] = data
            elif listed:
                found |= {
                    f"{path} part {number}": part
                    for number, part in enumerate(cuts.parts(data, _PARTS))
                    if len(json.dumps(part)) <= largest
                }
    return found


def mutate(data: Any, dice: random.Random) -> Any:
    """A copy with one to four changes."""
    mutant = copy.deepcopy(data)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 4))):
        places = list(_places(mutant))
        if places:
            holder, key = dice.choice(places)
            dice.choice(_CHANGES)(holder, key, places, dice)
    return mutant


def _places(node: Any) -> Iterator[tuple[Holder, Any]]:
    """Every member of every object and array."""
    if isinstance(node, dict | list):
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            yield node, key
            yield from _places(value)


Places = list[tuple[Holder, Any]]


def _remove(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    del holder[key]


def _set_scalar(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    holder[key] = dice.choice(_SCALARS)


def _set_container(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    holder[key] = copy.deepcopy(dice.choice(_CONTAINERS))


def _set_payload(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    holder[key] = dice.choice(list(PAYLOADS.values()))


def _rename(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    if isinstance(holder, dict):
        name = dice.choice((*_KEYWORDS, *PAYLOADS.values(), key.upper(), key + "_", key[:-1], "x-" + key))
        holder[name] = holder.pop(key)


def _add_keyword(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    if isinstance(holder, dict):
        other, step = dice.choice(places)
        holder[dice.choice(_KEYWORDS)] = _copied(other, step)


def _swap(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    """Put another part of the document here."""
    other, step = dice.choice(places)
    holder[key] = _copied(other, step)


def _wrap(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    value = holder[key]
    holder[key] = dice.choice(
        ([value], {"allOf": [value]}, {"items": value}, [value, value], {"oneOf": [value, value]})
    )


def _point(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    """Refer to another part of the document."""
    names = [step for _, step in places if isinstance(step, str)]
    holder[key] = {"$ref": "#/components/schemas/" + dice.choice(names).replace("~", "~0").replace("/", "~1")}


def _damage(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    """Change a character of a text."""
    text = holder[key]
    if isinstance(text, str) and text:
        at = dice.randrange(len(text))
        holder[key] = text[:at] + dice.choice(string.printable + "\u2028\u202e\x00é漢") + text[at + dice.randrange(2) :]


def _repeat(holder: Holder, key: Any, places: Places, dice: random.Random) -> None:
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        holder[f"{key}{dice.choice(('2', '_', '-', ' '))}"] = copy.deepcopy(holder[key])


def _copied(holder: Holder, key: Any) -> Any:
    """A part of the document; nothing if an earlier change has taken it away."""
    try:
        return copy.deepcopy(holder[key])
    except (KeyError, IndexError):
        return None


_CHANGES: tuple[Callable[[Holder, Any, Places, random.Random], None], ...] = (
    _remove, _set_scalar, _set_container, _set_payload, _rename, _add_keyword, _swap, _wrap, _point, _damage, _repeat,
)  # fmt: skip


@dataclass
class Mutants:
    """One run, and its figures."""

    bench: Bench
    seed: int
    import_every: int = 10
    """A mutant of so many is imported too."""
    packages: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    failures: list[str] = field(default_factory=list[str])

    def run(self, sources: dict[str, Any], count: int, say: Callable[[str], None] = lambda text: None) -> None:
        """Try so many mutants, of one document after the other."""
        names = sorted(sources)
        for number in range(count):
            name = names[number * len(names) // count]  # one after the other: what their packages share is judged once
            before = len(self.failures)
            self._try(name, sources[name], number)
            for failure in self.failures[before:]:
                say(failure)
            if (number + 1) % 500 == 0:
                say(f"{number + 1} mutants, {len(self.failures)} failures")

    def _try(self, name: str, data: Any, number: int) -> None:
        mutant = mutate(data, random.Random(f"{self.seed} {number}"))
        verdict = self.bench.judge(mutant, "mutant.json")
        problems = verdict.problems
        if not problems and verdict.files is not None:
            self.packages += 1
            if number % self.import_every == 0:
                problems = self.bench.imports(verdict)
        elif not problems:
            self.refused[verdict.errors[0].code] += 1
        if problems:
            kept = self.bench.write(f"failed-{number}.json", mutant)
            self.failures.append(f"mutant {number} of {name} (kept as {kept}): {'; '.join(problems[:2])}")

    @property
    def text(self) -> str:
        """The figures as lines."""
        codes = ", ".join(f"{code} {count}" for code, count in self.refused.most_common())
        return "\n".join(
            (
                f"seed {self.seed}: {self.packages} packages, {self.refused.total()} refused ({codes})",
                f"failures: {len(self.failures)}",
                *self.failures,
            )
        )
