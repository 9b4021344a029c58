"""The whole document to an `Api`."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace

from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.api import Api
from sdkwright.ir.models import Field, Object, Position, RootKind
from sdkwright.ir.operations import Argument, Operation, OperationKey, Parameter, Server, Webhook
from sdkwright.limits import Limits
from sdkwright.lower import security
from sdkwright.lower.bodies import Bodies, LoweredBody, stream_switch
from sdkwright.lower.defaults import settle
from sdkwright.lower.nodes import Node, Tree, as_list, as_mapping, as_schema, as_text
from sdkwright.lower.parameters import Parameters, template_names
from sdkwright.lower.responses import Responses
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.servers import client_servers, own_server
from sdkwright.lower.walk import METHODS, RawOperation, operations
from sdkwright.pointers import escape


def lower(
    tree: Tree,
    wanted: Set[OperationKey],
    is_named: Callable[[str], bool],
    limits: Limits,
    diagnostics: Diagnostics,
) -> Api:
    """The typed API of the wanted operations, with every declaration that they reach."""
    schemas = Schemas(tree, limits, diagnostics, is_named)
    schemes = security.schemes(tree, diagnostics)
    known = frozenset(scheme.id for scheme in schemes)
    raw = list(operations(tree))
    _report_repeated_ids(raw, tree, diagnostics)
    if not raw:
        diagnostics.warning(
            "document/no-operations",
            "the document has no operations; the client of the package has no methods",
            tree.locate("/paths"),
            "add operations under `paths`",
        )
    chosen = [item for item in raw if item.key in wanted]
    servers = client_servers(chosen, tree, diagnostics)
    lowered = tuple(_operation(item, schemas, known, servers) for item in chosen)
    webhooks = _webhooks(schemas)
    schemas.finish()
    tree.folded.clear()
    info = as_mapping(tree.document.get("info"))
    return Api(
        title=as_text(info.get("title")),
        version=as_text(info.get("version")),
        description=as_text(info.get("description")),
        servers=servers,
        operations=lowered,
        declarations=settle(dict(sorted(schemas.declarations.items())), diagnostics),
        schemes=schemes,
        security=security.requirements(tree.document.get("security"), known),
        webhooks=webhooks,
        operations_total=len(raw),
    )


def _operation(item: RawOperation, schemas: Schemas, known: frozenset[str], servers: tuple[Server, ...]) -> Operation:
    position = Position(RootKind.PARAMS, f"{item.key}#params", item.key)
    parameters = Parameters(schemas, item, position).lower()
    body = Bodies(schemas, item, position).lower()
    responses = Responses(schemas, item).lower()
    arguments = _arguments(parameters, body)
    names = template_names(item.path)
    positional = names[-1] if names else None
    switch = stream_switch(arguments) if responses.stream else None
    where = schemas.tree.locate(item.pointer)
    raw = item.raw
    operation = Operation(
        key=item.key,
        method=item.method,
        path=item.path,
        operation_id=as_text(raw.get("operationId")),
        tags=tuple(tag for tag in as_list(raw.get("tags")) if isinstance(tag, str)),
        summary=as_text(raw.get("summary")),
        description=as_text(raw.get("description")),
        deprecated=raw.get("deprecated") is True,
        arguments=arguments,
        body=body.body if body else None,
        response=responses.response,
        errors=responses.errors,
        security=security.requirements(raw.get("security"), known) if "security" in raw else None,
        location=where,
        positional=positional,
        stream_switch=switch,
        stream_type=responses.stream.type if responses.stream and switch else None,
        stream_kind=responses.stream.kind if responses.stream and switch else None,
        server=own_server(item.servers, servers, schemas.tree),
    )
    return _with_params(operation, position, schemas)


def _arguments(parameters: tuple[Parameter, ...], body: LoweredBody | None) -> tuple[Argument, ...]:
    found = [
        Argument(
            place=item.location_in,
            wire=item.wire,
            type=item.type,
            required=item.required,
            location=item.location,
            doc=item.doc,
            parameter=item,
            deprecated=item.deprecated,
        )
        for item in parameters
    ]
    path = [item for item in found if item.place == "path"]
    rest = [item for item in found if item.place != "path"] + list(body.arguments if body else ())
    return (*path, *sorted(rest, key=lambda item: not item.required))


def _with_params(operation: Operation, position: Position, schemas: Schemas) -> Operation:
    """Declare the operation's arguments as one object, for callers who build them as a dict."""
    inside = tuple(
        Field(
            wire=item.wire,
            type=item.type,
            required=item.required,
            location=item.location,
            doc=item.doc,
            deprecated=item.deprecated,
        )
        for item in operation.arguments
        if not (item.place == "path" and item.wire == operation.positional)
    )
    if not inside:
        return operation
    schemas.declarations[position.id] = Object(position.id, position, inside, operation.location)
    return replace(operation, params_id=position.id)


def _webhooks(schemas: Schemas) -> tuple[Webhook, ...]:
    found: list[Webhook] = []
    raw = as_mapping(schemas.tree.document.get("webhooks"))
    for name in sorted(str(key) for key in raw):
        item, pointer = schemas.tree.follow(raw[name], f"/webhooks/{escape(name)}")
        for method in METHODS:
            operation = as_mapping(item.get(method))
            body, at = schemas.tree.follow(operation.get("requestBody"), f"{pointer}/{method}/requestBody")
            for media_type, entry in sorted(as_mapping(body.get("content")).items()):
                node = Node(
                    as_schema(as_mapping(entry).get("schema")),
                    f"{at}/content/{escape(media_type)}/schema",
                )
                position = Position(RootKind.WEBHOOK, f"{pointer}/{method}#payload", name)
                doc = as_text(operation.get("description")) or as_text(operation.get("summary"))
                found.append(Webhook(name, schemas.root(node, position), doc, schemas.tree.locate(pointer)))
                break
    return tuple(found)


def _report_repeated_ids(raw: list[RawOperation], tree: Tree, diagnostics: Diagnostics) -> None:
    first: dict[str, RawOperation] = {}
    for item in raw:
        id = as_text(item.raw.get("operationId"))
        if id and id in first:
            diagnostics.warning(
                "operation/duplicate-id",
                f"the operationId {id[:80]!r} is also that of {first[id].key[:120]!r}; both operations are kept",
                tree.locate(f"{item.pointer}/operationId"),
                "give each operation an id of its own (OpenAPI 3.1, 4.8.10.1)",
            )
        elif id:
            first[id] = item
