"""Brings what references mean into one document.

A target of a kind that `components` can hold becomes a component and the reference an internal one; any other
target (an operation, a path item, a map, a text) replaces the reference. Files other than the root are only
copied from, so that their references keep meaning what they meant; names are given and references written at
the end, when all targets are known, so that no name depends on the order of keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from sdkwright import pointers
from sdkwright.bundle.components import Components, Placement, wrong_kind
from sdkwright.bundle.dynamic import dynamic_target, looks_like_reference, relative_target
from sdkwright.bundle.files import File, Files, Problem
from sdkwright.bundle.grammar import Where, members, steps
from sdkwright.bundle.origins import Origins
from sdkwright.bundle.resolve import Resolver, Target
from sdkwright.diagnostics import Location

if TYPE_CHECKING:
    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits

Chain = tuple[tuple[File, str], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A subtree whose references are relative to one file: its start there, and what was inlined above."""

    file: File
    source: str = ""
    start: Where | None = None
    chain: Chain = ()

    def pointer(self, where: Where | None) -> str:
        """The pointer, in the region's file, of a node inside it."""
        return self.source + pointers.join(str(step) for step in steps(where)[len(steps(self.start)) :])


class Entry(NamedTuple):
    """A node to visit. `parent` is the object or array that holds it."""

    node: dict[str, object] | list[object]
    kind: str
    where: Where | None
    region: Region
    parent: dict[str, object] | list[object]


class _Finding(NamedTuple):
    where: Where | None
    problem: Problem
    is_error: bool


@dataclass(slots=True)
class Merger:
    """The state of bundling one document."""

    document: dict[str, object]
    files: Files
    limits: Limits
    diagnostics: Diagnostics
    _placements: dict[tuple[File, str, str], Placement] = field(default_factory=dict[tuple[File, str, str], Placement])
    _adopted: dict[int, Placement] = field(default_factory=dict[int, Placement])
    _adopted_at: dict[tuple[File, str], Placement] = field(default_factory=dict[tuple[File, str], Placement])
    _pending: list[tuple[dict[str, object], str, Placement | str]] = field(
        default_factory=list[tuple[dict[str, object], str, Placement | str]]
    )
    _late: list[tuple[Entry, Target]] = field(default_factory=list[tuple[Entry, Target]])
    _drops: list[tuple[dict[str, object] | list[object], object]] = field(
        default_factory=list[tuple[dict[str, object] | list[object], object]]
    )
    _inlined: list[tuple[Where | None, Location]] = field(default_factory=list[tuple["Where | None", Location]])
    _unmapped: list[tuple[dict[str, object], str, _Finding]] = field(
        default_factory=list[tuple[dict[str, object], str, _Finding]]
    )
    _findings: list[_Finding] = field(default_factory=list[_Finding])
    _stack: list[Entry] = field(default_factory=list[Entry])
    _resolver: Resolver = field(init=False)
    _components: Components = field(init=False)
    _copied: int = 0

    def __post_init__(self) -> None:
        self._resolver = Resolver(self.files)
        self._components = Components.of(self.document)

    def run(self) -> dict[str, Location]:
        """Bundle, report what was found, and say which subtrees came from where."""
        self._adopt_components()
        self._stack.append(Entry(self.document, "document", None, Region(self.files.root), {}))
        self._walk()
        self._name()
        self._map_by_name()
        self._write()
        while self._late:
            self._inline_late()
            self._walk()
            self._write()
        placed = {place.pointer: _location(place.target) for place in self._placements.values()}
        placed.update((self._pointer(where), location) for where, location in self._inlined)
        self._report(placed)
        self._drop()
        return placed

    def _walk(self) -> None:
        stack = self._stack
        while stack:
            entry = stack.pop()
            node, kind, where, region, _ = entry
            if isinstance(node, dict):
                if isinstance(node.get("$ref"), str):
                    self._reference(entry, node)
                    if kind != "schema" or len(node) == 1:
                        continue
                elif kind == "schema" and ("$dynamicRef" in node or "$recursiveRef" in node):
                    self._dynamic(entry, node)
                elif kind == "discriminator":
                    self._mapping(node, where, region)
            stack.extend([Entry(child, below, way, region, node) for child, below, way in members(node, kind, where)])

    def _reference(self, entry: Entry, node: dict[str, object]) -> None:
        if id(node) in self._adopted:
            return
        if entry.where is None:
            self._unresolved(entry, node, Problem("ref/kind", "the whole document cannot be a reference"))
            return
        reference, region = cast("str", node["$ref"]), entry.region
        target = self._resolver.resolve(reference, region.file)
        if isinstance(target, Problem) and target.code == "ref/dangling":
            repaired = relative_target(reference, region.file, region.pointer(entry.where), self._resolver)
            if repaired is not None:
                note = Problem(
                    "ref/relative",
                    f"the reference {reference} is taken to mean {repaired.pointer} in {repaired.file.name}",
                    "write the full path of the target",
                )
                self._findings.append(_Finding((entry.where, "$ref"), note, is_error=False))
                target = repaired
        self._settle(entry, node, target)

    def _settle(self, entry: Entry, node: dict[str, object], target: Target | Problem) -> None:
        if isinstance(target, Problem):
            self._unresolved(entry, node, target)
        elif entry.kind not in self._components.sections:
            self._inline(entry, node, target)
        elif problem := self._broken_chain(entry.kind, target) or wrong_kind(entry.kind, target, self._components):
            self._unresolved(entry, node, problem)
        else:
            self._pending.append(
                (
                    node,
                    "$ref",
                    self._place(target, self._components.sections[entry.kind], entry.kind),
                )
            )

    def _broken_chain(self, kind: str, target: Target) -> Problem | None:
        """What is wrong with a component that is itself a reference to nothing, and so will be dropped."""
        node = target.node
        if kind == "schema" or not pointers.is_object(node) or not isinstance(node.get("$ref"), str):
            return None
        end = self._resolver.resolve(cast("str", node["$ref"]), target.file)
        return end if isinstance(end, Problem) else wrong_kind(kind, end, self._components)

    def _unresolved(self, entry: Entry, node: dict[str, object], problem: Problem) -> None:
        is_text = entry.kind in {"schema", "text"}
        self._findings.append(_Finding((entry.where, "$ref"), problem, is_error=not (is_text and problem.soft)))
        if entry.kind == "schema" or entry.where is None:
            del node["$ref"]
        else:
            self._drops.append((entry.parent, entry.where[1]))

    def _place(self, target: Target, section: str, kind: str) -> Placement | str:
        if target.file.is_root:
            return target.pointer
        for end in _prefixes(target.pointer):
            adopted = self._adopted_at.get((target.file, end))
            if adopted is not None and end != target.pointer:
                return adopted.pointer + target.pointer[len(end) :]
        key = (target.file, target.pointer, section)
        if key not in self._placements:
            place = self._placements[key] = Placement(target, section, self._copy(target.node))
            self._visit_placement(place, kind)
        return self._placements[key]

    def _visit_placement(self, place: Placement, kind: str) -> None:
        start: Where = (None, place)
        region = Region(place.target.file, place.target.pointer, start)
        if pointers.is_object(place.node) or pointers.is_array(place.node):
            self._stack.append(Entry(place.node, kind, start, region, {}))

    def _adopt_components(self) -> None:
        """A component that is nothing but a reference to another file is the name of that file's node."""
        for kind, section in self._components.sections.items():
            for name, node in sorted(self._components.members(section).items()):
                if not pointers.is_object(node) or node.keys() != {"$ref"}:
                    continue
                reference = node["$ref"]
                if not isinstance(reference, str) or reference.startswith("#"):
                    continue
                target = self._resolver.resolve(reference, self.files.root)
                if isinstance(target, Problem) or target.file.is_root:
                    continue
                key = (target.file, target.pointer, section)
                if key not in self._placements:
                    place = Placement(
                        target,
                        section,
                        self._copy(target.node),
                        name,
                        self._components.pointer(section, name),
                    )
                    self._placements[key] = self._adopted[id(node)] = place
                    self._adopted_at[target.file, target.pointer] = place
                    self._visit_placement(place, kind)

    def _inline(self, entry: Entry, node: dict[str, object], target: Target) -> None:
        key = (target.file, target.pointer)
        if key in entry.region.chain:
            message = f"the reference {node['$ref']} leads back to itself"
            self._unresolved(entry, node, Problem("ref/cycle", message, "break the circle"))
        elif target.file.is_root:
            self._late.append((entry, target))
        else:
            region = Region(target.file, target.pointer, entry.where, (*entry.region.chain, key))
            self._replace(entry, node, target, region)

    def _replace(self, entry: Entry, node: dict[str, object], target: Target, region: Region) -> None:
        """Put a copy of the target where the reference stands. What stands beside the reference wins."""
        copy = self._copy(target.node)
        kind, where = entry.kind, cast("Where", entry.where)
        if isinstance(copy, dict) and kind[0] != "[" and kind != "text":
            beside = {name: value for name, value in node.items() if name != "$ref"}
            node.clear()
            node.update(cast("dict[str, object]", copy), **beside)
            self._stack.append(entry._replace(region=region))
        elif isinstance(copy, list) and kind[0] == "[":
            _assign(entry.parent, where[1], cast("object", copy))
            self._stack.append(entry._replace(node=cast("list[object]", copy), region=region))
        elif isinstance(copy, str) and kind == "text":
            _assign(entry.parent, where[1], copy)
        else:
            problem = Problem("ref/kind", f"the reference {node['$ref']} points to a node of another kind")
            self._unresolved(entry, node, problem)
            return
        self._inlined.append((where, _location(target)))

    def _inline_late(self) -> None:
        """Copy nodes of the root document, now that the references inside them are final."""
        batch, self._late = self._late, []
        for entry, target in batch:
            node = cast("dict[str, object]", entry.node)
            below = target.pointer + "/"
            source = pointers.follow(self.document, target.pointer)
            is_inside = (self._pointer(entry.where) + "/").startswith(below)
            is_circle = pointers.is_object(source) and "$ref" in source and len(entry.region.chain) > 0
            if source is pointers.MISSING or is_inside or is_circle:
                message = f"the reference {node['$ref']} leads back to itself"
                self._unresolved(entry, node, Problem("ref/cycle", message, "break the circle"))
                continue
            key = (target.file, target.pointer)
            region = Region(self.files.root, target.pointer, entry.where, (*entry.region.chain, key))
            self._replace(entry, node, Target(target.file, target.pointer, source), region)

    def _dynamic(self, entry: Entry, node: dict[str, object]) -> None:
        """Make a `$dynamicRef` or `$recursiveRef` the plain reference that it is in a document of its own."""
        reference = str(node.pop("$dynamicRef", None) or node.pop("$recursiveRef", "#"))
        target = dynamic_target(reference, entry.region.file, entry.region.pointer(entry.where), self._resolver)
        node["$ref"] = reference
        self._settle(entry, node, target)

    def _mapping(self, node: dict[str, object], where: Where | None, region: Region) -> None:
        mapping = node.get("mapping")
        values = cast("dict[str, object]", mapping) if isinstance(mapping, dict) else {}
        places: list[tuple[dict[str, object], str, Where]] = [
            (values, key, ((where, "mapping"), key)) for key in values
        ]
        places.append((node, "defaultMapping", (where, "defaultMapping")))
        for holder, key, way in places:
            value = holder.get(key)
            if not isinstance(value, str) or not looks_like_reference(value):
                continue
            target = self._resolver.resolve(value, region.file)
            if isinstance(target, Problem):
                self._unmapped.append((holder, key, _Finding(way, target, is_error=not target.soft)))
            else:
                self._pending.append((holder, key, self._place(target, self._components.schemas, "schema")))

    def _name(self) -> None:
        components = self._components
        components.name(self._placements.values())
        count, limit = len(components.members(components.schemas)), self.limits.schemas
        if count > limit:
            message = f"the document has {count:,} schemas, more than {limit:,}"
            location = Location(self.files.root.name, f"{components.prefix}/{components.schemas}")
            raise self.diagnostics.refuse("limit/schemas", message, location, "raise the limit if this is meant")

    def _map_by_name(self) -> None:
        """Files cut out of a document map to `#/components/schemas/X`, which bundling may have named X."""
        schemas = self._components.members(self._components.schemas)
        for values, key, finding in self._unmapped:
            name = pointers.split(str(values[key]))[-1:]
            if name and name[0] in schemas:
                self._pending.append((values, key, self._components.pointer(self._components.schemas, name[0])))
                continue
            problem = finding.problem
            message = f"{problem.message}; the mapping of {key} is left out"
            self._findings.append(finding._replace(problem=Problem(problem.code, message, problem.hint)))
            del values[key]

    def _write(self) -> None:
        for holder, key, target in self._pending:
            holder[key] = "#" + (target if isinstance(target, str) else target.pointer)
        self._pending.clear()

    def _drop(self) -> None:
        """Remove references without a target; list positions are taken from behind so that they stay true."""
        for parent, step in sorted(self._drops, key=lambda drop: str(drop[1]).rjust(9), reverse=True):
            if isinstance(parent, dict):
                parent.pop(cast("str", step), None)
            elif isinstance(step, int) and step < len(parent):
                del parent[step]

    def _report(self, placed: dict[str, Location]) -> None:
        origins = Origins(self.files.root.name, self.files.texts, placed)
        circles: set[Problem] = set()
        for pointer, finding in sorted(
            ((self._pointer(finding.where), finding) for finding in self._findings),
            key=lambda pair: pair[0],
        ):
            problem, location = finding.problem, origins.locate(pointer)
            if problem.code == "ref/cycle":
                if problem in circles:
                    continue  # Once for a circle, however many references lead into it.
                circles.add(problem)
            if finding.is_error:
                self.diagnostics.error(problem.code, problem.message, location, problem.hint)
            elif problem.soft:
                message = f"{problem.message}; `object` stands for it"
                self.diagnostics.warning(problem.code, message, location, problem.hint)
            else:
                self.diagnostics.warning(problem.code, problem.message, location, problem.hint)

    def _copy(self, node: object) -> object:
        if isinstance(node, dict):
            members_ = cast("dict[str, object]", node)
            self._spend(len(members_))
            return {key: self._copy(value) for key, value in members_.items()}
        if isinstance(node, list):
            items = cast("list[object]", node)
            self._spend(len(items))
            return [self._copy(value) for value in items]
        return node

    def _spend(self, nodes: int) -> None:
        self._copied += nodes
        if self._copied > self.limits.expanded_nodes:
            message = f"the document's files expand to more than {self.limits.expanded_nodes:,} nodes"
            raise self.diagnostics.refuse("limit/nodes", message, Location(self.files.root.name))

    def _pointer(self, where: Where | None) -> str:
        """The pointer of a node in the bundled document."""
        way = steps(where)
        if way and isinstance(way[0], Placement):
            return way[0].pointer + pointers.join(str(step) for step in way[1:])
        return pointers.join(str(step) for step in way)


def _location(target: Target) -> Location:
    return Location(target.file.name, target.pointer)


def _assign(parent: dict[str, object] | list[object], step: object, value: object) -> None:
    if isinstance(parent, dict):
        parent[cast("str", step)] = value
    else:
        parent[cast("int", step)] = value


def _prefixes(pointer: str) -> list[str]:
    ends = [index for index, character in enumerate(pointer) if character == "/"]
    return [pointer, *(pointer[:end] for end in reversed(ends))]
