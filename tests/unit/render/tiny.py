"""A small API made by hand that has one method of every kind, for tests of the package's plan and templates."""

from __future__ import annotations

from sdkwright.config import Config
from sdkwright.diagnostics import Location
from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Declaration, Field, Object, Position, RootKind
from sdkwright.ir.names import ClientNames, Names, ResourceNames
from sdkwright.ir.operations import (
    Argument,
    Body,
    BodyKind,
    ErrorResponse,
    Operation,
    Parameter,
    Response,
    ResponseKind,
    SchemeKind,
    SecurityScheme,
    Server,
)
from sdkwright.ir.symbols import Definition, Mode, Symbol, Symbols, TypeModule, TypePackage
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, ListOf, Named, Scalar, Type, union
from sdkwright.pages import Pages
from sdkwright.plan.package import PackagePlan, plan_package

HERE = Location("tiny.yaml")
INTEGER, BOOLEAN, FILE = Scalar(Kind.INTEGER), Scalar(Kind.BOOLEAN), Scalar(Kind.FILE)


def item(id_: str, *fields: Field, doc: str = "") -> Object:
    """An object declaration."""
    return Object(id_, Position(RootKind.COMPONENT, id_, id_), fields, HERE, doc=doc)


def field(wire: str, type_: Type, *, required: bool = True) -> Field:
    """A field of an object."""
    return Field(wire, type_, required, HERE)


DECLARATIONS: dict[str, Declaration] = {
    "Pet": item("Pet", field("id", STRING), field("petName", STRING), doc="A pet."),
    "Cat": item("Cat", field("kind", Choice(("cat",))), field("livesLeft", INTEGER)),
    "Dog": item("Dog", field("kind", Choice(("dog",))), field("friends", ListOf(Named("Pet")))),
    "Animal": Alias(
        "Animal",
        Position(RootKind.COMPONENT, "Animal", "Animal"),
        union(Named("Cat"), Named("Dog")),
        HERE,
    ),
    "PetList": item(
        "PetList",
        field("data", ListOf(Named("Pet"))),
        field("next_cursor", union(STRING, NULL), required=False),
    ),
    "Problem": item("Problem", field("message", STRING)),
}


def parameter(
    wire: str,
    place: str,
    type_: Type,
    *,
    required: bool = False,
    style: str = "",
    explode: bool | None = None,
) -> Argument:
    """An argument for a parameter, with the default style of its place."""
    usual = "form" if place in {"query", "cookie"} else "simple"
    given = Parameter(
        wire,
        place,  # type: ignore[arg-type]  # tests pass the literals
        type_,
        required,
        style or usual,  # type: ignore[arg-type]
        (usual == "form") if explode is None else explode,
        HERE,
    )
    return Argument(given.location_in, wire, type_, required, HERE, doc=f"The {wire}.", parameter=given)


def body_field(wire: str, type_: Type, *, required: bool = True, is_file: bool = False) -> Argument:
    """An argument for a property of a spread body."""
    return Argument("field", wire, type_, required, HERE, is_file=is_file)


def operation(key: str, *arguments: Argument, response: Response | None = None, **changes: object) -> Operation:
    """An operation; its path arguments make the last one positional."""
    method, path = key.split(" ")
    paths = [argument.wire for argument in arguments if argument.place == "path"]
    values: dict[str, object] = {
        "key": key,
        "method": method,
        "path": path,
        "operation_id": "",
        "tags": (),
        "summary": "",
        "description": "",
        "deprecated": False,
        "arguments": arguments,
        "body": None,
        "response": response or json(Named("Pet")),
        "errors": (),
        "security": None,
        "location": HERE,
        "positional": paths[-1] if paths else None,
        **changes,
    }
    return Operation(**values)  # type: ignore[arg-type]  # the keys are those of the class


def json(type_: Type) -> Response:
    """A JSON response."""
    return Response(ResponseKind.JSON, "application/json", type_, HERE)


def body(kind: BodyKind, media_type: str, type_: Type = ANY) -> Body:
    """A required request body."""
    return Body(kind, media_type, type_, True, HERE)


PET_ID = parameter("petId", "path", STRING, required=True)
OPERATIONS = (
    operation(
        "get /pets",
        parameter("cursor", "query", STRING),
        parameter("tags", "query", ListOf(STRING), explode=False),
        response=json(Named("PetList")),
        summary="List pets.",
    ),
    operation(
        "post /pets",
        body_field("petName", STRING),
        body_field("animal", Named("Animal"), required=False),
        body=body(BodyKind.JSON, "application/json"),
        errors=(ErrorResponse("4XX", Named("Problem")),),
        summary="Make a pet.",
        description="It lives until it is deleted.",
    ),
    operation("get /pets/{petId}", PET_ID, parameter("X-Trace", "header", STRING), summary="Fetch a pet."),
    operation(
        "delete /pets/{petId}",
        PET_ID,
        response=Response(ResponseKind.NONE, "", ANY, HERE),
        security=(("key",),),
    ),
    operation(
        "get /pets/{petId}/photo",
        PET_ID,
        response=Response(ResponseKind.BINARY, "image/png", FILE, HERE),
        deprecated=True,
    ),
    operation(
        "put /pets/{petId}/photo",
        PET_ID,
        body_field("caption", STRING, required=False),
        body_field("image", FILE, is_file=True),
        body=body(BodyKind.MULTIPART, "multipart/form-data"),
    ),
    operation(
        "put /pets/{petId}/raw",
        PET_ID,
        Argument("body", "body", FILE, True, HERE),
        body=body(BodyKind.RAW, "application/octet-stream", FILE),
        response=Response(ResponseKind.TEXT, "text/plain", STRING, HERE),
    ),
    operation(
        "get /events",
        response=Response(ResponseKind.SSE, "text/event-stream", Named("Animal"), HERE),
    ),
    operation(
        "post /chat",
        body_field("prompt", STRING),
        body_field("stream", union(BOOLEAN, NULL), required=False),
        body=body(BodyKind.JSON, "application/json"),
        response=json(Named("Animal")),
        stream_switch="stream",
        stream_type=Named("Pet"),
        stream_kind=ResponseKind.SSE,
    ),
    operation("head /pets", response=Response(ResponseKind.NONE, "", ANY, HERE)),
    operation("get /status", response=json(ListOf(STRING)), security=()),
)
METHODS = {
    "get /pets": "list",
    "post /pets": "create",
    "get /pets/{petId}": "retrieve",
    "delete /pets/{petId}": "delete",
    "get /pets/{petId}/photo": "download",
    "put /pets/{petId}/photo": "upload",
    "put /pets/{petId}/raw": "replace",
    "get /events": "watch",
    "post /chat": "chat",
    "head /pets": "check",
}
TREE = ResourceNode(
    "",
    methods=(MethodNode("status", "get /status"),),
    children=(
        ResourceNode(
            "pets",
            methods=tuple(MethodNode(name, key) for key, name in METHODS.items() if "/photo" not in key),
            children=(
                ResourceNode(
                    "photos",
                    methods=tuple(MethodNode(name, key) for key, name in METHODS.items() if "/photo" in key),
                ),
            ),
            doc="Pets of the house.",
        ),
    ),
)
API = Api(
    title="Tiny",
    version="1",
    description="An API of pets. It is small.",
    servers=(Server("https://tiny.example/v1", HERE),),
    operations=OPERATIONS,
    declarations=DECLARATIONS,
    schemes=(
        SecurityScheme("token", SchemeKind.BEARER, HERE),
        SecurityScheme("key", SchemeKind.API_KEY, HERE, name="X-Key"),
    ),
    security=(("token",), ("key",)),
    webhooks=(),
    operations_total=len(OPERATIONS),
)


def snake(wire: str) -> str:
    """Names as the naming stage would give them, as far as this API needs it."""
    return {
        "petId": "pet_id",
        "petName": "pet_name",
        "livesLeft": "lives_left",
        "X-Trace": "x_trace",
    }.get(wire, wire)


NAMES = Names(
    client=ClientNames("tiny", "tiny-sdk", "Tiny", "TINY", "Tiny"),
    symbols={},
    fields={d.id: tuple(snake(f.wire) for f in d.fields) for d in DECLARATIONS.values() if isinstance(d, Object)},
    keys={d.id: tuple(snake(f.wire) for f in d.fields) for d in DECLARATIONS.values() if isinstance(d, Object)},
    arguments={op.key: tuple(snake(argument.wire) for argument in op.arguments) for op in OPERATIONS},
    resources={
        ("pets",): ResourceNames("pets", "Pets", "resources.pets.pets"),
        ("pets", "photos"): ResourceNames("photos", "Photos", "resources.pets.photos"),
    },
)


def _module(id_: str, mode: Mode) -> Symbol:
    stem = "".join(f"_{char.lower()}" if char.isupper() else char for char in id_).lstrip("_")
    param = mode is Mode.PARAM
    return Symbol(f"{id_}Param" if param else id_, f"types.{stem}_param" if param else f"types.{stem}")


_TABLE = {(id_, mode): _module(id_, mode) for id_ in DECLARATIONS for mode in Mode}
SYMBOLS = Symbols(
    table=_TABLE,
    modules=tuple(
        TypeModule(symbol.module, (Definition(id_, mode, symbol),)) for (id_, mode), symbol in _TABLE.items()
    ),
    typed={},
    packages=(TypePackage("types", tuple(sorted(_TABLE.values(), key=lambda symbol: symbol.name))),),
)


def tiny_plan(
    config: Config | None = None, *, tree: ResourceNode = TREE, api: Api = API, names: Names = NAMES
) -> PackagePlan:
    """The plan of the package."""
    config = config or Config()
    return plan_package(api, tree, names, SYMBOLS, config, Pages.of(api, tree, config))
