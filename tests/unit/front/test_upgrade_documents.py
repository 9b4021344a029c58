"""The objects around schemas: versions, repairs and what 3.2 adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sdkwright.diagnostics import Refusal

if TYPE_CHECKING:
    from conftest import Front

INFO = "info: {title: T, version: '1'}\n"


def _upgraded(front: Front, content: str, version: str = "3.1.0") -> Any:
    return front.upgrade(f"openapi: {version}\n{INFO}{content}").document


def _operation(front: Front, content: str, version: str = "3.1.0") -> Any:
    return _upgraded(front, f"paths: {{/a: {{get: {{{content}}}}}}}\n", version)["paths"]["/a"]["get"]


@pytest.mark.parametrize("version", ["3.0.0", "3.1.0", "3.2.0", "3.1", "'3.0'", "3.0.0-rc1", "3"])
def test_every_supported_version_becomes_the_canonical_one(front: Front, version: str) -> None:
    assert _upgraded(front, "paths: {}\n", version)["openapi"] == "3.1.1"
    assert not front.codes


def test_a_newer_minor_version_is_read_with_a_warning(front: Front) -> None:
    assert _upgraded(front, "paths: {}\n", "3.9.0")["openapi"] == "3.1.1"
    assert front.codes == ["document/version"]


@pytest.mark.parametrize("version", ["1.2", "4.0.0", "latest", "[3]", "''", "99999999999999999999.1"])
def test_other_versions_are_refused(front: Front, version: str) -> None:
    with pytest.raises(Refusal):
        _upgraded(front, "paths: {}\n", version)
    assert front.codes == ["document/version"]


def test_missing_info_is_filled_in(front: Front) -> None:
    document: Any = front.upgrade("openapi: 3.1.0\npaths: {}\n").document
    assert document["info"] == {"title": "API", "version": "0.0.0"}
    assert set(front.codes) == {"document/info"}
    document = front.upgrade("openapi: 3.1.0\ninfo: {title: 5, version: 1.0}\n").document
    assert document["info"] == {"title": "5", "version": "1.0"}
    assert document["paths"] == {}


def test_empty_yaml_keys_are_as_good_as_absent(front: Front) -> None:
    document = _upgraded(
        front,
        "tags:\nservers:\nsecurity:\ncomponents:\n  schemas:\n  responses: {A: }\npaths:\n  /a:\n"
        "    get:\n      parameters:\n      responses:\n        '204':\n",
    )
    assert document["components"] == {"responses": {"A": {}}}
    assert document["paths"]["/a"]["get"] == {"responses": {"204": {}}}
    assert not front.codes


@pytest.mark.parametrize(
    ("path", "what"), [("/a?b=c", "has a query"), ("/a#b", "has a fragment"), ("/a#b?c", "fragment")]
)
def test_a_path_with_more_than_a_path_is_kept_with_a_warning(front: Front, path: str, what: str) -> None:
    document = _upgraded(front, f"paths:\n  '{path}': {{get: {{}}}}\n")
    assert list(document["paths"]) == [path]
    assert front.codes == ["document/path"]
    assert what in front.diagnostics.items[0].message


def test_statuses_are_repaired_and_keep_their_place_and_origin(front: Front) -> None:
    bundle = front.upgrade(
        f"openapi: 3.1.0\n{INFO}paths: {{/a: {{get: {{responses: {{'200': {{}}, 4xx: {{description: d}}, "
        "Default: {}, '2000': {}, x-note: {}}}}}\n"
    )
    document: Any = bundle.document
    assert list(document["paths"]["/a"]["get"]["responses"]) == ["200", "4XX", "default", "x-note"]
    assert front.codes == ["response/status"] * 3
    located = bundle.origins.locate("/paths/~1a/get/responses/4XX/description")
    assert located.pointer == "/paths/~1a/get/responses/4xx/description"


def test_paths_without_a_slash_get_one(front: Front) -> None:
    assert list(_upgraded(front, "paths: {a: {}, /b: {}, x-c: {}}\n")["paths"]) == [
        "/a",
        "/b",
        "x-c",
    ]
    assert front.codes == ["document/path"]


def test_examples_are_maps_outside_schemas(front: Front) -> None:
    operation = _operation(
        front,
        "parameters: [{name: a, in: query, schema: {}, example: 1}], responses: {'200': {content: {a/b: {example: 2}, "
        "c/d: {examples: [3]}, e/f: {examples: {x: {dataValue: 4}}}}}}",
    )
    assert operation["parameters"][0]["examples"] == {"default": {"value": 1}}
    content = operation["responses"]["200"]["content"]
    assert content["a/b"] == {"examples": {"default": {"value": 2}}}
    assert content["c/d"] == {"examples": {"example1": {"value": 3}}}
    assert content["e/f"] == {"examples": {"x": {"value": 4}}}


def test_parameters_written_the_old_way_get_a_schema(front: Front) -> None:
    operation = _operation(front, "parameters: [{name: a, in: query, type: array, items: {type: string}}]")
    assert operation["parameters"] == [{
        "name": "a", "in": "query", "schema": {"type": "array", "items": {"type": "string"}},
        "style": "form", "explode": False,
    }]  # fmt: skip
    assert front.codes == ["parameter/schema"]


def test_incomplete_parameters_are_errors_and_path_parameters_are_required(front: Front) -> None:
    operation = _operation(front, "parameters: [{in: query}, {name: a, in: body}, {name: b, in: path, schema: {}}]")
    assert front.codes == ["parameter/invalid", "parameter/invalid", "parameter/optional-path"]
    assert operation["parameters"][2]["required"] is True


def test_servers_and_security_are_put_into_shape(front: Front) -> None:
    document = _upgraded(
        front,
        "servers: [{url: 'https://{p}', variables: {p: {default: 8080, enum: [8080, true]}}}, 'http://b', {}]\n"
        "security: {a: }\ntags: [one, {name: two}]\n",
    )
    assert document["servers"] == [
        {"url": "https://{p}", "variables": {"p": {"default": "8080", "enum": ["8080", "true"]}}},
        {"url": "http://b"},
    ]
    assert document["security"] == [{"a": []}]
    assert document["tags"] == [{"name": "one"}, {"name": "two"}]
    assert front.codes == ["document/server"]


def test_an_empty_security_requirement_stays(front: Front) -> None:
    assert _operation(front, "security: [], tags: solo") == {"security": [], "tags": ["solo"]}
    assert _operation(front, "security: [{}, {a: [r]}]")["security"] == [{}, {"a": ["r"]}]


def test_methods_of_3_2_stand_in_additional_operations(front: Front) -> None:
    bundle = front.upgrade(
        f"openapi: 3.2.0\n{INFO}$self: https://e.com/a\npaths: {{/a: {{query: {{operationId: q}}, "
        "additionalOperations: {COPY: {operationId: c}, GET: {operationId: g}, 'b d': {}}}}\n"
    )
    document: Any = bundle.document
    item = document["paths"]["/a"]
    assert item == {
        "additionalOperations": {"COPY": {"operationId": "c"}, "QUERY": {"operationId": "q"}},
        "get": {"operationId": "g"},
    }
    assert "$self" not in bundle.document
    assert front.codes == ["document/method"]
    located = bundle.origins.locate("/paths/~1a/additionalOperations/QUERY/operationId")
    assert located.pointer == "/paths/~1a/query/operationId"


def test_what_3_2_adds_and_3_1_can_carry_is_kept(front: Front) -> None:
    document = _upgraded(
        front,
        "tags: [{name: a, parent: b, kind: nav, summary: s}]\ncomponents:\n  securitySchemes:\n"
        "    o: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: u, tokenUrl: t, scopes: {}}}}\n"
        "  mediaTypes: {M: {itemSchema: {type: string}}}\n"
        "paths: {/a: {get: {parameters: [{name: q, in: querystring, content: {a/b: {schema: {}}}}], "
        "responses: {'200': {content: {text/event-stream: {$ref: '#/components/mediaTypes/M'}}}}}}}\n",
        "3.2.0",
    )
    operation = document["paths"]["/a"]["get"]
    assert operation["responses"]["200"]["content"]["text/event-stream"] == {"itemSchema": {"type": "string"}}
    assert operation["parameters"][0]["in"] == "querystring"
    assert document["tags"][0]["parent"] == "b"
    assert "deviceAuthorization" in document["components"]["securitySchemes"]["o"]["flows"]
    assert not front.codes


def test_upgrading_a_canonical_document_changes_nothing(front: Front) -> None:
    content = (
        "paths: {/a: {get: {operationId: x, responses: {'200': {description: d, content: {a/b: {schema: "
        "{type: [string, 'null'], examples: [a], exclusiveMinimum: 1}}}}}}}}\n"
    )
    first = _upgraded(front, content)
    assert first["paths"]["/a"]["get"]["responses"]["200"]["content"]["a/b"]["schema"] == {
        "type": ["string", "null"], "examples": ["a"], "exclusiveMinimum": 1,
    }  # fmt: skip
    assert not front.codes
