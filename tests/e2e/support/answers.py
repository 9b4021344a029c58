"""How the test servers answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from e2e.support.document import JSON


@dataclass(slots=True)
class RefusedError(Exception):
    """Raised by a handler to answer with an error of the API's own form."""

    status: int
    body: JSON


def application(routes: Sequence[BaseRoute]) -> Starlette:
    """An app of `routes` that turns `RefusedError` into a response."""
    return Starlette(routes=routes, exception_handlers={RefusedError: _refusal})


async def _refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return JSONResponse(error.body, status_code=error.status)
