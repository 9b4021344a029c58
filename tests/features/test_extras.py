"""The extras of a package: aiohttp in place of the HTTP library's own transport, and OpenTelemetry spans."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from features.kit import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from opentelemetry.sdk.trace import ReadableSpan

    from features.kit import Kit, Package

pytestmark = pytest.mark.anyio
on_aiohttp = pytest.mark.parametrize("mode", ["asyncio"])


@pytest.fixture
async def client(kit: Kit) -> AsyncIterator[Any]:
    """A client on aiohttp."""
    async with kit.top.AsyncHarbor(token=TOKEN, http_client=kit.top.DefaultAioHttpClient()) as client:
        yield client


@on_aiohttp
async def test_aiohttp_carries_calls_pages_and_errors(kit: Kit, client: Any) -> None:
    assert (await client.ships.get("s1")).name == "Anna"
    assert len(await kit.all(client.ships.list())) == 5
    with pytest.raises(kit.top.NotFoundError) as raised:
        await client.ships.get("none")
    assert raised.value.parsed.near == ["s1"]
    kit.harbor.fail(503)
    assert (await client.anthem.get()) == "Over the sea\n"


@on_aiohttp
async def test_aiohttp_carries_streams_uploads_and_downloads(kit: Kit, client: Any, tmp_path: Any) -> None:
    stream = await client.radar.watch()
    assert len(await kit.all(stream)) == 2 and stream.response.is_closed
    cargo = await client.cargo.load(manifest=b"rum" * 1000, title="t")
    assert [part.size for part in cargo.parts if part.name == "manifest"] == [3000]
    async with client.charts.with_streaming_response.get("c1") as response:
        await response.stream_to_file(tmp_path / "chart")
    assert (tmp_path / "chart").read_bytes() == kit.harbor.files.chart


@on_aiohttp
async def test_aiohttp_serves_many_tasks_and_survives_cancellation(kit: Kit, client: Any) -> None:
    kit.harbor.streams.endless = True
    with anyio.move_on_after(0.05):
        async with await client.radar.watch() as stream:
            async for _ in stream:
                pass
    async with anyio.create_task_group() as tasks:
        for _ in range(50):
            tasks.start_soon(client.anthem.get)
    assert len(kit.harbor.heard) == 51


@on_aiohttp
async def test_aiohttp_translates_a_refused_connection(kit: Kit, client: Any) -> None:
    with pytest.raises(kit.top.APIConnectionError):
        await client.with_options(base_url="http://127.0.0.1:9", max_retries=0).anthem.get()


def spans_of(kit: Kit) -> tuple[Any, Any]:
    """A middleware that traces, and the function that gives its spans."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing = kit.module("_tracing")
    make = kit.pick(tracing.opentelemetry_middleware, tracing.async_opentelemetry_middleware)

    def spans() -> Sequence[ReadableSpan]:
        return exporter.get_finished_spans()

    return make(provider), spans


async def test_a_span_tells_the_operation_and_carries_the_context_on(kit: Kit) -> None:
    middleware, spans = spans_of(kit)
    await kit(kit.client(middleware=[middleware], query_key="query-key-0123").ships.get("s1", extra_query={"q": "x"}))
    (span,) = spans()
    attributes = dict(span.attributes or {})
    assert span.name == "GET /ships/{ship_id}" and attributes["url.template"] == "/ships/{ship_id}"
    assert attributes["url.full"] == f"{kit.origin}/main/ships/s1?q=REDACTED"
    assert attributes["http.response.status_code"] == 200
    assert f"{span.get_span_context().trace_id:032x}" in kit.harbor.last.headers["traceparent"]


async def test_every_attempt_and_every_failure_is_a_span(kit: Kit) -> None:
    middleware, spans = spans_of(kit)
    kit.harbor.fail(503)
    client = kit.client(middleware=[middleware])
    await kit(client.anthem.get())
    with pytest.raises(kit.top.NotFoundError):
        await kit(client.with_options(timeout=9).ships.get("none"))
    found = [dict(span.attributes or {}) for span in spans()]
    assert [each["http.response.status_code"] for each in found] == [503, 200, 404]
    assert [each.get("http.request.resend_count") for each in found] == [None, 1, None]
    assert [each.get("error.type") for each in found] == ["503", None, "404"]
    assert TOKEN not in "".join(span.to_json() for span in spans())


async def test_the_span_of_a_stream_ends_with_the_stream(kit: Kit) -> None:
    middleware, spans = spans_of(kit)
    stream = await kit(kit.client(middleware=[middleware]).radar.watch())
    assert len(spans()) == 0
    await kit.all(stream)
    assert [span.name for span in spans()] == ["GET /radar"]


def test_neither_extra_is_imported_without_being_asked_for(packages: dict[str, Package]) -> None:
    for package in packages.values():
        code = (
            f"import sys; sys.path.insert(0, {str(package.root / 'src')!r})\n"
            "for name in ('opentelemetry', 'aiohttp', 'httpx_aiohttp'): sys.modules[name] = None\n"
            f"import {package.name} as top\n"
            "client = top.AsyncHarbor(token='t'); client.ships; client.radar\n"
            "for ask in (top.DefaultAioHttpClient, __import__('importlib').import_module(top.__name__ + '._tracing')"
            ".opentelemetry_middleware):\n"
            "    try: ask()\n"
            "    except RuntimeError as error: print(error)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
        assert "extra `aiohttp`" in done.stdout and "extra `opentelemetry`" in done.stdout
