"""What a user may put in a queue pickles, here or in another process; what holds a connection says why not."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from runtime.loopback import Server, reset

from features.kit import TOKEN

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


def again(value: Any) -> Any:
    """The value after a journey, of which no byte is the token."""
    carried = pickle.dumps(value)
    assert TOKEN.encode() not in carried
    return pickle.loads(carried)


async def test_models_pickle_with_what_they_carry(kit: Kit) -> None:
    kit.harbor.ships.kept["s1"]["rig"] = "schooner"
    ship = await kit(kit.client().ships.get("s1"))
    other = again(ship)
    assert other == ship and type(other) is type(ship)
    assert (other._request_id, str(other._response_problems[0])) == ("req_1", str(ship._response_problems[0]))
    assert copy.deepcopy(ship) == ship and ship.model_copy() == ship


async def test_unknown_members_pickle(kit: Kit) -> None:
    kit.harbor.ships.signals = [{"kind": "lamp"}]
    assert again((await kit(kit.client().signals.last()))[0]).raw == {"kind": "lamp"}


async def test_status_errors_pickle_with_their_body(kit: Kit) -> None:
    with pytest.raises(kit.top.NotFoundError) as raised:
        await kit(kit.client(header_key="key-0123456789").ships.get("none"))
    error = again(raised.value)
    assert type(error) is kit.top.NotFoundError and str(error) == str(raised.value)
    assert (error.status_code, error.request_id, error.parsed.near) == (404, "req_1", ["s1"])
    assert error.response.json() == error.body and error.request.url.path == "/main/ships/none"


async def test_connection_timeout_and_validation_errors_pickle(kit: Kit) -> None:
    with Server([reset]) as server:
        client = kit.client(base_url=server.url, max_retries=0)
        with pytest.raises(kit.top.APIConnectionError) as broken:
            await kit(client.anthem.get())
    with pytest.raises(kit.top.APIResponseValidationError) as invalid:
        kit.harbor.ships.kept["s1"] = {"id": 1}
        await kit(kit.client(_strict_response_validation=True).ships.get("s1"))
    for each in (broken.value, invalid.value):
        assert type(again(each)) is type(each) and str(again(each)) == str(each)


async def test_pages_pickle_and_say_why_they_go_no_further(kit: Kit) -> None:
    page = again(await kit(kit.client().ships.list()))
    assert [ship.id for ship in page.ships] == ["s0", "s1"] and page.next_cursor == "c2"
    with pytest.raises(kit.top.HarborError, match="did not come from a request"):
        page.has_next_page()


async def test_raw_responses_pickle_once_they_are_read(kit: Kit) -> None:
    response = again(await kit(kit.client().ships.with_raw_response.get("s1")))
    assert (response.status_code, (await kit(response.parse())).name) == (200, "Anna")
    assert TOKEN not in str(response.http_request.headers)


async def test_downloads_pickle(kit: Kit) -> None:
    assert again(await kit(kit.client().charts.get("c1"))).content == kit.harbor.files.chart


async def test_clients_and_open_streams_refuse_with_a_sentence(kit: Kit) -> None:
    client = kit.client()
    with pytest.raises(TypeError, match="does not pickle"):
        pickle.dumps(client)
    async with kit.entered(await kit(client.radar.watch())) as stream:
        with pytest.raises(TypeError, match="does not pickle"):
            pickle.dumps(stream)


@pytest.mark.parametrize("mode", ["sync"])
async def test_another_process_reads_what_was_pickled(kit: Kit) -> None:
    client = kit.client()
    with pytest.raises(kit.top.NotFoundError) as raised:
        await kit(client.ships.get("none"))
    carried = pickle.dumps([await kit(client.ships.list()), await kit(client.ships.get("s1")), raised.value])
    code = (
        "import pickle, sys; page, ship, error = pickle.load(sys.stdin.buffer); print(page.ships[0].name, ship, error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=carried,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(kit.package.root / "src")},
        timeout=60,
    )
    assert done.stdout.decode().startswith("Ship 0 id='s1'") and b"404 Not Found" in done.stdout
