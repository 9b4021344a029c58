"""What callers without a type checker pass: each is refused with a sentence, before anything is sent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import anyio
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from features.kit import Kit

pytestmark = pytest.mark.anyio

ITSELF: dict[str, Any] = {}
ITSELF["self"] = ITSELF


@pytest.mark.parametrize("value", [None, "omit", "not_given"])
async def test_an_id_that_is_none_is_refused(kit: Kit, value: str | None) -> None:
    given = getattr(kit.top, value) if value else None
    for call in (kit.client().ships.get, kit.client().charts.get):
        with pytest.raises(ValueError, match=r"Expected a non-empty value for `\w+_id`"):
            await kit(call(given))
    assert kit.harbor.heard == []


async def test_an_id_in_bytes_is_its_text(kit: Kit) -> None:
    await kit(kit.client().charts.get(b"c1"))
    assert kit.harbor.last.path == "/charts/c1"


@pytest.mark.parametrize("value", [None, 5, b"five"])
async def test_a_header_that_is_no_text_is_refused_by_its_name(kit: Kit, value: Any) -> None:
    with pytest.raises(TypeError, match=r"header `X-Count` must be a str, not (NoneType|int|bytes)"):
        await kit(kit.client().anthem.get(extra_headers={"X-Count": value}))
    with pytest.raises(TypeError, match="header `X-Count` must be a str"):
        await kit(kit.client(default_headers={"X-Count": value}).anthem.get())
    assert kit.harbor.heard == []


async def test_a_number_of_retries_that_is_none_is_refused(kit: Kit) -> None:
    for value, error in ((None, TypeError), ("2", TypeError), (-1, ValueError)):
        with pytest.raises(error, match="max_retries must"):
            kit.client(max_retries=value)
        with pytest.raises(error, match="max_retries must"):
            await kit(kit.client().anthem.get(max_retries=value))


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf])
async def test_seconds_that_no_socket_can_wait_are_refused(kit: Kit, seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout must be more than 0 seconds"):
        await kit(kit.client().anthem.get(timeout=seconds))
    with pytest.raises(ValueError, match="timeout must be more than 0 seconds"):
        kit.client(timeout=seconds)
    if seconds != math.inf:
        with pytest.raises(ValueError, match="total_timeout must be more than 0 seconds"):
            kit.client(total_timeout=seconds)
    assert kit.harbor.heard == []


@pytest.mark.parametrize("url", ["", "harbor.example", "ftp://harbor.example", "http://[::1", "http://a..b", 5])
async def test_a_base_url_that_leads_nowhere_is_a_value_error(kit: Kit, url: Any) -> None:
    with pytest.raises(ValueError, match="base_url"):
        kit.client(base_url=url)


async def test_a_path_that_no_url_can_hold_is_a_value_error(kit: Kit) -> None:
    for path in ("/x\r\nX-Evil: 1", "/" + "x" * 100_000):
        with pytest.raises(ValueError, match="The call cannot be sent"):
            await kit(kit.client().get(path, cast_to=object))
    assert kit.harbor.heard == []


@pytest.mark.parametrize(
    ("body", "error"), [(ITSELF, ValueError), ({"a": object()}, TypeError), ({"a": "\ud800"}, TypeError)]
)
async def test_a_body_that_json_cannot_say_is_refused(kit: Kit, body: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="the body cannot be sent as JSON"):
        await kit(kit.client().post("/x", cast_to=object, body=body))
    assert kit.harbor.heard == []


async def test_raw_content_is_bytes(kit: Kit) -> None:
    with pytest.raises(TypeError, match="the pieces of a body must be bytes, not str"):
        await kit(kit.client(max_retries=0).post("/x", cast_to=object, content=["text"]))
    with anyio.fail_after(5):  # the head was on its way already, and must not be taken for another test's
        while not kit.harbor.heard:
            await anyio.sleep(0.01)
    with pytest.raises(TypeError, match="the body must be bytes, text, a file or an iterable of bytes, not dict"):
        await kit(kit.client().post("/x", cast_to=object, content={"a": 1}))


async def test_an_asynchronous_file_in_a_form_is_refused(kit: Kit, tmp_path: Path) -> None:
    path = anyio.Path(tmp_path / "manifest.txt")
    await path.write_bytes(b"rum")
    async with await path.open("rb") as file:
        with pytest.raises(TypeError, match="the file `manifest` is asynchronous; pass its path"):
            await kit(kit.client().cargo.load(manifest=file, title="t"))
    assert kit.harbor.heard == []


async def test_files_of_a_call_by_hand_are_sent_as_a_form(kit: Kit) -> None:
    files = {"manifest": ("m.txt", b"rum")}
    cargo = await kit(kit.client().post("/cargo", cast_to=object, body={"title": "t"}, files=files))
    assert {part["name"]: part["size"] for part in cargo["parts"]} == {"title": 1, "manifest": 3}
    assert kit.harbor.last.headers["content-type"].startswith("multipart/form-data; boundary=")
