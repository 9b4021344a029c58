"""What is loaded or built only when it is needed, and the log that an environment variable turns on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from sdk_runtime._compat import cached_property
from sdk_runtime._http import httpx
from sdk_runtime._lazy import lazy_exports
from sdk_runtime._lazy_http import LazyHttp
from sdk_runtime._platform import get_architecture, get_platform
from sdk_runtime._utils import setup_logging
from sdk_runtime._utils._logs import without_query


@pytest.fixture
def package() -> Iterator[ModuleType]:
    """A package of two modules, of which nothing is imported yet."""
    made = ModuleType("lazy_sample")
    made.__path__ = []
    sys.modules["lazy_sample"] = made
    for name in ("one", "two"):
        module = ModuleType(f"lazy_sample.{name}")
        module.__dict__["Thing"] = name
        sys.modules[module.__name__] = module
    yield made
    for name in ("lazy_sample", "lazy_sample.one", "lazy_sample.two"):
        del sys.modules[name]


def test_a_name_is_imported_once_and_then_an_attribute(package: ModuleType) -> None:
    names, load, listing = lazy_exports("lazy_sample", {"Thing": ".one", "two": ""})
    assert names == ["Thing", "two"] and "Thing" not in vars(package)
    assert load("Thing") == "one" and vars(package)["Thing"] == "one"
    assert load("two") is sys.modules["lazy_sample.two"]
    assert {"Thing", "two", "__name__"} <= set(listing())


def test_an_unknown_name_is_an_attribute_error(package: ModuleType) -> None:
    _, load, _ = lazy_exports("lazy_sample", {"Thing": ".one"})
    with pytest.raises(AttributeError, match="module 'lazy_sample' has no attribute 'Other'"):
        load("Other")


def test_the_http_client_is_built_once_and_never_after_it_was_closed() -> None:
    built: list[httpx.Client] = []

    def build() -> httpx.Client:
        built.append(httpx.Client())
        return built[-1]

    lazy: LazyHttp[httpx.Client] = LazyHttp(None, build)
    assert built == [] and not lazy.is_closed
    assert lazy.get() is lazy.get() is built[0]
    assert lazy.retire() is built[0] and lazy.is_closed
    with pytest.raises(RuntimeError, match="The client is closed; make a new one"):
        lazy.get()
    unused: LazyHttp[httpx.Client] = LazyHttp(None, build)
    assert unused.retire() is None and len(built) == 1


def test_a_client_that_is_closed_while_its_connections_are_made_closes_them() -> None:
    building, go_on = threading.Event(), threading.Event()

    def build() -> httpx.Client:
        building.set()
        assert go_on.wait(5)
        return httpx.Client()

    lazy: LazyHttp[httpx.Client] = LazyHttp(None, build)
    with ThreadPoolExecutor(2) as pool:
        made = pool.submit(lazy.get)
        assert building.wait(5)
        retired = pool.submit(lazy.retire)
        go_on.set()
        assert retired.result(5) is made.result(5)
        made.result().close()
    with pytest.raises(RuntimeError, match="closed"):
        lazy.get()


def test_an_http_client_that_its_owner_closed_is_closed() -> None:
    given = httpx.Client()
    lazy: LazyHttp[httpx.Client] = LazyHttp(given, httpx.Client)
    assert lazy.get() is given and not lazy.is_closed
    given.close()
    assert lazy.is_closed


def test_a_cached_property_is_computed_once() -> None:
    class Client:
        @cached_property
        def resource(self) -> object:
            return object()

    client = Client()
    assert client.resource is client.resource


@pytest.mark.parametrize(("value", "level"), [("debug", logging.DEBUG), ("INFO", logging.INFO), ("no", None)])
def test_the_variable_sets_the_level_and_one_handler(
    value: str, level: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sdk_runtime._utils import _logs

    logger = logging.Logger("sample")
    monkeypatch.setattr(_logs, "logger", logger)
    monkeypatch.setenv("EXAMPLE_LOG", value)
    threads = [threading.Thread(target=setup_logging) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (logger.level, len(logger.handlers)) == ((level, 1) if level else (logging.NOTSET, 0))


def test_log_lines_of_the_http_library_lose_query_values_and_headers() -> None:
    setup_logging()
    quiet = logging.getLogger(httpx.__name__)

    def line(message: str, *args: Any) -> str | None:
        record = logging.LogRecord(quiet.name, logging.INFO, "", 1, message, args, None)
        return record.getMessage() if quiet.filter(record) else None

    assert line("GET %s", httpx.URL("https://u:p@x.example:8/a?key=s#f")) == "GET https://x.example:8/a?..."
    assert line("receive_response_headers.complete %s", "Set-Cookie: s") is None
    assert without_query(httpx.URL("https://x.example/a")) == "https://x.example/a"


@pytest.mark.parametrize(
    ("system", "release", "expected"),
    [
        ("Linux", "Linux-6.1", "Linux"),
        ("Darwin", "macOS-15", "MacOS"),
        ("Windows", "Windows-11", "Windows"),
        ("Darwin", "iPhone-18", "iOS"),
        ("Linux", "Linux-5-Android", "Android"),
        ("SunOS", "SunOS-5", "Other:sunos-5"),
        ("", "", "Unknown"),
    ],
)
def test_platforms_have_the_names_that_dashboards_know(
    system: str, release: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platform

    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "platform", lambda: release)
    assert str(get_platform()) == expected


@pytest.mark.parametrize(
    ("machine", "expected"), [("aarch64", "arm64"), ("AMD64", "x64"), ("riscv64", "other:riscv64"), ("", "unknown")]
)
def test_architectures_have_the_names_that_dashboards_know(
    machine: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platform

    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert get_architecture() == expected
