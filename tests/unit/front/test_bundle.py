"""Bundling: what references become, what they are called, and which are refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from sdkwright import pointers
from sdkwright.bundle.grammar import members
from sdkwright.diagnostics import Location, Refusal, Severity
from sdkwright.limits import Limits

if TYPE_CHECKING:
    from conftest import Front

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def _schema_at(front: Front, reference: str) -> dict[str, Any]:
    """The component A after bundling a document in which it holds one reference."""
    document: Any = front.bundle(
        HEAD + f"components: {{schemas: {{A: {{properties: {{x: {{$ref: '{reference}'}}}}}}}}}}\n"
    ).document
    return document["components"]["schemas"]["A"]["properties"]["x"]


def _references(document: Any) -> list[str]:
    found, stack = [], [(document, "document", None)]
    while stack:
        node, kind, where = stack.pop()
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            found.append(node["$ref"])
        stack.extend(members(node, kind, where))
    return found


def test_a_schema_of_another_file_becomes_a_component_named_after_the_file(front: Front) -> None:
    front.write(
        "schemas/Pet.yaml",
        "type: object\nproperties: {parent: {$ref: Pet.yaml}, owner: {$ref: ./people/Owner.json}}",
    )
    front.write("schemas/people/Owner.json", '{"properties": {"pets": {"items": {"$ref": "../Pet.yaml#"}}}}')
    bundle = front.bundle(HEAD + "paths:\n  /p:\n    get:\n      responses:\n        '200':\n          description: d\n"
                          "          content: {application/json: {schema: {$ref: schemas/Pet.yaml}}}\n")  # fmt: skip
    schemas: Any = bundle.document["components"]["schemas"]
    assert schemas["Pet"]["properties"] == {
        "parent": {"$ref": "#/components/schemas/Pet"}, "owner": {"$ref": "#/components/schemas/Owner"},
    }  # fmt: skip
    assert schemas["Owner"]["properties"]["pets"]["items"] == {"$ref": "#/components/schemas/Pet"}
    located = bundle.origins.locate("/components/schemas/Owner/properties/pets")
    assert located == Location(str(front.directory / "schemas/people/Owner.json"), "/properties/pets")
    assert not front.codes


@pytest.mark.parametrize(
    ("place", "content", "section", "name"),
    [
        ("parameters: [{$ref: 'o.yaml#/limit'}]", "limit: {name: limit, in: query}", "parameters", "limit"),
        ("requestBody: {$ref: 'o.yaml#/B'}", "B: {content: {}}", "requestBodies", "B"),
        ("responses: {'200': {$ref: 'o.yaml#/a/R'}}", "a: {R: {description: d}}", "responses", "R"),
        ("responses: {'200': {description: d, headers: {H: {$ref: 'o.yaml#/H'}}}}", "H: {}", "headers", "H"),
        ("responses: {'200': {description: d, links: {L: {$ref: 'o.yaml#/L'}}}}", "L: {}", "links", "L"),
        ("callbacks: {c: {$ref: 'o.yaml#/C'}}", "C: {}", "callbacks", "C"),
        ("callbacks: {c: {'{$url}': {$ref: 'o.yaml#/P'}}}", "P: {}", "pathItems", "P"),
        ("parameters: [{name: a, in: query, schema: {}, examples: {e: {$ref: 'o.yaml#/E'}}}]", "E: {value: 1}",
         "examples", "E"),
    ],
)  # fmt: skip
def test_the_context_of_a_reference_chooses_the_section(
    front: Front, place: str, content: str, section: str, name: str
) -> None:
    front.write("o.yaml", content)
    document: Any = front.bundle(HEAD + f"paths: {{/p: {{get: {{{place}}}}}}}\n").document
    assert list(document["components"][section]) == [name]
    assert f"#/components/{section}/{name}" in _references(document)
    assert not front.codes


def test_path_items_operations_maps_and_texts_are_inlined(front: Front) -> None:
    front.write("paths.yaml", "/a: {$ref: 'items/a.yaml'}\n")
    front.write("items/a.yaml", "get: {$ref: ops/get.yaml}\nparameters: [{$ref: '../params.yaml#/q'}]\n")
    front.write("items/ops/get.yaml", "operationId: getA\nresponses: {$ref: responses.yaml}\n")
    front.write("items/ops/responses.yaml", "'200': {description: {$ref: 'texts.yaml#/ok'}}\n")
    front.write("items/ops/texts.yaml", "ok: It worked.\n")
    front.write("params.yaml", "q: {name: q, in: query}\n")
    bundle = front.bundle(HEAD + "paths: {$ref: paths.yaml}\n")
    item: Any = bundle.document["paths"]["/a"]
    assert item["get"] == {
        "operationId": "getA",
        "responses": {"200": {"description": "It worked."}},
    }
    assert item["parameters"] == [{"$ref": "#/components/parameters/q"}]
    assert bundle.origins.locate("/paths/~1a/get/operationId") == Location(
        str(front.directory / "items/ops/get.yaml"), "/operationId"
    )
    assert not front.codes


def test_a_component_that_only_names_another_file_keeps_its_name(front: Front) -> None:
    front.write("x/impl.yaml", "type: object\nproperties: {self: {$ref: impl.yaml}}")
    document: Any = front.bundle(
        HEAD + "components: {schemas: {Nice: {$ref: x/impl.yaml}, Other: {$ref: x/impl.yaml}}}\n"
    ).document
    schemas = document["components"]["schemas"]
    assert schemas["Nice"]["properties"]["self"] == {"$ref": "#/components/schemas/Nice"}
    assert schemas["Other"] == {"$ref": "#/components/schemas/Nice"}


def test_colliding_names_are_told_apart_by_what_stands_before_them(front: Front) -> None:
    for directory in ("a", "b"):
        front.write(f"{directory}/Pet.yaml", f"title: {directory}")
    document: Any = front.bundle(
        HEAD + "components: {schemas: {U: {oneOf: [{$ref: b/Pet.yaml}, {$ref: a/Pet.yaml}]}}}\n"
    ).document
    schemas = document["components"]["schemas"]
    assert (schemas["Pet"]["title"], schemas["b_Pet"]["title"]) == ("a", "b")
    assert schemas["U"]["oneOf"] == [
        {"$ref": "#/components/schemas/b_Pet"},
        {"$ref": "#/components/schemas/Pet"},
    ]


def test_swagger_2_bundles_into_its_own_sections(front: Front) -> None:
    front.write(
        "d.json",
        '{"Pet": {"type": "object"}, "p": {"name": "p", "in": "query"}, "r": {"description": "d"}}',
    )
    document: Any = front.bundle(
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {/p: {get: {parameters: [{$ref: 'd.json#/p'}], "
        "responses: {'200': {description: d, schema: {$ref: 'd.json#/Pet'}}, '400': {$ref: 'd.json#/r'}}}}}\n"
    ).document
    assert set(document["definitions"]) == {"Pet"}
    assert set(document["parameters"]) == {"p"}
    assert set(document["responses"]) == {"r"}


def test_references_are_followed_where_each_position_of_an_array_has_a_schema(front: Front) -> None:
    front.write("d.json", '{"Pet": {"type": "object"}, "Toy": {"type": "string"}}')
    document: Any = front.bundle(
        HEAD + "components: {schemas: {A: {type: array, items: [{$ref: 'd.json#/Pet'}, {type: string}]}, "
        "B: {dependencies: {a: {$ref: 'd.json#/Toy'}, b: [c]}}}}\n"
    ).document
    schemas = document["components"]["schemas"]
    assert schemas["A"]["items"] == [{"$ref": "#/components/schemas/Pet"}, {"type": "string"}]
    assert schemas["B"]["dependencies"] == {"a": {"$ref": "#/components/schemas/Toy"}, "b": ["c"]}
    assert not front.codes


def test_references_in_data_and_properties_called_ref_are_left_alone(front: Front) -> None:
    body = "{type: object, properties: {$ref: {type: string}}, example: {$ref: gone.yaml}, x-a: {$ref: gone.yaml}}"
    document: Any = front.bundle(HEAD + f"components: {{schemas: {{A: {body}}}}}\n").document
    assert document["components"]["schemas"]["A"]["properties"] == {"$ref": {"type": "string"}}
    assert not front.codes


def test_internal_references_lose_their_percent_encoding_and_may_point_anywhere(
    front: Front,
) -> None:
    front.write("o.yaml", "{}")
    odd = "#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema"
    document: Any = front.bundle(
        HEAD + "paths: {'/a/{id}': {get: {responses: {'200': {description: d, content: {application/json: "
        f"{{schema: {{type: string}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{B: {{$ref: '{odd}'}}}}}}\n"
    ).document
    pointer = document["components"]["schemas"]["B"]["$ref"][1:]
    assert pointers.follow(document, pointer) == {"type": "string"}


def test_a_missing_schema_is_untyped_with_a_warning_and_keeps_what_stands_beside(
    front: Front,
) -> None:
    document: Any = front.bundle(
        HEAD + "components: {schemas: {A: {$ref: '#/components/schemas/Gone', description: d}}}\n"
    ).document
    assert document["components"]["schemas"]["A"] == {"description": "d"}
    item = front.diagnostics.items[0]
    assert (item.code, item.severity, item.location.pointer) == (
        "ref/dangling", Severity.WARNING, "/components/schemas/A/$ref",
    )  # fmt: skip


def test_a_missing_parameter_is_an_error_and_leaves_the_others(front: Front) -> None:
    document: Any = front.bundle(
        HEAD + "paths: {/p: {get: {parameters: [{$ref: '#/components/parameters/a'}, {name: b, in: query}, "
        "{$ref: '#/components/parameters/c'}]}}}\n"
    ).document
    assert document["paths"]["/p"]["get"]["parameters"] == [{"name": "b", "in": "query"}]
    assert front.codes == ["ref/dangling", "ref/dangling"]
    assert front.diagnostics.failed


def test_a_name_that_is_spelled_much_like_it_is_proposed(front: Front) -> None:
    front.bundle(HEAD + "components: {schemas: {Pets: {}, A: {$ref: '#/components/schemas/Pet'}}}\n")
    (item,) = front.diagnostics.items
    assert item.message == "the reference '#/components/schemas/Pet' points to nothing; `object` stands for it"
    assert item.hint == "did you mean '#/components/schemas/Pets'?"


def test_a_circle_is_told_once_with_its_way(front: Front) -> None:
    ring = "".join(f"{name}: {{$ref: '#/components/schemas/{to}'}}, " for name, to in ("BC", "CA", "AB"))
    users = "".join(f"{name}: {{properties: {{x: {{$ref: '#/components/schemas/{name}'}}}}}}, " for name in ("X", "Y"))
    users = users.replace("schemas/X", "schemas/B").replace("schemas/Y", "schemas/C")
    front.bundle(HEAD + f"components: {{schemas: {{{ring}{users}}}}}\n")
    assert [item.message for item in front.diagnostics.items] == [
        "these refer only to each other: 'A' -> 'B' -> 'C' -> 'A'"
    ]


@pytest.mark.parametrize(
    "schemas",
    [
        "{A: {$ref: '#/components/schemas/A'}}",
        "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}",
        "{A: {$ref: a.yaml}}",
    ],
)
def test_references_that_only_lead_to_each_other_are_an_error(front: Front, schemas: str) -> None:
    front.write("a.yaml", "$ref: b.yaml")
    front.write("b.yaml", "$ref: a.yaml")
    document = front.bundle(HEAD + f"components: {{schemas: {schemas}}}\n").document
    assert "ref/cycle" in front.codes
    assert front.diagnostics.failed
    assert not [reference for reference in _references(document) if reference.startswith(("a", "b"))]


@pytest.mark.parametrize("target", ["p.yaml", "#/paths/~1a"])
def test_a_path_item_that_contains_itself_is_an_error(front: Front, target: str) -> None:
    front.write("p.yaml", "$ref: p.yaml\n")
    front.bundle(HEAD + f"paths: {{/a: {{$ref: '{target}'}}}}\n")
    assert set(front.codes) == {"ref/cycle"}


def test_an_internal_path_item_reference_is_a_copy(front: Front) -> None:
    paths: Any = front.bundle(HEAD + "paths: {/b: {$ref: '#/paths/~1a'}, /a: {get: {operationId: x}}}\n").document[
        "paths"
    ]
    assert paths["/a"] == paths["/b"] == {"get": {"operationId": "x"}}
    assert paths["/a"]["get"] is not paths["/b"]["get"]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("https://example.com/a.yaml", "ref/remote"), ("http://127.0.0.1/a#/b", "ref/remote"),
        ("//example.com/a.yaml", "ref/remote"), ("file:///etc/passwd", "ref/scheme"), ("FILE:a.yaml", "ref/scheme"),
        ("data:text/plain,x", "ref/scheme"), ("c:/windows/a.yaml", "ref/scheme"), ("/etc/passwd", "ref/absolute"),
        (r"..\\a.yaml", "ref/absolute"), ("../secret.yaml", "ref/outside"), ("%2e%2e/secret.yaml", "ref/outside"),
        ("sub/../../secret.yaml", "ref/outside"), ("a%00.yaml", "ref/path"), ("link.yaml", "ref/outside"),
        ("linked/secret.yaml", "ref/outside"), ("nothing.yaml", "ref/missing-file"), ("sub", "ref/missing-file"),
        ("empty.yaml", "ref/unreadable"),
    ],
)  # fmt: skip
def test_references_outside_the_directory_are_errors_and_read_nothing(front: Front, reference: str, code: str) -> None:
    outside = front.write("secret.yaml", "title: secret")
    front.directory = front.directory / "doc"
    (front.directory / "sub").mkdir(parents=True)
    front.write("empty.yaml", "")
    (front.directory / "link.yaml").symlink_to(outside)
    (front.directory / "linked").symlink_to(outside.parent)
    assert _schema_at(front, reference.replace("\\\\", "\\")) == {}
    assert code in front.codes
    assert front.diagnostics.failed
    assert str(outside) not in front.texts


def test_a_named_root_widens_what_may_be_read(front: Front) -> None:
    front.write("common/Error.yaml", "type: object")
    document: Any = front.bundle(
        HEAD + "components: {schemas: {E: {$ref: ../common/Error.yaml}}}\n",
        "spec/api.yaml",
        (front.directory,),
    ).document
    assert document["components"]["schemas"]["E"] == {"type": "object"}
    assert os.path.normpath(front.directory / "common/Error.yaml") in front.texts


def test_anchors_ids_and_dynamic_references_become_pointers(front: Front) -> None:
    schemas: Any = front.bundle(
        HEAD
        + """components:
  schemas:
    Tree:
      $dynamicAnchor: node
      properties: {children: {items: {$dynamicRef: '#node'}}}
    Old: {$recursiveAnchor: true, properties: {next: {$recursiveRef: '#'}}}
    Named: {$anchor: here, type: string}
    Identified: {$id: https://example.com/i, type: integer}
    User: {properties: {a: {$ref: '#here'}, b: {$ref: https://example.com/i}, c: {$ref: '#nowhere'}}}
"""
    ).document["components"]["schemas"]
    assert schemas["Tree"]["properties"]["children"]["items"] == {"$ref": "#/components/schemas/Tree"}
    assert schemas["Old"]["properties"]["next"] == {"$ref": "#/components/schemas/Old"}
    assert schemas["User"]["properties"] == {
        "a": {"$ref": "#/components/schemas/Named"}, "b": {"$ref": "#/components/schemas/Identified"}, "c": {},
    }  # fmt: skip
    assert front.codes == ["ref/dangling"]


def test_pasted_definitions_are_found_beside_their_schema(front: Front) -> None:
    document: Any = front.bundle(
        HEAD + "components: {schemas: {A: {properties: {x: {$ref: '#/$defs/X'}}, $defs: {X: {type: string}}}}}\n"
    ).document
    reference = document["components"]["schemas"]["A"]["properties"]["x"]
    assert reference == {"$ref": "#/components/schemas/A/$defs/X"}
    assert front.codes == ["ref/relative"]


def test_discriminator_mappings_follow_their_schemas(front: Front) -> None:
    front.write("u.yaml", "discriminator: {propertyName: t, mapping: {c: Cat.yaml, d: '#/components/schemas/Dog', "
                "n: Plain, x: Gone.yaml}}\noneOf: [{$ref: Cat.yaml}, {$ref: Dog.yaml}]")  # fmt: skip
    front.write("Cat.yaml", "type: object")
    front.write("Dog.yaml", "type: object")
    document: Any = front.bundle(HEAD + "components: {schemas: {U: {$ref: u.yaml}}}\n").document
    assert document["components"]["schemas"]["U"]["discriminator"]["mapping"] == {
        "c": "#/components/schemas/Cat", "d": "#/components/schemas/Dog", "n": "Plain",
    }  # fmt: skip
    assert front.codes == ["ref/missing-file"]


def test_a_reference_from_a_schema_to_a_response_is_reported(front: Front) -> None:
    front.bundle(
        HEAD + "components: {schemas: {A: {$ref: '#/components/responses/R'}}, responses: {R: {description: d}}}\n"
    )
    assert front.codes == ["ref/kind"]


def test_budgets_hold_for_chains_files_and_schemas(front: Front) -> None:
    front.limits = Limits(ref_chain=5, schemas=20)
    chain = "".join(f"    S{n}: {{$ref: '#/components/schemas/S{n + 1}'}}\n" for n in range(10))
    front.bundle(HEAD + f"components:\n  schemas:\n{chain}    S10: {{}}\n")
    assert "limit/ref-chain" in front.codes
    with pytest.raises(Refusal):
        front.bundle(HEAD + "components: {schemas: {" + ", ".join(f"S{n}: {{}}" for n in range(21)) + "}}\n")
    front.write("big.yaml", "x: " + "y" * 1000)
    front.limits = Limits(bundle_bytes=500)
    with pytest.raises(Refusal):
        _schema_at(front, "big.yaml")
    assert front.codes[-2:] == ["limit/schemas", "limit/bundle-size"]


def test_the_result_does_not_depend_on_the_order_of_keys(front: Front) -> None:
    for directory in ("a", "b"):
        front.write(f"{directory}/Pet.yaml", f"title: {directory}")
    refs = ["P1: {$ref: a/Pet.yaml, title: x}", "P2: {$ref: b/Pet.yaml, title: x}"]
    first = front.bundle(HEAD + f"components: {{schemas: {{{', '.join(refs)}}}}}\n").document
    second = front.bundle(HEAD + f"components: {{schemas: {{{', '.join(reversed(refs))}}}}}\n").document
    assert first == second
