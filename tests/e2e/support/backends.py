"""The fixture `backend` for one API."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

from e2e.support.checks import Contract
from e2e.support.harness import Backend, load_document, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e.support.checks import Rules
    from e2e.support.live import LiveServer


def backend_fixture(api: str, rules: Rules) -> Callable[..., Any]:
    """A fixture that serves the module's fixture `server`.

    In the end each request must have agreed with the document, and so must each answer of the test server. A test
    marked with an operation must have called it.
    """

    @functools.cache
    def contract() -> Contract:
        return Contract(load_document(api), rules)

    @pytest.fixture(name="backend")
    def backend(live: LiveServer, server: Any, request: pytest.FixtureRequest) -> Iterator[Backend]:
        backend = serve(live, server.app(), contract())
        yield backend
        assert backend.checked.violations == []
        called = {each.operation for each in backend.calls}
        for mark in request.node.iter_markers("operation"):
            assert mark.args[0] in called, f"the test is said to call {mark.args[0]}, and does not"

    return backend
