"""Every rule for operations and what belongs to them is found by a minimal pair, at its level."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sdkwright.diff.rules_http import HTTP_RULES
from sdkwright.diff.settings import Settings
from unit.diff.comparing import Doc, body, compare, document, operation, rules

Json = dict[str, Any]
TEXT: Json = {"type": "string"}


def one(**parts: object) -> Doc:
    """A document whose only operation has these parts."""
    return document(paths={"/boats": {"post": operation(**parts)}})


def parameter(**parts: object) -> Doc:
    """A document with one query parameter."""
    return one(parameters=[{"name": "name", "in": "query", "schema": TEXT, **parts}])


def response(**parts: object) -> Doc:
    """A document with one response."""
    return one(responses={"200": {"description": "Fine.", **parts}})


def scheme(**parts: object) -> Doc:
    """A document with one security scheme."""
    declared = {"type": "apiKey", "in": "header", "name": "X-Key", **parts}
    return document(components={"securitySchemes": {"key": declared}})


def oauth(*scopes: str, url: str = "https://a.example/token") -> Doc:
    """A document with an OAuth flow."""
    flow = {"tokenUrl": url, "scopes": dict.fromkeys(scopes, "")}
    return document(components={"securitySchemes": {"key": {"type": "oauth2", "flows": {"clientCredentials": flow}}}})


def server(url: str, default: str = "eu") -> Json:
    """A server with a variable."""
    return {"url": url, "variables": {"region": {"default": default}}}


def media(*names: str) -> Doc:
    """A document whose response has these media types."""
    return response(content={name: {"schema": TEXT} for name in names})


def multipart(kind: str) -> Doc:
    """A document with a part of a media type."""
    part = {"schema": {"type": "object", "properties": {"file": TEXT}}, "encoding": {"file": {"contentType": kind}}}
    return one(requestBody={"content": {"multipart/form-data": part}})


def path(template: str, name: str, **parts: object) -> Doc:
    """A document with one path parameter."""
    item = {"name": name, "in": "path", "required": True, "schema": TEXT}
    return document(paths={template: {"get": operation(parameters=[item], **parts)}})


SCHEMES: Json = {"a": {"type": "http", "scheme": "bearer"}, "b": {"type": "http", "scheme": "basic"}}
BOTH = {"components": {"securitySchemes": SCHEMES}}
TWO = document(paths={"/boats": {"post": operation(), "get": {"responses": {}}}})
HOOK: Json = {"post": {"requestBody": body(TEXT), "responses": {"200": {"description": "Fine."}}}}
EITHER = document(security=[{"a": []}, {"b": []}], **BOTH)

PAIRS: list[tuple[str, Doc, Doc, str]] = [
    ("operation-added", document(), TWO, "MINOR"),
    ("operation-removed", TWO, document(), "MAJOR"),
    ("operation-moved", document(), document(paths={"/ships": {"post": operation()}}), "MAJOR"),
    ("path-moved", TWO, document(paths={"/ships": TWO["paths"]["/boats"]}), "MAJOR"),
    ("path-removed", document(), document(paths={}), "MAJOR"),
    ("deprecated-operation-removed", one(deprecated=True), document(paths={}), "MINOR"),
    ("sunset-operation-removed", one(deprecated=True, **{"x-sunset": "2027-01-01"}), document(paths={}), "MAJOR"),
    ("operation-deprecated", one(), one(deprecated=True), "MINOR"),
    ("operation-undeprecated", one(deprecated=True), one(), "PATCH"),
    ("sunset-missing", one(), one(deprecated=True), "WARNING"),
    ("sunset-unreadable", one(), one(deprecated=True, **{"x-sunset": "soon"}), "WARNING"),
    ("sunset-too-soon", one(), one(deprecated=True, **{"x-sunset": "2026-12-01"}), "WARNING"),
    ("sunset-withdrawn", one(deprecated=True, **{"x-sunset": "2027-12-01"}), one(deprecated=True), "WARNING"),
    ("stability-lowered", one(), one(**{"x-stability-level": "beta"}), "WARNING"),
    ("stability-raised", one(**{"x-stability-level": "beta"}), one(), "MINOR"),
    ("stability-unknown", one(), one(**{"x-stability-level": "firm"}), "WARNING"),
    ("operation-id-changed", one(), one(operationId="anchor"), "NONE"),
    ("tags-changed", one(tags=["a"]), one(tags=["b"]), "NONE"),
    ("security-tightened", document(**BOTH), document(security=[{"a": []}], **BOTH), "MAJOR"),
    ("security-loosened", document(security=[{"a": []}], **BOTH), EITHER, "MINOR"),
    ("scheme-changed", scheme(), scheme(name="X-Token"), "MAJOR"),
    ("scheme-url-changed", oauth(), oauth(url="https://b.example/token"), "WARNING"),
    ("scheme-scope-removed", oauth("a", "b"), oauth("a"), "WARNING"),
    ("scheme-scope-added", oauth("a"), oauth("a", "b"), "MINOR"),
    ("scheme-added", document(), scheme(), "MINOR"),
    ("scheme-removed", scheme(), document(), "PATCH"),
    ("server-added", document(servers=[server("/a")]), document(servers=[server("/a"), server("/b")]), "MINOR"),
    ("server-removed", document(servers=[server("/a"), server("/b")]), document(servers=[server("/a")]), "WARNING"),
    ("server-changed", document(servers=[server("/a")]), document(servers=[server("/b")]), "WARNING"),
    ("server-variable-changed", document(servers=[server("/a")]), document(servers=[server("/a", "us")]), "WARNING"),
    ("parameter-added", one(), parameter(), "MINOR"),
    ("required-parameter-added", one(), parameter(required=True), "MAJOR"),
    ("parameter-removed", parameter(), one(), "MAJOR"),
    ("deprecated-parameter-removed", parameter(deprecated=True), one(), "MINOR"),
    ("sunset-parameter-removed", parameter(deprecated=True, **{"x-sunset": "2027-01-01"}), one(), "MAJOR"),
    ("path-parameter-renamed", path("/boats/{id}", "id"), path("/boats/{boat_id}", "boat_id"), "NONE"),
    ("parameter-renamed", parameter(), parameter(name="names"), "NONE"),
    ("parameter-moved", parameter(), parameter(**{"in": "header"}), "MAJOR"),
    ("parameter-became-required", parameter(), parameter(required=True), "MAJOR"),
    ("parameter-became-optional", parameter(required=True), parameter(), "MINOR"),
    ("parameter-deprecated", parameter(), parameter(deprecated=True), "PATCH"),
    ("parameter-undeprecated", parameter(deprecated=True), parameter(), "PATCH"),
    (
        "parameter-style-changed",
        parameter(schema={"type": "array", "items": TEXT}),
        parameter(schema={"type": "array", "items": TEXT}, explode=False),
        "MAJOR",
    ),
    ("reserved-allowed", parameter(), parameter(allowReserved=True), "MINOR"),
    ("reserved-refused", parameter(allowReserved=True), parameter(), "MAJOR"),
    ("empty-allowed", parameter(), parameter(allowEmptyValue=True), "MINOR"),
    ("empty-refused", parameter(allowEmptyValue=True), parameter(), "MAJOR"),
    ("text-type-widened", parameter(schema={"type": "integer"}), parameter(), "MINOR"),
    ("body-added", one(), one(requestBody=body(TEXT)), "MINOR"),
    ("required-body-added", one(), one(requestBody={**body(TEXT), "required": True}), "MAJOR"),
    ("body-removed", one(requestBody=body(TEXT)), one(), "MAJOR"),
    ("body-became-required", one(requestBody=body(TEXT)), one(requestBody={**body(TEXT), "required": True}), "MAJOR"),
    ("body-became-optional", one(requestBody={**body(TEXT), "required": True}), one(requestBody=body(TEXT)), "MINOR"),
    ("media-type-added", media("text/plain"), media("text/plain", "image/png"), "MINOR"),
    ("media-type-removed", media("text/plain", "image/png"), media("text/plain"), "MAJOR"),
    ("media-type-widened", media("text/plain"), media("text/*"), "MAJOR"),
    ("media-type-narrowed", media("text/*"), media("text/plain"), "PATCH"),
    ("media-type-renamed", media("application/vnd.a+json"), media("application/vnd.b+json"), "WARNING"),
    ("content-described", response(content={"text/plain": {}}), media("text/plain"), "MINOR"),
    ("content-undescribed", media("text/plain"), response(content={"text/plain": {}}), "WARNING"),
    ("encoding-changed", multipart("image/png"), multipart("image/gif"), "MAJOR"),
    ("success-added", one(), one(responses={"200": {"description": ""}, "201": {"description": ""}}), "MINOR"),
    ("success-removed", one(responses={"200": {"description": ""}, "201": {"description": ""}}), one(), "MAJOR"),
    ("error-added", one(), one(responses={"200": {"description": ""}, "404": {"description": ""}}), "MINOR"),
    ("error-removed", one(responses={"200": {"description": ""}, "404": {"description": ""}}), one(), "WARNING"),
    ("header-added", response(), response(headers={"X-A": {"schema": TEXT}}), "MINOR"),
    ("header-removed", response(headers={"X-A": {"schema": TEXT}}), response(), "WARNING"),
    ("required-header-removed", response(headers={"X-A": {"schema": TEXT, "required": True}}), response(), "MAJOR"),
    (
        "header-became-optional",
        response(headers={"X-A": {"schema": TEXT, "required": True}}),
        response(headers={"x-a": {"schema": TEXT}}),
        "MAJOR",
    ),
    (
        "header-became-required",
        response(headers={"X-A": {"schema": TEXT}}),
        response(headers={"X-A": {"schema": TEXT, "required": True}}),
        "MINOR",
    ),
    ("link-added", response(), response(links={"a": {"operationId": "moor"}}), "MINOR"),
    ("link-removed", response(links={"a": {"operationId": "moor"}}), response(), "WARNING"),
    (
        "link-changed",
        response(links={"a": {"operationId": "moor"}}),
        response(links={"a": {"operationId": "moor", "parameters": {"b": 1}}}),
        "WARNING",
    ),
    ("callback-added", one(), one(callbacks={"done": {"{$request.query.url}": HOOK}}), "MINOR"),
    ("callback-removed", one(callbacks={"done": {"{$request.query.url}": HOOK}}), one(), "MAJOR"),
    ("webhook-added", document(), document(webhooks={"docked": HOOK}), "MINOR"),
    ("webhook-removed", document(webhooks={"docked": HOOK}), document(), "MAJOR"),
    ("component-added", document(), document(components={"headers": {"A": {"schema": TEXT}}}), "NONE"),
    ("component-removed", document(components={"headers": {"A": {"schema": TEXT}}}), document(), "NONE"),
]  # fmt: skip

IDS = [rule for rule, *_ in PAIRS]


@pytest.mark.parametrize(("rule", "base", "revision", "level"), PAIRS, ids=IDS)
def test_a_change_is_found_at_its_level(rule: str, base: Doc, revision: Doc, level: str, tmp_path: Path) -> None:
    settings = Settings(grace={"stable": 30}) if rule.startswith("sunset") else Settings()
    assert rules(compare(base, revision, tmp_path, settings)).get(rule) == level


@pytest.mark.parametrize(("rule", "base", "revision", "level"), PAIRS, ids=IDS)
def test_a_document_against_itself_gives_nothing(
    rule: str, base: Doc, revision: Doc, level: str, tmp_path: Path
) -> None:
    assert compare(base, base, tmp_path).cards == ()
    assert compare(revision, revision, tmp_path).cards == ()


def test_every_rule_for_operations_has_a_pair() -> None:
    """An API that is gone as a whole is seen by the review of a workspace alone."""
    assert {row[0] for row in HTTP_RULES} - set(IDS) == {"api-removed"}
