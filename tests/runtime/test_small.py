"""The small helpers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from loopback import Server, reply
from sdk_runtime._base_client import FinalRequestOptions, SyncAPIClient, get_platform, make_request_options
from sdk_runtime._platform import OtherPlatform
from sdk_runtime._types import NotGiven, Omit, not_given, omit
from sdk_runtime._utils import is_dict, is_given, is_list, required_args
from sdk_runtime._webhooks import WebhookVerificationError, sign_webhook, verify_webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RUNTIME = Path(__file__).parents[2] / "templates" / "runtime"


def signed(payload: str = '{"a":1}', when: float | None = None) -> dict[str, str]:
    now = int(time.time() if when is None else when)
    headers = {"Webhook-Id": "msg_1", "Webhook-Timestamp": str(now)}
    return {**headers, "Webhook-Signature": "v1,bm9wZQ== " + sign_webhook(payload, "msg_1", now, SECRET)}


def test_the_example_of_the_webhook_specification() -> None:
    payload = '{"test": 2432232314}'
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert sign_webhook(payload, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, SECRET) == expected


def test_a_signed_webhook_is_accepted_and_a_changed_one_is_not() -> None:
    verify_webhook('{"a":1}', signed(), SECRET)
    verify_webhook(b'{"a":1}', signed(), SECRET.removeprefix("whsec_"))
    for payload, headers, secret in [
        ('{"a":2}', signed(), SECRET),
        ('{"a":1}', signed(), "whsec_bm90IHRoaXM="),
        ('{"a":1}', signed(when=time.time() - 3600), SECRET),
        ('{"a":1}', signed(when=time.time() + 3600), SECRET),
        ('{"a":1}', {**signed(), "Webhook-Timestamp": "soon"}, SECRET),
        ('{"a":1}', {**signed(), "Webhook-Timestamp": "9" * 400}, SECRET),
        ('{"a":1}', {**signed(), "Webhook-Signature": "v1,ü"}, SECRET),
        ('{"a":1}', {"Webhook-Id": "msg_1"}, SECRET),
        ('{"a":1}', signed(), "not base64!"),
    ]:
        with pytest.raises(WebhookVerificationError):
            verify_webhook(payload, headers, secret)


@pytest.mark.parametrize("secret", ["", "whsec_"])
def test_an_empty_webhook_secret_accepts_nothing(secret: str) -> None:
    now = int(time.time())
    forged = hmac.new(b"", f"msg_1.{now}.{{}}".encode(), hashlib.sha256).digest()
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{base64.b64encode(forged).decode()}",
    }
    with pytest.raises(WebhookVerificationError, match="secret is empty"):
        verify_webhook("{}", headers, secret)


def test_sentinels_are_false_and_told_from_values() -> None:
    assert not omit and not not_given and not is_given(omit) and not is_given(not_given)
    assert is_given(None) and is_dict({}) and is_list([]) and not is_dict([])
    assert (repr(Omit()), repr(NotGiven())) == ("omit", "NOT_GIVEN")


def test_overloads_name_what_is_missing() -> None:
    @required_args(["a"], ["a", "b"])
    def method(self: Any, *, a: int = 0, b: int = 0) -> int:
        return a + b

    assert method(None, a=1) == 1
    with pytest.raises(TypeError, match=r"method\(\) is missing required arguments: `a`"):
        method(None, b=1)


def test_options_hold_only_what_was_given() -> None:
    assert make_request_options() == {}
    made = make_request_options(query={"a": 1}, extra_query={"a": 2}, timeout=None, headers={"X": True, "Y": omit})
    assert made == {"params": {"a": 2}, "timeout": None, "headers": {"X": "true"}}
    assert FinalRequestOptions.of("get", "/x", made).params == {"a": 2}


def test_the_platform_has_a_name() -> None:
    assert str(get_platform())
    assert str(OtherPlatform("plan9")) == "Other:plan9"


def test_the_log_variable_prints_lines_on_stderr() -> None:
    code = (
        "import importlib.machinery as m, importlib.util as u, sys\n"
        "s = m.ModuleSpec('sdk_runtime', None, is_package=True)\n"
        f"s.submodule_search_locations = [{str(RUNTIME)!r}]\n"
        "sys.modules['sdk_runtime'] = u.module_from_spec(s)\n"
        "from sdk_runtime._base_client import SyncAPIClient\n"
        "SyncAPIClient(version='1', base_url=sys.argv[1]).get('/x?key=secret', cast_to=object)\n"
    )
    with Server([reply({"a": "private"})]) as server:
        for level, lines in (("info", 1), ("", 0)):
            result = subprocess.run(
                [sys.executable, "-c", code, server.url],
                env={"EXAMPLE_LOG": level},
                capture_output=True,
                text=True,
                check=False,
            )
            assert result.returncode == 0, result.stderr
            assert len(result.stderr.splitlines()) == lines
            assert "secret" not in result.stderr and "private" not in result.stderr


def test_logging_is_left_alone_without_the_variable() -> None:
    SyncAPIClient(version="1", base_url="http://127.0.0.1")
    assert logging.getLogger("sdk_runtime").handlers == []


def test_the_timeout_of_the_callers_http_client_is_kept() -> None:
    from sdk_runtime._constants import DEFAULT_TIMEOUT
    from sdk_runtime._http import httpx

    def timeout(**options: Any) -> Any:
        return SyncAPIClient(version="1", base_url="http://x", **options).timeout

    assert timeout() == DEFAULT_TIMEOUT
    assert timeout(http_client=httpx.Client(timeout=7)) == httpx.Timeout(7)
    assert timeout(http_client=httpx.Client()) == DEFAULT_TIMEOUT
    assert timeout(http_client=httpx.Client(timeout=7), timeout=3) == 3


def test_no_file_of_the_runtime_is_long_and_each_says_what_it_is_for() -> None:
    for path in RUNTIME.rglob("*.py"):
        lines = path.read_text().splitlines()
        assert len(lines) <= 300, path
        assert any(line.startswith('"""') for line in lines[:3]), path


@pytest.mark.parametrize("package", ["sdk_runtime", "sdk_runtime_httpx"])
def test_the_aiohttp_client_serves_calls_and_streams(package: str, server: Server) -> None:
    import asyncio
    from importlib import import_module

    base, streaming = import_module(f"{package}._base_client"), import_module(f"{package}._streaming")

    async def run() -> tuple[Any, list[Any]]:
        http = base.DefaultAioHttpClient()
        async with base.AsyncAPIClient(version="1", base_url=server.url, http_client=http) as client:
            found = await client.post("/x", cast_to=object, body={"a": 1})
            stream = await client.get("/x", cast_to=object, stream=True, stream_cls=streaming.AsyncStream[object])
            return found, [event async for event in stream]

    server.answers(
        reply({}, 503), reply({"ok": 1}), reply(b"data: 1\n\n", headers=[("Content-Type", "text/event-stream")])
    )
    assert asyncio.run(run()) == ({"ok": 1}, [1])
