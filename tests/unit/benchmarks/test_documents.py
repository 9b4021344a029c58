"""The synthetic document, and the operations of any."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from benchmarks.documents import endpoint, endpoints, synthetic
from benchmarks.generators import kept_by_openapi_generator, kept_by_openapi_python_client, kept_by_sdkwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST, GET = ("get", "/pets"), ("get", "/pets/{}")


def test_an_endpoint_does_not_depend_on_the_spelling_of_its_parameters() -> None:
    assert endpoint("GET", "/a/{petId}/b/{c_d}") == endpoint("get", "/a/{pet_id}/b/{cD}") == ("get", "/a/{}/b/{}")


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_every_method_under_a_path_is_an_operation(tmp_path: Path, suffix: str) -> None:
    paths: dict[str, dict[str, object]] = {
        "/a": {"get": {}, "x-note": {}, "parameters": []},
        "/a/{b}": {"patch": {}, "delete": {}},
    }
    document = tmp_path / f"openapi{suffix}"
    document.write_text(json.dumps({"paths": paths}), encoding="utf-8")
    assert endpoints(document) == {("get", "/a"), ("patch", "/a/{}"), ("delete", "/a/{}")}


def test_the_synthetic_document_has_300_operations_and_is_the_same_every_time(tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(synthetic()), encoding="utf-8")
    assert len(endpoints(document)) == 300
    assert json.dumps(synthetic()) == json.dumps(synthetic())
    assert synthetic(seed=2) != synthetic(seed=1)


def test_every_reference_of_the_synthetic_document_leads_somewhere() -> None:
    document = synthetic(resources=50)
    schemas = document["components"]["schemas"]
    found = [each["$ref"].removeprefix("#/components/schemas/") for each in _walk(document) if "$ref" in each]
    assert found
    assert set(found) <= schemas.keys()


def test_operation_ids_of_the_synthetic_document_are_unique() -> None:
    found = [each["operationId"] for each in _walk(synthetic()) if "operationId" in each]
    assert len(found) == len(set(found)) == 300


def test_what_sdkwright_kept_is_read_from_its_list_of_methods(tmp_path: Path) -> None:
    line = '- <code title="get /pets{}">client.pets.<a href="./src/x.py">list</a>() -> Pets</code>\n'
    (tmp_path / "api.md").write_text(line.format("") + line.format("/{pet_id}"), encoding="utf-8")
    assert kept_by_sdkwright(tmp_path) == {LIST, GET}


def test_what_openapi_generator_kept_is_read_from_its_readme(tmp_path: Path) -> None:
    row = "*PetsApi* | [**x**](docs/PetsApi.md#x) | **GET** /pets{} | Pets | today\n"
    text = row.format("") + row.format("/{petId}") * 2 + row.format("?old&#x3D;true")
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    assert kept_by_openapi_generator(tmp_path) == {LIST, GET, ("get", "/pets?old=true")}


def test_what_openapi_python_client_kept_is_read_from_its_modules(tmp_path: Path) -> None:
    folder = tmp_path / "pets_client" / "api" / "pets"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "list_pets.py").write_text('kw = {\n  "method": "get",\n  "url": "/pets",\n}', encoding="utf-8")
    one = '{"method": "get", "url": "/pets/{pet_id}".format(pet_id=quote(pet_id)),}'
    (folder / "get_pet.py").write_text(one, encoding="utf-8")
    assert kept_by_openapi_python_client(tmp_path) == {LIST, GET}


def _walk(node: object) -> Iterator[dict[str, Any]]:
    children: list[object] = []
    if isinstance(node, dict):
        found = cast("dict[str, Any]", node)
        yield found
        children = list(found.values())
    elif isinstance(node, list):
        children = cast("list[object]", node)
    for each in children:
        yield from _walk(each)
