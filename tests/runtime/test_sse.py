"""Server-sent events: exactly the HTML standard, whatever the chunks, in linear time."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime._sse import EventTooLargeError, LineSplitter, ServerSentEvent, SSEDecoder


def decode(*chunks: bytes) -> list[tuple[str | None, str, str | None]]:
    return [(event.event, event.data, event.id) for event in SSEDecoder().iter_bytes(chunks)]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_all_three_line_ends(end: bytes) -> None:
    assert decode(b"event: a" + end + b"data: 1" + end + b"data: 2" + end + end) == [("a", "1\n2", None)]


def test_lines_of_other_separators_are_not_split() -> None:
    assert decode("data: a\u2028b\x0bc\x85\n\n".encode()) == [(None, "a\u2028b\x0bc\x85", None)]


def test_a_byte_order_mark_is_skipped_once() -> None:
    assert decode(b"\xef\xbb\xbfdata: a\n\n") == [(None, "a", None)]
    assert decode(b"\xef", b"\xbb", b"\xbf", b"data: a\n\n") == [(None, "a", None)]
    assert decode(b"data: a\n\n\xef\xbb\xbfdata: b\n\n") == [(None, "a", None)]


def test_comments_unknown_fields_and_empty_events_yield_nothing() -> None:
    assert decode(b": keep-alive\n\nfoo: bar\n\nevent: x\n\n\n\n") == []


def test_one_space_after_the_colon_is_taken_away() -> None:
    assert decode(b"data:a\ndata:  b\ndata\n\n") == [(None, "a\n b\n", None)]


def test_ids_last_and_ids_with_nul_are_ignored() -> None:
    assert decode(b"id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\n") == [
        (None, "a", "1"),
        (None, "b", "1"),
        (None, "c", "1"),
    ]


def test_retry_takes_digits_only() -> None:
    events = list(SSEDecoder().iter_bytes([b"retry: 10\ndata: a\n\nretry: 1x\ndata: b\n\n"]))
    assert [event.retry for event in events] == [10, None]


def test_an_event_that_the_end_cuts_off_is_dropped() -> None:
    assert decode(b"data: a\n\ndata: b\n") == [(None, "a", None)]


STREAM = (
    b"\xef\xbb\xbf: hi\r\nevent: a\rdata: 1\r\rdata: x\ndata:  y\n\nid: 7\r\ndata: \xe2\x82\xac\r\n\r\n"
    b"retry: 5\n\ndata\n\nevent: z\r\n\r\ndata: last\r\n\r\n"
)


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_any_chunking_gives_the_same_events(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[start:end] for start, end in itertools.pairwise(edges)]
    assert decode(*chunks) == decode(STREAM)
    assert len(decode(STREAM)) == 5


@given(st.binary(), st.integers(1, 7))
def test_any_bytes_in_any_chunks_split_as_a_whole(data: bytes, size: int) -> None:
    def lines(chunks: list[bytes]) -> tuple[list[bytes], bytes]:
        splitter = LineSplitter()
        return [line for chunk in chunks for line in splitter.feed(chunk)], splitter.rest()

    assert lines([data[at : at + size] for at in range(0, len(data), size)]) == lines([data])


def test_time_is_linear_in_the_length_of_a_line_of_tiny_chunks() -> None:
    def seconds(count: int) -> float:
        decoder = SSEDecoder()
        started = time.perf_counter()
        for _ in range(count):
            decoder.feed(b"data: x" if _ == 0 else b"y")
        return time.perf_counter() - started

    seconds(1000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.001)


def test_lines_and_events_are_bounded() -> None:
    with pytest.raises(EventTooLargeError):
        list(SSEDecoder(limit=100).iter_bytes([b"data: "] + [b"x" * 50] * 3))
    with pytest.raises(EventTooLargeError):
        list(SSEDecoder(limit=100).iter_bytes([b"data: 0123456789\n"] * 20))


def test_an_event_shows_no_data_in_repr() -> None:
    assert "secret" not in repr(ServerSentEvent(event="a", data="secret"))
    assert ServerSentEvent(data='{"a": 1}').json() == {"a": 1}


@given(st.lists(st.sampled_from(["data: a", "data:b", "event: e", "id: 1", ": c", "retry: 5", ""])))
def test_line_by_line_gives_the_events_of_the_whole(lines: list[str]) -> None:
    whole = "".join(f"{line}\n" for line in lines).encode()
    decoder = SSEDecoder()
    events = [event for line in lines if (event := decoder.decode(line)) is not None]
    assert [(event.event, event.data, event.id) for event in events] == decode(whole)
