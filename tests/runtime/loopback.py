"""A server on loopback that says exactly what a test wants, byte by byte if need be, and remembers what it heard."""

from __future__ import annotations

import json
import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Heard:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.split("?", 1)[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


Answer = Callable[["Connection", Heard], None]


@dataclass
class Connection:
    """One accepted socket."""

    socket: socket.socket
    open: bool = True

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self.open = False
        self.socket.close()


def reply(
    body: Any = b"",
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    *,
    length: int | None = None,
) -> Answer:
    """A complete response; a body that is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = list(headers)
    if not isinstance(body, bytes):
        lines.insert(0, ("Content-Type", "application/json"))

    def answer(connection: Connection, heard: Heard) -> None:
        head = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in lines)]
        if status != 204:
            head.append(f"Content-Length: {len(content) if length is None else length}")
        payload = b"" if heard.method == "HEAD" else content
        connection.send("\r\n".join([*head, "", ""]).encode("latin-1") + payload)

    return answer


def raw(*pieces: bytes, close: bool = True) -> Answer:
    """Bytes as they are."""

    def answer(connection: Connection, heard: Heard) -> None:
        for piece in pieces:
            connection.send(piece)
        if close:
            connection.close()

    return answer


def events(*pieces: bytes, content_type: str = "text/event-stream") -> Answer:
    """A chunked stream, one chunk for each piece."""

    def answer(connection: Connection, heard: Heard) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.send(head.encode())
        for piece in pieces:
            connection.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.send(b"0\r\n\r\n")

    return answer


def reset(connection: Connection, heard: Heard) -> None:
    connection.reset()


@dataclass
class Server:
    """Answers requests from a script: the first with the first answer, the last answer over and over."""

    script: list[Answer] = field(default_factory=lambda: [reply({})])
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    tls: ssl.SSLContext | None = None
    _turn: int = 0
    _done: bool = False

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._lock = threading.Lock()
        self._open: list[Connection] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        # The thread must have left `accept` before the listener is closed: its descriptor is soon another server's.
        self._done = True
        socket.create_connection(("127.0.0.1", self.port), 5).close()
        self._accepting.join()
        self._listener.close()
        for connection in self._open:
            connection.close()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def answers(self, *answers: Answer) -> None:
        """The script from now on: what was heard before does not count."""
        self.script = list(answers)
        self._turn = 0

    @property
    def inodes(self) -> set[int]:
        """The sockets of this server, to tell them from those of the client under test."""
        numbers = [self._listener.fileno(), *(each.socket.fileno() for each in list(self._open))]
        return {os.fstat(number).st_ino for number in numbers if number >= 0}

    @property
    def last(self) -> Heard:
        return self.heard[-1]

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._listener.accept()
            except OSError:
                return
            if self._done:
                accepted.close()
                return
            connection = Connection(accepted)
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        stream = None
        try:
            if self.tls is not None:
                connection.socket = self.tls.wrap_socket(connection.socket, server_side=True)
            stream = connection.socket.makefile("rb")
            while connection.open and (request := self._read(stream)) is not None:
                with self._lock:
                    answer = self.script[min(self._turn, len(self.script) - 1)]
                    self._turn += 1
                    self.heard.append(request)
                answer(connection, request)
        except OSError:  # the client is gone, or speaks no TLS
            pass
        finally:
            if stream is not None:
                stream.close()
            connection.close()

    @staticmethod
    def _read(stream: Any) -> Heard | None:
        first = stream.readline().decode("latin-1").split()
        if len(first) != 3:
            return None
        headers: dict[str, str] = {}
        while line := stream.readline().decode("latin-1").rstrip("\r\n"):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(stream.readline(), 16):
                body += stream.read(size)
                stream.readline()
            stream.readline()
        else:
            body = stream.read(int(headers.get("content-length", "0")))
        return Heard(first[0], first[1], headers, body)
