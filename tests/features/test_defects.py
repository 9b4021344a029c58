"""What users of other SDKs report and no other file of this folder shows: here through a generated package."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
import typing
import warnings
from typing import TYPE_CHECKING, Any

import pytest
import typing_extensions

if TYPE_CHECKING:
    from features.kit import Kit, Package

pytestmark = pytest.mark.anyio

HOSTILE = [
    *("_fields_set", "__dict__", "__class__", "__slots__", "__pydantic_extra__", "__pydantic_fields_set__"),
    *("__request_id__", "__response_problems__", "__carried__", "_request_id", "model_config", "model_fields"),
    *("model_fields_set", "model_extra", "to_dict", "copy", "self", "cls", "root", "name ", ""),
]


@pytest.mark.parametrize("name", ["Fram", 5], ids=["as promised", "with a problem"])
async def test_no_key_of_a_response_reaches_what_the_object_is_made_of(kit: Kit, name: Any) -> None:
    known = {"id": "s9", "name": name, "captain": None}
    kit.harbor.ships.kept["s9"] = {**known, **dict.fromkeys(HOSTILE, "evil")}
    ship = await kit(kit.client().ships.get("s9"))
    assert type(ship) is kit.module("types").Ship and ship._request_id == "req_1"
    assert bool(ship._response_problems) is (name == 5)
    for same in (ship, copy.copy(ship), copy.deepcopy(ship), pickle.loads(pickle.dumps(ship))):
        assert same.to_dict() == {**known, **dict.fromkeys(HOSTILE, "evil")} and same == ship
        assert (same._request_id, same._response_problems) == (ship._request_id, ship._response_problems)
        assert same.model_fields_set >= {"id", "name", "captain"}


async def test_no_type_hint_is_looked_at_when_a_body_is_sent(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = kit.client()
    await kit(client.ships.create(name="Fram"))  # what is built once is built now

    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("type hints are looked at")

    for module in (typing, typing_extensions):
        for name in ("get_type_hints", "get_origin", "get_args"):
            monkeypatch.setattr(module, name, forbidden)
    created = await kit(client.ships.create(name="Maud"))
    await kit(client.ships.update(created.id, captain=None))
    assert kit.harbor.last.json() == {"captain": None}


async def test_a_client_that_is_forgotten_does_nothing_when_it_is_collected(kit: Kit) -> None:
    client = kit.pick(kit.top.Harbor, kit.top.AsyncHarbor)(token="harbor-token-0123456789")
    assert not hasattr(client, "__del__") and not hasattr(client.ships, "__del__")
    await kit(client.ships.get("s1"))
    http = client._client
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        del client
        gc.collect()
        assert not http.is_closed
    await kit(http.aclose() if kit.is_async else http.close())


FIRST_USE = """
import sys, threading
sys.setswitchinterval(1e-5)
sys.path.insert(0, {path!r})
import {name} as harbor, {library} as http

bodies = [b'{{"id":"s","name":"n","captain":null}}', b'{{"kind":"lamp"}}', b'[]', b'{{}}']
answers = iter(bodies * 1000)
lock = threading.Lock()
def answer(request):
    with lock:
        return http.Response(200, content=next(answers), headers={{"content-type": "application/json"}})

transport = http.MockTransport(answer)
client = harbor.Harbor(token="t" * 9, base_url="http://x", http_client=http.Client(transport=transport))
calls = [
    lambda: client.ships.get("s"), lambda: client.ships.list(), lambda: client.signals.get("1"),
    lambda: client.signals.last(), lambda: client.crew.list(), lambda: client.manifests.list(),
    lambda: client.weather.get(), lambda: client.lighthouses.list(),
]
barrier, failures = threading.Barrier(32), []
def first_use(number):
    barrier.wait()
    for turn in range(8):
        try:
            calls[(number + turn) % 8]()
        except harbor.APIResponseValidationError:
            pass
        except Exception as error:
            failures.append(repr(error))
threads = [threading.Thread(target=first_use, args=(number,)) for number in range(32)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failures)
"""


@pytest.mark.parametrize("turn", range(3))
def test_thirty_two_threads_use_every_type_for_the_first_time(package: Package, turn: int) -> None:
    code = FIRST_USE.format(path=str(package.root / "src"), name=package.name, library=package.library)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "[]\n"
