"""Fixtures: the package of the document, generated once, and what it sends."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from sdkwright.diagnostics import Diagnostic, Diagnostics
from sdkwright.pipeline import Options, Run, generate

from parameters.document import PACKAGE, document

if TYPE_CHECKING:
    from collections.abc import Iterator

Send = Callable[..., httpx2.Request]


@pytest.fixture(scope="session")
def diagnostics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sequence[Diagnostic]]:
    """What was said of the document; its package is importable as long as this lives."""
    root = tmp_path_factory.mktemp("parameters")
    spec = root / "openapi.json"
    spec.write_text(json.dumps(document()), "utf-8")
    run = Run(Diagnostics())
    generated = generate(spec, Options(), run)
    assert generated is not None, run.diagnostics.items
    for name, content in generated.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sys.path.insert(0, str(root / "src"))
    yield run.diagnostics.items
    sys.path.remove(str(root / "src"))


@pytest.fixture(scope="session")
def send(diagnostics: Sequence[Diagnostic]) -> Send:
    """Calls `client.<place>.<method>` with a value for `color` and returns the request."""
    requests: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(204)

    module: Any = importlib.import_module(PACKAGE)
    client = module.PaintBox(http_client=httpx2.Client(transport=httpx2.MockTransport(answer)))

    def call(place: str, method: str, value: object) -> httpx2.Request:
        requests.clear()
        function = getattr(getattr(client, place), method)
        function(value) if place == "path" else function(color=value)
        (request,) = requests
        return request

    return call
