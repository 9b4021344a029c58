"""What the packages of golden cases make of unions in responses."""

from __future__ import annotations

import httpx2
import pytest
from unit.render.conftest import Package


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"type": "heated", "celsius": 980}, "Heated"),
        ({"type": "heated", "celsius": "hot"}, "Heated"),
        ({"type": "cooled"}, "Cooled"),
        ({"type": "glazed", "text": "blue"}, "Other"),
        ({"text": "blue"}, "Other"),
    ],
)
def test_a_default_member_has_no_object_of_a_known_kind(
    package: Package, last: dict[str, object], expected: str
) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json={"id": "f1", "last": last})

    kiln = package("openapi_32_more")
    client = kiln.KilnControl(
        base_url="https://kiln.example.com",
        http_client=httpx2.Client(transport=httpx2.MockTransport(answer)),
    )
    found = client.firings.retrieve()
    assert type(found.last) is getattr(kiln.types, expected)
    assert found.to_dict() == {"id": "f1", "last": last}
