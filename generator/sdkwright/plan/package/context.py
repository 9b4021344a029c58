"""What every part of the plan looks up: the API, its names and symbols, and the module that is being planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from typing_extensions import override

from sdkwright.config import Config
from sdkwright.ir.models import Field, Object
from sdkwright.ir.names import Names
from sdkwright.ir.operations import Operation, OperationKey
from sdkwright.ir.shapes import Shapes
from sdkwright.ir.symbols import Mode, Symbol, Symbols
from sdkwright.ir.tree import ResourceNode
from sdkwright.ir.types import Choice, Kind, Scalar, Type, UnionOf
from sdkwright.name.classes import SHARED_PARAMS
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.model import Imported
from sdkwright.text import Code, code, join, py_dotted, py_ident, py_str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OURS = _words(
    """
    APIKey Any AsyncAPIClient AsyncAPIResource AsyncBinaryAPIResponse AsyncJSONLStream AsyncMiddleware AsyncPaginator
    AsyncStream AsyncStreamedBinaryAPIResponse BasicAuth BearerToken BinaryAPIResponse Body Content Credential Dict
    FileTypes Headers Iterable JSONLStream List Literal Mapping Middleware NoneType NotGiven OAuth2ClientCredentials
    Omit Optional Provider ProviderSettings Query Querystring Self Sequence SequenceNotStr Stream StreamRule
    StreamedBinaryAPIResponse SyncAPIClient SyncAPIResource Timeout TypedDict Union Unpack
    """
)
"""Classes that the modules of resources and of the client can import from the runtime and from `typing`."""
_SHARED_PARAMS = f".{SHARED_PARAMS}."


@dataclass(slots=True)
class ModuleImports(Imports):
    """The imports of such a module. A type of the API that is called like one of `ours` gets another name there, and
    so does what is sent of a shared model, which is called like what is read of it."""

    ours: frozenset[str] = OURS

    @property
    def clashes(self) -> frozenset[str]:
        """The names that were asked for both of the API and of others."""
        theirs = {entry.exported for (source, _), entry in self._entries.items() if _is_theirs(source)}
        return frozenset(
            theirs & {entry.exported for (source, _), entry in self._entries.items() if not _is_theirs(source)}
        )

    @override
    def _free(self, source: str, name: str) -> str:
        is_shared_param = source.startswith(_SHARED_PARAMS)
        if not is_shared_param and (name not in self.ours or not _is_theirs(source)):
            return super(ModuleImports, self)._free(source, name)
        kind = "Param" if is_shared_param or source.endswith(("_param", "_params")) else "Model"
        return super(ModuleImports, self)._free(source, f"{name}{kind}")


def _is_theirs(source: str) -> bool:
    """Whether a module holds types of the API."""
    return source.startswith(".") and not source.startswith("._")


@dataclass(frozen=True)
class Context(Shapes):
    """One API with everything that was decided about it before."""

    whole_tree: ResourceNode
    names: Names
    symbols: Symbols
    config: Config

    @cached_property
    def tree(self) -> ResourceNode:
        """The resources: `$shared` of a config holds models only."""
        whole = self.whole_tree
        return replace(whole, children=tuple(child for child in whole.children if child.name.isidentifier()))

    @cached_property
    def operations(self) -> Mapping[OperationKey, Operation]:
        """The operations by key."""
        return {operation.key: operation for operation in self.api.operations}

    @property
    def array_format(self) -> str:
        """How the client writes lists in a query; without a config as `form` with `explode` does."""
        chosen = self.config.query_settings
        return "repeat" if chosen is None else chosen.array_format or "comma"

    @property
    def nested_format(self) -> str:
        """How the client writes objects in a query."""
        chosen = self.config.query_settings
        return chosen.nested_format or "brackets" if chosen else "brackets"

    def fields(self, item: Object) -> Iterator[tuple[Field, str, str]]:
        """The fields of an object, those of its bases first: each with its attribute and its key."""
        own = {field.wire for field in item.fields}
        for base in item.bases:
            declaration = self.api.declarations[base]
            if isinstance(declaration, Object):
                yield from (each for each in self.fields(declaration) if each[0].wire not in own)
        yield from zip(item.fields, self.names.fields[item.id], self.names.keys[item.id], strict=True)


@dataclass(slots=True)
class Scope:
    """One module that is being planned: its imports, and the names that mean something else inside it."""

    context: Context
    imports: Imports
    shadowed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Builtins that arguments hide from the bodies of methods."""

    def runtime(self, module: str, name: str) -> Code:
        """A name that running code needs."""
        return py_dotted(self.imports.add(module, name))

    def typing(self, module: str, name: str) -> Code:
        """A name that only annotations need."""
        return py_dotted(self.imports.add(module, name, runtime=False))

    def builtin(self, name: str) -> Code:
        """A builtin in an annotation."""
        return py_dotted(f"{self.imports.add_module('builtins')}.{name}" if name in self.shadowed else name)

    def annotation(self, type_: Type, mode: Mode) -> Code:
        """A type in a signature."""
        return annotate(type_, mode, self.context.symbols, self.imports, shadowed=self.shadowed, runtime=False)

    def expression(self, type_: Type) -> Code:
        """A type that is read, as an expression of running code.

        Checkers know `|` between classes and unions, but not beside an `Annotated`, which a tagged union is.
        """
        if isinstance(type_, UnionOf) and any(map(self._is_tagged, type_.members)):
            others = [member for member in type_.members if member != Scalar(Kind.NULL)]
            name = self.runtime("typing", "Optional" if len(others) == 1 else "Union")
            return code("{}[{}]", name, join(", ", map(self.expression, others if len(others) == 1 else type_.members)))
        return annotate(type_, Mode.MODEL, self.context.symbols, self.imports, shadowed=self.hidden)

    def _is_tagged(self, type_: Type) -> bool:
        expanded = self.context.expand(type_)
        return isinstance(expanded, UnionOf) and expanded.discriminator is not None

    def told(self, type_: Type, annotation: Code, expression: Code) -> Code:
        """An expression of which the checkers are told that it is the class of a type.

        `type[Literal[...]]` is no type to mypy; a literal is inferred from what the method returns.
        """
        cast = self.runtime("typing", "cast")
        if any(isinstance(leaf, Choice) for leaf in self.context.leaves(type_)):
            return code("{}({}, {})", cast, self.runtime("typing", "Any"), expression)
        kind = f"{self.imports.add_module('builtins')}.type" if "type" in self.hidden else "type"
        return code("{}({}, {})", cast, py_str(f"{kind}[{annotation}]"), expression)

    def imported(self) -> Imported:
        """The import statements so far."""
        return Imported(
            tuple(map(Code, self.imports.lines(runtime=True))),
            tuple(map(Code, self.imports.lines(runtime=False))),
        )


def import_statement(module: str, symbol: Symbol, local: str | None = None, *, is_package: bool = False) -> Code:
    """One import of a symbol of this package, as a statement inside `module`."""
    imports = Imports(module, is_package=is_package)
    imports.symbol(symbol)
    (line,) = imports.lines(runtime=True)
    return Code(line if local in {None, symbol.name} else f"{line} as {py_ident(local or '')}")


def is_constant(type_: Type) -> bool:
    """Whether a type has one value only."""
    return isinstance(type_, Choice) and len(type_.values) == 1 and not type_.open


def is_class(context: Context, type_: Type) -> bool:
    """Whether type checkers take the annotation of a type for a class, which a union and a literal are not."""
    expanded = context.expand(type_)
    if isinstance(expanded, UnionOf):
        return len({annotate(member, Mode.MODEL, context.symbols, Imports("")) for member in expanded.members}) == 1
    return not isinstance(expanded, Choice) and expanded != Scalar(Kind.NULL)
