"""Changes of types, by position and direction."""

from __future__ import annotations

import pytest
from unit.surface.support import Compare, broken, harmless

HEAD = """
from __future__ import annotations
import typing, typing_extensions
from typing import *
from typing import Annotated, Any, Dict, Iterable, List, Literal, Optional, Sequence, Union
from typing_extensions import NotRequired, Required, TypeAlias, TypedDict
from collections import abc
from enum import Enum
from pydantic import BaseModel, Field
class A(BaseModel): ...
class B(BaseModel): ...
class C(B): ...
class Colour(Enum):
    red = 1
    blue = 2
Kind: TypeAlias = Literal["x", "y"]
"""

SAME = [
    ("Optional[int]", "int | None"),
    ("Optional[int]", "None | int"),
    ("Union[int, str, None]", "Optional[Union[str, int]]"),
    ("List[int]", "list[int]"),
    ("Dict[str, Any]", "typing.Dict[str, typing.Any]"),
    ("Iterable[A]", "abc.Iterable[A]"),
    ("Literal['a', 'b']", "Literal['b', 'a']"),
    ("Literal['a', 'b']", "Union[Literal['a'], Literal['b']]"),
    ("Kind", "Literal['x', 'y']"),
    ("List[Kind]", "List[Literal['y', 'x']]"),
    ("'A'", "A"),
    ("Optional['List[A]']", "List[A] | None"),
    ("Annotated[int, 'metres']", "int"),
    ("typing_extensions.Literal[1]", "Literal[1]"),
]

PARAMETERS = [
    ("int", "str", ["parameter-changed"], []),
    ("int", "float", [], ["parameter-widened"]),
    ("float", "int", ["parameter-narrowed"], []),
    ("int", "int | None", [], ["parameter-none-added"]),
    ("int | None", "int", ["parameter-none-removed"], []),
    ("List[str]", "Iterable[str]", [], ["parameter-widened"]),
    ("Iterable[str]", "List[str]", ["parameter-narrowed"], []),
    ("List[int]", "List[str]", ["parameter-changed"], []),
    ("List[int]", "List[int | None]", [], ["parameter-none-added"]),
    ("Literal['a', 'b']", "Literal['a']", ["parameter-literal-removed"], []),
    ("Literal['a']", "Literal['a', 'b']", [], ["parameter-literal-added"]),
    ("Literal['a']", "str", [], ["parameter-widened"]),
    ("str", "Literal['a']", ["parameter-narrowed"], []),
    ("A | B", "A", ["parameter-member-removed"], []),
    ("A", "A | B", [], ["parameter-union-made"]),
    ("C", "B", [], ["parameter-widened"]),
    ("B", "C", ["parameter-narrowed"], []),
    ("str", "Any", [], ["parameter-loosened"]),
    ("Any", "str", [], ["parameter-tightened"]),
    ("Literal[Colour.red]", "Colour", [], ["parameter-widened"]),
    ("Kind", "Literal['x']", ["parameter-literal-removed"], []),
    ("Literal['a'] | str", "str", [], []),
]

RETURNS = [
    ("int", "str", ["return-changed"], []),
    ("A", "A | None", ["return-none-added"], []),
    ("A | None", "A", [], ["return-none-removed"]),
    ("None", "A", [], ["return-given"]),
    ("None", "A | None", [], ["return-given"]),
    ("A", "None", ["return-changed"], []),
    ("A", "A | B", ["return-union-made"], []),
    ("A | B", "A | B | int", [], ["return-member-added"]),
    ("A | B", "A", [], ["return-member-removed"]),
    ("A | B", "int | str", ["return-changed"], []),
    ("Literal['a']", "Literal['a', 'b']", [], ["return-literal-added"]),
    ("Literal['a']", "Literal['b']", ["return-changed"], []),
    ("List[A]", "List[B]", ["return-changed"], []),
    ("List[A]", "Iterable[A]", ["return-widened"], []),
    ("C", "B", ["return-widened"], []),
    ("B", "C", [], ["return-narrowed"]),
    ("str", "object", ["return-widened"], []),
    ("tuple[int, str]", "tuple[int, str, str]", ["return-changed"], []),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_two_spellings_of_a_type_are_no_change(compared: Compare, old: str, new: str) -> None:
    before = f"{HEAD}\ndef f(a: {old}) -> {old}: ...\nclass M(BaseModel):\n    field: {old}\n"
    after = f"{HEAD}\ndef f(a: {new}) -> {new}: ...\nclass M(BaseModel):\n    field: {new}\n"
    assert compared(before, after).findings == ()
    assert compared(after, before).findings == ()


@pytest.mark.parametrize(("old", "new", "breaks", "rest"), PARAMETERS)
def test_a_parameter_may_take_more_but_not_less(
    compared: Compare, old: str, new: str, breaks: list[str], rest: list[str]
) -> None:
    result = compared(f"{HEAD}\ndef f(a: {old}): ...\n", f"{HEAD}\ndef f(a: {new}): ...\n")
    assert broken(result) == [(rule, "shop.f(a)") for rule in breaks]
    assert harmless(result) == [(rule, "shop.f(a)") for rule in rest]


@pytest.mark.parametrize(("old", "new", "breaks", "rest"), RETURNS)
def test_a_call_may_return_less_but_not_more(
    compared: Compare, old: str, new: str, breaks: list[str], rest: list[str]
) -> None:
    result = compared(f"{HEAD}\ndef f() -> {old}: ...\n", f"{HEAD}\ndef f() -> {new}: ...\n")
    assert broken(result) == [(rule, "shop.f") for rule in breaks]
    assert harmless(result) == [(rule, "shop.f") for rule in rest]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("int", "str", "field-changed"),
        ("int", "int | None", "field-none-added"),
        ("int | None", "int", "field-none-removed"),
        ("Literal['a', 'b']", "Literal['a']", "field-literal-removed"),
        ("A", "A | B", "field-union-made"),
        ("A | B | int", "A | B", "field-member-removed"),
    ],
)
def test_a_field_is_both_given_and_read(compared: Compare, old: str, new: str, rule: str) -> None:
    model = "\nclass M(BaseModel):\n    field: "
    assert broken(compared(f"{HEAD}{model}{old}\n", f"{HEAD}{model}{new}\n")) == [(rule, "shop.M.field")]


def test_a_change_of_an_alias_is_reported_at_the_alias_alone(compared: Compare) -> None:
    use = "def f(a: Kind) -> Kind: ...\nclass M(BaseModel):\n    kind: Kind\n"
    result = compared(HEAD + use, HEAD.replace('Literal["x", "y"]', 'Literal["x"]') + use)
    assert broken(result) == [("alias-literal-removed", "shop.Kind")]


@pytest.mark.parametrize(
    ("use", "breaks"),
    [
        ("def f(a: Kind): ...", []),
        ("def f(a: 'P'): ...\nclass P(TypedDict):\n    kind: Kind", []),
        ("def f() -> Kind: ...", ["taken-alias-none-added"]),
        ("def f() -> 'P': ...\nclass P(TypedDict):\n    kind: List[Kind]", ["taken-alias-none-added"]),
        ("", ["alias-none-added"]),
    ],
)
def test_what_breaks_of_an_alias_depends_on_its_use(compared: Compare, use: str, breaks: list[str]) -> None:
    changed = HEAD.replace('Literal["x", "y"]', 'Optional[Literal["x", "y"]]')
    result = compared(f"{HEAD}\n{use}\n", f"{changed}\n{use}\n")
    assert broken(result) == [(rule, "shop.Kind") for rule in breaks]


def test_recursive_aliases_are_compared_in_finite_time(compared: Compare) -> None:
    old = "from typing import *\nJson = Union[int, List['Json'], Dict[str, 'Json']]\ndef f(a: Json): ...\n"
    new = "from typing import *\nTree = Union[int, str, List['Tree'], Dict[str, 'Tree']]\ndef f(a: Tree): ...\n"
    assert broken(compared(old, new)) == [("alias-removed", "shop.Json")]


def test_a_method_named_like_a_builtin_does_not_hide_it(compared: Compare) -> None:
    source = "class R:\n    def list(self) -> list[int]: ...\n    def other(self) -> list[str]: ...\n"
    result = compared(
        source, source.replace("list[str]", "List[str]").replace("class R", "from typing import List\nclass R")
    )
    assert result.findings == ()


def test_type_variables_are_compared_by_name_wherever_they_are_defined(compared: Compare) -> None:
    old = {"a.py": "from typing import TypeVar\nT = TypeVar('T')\ndef f(x: T) -> T: ...\n"}
    new = {
        "b.py": "from typing import TypeVar\nT = TypeVar('T')\n",
        "a.py": "from .b import T\ndef f(x: T) -> T: ...\n",
    }
    assert broken(compared(old, new)) == []


def test_a_property_named_like_a_module_does_not_hide_it_from_annotations(compared: Compare) -> None:
    client = (
        "from .api import {0} as {0}\n\nclass Client:\n"
        "    @property\n    def pets(self) -> {1}: ...\n    @property\n    def other(self) -> {1}: ...\n"
    )
    files = {"api/__init__.py": "", "api/pets.py": "class Pets: ...\n"}
    old = {**files, "_client.py": client.format("pets", "pets.Pets")}
    new = {**files, "_client.py": client.replace(" import {0} as {0}", ".pets import Pets").format("", "Pets")}
    assert [rule for rule, _ in broken(compared(old, new))] == ["import-removed"]


def test_a_type_of_the_same_spelling_from_elsewhere_says_so(compared: Compare) -> None:
    old = "import httpx\ndef f(url: httpx.URL) -> httpx.URL: ...\n"
    result = compared(old, old.replace("import httpx", "import httpx2 as httpx"))
    assert [finding.hint for finding in result.breaking] == ["httpx.URL became httpx2.URL"] * 2


def test_type_variables_may_have_any_name(compared: Compare) -> None:
    source = "from typing import TypeVar\n{0} = TypeVar('{0}')\ndef f(x: type[{0}]) -> {0}: ...\n"
    assert compared(source.format("T"), source.format("_ResultT")).findings == ()
