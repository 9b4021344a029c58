"""What a server does that misbehaves on purpose."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from loopback import Answer, Connection, Heard, Server, reply

OK = reply({"ok": 1})
EVENT_STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def json_bytes(body: bytes, content_type: str = "application/json", *headers: tuple[str, str]) -> Answer:
    """A complete response that says it is JSON."""
    return reply(body, headers=[("Content-Type", content_type), *headers])


def then_reset(data: bytes) -> Answer:
    """Some bytes, and then RST. The pause lets the client read them: RST throws away what is under way."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(data)
        time.sleep(0.02)
        connection.reset()

    return answer


def then_silence(data: bytes = b"") -> Answer:
    """Some bytes, and then nothing until the client gives up."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(data)
        until_closed(connection)

    return answer


def until_closed(connection: Connection) -> None:
    """Wait for the client to close its end."""
    connection.socket.settimeout(5)
    with contextlib.suppress(OSError):
        while connection.socket.recv(65536):
            pass
    connection.close()


def drip(head: bytes, piece: bytes, count: int, *, every: float) -> Answer:
    """A piece every so many seconds."""

    def answer(connection: Connection, heard: Heard) -> None:
        connection.send(head)
        for _ in range(count):
            time.sleep(every)
            connection.send(piece)

    return answer


def late(seconds: float, body: object) -> Answer:
    """The right answer, too late."""

    def answer(connection: Connection, heard: Heard) -> None:
        time.sleep(seconds)
        reply(body)(connection, heard)

    return answer


def and_close(answer: Answer, after: float = 0) -> Answer:
    """An answer after which the server closes the connection without having said so."""

    def answered(connection: Connection, heard: Heard) -> None:
        answer(connection, heard)
        time.sleep(after)
        connection.close()

    return answered


def elsewhere(status: int) -> Answer:
    """A redirect to another origin, which is this server under its other name; there it says what it was told."""

    def answer(connection: Connection, heard: Heard) -> None:
        host = heard.headers["host"]
        if host.startswith("localhost"):
            told = [name for name in ("authorization", "cookie", "x-key") if name in heard.headers]
            reply({"told": told})(connection, heard)
        else:
            there = host.replace("127.0.0.1", "localhost")
            reply(b"", status, [("Location", f"http://{there}/there")])(connection, heard)

    return answer


def echo_path(connection: Connection, heard: Heard) -> None:
    """Says which path was asked for, so that a mixed up answer is seen."""
    reply({"path": heard.path})(connection, heard)


def truncated_gzip(body: bytes, content_type: str) -> Answer:
    """Half of a gzip stream, with a Content-Length that fits this half."""
    packed = gzip.compress(body)
    return reply(packed[: len(packed) // 2], headers=[("Content-Type", content_type), ("Content-Encoding", "gzip")])


@cache
def bomb() -> bytes:
    """200 MB of nothing in 200 kB."""
    return gzip.compress(b"\0" * 200_000_000, 9)


@contextmanager
def itself(server: Server) -> Iterator[str]:
    """The server of the scenario."""
    yield server.url


@contextmanager
def nobody(server: Server) -> Iterator[str]:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def no_such_host(server: Server) -> Iterator[str]:
    """A name that never resolves (RFC 6761, section 6.4)."""
    yield "http://no-such-host.invalid"


@contextmanager
def deaf(server: Server) -> Iterator[str]:
    """A server whose backlog takes the connection, and which never reads."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def deaf_tls(server: Server) -> Iterator[str]:
    """The same where TLS is expected: the handshake is never answered."""
    with deaf(server) as url:
        yield url.replace("http", "https")


@contextmanager
def plain_as_tls(server: Server) -> Iterator[str]:
    """A server that speaks plain HTTP where TLS is expected."""
    with hasty(b"HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n") as url:
        yield url.replace("http", "https")


@contextmanager
def untrusted(server: Server) -> Iterator[str]:
    """A server with a certificate that it signed itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self_signed.pem"))
    server.tls = context
    try:
        yield server.url
    finally:
        server.tls = None


@contextmanager
def impatient(server: Server) -> Iterator[str]:
    """Refuses a request after its first kilobyte, and does not wait for the rest."""
    with hasty(b"HTTP/1.1 413 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}") as url:
        yield url


@contextmanager
def hasty(said: bytes) -> Iterator[str]:
    """A server that says the same whatever it hears, as soon as it hears anything."""

    done = False

    def serve() -> None:
        while True:
            accepted, _ = listener.accept()
            with accepted, contextlib.suppress(OSError):
                if done:
                    return
                accepted.settimeout(0.2)
                accepted.recv(1024)
                accepted.sendall(said)
                accepted.shutdown(socket.SHUT_WR)
                while accepted.recv(65536):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        done = True
        socket.create_connection(listener.getsockname(), 5).close()
        thread.join()
