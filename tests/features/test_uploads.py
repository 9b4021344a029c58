"""Bodies that are not JSON: multipart from every kind of file, raw content, forms."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import anyio
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from features.kit import Kit

pytestmark = pytest.mark.anyio

CONTENT = b"rum, 12 casks\r\n--boundary\r\n\x00\xff" * 100


def manifest(tmp_path: Path, kind: str) -> Any:
    """The same content as each kind of file."""
    path = tmp_path / "manifest.txt"
    path.write_bytes(CONTENT)
    match kind:
        case "bytes":
            return CONTENT
        case "path":
            return path
        case "async path":
            return anyio.Path(path)
        case "file object":
            return path.open("rb")
        case "memory":
            return io.BytesIO(CONTENT)
        case _:
            return ("manifest.txt", CONTENT, "text/plain", {"X-Page": "1"})


KINDS = ["bytes", "path", "async path", "file object", "memory", "tuple"]
NAMES = {"bytes": "upload", "memory": "upload"}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_file_arrives_with_the_fields(kit: Kit, tmp_path: Path, kind: str) -> None:
    cargo = await kit(kit.client().cargo.load(manifest=manifest(tmp_path, kind), title="Grüße", weight=2.5))
    parts = {part.name: part for part in cargo.parts}
    assert (parts["title"].text, parts["weight"].text) == ("Grüße", "2.5")
    assert parts["manifest"].file == NAMES.get(kind, "manifest.txt")
    assert parts["manifest"].size == len(CONTENT)
    assert parts["manifest"].sha256 == hashlib.sha256(CONTENT).hexdigest()


async def test_several_files_lists_and_objects_have_parts_of_their_own(kit: Kit) -> None:
    cargo = await kit(
        kit.client().cargo.load(
            manifest=b"m", title="t", photos=[b"one", ("two.png", b"two")], labels=["a", "b"], owner={"name": "Ada"}
        )
    )
    found = [(part.name, part.file, part.type, part.text) for part in cargo.parts]
    assert [each for each in found if each[0] == "labels"] == [("labels", None, None, "a"), ("labels", None, None, "b")]
    assert [each[1:3] for each in found if each[0] == "photos"] == [("upload", "image/png"), ("two.png", "image/png")]
    assert [each[2:] for each in found if each[0] == "owner"] == [("application/json", '{"name":"Ada"}')]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_retried_upload_sends_the_same_bytes_and_fields(kit: Kit, tmp_path: Path, kind: str) -> None:
    kit.harbor.fail(503)
    await kit(kit.client().cargo.load(manifest=manifest(tmp_path, kind), title="twice"))
    first, second = kit.harbor.heard
    assert first.body == second.body and CONTENT in second.body and b"twice" in second.body


async def test_a_body_that_cannot_be_sent_twice_is_not(kit: Kit) -> None:
    class Pipe(io.RawIOBase):
        left = CONTENT

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            given, self.left = self.left, b""
            return given

    kit.harbor.fail(503)
    with pytest.raises(kit.top.InternalServerError):
        await kit(kit.client().cargo.load(manifest=Pipe(), title="once"))
    assert len(kit.harbor.heard) == 1 and CONTENT in kit.harbor.last.body


async def test_a_file_from_path_carries_its_name(kit: Kit, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"1,2")
    files = kit.module("_files")
    file = await kit(kit.pick(files.file_from_path, files.async_file_from_path)(path))
    cargo = await kit(kit.client().cargo.load(manifest=file, title="t"))
    assert [part.file for part in cargo.parts if part.name == "manifest"] == ["list.csv"]


async def test_a_text_file_is_refused_before_anything_is_sent(kit: Kit) -> None:
    with pytest.raises(TypeError, match="text mode"):
        await kit(kit.client().cargo.load(manifest=io.StringIO("no"), title="t"))
    assert kit.harbor.heard == []


@pytest.mark.parametrize("kind", ["bytes", "path", "async path", "file object", "memory"])
async def test_raw_content_is_sent_as_it_is(kit: Kit, tmp_path: Path, kind: str) -> None:
    await kit(kit.client().cargo.label.put("c1", body=manifest(tmp_path, kind)))
    assert kit.harbor.files.labels == {"c1": CONTENT}
    assert kit.harbor.last.headers["content-type"] == "application/octet-stream"


async def test_forms_are_urlencoded(kit: Kit) -> None:
    await kit(kit.client().logins.create(name="a b&c=d", roles=["mate", "cook"]))
    assert kit.harbor.last.headers["content-type"] == "application/x-www-form-urlencoded"
    assert kit.harbor.last.body == b"name=a+b%26c%3Dd&roles=mate&roles=cook"


async def test_raw_content_may_be_made_while_it_is_sent(kit: Kit) -> None:
    async def coming() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"rum,"

    await kit(kit.client().cargo.label.put("c1", body=kit.pick(iter([b"rum,"] * 3), coming())))
    assert kit.harbor.files.labels == {"c1": b"rum,rum,rum,"}
    assert kit.harbor.last.headers["transfer-encoding"] == "chunked"


async def test_content_that_was_made_while_it_was_sent_is_not_sent_again(kit: Kit) -> None:
    async def coming() -> AsyncIterator[bytes]:
        yield b"once"

    kit.harbor.fail(503)
    with pytest.raises(kit.top.InternalServerError):
        await kit(kit.client().cargo.label.put("c1", body=kit.pick(iter([b"once"]), coming())))
    assert len(kit.harbor.heard) == 1


async def test_what_the_caller_adds_to_a_form_is_a_field_of_it(kit: Kit) -> None:
    cargo = await kit(kit.client().cargo.load(manifest=b"m", title="t", extra_body={"title": "u", "more": "1"}))
    texts = {part.name: part.text for part in cargo.parts if part.file is None}
    assert texts == {"title": "u", "more": "1"}


async def test_a_file_is_sent_from_where_it_stands_and_left_open(kit: Kit) -> None:
    file = io.BytesIO(b"0123456789")
    file.seek(4)
    kit.harbor.fail(503)
    cargo = await kit(kit.client().cargo.load(manifest=file, title="t"))
    assert [part.size for part in cargo.parts if part.name == "manifest"] == [6] and not file.closed
