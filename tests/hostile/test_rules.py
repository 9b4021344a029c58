"""Rules for documents that no other test states by itself: what has no effect, and which values are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hostile.payloads import PAYLOADS
from hostile.trial import Bench, judge

FOREIGN = (
    *("x-python-type", "x-python-import", "customTypePath", "customBasePath", "x-custom-base-class", "x-is-base-class"),
    *("x-go-type", "x-go-type-import", "x-go-name", "x-java-class", "x-implements", "x-ts-type", "tsType", "x-type"),
    *("x-enum-varnames", "x-enumNames", "x-class-extra-annotation", "x-field-extra-annotation", "x-factory", "$import"),
    *("x-default-factory", "x-kiota-info", "x-ms-client-name", "x-speakeasy-name-override", "x-fern-type-name"),
    *("x-oapi-codegen-extra-tags", "x-openapi-router-controller", "x-codegen-import-mapping", "x-validator"),
)
"""Keys by which documents tell other tools which type to take, what to import or which class to inherit from."""
BAD_PATTERNS = (
    *("^(a+)+$", "(a|a)*b", "(?<=a)b", "(?=a)b", "(a)\\1", "[a-", "(?P<x>(?i)", "(", "*", "\\", "a" * 5_000),
    *("(?#comment)'''\"\"\"", "{{ 7 }}"),
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    found = Bench(tmp_path)
    yield found
    found.close()


def document(**more: Any) -> dict[str, Any]:
    """A small document; `more` goes into a schema, and into everything around it that may be extended."""
    extensions = {name: value for name, value in more.items() if name.startswith("x-") or name in FOREIGN}
    text = {"type": "string", **more}
    pet = {"type": "object", "properties": {"id": text, "kind": {"enum": ["a", "b"], **extensions}}, **extensions}
    answer = {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
    operation = {"operationId": "listPets", "responses": {"200": answer, **extensions}, **extensions}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1", **extensions},
        "paths": {"/pets": {"get": operation, **extensions}, **extensions},
        "components": {"schemas": {"Pet": pet}},
        **extensions,
    }


def test_keys_that_other_tools_turn_into_types_imports_and_factories_have_no_effect(bench: Bench) -> None:
    plain = bench.judge(document())
    assert plain.problems == () and plain.files is not None
    values = (PAYLOADS["expression"], {"import": "os", "path": "os.system", "name": PAYLOADS["call"]})
    for value in values:
        verdict = bench.judge(document(**dict.fromkeys(FOREIGN, value)))
        assert (verdict.problems, verdict.errors) == ((), ())
        assert verdict.digest == plain.digest


@pytest.mark.parametrize("pattern", BAD_PATTERNS, ids=range(len(BAD_PATTERNS)))
def test_a_pattern_is_neither_compiled_nor_written(bench: Bench, pattern: str) -> None:
    verdict = bench.judge(document(pattern=pattern))
    assert (verdict.problems, verdict.errors) == ((), ())
    assert verdict.digest == bench.judge(document()).digest


@pytest.mark.parametrize("text", ["9" * 401, "1e999", "-1e400", "NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_or_too_long_is_refused_where_it_stands(bench: Bench, text: str) -> None:
    verdict = bench.judge(document(default="qx_number"))
    assert verdict.files is not None
    spec = bench.directory / "openapi.json"
    spec.write_text(spec.read_text("utf-8").replace('"qx_number"', text), "utf-8")
    (error,) = judge(spec).errors
    assert error.code.startswith(("source/", "limit/"))
    assert error.location.file == str(spec)
    assert error.line


def test_objects_with_long_names_inside_one_another_have_tables_of_keys(bench: Bench) -> None:
    inner = {"type": "object", "properties": {"aKey": {"type": "string"}}}
    pet = {"type": "object", "properties": {"x" * 300 + str(number): inner for number in range(30)}}
    data = document()
    data["components"]["schemas"]["PetWithSomeMoreInItsName"] = pet
    schema = {"type": "object", "properties": {"pet": {"$ref": "#/components/schemas/PetWithSomeMoreInItsName"}}}
    body = {"content": {"application/json": {"schema": schema}}}
    data["paths"]["/pets"]["post"] = {"requestBody": body, "responses": {"204": {"description": ""}}}
    verdict = bench.judge(data)
    assert (verdict.problems, verdict.errors) == ((), ())
    assert bench.imports(verdict) == ()
