"""Logs: under the package's name, with what helps and without what is secret."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from features.kit import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from features.kit import Kit, Package

pytestmark = pytest.mark.anyio


@pytest.fixture
def logger(package: Package) -> Iterator[logging.Logger]:
    """The package's logger, put back as it was."""
    found = logging.getLogger(package.name)
    level, handlers = found.level, list(found.handlers)
    found.setLevel(logging.NOTSET)
    found.handlers.clear()
    yield found
    found.setLevel(level)
    found.handlers[:] = handlers


async def test_each_call_is_a_line_under_the_name_of_the_package(
    kit: Kit, logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger=logger.name)
    await kit(kit.client(query_key="query-key-0123").gates.query(extra_query={"q": "private"}))
    lines = [record.getMessage() for record in caplog.records if record.name == logger.name]
    assert lines == [f"GET {kit.origin}/main/gates/query?... -> 200 (request id req_1)"]


async def test_a_retry_is_a_line(kit: Kit, logger: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=logger.name)
    kit.harbor.fail(503)
    await kit(kit.client().anthem.get())
    lines = [record.getMessage() for record in caplog.records if record.name == logger.name]
    assert len(lines) == 3 and "503" in lines[0] and lines[1].startswith("Retrying GET") and "200" in lines[2]


@pytest.mark.parametrize(("value", "level"), [("debug", logging.DEBUG), ("INFO", logging.INFO), ("loud", 0), ("", 0)])
async def test_the_variable_sets_the_level(
    kit: Kit, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch, value: str, level: int
) -> None:
    monkeypatch.setenv("HARBOR_LOG", value)
    kit.client()
    kit.client()
    assert (logger.level, len(logger.handlers)) == (level, 1 if level else 0)


async def test_the_variable_prints_on_stderr(
    kit: Kit, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HARBOR_LOG", "info")
    await kit(kit.client().anthem.get())
    printed = capsys.readouterr().err
    assert f"GET {kit.origin}/main/anthem -> 200" in printed and TOKEN not in printed


async def test_debug_logs_of_every_library_hold_no_credential_and_no_body(
    kit: Kit, logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = {name: f"secret-{name}-0123456789" for name in ("header_key", "query_key", "cookie_key", "client_secret")}
    client = kit.client(client_id="id", **secrets)
    for gate in ("token", "header", "query", "cookie", "service", "both"):
        await kit(getattr(client.gates, gate)())
    await kit(client.ships.create(name="private-name"))
    text = "\n".join(f"{record.getMessage()} {record.args!r}" for record in caplog.records)
    found = [value for value in (*secrets.values(), TOKEN, "service-token-1", "private-name") if value in text]
    assert found == [] and len(caplog.records) > 7
