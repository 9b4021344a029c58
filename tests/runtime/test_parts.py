"""Parts of a multipart body with a media type of their own (OpenAPI 3.1, 4.8.15): built, and as a server reads them."""

from __future__ import annotations

import datetime
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from loopback import Heard, Server
from sdk_runtime._models import BaseModel
from sdk_runtime._parts import file_part, part
from sdk_runtime._types import not_given, omit

Drive = Any
JSON, PLAIN, XML = "application/json", "text/plain", "application/xml"


class Place(BaseModel):
    city: str
    zip_code: str | None = None


@pytest.mark.parametrize(
    ("value", "content_type", "expected"),
    [
        ("a ü", PLAIN, "a ü".encode()),
        ("<a/>", XML, b"<a/>"),
        ("a", JSON, b'"a"'),
        ("a", "application/problem+json", b'"a"'),
        (b"\xff\x00", JSON, b"\xff\x00"),
        (b"\xff", PLAIN, b"\xff"),
        (7, PLAIN, b"7"),
        (True, JSON, b"true"),
        (None, JSON, b"null"),
        (datetime.date(2026, 1, 2), JSON, b'"2026-01-02"'),
        ({"a": [1, {"b": None}], "c": omit}, JSON, b'{"a":[1,{"b":null}]}'),
        (Place(city="Ulm"), JSON, b'{"city":"Ulm"}'),
    ],
)
def test_a_value_is_one_part_of_its_media_type(value: Any, content_type: str, expected: bytes) -> None:
    assert part(value, content_type) == (None, expected, content_type)


@pytest.mark.parametrize("values", [["a", {"b": 1}], ("a", {"b": 1}), iter(["a", {"b": 1}])])
def test_each_item_of_a_list_is_a_part(values: Any) -> None:
    assert part(values, JSON) == [(None, b'"a"', JSON), (None, b'{"b":1}', JSON)]


def test_what_is_left_out_is_no_part() -> None:
    assert part(omit, JSON) is omit and part(not_given, PLAIN) is omit
    assert file_part(omit, JSON) is omit and file_part(None, JSON) is None


def test_bytes_take_the_media_type_of_the_document_and_named_files_keep_their_own(tmp_path: Path) -> None:
    named = ("a.png", b"2", "image/png")
    assert file_part(b"1", XML) == ("upload", b"1", XML)
    assert file_part([b"1", named, tmp_path], XML) == [("upload", b"1", XML), named, tmp_path]
    assert file_part(named, XML) is named and file_part(tmp_path, XML) is tmp_path


def read(heard: Heard) -> list[tuple[Any, Any, str, Any]]:
    """Name, file name, media type and content of each part, read by the standard library."""
    head = f"Content-Type: {heard.headers['content-type']}\r\n\r\n".encode()
    found: Any = BytesParser().parsebytes(head + heard.body).get_payload()

    def of(each: Message) -> tuple[Any, Any, str, Any]:
        name = each.get_param("name", header="content-disposition")
        return name, each.get_filename(), each.get_content_type(), each.get_payload(decode=True)

    return [of(each) for each in found]


def test_a_server_reads_parts_beside_fields_and_files(drive: Drive, server: Server) -> None:
    parts = drive.module("_parts")
    files = {
        "place": parts.part(Place(city="Ulm"), JSON),
        "notes": parts.part(["a", "b"], PLAIN),
        "scan": parts.file_part(b"%PDF", "application/pdf"),
        "none": parts.part(drive.module("_types").omit, JSON),
    }
    call = {"body": {"purpose": "x"}, "files": files, "options": {"content_type": "multipart/form-data"}}
    drive(lambda client: client.post("/x", cast_to=object, **call))
    assert read(server.last) == [
        ("purpose", None, "text/plain", b"x"),
        ("place", None, JSON, b'{"city":"Ulm"}'),
        ("notes", None, PLAIN, b"a"),
        ("notes", None, PLAIN, b"b"),
        ("scan", "upload", "application/pdf", b"%PDF"),
    ]
