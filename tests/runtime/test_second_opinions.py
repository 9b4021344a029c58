"""Properties that compare the runtime with a second implementation: queries, paths, events, the timing of retries."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_core.deserializing.styles import util as openapi_core
from sdk_runtime import _async_send, _retry, _sync_send
from sdk_runtime._base_client import AsyncAPIClient, SyncAPIClient
from sdk_runtime._exceptions import APIConnectionError, APIStatusError
from sdk_runtime._http import httpx
from sdk_runtime._params import deep_object, form, pipe_delimited, space_delimited
from sdk_runtime._qs import Querystring
from sdk_runtime._sse import SSEDecoder
from sdk_runtime._utils import path_template

# Queries: a second writer, made of one function that flattens and the standard library, which encodes.

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.one_of(TEXT, st.integers(), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
QUERIES = st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), VALUES, max_size=4)


def said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def flat(name: str, value: Any, arrays: str, nested: str) -> Iterator[tuple[str, str]]:
    """The pairs of one parameter, before they are encoded."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flat(f"{name}.{key}" if nested == "dots" else f"{name}[{key}]", item, arrays, nested)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            step = {"repeat": "", "brackets": "[]", "indices": f"[{index}]"}[arrays]
            yield from flat(name + step, item, arrays, nested)
    else:
        yield name, said(value)


@pytest.mark.parametrize("nested", ["brackets", "dots"])
@pytest.mark.parametrize("arrays", ["repeat", "brackets", "indices"])
@given(QUERIES)
def test_a_second_writer_writes_the_same_query(arrays: Any, nested: Any, params: dict[str, Any]) -> None:
    expected = [pair for name, value in params.items() for pair in flat(name, value, arrays, nested)]
    written = Querystring(array_format=arrays, nested_format=nested).stringify(params)
    assert written.replace("~", "%7E") == urlencode(expected).replace("+", "%20").replace("~", "%7E")
    assert parse_qsl(written, keep_blank_values=True) == expected


@given(QUERIES)
def test_a_query_reaches_the_wire_as_it_was_written(params: dict[str, Any]) -> None:
    seen: list[bytes] = []

    def answer(request: Any) -> Any:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with SyncAPIClient(version="1", base_url="https://api.example.com/v1?api=2", http_client=http) as client:
        client.get("/items", cast_to=object, options={"params": params})
    left = "" if "api" in params else "api=2"
    written = Querystring().stringify(params)
    query = "&".join(part for part in (left, written) if part)
    assert seen == [f"/v1/items{'?' if query else ''}{query}".encode()]


# Styles: openapi-core reads what was written. Its readers split after decoding, so no separator is inside an item.

ITEMS = st.lists(st.text(st.sampled_from("aZ0 é/?#&=%+"), min_size=1), min_size=1, max_size=4)
FIELDS = st.dictionaries(st.from_regex(r"\w{1,5}", fullmatch=True), st.text(st.sampled_from("aZ0é/?&%")), min_size=1)


@given(ITEMS)
def test_openapi_core_reads_the_delimited_styles(items: list[str]) -> None:
    def read(styled: Any, reader: Callable[..., Any], *, encoded: bool = False) -> Any:
        written = Querystring().stringify({"a": styled})
        # The reader of spaces wants them as they are in the URL.
        found = {"a": written.removeprefix("a=")} if encoded else dict(parse_qsl(written, keep_blank_values=True))
        return reader(False, "a", "array", found)

    assert read(form(items, explode=False), openapi_core.form_loads) == items
    assert read(pipe_delimited(items), openapi_core.pipe_delimited_loads) == items
    apart = [item.replace(" ", "") or "x" for item in items]
    spaced = read(space_delimited(apart), openapi_core.space_delimited_loads, encoded=True)
    assert [unquote(item) for item in spaced] == apart


@given(FIELDS)
def test_openapi_core_reads_objects(fields: dict[str, str]) -> None:
    deep = dict(parse_qsl(Querystring().stringify({"a": deep_object(fields)}), keep_blank_values=True))
    assert openapi_core.deep_object_loads(True, "a", "object", deep) == fields
    joined = dict(parse_qsl(Querystring().stringify({"a": form(fields, explode=False)}), keep_blank_values=True))
    assert openapi_core.form_loads(False, "a", "object", joined) == fields
    assert dict(parse_qsl(Querystring().stringify({"a": form(fields)}), keep_blank_values=True)) == fields


# Paths: what the HTTP library sends, read back by the standard library.


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=3))
def test_path_values_reach_the_wire_each_in_its_segment(values: list[str]) -> None:
    seen: list[bytes] = []

    def answer(request: Any) -> Any:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={})

    names = [f"v{index}" for index in range(len(values))]
    try:
        path = path_template("/a/" + "/".join(f"{{{name}}}" for name in names), **dict(zip(names, values, strict=True)))
    except ValueError:
        assert any(re.fullmatch(r"\.{1,2}(;.*)?", unquote(unquote(value)), re.DOTALL) for value in values)
        return
    http = httpx.Client(transport=httpx.MockTransport(answer))
    with SyncAPIClient(version="1", base_url="https://api.example.com/v1", http_client=http) as client:
        client.get(path, cast_to=object)
    assert [unquote(part) for part in seen[0].decode("ascii").split("/")] == ["", "v1", "a", *values]


# Events: the algorithm of the HTML standard on the whole text, with a regular expression for the lines.


def interpret(stream: bytes) -> list[tuple[str | None, str, str | None]]:
    """HTML standard, section 9.2.6: "interpreting an event stream", word by word."""
    text = stream.decode("utf-8", "replace").removeprefix("\ufeff")
    *lines, _ = re.split(r"\r\n|\n|\r", text)
    events: list[tuple[str | None, str, str | None]] = []
    data = kind = ""
    last: str | None = None
    for line in lines:
        if line == "":
            if data != "":
                events.append((kind or None, data.removesuffix("\n"), last))
            data = kind = ""
        elif not line.startswith(":"):
            field, colon, value = line.partition(":")
            value = value[1:] if colon and value.startswith(" ") else value
            if field == "event":
                kind = value
            elif field == "data":
                data += value + "\n"
            elif field == "id" and "\0" not in value:
                last = value
    return events


TOKENS = [
    "data",
    "event",
    "id",
    "retry",
    ":",
    ": ",
    " ",
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "x",
    "é€",
    "\ufeff",
    "\0",
    "\u2028",
    "7",
]
FIELD = st.builds(
    "".join, st.tuples(*map(st.sampled_from, (TOKENS[:4], ["", ":", ": ", ":  "], TOKENS[11:], TOKENS[7:11])))
)
PIECES = st.one_of(st.sampled_from(TOKENS), FIELD, FIELD)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join), st.lists(st.integers(0, 200), max_size=20))
def test_a_second_decoder_sees_the_same_events_whatever_the_chunks(text: str, cuts: list[int]) -> None:
    stream = text.encode()
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    chunks = [stream[start:end] for start, end in itertools.pairwise(edges)]
    found = [(event.event, event.data, event.id) for event in SSEDecoder().iter_bytes(chunks)]
    assert found == interpret(stream)


# Retries: what the rules say, told once more as one table of an answer's meaning.

STATUSES = st.sampled_from([200, 204, 400, 401, 404, 408, 409, 422, 425, 429, 500, 503, 529])
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "retry-after": st.sampled_from(["0", "-1", "2", "0.25", "59", "61", "1e9", "nan", "inf", "soon", ""]),
        "retry-after-ms": st.sampled_from(["1", "1500", "-2", "0", "x"]),
        "x-should-retry": st.sampled_from(["true", "false", "yes"]),
    },
)
OUTCOMES = st.one_of(
    st.tuples(STATUSES, HEADERS), st.sampled_from(["ConnectError", "ReadTimeout", "UnsupportedProtocol"])
)
Bounds = tuple[float, float]


def again(outcome: Any) -> bool:
    if isinstance(outcome, str):
        return outcome != "UnsupportedProtocol"
    status, headers = outcome
    told = {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
    return told if told is not None else status in (408, 409, 429) or status >= 500


def wait(outcome: Any, taken: int) -> Bounds:
    """The least and the most seconds before attempt number `taken + 2`."""
    asked: float | None = None
    if not isinstance(outcome, str):
        known = {"1": 0.001, "1500": 1.5, "-2": None, "0": None}
        seconds = {"2": 2.0, "0.25": 0.25, "59": 59.0, "61": 60.0, "1e9": 60.0, "inf": 60.0}
        ms, plain = outcome[1].get("retry-after-ms"), outcome[1].get("retry-after", "")
        asked = known[ms] if ms in known else seconds.get(plain)
    most = min(0.5 * 2**taken, 8.0)
    return (asked, asked) if asked is not None else (0.75 * most, most)


def expected(outcomes: list[Any], allowed: int) -> tuple[list[Bounds], Any]:
    """The waits, and the outcome that the user gets."""
    waits: list[Bounds] = []
    for taken, outcome in enumerate(outcomes):
        succeeded = not isinstance(outcome, str) and outcome[0] < 300
        if succeeded or not again(outcome) or taken == allowed:
            return waits, outcome
        waits.append(wait(outcome, taken))
    raise AssertionError("more outcomes than attempts")


@pytest.mark.parametrize("kind", ["sync", "async"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcomes=st.lists(OUTCOMES, min_size=6, max_size=6), allowed=st.integers(0, 5))
def test_a_second_reading_of_the_rules_agrees_on_every_wait(
    kind: str, outcomes: list[Any], allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, slept = iter(outcomes), []

    def answer(request: Any) -> Any:
        outcome = next(script)
        if isinstance(outcome, str):
            raise getattr(httpx, outcome)("")
        return httpx.Response(outcome[0], headers=outcome[1])

    async def asleep(seconds: float) -> None:
        slept.append(seconds)

    async def acall(client: Any) -> Any:
        async with client:
            return await client.post("/x", cast_to=type(None), body={})

    transport = httpx.MockTransport(answer)
    with monkeypatch.context() as patch:
        patch.setattr(_retry, "INITIAL_RETRY_DELAY", 0.5)
        patch.setattr(_retry, "MAX_RETRY_DELAY", 8.0)
        patch.setattr(_sync_send.time, "sleep", slept.append)
        patch.setattr(_async_send, "_sleep", asleep)
        options = {"version": "1", "base_url": "https://api.example.com", "max_retries": allowed}
        gets: Any = None
        try:
            if kind == "sync":
                with SyncAPIClient(**options, http_client=httpx.Client(transport=transport)) as client:
                    client.post("/x", cast_to=type(None), body={})
            else:
                asyncio.run(acall(AsyncAPIClient(**options, http_client=httpx.AsyncClient(transport=transport))))
        except (APIStatusError, APIConnectionError) as error:
            gets = error
    waits, last = expected(outcomes, allowed)
    assert len(slept) == len(waits)
    for seconds, (least, most) in zip(slept, waits, strict=True):
        assert least <= seconds <= most
    if isinstance(last, str):
        assert isinstance(gets, APIConnectionError) and gets.retries_taken == len(waits)
    elif last[0] >= 300:
        assert isinstance(gets, APIStatusError) and (gets.status_code, gets.retries_taken) == (last[0], len(waits))
    else:
        assert gets is None
