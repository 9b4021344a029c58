"""Changes of classes: fields, keys, enum members, bases, type parameters."""

from __future__ import annotations

import pytest
from sdkwright.surface import Who
from unit.surface.support import Compare, broken, harmless

MODEL = "from pydantic import BaseModel, Field\nfrom typing import *\nclass M(BaseModel):\n    a: int\n    {}\n"
DICT = "from typing_extensions import *\nclass D(TypedDict, total=False):\n    a: int\n    {}\n"


@pytest.mark.parametrize(
    ("old", "new", "breaks", "rest"),
    [
        ("b: int", "", ["field-removed"], []),
        ("", "b: int", ["field-added-required"], []),
        ("", "b: int = 1", [], ["field-added"]),
        ("", "b: int = Field(default_factory=int)", [], ["field-added"]),
        ("", "b: Annotated[int, Field(default_factory=int)]", [], ["field-added"]),
        ("b: int = 1", "b: int", ["field-now-required"], []),
        ("b: int = 1", "b: int = Field(...)", ["field-now-required"], []),
        ("b: int", "b: int = 1", [], ["field-now-optional"]),
        ("b: int = 1", "b: int = Field(default=1)", [], []),
        ("b: int = 1", "b: int = Field(1)", [], []),
        ("b: int = 1", "b: int = 2", ["field-default-changed"], []),
        ("b: Optional[int] = None", "b: int", ["field-now-required"], []),
        ("b: int = Field(alias='B')", "b: int = Field(alias='bee')", ["field-alias-changed"], []),
        ("b: int = Field(alias='B')", "b: Annotated[int, Field(alias='B')]", [], []),
        ("b: int = Field()", "b: int = Field(validation_alias='B')", ["field-alias-changed"], []),
        ("b: int = Field(lt=9)", "b: int = Field(lt=5)", ["field-constraint-tightened"], []),
        ("b: int = Field(lt=5)", "b: int = Field(lt=9)", [], ["field-constraint-loosened"]),
        ("b: int = Field(ge=1)", "b: int = Field(ge=2)", ["field-constraint-tightened"], []),
        ("b: int", "b: int = Field(gt=0)", ["field-constraint-tightened"], []),
        ("b: int = Field(gt=0)", "b: int", [], ["field-constraint-loosened"]),
        ("b: int = Field(multiple_of=4)", "b: int = Field(multiple_of=2)", [], ["field-constraint-loosened"]),
        ("b: int = Field(multiple_of=4)", "b: int = Field(multiple_of=3)", ["field-constraint-tightened"], []),
        ("b: str = Field(pattern='a')", "b: str = Field(pattern='b')", ["field-constraint-tightened"], []),
        ("b: Annotated[int, Lt(9)]", "b: Annotated[int, Lt(5)]", ["field-constraint-tightened"], []),
        ("b: int", "_b: int", ["field-removed"], []),
        ("b: ClassVar[int] = 1", "b: ClassVar[int] = 2", [], ["attribute-value-changed"]),
        ("b: ClassVar[int] = 1", "", ["attribute-removed"], []),
        ("_b: int", "_c: str", [], []),
    ],
)
def test_fields(compared: Compare, old: str, new: str, breaks: list[str], rest: list[str]) -> None:
    result = compared(MODEL.format(old), MODEL.format(new))
    assert broken(result) == [(rule, "shop.M.b") for rule in breaks]
    assert harmless(result) == [(rule, "shop.M.b") for rule in rest]


@pytest.mark.parametrize(
    ("old", "new", "breaks", "rest"),
    [
        ("b: int", "", ["key-removed"], []),
        ("", "b: int", [], ["key-added"]),
        ("", "b: Required[int]", ["key-added-required"], []),
        ("b: int", "b: Required[int]", ["key-now-required"], []),
        ("b: Required[int]", "b: int", [], ["key-now-optional"]),
        ("b: Required[int]", "b: Required[Optional[int]]", [], ["key-none-added"]),
        ("b: Literal['x', 'y']", "b: Literal['x']", ["key-literal-removed"], []),
        ("b: Required[int]", "b: 'Required[int]'", [], []),
        ("b: Annotated[int, Info(alias='B')]", "b: Annotated[int, Info(alias='C')]", [], ["key-alias-changed"]),
    ],
)
def test_keys(compared: Compare, old: str, new: str, breaks: list[str], rest: list[str]) -> None:
    result = compared(DICT.format(old), DICT.format(new))
    assert broken(result) == [(rule, "shop.D.b") for rule in breaks]
    assert harmless(result) == [(rule, "shop.D.b") for rule in rest]


def test_a_total_dict_requires_its_keys(compared: Compare) -> None:
    total = DICT.replace(", total=False", "").format("")
    assert broken(compared(DICT.format(""), total)) == [("key-now-required", "shop.D.a")]


def test_keys_that_calls_return_are_read_too(compared: Compare) -> None:
    use = "def f() -> list[D]: ...\n"
    old = DICT.format("b: Required[int]") + use
    result = compared(old, DICT.format("b: Optional[int]") + use)
    assert broken(result) == [("key-may-be-absent", "shop.D.b"), ("returned-key-none-added", "shop.D.b")]


def test_dicts_in_functional_form_have_keys(compared: Compare) -> None:
    old = "from typing import TypedDict\nD = TypedDict('D', {'from': str, '$top': int}, total=False)\n"
    assert broken(compared(old, old.replace(", '$top': int", ""))) == [("key-removed", "shop.D.$top")]


@pytest.mark.parametrize("base", ["Enum", "str, Enum", "StrEnum", "IntEnum"])
def test_enum_members(compared: Compare, base: str) -> None:
    old = f"from enum import *\nclass E({base}):\n    a = 'a'\n    b = 'b'\n    c = 'c'\n"
    result = compared(old, old.replace("    a = 'a'\n", "    d = 'd'\n").replace("'b'", "'B'"))
    assert broken(result) == [("enum-member-removed", "shop.E.a"), ("enum-value-changed", "shop.E.b")]
    assert harmless(result) == [("enum-member-added", "shop.E.d")]
    assert result.breaking[1].rule.who == (Who.RUNTIME,)


ERRORS = """
class ShopError(Exception): ...
class APIError(ShopError):
    status_code: int
class NotFound(APIError): ...
"""


def test_an_exception_that_leaves_its_hierarchy_is_no_longer_caught(compared: Compare) -> None:
    finding, lost = compared(ERRORS, ERRORS.replace("NotFound(APIError)", "NotFound(ShopError)")).breaking
    assert (lost.rule.id, lost.symbol) == ("attribute-removed", "shop.NotFound.status_code")
    assert (finding.rule.id, finding.symbol, finding.hint) == ("base-removed", "shop.NotFound", "was a shop.APIError")


def test_what_is_inherited_counts_as_there(compared: Compare) -> None:
    old = "class A:\n    def f(self): ...\n    x: int\n"
    new = "class _Base:\n    def f(self): ...\n    x: int\nclass A(_Base): ...\n"
    assert compared(old, new).findings == ()
    assert compared(new, old).findings == ()


def test_a_change_of_a_base_is_reported_once_at_the_base(compared: Compare) -> None:
    old = "class Base:\n    def f(self, a): ...\nclass A(Base): ...\nclass B(A): ...\n"
    assert broken(compared(old, old.replace("self, a", "self"))) == [("parameter-removed", "shop.Base.f(a)")]


def test_a_change_of_a_private_base_is_reported_at_its_users(compared: Compare) -> None:
    old = "class _Base:\n    def f(self, a): ...\nclass A(_Base): ...\nclass B(_Base): ...\n"
    result = compared(old, old.replace("self, a", "self"))
    assert broken(result) == [("parameter-removed", "shop.A.f(a)"), ("parameter-removed", "shop.B.f(a)")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("class A(Generic[T]): ...", "class A: ...", "generic-changed"),
        ("class A(Generic[T]): ...", "class A(Generic[T, S]): ...", "generic-changed"),
        ("class A: ...", "@final\nclass A: ...", "class-made-final"),
        ("class A: ...", "def A(): ...", "kind-changed"),
        ("class A: ...", "A = Union[int, str]", "kind-changed"),
        ("class A(TypedDict): ...", "class A(BaseModel): ...", "base-removed family-changed"),
        ("class A(BaseModel): ...", "@dataclass\nclass A: ...", "base-removed family-changed"),
        ("class A:\n    class B: ...", "class A: ...", "class-removed"),
    ],
)
def test_what_a_class_is(compared: Compare, old: str, new: str, rule: str) -> None:
    head = (
        "from dataclasses import dataclass\nfrom typing import *\nfrom pydantic import BaseModel\n"
        "T = TypeVar('T')\nS = TypeVar('S')\n"
    )
    assert [found for found, _ in broken(compared(f"{head}{old}\n", f"{head}{new}\n"))] == rule.split()


def test_a_dataclass_is_called_with_its_fields(compared: Compare) -> None:
    old = "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 0\n"
    result = compared(old, old.replace("    y: int = 0\n", "    z: int\n"))
    assert broken(result) == [
        ("parameter-removed", "shop.P.__init__(y)"),
        ("parameter-added-required", "shop.P.__init__(z)"),
        ("attribute-removed", "shop.P.y"),
    ]


def test_attributes_set_in_the_constructor_are_attributes(compared: Compare) -> None:
    old = "class R:\n    def __init__(self):\n        self.create = 1\n        self._private = 2\n"
    assert broken(compared(old, old.replace("create", "made"))) == [("attribute-removed", "shop.R.create")]


def test_a_renamed_class_is_one_finding(compared: Compare) -> None:
    old = (
        "from pydantic import BaseModel\nclass Owner(BaseModel):\n    name: str\n    mail: str\n"
        "class Pet(BaseModel):\n    owner: Owner\ndef f(o: Owner) -> list[Owner]: ...\n"
    )
    (finding,) = compared(old, old.replace("Owner", "PetOwner")).breaking
    assert (finding.rule.id, finding.symbol) == ("class-removed", "shop.Owner")
    assert finding.hint.startswith("perhaps shop.PetOwner now")
