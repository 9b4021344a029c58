"""Type expressions as annotations, and the imports that they need."""

from __future__ import annotations

import pytest
from sdkwright.ir.symbols import Mode, Symbol, Symbols
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, ListOf, MapOf, Named, Scalar, Type, union
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports

SYMBOLS = Symbols(
    {
        ("pet", Mode.MODEL): Symbol("Pet", "types.pet"),
        ("pet", Mode.PARAM): Symbol("PetParam", "types.users.pet_param"),
    },
    (),
    (),
)


@pytest.mark.parametrize(
    ("type_", "model", "param"),
    [
        (STRING, "str", "str"),
        (Scalar(Kind.INTEGER), "int", "int"),
        (Scalar(Kind.NUMBER), "float", "float"),
        (Scalar(Kind.BOOLEAN), "bool", "bool"),
        (Scalar(Kind.BASE64), "str", "str"),
        (ANY, "object", "object"),
        (NULL, "None", "None"),
        (Scalar(Kind.FILE), "str", "FileTypes"),
        (Scalar(Kind.DATETIME), "datetime", "str | datetime"),
        (Scalar(Kind.DATE), "date", "str | date"),
        (Choice(("a", 1, True)), 'Literal["a", 1, True]', 'Literal["a", 1, True]'),
        (ListOf(STRING), "List[str]", "SequenceNotStr[str]"),
        (ListOf(Named("pet")), "List[Pet]", "Iterable[PetParam]"),
        (MapOf(ListOf(Named("pet"))), "Dict[str, List[Pet]]", "Mapping[str, Iterable[PetParam]]"),
        (union(STRING, Scalar(Kind.BASE64), Named("pet"), NULL), "str | Pet | None", "str | PetParam | None"),
    ],
)
def test_annotations_of_both_forms(type_: Type, model: str, param: str) -> None:
    assert annotate(type_, Mode.MODEL, SYMBOLS, Imports("types.x")) == model
    assert annotate(type_, Mode.PARAM, SYMBOLS, Imports("types.x")) == param


def test_a_hidden_builtin_is_spelled_with_its_module() -> None:
    imports = Imports("types.x")
    type_ = MapOf(union(STRING, Scalar(Kind.INTEGER)))
    written = annotate(type_, Mode.MODEL, SYMBOLS, imports, shadowed=frozenset({"str"}))
    assert written == "Dict[builtins.str, builtins.str | int]"
    assert imports.lines(runtime=True) == ("import builtins", "from typing import Dict")


def test_imports_for_checkers_alone_are_kept_apart_until_running_code_needs_them() -> None:
    imports = Imports("types.x")
    annotate(ListOf(Named("pet")), Mode.MODEL, SYMBOLS, imports, runtime=False)
    assert imports.lines(runtime=True) == ()
    annotate(Named("pet"), Mode.MODEL, SYMBOLS, imports)
    assert imports.lines(runtime=True) == ("from .pet import Pet",)
    assert imports.lines(runtime=False) == ("from typing import List",)


@pytest.mark.parametrize(
    ("module", "is_package", "target", "line"),
    [
        ("types.a", False, "types.b", "from .b import X"),
        ("types.users.a", False, "types.b", "from ..b import X"),
        ("types.users.a", False, "types.agents.b", "from ..agents.b import X"),
        ("resources.users.users", False, "types.users.b", "from ...types.users.b import X"),
        ("_client", False, "types.b", "from .types.b import X"),
        ("types", True, "types.b", "from .b import X"),
        ("types.users", True, "types.b", "from ..b import X"),
        ("", True, "_client", "from ._client import X"),
    ],
)
def test_imports_are_relative_to_where_the_module_stands(module: str, is_package: bool, target: str, line: str) -> None:
    imports = Imports(module, is_package=is_package)
    assert imports.symbol(Symbol("X", target)) == "X"
    assert imports.lines(runtime=True) == (line,)


def test_nothing_is_imported_where_it_is_defined() -> None:
    imports = Imports("types.pet")
    assert imports.symbol(Symbol("Pet", "types.pet")) == "Pet"
    assert imports.lines(runtime=True) == ()


def test_two_things_of_one_name_stay_apart() -> None:
    imports = Imports("types.x", reserved=frozenset({"List", "date"}))
    assert imports.add("typing", "List") == "TypingList"
    assert imports.add("datetime", "date") == "date_"
    assert imports.symbol(Symbol("Data", "types.a")) == "Data"
    assert imports.symbol(Symbol("Data", "types.user_list")) == "UserListData"
    assert imports.symbol(Symbol("Data", "types.user_list")) == "UserListData"
    assert imports.lines(runtime=True) == (
        "from .a import Data",
        "from .user_list import Data as UserListData",
        "from datetime import date as date_",
        "from typing import List as TypingList",
    )
