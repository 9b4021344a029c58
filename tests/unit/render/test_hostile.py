"""Text of a document that tries to become code, a path or a setting (THREATS.md, N1 to N5)."""

from __future__ import annotations

import ast
import io
import tokenize
import tomllib
from dataclasses import replace

import pytest
from sdkwright.config import Config
from sdkwright.ir.operations import Argument, ErrorResponse, Operation, Parameter
from sdkwright.ir.tree import ResourceNode
from sdkwright.render.package import HEADER, render
from sdkwright.text import BadIdentifier
from unit.render.tiny import API, TREE, tiny_plan

PAYLOADS = [
    '"""\nimport os\nos.system("x")\n"""',
    "\\",
    '\\"""',
    "'''+__import__('os').system('x')+'''",
    "{{ 7*7 }}{% for x in y %}",
    "# -*- coding: rot13 -*-",
    "\u202eevil\u2066",
    "\u2028import os",
    "```\n</code><script>",
    "]\n[tool.evil]\nx = 1",
    "%s {0} {x}",
    "x" * 3000,
]


def poisoned(payload: str) -> dict[str, str]:
    """The files of the tiny API with a payload wherever a document has free text."""

    def argument(given: Argument) -> Argument:
        parameter = given.parameter
        free = {"query", "header", "field", "cookie"}
        wire = payload if given.place in free else given.wire
        changed = replace(parameter, doc=payload, wire=wire) if isinstance(parameter, Parameter) else None
        return replace(given, doc=payload, wire=wire, parameter=changed)

    def operation(given: Operation) -> Operation:
        return replace(
            given,
            summary=payload,
            description=payload,
            tags=(payload,),
            path=given.path if "{" in given.path or "{" in payload or "}" in payload else given.path + payload,
            operation_id=payload,
            arguments=tuple(map(argument, given.arguments)),
            body=replace(given.body, media_type=payload) if given.body else None,
            response=replace(given.response, media_type=payload, doc=payload),
            errors=(*given.errors, ErrorResponse(payload, given.response.type)) if given.errors else (),
            stream_switch=None,
        )

    def document(node: ResourceNode) -> ResourceNode:
        return replace(node, doc=payload, children=tuple(map(document, node.children)))

    api = replace(
        API,
        title=payload,
        description=payload,
        operations=tuple(map(operation, API.operations)),
        servers=(replace(API.servers[0], url=f"https://{payload}", doc=payload),),
        schemes=tuple(replace(scheme, doc=payload, name=payload) for scheme in API.schemes),
    )
    return render(tiny_plan(Config(), tree=document(TREE), api=api), {})


CLEAN = poisoned("word")
"""The same with a word that can do no harm."""


def shape(text: str) -> list[str]:
    """What a module defines and imports, without its strings."""
    tree = ast.parse(text)
    found = [
        type(node).__name__ for node in ast.walk(tree) if isinstance(node, ast.stmt) and not isinstance(node, ast.Expr)
    ]
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(found + [call for call in calls if call.isidentifier()])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_free_text_adds_no_statement_and_no_call(payload: str) -> None:
    files = poisoned(payload)
    assert files.keys() == CLEAN.keys()
    for path, text in files.items():
        if path.endswith(".py"):
            assert tokenize.detect_encoding(io.BytesIO(text.encode()).readline)[0] == "utf-8"
            assert shape(text) == shape(CLEAN[path]), path
    project = tomllib.loads(files["pyproject.toml"])
    assert project.keys() == {"build-system", "project", "tool"}
    assert project["tool"].keys() == {"hatch", "pytest"}


def test_every_module_starts_with_the_two_constant_lines_that_are_verified() -> None:
    assert all(text.startswith(HEADER) for path, text in CLEAN.items() if path.endswith(".py"))


def test_a_name_that_is_no_identifier_stops_the_rendering() -> None:
    tree = replace(
        TREE, children=(replace(TREE.children[0], methods=(replace(TREE.children[0].methods[0], name="a b"),)),)
    )
    with pytest.raises(BadIdentifier):
        tiny_plan(Config(), tree=tree)


def test_html_of_a_document_is_text_in_markdown() -> None:
    files = poisoned("</code><script>alert(1)</script>")
    assert "<script>" not in files["README.md"]
    assert "<script>" not in files["api.md"]
