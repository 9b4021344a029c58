"""Responses as objects: what is required, what is null, what the document does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def ship(kit: Kit, fields: dict[str, Any], **options: Any) -> Any:
    """The ship that the server describes with these fields."""
    kit.harbor.ships.kept["s9"] = fields
    return await kit(kit.client(**options).ships.get("s9"))


async def test_null_and_absent_are_told_apart(kit: Kit) -> None:
    found = await ship(kit, {"id": "s9", "name": "Fram", "captain": None})
    assert (found.captain, found.rig, found._response_problems) == (None, None, ())
    assert found.model_fields_set == {"id", "name", "captain"}
    assert found.to_dict() == {"id": "s9", "name": "Fram", "captain": None}


async def test_a_missing_required_field_is_none_with_a_problem(kit: Kit) -> None:
    found = await ship(kit, {"id": "s9", "captain": None})
    assert type(found) is kit.module("types").Ship and found.name is None
    assert [str(problem) for problem in found._response_problems] == ["name: Field required"]


async def test_a_null_where_none_is_allowed_is_kept_with_a_problem(kit: Kit) -> None:
    found = await ship(kit, {"id": None, "name": "Fram", "captain": None})
    assert found.id is None and found._response_problems[0].path == ("id",)


async def test_fields_that_the_server_adds_are_attributes(kit: Kit) -> None:
    found = await ship(kit, {"id": "s9", "name": "Fram", "captain": None, "_fields_set": 1, "masts": {"tall": 3}})
    assert found.masts == {"tall": 3} and found._response_problems == ()
    assert found.to_dict()["_fields_set"] == 1


async def test_an_unknown_enum_value_is_kept(kit: Kit) -> None:
    found = await ship(kit, {"id": "s9", "name": "Fram", "captain": None, "rig": "schooner"})
    assert found.rig == "schooner" and len(found._response_problems) == 1


async def test_members_of_a_union_are_told_apart_and_an_unknown_one_is_none_of_them(kit: Kit) -> None:
    types, client = kit.module("types"), kit.client()
    kit.harbor.ships.signals.append({"kind": "lamp", "colour": "red", "blasts": 1})
    flare, horn, lamp = await kit(client.signals.last())
    assert (type(flare), type(horn)) == (types.Flare, types.Horn)
    assert not isinstance(lamp, (types.Flare, types.Horn)) and lamp.raw["kind"] == "lamp"
    alone = await kit(client.signals.get("2"))
    assert type(alone) is type(lamp) and alone.colour == "red"


async def test_a_known_member_with_an_unknown_enum_value_keeps_its_class(kit: Kit) -> None:
    kit.harbor.ships.signals[0] = {"kind": "flare", "colour": "green"}
    flare = await kit(kit.client().signals.get("0"))
    assert type(flare) is kit.module("types").Flare and flare.colour == "green"


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "s9", "captain": None},
        {"id": "s9", "name": "Fram", "captain": None, "rig": "schooner"},
        {"id": 9, "name": "Fram", "captain": None},
    ],
    ids=["missing", "enum", "type"],
)
async def test_strict_validation_refuses_what_the_document_does_not_promise(kit: Kit, fields: dict[str, Any]) -> None:
    with pytest.raises(kit.top.APIResponseValidationError) as raised:
        await ship(kit, fields, _strict_response_validation=True)
    assert raised.value.status_code == 200 and raised.value.request_id == "req_1"


async def test_strict_validation_refuses_an_unknown_member_and_lets_new_fields_pass(kit: Kit) -> None:
    client = kit.client(_strict_response_validation=True)
    kit.harbor.ships.signals = [{"kind": "horn", "blasts": 2, "note": "C"}, {"kind": "lamp"}]
    assert (await kit(client.signals.get("0"))).note == "C"
    with pytest.raises(kit.top.APIResponseValidationError):
        await kit(client.with_options(timeout=9).signals.get("1"))


async def test_times_and_names_of_the_api_are_turned_into_those_of_python_and_back(kit: Kit) -> None:
    fields = {"id": "s9", "name": "Fram", "captain": "Otto", "builtOn": "1892-10-26", "seenAt": "2026-01-02T03:04:05Z"}
    found = await ship(kit, fields)
    assert (found.built_on.year, found.seen_at.tzinfo is not None) == (1892, True)
    assert found.to_dict(mode="json") == fields
    assert '"builtOn"' in found.to_json() and '"built_on"' in found.to_json(use_api_names=False)
