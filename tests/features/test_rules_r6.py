"""R6: event streams are read as the standard says, in linear time, and bad UTF-8 is a typed error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from runtime.loopback import Server, events

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio

BLIP = b'data: {"type":"Blip","bearing":1,"note":"'


async def read(kit: Kit, *pieces: bytes) -> list[Any]:
    """The events of a stream of these pieces."""
    with Server([events(*pieces)]) as server:
        return await kit.all(await kit(kit.client(base_url=server.url).radar.watch()))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
async def test_r6_marks_and_ends_of_lines_in_pieces_of_any_size(kit: Kit, end: bytes, bom: bytes, size: int) -> None:
    lines = [
        b": a comment",
        b"event: blip",
        b'data: {"type":"Blip",',
        b'data:"bearing":1}',
        b"id: 1",
        b"retry: 10",
        b"",
    ]
    text = bom + end.join([*lines, b"retry: nothing", b"", b"data: [DONE]", b"", b""])
    (blip,) = await read(kit, *(text[start : start + size] for start in range(0, len(text), size)))
    assert blip.bearing == 1


async def test_r6_a_second_mark_is_data_and_not_skipped(kit: Kit) -> None:
    with pytest.raises(kit.top.APIResponseValidationError):
        await read(kit, b"\xef\xbb\xbfdata: \xef\xbb\xbf\xef\xbb\xbf{}x\n\n")


async def test_r6_an_event_that_the_end_cuts_off_is_dropped(kit: Kit) -> None:
    assert len(await read(kit, BLIP + b'"}\n\n', BLIP + b'"}\n')) == 1


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf"])
async def test_r6_bad_utf_8_is_a_typed_error(kit: Kit, bad: bytes) -> None:
    with pytest.raises(kit.top.APIResponseValidationError) as raised:
        await read(kit, BLIP + bad + b'"}\n\n')
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize("cut", [1, 2, 3])
async def test_r6_a_character_may_be_cut_by_a_chunk(kit: Kit, cut: int) -> None:
    whole = BLIP + "💥".encode() + b'"}\n\n'
    at = len(BLIP) + cut
    (blip,) = await read(kit, whole[:at], whole[at:])
    assert blip.note == "💥"


async def seconds(kit: Kit, *pieces: bytes) -> float:
    """How long reading takes, the best of two."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        await read(kit, *pieces)
        best = min(best, time.perf_counter() - start)
    return best


async def test_r6_a_long_line_takes_linear_time(kit: Kit) -> None:
    def line(mebibytes: int) -> list[bytes]:
        return [BLIP, *[b"x" * 8192] * (128 * mebibytes), b'"}\n\n']

    short, long = await seconds(kit, *line(1)), await seconds(kit, *line(8))
    assert long < 8 * 4 * short + 0.5


@pytest.mark.parametrize("line", [b"data: \n", b": x\n", b"\n", b"id: 1\n"], ids=["data", "comment", "empty", "id"])
async def test_r6_many_lines_take_linear_time(kit: Kit, line: bytes) -> None:
    def lines(thousands: int) -> list[bytes]:
        return [*[line * 1000] * thousands, b"\n" if line == b"data: \n" else b"data: [DONE]\n\n"]

    async def timed(thousands: int) -> float:
        start = time.perf_counter()
        if line == b"data: \n":
            with pytest.raises(kit.top.APIResponseValidationError):
                await read(kit, *lines(thousands))
        else:
            assert await read(kit, *lines(thousands)) == []
        return time.perf_counter() - start

    short, long = await timed(20), await timed(160)
    assert long < 8 * 4 * short + 0.5
