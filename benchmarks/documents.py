"""Documents to generate from, and the operations in them."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NOUNS = (
    "account",
    "address",
    "alert",
    "album",
    "answer",
    "article",
    "asset",
    "backup",
    "badge",
    "batch",
    "board",
    "booking",
    "branch",
    "budget",
    "bundle",
    "calendar",
    "campaign",
    "card",
    "carrier",
    "catalog",
    "channel",
    "charge",
    "claim",
    "comment",
    "company",
    "contact",
    "contract",
    "coupon",
    "credit",
    "customer",
    "dataset",
    "delivery",
    "deposit",
    "device",
    "discount",
    "document",
    "domain",
    "dispute",
    "event",
    "expense",
    "export",
    "feature",
    "filter",
    "folder",
)
_FIELDS = (
    "name",
    "title",
    "note",
    "amount",
    "weight",
    "count",
    "ratio",
    "active",
    "hidden",
    "created",
    "updated",
    "labels",
    "owner",
    "state",
    "priority",
)
_STATES = ("draft", "open", "waiting", "done", "failed")

Endpoint = tuple[str, str]
"""The method in lower case and the path, with each parameter as `{}`."""


def endpoint(method: str, path: str) -> Endpoint:
    """An operation in a form that does not depend on how a generator spells a parameter."""
    return method.lower(), re.sub(r"\{[^}]*\}", "{}", path)


def endpoints(document: Path) -> frozenset[Endpoint]:
    """All operations under `paths` of a document."""
    text = document.read_text(encoding="utf-8")
    content = json.loads(text) if document.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
    return frozenset(
        endpoint(method, path) for path, item in content["paths"].items() for method in _METHODS if method in item
    )


def synthetic(seed: int = 1, resources: int = 60) -> dict[str, Any]:
    """An OpenAPI 3.1 document with five operations for each resource; the same for the same arguments.

    The resources have the usual variety: nested objects, lists, enums, unions with and without a discriminator,
    nullable and free-form values, pages, errors.
    """
    chance = random.Random(seed)
    names = [f"{noun}{'' if lap == 0 else lap + 1}" for lap in range(9) for noun in _NOUNS][:resources]
    schemas: dict[str, Any] = {"Error": _object({"code": {"type": "string"}, "message": {"type": "string"}})}
    paths: dict[str, Any] = {}
    for name in names:
        schemas |= _schemas(name, names, chance)
        paths |= _paths(name)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1.0.0", "description": "Made for measuring."},
        "servers": [{"url": "https://api.example.com/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _schemas(name: str, names: list[str], chance: random.Random) -> dict[str, Any]:
    title = name.capitalize()
    details = {field: _field(chance) for field in chance.sample(_FIELDS, 6)}
    other = chance.choice(names).capitalize()
    kinds = [f"{title}{kind}" for kind in ("Plain", "Rich")]
    fields = {
        "id": {"type": "string", "description": f"Identifies the {name}."},
        "details": _object(details),
        "state": {"type": "string", "enum": list(_STATES)},
        "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
        "parts": {"type": "array", "items": _object({field: _field(chance) for field in chance.sample(_FIELDS, 4)})},
        "related": {"anyOf": [_ref(other), {"type": "null"}]},
        "content": {
            "oneOf": [_ref(kind) for kind in kinds],
            "discriminator": {"propertyName": "type", "mapping": {k: f"#/components/schemas/{k}" for k in kinds}},
        },
    }
    page = {"data": {"type": "array", "items": _ref(title)}, "next_cursor": {"type": ["string", "null"]}}
    return {
        title: _object(fields),
        f"{title}Input": _object({key: value for key, value in fields.items() if key not in ("id", "related")}),
        f"{title}Page": _object(page),
        **{kind: _object({"type": {"type": "string", "const": kind}, "text": {"type": "string"}}) for kind in kinds},
    }


def _field(chance: random.Random) -> dict[str, Any]:
    return chance.choice(
        (
            {"type": "string"},
            {"type": "string", "format": "date-time"},
            {"type": ["string", "null"]},
            {"type": "integer", "minimum": 0},
            {"type": "number"},
            {"type": "boolean", "default": False},
            {"type": "array", "items": {"type": "string"}},
        )
    )


def _paths(name: str) -> dict[str, Any]:
    title = name.capitalize()
    identifier = {"name": f"{name}_id", "in": "path", "required": True, "schema": {"type": "string"}}
    cursor = [
        {"name": "cursor", "in": "query", "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}},
    ]
    body = {"required": True, "content": {"application/json": {"schema": _ref(f"{title}Input")}}}

    def operation(verb: str, answer: str | None, **rest: Any) -> dict[str, Any]:
        content = {} if answer is None else {"content": {"application/json": {"schema": _ref(answer)}}}
        return {
            "operationId": f"{verb}{title}",
            "tags": [name],
            "summary": f"{verb.capitalize()} {name}",
            "responses": {
                "204" if answer is None else "200": {"description": "Done.", **content},
                "404": {"description": "Missing.", "content": {"application/json": {"schema": _ref("Error")}}},
            },
            **rest,
        }

    return {
        f"/{name}": {
            "get": operation("list", f"{title}Page", parameters=cursor),
            "post": operation("create", title, requestBody=body),
        },
        f"/{name}/{{{name}_id}}": {
            "parameters": [identifier],
            "get": operation("get", title),
            "put": operation("update", title, requestBody=body),
            "delete": operation("delete", None),
        },
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    required = [name for name, schema in properties.items() if "default" not in schema]
    return {"type": "object", "required": required, "properties": properties}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
