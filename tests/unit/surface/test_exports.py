"""What can be imported, from where."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdkwright.surface import compare, read
from unit.surface.support import Compare, broken, harmless, write_package

LAZY = """
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from ._client import Client as Client
    from .types import Pet as Pet
else:
    from ._lazy import lazy_exports
    __all__, __getattr__, __dir__ = lazy_exports(__name__, {"Client": "._client", "Pet": ".types"})
"""
SHOP = {
    "__init__.py": LAZY,
    "_lazy.py": "def lazy_exports(*a): ...\n",
    "_client.py": "class Client:\n    def close(self): ...\n",
    "_private.py": "class Secret: ...\n",
    "types/__init__.py": "from .pet import Pet as Pet\n__all__ = ['Pet']\n",
    "types/pet.py": "class Pet:\n    name: str\n",
}


def test_the_same_package_has_the_same_surface(compared: Compare) -> None:
    assert compared(SHOP, SHOP).findings == ()


def test_lazy_exports_are_read_from_the_type_checking_branch(compared: Compare) -> None:
    new = {**SHOP, "__init__.py": LAZY.replace("    from .types import Pet as Pet\n", "")}
    (finding,) = compared(SHOP, new).findings
    assert (finding.rule.id, finding.symbol) == ("import-removed", "shop.Pet")
    assert finding.hint == "import it from shop.types.Pet"


def test_a_definition_moved_behind_its_paths_is_no_change(compared: Compare) -> None:
    new = {
        **SHOP,
        "types/pet.py": "from .._private import Pet as Pet\n",
        "_private.py": "class Secret: ...\nclass Pet:\n    name: str\n",
    }
    assert compared(SHOP, new).findings == ()
    assert compared(new, SHOP).findings == ()


def test_types_that_moved_are_the_same_types(compared: Compare) -> None:
    use = "from .types.{0} import Pet\ndef f(pet: Pet) -> list[Pet]: ...\n"
    old = {**SHOP, "api.py": use.format("pet")}
    new = {
        **SHOP,
        "api.py": use.format("animals"),
        "types/__init__.py": "from .animals import Pet as Pet\n__all__ = ['Pet']\n",
        "types/animals.py": SHOP["types/pet.py"],
    }
    del new["types/pet.py"]
    result = compared(old, new)
    assert broken(result) == [("module-removed", "shop.types.pet")]
    assert harmless(result) == [("module-added", "shop.types.animals")]


def test_a_class_that_is_gone_is_one_finding_with_all_its_paths(compared: Compare) -> None:
    new = {
        **SHOP,
        "__init__.py": LAZY.replace("    from .types import Pet as Pet\n", ""),
        "types/__init__.py": "__all__ = []\n",
        "types/pet.py": "",
    }
    (finding,) = compared(SHOP, new).breaking
    assert (finding.rule.id, finding.symbol) == ("class-removed", "shop.Pet")
    assert finding.also == ("shop.types.Pet", "shop.types.pet.Pet")


def test_private_modules_and_names_are_nobodys_business(compared: Compare) -> None:
    new = {**SHOP, "_private.py": "class Other: ...\n", "types/pet.py": SHOP["types/pet.py"] + "class _Hidden: ...\n"}
    assert compared(SHOP, new).findings == ()
    assert compared(new, SHOP).findings == ()


def test_semi_public_modules_count_and_are_marked(compared: Compare) -> None:
    old = {**SHOP, "_types.py": "class Omit: ...\nclass _Hidden: ...\n"}
    (finding,) = compared(old, {**SHOP, "_types.py": ""}).breaking
    assert (finding.symbol, finding.semi_public) == ("shop._types.Omit", True)
    (finding,) = compared(SHOP, {**SHOP, "_client.py": "class Client: ...\n"}).breaking
    assert (finding.symbol, finding.semi_public) == ("shop.Client.close", False)


@pytest.mark.parametrize(
    ("source", "exported"),
    [
        ("from .m import A as A", True),
        ("from .m import A", True),
        ("from .m import A\n__all__ = ['A']", True),
        ("from .m import A\n__all__ = []", False),
        ("from .m import A\n__all__ = []\n__all__ += ['A']", True),
        ("from .m import *", True),
        ("from typing import List as A", False),
        ("from typing import Any as Any, List as A\n__all__ = ['A']", True),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .m import A", False),
        ("from . import m as A", True),
    ],
)
def test_which_imports_are_there_for_others(compared: Compare, source: str, *, exported: bool) -> None:
    result = compared({"__init__.py": source, "m.py": "class A: ...\n"}, {"m.py": "class A: ...\n"})
    assert [name for _, name in broken(result) if name == "shop.A"] == (["shop.A"] if exported else [])


def test_modules_import_for_themselves_unless_they_say_so(compared: Compare) -> None:
    old = {"a.py": "from .m import A\nfrom .m import B as B\n", "m.py": "class A: ...\nclass B: ...\n"}
    assert broken(compared(old, {**old, "a.py": ""})) == [("import-removed", "shop.a.B")]


def test_a_name_of_another_package_can_change_hands(compared: Compare) -> None:
    old = "from httpx import Timeout as Timeout\n"
    (finding,) = compared(old, old.replace("httpx", "httpx2")).breaking
    assert (finding.rule.id, finding.symbol) == ("import-changed", "shop.Timeout")
    assert (finding.before, finding.after) == ("import httpx.Timeout", "import httpx2.Timeout")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("from httpx import Client as C", "import httpx\nC = httpx.Client", []),
        ("import httpx\nC = httpx.Client", "from httpx import Client as C\n__all__ = ['C']", []),
        ("import httpx\nC = httpx.Client", "import httpx\nclass C(httpx.Client): ...", []),
        ("from httpx import Client as C\n__all__ = ['C']", "class C: ...", ["kind-changed"]),
        ("C: type = type(None)", "from types import NoneType as C\n__all__ = ['C']", []),
    ],
)
def test_names_of_other_packages_in_other_words(compared: Compare, old: str, new: str, rules: list[str]) -> None:
    old = old if "from" not in old or "__all__" in old else f"{old}\n__all__ = ['C']"
    assert [rule for rule, _ in broken(compared(old, new))] == rules


def test_a_removed_folder_of_modules_is_one_finding(compared: Compare) -> None:
    old = {**SHOP, "api/__init__.py": "", "api/a.py": "class A: ...\n", "api/b.py": "class B: ...\n"}
    result = compared(old, SHOP)
    assert [name for rule, name in broken(result) if rule == "module-removed"] == ["shop.api"]
    assert [name for rule, name in broken(result) if rule == "class-removed"] == []


def test_a_second_name_for_a_class_is_that_class(compared: Compare) -> None:
    old = {"m.py": "class A:\n    x: int\nClient = A\n"}
    new = {
        "m.py": "from .n import A, A as Client\n__all__ = ['A', 'Client']\n",
        "n.py": old["m.py"].replace("Client = A\n", ""),
    }
    assert broken(compared(old, new)) == []


def test_constants(compared: Compare) -> None:
    old = "TIMEOUT: float = 60\nRETRIES = 2\n__version__ = '1'\nlogger = get()\n"
    new = "TIMEOUT: float = 30\n__version__ = '2'\nlogger = get()\n"
    result = compared(old, new)
    assert broken(result) == [("constant-removed", "shop.RETRIES")]
    assert harmless(result) == [("constant-value-changed", "shop.TIMEOUT")]


def test_packages_of_different_names_compare(tmp_path: Path) -> None:
    first = write_package(tmp_path / "a", SHOP, "shop")
    second = write_package(tmp_path / "b", SHOP, "store")
    assert compare(read(str(first)), read(str(second))).findings == ()
