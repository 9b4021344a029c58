"""Documents damaged at random: the front never fails with anything but a refusal, and keeps what it promises."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from sdkwright import pointers
from sdkwright.bundle.grammar import members
from sdkwright.diagnostics import Refusal

if TYPE_CHECKING:
    from conftest import Front

ODD: list[Any] = [
    None, True, False, 0, 1.5, "", "x", [], {}, [None], [1], {"$ref": "#/x"}, {"$ref": "#"}, {"$ref": ""}, {"$ref": 5},
    {"$ref": "#/components/schemas"}, {"$ref": "#/paths"}, {"$ref": "#/definitions/A"}, {"$ref": "a#b"},
    {"$ref": "#/components/schemas/A"}, {"nullable": True}, {"": ""}, {"$dynamicRef": "#x"}, {"$recursiveRef": "#"},
]  # fmt: skip
KEYS = ["$ref", "nullable", "type", "properties", "items", "allOf", "enum", "required", "parameters", "responses",
        "content", "schema", "example", "examples", "discriminator", "headers", "in", "name", "$id", "mapping",
        "additionalOperations", "query", "servers", "security", "tags", "consumes", "info", "format"]  # fmt: skip


def _document(version: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"enum": ["x"]}},
    }
    operation = {
        "operationId": "o", "tags": ["t"], "security": [{"k": []}],
        "parameters": [{"name": "p", "in": "query", "schema": {"type": "string"}},
                       {"$ref": "#/components/parameters/P"}],
        "requestBody": {"content": {"application/json": {"schema": {"oneOf": [schema, {"type": "null"}]}}}},
        "responses": {"200": {"description": "d", "headers": {"H": {"schema": {}}}, "schema": {"type": "file"}},
                      "4XX": {"$ref": "#/components/responses/R"}},
    }  # fmt: skip
    sections = (
        {"A": schema},
        {"P": {"name": "q", "in": "formData", "type": "array"}},
        {"R": {"description": "d"}},
    )
    named = dict(zip(("schemas", "parameters", "responses"), sections, strict=True))
    text = json.dumps({
        "info": {"title": "T", "version": "1"}, "tags": [{"name": "t"}],
        "paths": {"/a/{b}": {"get": operation, "parameters": []}, "/c": {"post": operation}},
        "components": {**named, "securitySchemes": {"k": {"type": "http", "scheme": "basic"}}},
    })  # fmt: skip
    if version != "2.0":
        return {"openapi": version, **json.loads(text)}
    document = json.loads(text.replace("components/schemas", "definitions").replace("#/components/", "#/"))
    components = document.pop("components")
    return {"swagger": version, "definitions": components.pop("schemas"), **components, **document}


def _containers(node: Any) -> list[Any]:
    found = [node]
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, dict | list):
            found += _containers(value)
    return found


def _damage(document: Any, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 5)):
        found = _containers(document)
        node = chance.choice(found)
        odd = copy.deepcopy(chance.choice([*ODD, chance.choice(found)]))
        if isinstance(node, list):
            if node:
                node[chance.randrange(len(node))] = odd
        elif node and chance.random() < 0.6:
            node[chance.choice(list(node))] = odd
        else:
            node[chance.choice(KEYS)] = odd


@pytest.mark.parametrize("version", ["2.0", "3.0.0", "3.2.0"])
def test_damaged_documents_are_repaired_reported_or_refused(front: Front, version: str) -> None:
    chance = random.Random(version)
    for _ in range(250):
        content = _document(version)
        _damage(content, chance)
        try:
            document: Any = front.upgrade(json.dumps(content), "api.json").document
        except Refusal:
            continue
        stack: list[Any] = [(document, "document", None)]
        while stack:
            node, kind, where = stack.pop()
            stack.extend(members(node, kind, where))
            reference = node.get("$ref") if isinstance(node, dict) and kind != "discriminator" else None
            if isinstance(reference, str):
                assert reference.startswith("#")
                found = pointers.follow(document, reference[1:])
                assert found is not pointers.MISSING, (content, reference)
        for item in front.diagnostics.items:
            assert item.line or front.texts[item.location.file].position(item.location.pointer)
        front.diagnostics.items.clear()
