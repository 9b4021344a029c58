"""One transform at work: the document, where the transform stands, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.config.transforms import SameSchema
from sdkwright.transforms import editing
from sdkwright.transforms.paths import BadPathError, Path, parse

if TYPE_CHECKING:
    from sdkwright.diagnostics import Diagnostics, Location
    from sdkwright.transforms.paths import Steps


@dataclass(frozen=True, slots=True)
class Work:
    """`location` is that of the command's arguments in the config."""

    document: dict[str, object]
    location: Location
    diagnostics: Diagnostics

    def error(self, code: str, message: str, argument: str, hint: str = "") -> None:
        """Report an argument that cannot be used."""
        self.diagnostics.error(f"transforms/{code}", message, self.location.child(argument), hint)

    def warn(self, code: str, message: str, argument: str, hint: str = "") -> None:
        """Report something that was not done."""
        self.diagnostics.warning(f"transforms/{code}", message, self.location.child(argument), hint)

    def select(self, targets: tuple[str | SameSchema, ...], argument: str = "target") -> list[Steps]:
        """The ways to all nodes that the targets select. A target that selects nothing is a warning.

        The deepest come first, so that no change takes away a node that is still to be changed.
        """
        found: dict[Steps, None] = {}
        for target in targets:
            name = target.matches_schema if isinstance(target, SameSchema) else target
            ways = self._same(target, argument) if isinstance(target, SameSchema) else self.find(target, argument)
            if ways == []:
                self.warn("no-match", f"{name} matches nothing", argument, "correct the expression, or remove it")
            found |= dict.fromkeys(ways or ())
        return sorted(found, key=len, reverse=True)

    def find(self, expression: str, argument: str) -> list[Steps] | None:
        """The ways to what one expression selects; None, after an error, if it is no expression."""
        path = self.path(expression, argument)
        return None if path is None else self._found(path, expression, argument)

    def path(self, expression: str, argument: str) -> Path | None:
        """An expression in its parts; None, after an error, if it is none."""
        try:
            return parse(expression)
        except BadPathError as fault:
            self._bad(expression, fault, argument)
            return None

    def one(self, expression: str, argument: str) -> Steps | None:
        """The way to the single node that an expression selects; None after saying why there is none."""
        found = self.find(expression, argument)
        if found == []:
            self.warn("no-match", f"{expression} matches nothing", argument, "correct the expression, or remove it")
        elif found and len(found) > 1:
            message = f"{expression} matches {len(found)} nodes, where one is needed"
            self.error("ambiguous", message, argument, "make the expression select one node")
        return found[0] if found and len(found) == 1 else None

    def places(self, expression: str, argument: str) -> list[Steps]:
        """The ways to where a value is to be put: what is there already, or a new key of objects that exist."""
        path = self.path(expression, argument)
        if path is None:
            return []
        found = self._found(path, expression, argument)
        if found:
            return found
        key = path.last_key
        above = self._found(path.parent, expression, argument) if key is not None and found is not None else []
        ways = [(*steps, key) for steps in above or () if isinstance(editing.at(self.document, steps), dict) and key]
        if not ways and found is not None:
            message = f"there is no object to put {expression} into"
            self.warn("no-match", message, argument, "end the expression in a key of an object that exists")
        return ways

    def _same(self, target: SameSchema, argument: str) -> list[Steps] | None:
        """All nodes equal to the one that the target names, but for those that it ignores."""
        model = self.find(target.matches_schema, argument)
        if not model:
            return model
        wanted = editing.at(self.document, model[0])
        ignored = [steps for each in target.ignore for steps in self.find(each, argument) or ()]
        everything = self._found(Path(("..*",)), "$..*", argument) or ()
        return [
            steps
            for steps in everything
            if not any(steps[: len(way)] == way for way in ignored) and editing.at(self.document, steps) == wanted
        ]

    def _found(self, path: Path, expression: str, argument: str) -> list[Steps] | None:
        try:
            return path.find(self.document)
        except BadPathError as fault:
            self._bad(expression, fault, argument)
            return None

    def _bad(self, expression: str, fault: BadPathError, argument: str) -> None:
        message = f"{expression} is not a JSONPath expression that can be used: {fault}"
        self.error("path", message, argument, "see RFC 9535 for the syntax; quote keys: `$.paths['/v1/users'].get`")
