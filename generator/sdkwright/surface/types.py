"""Annotations as types: one form for all spellings of the same type."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import griffe

from sdkwright.surface.model import Lit, Raw, Ref, Type
from sdkwright.surface.names import Names

NONE = Ref("None")
ANY = Ref("Any")

_CONTAINERS = {
    "List": "list",
    "Dict": "dict",
    "Tuple": "tuple",
    "Set": "set",
    "FrozenSet": "frozenset",
    "Type": "type",
    "Text": "str",
    "Deque": "collections.deque",
    "DefaultDict": "collections.defaultdict",
    "OrderedDict": "collections.OrderedDict",
}
_WRAPPERS = {"Required", "NotRequired", "ReadOnly", "ClassVar", "Final", "InitVar"}
_VARIABLE = "~"
"""Any type variable, `Self` among them: what it is called is nobody's business."""

_VARIABLES = {"TypeVar", "ParamSpec", "TypeVarTuple"}
_TYPING = ("typing.", "typing_extensions.", "collections.abc.", "dataclasses.", "builtins.")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type with what was said around it: wrappers (`Required` ...) and the metadata of `Annotated`."""

    type: Type
    wrappers: frozenset[str] = frozenset()
    metadata: tuple[griffe.Expr, ...] = ()


Source = str | griffe.Expr | None
Scope = griffe.Module | griffe.Class


class Types:
    """Reads annotations of one package."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def annotation(self, source: Source, scope: Scope) -> Annotation | None:
        """The annotation of a field, wrappers and metadata apart; None without one."""
        if source is None:
            return None
        source = _parsed(source, scope)
        if isinstance(source, griffe.ExprSubscript):
            name = self.special(source.left)
            if name in _WRAPPERS:
                inner = self.annotation(source.slice, scope)
                return inner and Annotation(inner.type, inner.wrappers | {name}, inner.metadata)
            if name == "Annotated" and isinstance(source.slice, griffe.ExprTuple):
                first, *rest = source.slice.elements
                inner = self.annotation(first, scope)
                metadata = tuple(item for item in rest if isinstance(item, griffe.Expr))
                return inner and Annotation(inner.type, inner.wrappers, inner.metadata + metadata)
        elif isinstance(source, griffe.ExprName | griffe.ExprAttribute) and self.special(source) in _WRAPPERS:
            return Annotation(Type(frozenset({ANY})), frozenset({self.special(source)}))
        return Annotation(self.type(source, scope))

    def type(self, source: str | griffe.Expr, scope: Scope) -> Type:
        """The type that an annotation names."""
        source = _parsed(source, scope)
        match source:
            case griffe.ExprName() | griffe.ExprAttribute():
                return _one(Ref(self._path(source)))
            case griffe.ExprSubscript():
                return self._subscript(source, scope)
            case griffe.ExprBinOp(operator="|"):
                return Type(self.type(source.left, scope).atoms | self.type(source.right, scope).atoms)
            case griffe.ExprList():
                return _one(Ref("[]", tuple(self.type(item, scope) for item in source.elements)))
            case griffe.ExprVarPositional():
                return _one(Ref("*", (self.type(source.value, scope),)))
            case griffe.Expr():
                return _one(Raw(str(source)))
            case _:
                return _one(Ref(source))

    def special(self, source: str | griffe.Expr) -> str:
        """The bare name of something of `typing` and its like (`Optional`); the model's path of anything else."""
        if not isinstance(source, griffe.ExprName | griffe.ExprAttribute):
            return str(source)
        path = self._names.resolve(source)
        for prefix in _TYPING:
            if path.startswith(prefix):
                return path.removeprefix(prefix)
        return path

    def _path(self, source: griffe.ExprName | griffe.ExprAttribute) -> str:
        name = self.special(source)
        match self._names.object(name):
            case griffe.Attribute(value=griffe.ExprCall(function=made)) if self.special(made) in _VARIABLES:
                return _VARIABLE
            case _:
                return _VARIABLE if name == "Self" else _CONTAINERS.get(name, name)

    def _subscript(self, source: griffe.ExprSubscript, scope: Scope) -> Type:
        name = self.special(source.left)
        inner = source.slice.elements if isinstance(source.slice, griffe.ExprTuple) else [source.slice]
        if name in {"Annotated", *_WRAPPERS}:
            return self.type(inner[0], scope)
        if name == "Literal":
            return Type(frozenset(self._literal(item) for item in inner))
        arguments = tuple(self.type(item, scope) for item in inner)
        if name in {"Union", "Optional"}:
            atoms = frozenset(atom for argument in arguments for atom in argument.atoms)
            return Type(atoms | {NONE} if name == "Optional" else atoms)
        if isinstance(source.left, griffe.ExprName | griffe.ExprAttribute):
            return _one(Ref(self._path(source.left), arguments))
        return _one(Raw(str(source)))

    def _literal(self, item: str | griffe.Expr) -> Lit | Ref:
        if item == "None":
            return NONE
        if isinstance(item, griffe.ExprAttribute):
            return Lit(self._names.resolve(item))
        return Lit(str(item))


def _one(atom: Ref | Raw) -> Type:
    return Type(frozenset({atom}))


def _parsed(source: str | griffe.Expr, scope: Scope) -> str | griffe.Expr:
    """An annotation in quotes as the expression in the quotes; anything else as it is."""
    if not isinstance(source, str) or source[:1] not in {"'", '"'}:
        return source
    try:
        text = ast.literal_eval(source)
        node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, TypeError, RecursionError):
        return source
    return griffe.get_annotation(node, parent=scope) or source
