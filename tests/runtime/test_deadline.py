"""The total timeout of a call ends it whatever the server does, in a thread as on an event loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from loopback import Answer, Connection, Heard, Server, reply
from sdk_runtime._deadline import Deadline, time_left

Drive = Any
TOTAL = 0.2
HEAD = b"HTTP/1.1 200 OK\r\n"
GZIP = HEAD + b"Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff"


def drops(first: bytes, drop: bytes, every: float = 0.01, count: int = 300) -> Answer:
    """Some bytes at once, then others drop by drop: no single read is ever late."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(first)
        for _ in range(count):
            connection.send(drop)
            time.sleep(every)

    return answer


def ends_in_time(drive: Drive, *calls: Callable[[Any], Any], error: str = "APITimeoutError", **options: Any) -> None:
    started = time.monotonic()
    with pytest.raises(getattr(drive.module("_exceptions"), error)):
        drive(*calls, **{"total_timeout": TOTAL, "max_retries": 1, **options})
    assert TOTAL * 0.9 <= time.monotonic() - started < 1.5


def get(client: Any) -> Any:
    return client.get("/x", cast_to=object)


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b"H"),
        (HEAD + b"X-A: ", b"a"),
        (HEAD, b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (GZIP, b"n"),  # the name of a file in the head of the archive: nothing comes out of the decoder
    ],
    ids=["status line", "header", "headers", "1xx", "body", "size of a chunk", "head of an archive"],
)
def test_what_comes_drop_by_drop_is_ended(drive: Drive, server: Server, first: bytes, drop: bytes) -> None:
    server.answers(drops(first, drop))
    ends_in_time(drive, get)


def test_a_connection_that_was_used_before_is_watched_too(drive: Drive, server: Server) -> None:
    server.answers(reply({}), drops(HEAD + b"X-A: ", b"a"))
    ends_in_time(drive, get, get)
    assert server.connections == 1


def test_an_upload_that_the_server_takes_in_sips_is_ended(drive: Drive) -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        done = threading.Event()

        def sip() -> None:
            accepted, _ = listener.accept()
            with accepted:
                while not done.wait(0.01) and accepted.recv(4096):
                    pass

        thread = threading.Thread(target=sip, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        ends_in_time(drive, lambda client: client.post("/x", cast_to=object, content=b"x" * 30_000_000), base_url=url)
        done.set()
        thread.join()


def test_a_token_that_comes_drop_by_drop_is_ended(drive: Drive, server: Server) -> None:
    oauth = drive.module("_oauth")

    class Secured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        default_security = (("oauth",),)

        @property
        def auth_schemes(self) -> Mapping[str, Any]:
            return {"oauth": oauth.OAuth2ClientCredentials(f"{server.url}/token", "id", "secret")}

    server.answers(drops(HEAD + b"X-A: ", b"a"))
    ends_in_time(drive, get, client=Secured)
    assert [heard.path for heard in server.heard] == ["/token"]
    server.answers(drops(b"", b"", count=1, every=1))
    started = time.monotonic()
    with pytest.raises(drive.module("_exceptions").APITimeoutError):
        drive(get, client=Secured, timeout=TOTAL, max_retries=0)
    assert time.monotonic() - started < 0.9


def test_the_next_call_has_its_own_time(drive: Drive, server: Server) -> None:
    def slow(connection: Connection, heard: Heard) -> None:
        time.sleep(TOTAL * 0.7)
        reply({"ok": 1})(connection, heard)

    server.answers(slow)
    assert drive(get, get, get, total_timeout=TOTAL) == {"ok": 1}


@pytest.mark.parametrize("library", ["", "_httpx"])
def test_a_plain_client_of_the_http_library_is_asked_between_steps_only(library: str, server: Server) -> None:
    from importlib import import_module

    base, http = import_module(f"sdk_runtime{library}._base_client"), import_module(f"sdk_runtime{library}._http").httpx
    server.answers(drops(HEAD + b"X-A: ", b"a", count=60), reply({}))
    errors = import_module(f"sdk_runtime{library}._exceptions")
    with base.SyncAPIClient(version="1", base_url=server.url, http_client=http.Client(), total_timeout=TOTAL) as client:
        started = time.monotonic()
        with pytest.raises(errors.APIError):
            client.get("/x", cast_to=object, options={"timeout": 0.1})
        assert time.monotonic() - started > 0.5  # after the drops, in which nothing can wake it


def test_inside_another_deadline_the_earlier_one_counts() -> None:
    assert time_left(5) == 5 and time_left(None) is None
    with Deadline(10):
        with Deadline(100):
            assert time_left(None) == pytest.approx(10, abs=1)
        with Deadline(None):
            assert time_left(None) == pytest.approx(10, abs=1)
        with Deadline(2):
            assert time_left(None) == pytest.approx(2, abs=1) and time_left(0.5) == 0.5
        assert time_left(None) == pytest.approx(10, abs=1)
    with Deadline(0):
        assert time_left(5) == 0.001
    assert time_left(None) is None


def test_a_transport_of_another_kind_is_left_alone() -> None:
    from sdk_runtime._http import httpx
    from sdk_runtime._transport import DefaultHttpxClient

    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    with DefaultHttpxClient(transport=transport) as client:
        assert client.get("http://x").status_code == 200
