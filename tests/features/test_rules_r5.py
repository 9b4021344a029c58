"""R5: every failure to decode is a typed error of ours with its cause, and without the text of the body."""

from __future__ import annotations

import gzip
import pickle
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from runtime.loopback import Server, reply

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio

MARK = "PRIVATE-TEXT-OF-THE-BODY"
JSON = "application/json"
SHIP = f'{{"id": "s1", "captain": null, "name": "{MARK}"'
DEEP_ARRAY = "[" * 200_000 + "]" * 200_000
DEEP_OBJECT = '{"a":' * 100_000 + "1" + "}" * 100_000
BODIES: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "deep arrays": (f'{SHIP}, "x": {DEEP_ARRAY}}}'.encode(), [("Content-Type", JSON)]),
    "deep objects": (f'{SHIP}, "x": {DEEP_OBJECT}}}'.encode(), [("Content-Type", JSON)]),
    "bad utf-8": (SHIP.encode() + b', "x": "\xff\xfe"}', [("Content-Type", JSON)]),
    "lone surrogate": (SHIP.encode() + b', "x": "\xed\xa0\x80"}', [("Content-Type", JSON)]),
    "wrong charset": (f"{SHIP}}}".encode("utf-16"), [("Content-Type", f"{JSON}; charset=utf-8")]),
    "unknown charset": (b"\xff" + SHIP.encode(), [("Content-Type", f"{JSON}; charset=klingon")]),
    "html": (f"<!doctype html><p>{MARK}".encode(), [("Content-Type", "text/html")]),
    "html as json": (f"<html>{MARK}".encode(), [("Content-Type", JSON)]),
    "cut json": (SHIP.encode(), [("Content-Type", JSON)]),
    "two documents": (f"{SHIP}}} {SHIP}}}".encode(), [("Content-Type", JSON)]),
    "an array": (f'["{MARK}"]'.encode(), [("Content-Type", JSON)]),
    "a string": (f'"{MARK}"'.encode(), [("Content-Type", JSON)]),
    "nothing": (b"", [("Content-Type", JSON)]),
    "cut gzip": (
        gzip.compress(f"{SHIP}}}".encode() * 50)[:-12],
        [("Content-Type", JSON), ("Content-Encoding", "gzip")],
    ),
    "no gzip": (SHIP.encode(), [("Content-Type", JSON), ("Content-Encoding", "gzip")]),
    "broken gzip": (
        gzip.compress(f"{SHIP}}}".encode())[:20] + b"\xff" * 40,
        [("Content-Type", JSON), ("Content-Encoding", "gzip")],
    ),
}


def tracks(error: BaseException) -> str:
    """What a log of the error and of all that led to it would hold."""
    parts = ["".join(traceback.format_exception(error))]
    current: BaseException | None = error
    while current is not None:
        parts.append(f"{current} {current!r} {current.args!r}")
        current = current.__cause__ or current.__context__
    return "\n".join(parts)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
async def test_r5_a_body_that_cannot_be_decoded_is_our_error(kit: Kit, name: str, strict: bool) -> None:
    body, headers = BODIES[name]
    with Server([reply(body, 200, headers)]) as server:
        client = kit.client(base_url=server.url, max_retries=0, _strict_response_validation=strict)
        with pytest.raises(kit.top.APIError) as raised:
            await kit(client.ships.get("s1"))
    error = raised.value
    assert type(error) is kit.top.APIResponseValidationError and error.status_code == 200
    assert error.__cause__ is not None
    assert MARK not in tracks(error) and len(tracks(error)) < 20_000
    assert type(pickle.loads(pickle.dumps(error))) is type(error)


@pytest.mark.parametrize("digits", [5_000, 2_000_000])
async def test_r5_a_number_of_too_many_digits_is_our_error_or_kept_out(kit: Kit, digits: int) -> None:
    body = b'{"kind": "horn", "blasts": ' + b"9" * digits + b"}"
    with Server([reply(body, 200, [("Content-Type", JSON)])]) as server:
        client = kit.client(base_url=server.url)
        with pytest.raises(kit.top.APIResponseValidationError) as raised:
            await kit(client.signals.get("1"))
    assert "9" * 100 not in tracks(raised.value)


@pytest.mark.parametrize("name", [each for each in BODIES if each != "nothing"])
async def test_r5_an_error_status_keeps_its_class_whatever_its_body(kit: Kit, name: str) -> None:
    body, headers = BODIES[name]
    with Server([reply(body, 404, headers)]) as server, pytest.raises(kit.top.NotFoundError) as raised:
        await kit(kit.client(base_url=server.url, max_retries=0).ships.get("s1"))
    assert raised.value.parsed is None and MARK not in str(raised.value)


@pytest.mark.parametrize("piece", [b"data: {cut\n\n", b"data: <html>\n\n", b"data: \xff\xfe\n\n", b'data: ["x"]\n\n'])
async def test_r5_an_event_that_cannot_be_decoded_is_our_error(kit: Kit, piece: bytes) -> None:
    kit.harbor.streams.radar = [b'data: {"type":"Sweep"}\n\n', piece]
    stream = await kit(kit.client().radar.watch())
    with pytest.raises(kit.top.APIResponseValidationError) as raised:
        await kit.all(stream)
    assert stream.response.is_closed and raised.value.__cause__ is not None


async def test_r5_text_in_the_wrong_charset_is_our_error(kit: Kit) -> None:
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    with Server([reply(MARK.encode() + b"\xff\xfe", 200, headers)]) as server:
        client = kit.client(base_url=server.url)
        with pytest.raises(kit.top.APIResponseValidationError) as raised:
            await kit(client.anthem.get())
    assert MARK not in tracks(raised.value)


async def test_r5_a_raw_response_decodes_with_the_same_errors(kit: Kit) -> None:
    body, headers = BODIES["html"]
    with Server([reply(body, 200, headers)]) as server:
        response: Any = await kit(kit.client(base_url=server.url).ships.with_raw_response.get("s1"))
        with pytest.raises(kit.top.APIResponseValidationError):
            await kit(response.parse())
