"""R1: a path segment that names another resource is refused before anything is sent, and the rest is encoded.

Header names and values and the octets of cookies are checked before the transport, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio

DOTS = [".", "..", "%2e", "%2E%2e", ".%2E", "..;x", ".;a=b", "%2e%2e;x", "%252e%252e"]
ODD = [
    "a/b",
    "../secret",
    "a?b#c",
    "%2F",
    "a b+c",
    "é",
    "💥",
    "a\\b",
    "a\r\nb",
    "\x00",
    "...",
    ".hidden",
    "a;b=c",
    "@:",
]


@pytest.mark.parametrize("segment", ["", *DOTS])
async def test_r1_empty_and_dot_segments_are_refused_before_anything_is_sent(kit: Kit, segment: str) -> None:
    client = kit.client()
    for call in (client.ships.get, client.ships.delete, client.charts.get):
        with pytest.raises(ValueError, match=r"_id`"):
            await kit(call(segment))
    with pytest.raises(ValueError, match="cargo_id"):
        await kit(client.cargo.label.put(segment, body=b""))
    assert kit.harbor.heard == []


@pytest.mark.parametrize("segments", [[".."], ["%2e%2e"]])
async def test_r1_dot_segments_in_lists_and_styles_are_refused(kit: Kit, segments: list[str]) -> None:
    client = kit.client()
    with pytest.raises(ValueError, match="dot segment"):
        await kit(client.soundings.get([".x"], depths=segments))
    with pytest.raises(ValueError, match="dot segment"):
        await kit(client.soundings.get(["."], depths=[1]))
    assert kit.harbor.heard == []


@pytest.mark.parametrize("path", ["/a/../b", "/a/%2e%2e/b", "/..;/b", "a/.", "/a/%252E%252e"])
async def test_r1_dot_segments_in_paths_written_by_hand_are_refused(kit: Kit, path: str) -> None:
    with pytest.raises(ValueError, match="dot segment"):
        await kit(kit.client().get(path, cast_to=object))
    assert kit.harbor.heard == []


@pytest.mark.parametrize("segment", ODD)
async def test_r1_every_other_value_is_one_encoded_segment(kit: Kit, segment: str) -> None:
    with pytest.raises(kit.top.NotFoundError):
        await kit(kit.client().ships.get(segment))
    assert kit.harbor.last.path == f"/ships/{quote(segment, safe='')}" and kit.harbor.last.query == ""


BAD_VALUES = ["qz\r\nX-Evil: 1", "qz\nb", "qz\0b", " qz", "qz ", "qzä", "qz\x7f"]


@pytest.mark.parametrize("value", BAD_VALUES)
async def test_r1_header_values_that_http_cannot_carry_are_refused(kit: Kit, value: str) -> None:
    where: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {"extra_headers": {"X-Odd": value}}),
        ({"default_headers": {"X-Odd": value}}, {}),
        ({"tenant": value}, {}),
        ({"token": value}, {}),
    ]
    for options, arguments in where:
        if "token" in options and value == " qz":
            continue  # behind `Bearer` one blank more is allowed
        with pytest.raises(kit.top.HarborError, match="cannot be sent") as raised:
            await kit(kit.client(**options).gates.token(**arguments))
        assert "qz" not in str(raised.value)
    assert kit.harbor.heard == []


@pytest.mark.parametrize("name", ["X Odd", "X-Odd:", "X\r\nY", "", "Ü"])
async def test_r1_header_names_that_http_cannot_carry_are_refused(kit: Kit, name: str) -> None:
    with pytest.raises(kit.top.HarborError, match="not a valid header name"):
        await kit(kit.client().anthem.get(extra_headers={name: "1"}))
    assert kit.harbor.heard == []


@pytest.mark.parametrize("value", ["a;b", "a b", 'a"b', "a,b", "a\\b", "a\r\nb", "ä"])
async def test_r1_octets_that_cookies_cannot_carry_are_refused(kit: Kit, value: str) -> None:
    with pytest.raises(kit.top.HarborError, match="cookie"):
        await kit(kit.client().soundings.get(["g"], depths=[1], lantern=value))
    with pytest.raises(kit.top.HarborError, match="cookie"):
        await kit(kit.client(cookie_key=value).gates.cookie())
    assert kit.harbor.heard == []


async def test_r1_query_values_stay_in_their_parameter(kit: Kit) -> None:
    value = "a&after=b#c%26\r\nd+e f"
    await kit(kit.client(query_key=value, language=value).gates.query(extra_query={"after": value}))
    assert sorted(kit.harbor.last.params) == [("after", value), ("harbor_key", value), ("language", value)]
