"""The canary matrix: every payload in every field.

All fields of a document carry the same payload at once. Fields that make the document an error are taken out and
tried one by one, so that each pair of a field and a payload ends in a refusal of its own or in a package that was
looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sdkwright.pipeline import Options

from hostile.fields import Filled, Template, template
from hostile.payloads import PAYLOADS
from hostile.trial import Bench, Verdict

TEMPLATES = ("openapi", "swagger", "sdk", "overlay")
_TOGETHER = 6
"""Structural fields that are wrong in one document at a time."""


@dataclass
class Matrix:
    """The figures of a run."""

    pairs: int = 0
    refused: int = 0
    codes: Counter[str] = field(default_factory=Counter[str])
    failures: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The figures as lines."""
        codes = ", ".join(f"{code} {count}" for code, count in self.codes.most_common())
        lines = [
            f"{self.pairs} pairs of field and payload: {self.pairs - self.refused} in packages, {self.refused} refused",
            f"refusals by code: {codes or 'none'}",
            f"failures: {len(self.failures)}",
            *self.failures,
        ]
        return "\n".join(lines)


@dataclass
class Canary:
    """One run over some payloads."""

    bench: Bench
    matrix: Matrix = field(default_factory=Matrix)
    every: int = 3
    """A payload is tried in one of so many structural fields, the next payload in the next of them."""

    def run(
        self, names: Iterable[str], payloads: Iterable[str], say: Callable[[str], None] = lambda text: None
    ) -> None:
        """Try these payloads in all fields of these templates."""
        chosen = list(payloads)
        for name in names:
            for payload in chosen:
                before = len(self.matrix.failures)
                self._payload(template(name), payload)
                for failure in self.matrix.failures[before:]:
                    say(failure)
            say(f"{name}: {len(template(name).fields)} fields, {self.bench.generations} generations so far")

    def _payload(self, source: Template, payload: str) -> None:
        self._batch(source, payload, source.words)
        first = list(PAYLOADS).index(payload) % self.every
        structural = source.structural[first :: self.every]
        stride = max(len(structural) // _TOGETHER, 1)
        for start in range(stride):
            self._batch(source, payload, structural[start::stride])

    def _batch(self, source: Template, payload: str, names: tuple[str, ...]) -> None:
        """Fields together. Those at which an error stands are tried alone, those beside one together once more."""
        alone: list[str] = []
        again: list[str] = []
        while names:
            filled = source.fill(frozenset(names), PAYLOADS[payload])
            verdict = self._try(source, filled, "json")
            if verdict.problems and len(names) > 1:
                again = [*names, *again]
                break
            if verdict.problems:
                self._failed(source, payload, names[0], verdict.problems)
                break
            if verdict.files is not None:
                self._good(source, payload, names, verdict, filled)
                break
            if len(names) == 1:
                self._refused(verdict)
                break
            at, beside = _guilty(verdict, filled.places, names)
            alone += at
            again += beside or ([] if at else names[: len(names) // 2])
            names = tuple(name for name in names if name not in alone and name not in again)
        for name in alone:
            self._batch(source, payload, (name,))
        self._halves(source, payload, tuple(again))

    def _halves(self, source: Template, payload: str, names: tuple[str, ...]) -> None:
        middle = (len(names) + 1) // 2
        for half in filter(None, (names[:middle], names[middle:])):
            self._batch(source, payload, half)

    def _good(self, source: Template, payload: str, names: tuple[str, ...], verdict: Verdict, filled: Filled) -> None:
        problems = self.bench.imports(verdict)
        if not problems and names == source.words:
            other = self._try(source, filled, "yaml")
            if other.files is None or other.digest != verdict.digest:
                problems = ("the same document in YAML gives another result", *(item.message for item in other.errors))
        if problems and len(names) > 1 and "YAML" not in problems[0]:
            self._halves(source, payload, names)
        elif problems:
            self._failed(source, payload, ", ".join(names[:3]), problems)
        else:
            self.matrix.pairs += len(names)

    def _refused(self, verdict: Verdict) -> None:
        self.matrix.pairs += 1
        self.matrix.refused += 1
        self.matrix.codes[verdict.errors[0].code] += 1

    def _failed(self, source: Template, payload: str, name: str, problems: tuple[str, ...]) -> None:
        self.matrix.pairs += 1
        self.matrix.failures.append(f"{source.name} {name} <- {payload}: {'; '.join(problems[:3])}")

    def _try(self, source: Template, filled: Filled, suffix: str) -> Verdict:
        """The document with its payloads; a config or an overlay goes with the plain document."""
        if source.name in {"openapi", "swagger"}:
            return self.bench.judge(filled.data, f"{source.name}.{suffix}")
        other = self.bench.write(f"{source.name}.{suffix}", filled.data)
        options = Options(config=other) if source.name == "sdk" else Options(overlays=(other,))
        return self.bench.judge(plain(), "plain.json", options)


def plain() -> Any:
    """The document of all fields without a payload."""
    return template("openapi").data


def _guilty(verdict: Verdict, places: dict[str, list[str]], names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The fields that the errors point at, and if there are none, those right above or below such a place."""
    pointers = {item.location.pointer for item in verdict.errors}
    at = [name for name in names if pointers & set(places.get(name, ()))]
    if at:
        return at, []
    above = {pointer.rpartition("/")[0] for pointer in pointers}
    return [], [
        name
        for name in names
        if any(place in above or place.rpartition("/")[0] in pointers for place in places.get(name, ()))
    ]
