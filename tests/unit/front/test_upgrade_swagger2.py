"""Swagger 2.0 documents in canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Front

HEAD = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"


def _upgraded(front: Front, content: str) -> Any:
    return front.upgrade(HEAD + content).document


def _operation(front: Front, content: str, more: str = "") -> Any:
    return _upgraded(front, f"{more}paths: {{/a: {{post: {{{content}}}}}}}\n")["paths"]["/a"]["post"]


@pytest.mark.parametrize(
    ("content", "servers"),
    [
        (
            "host: a.com\nbasePath: /v1\nschemes: [http, https, ws]\n",
            ["https://a.com/v1", "http://a.com/v1"],
        ),
        ("host: a.com\n", ["https://a.com"]),
        ("host: a.com:8080\nschemes: [http]\nbasePath: /\n", ["http://a.com:8080"]),
        ("basePath: /v1/\n", ["/v1"]),
    ],
)
def test_host_base_path_and_schemes_become_servers(front: Front, content: str, servers: list[str]) -> None:
    document = _upgraded(front, content + "paths: {}\n")
    assert [server["url"] for server in document["servers"]] == servers
    assert document.keys() == {"openapi", "info", "paths", "servers", "components"}


def test_a_body_parameter_becomes_a_request_body_for_each_media_type(front: Front) -> None:
    operation = _operation(
        front,
        "consumes: [application/json, a/b], parameters: [{name: b, in: body, required: true, description: d, "
        "schema: {type: object}}, {name: q, in: query, type: integer, minimum: 1}]",
    )
    assert operation["requestBody"] == {
        "description": "d", "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}, "a/b": {"schema": {"type": "object"}}},
    }  # fmt: skip
    assert operation["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "integer", "minimum": 1}}]


def test_form_fields_become_a_form_and_a_file_makes_it_multipart(front: Front) -> None:
    fields = (
        "{name: a, in: formData, type: string, required: true, description: d}, "
        "{name: l, in: formData, type: array, items: {type: string}, collectionFormat: multi}"
    )
    body = _operation(front, f"parameters: [{fields}]")["requestBody"]
    assert body == {"required": True, "content": {"application/x-www-form-urlencoded": {
        "schema": {"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string", "description": "d"}, "l": {"type": "array", "items": {"type": "string"}},
        }},
        "encoding": {"l": {"style": "form", "explode": True}},
    }}}  # fmt: skip
    body = _operation(front, "parameters: [{name: f, in: formData, type: file}]", "consumes: [application/json]\n")
    assert body["requestBody"]["content"] == {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"f": {"type": "string", "format": "binary"}},
            }
        }
    }
    assert not front.codes


@pytest.mark.parametrize(
    ("place", "written", "style", "explode"),
    [
        ("query", "", "form", False), ("query", "csv", "form", False), ("query", "multi", "form", True),
        ("query", "ssv", "spaceDelimited", False), ("query", "pipes", "pipeDelimited", False),
        ("path", "csv", "simple", False), ("header", "", "simple", False),
    ],
)  # fmt: skip
def test_collection_formats_become_styles(front: Front, place: str, written: str, style: str, explode: bool) -> None:
    collection = f", collectionFormat: {written}" if written else ""
    parameter = _operation(
        front,
        f"parameters: [{{name: a, in: {place}, required: true, type: array, items: {{type: string, "
        f"collectionFormat: csv}}{collection}}}]",
    )["parameters"][0]
    assert (parameter["style"], parameter["explode"]) == (style, explode)
    assert parameter["schema"] == {"type": "array", "items": {"type": "string"}}


def test_tab_separated_values_are_reported(front: Front) -> None:
    _operation(
        front,
        "parameters: [{name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}]",
    )
    assert front.codes == ["parameter/style"]


def test_responses_get_content_headers_and_examples(front: Front) -> None:
    operation = _operation(
        front,
        "produces: [application/json], responses: {200: {description: d, schema: {type: string}, examples: "
        "{application/json: hi}, headers: {X-N: {type: integer, description: n}}}, 204: {description: none}}",
    )
    assert operation["responses"] == {
        "200": {
            "description": "d",
            "content": {
                "application/json": {
                    "schema": {"type": "string"},
                    "examples": {"default": {"value": "hi"}},
                }
            },
            "headers": {"X-N": {"description": "n", "schema": {"type": "integer"}}},
        },
        "204": {"description": "none"},
    }


def test_a_file_response_is_binary(front: Front) -> None:
    operation = _operation(front, "responses: {200: {description: d, schema: {type: file}}}")
    assert operation["responses"]["200"]["content"] == {"*/*": {"schema": {"type": "string", "format": "binary"}}}


@pytest.mark.parametrize(("produces", "media_type"), [("application/json", "*/*"), ("text/csv", "text/csv")])
def test_a_file_is_not_taken_for_the_json_of_the_whole_api(front: Front, produces: str, media_type: str) -> None:
    operation = _operation(
        front, f"produces: [{produces}], responses: {{200: {{description: d, schema: {{type: file}}}}}}"
    )
    assert list(operation["responses"]["200"]["content"]) == [media_type]


def test_sections_move_and_references_follow(front: Front) -> None:
    bundle = front.upgrade(
        HEAD
        + """\
produces: [application/json]
definitions:
  Pet: {discriminator: kind, properties: {p: {$ref: '#/definitions/Pet'}, r: {$ref: '#/responses/Err/schema'}}}
parameters:
  limit: {name: limit, in: query, type: integer}
  body: {name: body, in: body, schema: {$ref: '#/definitions/Pet'}}
responses:
  Err: {description: e, schema: {$ref: '#/definitions/Pet'}}
paths:
  /a:
    post:
      parameters: [{$ref: '#/parameters/body'}, {$ref: '#/parameters/limit'}]
      responses: {400: {$ref: '#/responses/Err'}}
"""
    )
    document: Any = bundle.document
    operation = document["paths"]["/a"]["post"]
    pet = {"$ref": "#/components/schemas/Pet"}
    assert document["components"]["schemas"]["Pet"] == {
        "discriminator": {"propertyName": "kind"},
        "properties": {
            "p": pet,
            "r": {"$ref": "#/components/responses/Err/content/application~1json/schema"},
        },
    }
    assert operation["parameters"] == [{"$ref": "#/components/parameters/limit"}]
    assert operation["requestBody"] == {"content": {"application/json": {"schema": pet}}}
    assert operation["responses"] == {"400": {"$ref": "#/components/responses/Err"}}
    assert list(document["components"]["parameters"]) == ["limit"]
    locate = bundle.origins.locate
    assert locate("/components/schemas/Pet/properties").pointer == "/definitions/Pet/properties"
    assert locate("/components/responses/Err/content/application~1json/schema").pointer == "/responses/Err/schema"
    assert locate("/paths/~1a/post/parameters/0").pointer == "/paths/~1a/post/parameters/1"
    assert locate("/paths/~1a/post/requestBody").pointer == "/paths/~1a/post/parameters/0"


def test_a_shared_response_takes_the_media_types_of_an_operation_with_its_own(front: Front) -> None:
    operation = _operation(
        front,
        "produces: [text/csv], responses: {200: {$ref: '#/responses/R'}}",
        "produces: [application/json]\nresponses: {R: {description: d, schema: {type: string}}}\n",
    )
    assert operation["responses"]["200"] == {
        "description": "d",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }


def test_body_parameters_of_a_path_apply_to_its_operations(front: Front) -> None:
    document = _upgraded(
        front,
        "paths: {/a: {parameters: [{name: b, in: body, schema: {type: object}}, {name: q, in: query, type: string}], "
        "put: {}, post: {parameters: [{name: b, in: body, schema: {type: string}}]}}}\n",
    )
    item = document["paths"]["/a"]
    assert item["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    assert item["put"]["requestBody"]["content"]["application/json"]["schema"] == {"type": "object"}
    assert item["post"]["requestBody"]["content"]["application/json"]["schema"] == {"type": "string"}


def test_security_definitions_become_security_schemes(front: Front) -> None:
    document = _upgraded(
        front,
        "securityDefinitions: {b: {type: basic}, k: {type: apiKey, in: header, name: X}, o: {type: oauth2, "
        "flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {r: read}}}\npaths: {}\n",
    )
    assert document["components"]["securitySchemes"] == {
        "b": {"type": "http", "scheme": "basic"},
        "k": {"type": "apiKey", "in": "header", "name": "X"},
        "o": {"type": "oauth2", "flows": {"authorizationCode": {
            "authorizationUrl": "a", "tokenUrl": "t", "scopes": {"r": "read"},
        }}},
    }  # fmt: skip
