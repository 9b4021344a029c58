"""R3: a server decides neither how long a client waits nor how much memory it takes."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from runtime.loopback import Connection, Heard, Server, reply
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from features.kit import Kit, Package

pytestmark = pytest.mark.anyio

GZIP = [("Content-Encoding", "gzip"), ("Content-Type", "application/octet-stream")]


@pytest.mark.parametrize(
    ("value", "most"),
    [
        ("-5", 0.04),
        ("0", 0.04),
        ("nan", 0.04),
        ("inf", 60),
        ("-inf", 0.04),
        ("1e400", 60),
        ("99999999999999999999", 60),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 60),
        ("Mon, 01 Jan 0001 00:00:00 GMT", 0.04),
        ("Fri, 99 Foo 2026", 0.04),
        ("soon", 0.04),
        ("", 0.04),
        ("٣", 60),
    ],
)
@pytest.mark.parametrize("header", ["retry-after", "retry-after-ms"])
async def test_r3_retry_after_is_obeyed_up_to_a_minute_whatever_it_says(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, header: str, value: str, most: float
) -> None:
    waits: list[float] = []
    real = kit.module("_retry").retry_delay

    def noted(taken: int, response: Any) -> float:
        waits.append(real(taken, response))
        return 0.0

    kit.package.replace(monkeypatch, "retry_delay", noted)
    answer = Response("{}", 503)
    answer.raw_headers.append((header.encode(), value.encode()))
    kit.harbor.plan(answer)
    await kit(kit.client().anthem.get())
    assert 0 <= waits[0] <= most


async def test_r3_a_response_beyond_the_limit_is_refused(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    kit.package.replace(monkeypatch, "MAX_RESPONSE_BYTES", 100_000)
    with pytest.raises(kit.top.APIResponseValidationError, match="larger than 100000 bytes"):
        await kit(kit.client().charts.get("c1"))
    kit.harbor.files.chart = b"x" * 100_000
    assert len((await kit(kit.client().charts.get("c1"))).content) == 100_000


async def test_r3_the_body_of_an_error_is_cut_and_the_status_kept(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    kit.package.replace(monkeypatch, "MAX_ERROR_BYTES", 1000)
    kit.harbor.plan(Response(b"x" * 500_000, 404))
    with pytest.raises(kit.top.NotFoundError) as raised:
        await kit(kit.client().anthem.get())
    assert len(raised.value.body) == 1000


async def test_r3_a_streamed_response_has_no_limit(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    kit.package.replace(monkeypatch, "MAX_RESPONSE_BYTES", 1000)
    async with kit.entered(kit.client().charts.with_streaming_response.get("c1")) as response:
        assert sum([len(piece) async for piece in kit.each(response.iter_bytes())]) == len(kit.harbor.files.chart)


async def test_r3_a_compressed_stream_grows_in_steps_of_a_mebibyte(kit: Kit) -> None:
    with Server([reply(gzip.compress(bytes(20 * 1024 * 1024)), headers=GZIP)]) as server:
        client = kit.client(base_url=server.url)
        async with kit.entered(client.charts.with_streaming_response.get("c1")) as response:
            sizes = [len(piece) async for piece in kit.each(response.iter_bytes())]
    assert sum(sizes) == 20 * 1024 * 1024 and max(sizes) <= 1024 * 1024


_BOMB = """
import asyncio, importlib, resource, sys, zlib
sys.path[:0] = sys.argv[3:]
from runtime.loopback import Server, raw
top = importlib.import_module(sys.argv[1])
packer = zlib.compressobj(9, zlib.DEFLATED, 31)
head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
mebibyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # can be repeated: nothing refers back
packed = head + mebibyte * 1024
top.Harbor, top.AsyncHarbor, top.InternalServerError
for status in (200, 500):
    start = f"HTTP/1.1 {status} X\\r\\nContent-Encoding: gzip\\r\\nContent-Length: {len(packed)}\\r\\n\\r\\n"
    with Server([raw(start.encode(), packed)]) as server:
        options = {"token": "t", "base_url": server.url, "max_retries": 0}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            if sys.argv[2] == "sync":
                top.Harbor(**options).charts.get("c1")
            else:
                asyncio.run(top.AsyncHarbor(**options).charts.get("c1"))
        except top.APIError as error:
            print(type(error).__name__, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("mode", ["sync", "asyncio"])
def test_r3_a_gzip_of_a_mebibyte_that_is_a_gibibyte_costs_little(package: Package, mode: str) -> None:
    paths = [str(package.root / "src"), *(path for path in sys.path if path.endswith("tests"))]
    done = subprocess.run(
        [sys.executable, "-c", _BOMB, package.name, mode, *paths],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    costs = dict(line.split() for line in done.stdout.splitlines())
    assert costs.keys() == {"APIResponseValidationError", "InternalServerError"}
    assert all(int(mebibytes) < 256 for mebibytes in costs.values()), costs


@pytest.mark.parametrize(
    "text", [b"data: " + b"x" * 3000, b"data: x\n" * 1500, b": " + b"x" * 3000], ids=["line", "event", "comment"]
)
async def test_r3_events_beyond_the_limit_are_refused(kit: Kit, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    kit.package.replace(monkeypatch, "MAX_EVENT_BYTES", 2000)
    kit.harbor.streams.radar = [text[start : start + 100] for start in range(0, len(text), 100)]
    stream = await kit(kit.client().radar.watch())
    with pytest.raises(kit.top.APIResponseValidationError, match="2000 bytes"):
        await kit.all(stream)
    assert stream.response.is_closed


async def test_r3_json_lines_beyond_the_limit_are_refused(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    kit.package.replace(monkeypatch, "MAX_EVENT_BYTES", 2000)
    kit.harbor.streams.tides = [b'{"level":1}\n', *[b" " * 500] * 6]
    with pytest.raises(kit.top.APIResponseValidationError, match="2000 bytes"):
        await kit.all(await kit(kit.client().tides.watch()))


def dripping(head: bytes, seconds: float = 5.0) -> Callable[[Connection, Heard], None]:
    """An answer that never ends, a byte at a time."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(head)
        ends = time.monotonic() + seconds
        while connection.open and time.monotonic() < ends:
            connection.send(b"x")
            time.sleep(0.02)

    return answer


async def test_r3_a_total_time_ends_a_body_that_drips(kit: Kit) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
    with Server([dripping(head)]) as server:
        start = time.monotonic()
        with pytest.raises(kit.top.APITimeoutError):
            await kit(kit.client(base_url=server.url, total_timeout=0.3).anthem.get())
        assert time.monotonic() - start < 2


@pytest.mark.parametrize("mode", ["asyncio", "trio"])
async def test_r3_a_total_time_ends_headers_that_drip(kit: Kit) -> None:
    with Server([dripping(b"HTTP/1.1 200 OK\r\nX-Long: ")]) as server:
        start = time.monotonic()
        with pytest.raises(kit.top.APITimeoutError):
            await kit(kit.client(base_url=server.url, total_timeout=0.3).anthem.get())
        assert time.monotonic() - start < 2


async def test_r3_a_total_time_holds_for_all_attempts_together(kit: Kit) -> None:
    with Server([reply({}, 503, [("Retry-After-Ms", "150")])]) as server:
        start = time.monotonic()
        with pytest.raises(kit.top.InternalServerError):
            await kit(kit.client(base_url=server.url, total_timeout=0.4, max_retries=50).anthem.get())
        assert time.monotonic() - start < 1 and 2 <= len(server.heard) <= 4


@pytest.mark.parametrize("limit", [{"timeout": 0.2}, {"total_timeout": 0.2}], ids=["timeout", "total_timeout"])
async def test_r3_the_times_of_a_client_hold_for_the_office_of_tokens_too(kit: Kit, limit: dict[str, float]) -> None:
    kit.harbor.gates.delay = 0.8
    client = kit.client(client_id="id", client_secret="secret-0123456789", max_retries=0, **limit)
    start = time.monotonic()
    with pytest.raises(kit.top.APITimeoutError):
        await kit(client.gates.service())
    assert time.monotonic() - start < 0.7


async def test_r3_an_idle_stream_ends_with_a_timeout(kit: Kit) -> None:
    def idle(connection: Connection, heard: Heard) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {}\n\n")
        connection.socket.recv(1)

    with Server([idle]) as server:
        client = kit.client(base_url=server.url, timeout=kit.top.Timeout(5, read=0.1))
        with anyio.fail_after(3), pytest.raises(kit.top.APITimeoutError):
            await kit.all(await kit(client.radar.watch()))
