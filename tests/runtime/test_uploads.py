"""Uploads and downloads over a socket: exact bytes, replayed exactly or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from loopback import Heard, Server, raw, reply

Drive = Any


def parts(heard: Heard) -> list[tuple[str | None, str | None, str, bytes]]:
    """Name, file name, content type and content of each part, read by the standard library."""
    head = f"Content-Type: {heard.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + heard.body)
    found: list[Message] = message.get_payload()  # type: ignore[assignment] # multipart
    return [
        (
            part.get_param("name", header="content-disposition"),  # type: ignore[misc] # str for plain names
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in found
    ]


def upload(drive: Drive, files: Any, body: Any = None, **options: Any) -> Any:
    return drive(
        lambda client: client.post(
            "/x", cast_to=object, body=body or {}, files=files, options={"content_type": "multipart/form-data"}
        ),
        **options,
    )


def test_every_kind_of_file(drive: Drive, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG")
    with path.open("rb") as opened:
        upload(
            drive,
            {
                "bytes": b"1",
                "path": path,
                "file": opened,
                "named": ("n.txt", b"2"),
                "typed": ("n", io.BytesIO(b"3"), "text/x"),
                "headed": (None, b"4", None, {"X-A": "b"}),
                "several": [b"5", ("s", b"6")],
            },
            {"text": "é", "flag": True, "tags": ["a", "b"], "data": {"x": [1]}, "none": None},
        )
    assert parts(server.last) == [
        ("text", None, "text/plain", "é".encode()),
        ("flag", None, "text/plain", b"true"),
        ("tags", None, "text/plain", b"a"),
        ("tags", None, "text/plain", b"b"),
        ("data", None, "text/plain", b'{"x":[1]}'),
        ("none", None, "text/plain", b"null"),
        ("bytes", "upload", "application/octet-stream", b"1"),
        ("path", "a.png", "image/png", b"\x89PNG"),
        ("file", "a.png", "image/png", b"\x89PNG"),
        ("named", "n.txt", "text/plain", b"2"),
        ("typed", "n", "text/x", b"3"),
        ("headed", None, "application/octet-stream", b"4"),
        ("several", "upload", "application/octet-stream", b"5"),
        ("several", "s", "application/octet-stream", b"6"),
    ]
    assert server.last.headers["content-length"] == str(len(server.last.body))


def test_an_upload_that_cannot_be_read_again_is_not_retried(drive: Drive, server: Server) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.left = [b"once"]

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return self.left.pop() if self.left else b""

    server.answers(reply({}, 503))
    with pytest.raises(drive.module("_exceptions").InternalServerError):
        upload(drive, {"file": Pipe()}, {"purpose": "x"})
    assert len(server.heard) == 1
    assert server.last.headers["transfer-encoding"] == "chunked"
    assert parts(server.last)[1][3] == b"once"


def test_names_cannot_break_out_of_their_header(drive: Drive, server: Server) -> None:
    upload(drive, {'f"\r\nX: 1': ('a"\r\n.txt', b"x")})
    assert b'name="f%22%0D%0AX: 1"; filename="a%22%0D%0A.txt"' in server.last.body
    with pytest.raises(ValueError, match="line break"):
        upload(drive, {"f": ("a", b"x", "text/plain\r\nX: 1")})


@pytest.mark.parametrize("wrong", ["text", 5, io.StringIO("x"), ("a",), {"a": 1}])
def test_what_is_not_a_file_is_named(drive: Drive, server: Server, wrong: Any) -> None:
    with pytest.raises(TypeError, match="the file `f`"):
        upload(drive, {"f": wrong})


def test_form_styles_of_inherited_configs(drive: Drive, server: Server) -> None:
    style = drive.module("_base_client").FormStyle

    class Brackets(drive.client_class()):  # type: ignore[misc] # chosen at run time
        _form_style = style(array="brackets", nested="brackets")

    upload(drive, {"f": b"x"}, {"tags": ["a", "b"], "data": {"x": 1}}, client=Brackets)
    assert [part[0] for part in parts(server.last)] == ["tags[]", "tags[]", "data[x]", "f"]


def test_urlencoded_forms(drive: Drive, server: Server) -> None:
    options = {"content_type": "application/x-www-form-urlencoded"}
    drive(lambda client: client.post("/x", cast_to=object, body={"a": "x y&", "b": [1, 2]}, options=options))
    assert server.last.body == b"a=x+y%26&b=1&b=2"
    assert server.last.headers["content-type"] == options["content_type"]


def test_raw_bodies_of_every_kind(drive: Drive, server: Server, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"path")

    def sends(content: Any) -> bytes:
        options = {"content_type": "text/x"}
        drive(lambda client: client.put("/x", cast_to=object, content=content, options=options))
        assert server.last.headers["content-type"] == "text/x"
        return server.last.body

    assert sends("é") == "é".encode()
    assert sends(b"bytes") == b"bytes"
    assert sends(tmp_path / "f") == b"path"
    assert sends(io.BytesIO(b"file")) == b"file"
    assert sends([b"a", b"b"]) == b"ab"
    if drive.kind == "async":

        async def pieces() -> AsyncIterator[bytes]:
            yield b"a"
            yield b"sync"

        assert sends(pieces()) == b"async"


def test_json_content_type_of_its_own(drive: Drive, server: Server) -> None:
    options = {"content_type": "application/merge-patch+json"}
    drive(lambda client: client.patch("/x", cast_to=object, body={"a": None}, options=options))
    assert server.last.headers["content-type"] == "application/merge-patch+json"
    assert json.loads(server.last.body) == {"a": None}


def download(drive: Drive, file: Path, progress: Any = None) -> Any:
    response = drive.module("_response")
    is_async = drive.kind == "async"
    wrap = (
        response.async_to_custom_streamed_response_wrapper if is_async else response.to_custom_streamed_response_wrapper
    )
    cls = response.AsyncStreamedBinaryAPIResponse if is_async else response.StreamedBinaryAPIResponse
    plain = response.AsyncBinaryAPIResponse if is_async else response.BinaryAPIResponse

    def method(client: Any) -> Any:
        return wrap(
            lambda extra_headers=None: client.get("/x", cast_to=plain, options={"headers": extra_headers or {}}), cls
        )

    if not is_async:

        def read(client: Any) -> Any:
            with method(client)() as found:
                found.stream_to_file(file, progress=progress)

        return drive(read)

    async def aread(client: Any) -> Any:
        async with method(client)() as found:
            await found.stream_to_file(file, progress=progress)

    return drive(aread)


def test_a_download_goes_to_disk_with_progress(drive: Drive, server: Server, tmp_path: Path) -> None:
    content = bytes(range(256)) * 2000
    server.answers(reply(content))
    seen: list[tuple[int, int | None]] = []
    download(drive, tmp_path / "f", lambda done, total: seen.append((done, total)))
    assert (tmp_path / "f").read_bytes() == content
    assert seen[-1] == (len(content), len(content)) and seen == sorted(seen)


def test_a_download_that_is_cut_off_leaves_the_old_file(drive: Drive, server: Server, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"old")
    server.answers(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"))
    with pytest.raises(drive.module("_exceptions").APIConnectionError):
        download(drive, tmp_path / "f")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert (tmp_path / "f").read_bytes() == b"old"


def test_a_binary_result_is_read_and_can_be_written(drive: Drive, server: Server, tmp_path: Path) -> None:
    server.answers(reply(b"\x00\xff"))
    response = drive.module("_response")
    cls = response.AsyncBinaryAPIResponse if drive.kind == "async" else response.BinaryAPIResponse

    if drive.kind == "sync":

        def use(client: Any) -> Any:
            found = client.get("/x", cast_to=cls)
            found.write_to_file(tmp_path / "f")
            return found
    else:

        async def use(client: Any) -> Any:
            found = await client.get("/x", cast_to=cls)
            await found.write_to_file(tmp_path / "f")
            return found

    found = drive(use)
    assert found.content == b"\x00\xff" and found.is_closed
    assert (tmp_path / "f").read_bytes() == b"\x00\xff"


def test_base64_fields(tmp_path: Path) -> None:
    from sdk_runtime._files import encode_base64, file_from_path
    from sdk_runtime._types import omit

    (tmp_path / "f").write_bytes(b"\xff\x00")
    assert encode_base64(tmp_path / "f") == encode_base64(io.BytesIO(b"\xff\x00")) == "/wA="
    assert encode_base64("already") == "already" and encode_base64(omit) is omit
    assert file_from_path(tmp_path / "f") == ("f", b"\xff\x00")


def test_a_download_whose_compressed_body_is_cut_off_leaves_no_file(
    drive: Drive, server: Server, tmp_path: Path
) -> None:
    import gzip

    packed = gzip.compress(bytes(range(256)) * 200)
    server.answers(reply(packed[: len(packed) // 2], headers=[("Content-Encoding", "gzip")]))
    with pytest.raises(drive.module("_exceptions").APIResponseValidationError, match="decompressed"):
        download(drive, tmp_path / "f")
    assert list(tmp_path.iterdir()) == []
    server.answers(
        reply(packed, headers=[("Content-Encoding", "gzip")]), reply(b"", headers=[("Content-Encoding", "gzip")])
    )
    download(drive, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == bytes(range(256)) * 200
    download(drive, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b""
