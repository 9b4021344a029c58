"""From the text of a `$ref` to the node that it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from sdkwright import pointers
from sdkwright.bundle.files import File, Problem

if TYPE_CHECKING:
    from sdkwright.bundle.files import Files

_MOST_NAMES = 1000
"""How many names are looked at for one that may have been meant."""


@dataclass(frozen=True, slots=True)
class Target:
    """The node that a reference means: its file, the pointer there with nothing left to follow, itself."""

    file: File
    pointer: str
    node: object


@dataclass(slots=True)
class Anchors:
    """The names that schemas of one file give themselves, each with the schema's pointer."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    ids: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class Resolver:
    """Resolves references, each distinct one once."""

    files: Files
    _known: dict[tuple[File, str], Target | Problem] = field(default_factory=dict[tuple[File, str], "Target | Problem"])
    _anchors: dict[File, Anchors] = field(default_factory=dict[File, Anchors])

    def resolve(self, reference: str, base: File) -> Target | Problem:
        """The target of `reference` as it stands in the file `base`, or why there is none."""
        key = (base, reference)
        if key not in self._known:
            self._known[key] = self._resolve(reference, base, ())
        return self._known[key]

    def anchors(self, file: File) -> Anchors:
        """The anchors and identifiers of a file's schemas."""
        if file not in self._anchors:
            self._anchors[file] = found = Anchors()
            if any(f"${word}" in file.text for word in ("anchor", "dynamicAnchor", "id")):
                _collect(file.data, "", found)
        return self._anchors[file]

    def _resolve(self, reference: str, base: File, chain: tuple[tuple[File, str], ...]) -> Target | Problem:
        path, _, fragment = reference.partition("#")
        fragment = unquote(fragment)
        file: File | Problem = base
        start = ""
        if path:
            identified = self._by_id(path, base)
            if identified is None:
                file = self.files.find(path, base)
            else:
                file, start = identified
        if isinstance(file, Problem):
            return file
        if fragment and not fragment.startswith("/"):
            return self._by_anchor(fragment, file, reference, chain)
        return self._settle(file, start + fragment, reference, chain)

    def _by_id(self, path: str, base: File) -> tuple[File, str] | None:
        """A schema of this file or of the root whose `$id` is the path, or the root by its `$self` (3.2)."""
        root = self.files.root
        if pointers.is_object(root.data) and root.data.get("$self") == path:
            return root, ""
        for file in (base, root):
            pointer = self.anchors(file).ids.get(path)
            if pointer is not None:
                return file, pointer
        return None

    def _by_anchor(
        self, name: str, file: File, reference: str, chain: tuple[tuple[File, str], ...]
    ) -> Target | Problem:
        pointer = self.anchors(file).names.get(name)
        if pointer is None:
            return Problem("ref/dangling", f"nothing in {file.name} has the anchor {name}", soft=True)
        return self._settle(file, pointer, reference, chain)

    def _settle(
        self, file: File, pointer: str, reference: str, chain: tuple[tuple[File, str], ...]
    ) -> Target | Problem:
        """Follow the pointer, and any reference that it leads to or through, to its end."""
        if (file, pointer) in chain:
            way = _circle(chain[chain.index((file, pointer)) :])
            return Problem(
                "ref/cycle",
                f"these refer only to each other: {' -> '.join(map(repr, way))[:300]}",
                "one of them must become the definition itself",
            )
        if len(chain) >= self.files.limits.ref_chain:
            limit = self.files.limits.ref_chain
            return Problem(
                "limit/ref-chain",
                f"the reference {reference} leads through more than {limit} others",
            )
        chain = (*chain, (file, pointer))
        node, rest = file.data, pointers.split(pointer)
        for number, step in enumerate(rest):
            below = pointers.step_into(node, step)
            if below is pointers.MISSING:
                onward = _reference(node)
                if onward is None:
                    return _missing(reference, node, step, is_last=number + 1 == len(rest))
                through = self._resolve(onward, file, chain)
                if isinstance(through, Problem):
                    return through
                return self._settle(through.file, through.pointer + pointers.join(rest[number:]), reference, chain)
            node = below
        onward = _reference(node)
        if onward is not None:
            end = self._resolve(onward, file, chain)
            alone = len(cast("dict[str, object]", node)) == 1
            if isinstance(end, Problem):
                return end if end.code in {"ref/cycle", "limit/ref-chain"} else Target(file, pointer, node)
            if alone and not file.is_root:
                return end
        return Target(file, pointer, node)


def _reference(node: object) -> str | None:
    if isinstance(node, dict):
        reference = cast("dict[str, object]", node).get("$ref")
        return reference if isinstance(reference, str) else None
    return None


def _circle(chain: tuple[tuple[File, str], ...]) -> list[str]:
    """The names along a circle of references, the same wherever one enters it."""
    start = min(range(len(chain)), key=lambda at: (chain[at][0].relative, chain[at][1]))
    around = (*chain[start:], *chain[: start + 1])
    return [pointers.split(pointer)[-1] if pointer else file.relative for file, pointer in around]


def _missing(reference: str, node: object, step: str, *, is_last: bool) -> Problem:
    """Nothing is there: a `node` on the way has no `step`, but perhaps one that is spelled much like it."""
    names = list(node)[:_MOST_NAMES] if pointers.is_object(node) and is_last else []
    close = get_close_matches(step, names, n=1)
    hint = "correct the reference or add its target"
    if close:
        meant = reference.removesuffix(pointers.escape(step)) + pointers.escape(close[0])
        hint = f"did you mean {meant[:300]!r}?"
    return Problem("ref/dangling", f"the reference {reference[:300]!r} points to nothing", hint, soft=True)


def _collect(node: object, pointer: str, found: Anchors) -> None:
    if pointers.is_object(node):
        for key in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := node.get(key), str):
                found.names.setdefault(name, pointer)
        if isinstance(identifier := node.get("$id"), str):
            if identifier.startswith("#"):
                found.names.setdefault(identifier[1:], pointer)
            else:
                found.ids.setdefault(identifier.removesuffix("#"), pointer)
        for key, value in node.items():
            _collect(value, f"{pointer}/{pointers.escape(key)}", found)
    elif pointers.is_array(node):
        for number, value in enumerate(node):
            _collect(value, f"{pointer}/{number}", found)
