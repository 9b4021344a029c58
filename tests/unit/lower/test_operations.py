"""Operations: parameters, bodies, responses, security, servers, webhooks."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.diagnostics import Location, Severity
from sdkwright.ir.models import Alias, Object
from sdkwright.ir.operations import BodyKind, ResponseKind, SchemeKind
from sdkwright.ir.tree import MethodNode, ResourceNode, StreamConfig
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, Named, Scalar, UnionOf, union
from sdkwright.lower.heads import heads
from sdkwright.lower.nodes import Tree
from support.stages import JSON, Lowered, answering, lowered, obj, ref, taking

TEXT = {"type": "string"}
INTEGER = Scalar(Kind.INTEGER)
EVENT = "/components/schemas/Event"


def parameter(name: str, place: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": TEXT, **({"required": True} if place == "path" else {}), **more}


def parameters(path: str, *given: dict[str, Any]) -> Lowered:
    return lowered(paths={path: {"get": answering(TEXT, parameters=list(given))}})


def response(**statuses: Any) -> Lowered:
    found = {status.lstrip("_"): value for status, value in statuses.items()}
    return lowered(paths={"/a": {"get": {"responses": found}}})


def content(schema: Any, media_type: str = JSON) -> dict[str, Any]:
    return {"description": "", "content": {media_type: {"schema": schema}}}


def test_arguments_are_path_required_rest() -> None:
    given = [parameter("z", "query", required=True), parameter("a", "query"), parameter("b", "path")]
    operation = parameters("/{c}/x/{b}", *given, parameter("c", "path")).operation("get /{c}/x/{b}")
    assert [(item.place, item.wire) for item in operation.arguments] == [
        ("path", "c"),
        ("path", "b"),
        ("query", "z"),
        ("query", "a"),
    ]
    assert operation.positional == "b"


def test_an_undeclared_path_parameter_is_a_text_and_a_warning() -> None:
    api = parameters("/items/{item_id}")
    (argument,) = api.operation("get /items/{item_id}").arguments
    assert (argument.wire, argument.type, argument.required) == ("item_id", STRING, True)
    assert api.codes == ["parameter/undeclared"]


def test_a_path_parameter_that_the_path_does_not_name_is_left_out_with_a_warning() -> None:
    api = parameters("/items", parameter("item_id", "path"))
    assert api.operation("get /items").arguments == ()
    assert api.codes == ["parameter/not-in-path"]


def test_an_operation_overrides_a_parameter_of_its_path() -> None:
    item = {
        "parameters": [parameter("a", "query"), parameter("b", "query")],
        "get": answering(TEXT, parameters=[parameter("a", "query", schema={"type": "integer"})]),
    }
    operation = lowered(paths={"/x": item}).operation("get /x")
    assert [(each.wire, each.type) for each in operation.arguments] == [("a", INTEGER), ("b", STRING)]


@pytest.mark.parametrize(
    ("place", "style", "explode"),
    [("path", "simple", False), ("query", "form", True), ("header", "simple", False), ("cookie", "form", True)],
)
def test_style_and_explode_have_the_defaults_of_the_specification(place: str, style: str, explode: bool) -> None:
    found = parameters("/{p}", parameter("p", place), parameter("p", "path")).operation("get /{p}")
    given = next(item.parameter for item in found.arguments if item.place == place)
    assert given is not None
    assert (given.style, given.explode) == (style, explode)


def test_given_styles_are_kept_and_wrong_ones_reported() -> None:
    piped = parameter("a", "query", style="pipeDelimited", schema={"type": "array"})
    api = parameters("/x", piped, parameter("b", "query", style="matrix"))
    styles = {item.wire: item.parameter.style for item in api.operation("get /x").arguments if item.parameter}
    assert styles == {"a": "pipeDelimited", "b": "form"}
    assert api.codes == ["parameter/style"]


def test_a_content_parameter_has_its_media_type() -> None:
    given = {"name": "f", "in": "query", "content": {JSON: {"schema": obj(a=TEXT)}}}
    (argument,) = parameters("/x", given).operation("get /x").arguments
    assert argument.parameter is not None
    assert argument.parameter.content_type == JSON


def test_headers_that_other_parts_of_a_document_define_are_ignored() -> None:
    given = [parameter(name, "header") for name in ("Accept", "Content-Type", "Authorization", "X-Trace")]
    assert [item.wire for item in parameters("/x", *given).operation("get /x").arguments] == ["X-Trace"]


def test_a_whole_query_string_that_is_a_form_is_an_exploded_object() -> None:
    form = "application/x-www-form-urlencoded"
    given = {"name": "q", "in": "querystring", "content": {form: {"schema": obj(a=TEXT)}}}
    (argument,) = parameters("/x", given).operation("get /x").arguments
    assert argument.parameter is not None
    assert (argument.place, argument.parameter.style, argument.parameter.explode) == ("query", "form", True)
    assert argument.parameter.content_type is None
    assert isinstance(argument.type, Named)


def test_a_whole_query_string_that_is_no_form_is_left_out_with_a_warning() -> None:
    given = {"name": "q", "in": "querystring", "content": {JSON: {"schema": obj(a=TEXT)}}}
    api = parameters("/x", given)
    assert api.operation("get /x").arguments == ()
    assert api.codes == ["parameter/querystring"]


def test_a_parameter_and_a_property_of_one_name_keep_their_own_types() -> None:
    operation = taking(obj(filter=obj(a=TEXT)), parameters=[parameter("filter", "query", schema=obj(b=TEXT))])
    api = lowered(paths={"/x": {"post": operation}})
    wires = {}
    for argument in api.operation("post /x").arguments:
        assert isinstance(argument.type, Named)
        found = api.api.declarations[argument.type.id]
        assert isinstance(found, Object)
        wires[argument.place] = found.fields[0].wire
    assert wires == {"query": "b", "field": "a"}


def test_json_is_preferred_and_the_others_are_noted() -> None:
    media = {"text/plain": {"schema": TEXT}, JSON: {"schema": obj(a=TEXT)}, "multipart/form-data": {"schema": {}}}
    api = lowered(paths={"/x": {"post": {"requestBody": {"content": media}, "responses": {}}}})
    body = api.operation("post /x").body
    assert body is not None
    assert (body.kind, body.media_type) == (BodyKind.JSON, JSON)
    assert body.alternatives == ("multipart/form-data", "text/plain")
    assert api.codes == ["body/media-types"]


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/json", BodyKind.JSON),
        ("application/merge-patch+json; charset=utf-8", BodyKind.JSON),
        ("multipart/form-data", BodyKind.MULTIPART),
        ("application/x-www-form-urlencoded", BodyKind.FORM),
        ("application/octet-stream", BodyKind.RAW),
        ("text/csv", BodyKind.RAW),
    ],
)
def test_the_kind_of_a_body_follows_its_media_type(media_type: str, kind: BodyKind) -> None:
    body = lowered(paths={"/x": {"post": taking(TEXT, media_type)}}).operation("post /x").body
    assert body is not None
    assert body.kind is kind


def test_properties_of_an_object_body_become_arguments() -> None:
    schema = obj(["b"], a=TEXT, b=TEXT, c={"type": "string", "readOnly": True})
    operation = lowered(schemas={"New": schema}, paths={"/x": {"post": taking(ref("New"))}}).operation("post /x")
    assert [(item.place, item.wire, item.required) for item in operation.arguments] == [
        ("field", "b", True),
        ("field", "a", False),
    ]
    assert operation.body is not None
    assert operation.body.spread == operation.params_id == "post /x#params"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": TEXT},
        {"type": "object", "additionalProperties": TEXT},
        {"oneOf": [obj(a=TEXT), obj(b=TEXT)]},
        {"enum": ["a"]},
        {},
    ],
)
def test_any_other_body_is_one_argument(schema: dict[str, Any]) -> None:
    operation = lowered(paths={"/x": {"post": taking(schema)}}).operation("post /x")
    (argument,) = operation.arguments
    assert (argument.place, argument.required) == ("body", True)
    assert operation.body is not None
    assert operation.body.spread is None


def test_a_body_or_null_is_spread_unless_it_requires_something() -> None:
    def places(schema: dict[str, Any]) -> list[str]:
        either = {"anyOf": [ref("New"), {"type": "null"}]}
        paths = {"/x": {"post": taking(either, required=False)}}
        return [item.place for item in lowered(schemas={"New": schema}, paths=paths).operation("post /x").arguments]

    assert places(obj(a=TEXT, b=TEXT)) == ["field", "field"]
    assert places(obj(["a"], a=TEXT, b=TEXT)) == ["body"]


def test_raw_bodies_are_text_or_bytes() -> None:
    def type_of(media_type: str) -> object:
        return lowered(paths={"/x": {"post": taking({}, media_type)}}).operation("post /x").arguments[0].type

    assert type_of("text/csv") == type_of("application/xml") == STRING
    assert type_of("application/octet-stream") == type_of("image/png") == Scalar(Kind.CONTENT)


def test_files_of_a_multipart_body_are_marked() -> None:
    file = {"type": "string", "format": "binary"}
    schema = obj(file=file, files={"type": "array", "items": file}, name=TEXT)
    operation = lowered(paths={"/x": {"post": taking(schema, "multipart/form-data")}}).operation("post /x")
    assert {item.wire: item.is_file for item in operation.arguments} == {"file": True, "files": True, "name": False}


def test_no_content_is_no_response() -> None:
    assert response(_204={"description": ""}).operation("get /a").response.kind is ResponseKind.NONE


def test_the_first_success_with_a_body_counts() -> None:
    found = response(_204={"description": ""}, _201=content({"type": "integer"})).operation("get /a").response
    assert (found.status, found.kind, found.type) == ("201", ResponseKind.JSON, Named("get /a#response"))


def test_two_successes_are_a_union() -> None:
    api = response(_200=content(obj(a=TEXT)), _202=content(obj(b=TEXT)))
    assert api.operation("get /a").response.type == Named("get /a#response")
    joined = api.api.declarations["get /a#response"]
    assert not isinstance(joined, Object)
    assert joined.type == union(Named("get /a#response-200"), Named("get /a#response-202"))


def test_two_successes_with_one_schema_are_one_type() -> None:
    api = response(_200=content(obj(a=TEXT)), _201=content(obj(a=TEXT)))
    assert list(api.api.declarations) == ["get /a#response"]


def test_default_is_the_answer_where_nothing_else_is_declared() -> None:
    alone = response(default=content(TEXT)).operation("get /a")
    assert (alone.response.kind, alone.errors) == (ResponseKind.JSON, ())
    beside = response(default=content(obj(message=TEXT)), _404={"description": ""}).operation("get /a")
    assert beside.response.kind is ResponseKind.NONE
    assert [error.status for error in beside.errors] == ["default"]


def test_errors_have_their_status_or_range_and_share_components() -> None:
    shared = {"NotFound": content(obj(message=TEXT))}
    operation = {"responses": {"204": {"description": ""}, "4xx": {"$ref": "#/components/responses/NotFound"}}}
    api = lowered(paths={"/a": {"get": operation}, "/b": {"get": operation}}, components={"responses": shared})
    assert [error.status for error in api.operation("get /a").errors] == ["4XX"]
    assert api.operation("get /a").errors == api.operation("get /b").errors
    assert list(api.api.declarations) == ["/components/responses/NotFound"]


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/problem+json", ResponseKind.JSON),
        ("*/*", ResponseKind.JSON),
        ("text/event-stream; charset=utf-8", ResponseKind.SSE),
        ("application/x-ndjson", ResponseKind.JSON_LINES),
        ("application/jsonl", ResponseKind.JSON_LINES),
        ("text/html", ResponseKind.TEXT),
        ("application/atom+xml", ResponseKind.TEXT),
        ("application/pdf", ResponseKind.BINARY),
    ],
)
def test_the_kind_of_a_response_follows_its_media_type(media_type: str, kind: ResponseKind) -> None:
    assert response(_200=content(TEXT, media_type)).operation("get /a").response.kind is kind


def test_a_stream_beside_json_needs_a_switch_in_the_body() -> None:
    media = {JSON: {"schema": obj(a=TEXT)}, "text/event-stream": {"schema": obj(delta=TEXT)}}
    answer = {"responses": {"200": {"description": "", "content": media}}}
    on = taking(obj(stream={"type": ["boolean", "null"]})) | answer
    off = taking(obj(other=TEXT)) | answer
    api = lowered(paths={"/on": {"post": on}, "/off": {"post": off}})
    switched = api.operation("post /on")
    assert (switched.stream_switch, switched.stream_kind) == ("stream", ResponseKind.SSE)
    assert switched.stream_type == Named("post /on#event")
    assert api.operation("post /off").stream_switch is None
    assert api.operation("post /off").response.kind is ResponseKind.JSON


def configured(stream: StreamConfig, **answer: Any) -> Lowered:
    """The operation `post /on` with a stream as a config describes it, and the model of one event."""
    body = obj(["prompt"], prompt=TEXT, live={"type": "boolean"})
    methods = (MethodNode("create", "post /on", stream=stream),)
    operation = taking(body) | {
        "responses": {"200": {"description": "", "content": answer or {JSON: {"schema": TEXT}}}}
    }
    return lowered(
        schemas={"Event": obj(delta=TEXT)}, paths={"/on": {"post": operation}}, resources=ResourceNode("", methods)
    )


def test_a_switch_of_the_config_streams_the_events_that_it_names() -> None:
    operation = configured(StreamConfig("live", EVENT)).operation("post /on")
    assert (operation.stream_switch, operation.stream_kind) == ("live", ResponseKind.SSE)
    assert operation.stream_type == Named(EVENT)


def test_a_stream_of_the_config_without_a_switch_is_always_a_stream() -> None:
    operation = configured(StreamConfig(None, EVENT)).operation("post /on")
    assert (operation.response.kind, operation.response.type) == (ResponseKind.SSE, Named(EVENT))
    assert not operation.stream_forms


def test_the_model_of_the_config_takes_the_place_of_the_events_of_the_document() -> None:
    lines = {"application/jsonl": {"itemSchema": obj(other=TEXT)}}
    operation = configured(StreamConfig(None, EVENT), **lines).operation("post /on")
    assert (operation.response.kind, operation.response.type) == (ResponseKind.JSON_LINES, Named(EVENT))


def test_a_switch_gives_the_arguments_in_two_forms_with_a_common_base() -> None:
    api = configured(StreamConfig("live", EVENT))
    operation = api.operation("post /on")
    base, off, on = (api.api.declarations[form.params_id] for form in operation.stream_forms)
    assert isinstance(base, Object) and isinstance(off, Object) and isinstance(on, Object)
    assert [field.wire for field in base.fields] == ["prompt"]
    assert off.bases == on.bases == (base.id,)
    assert [(field.type, field.required) for field in (*off.fields, *on.fields)] == [
        (Choice((False,)), False),
        (Choice((True,)), True),
    ]
    assert operation.params_id is not None
    whole = api.api.declarations[operation.params_id]
    assert isinstance(whole, Alias) and whole.type == UnionOf((Named(off.id), Named(on.id)))


def test_items_of_a_stream_come_from_the_item_schema() -> None:
    entry = {"itemSchema": obj(line=TEXT), "schema": {"type": "array", "items": TEXT}}
    found = response(_200={"description": "", "content": {"application/jsonl": entry}}).operation("get /a").response
    assert (found.kind, found.type) == (ResponseKind.JSON_LINES, Named("get /a#response"))


def test_anything_as_an_answer_needs_no_name() -> None:
    api = response(_200=content({}))
    assert api.operation("get /a").response.type == ANY
    assert api.api.declarations == {}


def test_security_schemes_by_kind() -> None:
    flows = {"clientCredentials": {"tokenUrl": "https://a.test/token", "scopes": {"b": "", "a": ""}}}
    schemes = {
        "basic": {"type": "http", "scheme": "Basic"},
        "bearer": {"type": "http", "scheme": "bearer"},
        "digest": {"type": "http", "scheme": "digest"},
        "key": {"type": "apiKey", "in": "cookie", "name": "sid"},
        "oauth": {"type": "oauth2", "flows": flows},
        "code": {"type": "oauth2", "flows": {"authorizationCode": {}}},
        "oidc": {"type": "openIdConnect"},
        "tls": {"type": "mutualTLS"},
    }
    api = lowered(schemas={"X": TEXT}, components={"securitySchemes": schemes})
    found = {scheme.id: scheme for scheme in api.api.schemes}
    assert {id: scheme.kind for id, scheme in found.items()} == {
        "basic": SchemeKind.BASIC,
        "bearer": SchemeKind.BEARER,
        "digest": SchemeKind.API_KEY,
        "key": SchemeKind.API_KEY,
        "oauth": SchemeKind.OAUTH2_CLIENT_CREDENTIALS,
        "code": SchemeKind.BEARER,
        "oidc": SchemeKind.BEARER,
    }
    assert (found["key"].location_in, found["key"].name) == ("cookie", "sid")
    assert (found["oauth"].token_url, found["oauth"].scopes) == ("https://a.test/token", ("a", "b"))
    assert api.codes == ["security/by-hand"] * 3 + ["security/unsupported"]


def test_requirements_are_alternatives_of_schemes_together() -> None:
    schemes = {"a": {"type": "http", "scheme": "bearer"}, "b": {"type": "http", "scheme": "basic"}}
    paths = {
        "/own": {"get": answering(TEXT, security=[{"b": [], "a": []}, {}])},
        "/none": {"get": answering(TEXT, security=[])},
        "/default": {"get": answering(TEXT)},
        "/unknown": {"get": answering(TEXT, security=[{"zzz": []}, {"a": []}])},
        "/partly": {"get": answering(TEXT, security=[{"zzz": []}, {"zzz": [], "b": []}])},
    }
    api = lowered(paths=paths, components={"securitySchemes": schemes}, security=[{"a": []}])
    assert api.api.security == (("a",),)
    assert api.operation("get /own").security == (("a", "b"), ())
    assert api.operation("get /none").security == ()
    assert api.operation("get /default").security is None
    assert api.operation("get /unknown").security == (("a",),)
    assert api.operation("get /partly").security == (("b",),)


def test_servers_with_their_variables() -> None:
    variables = {"region": {"default": "eu", "enum": ["eu", "us"], "description": "Where."}}
    api = lowered(schemas={"X": TEXT}, servers=[{"url": "https://{region}.a.test", "variables": variables}, {}])
    (server,) = api.api.servers
    assert (server.url, server.location.pointer) == ("https://{region}.a.test", "/servers/0")
    (variable,) = server.variables
    assert (variable.name, variable.default, variable.choices) == ("region", "eu", ("eu", "us"))


def test_servers_of_paths_and_operations_are_reported() -> None:
    elsewhere = [{"url": "https://other.test"}]
    paths = {"/a": {"servers": elsewhere, "get": answering(TEXT)}, "/b": {"get": answering(TEXT, servers=elsewhere)}}
    api = lowered(paths=paths, servers=[{"url": "https://a.test"}])
    assert api.codes == ["server/override", "server/override"]


def test_servers_that_only_paths_name_are_the_servers_of_the_document() -> None:
    usual, other = ([{"url": f"https://{name}.test"}] for name in ("usual", "other"))
    paths = {f"/{number}": {"servers": usual, "get": answering(TEXT)} for number in range(2)}
    api = lowered(paths=paths | {"/x": {"servers": other, "get": answering(TEXT)}})
    assert [server.url for server in api.api.servers] == ["https://usual.test"]
    assert [item.location.pointer for item in api.diagnostics.items] == ["/paths/~1x/servers"]


def test_webhooks_are_the_types_of_their_payloads() -> None:
    hook = {"post": taking(ref("Pet"), summary="A pet came.")}
    media = {"application/xml": {"schema": TEXT}, JSON: {"schema": obj(id=TEXT)}}
    inline = {"post": {"requestBody": {"content": media}, "responses": {}}}
    api = lowered(schemas={"Pet": obj(id=TEXT)}, paths={}, webhooks={"newPet": hook, "gone": inline})
    gone, new = api.api.webhooks
    assert (new.name, new.type, new.doc) == ("newPet", Named("/components/schemas/Pet"), "A pet came.")
    assert gone.name == "gone"
    assert isinstance(gone.type, Named)
    assert isinstance(api.api.declarations[gone.type.id], Object)
    assert api.object("Pet")
    event = api.api.declarations[api.api.webhook_event or ""]
    assert isinstance(event, Alias) and event.type == UnionOf((gone.type, new.type))
    assert api.codes == ["webhook/signature"]


def test_repeated_operation_ids_are_reported_and_kept() -> None:
    paths = {path: {"get": answering(TEXT, operationId="same")} for path in ("/a", "/b")}
    api = lowered(paths=paths)
    assert len(api.api.operations) == 2
    assert api.codes == ["operation/duplicate-id"]
    assert api.diagnostics.items[0].location.pointer == "/paths/~1b/get/operationId"


def test_operations_are_in_an_order_of_their_own_and_all_counted() -> None:
    paths = {"/b": {"post": answering(TEXT), "get": answering(TEXT)}, "/a": {"delete": answering(TEXT)}}
    api = lowered(paths=paths)
    assert [item.key for item in api.api.operations] == ["delete /a", "get /b", "post /b"]
    assert api.api.operations_total == 3


def test_heads_know_what_a_get_lists() -> None:
    paths = {
        "/array": {"get": answering({"type": "array", "items": TEXT})},
        "/page": {"get": answering(ref("Page"), tags=["Pages"], summary="Pages.")},
        "/one": {"get": answering(obj(a=TEXT))},
        "/made": {"post": answering({"type": "array", "items": TEXT}, requestBody={"content": {}})},
    }
    page = obj(data={"type": "array", "items": TEXT}, more=TEXT)
    document = {"paths": paths, "components": {"schemas": {"Page": page}}}
    found = {item.path: item for item in heads(Tree(document, lambda pointer: Location("a", pointer)))}
    assert {path: item.returns_list for path, item in found.items()} == {
        "/array": True,
        "/page": True,
        "/one": False,
        "/made": False,
    }
    assert found["/made"].has_body
    assert (found["/page"].tags, found["/page"].summary) == (("Pages",), "Pages.")


def test_a_success_without_a_body_beside_one_makes_the_result_optional() -> None:
    empty = {"description": ""}
    assert response(_200=content(TEXT), _204=empty).operation("get /a").response.or_none
    assert not response(_200=content(TEXT), _404=empty).operation("get /a").response.or_none
    assert not response(_200=content(TEXT), _201=content(TEXT)).operation("get /a").response.or_none
    assert not response(_202=empty, _204=empty).operation("get /a").response.or_none


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        ([{"url": "https://b.example"}, {"url": "https://c.example"}], "https://b.example"),
        ([{"url": "https://{x}.example", "variables": {"x": {"default": "d"}}}], "https://d.example"),
        ([{"url": "/v2"}], "/v2"),
        ([{"url": "https://a.example"}], None),
        ([{"url": "https://b.example"}, {"url": "https://a.example"}], None),
        ([], None),
    ],
)
def test_a_server_of_an_operations_own_is_known(servers: list[Any], expected: str | None) -> None:
    operation = answering(TEXT, **({"servers": servers} if servers else {}))
    api = lowered(paths={"/a": {"get": operation}}, servers=[{"url": "https://a.example"}])
    assert api.operation("get /a").server == expected
    assert api.codes == (["server/override"] if expected else [])
    told = [item.severity for item in api.diagnostics.items]
    assert told == ([Severity.WARNING if expected == "/v2" else Severity.NOTE] if expected else [])


def stream_of(item: Any) -> Any:
    media_type = {"text/event-stream": {"itemSchema": item}}
    api = response(_200={"description": "", "content": media_type})
    return api.api.declarations.get("get /a#response"), api.operation("get /a").response.type


def test_an_event_whose_data_has_a_schema_is_read_as_that() -> None:
    data = {"type": "string", "contentMediaType": JSON, "contentSchema": obj(["title"], title=TEXT)}
    declaration, _ = stream_of(obj(["data"], event=TEXT, data=data))
    assert isinstance(declaration, Object)
    assert [field.wire for field in declaration.fields] == ["title"]


def test_events_of_several_kinds_are_the_union_of_their_data() -> None:
    def event(name: str, **fields: Any) -> Any:
        return {"properties": {"event": {"const": name}, "data": {"contentSchema": obj(**fields)}}}

    item = {"type": "object", "oneOf": [event("a", x=TEXT), event("b", y=TEXT), {"properties": {"event": TEXT}}]}
    declaration, _ = stream_of(item)
    assert isinstance(declaration, Alias)
    assert isinstance(declaration.type, UnionOf)
    assert len(declaration.type.members) == 2


@pytest.mark.parametrize("media_type", [JSON, "text/csv", "application/pdf"])
def test_raw_bytes_are_binary_whatever_their_media_type(media_type: str) -> None:
    api = response(_200=content({"type": "string", "format": "binary"}, media_type))
    assert api.operation("get /a").response.kind is ResponseKind.BINARY


def test_text_that_is_an_image_is_a_file_in_a_multipart_body_alone() -> None:
    image = {"type": "string", "contentMediaType": "image/png"}
    fields = obj(
        image=image, many={"type": "array", "items": image}, note={"type": "string", "contentMediaType": "text/plain"}
    )
    paths = {"/a": {"post": taking(fields, "multipart/form-data")}, "/b": {"post": taking(fields)}}
    api = lowered(paths=paths)
    files = {item.wire: item.is_file for item in api.operation("post /a").arguments}
    assert files == {"image": True, "many": True, "note": False}
    assert {item.wire: item.is_file for item in api.operation("post /b").arguments} == dict.fromkeys(files, False)


def test_parts_of_a_multipart_body_know_their_media_type() -> None:
    operation = taking(obj(meta=obj(a=TEXT), icon=TEXT, rest=TEXT), "multipart/form-data")
    encoding = {"meta": {"contentType": JSON}, "icon": {"contentType": "image/png, image/*"}, "rest": {}}
    operation["requestBody"]["content"]["multipart/form-data"]["encoding"] = encoding
    arguments = lowered(paths={"/a": {"post": operation}}).operation("post /a").arguments
    assert {item.wire: item.part_type for item in arguments} == {"meta": JSON, "icon": "image/png", "rest": None}


@pytest.mark.parametrize("media_type", ["not a media type", "text", "text/a b", "text/\u00e9"])
def test_what_is_no_media_type_is_never_sent_as_one(media_type: str) -> None:
    api = lowered(paths={"/a": {"post": taking(TEXT, media_type)}})
    body = api.operation("post /a").body
    assert body is not None
    assert (body.media_type, body.kind) == ("application/octet-stream", BodyKind.RAW)
    assert api.codes == ["media/type"]


def test_xml_is_text_and_a_warning() -> None:
    api = lowered(paths={"/a": {"post": taking(obj(a=TEXT), "application/xml")}})
    assert api.operation("post /a").body is not None
    assert api.codes == ["media/structured"]
    assert response(_200=content(obj(a=TEXT), "application/xml")).codes == ["media/structured"]


def test_media_types_that_are_not_asked_for_are_a_note() -> None:
    both = {"description": "", "content": {JSON: {"schema": TEXT}, "text/plain": {}, "text/event-stream": {}}}
    assert response(_200=both).codes == ["response/media-types"]
    assert response(_200=content(TEXT), _201=content(TEXT, "text/plain")).codes == ["response/media-types"]


def test_a_document_without_operations_is_a_warning() -> None:
    assert lowered(paths={}).codes == ["document/no-operations"]


def test_a_head_holds_what_the_document_says_of_its_place() -> None:
    operation = answering(TEXT, **{"x-sdkwright-resource": "chat.completions", "x-sdkwright-method": "create"})
    document = {"paths": {"/a": {"get": operation}, "/b": {"get": answering(TEXT, **{"x-sdkwright-method": 3})}}}
    first, second = heads(Tree(document, lambda pointer: Location("api.yaml", pointer)))
    assert (first.resource, first.name) == ("chat.completions", "create")
    assert (second.resource, second.name) == ("", "")


def test_an_answer_that_is_a_schema_or_null_has_no_name_of_its_own() -> None:
    either = {"anyOf": [ref("Pet"), {"type": "null"}]}
    inline = {"type": ["object", "null"], "properties": {"id": TEXT}}
    paths = {"/a": {"get": answering(either)}, "/b": {"get": answering(inline)}}
    api = lowered(paths=paths, schemas={"Pet": obj(id=TEXT)})
    assert api.operation("get /a").response.type == union(Named("/components/schemas/Pet"), NULL)
    assert api.operation("get /b").response.type == union(Named("get /b#response"), NULL)
    assert isinstance(api.api.declarations["get /b#response"], Object)


def test_parameters_that_cannot_be_what_they_say_are_told() -> None:
    token = parameter("Authorization", "header")
    optional = {"name": "id", "in": "path", "schema": TEXT}
    get = answering(TEXT, parameters=[token, optional])
    api = lowered(paths={"/a/{id}": {"get": get}})
    assert [(item.severity, item.code, item.location.pointer) for item in api.diagnostics.items] == [
        (Severity.WARNING, "parameter/optional-path", "/paths/~1a~1{id}/get/parameters/1"),
        (Severity.NOTE, "parameter/ignored", "/paths/~1a~1{id}/get/parameters/0"),
    ]
    assert [item.wire for item in api.operation("get /a/{id}").arguments] == ["id"]
