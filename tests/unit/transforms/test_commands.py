"""Each command: what it changes, and that nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sdkwright.diagnostics import Severity

if TYPE_CHECKING:
    from conftest import Transforming

DOCUMENT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /users:
    get: {summary: List, parameters: [{name: limit, schema: {type: number}}, {name: after, schema: {type: string}}]}
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}
  /other:
    put: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}
components:
  schemas:
    User: {type: object, required: [id], properties: {id: {type: string}, next: {$ref: '#/components/schemas/User'}}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/User'}]
      discriminator: {propertyName: k, mapping: {u: '#/components/schemas/User', v: '#/components/schemas/User2'}}
"""
BODY = "$.paths.*.*.requestBody.content['application/json'].schema"


def schemas(data: dict[str, Any]) -> dict[str, Any]:
    return data["components"]["schemas"]


def test_remove_takes_nodes_and_several_items_of_one_array(transformed: Transforming) -> None:
    data = transformed(DOCUMENT, "{command: remove, args: {target: [$.info.version, \"$.tags[?(@.name != 'b')]\"]}}")
    assert data["info"] == {"title": "T"}
    assert data["tags"] == [{"name": "b"}]
    assert not transformed.said


def test_remove_with_keys_takes_members_of_the_targets(transformed: Transforming) -> None:
    data = transformed(DOCUMENT, "{command: remove, args: {target: $.components.schemas.*, keys: [required, type]}}")
    assert set(schemas(data)["User"]) == {"properties"}
    assert set(schemas(data)["Pet"]) == {"oneOf", "discriminator"}


def test_update_replaces_every_target_with_a_value_of_its_own(transformed: Transforming) -> None:
    step = "{command: update, reason: why, args: {target: '$..parameters[*].schema', value: {type: integer}}}"
    data: Any = transformed(DOCUMENT, step)
    first, second = (each["schema"] for each in data["paths"]["/users"]["get"]["parameters"])
    assert first == second == {"type": "integer"}
    assert first is not second


def test_update_sets_null_and_false_as_they_are(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: update, args: {target: $.info.title, value: null}}",
        "{command: update, args: {target: $.info.version, value: false}}",
    )
    assert data["info"] == {"title": None, "version": False}


def test_update_with_a_template_keeps_the_old_text(transformed: Transforming) -> None:
    data: Any = transformed(
        DOCUMENT,
        "{command: update, args: {target: $.paths./users.get.summary, value: '[{{value}}] old', template: true}}",
    )
    assert data["paths"]["/users"]["get"]["summary"] == "[List] old"


def test_update_replaces_schemas_equal_to_a_named_one_but_not_those_ignored(transformed: Transforming) -> None:
    same = "{matches_schema: '$.paths./users.post.requestBody.content[*].schema', ignore: $.paths./users}"
    data: Any = transformed(DOCUMENT, f"{{command: update, args: {{target: [{same}], value: {{$ref: '#/x'}}}}}}")
    content = [
        data["paths"][path][verb]["requestBody"]["content"] for path, verb in (("/users", "post"), ("/other", "put"))
    ]
    assert [each["application/json"]["schema"].get("$ref") for each in content] == [None, "#/x"]


def test_merge_goes_into_objects_and_replaces_arrays(transformed: Transforming) -> None:
    value = "{required: [name], properties: {name: {type: string}}}"
    data = transformed(DOCUMENT, f"{{command: merge, args: {{target: $.components.schemas.User, value: {value}}}}}")
    assert schemas(data)["User"]["required"] == ["name"]
    assert list(schemas(data)["User"]["properties"]) == ["id", "next", "name"]


def test_append_adds_members_to_objects_and_items_to_arrays(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: append, args: {target: $.components.schemas.User.properties, value: {name: {type: string}}}}",
        "{command: append, args: {target: $.components.schemas.User.required, value: name}}",
        "{command: append, args: {target: $.tags, value: [{name: d}, {name: e}]}}",
    )
    assert schemas(data)["User"]["properties"]["name"] == {"type": "string"}
    assert schemas(data)["User"]["required"] == ["id", "name"]
    assert data["tags"] == [{"name": name} for name in "abcde"]


def test_append_says_so_when_the_document_has_been_corrected(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: append, args: {target: $.components.schemas.User.properties, value: {id: {type: integer}}}}",
        "{command: append, args: {target: $.components.schemas.User.required, value: id}}",
    )
    assert schemas(data)["User"]["properties"]["id"] == {"type": "string"}
    assert schemas(data)["User"]["required"] == ["id"]
    assert transformed.said == [("transforms/exists", f"/openapi/transforms/{n}/args/value") for n in (0, 1)]


def test_copy_puts_a_value_under_new_and_existing_keys(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: copy, args: {from: $.components.schemas.User, "
        "to: [$.components.schemas.Copy, $.components.schemas.It's]}}",
    )
    assert schemas(data)["Copy"] == schemas(data)["It's"] == schemas(data)["User"]
    assert schemas(data)["Copy"] is not schemas(data)["User"]
    assert not transformed.said


def test_move_takes_the_references_along(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT, "{command: move, args: {from: $.components.schemas.User, to: $.components.schemas.Account}}"
    )
    assert "User" not in schemas(data)
    assert schemas(data)["Account"]["properties"]["next"] == {"$ref": "#/components/schemas/Account"}
    assert schemas(data)["Pet"]["oneOf"] == [{"$ref": "#/components/schemas/Account"}]
    assert schemas(data)["Pet"]["discriminator"]["mapping"] == {
        "u": "#/components/schemas/Account", "v": "#/components/schemas/User2",
    }  # fmt: skip


def test_rename_keeps_the_place_among_the_keys(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: rename, args: {target: $.components.schemas.User, name: Account}}",
        "{command: rename, args: {from: $.components.schemas.*.properties.id, to: $.properties.key}}",
    )
    assert list(schemas(data)) == ["Account", "Pet"]
    assert list(schemas(data)["Account"]["properties"]) == ["key", "next"]
    assert schemas(data)["Pet"]["oneOf"] == [{"$ref": "#/components/schemas/Account"}]


@pytest.mark.parametrize(
    "args", [f'{{target: "{BODY}", name: Body}}', f'{{ref: {{target: "{BODY}", name: "#/components/schemas/Body"}}}}']
)
def test_extract_makes_one_component_of_equal_schemas(transformed: Transforming, args: str) -> None:
    data: Any = transformed(DOCUMENT, f"{{command: extractToRefs, args: {args}}}")
    assert schemas(data)["Body"] == {"type": "object", "properties": {"a": {"type": "string"}}}
    for path, verb in (("/users", "post"), ("/other", "put")):
        content = data["paths"][path][verb]["requestBody"]["content"]
        assert content["application/json"] == {"schema": {"$ref": "#/components/schemas/Body"}}
    assert not transformed.said


def test_extract_leaves_a_schema_that_differs(transformed: Transforming) -> None:
    data: Any = transformed(
        DOCUMENT, "{command: extractToRefs, args: {target: '$..parameters[*].schema', name: Limit}}"
    )
    parameters = data["paths"]["/users"]["get"]["parameters"]
    assert [each["schema"] for each in parameters] == [{"$ref": "#/components/schemas/Limit"}, {"type": "string"}]
    assert transformed.said == [("transforms/different", "/openapi/transforms/0/args/target")]


def test_extract_goes_to_definitions_in_swagger(transformed: Transforming) -> None:
    data = transformed(
        "swagger: '2.0'\nx: {schema: {type: object}}\n", "{command: extractToRefs, args: {target: $.x.schema, name: X}}"
    )
    assert data == {
        "swagger": "2.0",
        "x": {"schema": {"$ref": "#/definitions/X"}},
        "definitions": {"X": {"type": "object"}},
    }


def test_older_names_are_understood(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: mergeObject, args: {target: [$.info], object: {x: 1}}}",
        "{command: update, args: {filter: {only: $.info.title}, value: New}}",
        "{command: renameValue, args: {filter: {only: [$.components.schemas.User.properties.id]}, "
        "rename: {python: {property_name: key}}}}",
        section="transformations",
    )
    assert data["info"] == {"title": "New", "version": "1", "x": 1}
    assert schemas(data)["User"]["properties"]["id"]["x-stainless-naming"] == {"python": {"property_name": "key"}}
    assert not transformed.said


def test_later_transforms_see_what_earlier_ones_did(transformed: Transforming) -> None:
    data = transformed(
        DOCUMENT,
        "{command: merge, args: {target: $.info, value: {license: {name: MIT}}}}",
        "{command: update, args: {target: $.info.license.name, value: BSD}}",
    )
    assert data["info"] == {"title": "T", "version": "1", "license": {"name": "BSD"}}


def test_targets_inside_each_other_are_all_changed(transformed: Transforming) -> None:
    document = "openapi: 3.1.0\na: {x: {x: {x: 1}}}\n"
    assert transformed(document, "{command: rename, args: {target: $..x, name: y}}")["a"] == {"y": {"y": {"y": 1}}}
    assert transformed(document, "{command: update, args: {target: $..x, value: 2}}")["a"] == {"x": 2}
    assert transformed(document, "{command: remove, args: {target: $..x}}")["a"] == {}
    assert not transformed.said


def test_a_component_has_no_place_where_the_document_has_no_object(transformed: Transforming) -> None:
    transformed("openapi: 3.1.0\na: {}\ncomponents: [1]\n", "{command: extractToRefs, args: {target: $.a, name: A}}")
    assert transformed.said == [("transforms/kind", "/openapi/transforms/0/args/name")]


def test_a_change_reaches_one_place_of_a_yaml_alias(transformed: Transforming) -> None:
    data = transformed(
        "openapi: 3.1.0\na: &x {type: string}\nb: *x\n", "{command: update, args: {target: $.a.type, value: integer}}"
    )
    assert data == {"openapi": "3.1.0", "a": {"type": "integer"}, "b": {"type": "string"}}


@pytest.mark.parametrize(
    ("step", "argument"),
    [
        ("{command: remove, args: {target: $.nothing}}", "target"),
        ("{command: remove, args: {target: $.info, keys: [nothing]}}", "keys"),
        ("{command: update, args: {target: [$.info, '$.paths[?(@.x)]'], value: {}}}", "target"),
        ("{command: merge, args: {target: {matches_schema: $.nothing}, value: {}}}", "target"),
        ("{command: copy, args: {from: $.nothing, to: $.x}}", "from"),
        ("{command: copy, args: {from: $.info, to: $.nothing.x}}", "to"),
        ("{command: move, args: {from: $.info, to: '$.tags[9]'}}", "to"),
        ("{command: rename, args: {target: $.nothing, name: x}}", "target"),
        ("{command: extractToRefs, args: {target: $.nothing, name: X}}", "target"),
    ],
)
def test_a_target_that_matches_nothing_is_a_located_warning(
    transformed: Transforming, step: str, argument: str
) -> None:
    transformed(DOCUMENT, step)
    assert transformed.said == [("transforms/no-match", f"/openapi/transforms/0/args/{argument}")]
    assert transformed.diagnostics.items[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("step", "argument"),
    [
        ("{command: merge, args: {target: $.info.title, value: {}}}", "target"),
        ("{command: append, args: {target: $.info.title, value: x}}", "target"),
        ("{command: update, args: {target: $.info, value: '{{value}}', template: true}}", "target"),
        ("{command: rename, args: {target: '$.tags[0]', name: x}}", "target"),
        ("{command: extractToRefs, args: {target: '$.components.schemas.User.properties.next', name: X}}", "target"),
    ],
)
def test_a_target_of_the_wrong_kind_is_a_located_warning(transformed: Transforming, step: str, argument: str) -> None:
    transformed(DOCUMENT, step)
    assert transformed.said == [("transforms/kind", f"/openapi/transforms/0/args/{argument}")]
    assert not transformed.diagnostics.failed


@pytest.mark.parametrize(
    ("step", "code", "argument"),
    [
        ("{command: remove, args: {target: $}}", "root", "target"),
        ("{command: update, args: {target: $, value: {}}}", "root", "target"),
        ("{command: remove, args: {target: '$.tags['}}", "path", "target"),
        ("{command: remove, args: {target: {matches_schema: 'tags'}}}", "path", "target"),
        ("{command: copy, args: {from: '$.tags[*]', to: $.x}}", "ambiguous", "from"),
        ("{command: move, args: {from: $.info, to: '$.tags[*]'}}", "ambiguous", "to"),
        ("{command: move, args: {from: $.info, to: $.info.x}}", "inside", "to"),
        ("{command: copy, args: {from: $.info, to: '$..['}}", "path", "to"),
        ("{command: append, args: {target: $.info, value: x}}", "kind", "value"),
        ("{command: rename, args: {target: $.info, name: '$.x[*]'}}", "path", "name"),
    ],
)
def test_an_argument_that_cannot_be_used_is_a_located_error(
    transformed: Transforming, step: str, code: str, argument: str
) -> None:
    transformed(DOCUMENT, step)
    assert transformed.said == [(f"transforms/{code}", f"/openapi/transforms/0/args/{argument}")]
    assert transformed.diagnostics.failed


@pytest.mark.parametrize(
    ("step", "pointer"),
    [
        ("{command: remove, args: {}}", "/args"),
        ("{command: remove}", ""),
        ("{command: delete, args: {target: $.x}}", ""),
        ("{command: remove, args: {target: []}}", "/args/target"),
        ("{command: remove, args: {target: 5}}", "/args/target"),
        ("{command: merge, args: {target: $.x, value: text}}", "/args/value"),
        ("{command: update, args: {target: $.x, value: text, template: true}}", "/args"),
        ("{command: copy, args: {from: $.x}}", "/args"),
        ("{command: extractToRefs, args: {target: $.x, name: a b}}", "/args/name"),
        ("just text", ""),
    ],
)
def test_wrong_arguments_are_located_in_the_config(transformed: Transforming, step: str, pointer: str) -> None:
    transformed.refused(step)
    assert transformed.said == [("config/bad-value", f"/openapi/transforms/0{pointer}")]


def test_an_unknown_argument_is_a_warning_with_a_suggestion(transformed: Transforming) -> None:
    transformed(DOCUMENT, "{command: remove, args: {target: $.info.version, key: x}}")
    item = transformed.diagnostics.items[0]
    assert (item.code, item.location.pointer) == ("config/unknown-key", "/openapi/transforms/0/args/key")
    assert "`keys`" in item.hint
