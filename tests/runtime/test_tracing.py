"""OpenTelemetry spans: what they say, and what they must not."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from inplace import RUNTIME
from loopback import Answer, Connection, Heard, Server, events, reply, reset
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode, get_current_span

Drive = Any
SECRET = "sk-very-secret-value"


def traced(drive: Drive, *calls: Callable[[Any], Any], fails: bool = False, **options: Any) -> list[ReadableSpan]:
    """The spans of the calls."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    module = drive.module("_tracing")
    make = module.async_opentelemetry_middleware if drive.kind == "async" else module.opentelemetry_middleware
    if fails:
        with pytest.raises(drive.module("_exceptions").APIError):
            drive(*calls, middleware=[make(provider)], **options)
    else:
        drive(*calls, middleware=[make(provider)], **options)
    return list(exporter.get_finished_spans())


def get_item(drive: Drive) -> Callable[[Any], Any]:
    path = drive.module("_utils").path_template("/items/{item_id}", item_id="a/b")
    options = {"params": {"q": SECRET, "page": 2}, "headers": {"X-Key": SECRET}}
    return lambda client: client.get(path, cast_to=object, options=options)


def test_a_span_follows_the_conventions(drive: Drive, server: Server) -> None:
    (span,) = traced(drive, get_item(drive))
    assert (span.name, span.kind) == ("GET /items/{item_id}", SpanKind.CLIENT)
    assert dict(span.attributes or {}) == {
        "http.request.method": "GET",
        "url.template": "/items/{item_id}",
        "url.full": f"{server.url}/items/a%2Fb?q=REDACTED&page=REDACTED",
        "server.address": "127.0.0.1",
        "server.port": server.port,
        "http.response.status_code": 200,
    }
    assert span.status.status_code is StatusCode.UNSET
    assert SECRET not in span.to_json()
    trace_id = span.get_span_context().trace_id  # type: ignore[union-attr] # a span that was made here
    assert server.last.headers["traceparent"].split("-")[1] == f"{trace_id:032x}"


def test_each_attempt_is_a_span_that_counts_those_before_it(drive: Drive, server: Server) -> None:
    server.answers(reply({"message": SECRET}, 503), reset, reply({}))
    first, second, third = (dict(span.attributes or {}) for span in traced(drive, get_item(drive)))
    assert (first["http.response.status_code"], first["error.type"]) == (503, "503")
    assert "http.request.resend_count" not in first
    assert (second["error.type"], second["http.request.resend_count"]) == ("ReadError", 1)
    assert (third["http.response.status_code"], third["http.request.resend_count"]) == (200, 2)
    assert "error.type" not in third


def test_a_failed_span_has_no_message_and_no_stack(drive: Drive, server: Server) -> None:
    server.answers(reply({"message": SECRET}, 400))
    (span,) = traced(drive, get_item(drive), fails=True)
    assert span.status.status_code is StatusCode.ERROR and span.status.description is None
    assert span.events == () and SECRET not in span.to_json()


def test_another_origin_gets_no_trace_context_and_no_template(drive: Drive, server: Server) -> None:
    with Server([reply({})]) as other:
        server.answers(reply(b"", 302, [("Location", f"http://localhost:{other.port}/there/1")]))
        first, second = traced(drive, get_item(drive))
        assert "traceparent" in server.last.headers and "traceparent" not in other.last.headers
    assert (first.name, second.name) == ("GET /items/{item_id}", "GET")


def test_other_methods_and_user_info_do_not_reach_the_span(drive: Drive, server: Server) -> None:
    url = server.url.replace("http://", f"http://user:{SECRET}@")
    (span,) = traced(drive, lambda client: client.send_request("PURGE", "/x?a=1", cast_to=object), base_url=url)
    assert span.name == "HTTP /x" and (span.attributes or {})["http.request.method"] == "_OTHER"
    assert SECRET not in span.to_json()


def late(status: int, then: bytes | None, seconds: float = 0.15) -> Answer:
    """The headers at once and the body, or a reset in the middle of it, later."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n".encode())
        time.sleep(seconds)
        connection.reset() if then is None else connection.send(then)

    return answer


def seconds(span: ReadableSpan) -> float:
    assert span.start_time is not None and span.end_time is not None
    return (span.end_time - span.start_time) / 1e9


@pytest.mark.parametrize("status", [200, 400])
def test_a_span_ends_when_the_body_is_read(drive: Drive, server: Server, status: int) -> None:
    server.answers(late(status, b'{"ok":1}'))
    (span,) = traced(drive, get_item(drive), fails=status == 400)
    assert seconds(span) >= 0.15
    assert (span.attributes or {}).get("error.type") == ("400" if status == 400 else None)


def test_an_error_in_the_body_is_on_the_span_of_its_attempt(drive: Drive, server: Server) -> None:
    server.answers(late(200, None, 0.01), reply({}))
    first, second = traced(drive, get_item(drive))
    attributes = dict(first.attributes or {})
    assert (attributes["http.response.status_code"], attributes["error.type"]) == (200, "ReadError")
    assert first.status.status_code is StatusCode.ERROR and first.events == ()
    assert second.status.status_code is StatusCode.UNSET


@pytest.mark.parametrize("taken", ["all", "one", "none", "error"])
def test_a_span_ends_when_the_stream_is_closed(drive: Drive, server: Server, taken: str) -> None:
    server.answers(events(b"data: 1\n\n", b"data: 2\n\n", *([b"data: {\n\n"] if taken == "error" else [])))
    is_async = drive.kind == "async"
    streaming = drive.module("_streaming")
    cls = streaming.AsyncStream if is_async else streaming.Stream
    ends: list[int] = []

    def wait() -> None:
        time.sleep(0.1)
        ends.append(time.time_ns())

    def consume(client: Any) -> Any:
        call = client.get("/x", cast_to=object, stream=True, stream_cls=cls[object])
        return aconsume(call) if is_async else consume_now(call)

    def consume_now(stream: Any) -> None:
        with contextlib.suppress(drive.module("_exceptions").APIError), stream:
            for _ in stream if taken != "none" else ():
                wait()
                if taken == "one":
                    break
            wait()

    async def aconsume(call: Any) -> None:
        with contextlib.suppress(drive.module("_exceptions").APIError):
            async with await call as stream:
                if taken != "none":
                    async for _ in stream:
                        wait()
                        if taken == "one":
                            break
                wait()

    (span,) = traced(drive, consume)
    assert span.end_time is not None
    # At the end of the body, or where the stream was left: after what was taken from it, not at its headers.
    assert span.end_time >= ends[0 if taken in {"one", "none"} else 1]
    assert span.status.status_code is StatusCode.UNSET


def test_a_response_that_is_there_at_once_ends_its_span(drive: Drive) -> None:
    base = drive.module("_http").httpx
    transport = base.MockTransport(lambda request: base.Response(200, json={"ok": 1}))
    http = (base.AsyncClient if drive.kind == "async" else base.Client)(transport=transport)
    (span,) = traced(drive, get_item(drive), http_client=http)
    assert (span.attributes or {})["http.response.status_code"] == 200


def test_the_span_is_the_current_one_only_until_the_headers_came(drive: Drive, server: Server) -> None:
    seen: list[bool] = []

    def look(client: Any) -> Any:
        result = get_item(drive)(client)
        seen.append(get_current_span().get_span_context().is_valid)
        return result

    traced(drive, look)
    assert seen == [False]


def test_without_opentelemetry_the_error_names_the_extra_and_nothing_else_needs_it() -> None:
    code = (
        "import sys; sys.modules['opentelemetry'] = None; sys.path.insert(0, sys.argv[1])\n"
        "import inplace, sdk_runtime._base_client, sdk_runtime._tracing as tracing\n"
        "try: tracing.opentelemetry_middleware()\n"
        "except RuntimeError as error: print(error)\n"
    )
    here = str(RUNTIME.parents[1] / "tests" / "runtime")
    done = subprocess.run([sys.executable, "-c", code, here], capture_output=True, text=True, check=True)
    assert "extra `opentelemetry`" in done.stdout
