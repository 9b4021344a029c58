"""The sections of a document that hold what is shared, in either dialect, and what bundling puts there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.bundle import names
from sdkwright.bundle.files import Problem
from sdkwright.bundle.grammar import SECTIONS, SECTIONS_2

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.bundle.resolve import Target


@dataclass(slots=True, eq=False)
class Placement:
    """A target that becomes a component; its pointer is known once it has a name."""

    target: Target
    section: str
    node: object
    name: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Components:
    """The component sections of one document: below `components`, or in Swagger 2.0 at the root."""

    document: dict[str, object]
    sections: Mapping[str, str]
    prefix: str

    @classmethod
    def of(cls, document: dict[str, object]) -> Components:
        """The sections of a document by its dialect."""
        if "swagger" in document:
            return cls(document, SECTIONS_2, "")
        return cls(document, SECTIONS, "/components")

    @property
    def schemas(self) -> str:
        """The section of schemas."""
        return self.sections["schema"]

    def pointer(self, section: str, name: str) -> str:
        """Where a component stands, or will."""
        return f"{self.prefix}/{section}/{pointers.escape(name)}"

    def members(self, section: str) -> dict[str, object]:
        """The components of a section; an empty object if there is no such section."""
        found = pointers.follow(self.document, f"{self.prefix}/{section}")
        return found if pointers.is_object(found) else {}

    def name(self, placements: Iterable[Placement]) -> None:
        """Give each placement without a name one, in the order of their sources, and put all into their sections."""
        for place in sorted(placements, key=lambda item: (item.target.file.relative, item.target.pointer)):
            container = self._container(place.section)
            if not place.name:
                place.name = names.choose(place.target.file.relative, place.target.pointer, container)
                place.pointer = self.pointer(place.section, place.name)
            container[place.name] = place.node

    def _container(self, section: str) -> dict[str, object]:
        container = self.document
        for step in pointers.split(f"{self.prefix}/{section}"):
            below = container.get(step)
            if not pointers.is_object(below):
                below = container[step] = dict[str, object]()
            container = below
        return container


def wrong_kind(kind: str, target: Target, components: Components) -> Problem | None:
    """What is wrong with a target that no reference of this kind can mean.

    It is no object at all or, for a schema, it stands among another kind of components.
    """
    node, way = target.node, pointers.split(target.pointer)
    is_empty = (node is None or node == []) and kind in {"schema", "response"}
    is_boolean = isinstance(node, bool) and kind == "schema"
    is_elsewhere = (
        kind == "schema"
        and target.file.is_root
        and len(way) == 3
        and way[0] == "components"
        and way[1] != components.schemas
        and way[1] in components.sections.values()
    )
    if not is_elsewhere and (pointers.is_object(node) or is_empty or is_boolean):
        return None
    message = f"the reference points to {target.pointer or target.file.name}, which is no {kind}"
    return Problem("ref/kind", message, f"refer to a {kind}", soft=True)
