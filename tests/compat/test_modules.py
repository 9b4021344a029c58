"""Names that older versions had in the underscore modules: they are there, and they forward to the core."""

from __future__ import annotations

import asyncio
import datetime
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pydantic
import pytest
from sdkwright.render.compat import compat_files
from typing_extensions import TypedDict

Module = Callable[[str], ModuleType]


def test_a_name_is_found_where_it_was_and_an_unknown_one_is_an_attribute_error(module: Module) -> None:
    models = module("_models")
    assert models.construct_type is module("_legacy.models").construct_type
    with pytest.raises(AttributeError, match=r"module 'older_sdk._models' has no attribute 'nothing'"):
        models.nothing  # noqa: B018


def test_the_core_keeps_its_own_names(module: Module) -> None:
    assert module("_utils").is_dict is module("_utils._checks").is_dict
    assert module("_types").NotGiven.__module__ == "older_sdk._types"


def test_nothing_older_is_loaded_until_it_is_asked_for(tree: Path) -> None:
    script = (
        "import sys; from older_sdk import _models, _types, _response, _streaming, _base_client, _qs, _files, _utils\n"
        "names = ('_legacy', '_transform', '_utils._utils')\n"
        "print([name for name in sys.modules if name.startswith('older_sdk') and name.endswith(names)])\n"
        "from older_sdk._models import construct_type; print('older_sdk._legacy.models' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=tree, capture_output=True, text=True, check=True)
    assert found.stdout.split("\n")[:2] == ["[]", "True"]


def test_the_files_replace_only_modules_of_the_runtime_that_they_extend() -> None:
    runtime = {path: f"{path} = 1\n".replace("/", "_").replace(".", "_") for path in (
        "_base_client.py", "_compat.py", "_constants.py", "_exceptions.py", "_files.py", "_models.py", "_qs.py",
        "_response.py", "_streaming.py", "_types.py", "_utils/__init__.py", "_other.py",
    )}  # fmt: skip
    files = compat_files(runtime, "AcmeError")
    assert "_other.py" not in files
    assert files["_models.py"].startswith(
        "\nfrom typing import TYPE_CHECKING\n_models_py = 1\n\n# Names of older versions"
    )
    assert not any("SDKError" in text for text in files.values())
    assert "AcmeError" in files["_legacy/response.py"]


class Pet(pydantic.BaseModel):
    name: str
    born: datetime.date | None = None


class Owner(pydantic.BaseModel):
    pets: list[Pet]


def test_values_are_built_as_far_as_they_go(module: Module) -> None:
    models: Any = module("_models")
    owner = models.construct_type(value={"pets": [{"name": "Rex", "born": "2026-01-02"}, {"name": 1}]}, type_=Owner)
    assert owner.pets[0] == Pet(name="Rex", born=datetime.date(2026, 1, 2))
    assert (type(owner.pets[1]), owner.pets[1].name) == (Pet, 1)
    assert models.construct_type(value="text", type_=int) == "text"
    assert models.construct_type_unchecked(value="1", type_=str) == "1"
    held = object()
    assert models.construct_type(value=held, type_=Owner) is held


def test_metadata_tells_the_members_of_a_union_apart(module: Module) -> None:
    models: Any = module("_models")

    class Cat(pydantic.BaseModel):
        kind: str
        lives: int

    class Dog(pydantic.BaseModel):
        kind: str
        tricks: int

    built = models.construct_type(
        value={"kind": "x", "tricks": 1}, type_=Cat | Dog, metadata=[pydantic.Field(description="d")]
    )
    assert type(built) is Dog


def test_a_model_is_built_from_arguments(module: Module) -> None:
    models: Any = module("_models")
    assert models.build(Pet, name="Rex") == Pet(name="Rex")
    with pytest.raises(TypeError, match="positional"):
        models.build(Pet, "Rex")


def test_validation_is_strict_about_the_type(module: Module) -> None:
    models: Any = module("_models")
    assert models.validate_type(type_=list[Pet], value=[{"name": "Rex"}]) == [Pet(name="Rex")]
    with pytest.raises(ValueError, match="name"):
        models.validate_type(type_=Pet, value={})


def test_models_are_told_from_other_types(module: Module) -> None:
    models: Any = module("_models")
    assert models.is_basemodel(Pet) and models.is_basemodel(int | Pet) and not models.is_basemodel(int | str)
    assert models.is_basemodel_type(Pet) and not models.is_basemodel_type(list[Pet])
    assert issubclass(models.GenericModel, models.BaseModel) and models.RootModel[int](1).root == 1


def test_an_eager_iterable_is_a_list_that_was_checked(module: Module) -> None:
    models: Any = module("_models")

    class Holder(pydantic.BaseModel):
        items: models.EagerIterable[int]  # type: ignore[name-defined]

    assert Holder(items=iter(["1", "2"])).items == [1, 2]  # type: ignore[arg-type]
    with pytest.raises(pydantic.ValidationError):
        Holder(items=["x"])  # type: ignore[list-item]


def test_discriminator_details_and_a_config_are_kept(module: Module) -> None:
    models: Any = module("_models")
    details = models.DiscriminatorDetails(mapping={"a": Pet}, discriminator_field="kind", discriminator_alias="Kind")
    assert (details.mapping, details.field_name, details.field_alias_from) == ({"a": Pet}, "kind", "Kind")

    class Keys(TypedDict):
        a: int

    models.set_pydantic_config(Keys, {"extra": "forbid"})
    with pytest.raises(ValueError, match="extra"):
        models.validate_type(type_=Keys, value={"a": 1, "b": 2})


def test_pydantic_under_the_names_of_two_versions(module: Module) -> None:
    compat: Any = module("_compat")
    pet = compat.parse_obj(Pet, {"name": "Rex"})
    assert compat.model_parse(Pet, {"name": "Rex"}) == compat.model_copy(pet, deep=True) == pet
    assert compat.model_dump(pet, exclude_unset=True) == {"name": "Rex"}
    assert compat.model_json(pet) == '{"name":"Rex","born":null}'
    fields = compat.get_model_fields(Pet)
    assert [compat.field_is_required(fields[name]) for name in ("name", "born")] == [True, False]
    assert [compat.field_get_default(fields[name]) for name in ("name", "born")] == [None, None]
    assert compat.field_outer_type(fields["name"]) is str
    assert compat.get_model_config(Pet) == {} and compat.PYDANTIC_V1 is False

    class Owner:
        count = 0

        @compat.typed_cached_property
        def value(self) -> int:
            self.count += 1
            return self.count

    owner = Owner()
    assert (owner.value, owner.value) == (1, 1)


def test_query_strings_without_a_client(module: Module) -> None:
    qs: Any = module("_qs")
    assert qs.stringify({"a": [1, 2], "b": {"c": True}}) == "a=1&a=2&b%5Bc%5D=true"
    assert qs.stringify({"a": [1, 2]}, array_format="comma") == "a=1,2"
    assert qs.stringify_items({"a": {"b": 1}}, nested_format="dots") == [("a.b", "1")]
    assert qs.parse("a=1&a=2&b=x%20y") == {"a": ["1", "2"], "b": ["x y"]}
    options = qs.Options(array_format="comma")
    assert (options.array_format, options.nested_format) == ("comma", "brackets")


def test_questions_about_files(module: Module, tmp_path: Path) -> None:
    files: Any = module("_files")
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    assert [files.is_file_content(value) for value in (b"", io.BytesIO(), path, ("a", b""), "text")] == [True] * 4 + [
        False
    ]
    assert [files.is_base64_file_input(value) for value in (path, io.BytesIO(), b"")] == [True, True, False]
    assert files.read_file_content(path) == asyncio.run(files.async_read_file_content(path)) == b"x"
    assert files.read_file_content(b"y") == asyncio.run(files.async_read_file_content(b"y")) == b"y"
    with pytest.raises(RuntimeError, match="file input `'text'` to be bytes"):
        files.assert_is_file_content("text")


def test_files_are_brought_to_the_form_of_the_http_library(module: Module, tmp_path: Path) -> None:
    files: Any = module("_files")
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    given = {"a": path, "b": ("n", path), "c": b"y", "d": ("n", b"z", "text/plain")}
    read = {"a": ("a.txt", b"x"), "b": ("n", b"x"), "c": b"y", "d": ("n", b"z", "text/plain")}
    assert files.to_httpx_files(given) == asyncio.run(files.async_to_httpx_files(given)) == read
    assert files.to_httpx_files([("a", path)]) == [("a", ("a.txt", b"x"))]
    assert files.to_httpx_files(None) is None
    with pytest.raises(TypeError, match="mapping or a sequence"):
        files.to_httpx_files(5)


def test_only_the_way_to_files_is_copied(module: Module) -> None:
    files: Any = module("_files")
    item = {"a": [{"f": b"x", "rest": {}}], "b": {}, "c": {"f": b"y"}}
    copied = files.deepcopy_with_paths(item, [["a", "<array>", "f"], ["c"], ["nothing", "f"]])
    assert copied == item and copied is not item
    assert copied["a"][0] is not item["a"][0] and copied["a"][0]["rest"] is item["a"][0]["rest"]  # type: ignore[index]
    assert copied["b"] is item["b"]


def test_types_of_responses_and_streams_are_found(module: Module) -> None:
    response: Any = module("_response")
    streaming: Any = module("_streaming")
    assert response.extract_response_type(response.BinaryAPIResponse) is bytes
    assert response.extract_response_type(response.APIResponse[int]) is int
    assert streaming.extract_stream_chunk_type(streaming.Stream[str]) is str
    assert streaming.is_stream_class_type(streaming.AsyncStream[str]) and not streaming.is_stream_class_type(list[str])
    assert isinstance(streaming.SSEDecoder(), streaming.SSEBytesDecoder)
    with pytest.raises(TypeError, match="no type"):
        streaming.extract_stream_chunk_type(streaming.Stream, failure_message="no type")


def test_errors_of_responses_say_what_is_wrong(module: Module) -> None:
    response: Any = module("_response")
    assert issubclass(response.StreamAlreadyConsumed, module("_exceptions").OlderError)
    assert "read already" in str(response.StreamAlreadyConsumed()) and "stream_cls" in str(
        response.MissingStreamClassError()
    )
    assert response.log.name == "older_sdk"


def test_the_platform_is_described(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = module("_base_client")
    platform: Any = module("_platform")
    assert client.get_python_version() == ".".join(map(str, sys.version_info[:3]))
    assert client.get_python_runtime() == "CPython"
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert str(client.get_architecture()) == "other:riscv64"
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert client.get_architecture() == "arm64"
    monkeypatch.setattr(platform, "TELEMETRY_PREFIX", "X-Acme")
    platform.platform_headers.cache_clear()
    headers = client.platform_headers("1.2.3", platform="Windows")
    assert (headers["X-Acme-OS"], headers["X-Acme-Package-Version"]) == ("Windows", "1.2.3")
    assert client.platform_headers("1.2.3", platform=None)["X-Acme-OS"] != "Windows"
    platform.platform_headers.cache_clear()


def test_http_clients_and_forms_under_older_names(module: Module) -> None:
    client: Any = module("_base_client")
    with client.SyncHttpxClientWrapper() as http:
        assert http.follow_redirects is True or http.timeout is not None
    assert issubclass(client.AsyncHttpxClientWrapper, client.DefaultAsyncHttpxClient)
    forced = client.ForceMultipartDict()
    assert forced == {} and bool(forced)


def test_types_for_annotations_are_there(module: Module) -> None:
    types: Any = module("_types")
    for name in module("_legacy.types").__all__:
        assert getattr(types, name) is not None
    assert types.HttpxSendArgs.__annotations__.keys() == {"auth", "follow_redirects"}
    assert module("_constants").OVERRIDE_CAST_TO_HEADER.startswith("_")
