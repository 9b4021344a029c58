"""Arguments of a method: how they are written in its signature and explained in its docstring."""

from __future__ import annotations

from sdkwright.ir.models import Object
from sdkwright.ir.operations import Argument, Operation
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import Choice, Kind, ListOf, Scalar
from sdkwright.plan.package.context import Scope, is_constant
from sdkwright.plan.package.parameters import Named
from sdkwright.prose import wrap_markdown
from sdkwright.text import DOC_WIDTH, Code, code, join, py_doc_lines, py_literal


def positional_wires(operation: Operation, configured: tuple[str, ...] | None) -> tuple[str, ...]:
    """Wire names of the arguments that are passed by position."""
    if configured is not None:
        return configured
    return (operation.positional,) if operation.positional is not None else ()


def is_positional(argument: Argument, wires: tuple[str, ...]) -> bool:
    """Whether an argument is passed by position."""
    return argument.place == "path" and argument.wire in wires


def written(scope: Scope, argument: Argument, name: Code) -> Code:
    """One argument of a signature. A constant has itself as default, an optional argument `omit`."""
    annotation = _annotation(scope, argument)
    if argument.required:
        constant = argument.type
        if is_constant(constant) and isinstance(constant, Choice) and argument.place != "path":
            return code("{}: {} = {}", name, annotation, py_literal(constant.values[0]))
        return code("{}: {}", name, annotation)
    omit_type = scope.typing("._types", "Omit")
    omit = scope.runtime("._types", "omit")
    return code("{}: {} | {} = {}", name, annotation, omit_type, omit)


def _annotation(scope: Scope, argument: Argument) -> Code:
    if argument.place == "body" and argument.type == Scalar(Kind.FILE):
        return scope.typing("._types", "Content")  # sent as it is, so it may be text or a stream as well
    if argument.is_file:
        return _files(scope, argument)
    return scope.annotation(argument.type, Mode.PARAM)


def _files(scope: Scope, argument: Argument) -> Code:
    """The type of file parts, which can be read twice: a request may be sent again."""
    file = scope.typing("._types", "FileTypes")
    leaves = list(scope.context.leaves(argument.type))
    if not any(isinstance(leaf, ListOf) for leaf in leaves):
        return scope.annotation(argument.type, Mode.PARAM)
    files = code("{}[{}]", scope.typing("._types", "SequenceNotStr"), file)
    written = [
        files if isinstance(leaf, ListOf) else file if leaf == Scalar(Kind.FILE) else Code("None") for leaf in leaves
    ]
    return join(" | ", dict.fromkeys(written))


def method_doc(scope: Scope, operation: Operation, arguments: list[Named], indent: int = 8) -> Code:
    """The docstring of a method: what the document says of it and of its arguments."""
    width = DOC_WIDTH - indent
    summary, description = operation.summary.strip(), operation.description.strip()
    if description.startswith(summary):
        summary = ""
    lines = wrap_markdown(summary, width)
    if body := wrap_markdown(description, width):
        lines += ["", *body] if lines else body
    lines = lines or [f"`{operation.method.upper()} {operation.path}`"]
    explained = [line for argument, name in arguments for line in _explained(scope, argument, name, width)]
    if explained:
        lines += ["", "Args:", *explained]
    return py_doc_lines(lines, indent)


def _explained(scope: Scope, argument: Argument, name: Code, width: int) -> list[str]:
    text = argument.doc.strip() or _declared_doc(scope, argument)
    if argument.deprecated:
        text = f"Deprecated. {text}".rstrip()
    if not text:
        return []
    first, *rest = wrap_markdown(f"{name}: {text}", width - 8)
    return [f"    {first}", *(f"        {line}" if line else "" for line in rest)]


def _declared_doc(scope: Scope, argument: Argument) -> str:
    """The description of the type itself, short types only: a long one stands where the type is defined."""
    declaration = scope.context.declaration(argument.type)
    if declaration is None or (isinstance(declaration, Object) and len(declaration.doc) > 300):
        return ""
    return declaration.doc
