"""A browser without a network, and pages to look at in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright
from sdkwright.diff.report import FORMATS

from browser.chromium import MISSING, arguments, find_chromium
from browser.reviews import large, small

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; without one these tests fail, since nobody else would notice that the page was not tested.

    It ends with this package, and its event loop with it: no other test could start one of its own beside it.
    """
    path = find_chromium()
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a review with something of everything."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "review.html"
    path.write_text(FORMATS["html"](small(folder)), "utf-8")
    return path


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a review with 1,000 cards."""
    folder = tmp_path_factory.mktemp("large")
    path = folder / "review.html"
    path.write_text(FORMATS["html"](large(folder)), "utf-8")
    return path


class Visits:
    """Opens pages; at the end no page may have reached for anything, nor complained."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._complaints: list[str] = []
        self._asked: list[str] = []

    def __call__(self, path: Path, **options: Any) -> Page:
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.route(lambda url: not url.startswith(("file:", "data:")), self._refuse)
        page = context.new_page()
        page.on("console", lambda message: self._complaints.append(message.text))
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("dialog", lambda dialog: self._complaints.append(f"a dialog: {dialog.message}"))
        page.goto(path.as_uri())
        return page

    def _refuse(self, route: Route) -> None:
        self._asked.append(route.request.url)
        route.abort()

    def check(self) -> None:
        """Nothing was asked for, nothing was said."""
        assert self._asked == []
        assert self._complaints == []


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visits]:
    """A way to open a page."""
    visits = Visits(chromium)
    yield visits
    for context in chromium.contexts:
        context.close()
    visits.check()
