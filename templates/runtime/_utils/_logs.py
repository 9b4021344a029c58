"""Logging under the package's name, and a filter that keeps credentials out of the HTTP library's own lines."""

from __future__ import annotations

import logging
import os
import threading

from typing_extensions import override

from .._constants import ENV_PREFIX
from .._http import httpx

logger: logging.Logger = logging.getLogger((__package__ or "sdk").rpartition("._utils")[0] or "sdk")

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO}
_lock = threading.Lock()
_HTTP = httpx.__name__
# Logger filters are not inherited, so each logger that prints URLs or response headers needs its own.
_TALKATIVE = (
    _HTTP,
    *(f"{_HTTP.replace('httpx', 'httpcore')}.{part}" for part in ("http11", "http2", "proxy")),
)


class _Redact(logging.Filter):
    """Cuts query values from URLs and drops header dumps: both can hold credentials."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_query(arg) if isinstance(arg, httpx.URL) else arg for arg in record.args)
        return "receive_response_headers.complete" not in str(record.msg)


_redact = _Redact()


def without_query(url: httpx.URL) -> str:
    """The URL for a log line: no user info, no fragment, and of the query only that there was one."""
    port = f":{url.port}" if url.port else ""
    query = "?..." if url.query else ""
    return f"{url.scheme}://{url.host}{port}{url.raw_path.decode('ascii').split('?', 1)[0]}{query}"


def setup_logging() -> None:
    """Obey `<PREFIX>_LOG=debug|info`: print this package's log lines on stderr. Does nothing when it is unset."""
    level = _LEVELS.get(os.environ.get(f"{ENV_PREFIX}_LOG", "").lower())
    with _lock:
        for name in _TALKATIVE:
            logging.getLogger(name).addFilter(_redact)  # the same filter twice is kept once
        if level is None:
            return
        logger.setLevel(level)
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("[%(asctime)s - %(name)s:%(lineno)d - %(levelname)s] %(message)s"))
            logger.addHandler(handler)
