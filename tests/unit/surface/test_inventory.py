"""The measure of a package against a `surface.json`."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdkwright.surface.load import load
from sdkwright.surface.locate import locate
from unit.surface.support import write_package

from tests.surface.inventory import Inventory
from tests.surface.measure import Expected, Part, Score, measure

SHOP = {
    "__init__.py": "from ._client import Shop as Shop\n__all__ = ['Shop']\n",
    "_client.py": (
        "class _Base:\n    def close(self): ...\nclass Shop(_Base):\n    def __init__(self, *, key=None): ...\n"
    ),
    "types/__init__.py": "from .pet import Pet as Pet\n",
    "types/pet.py": "from pydantic import BaseModel\nclass Pet(BaseModel):\n    name: str\n",
    "lib/tools.py": "class Helper: ...\n",
    "lib/__init__.py": "",
}
EXPECTED: Expected = {
    "public": {
        "symbol": [
            ("alias", "shop.Shop"),
            ("alias", "shop.Helper"),
            ("attribute", "shop.__all__"),
            ("module", "shop.types"),
            ("alias", "shop.types.Pet"),
            ("module", "shop.types.pet"),
            ("class", "shop.types.pet.Pet"),
            ("attribute", "shop.types.pet.Pet.name"),
            ("class", "shop.lib.tools.Helper"),
        ],
        "param": [],
        "base": [("shop.types.pet.Pet", ["BaseModel"])],
    },
    "semi": {
        "symbol": [("class", "shop._client.Shop"), ("function", "shop._client.Shop.close")],
        "param": [("shop._client.Shop.__init__", "key", "keyword-only", False)],
        "base": [("shop._client.Shop", ["_Base"])],
    },
}


def misses(folder: Path, files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    scores: list[Score] = measure(EXPECTED, Inventory(load(locate(str(write_package(folder, files))))))
    return {score.what: score.misses for score in scores if score.misses}


def test_a_package_has_all_of_its_own_surface(tmp_path: Path) -> None:
    assert misses(tmp_path, SHOP) == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("types/pet.py", "name: str", "title: str", {"public symbols": 1, "no extras": 1}),
        ("types/pet.py", "Pet(BaseModel)", "Pet", {"public bases": 1}),
        ("types/__init__.py", "Pet as Pet", "Pet", {"public symbols": 0}),
        ("__init__.py", "__all__ = ['Shop']", "", {"public symbols": 1}),
        ("_client.py", "key=None", "key", {"semi-public parameters": 1}),
        ("_client.py", "*, key", "key", {"semi-public parameters": 1}),
        ("_client.py", "*, key=None", "", {"semi-public parameters": 1}),
        ("_client.py", "Shop(_Base)", "Shop", {"semi-public symbols": 1, "semi-public bases": 1}),
        ("lib/tools.py", "Helper", "Other", {}),
    ],
)
def test_what_is_missing_is_counted(tmp_path: Path, file: str, old: str, new: str, expected: dict[str, int]) -> None:
    assert old in SHOP[file]
    found = misses(tmp_path, {**SHOP, file: SHOP[file].replace(old, new)})
    assert {what: len(items) for what, items in found.items()} == {k: n for k, n in expected.items() if n}


def test_what_a_model_inherits_from_pydantic_is_read_there(tmp_path: Path) -> None:
    models = "import pydantic\nclass BaseModel(pydantic.BaseModel): ...\nclass Pet(BaseModel): ...\n"
    inventory = Inventory(load(locate(str(write_package(tmp_path, {**SHOP, "_models.py": models})))))
    assert inventory.has("shop._models.Pet.model_fields_set") and not inventory.has("shop._models.Pet.model_nothing")
    assert inventory.parameters("shop._models.BaseModel.model_dump")["mode"] == ("keyword-only", False)
    assert inventory.parameters("shop._models.Pet.model_construct")["_fields_set"][1] is False


def test_what_only_pydantic_1_has_and_what_was_added_to_a_client_by_hand_do_not_count(tmp_path: Path) -> None:
    init = "shop._client.Shop.__init__"
    semi: Part = {
        "symbol": [("class", "shop._models.Base.Config"), ("attribute", "shop._models.Base.Config.extra")],
        "param": [(init, name, "keyword-only", False) for name in ("key", "token", "timeout", "local_port")],
        "base": [("shop._models.Base.Config", []), ("shop._client.Shop", ["_Base", "GenericModel"])],
    }
    inventory = Inventory(load(locate(str(write_package(tmp_path, SHOP)))))

    def missed(options: list[str] | None) -> list[str]:
        scores = measure({"public": EXPECTED["public"], "semi": semi}, inventory, options=options)
        return [miss for score in scores if score.what.startswith("semi") for miss in score.misses]

    assert missed(["KEY", "token"]) == [f"{init}(token): missing", f"{init}(timeout): missing"]
    assert missed(None) == [*missed(["key", "token"]), f"{init}(local_port): missing"]


def test_enough_is_what_the_measure_says() -> None:
    assert Score("x", 100, ("a",), 0.99).good
    assert not Score("x", 100, ("a", "b"), 0.99).good
    assert Score("x", 0, (), 1.0).good
