"""OpenTelemetry spans: what they say, and what they must not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from inplace import RUNTIME
from loopback import Server, reply, reset
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

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
    (span,) = traced(drive, lambda client: client.request("PURGE", "/x?a=1", cast_to=object), base_url=url)
    assert span.name == "HTTP /x" and (span.attributes or {})["http.request.method"] == "_OTHER"
    assert SECRET not in span.to_json()


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
