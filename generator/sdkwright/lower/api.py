"""The whole document to an `Api`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from sdkwright.config.dialect import OURS, Dialect
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.api import Api
from sdkwright.ir.graph import usage
from sdkwright.ir.models import Alias, Field, Object, Position, RootKind
from sdkwright.ir.operations import Argument, Operation, OperationKey, Overload, Parameter, Server
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import SHARED_PATH, ResourceNode, StreamConfig
from sdkwright.ir.types import DeclarationId, Named, UnionOf
from sdkwright.limits import Limits
from sdkwright.lower import related, security, streams, webhooks
from sdkwright.lower.bodies import Bodies, LoweredBody, stream_switch
from sdkwright.lower.dates import spell_out
from sdkwright.lower.nodes import Tree, as_list, as_mapping, as_text
from sdkwright.lower.parameters import Parameters, template_names
from sdkwright.lower.responses import Responses
from sdkwright.lower.scalars import is_constant
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.servers import client_servers, own_server
from sdkwright.lower.walk import RawOperation, operations

_SENT = frozenset({"query", "field", "body"})
"""The places of arguments that need more than the path and headers of a request."""
_NO_RESOURCES = ResourceNode("")


def lower(
    tree: Tree,
    wanted: Set[OperationKey],
    is_named: Callable[[str], bool],
    limits: Limits,
    diagnostics: Diagnostics,
    dialect: Dialect = OURS,
    resources: ResourceNode = _NO_RESOURCES,
) -> Api:
    """The typed API of the wanted operations, with every declaration that they and the `resources` reach."""
    schemas = Schemas(tree, limits, diagnostics, is_named, dialect)
    schemes = security.schemes(tree, diagnostics)
    known = frozenset(scheme.id for scheme in schemes)
    raw = list(operations(tree))
    _report_repeated_ids(raw, tree, diagnostics)
    if not raw and not as_mapping(tree.get("/webhooks")):
        diagnostics.warning(
            "document/no-operations",
            "the document has no operations; the client of the package has no methods",
            tree.locate("/paths"),
            "add operations under `paths`",
        )
    chosen = [item for item in raw if item.key in wanted]
    servers = client_servers(chosen, tree, diagnostics, trusted=dialect.path_servers)
    said = streams.configured(resources)
    linked = related.targets(raw)
    lowered = tuple(_operation(item, schemas, known, servers, said.get(item.key), linked) for item in chosen)
    unwraps = tuple(webhooks.unwrap(schemas, resources)) if dialect.unwrap_methods else ()
    events = () if dialect.unwrap_methods else webhooks.lower(schemas)
    listed = _listed(resources, schemas) if dialect.listed_models else {}
    schemas.finish()
    tree.folded.clear()
    info = as_mapping(tree.document.get("info"))
    api = Api(
        title=as_text(info.get("title")),
        version=as_text(info.get("version")),
        description=as_text(info.get("description")),
        servers=servers,
        operations=lowered,
        declarations=spell_out(dict(sorted(schemas.declarations.items()))),
        schemes=schemes,
        security=security.requirements(tree.document.get("security"), known),
        webhooks=events,
        webhook_event=webhooks.EVENT if events else None,
        operations_total=len(raw),
        unwraps=unwraps,
    )
    if dialect.shared_packages:
        api = replace(api, two_forms=frozenset(id for id, shared in listed.items() if shared))
    return replace(api, offered=_offered(api, listed))


def _listed(resources: ResourceNode, schemas: Schemas) -> dict[DeclarationId, bool]:
    """The models of a config, which are all lowered; whether each belongs to no resource."""
    found: dict[DeclarationId, bool] = {}
    for path, node in resources.walk():
        for model in node.models:
            pointer = model.pointer.removeprefix("#")
            schemas.named(pointer)
            found[pointer] = path == SHARED_PATH
    return found


def _offered(api: Api, listed: Mapping[DeclarationId, bool]) -> tuple[tuple[DeclarationId, Mode], ...]:
    """The forms that a package has for its users alone: shared models, and those that no operation needs."""
    used = {id for id, _ in usage(api).forms}
    used |= {operation.body.model for operation in api.operations if operation.body and operation.body.model}
    return tuple((id, Mode.MODEL) for id, shared in listed.items() if shared or id not in used)


def _operation(
    item: RawOperation,
    schemas: Schemas,
    known: frozenset[str],
    servers: tuple[Server, ...],
    stream: StreamConfig | None,
    linked: Mapping[str, OperationKey],
) -> Operation:
    position = Position(RootKind.PARAMS, f"{item.key}#params", item.key)
    parameters = Parameters(schemas, item, position).lower()
    body = Bodies(schemas, item, position).lower()
    responses = Responses(schemas, item).lower()
    arguments = _arguments(parameters, body.arguments if body else ())
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
        callbacks=related.callbacks(item, schemas),
        links=related.links(item, linked, schemas),
    )
    operation = streams.streamed(operation, responses.stream, stream, schemas)
    return _with_params(operation, position, parameters, body, schemas)


def _arguments(parameters: tuple[Parameter, ...], body: tuple[Argument, ...]) -> tuple[Argument, ...]:
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
            example=item.example,
        )
        for item in parameters
    ]
    path = [item for item in found if item.place == "path"]
    rest = [item for item in found if item.place != "path"] + list(body)
    return (*path, *sorted(rest, key=lambda item: not item.required))


def _with_params(
    operation: Operation,
    position: Position,
    parameters: tuple[Parameter, ...],
    body: LoweredBody | None,
    schemas: Schemas,
) -> Operation:
    """Declare the operation's arguments as one object, for callers who build them as a dict; as several if need be."""
    overloads: list[Overload] = []
    for variant in body.variants if body else ():
        arguments = _arguments(parameters, variant.arguments)
        inside = _fields(arguments, operation.positional, constants_required=True)
        id = variant.position.id
        schemas.declarations[id] = Object(id, variant.position, inside, variant.location, doc=variant.doc)
        overloads.append(Overload(id, arguments))
    if overloads:
        either = UnionOf(tuple(Named(each.params_id) for each in overloads))
        schemas.declarations[position.id] = Alias(position.id, position, either, operation.location)
        return replace(operation, params_id=position.id, overloads=tuple(overloads))
    if forms := streams.forms(operation, position):
        base, *ways = (each.params_id for _, each in forms)
        for place, each in forms:
            bases = (base,) if place.id in ways else ()
            inside = _fields(each.arguments, operation.positional, constants_required=bool(bases))
            schemas.declarations[place.id] = Object(place.id, place, inside, operation.location, bases)
        either = UnionOf(tuple(map(Named, ways)))
        schemas.declarations[position.id] = Alias(position.id, position, either, operation.location)
        return replace(operation, params_id=position.id, stream_forms=tuple(each for _, each in forms))
    inside = _fields(operation.arguments, operation.positional)
    sent = any(item.place in _SENT for item in operation.arguments)
    if not inside or (schemas.dialect.needed_params and not sent):
        return operation
    schemas.declarations[position.id] = Object(position.id, position, inside, operation.location)
    return replace(operation, params_id=position.id)


def _fields(
    arguments: tuple[Argument, ...], positional: str | None, *, constants_required: bool = False
) -> tuple[Field, ...]:
    """Arguments as the keys of a dict. A constant has itself as default, unless it tells one form from another."""
    return tuple(
        Field(
            wire=item.wire,
            type=item.type,
            required=item.required and (constants_required or item.place == "path" or not is_constant(item.type)),
            location=item.location,
            doc=item.doc,
            deprecated=item.deprecated,
        )
        for item in arguments
        if not (item.place == "path" and item.wire == positional)
    )


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
