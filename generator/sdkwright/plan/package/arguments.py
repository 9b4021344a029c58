"""Arguments of a method: how they are written in its signature and explained in its docstring."""

from __future__ import annotations

from sdkwright.ir.operations import Argument, ErrorResponse, Operation
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import Choice
from sdkwright.plan.annotations import annotate, described
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Scope, is_constant
from sdkwright.plan.package.parameters import Named
from sdkwright.plan.package.related import related
from sdkwright.prose import wrap_markdown
from sdkwright.text import DOC_WIDTH, Code, code, doc_lines, py_doc_lines, py_literal


def positional_wires(operation: Operation, configured: tuple[str, ...] | None) -> tuple[str, ...]:
    """Wire names of the arguments that are passed by position."""
    if configured is not None:
        return configured
    return (operation.positional,) if operation.positional is not None else ()


def is_positional(argument: Argument, wires: tuple[str, ...]) -> bool:
    """Whether an argument is passed by position."""
    return argument.place == "path" and argument.wire in wires


def written(scope: Scope, argument: Argument, name: Code, *, constant: bool = True) -> Code:
    """One argument of a signature. An optional one has `omit` as default; with `constant` a constant has itself."""
    annotation = scope.annotation(argument.type, Mode.PARAM)
    if argument.required:
        type_ = argument.type
        if constant and is_constant(type_) and isinstance(type_, Choice) and argument.place != "path":
            return code("{}: {} = {}", name, annotation, py_literal(type_.values[0]))
        return code("{}: {}", name, annotation)
    omit_type = scope.typing("._types", "Omit")
    omit = scope.runtime("._types", "omit")
    return code("{}: {} | {} = {}", name, annotation, omit_type, omit)


def method_doc(scope: Scope, operation: Operation, arguments: list[Named], indent: int = 8) -> Code:
    """The docstring of a method: what the document says of it and of its arguments."""
    width = DOC_WIDTH - indent
    summary, description = operation.summary.strip(), operation.description.strip()
    if description.startswith(summary):
        summary = ""
    lines = doc_lines(summary, indent)
    if description:
        lines += ["", *wrap_markdown(description, width)] if lines else doc_lines(description, indent)
    lines = lines or [f"`{operation.method.upper()} {operation.path}`"]
    if operation.body is not None and operation.body.further:
        lines += ["", "Further properties of the body go into `extra_body`."]
    explained = [line for argument, name in arguments for line in _explained(scope, argument, name, width)]
    if explained:
        lines += ["", "Args:", *explained]
    if raised := _raised(scope, operation):
        told = (f"{name}: With {' or '.join(types)} in `parsed`." for name, types in raised.items())
        lines += ["", "Raises:", *(f"    {line}" for line in told)]
    lines += related(scope.context, operation, width)
    return py_doc_lines(lines, indent)


def told_errors(operation: Operation) -> list[ErrorResponse]:
    """The errors with a type of their own; a status with the type of `default` needs no mention."""
    default = next((error.type for error in operation.errors if error.status == "default"), None)
    return [error for error in operation.errors if error.status == "default" or error.type != default]


def _raised(scope: Scope, operation: Operation) -> dict[str, list[str]]:
    """The exceptions of a call, each with the types of its body."""
    found: dict[str, list[str]] = {}
    for error in told_errors(operation):
        name = "InternalServerError" if error.status.startswith("5") else _ERRORS.get(error.status, "APIStatusError")
        types = found.setdefault(name, [])
        type_ = f"`{annotate(error.type, Mode.MODEL, scope.context.symbols, Imports(''))}`"
        types += [] if type_ in types else [type_]
    return found


_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}


def _explained(scope: Scope, argument: Argument, name: Code, width: int) -> list[str]:
    text = described(argument.doc, deprecated=argument.deprecated)
    if not text:
        return []
    first, *rest = wrap_markdown(f"{name}: {text}", width - 8)
    return [f"    {first}", *(f"        {line}" if line else "" for line in rest)]
