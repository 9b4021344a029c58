"""Bodies: forms with every kind of field, raw content of every kind, and what cannot be sent."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from loopback import Server
from sdk_runtime._body import IteratorBody, RequestBody, content_body
from sdk_runtime._encode import FormStyle, encode_body
from sdk_runtime._files import async_file_from_path, encode_base64, uploads
from sdk_runtime._models import BaseModel
from sdk_runtime._options import FinalRequestOptions
from sdk_runtime._params import form, space_delimited
from sdk_runtime._types import not_given, omit

Drive = Any
MULTIPART, URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"


def encoded(body: Any, content_type: str | None = None, style: FormStyle | None = None, **more: Any) -> Any:
    options = FinalRequestOptions("post", "/x", body=body, content_type=content_type, **more)
    return encode_body(options, style or FormStyle())


def fields(body: RequestBody) -> list[tuple[Any, Any]]:
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    found: Any = BytesParser().parsebytes(head + b"".join(body.chunks())).get_payload()
    return [(each.get_param("name", header="content-disposition"), each.get_payload(decode=True)) for each in found]


class Place(BaseModel):
    city: str


def test_fields_of_multipart_are_text_and_objects_are_json() -> None:
    body = {"a": 1, "b": True, "c": None, "d": b"\xff", "e": {"f": [1]}, "g": ["x", "y"], "h": omit, "i": not_given}
    assert fields(encoded(body, MULTIPART)) == [
        ("a", b"1"),
        ("b", b"true"),
        ("c", b"null"),
        ("d", b"\xff"),
        ("e", b'{"f":[1]}'),
        ("g", b"x"),
        ("g", b"y"),
    ]
    assert fields(encoded(Place(city="Ulm"), MULTIPART)) == [("city", b"Ulm")]


def test_a_form_follows_its_style_unless_a_field_has_its_own() -> None:
    body = {"a": [1, 2], "b": {"c": "d e"}, "e": form([1, 2], explode=False), "f": space_delimited(["x", "y"])}
    assert encoded(body, URLENCODED).content == b"a=1&a=2&b%5Bc%5D=d+e&e=1%2C2&f=x+y"
    style = FormStyle(array="brackets", nested="brackets")
    assert fields(encoded(body, MULTIPART, style))[:3] == [("a[]", b"1"), ("a[]", b"2"), ("b[c]", b"d e")]


def test_no_body_is_no_body() -> None:
    assert encoded(not_given) is None and encoded(omit) is None and encoded(not_given, URLENCODED) is None
    assert encoded(None).content == b"null"


def test_extra_fields_are_merged_into_an_object_and_take_the_place_of_anything_else() -> None:
    assert encoded({"a": 1}, extra_json={"b": 2}).content == b'{"a":1,"b":2}'
    assert encoded(Place(city="Ulm"), extra_json={"city": "Bonn"}).content == b'{"city":"Bonn"}'
    assert encoded([1], extra_json={"b": 2}).content == b'{"b":2}'
    assert encoded(not_given, extra_json={"b": 2}).content == b'{"b":2}'


async def letters() -> AsyncIterator[bytes]:
    for letter in (b"a", b"b"):
        yield letter


class AsyncFile:
    def __init__(self) -> None:
        self._file = io.BytesIO(b"ab")

    async def read(self, size: int, /) -> bytes:
        return self._file.read(size)


@pytest.mark.parametrize("make", [letters, AsyncFile])
def test_asynchronous_content_needs_the_asynchronous_client(drive: Drive, server: Server, make: Any) -> None:
    def send(client: Any) -> Any:
        return client.post("/x", cast_to=object, content=make(), options={"content_type": "text/plain"})

    if drive.kind == "async":
        drive(send)
        assert (server.last.body, server.last.headers["transfer-encoding"]) == (b"ab", "chunked")
    else:
        with pytest.raises(TypeError, match="cannot be sent by the synchronous client"):
            drive(send)
        assert server.heard == []  # refused before anything is sent


@pytest.mark.parametrize(
    ("content", "size", "replayable"),
    [
        ("ü", 2, True),
        (bytearray(b"ab"), 2, True),
        (io.BytesIO(b"abc"), 3, True),
        (("a.txt", b"ab"), 2, True),
        ([b"a", b"b"], None, True),
        (iter([b"a"]), None, False),
        (letters(), None, False),
    ],
)
def test_content_knows_its_size_and_whether_it_can_be_sent_twice(content: Any, size: Any, replayable: bool) -> None:
    body = content_body(content)
    assert (body.size, body.replayable) == (size, replayable)


@pytest.mark.parametrize("wrong", [7, object(), None])
def test_content_that_is_no_content_is_named(wrong: Any) -> None:
    with pytest.raises(TypeError, match="the body must be bytes, text, a file or an iterable of bytes"):
        content_body(wrong)


def test_a_list_of_pieces_is_sent_by_both_clients() -> None:
    body = IteratorBody([b"a", b"b"])

    async def collect() -> list[bytes]:
        return [chunk async for chunk in body.achunks()]

    assert list(body.chunks()) == asyncio.run(collect()) == [b"a", b"b"]


def test_files_are_read_in_a_worker_thread_where_a_loop_runs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"ab")
    assert asyncio.run(async_file_from_path(tmp_path / "a.txt")) == ("a.txt", b"ab")
    assert encode_base64(b"ab") == encode_base64(tmp_path / "a.txt") == encode_base64(io.BytesIO(b"ab")) == "YWI="


@pytest.mark.parametrize("wrong", [("a",), ("a", b"", None, {}, 1)])
def test_a_tuple_of_another_length_is_no_file(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"`f` must be \(name, content"):
        uploads({"f": wrong})


def test_a_file_that_cannot_say_where_it_stands_is_sent_once() -> None:
    class Pipe:
        def read(self, size: int = -1) -> bytes:
            return b""

    ((_, upload),) = uploads({"f": Pipe()})
    assert (upload.replayable, upload.size, upload.name) == (False, None, "upload")
