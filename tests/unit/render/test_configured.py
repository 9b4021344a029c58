"""What the config of one method changes in the tiny package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import httpx2
import pytest
from sdkwright.config import Config
from sdkwright.ir.names import ResourceNames
from sdkwright.ir.operations import Argument, BodyKind, Operation
from sdkwright.ir.tree import ModelNode, ResourceNode
from sdkwright.ir.types import Kind, Named, Scalar
from sdkwright.render.package import render
from unit.render.conftest import imported
from unit.render.test_generated import Server, client_of
from unit.render.tiny import API, HERE, NAMES, PET_ID, TREE, body, tiny_plan

PETS = "src/tiny/resources/pets/pets.py"


def changed(name: str, **options: object) -> ResourceNode:
    """The tree with other options for one method of `pets`, and a model that it can refer to."""
    (pets,) = TREE.children
    methods = tuple(replace(node, **options) if node.name == name else node for node in pets.methods)  # type: ignore[arg-type]  # the keys are those of the class
    return replace(TREE, children=(replace(pets, methods=methods, models=(ModelNode("pet", "#Pet"),)),))


def with_operation(key: str, **options: object) -> tuple[Operation, ...]:
    """The operations with one changed."""
    return tuple(replace(each, **options) if each.key == key else each for each in API.operations)  # type: ignore[arg-type]  # as above


def pets_of(tree: ResourceNode) -> str:
    return render(tiny_plan(tree=tree), {})[PETS]


def test_one_property_of_a_response_is_returned_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = changed("retrieve", unwrap_response="petName")
    assert "def retrieve(" in pets_of(tree)
    assert 'cast_to=cast("type[str]", Pet)' in pets_of(tree)
    for tiny in imported(tmp_path, monkeypatch, Config(), tree):
        server = Server(httpx2.Response(200, json={"id": "1", "pet_name": "Rex"}))
        assert client_of(tiny, server).pets.retrieve("1") == "Rex"


def test_a_config_unwraps_every_response_that_has_the_property_but_for_those_that_refuse() -> None:
    config = Config.model_validate({"settings": {"unwrap_response_fields": ["id"]}})
    source = render(tiny_plan(config), {})[PETS]
    assert source.count('cast_to=cast("type[str]", Pet)') == 4
    refused = render(tiny_plan(config, tree=changed("create", unwrap_response=False)), {})[PETS]
    assert refused.count('cast_to=cast("type[str]", Pet)') == 2


def test_a_body_gets_the_name_that_the_config_gives_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tiny in imported(tmp_path, monkeypatch, Config(), changed("replace", body_param_name="photoBytes")):
        server = Server(httpx2.Response(200, text="stored"))
        client_of(tiny, server).pets.replace("1", photo_bytes=b"PNG")
        assert server.last.content == b"PNG"


def test_a_body_with_a_name_is_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = replace(body(BodyKind.JSON, "application/json", Named("Pet")), spread="Pet")
    api = replace(API, operations=with_operation("post /pets", body=whole))
    for tiny in imported(tmp_path, monkeypatch, Config(), changed("create", body_param_name="pet"), api):
        server = Server()
        client_of(tiny, server).pets.create(pet={"id": "1", "pet_name": "Rex"})
        assert server.last.content == b'{"id":"1","petName":"Rex"}'


def test_a_success_without_a_body_is_none_where_another_one_has_a_body(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = next(each.response for each in API.operations if each.key == "get /pets/{petId}")
    api = replace(API, operations=with_operation("get /pets/{petId}", response=replace(response, or_none=True)))
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, api):
        server = Server(httpx2.Response(200, json={"id": "1"}), httpx2.Response(204))
        pets = client_of(tiny, server).pets
        assert (type(pets.retrieve("1")).__name__, pets.retrieve("1")) == ("Pet", None)


def test_an_operation_with_a_server_of_its_own_goes_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = replace(API, operations=with_operation("get /pets/{petId}", server="https://vet.example/v2/"))
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, api):
        server = Server()
        client_of(tiny, server).pets.retrieve("a b")
        assert str(server.last.url) == "https://vet.example/v2/pets/a%20b"


def test_an_object_in_a_multipart_body_is_a_part_of_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = Argument("field", "owner", Named("Pet"), True, HERE)
    image = Argument("field", "image", Scalar(Kind.FILE), True, HERE, is_file=True, part_type="image/png")
    key = "put /pets/{petId}/photo"
    api = replace(API, operations=with_operation(key, arguments=(PET_ID, owner, image)))
    names = replace(NAMES, arguments={**NAMES.arguments, key: ("pet_id", "owner", "image")})
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, api, names):
        server = Server()
        client_of(tiny, server).pets.photos.upload("1", owner={"pet_name": "Rex"}, image=b"PNG")
        assert b'name="owner"\r\nContent-Type: application/json\r\n\r\n{"petName":"Rex"}\r\n' in server.last.content
        assert b'filename="upload"\r\nContent-Type: image/png\r\n\r\nPNG\r\n' in server.last.content


def test_models_that_are_shared_are_no_resource(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = ResourceNode("$shared", models=(ModelNode("pet", "#Pet"),))
    tree = replace(TREE, children=(shared, *TREE.children))
    for tiny in imported(tmp_path, monkeypatch, Config(), tree):
        assert isinstance(tiny, ModuleType)
        assert [name for name in dir(tiny.Tiny) if "shared" in name] == []


def test_a_resource_that_holds_models_alone_has_its_section() -> None:
    (pets,) = TREE.children
    animals = ResourceNode("animals", models=(ModelNode("animal", "#Animal"),))
    tree = replace(TREE, children=(pets, animals, ResourceNode("nothing", models=(ModelNode("gone", "#Gone"),))))
    resources = dict(NAMES.resources)
    resources |= {(name,): ResourceNames(name, name.title(), f"resources.{name}") for name in ("animals", "nothing")}
    page = render(tiny_plan(tree=tree, names=replace(NAMES, resources=resources)), {})["api.md"]
    section = page.partition("# Animals")[2].partition("\n# ")[0]
    assert "Animal" in section
    assert "Methods:" not in section
    assert "# Nothing" not in page
