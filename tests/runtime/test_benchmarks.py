"""The benchmark of calls: its transport answers what it should, and its arithmetic compares like with like."""

from __future__ import annotations

import time

from sdk_runtime._base_client import SyncAPIClient
from sdk_runtime._http import httpx
from sdk_runtime._streaming import Stream

from benchmarks.runtime import payloads, subjects
from benchmarks.runtime.measure import measure
from benchmarks.runtime.subjects import Subject
from benchmarks.runtime.transport import sync_client


def test_the_bare_client_does_every_task() -> None:
    bare = subjects.bare("httpx2")
    assert bare.tasks["10,000 events"]() == payloads.EVENTS
    assert bare.tasks["100 GETs at once, async"]() == 100
    listed = bare.tasks["list of 100 objects"]()
    assert isinstance(listed, dict) and len(listed["data"]) == payloads.COUNT
    assert b'"m-1"' in bare.tasks["small GET"]()  # type: ignore[operator] # bytes


def test_a_client_of_this_runtime_gets_the_same_answers() -> None:
    http = sync_client(httpx, payloads.openai_like())
    with SyncAPIClient(version="1", base_url="https://bench.example.com/v1", http_client=http) as client:
        call = {"cast_to": object, "body": {"messages": payloads.messages(), "stream": True}}
        stream = client.post("/chat/completions", **call, stream=True, stream_cls=Stream[object])  # type: ignore[call-overload] # one of several
        assert sum(1 for _ in stream) == payloads.EVENTS


def test_a_ratio_is_to_the_bare_client_of_the_same_library() -> None:
    def busy(seconds: float) -> object:
        ends = time.process_time() + seconds
        while time.process_time() < ends:
            pass
        return None

    things = [
        Subject("bare a", "1", "a", {"task": lambda: busy(0.004)}),
        Subject("bare b", "1", "b", {"task": lambda: busy(0.002)}),
        Subject("sdk", "1", "a", {"task": lambda: busy(0.008), "other": lambda: None}),
    ]
    found = measure(things, "task", rounds=3)
    assert found["bare a"][1] == found["bare b"][1] == 1
    assert 1.8 < found["sdk"][1] < 2.2 and 0.008 <= found["sdk"][0] < 0.012
    assert set(measure(things, "other", rounds=1)) == {"sdk"}
