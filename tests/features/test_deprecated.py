"""Deprecation: what the document or the config says reaches the user, at run time and in the types."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def test_a_deprecated_operation_warns_and_works(kit: Kit) -> None:
    client = kit.client()
    with pytest.warns(DeprecationWarning):
        assert (await kit(client.lighthouses.list())) == ["Alba", "Skagen"]


async def test_the_words_of_the_config_are_those_of_the_warning(kit: Kit) -> None:
    client = kit.client()
    with pytest.warns(DeprecationWarning, match="Ask the pilots"):
        await kit(client.lighthouses.old())
    assert type(client.lighthouses).old.__deprecated__ == "Ask the pilots."


async def test_raw_and_streaming_views_warn_when_they_are_used_not_before(kit: Kit) -> None:
    client = kit.client()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        raw, streaming = client.lighthouses.with_raw_response, client.lighthouses.with_streaming_response
        await kit(client.anthem.get())
    with pytest.warns(DeprecationWarning, match="pilots"):
        await kit(raw.old())
    with pytest.warns(DeprecationWarning, match="pilots"):
        async with kit.entered(streaming.old()) as response:
            assert response.status_code == 200
