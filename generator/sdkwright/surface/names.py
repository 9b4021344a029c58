"""Which definition a name leads to, through imports and re-exports."""

from __future__ import annotations

import griffe

from sdkwright.surface.model import ROOT

_DEPTH = 32


class Names:
    """The objects of a package by absolute path, and the aliases between them."""

    def __init__(self, root: griffe.Module) -> None:
        self.package = root.path
        self.objects: dict[str, griffe.Object] = {}
        self.aliases: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._collect(root)

    def _collect(self, item: griffe.Object) -> None:
        self.objects[item.path] = item
        if isinstance(item, griffe.Module | griffe.Class):
            for name, member in item.members.items():
                if isinstance(member, griffe.Alias):
                    self.aliases[f"{item.path}.{name}"] = member.target_path
                else:
                    self._collect(member)

    def canonical(self, path: str) -> str:
        """The path of the definition that an absolute path leads to; a path out of the package comes back as it is."""
        if path not in self._known:
            self._known[path] = self._follow(path)
        return self._known[path]

    def _follow(self, path: str) -> str:
        for _ in range(_DEPTH):
            if path in self.objects:
                return path
            if path in self.aliases:
                path = self.aliases[path]
                continue
            head, _, tail = path.rpartition(".")
            if not head or not self.inside(path):
                return path
            owner = self.canonical(head) if head != path else head
            if owner == head:
                return path
            path = f"{owner}.{tail}"
        return path

    def inside(self, path: str) -> bool:
        """Whether a path belongs to this package."""
        return path == self.package or path.startswith(f"{self.package}.")

    def relative(self, path: str) -> str:
        """A canonical path as the model writes it: relative for this package, absolute for others."""
        if path == self.package:
            return ROOT
        return path[len(self.package) :] if self.inside(path) else path

    def object(self, relative: str) -> griffe.Object | None:
        """What is defined at one of the model's paths; None outside this package."""
        if not relative.startswith(ROOT):
            return None
        return self.objects.get(self.package if relative == ROOT else self.package + relative)

    def resolve(self, expression: griffe.ExprName | griffe.ExprAttribute) -> str:
        """The model's path of what a name in the source stands for.

        A member of a class hides a name of its module only in the eyes of a resolver (a method `list`, a property
        named like the module of what it returns): annotations mean the name outside of the class.
        """
        first = expression.first if isinstance(expression, griffe.ExprAttribute) else expression
        path = expression.canonical_path
        if isinstance(first, griffe.ExprName) and self._hidden(first):
            scope = first.parent
            outside = _outside(first.name, scope.module) if isinstance(scope, griffe.Object) else first.name
            path = outside + path[len(first.canonical_path) :]
        return self.relative(self.canonical(path))

    def _hidden(self, name: griffe.ExprName) -> bool:
        found = self.objects.get(name.canonical_path)
        return isinstance(found, griffe.Function | griffe.Attribute) and isinstance(found.parent, griffe.Class)


def _outside(name: str, module: griffe.Module) -> str:
    """What a name means at the level of the module; the name itself for a builtin."""
    try:
        return module.resolve(name)
    except griffe.NameResolutionError:
        return name
