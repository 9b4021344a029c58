"""Every change on the disk that this process makes, counted, and a fault at one of them.

Changes are seen where Python makes them: by the audit hook (https://docs.python.org/3/library/audit_events.html), and
for writing and flushing, which raise no event, in place of `io.open`, `os.write`, `os.sendfile` and `os.fsync`. A hook
stays for the life of the process, so install a shim only in one that ends with the trial.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, Final

_EVENTS: Final = frozenset(
    f"os.{name}"
    for name in (
        *("rename", "remove", "mkdir", "rmdir", "link", "symlink", "chmod", "chown", "utime", "truncate"),
        *("setxattr", "removexattr"),
    )
) | {"fcntl.flock"}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEEDS_ROOM: Final = frozenset({"open", "write", "fsync", "os.mkdir", "os.link", "os.symlink", "os.setxattr"})
_NEEDS_LEAVE: Final = frozenset({"open", "exchange", *_EVENTS}) - {"fcntl.flock"}
_FAILS: Final = _NEEDS_ROOM | _NEEDS_LEAVE


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a change: a signal, or an error of the system, once or from then on."""

    name: str
    signal: int = 0
    error: int = 0
    operations: frozenset[str] = _FAILS
    lasting: bool = False

    def concerns(self, operation: str) -> bool:
        """Whether it can happen to this operation."""
        return bool(self.signal) or operation in self.operations

    def strike(self, operation: str) -> None:
        """Let it happen."""
        if self.signal:
            os.kill(os.getpid(), self.signal)
        else:
            raise OSError(self.error, os.strerror(self.error), operation)


KILL: Final = Fault("kill -9", signal.SIGKILL)
INTERRUPT: Final = Fault("SIGINT", signal.SIGINT)
TERMINATE: Final = Fault("SIGTERM", signal.SIGTERM)
ERRORS: Final = (
    Fault("ENOSPC", 0, errno.ENOSPC, _NEEDS_ROOM),
    Fault("ENOSPC from then on", 0, errno.ENOSPC, _NEEDS_ROOM, lasting=True),
    Fault("EIO", 0, errno.EIO),
    Fault("EACCES", 0, errno.EACCES, _NEEDS_LEAVE),
    Fault("EROFS from then on", 0, errno.EROFS, _NEEDS_LEAVE | {"write"}, lasting=True),
)
FAULTS: Final = (KILL, INTERRUPT, TERMINATE, *ERRORS)


class Shim:
    """Counts changes, and strikes before the one with number `at` (from 0); a write is then half done."""

    def __init__(self, fault: Fault | None = None, at: int = -1) -> None:
        self.operations: list[str] = []
        self._fault = fault
        self._at = at
        self._lock = threading.RLock()  # a handler of a signal may change something itself

    def install(self) -> None:
        """See every change from now on. Nothing is flushed: a killed process loses no page of the system's cache."""
        sys.addaudithook(self._hook)
        opening = self._opening(io.open)
        io.open = builtins.open = opening
        os.write = self._before("write", os.write)
        os.sendfile = self._before("write", os.sendfile)
        os.fsync = self._before("fsync", lambda handle: None)

    def step(self, operation: str, first: Callable[[], object] = lambda: None) -> None:
        """Count a change, and strike if it is time, after `first`."""
        with self._lock:
            number = len(self.operations)
            self.operations.append(operation)
        fault = self._fault
        if fault is None or number < self._at or (number > self._at and not fault.lasting):
            return
        if fault.concerns(operation):
            first()
            fault.strike(operation)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, flags = arguments[0], arguments[2]
            if flags & _WRITING and not isinstance(path, int) and not os.fsdecode(path).startswith("/dev/"):
                self.step("open")
        elif event in _EVENTS:
            self.step(event)
        elif event == "ctypes.dlsym" and arguments[1] in {"renameat2", "renamex_np"}:
            self.step("exchange")

    def _before(self, operation: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any) -> Any:
            self.step(operation)
            return call(*arguments)

        return changed

    def _opening(self, plain: Callable[..., IO[Any]]) -> Callable[..., IO[Any]]:
        shim = self

        class Watched(io.FileIO):
            def write(self, data: Any, /) -> int:
                shim.step("write", lambda: super(Watched, self).write(data[: len(data) // 2]))
                return super().write(data)

        def opened(file: Any, mode: str = "r", buffering: int = -1, *arguments: Any, **named: Any) -> IO[Any]:
            if isinstance(file, int) or not set(mode) & set("wxa") or "+" in mode:
                return plain(file, mode, buffering, *arguments, **named)
            writer = io.BufferedWriter(Watched(file, mode.replace("b", "").replace("t", "")))
            return writer if "b" in mode else io.TextIOWrapper(writer, *arguments, **named)

        return opened
