"""Changes of functions and methods: parameters, overloads, async, bindings."""

from __future__ import annotations

import pytest
from sdkwright.surface import Who
from unit.surface.support import Compare, broken, harmless

CASES = [
    # (old, new, breaking rules, others)
    ("a", "", ["parameter-removed a"], []),
    ("", "a", ["parameter-added-required a"], []),
    ("", "a=1", [], ["parameter-added a"]),
    ("", "*, a", ["parameter-added-required a"], []),
    ("a=1", "a", ["parameter-now-required a"], []),
    ("a", "a=1", [], ["parameter-now-optional a"]),
    ("a=1", "a=2", ["parameter-default-changed a"], []),
    ("a: int | None = None", "a: int", ["parameter-now-required a"], []),
    ("a: int", "a: int | None = None", [], ["parameter-now-optional a"]),
    ("a: str = NOT_GIVEN", "a: str = omit", [], []),
    ("a, b", "b, a", ["parameter-moved a"], []),
    ("a=1, b=2", "a=1, x=0, b=2", ["parameter-moved b"], ["parameter-added x"]),
    ("a: int, b: str", "b: str", ["parameter-removed a"], []),
    ("a, *, b=1", "a, *, c=1", ["parameter-renamed b"], []),
    ("a: int, b: str", "a: int, c: str", ["parameter-renamed b"], []),
    ("a: int, /", "b: int, /", [], []),
    ("a, *, b: int = 1", "a, *, c: str = ''", ["parameter-removed b"], ["parameter-added c"]),
    ("a", "*, a", ["parameter-kind-changed a"], []),
    ("a", "a, /", ["parameter-kind-changed a"], []),
    ("*, a", "a", [], ["parameter-kind-widened a"]),
    ("a, /", "a", [], ["parameter-kind-widened a"]),
    ("*, a=1, b=2", "*, b=2, a=1", [], []),
    ("*, a=1", "**kwargs", [], ["parameter-absorbed a", "parameter-added kwargs"]),
    ("a=1", "*args", ["parameter-removed a"], ["parameter-added args"]),
    ("*args", "", ["parameter-removed args"], []),
    ("*args", "*values", [], []),
    ("**kw: int", "", ["parameter-removed kw"], []),
]


@pytest.mark.parametrize(("old", "new", "breaks", "rest"), CASES)
@pytest.mark.parametrize("method", [False, True], ids=["function", "method"])
def test_parameters(compared: Compare, old: str, new: str, breaks: list[str], rest: list[str], *, method: bool) -> None:
    head = "from __future__ import annotations\nfrom .other import NOT_GIVEN, omit\n"
    template = "class R:\n    def f({}) -> None: ...\n" if method else "def f({}) -> None: ...\n"
    bound = "self, " if method else ""
    result = compared(
        {"__init__.py": head + template.format(bound + old), "other.py": ""},
        {"__init__.py": head + template.format(bound + new), "other.py": ""},
    )
    name = "shop.R.f" if method else "shop.f"
    assert broken(result) == [(rule, f"{name}({parameter})") for rule, parameter in map(str.split, breaks)]
    assert sorted(harmless(result)) == [(rule, f"{name}({parameter})") for rule, parameter in map(str.split, rest)]


def test_parameters_of_a_constructor_concern_who_constructs(compared: Compare) -> None:
    old = "class Client:\n    def __init__(self, key: str): ...\n"
    result = compared(old, old.replace("key: str", "key: int, region"))
    assert {finding.rule.id: finding.rule.who for finding in result.breaking} == {
        "argument-changed": (Who.CONSTRUCTS, Who.TYPE_CHECKS),
        "parameter-added-required": (Who.CONSTRUCTS, Who.TYPE_CHECKS),
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("def f(self): ...", "async def f(self): ...", "made-async"),
        ("async def f(self): ...", "def f(self): ...", "made-sync"),
        ("def f(self): ...", "@staticmethod\n    def f(): ...", "binding-changed"),
        ("@classmethod\n    def f(cls): ...", "def f(self): ...", "binding-changed"),
        ("def f(self): ...", "@property\n    def f(self): ...", "method-made-property"),
        ("@property\n    def f(self): ...", "def f(self): ...", "property-made-method"),
        ("@cached_property\n    def f(self): ...", "def f(self): ...", "property-made-method"),
        ("def f(self): ...", "@abstractmethod\n    def f(self): ...", "method-made-abstract"),
        ("def f(self): ...", "", "method-removed"),
        ("@property\n    def f(self): ...", "", "property-removed"),
    ],
)
def test_what_a_method_is(compared: Compare, old: str, new: str, rule: str) -> None:
    template = "from abc import abstractmethod\nfrom .compat import cached_property\nclass R:\n    x = 1\n    {}\n"
    files = {"compat.py": "from functools import cached_property\n"}
    result = compared(
        {**files, "__init__.py": template.format(old)},
        {**files, "__init__.py": template.format(new)},
    )
    assert broken(result) == [(rule, "shop.R.f")]


def test_cached_and_plain_properties_read_alike(compared: Compare) -> None:
    old = "from functools import cached_property\nclass R:\n    @cached_property\n    def f(self) -> int: ...\n"
    assert compared(old, old.replace("cached_", "").replace("from functools import property\n", "")).findings == ()


def test_the_setter_of_a_property_can_go(compared: Compare) -> None:
    old = "class R:\n    @property\n    def f(self) -> int: ...\n"
    setter = "    @f.setter\n    def f(self, value: int) -> None: ...\n"
    assert broken(compared(old + setter, old)) == [("property-made-read-only", "shop.R.f")]
    assert harmless(compared(old, old + setter)) == [("property-made-writable", "shop.R.f")]


OVERLOADS = """
from typing import Literal, overload
@overload
def f(*, stream: Literal[True]) -> list[str]: ...
@overload
def f(*, stream: Literal[False] = False) -> str: ...
def f(*, stream: bool = False) -> object: ...
"""


def test_overloads_are_compared_one_by_one(compared: Compare) -> None:
    result = compared(OVERLOADS, OVERLOADS.replace("-> str", "-> str | None"))
    assert broken(result) == [("return-none-added", "shop.f")]


def test_the_order_of_overloads_is_free(compared: Compare) -> None:
    first, second, last = OVERLOADS.split("@overload\n")[1], OVERLOADS.split("@overload\n")[2], ""
    second, last = second.split("def f(*, stream: bool")
    swapped = f"from typing import Literal, overload\n@overload\n{second}@overload\n{first}def f(*, stream: bool{last}"
    assert broken(compared(OVERLOADS, swapped)) == []


def test_an_overload_that_nothing_covers_is_missed(compared: Compare) -> None:
    result = compared(OVERLOADS, "def f(*, stream: bool = False) -> str: ...\n")
    assert broken(result) == [("overload-removed", "shop.f")]


def test_an_added_overload_breaks_nobody(compared: Compare) -> None:
    more = "@overload\ndef f(*, stream: bool) -> object: ...\ndef f(*, stream: bool = False) -> object: ...\n"
    old = OVERLOADS.replace("def f(*, stream: bool = False) -> object: ...\n", "")
    assert compared(old + more, old + more).findings == ()
    assert broken(compared(OVERLOADS, old + more)) == []


def test_overloads_that_take_less_than_the_plain_function_are_a_break(compared: Compare) -> None:
    result = compared("def f(*, stream: bool = False) -> str | list[str]: ...\n", OVERLOADS)
    assert broken(result) == [("parameter-narrowed", "shop.f(stream)")]


def test_deprecation_is_told_and_breaks_nobody(compared: Compare) -> None:
    old = "from typing_extensions import deprecated\nclass C:\n    def f(self): ...\ndef g(): ...\nclass D: ...\n"
    new = (
        old.replace("    def", "    @deprecated('no')\n    def")
        .replace("\ndef", "\n@deprecated('no')\ndef")
        .replace("class D", "@deprecated('no')\nclass D")
    )
    assert broken(compared(old, new)) == []
    assert harmless(compared(old, new)) == [("deprecated", f"shop.{name}") for name in ("C.f", "D", "g")]
    assert {rule for rule, _ in harmless(compared(new, old))} == {"deprecation-lifted"}


def test_a_renamed_method_is_recognised(compared: Compare) -> None:
    old = "class R:\n    def get_pet(self, pet_id: int) -> str: ...\n"
    (finding,) = compared(old, old.replace("get_pet", "retrieve_pet")).breaking
    assert finding.rule.id == "method-removed"
    assert finding.hint.startswith("perhaps retrieve_pet now")


def test_parameters_of_special_methods_have_no_names_to_users(compared: Compare) -> None:
    old = "class R:\n    def __exit__(self, kind, error, trace): ...\n    def __call__(self, a: int): ...\n"
    result = compared(old, old.replace("kind, error", "exc_type, exc").replace("a: int", "b: int"))
    assert broken(result) == [("parameter-renamed", "shop.R.__call__(a)")]


@pytest.mark.parametrize(("old", "new"), [("{}", "dict()"), ("[]", "list[int]()"), ("NotGiven()", "types.not_given")])
def test_two_spellings_of_a_default_are_no_change(compared: Compare, old: str, new: str) -> None:
    assert compared(f"def f(a={old}): ...\n", f"def f(a={new}): ...\n").findings == ()
