"""Many at once on one client."""

from __future__ import annotations

from functools import partial

from .actions import HOLD_AND_GET, together
from .answers import EVENT_STREAM, and_close, chunk, echo_path, then_silence
from .scenario import Scenario

scenario = partial(Scenario, "crowd")
HELD = then_silence(EVENT_STREAM + chunk(b"data: 1\n\n"))

SCENARIOS = (
    scenario(
        "pool exhausted", "APITimeoutError: .* waiting for a free connection", 1, (HELD,), HOLD_AND_GET, retries=1
    ),
    scenario(
        "64 threads, 5 calls each",
        "'320 right'",
        320,
        (echo_path,),
        together(64, 5),
        pool=100,
        timeout=30,
        within=20,
        kinds=("sync",),
    ),
    scenario(
        "1,000 tasks on 50 connections",
        "'1000 right'",
        1000,
        (echo_path,),
        together(1000),
        pool=50,
        timeout=30,
        within=20,
        kinds=("async",),
        packages=("sdk_runtime",),  # bare httpx takes 10 to 15 seconds: its pool is quadratic in the tasks that wait
    ),
    scenario(
        "250 tasks on 50 connections",
        "'250 right'",
        250,
        (echo_path,),
        together(250),
        pool=50,
        timeout=30,
        within=20,
        kinds=("async",),
        packages=("sdk_runtime_httpx",),
    ),
    scenario(
        "16 at once on one connection",
        "'48 right'",
        (48, 96),  # the pool of httpx drops a connection now and then when several threads want it
        (echo_path,),
        together(16, 3),
        timeout=10,
        within=10,
    ),
    scenario(
        "16 at once, every connection closed after its answer",
        "'48 right'",
        (48, 90),
        (and_close(echo_path),),
        together(16, 3),
        pool=8,
        timeout=10,
        retries=5,
        within=10,
    ),
)
