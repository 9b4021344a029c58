"""Values for examples: of any type, none without end, each written so that it passes for its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sdkwright.config import Config
from sdkwright.ir.tree import ResourceNode
from sdkwright.ir.types import Kind
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.samples import NoSample, sample
from sdkwright.plan.package.spelling import Spelling
from sdkwright.text import Code
from support.stages import named, obj, ref, resource, taking

if TYPE_CHECKING:
    from sdkwright.ir.operations import Argument

TEXT = {"type": "string"}
DATE_TIME = {"type": "string", "format": "date-time"}
LAYER = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": TEXT, "below": {"$ref": "#/components/schemas/Layer"}},
}


def planned(schema: Any, **schemas: Any) -> tuple[Context, Argument]:
    """The context of a package with one method, and the only argument of that method: `value`."""
    tree = resource("owls", ("create", "post /owls"))
    found = named(
        tree,
        paths={"/owls": {"post": taking(obj(["value"], value=schema))}},
        schemas={"Layer": LAYER, **schemas},
    )
    context = Context(found.api, ResourceNode("", children=(tree,)), found.names, found.symbols, Config())
    (argument,) = found.api.operations[0].arguments
    return context, argument


def value(schema: Any, *, whole: bool = False, **schemas: Any) -> Any:
    context, argument = planned(schema, **schemas)
    return sample(context, argument.type, argument.wire, argument.example, whole=whole)


def spelled(schema: Any, given: Any, **schemas: Any) -> str:
    context, argument = planned(schema, **schemas)
    return Spelling(context, {Kind.DATETIME: Code("datetime")}).spell(argument.type, given)


def test_a_value_has_what_is_required_and_everything_where_the_whole_is_asked_for() -> None:
    schema = obj(["name"], name=TEXT, age={"type": "integer", "minimum": 7}, tags={"type": "array", "items": TEXT})
    assert value(schema) == {"name": "name"}
    assert value(schema, whole=True) == {"name": "name", "age": 7, "tags": ["tags"]}


def test_an_example_of_the_document_is_used_only_if_it_fits() -> None:
    assert value({**obj(["n"], n={"type": "integer"}), "examples": [{"n": 5}]}) == {"n": 5}
    assert value({**obj(["n"], n={"type": "integer"}), "examples": [{"n": "five"}]}) == {"n": 1}


def test_what_holds_itself_ends_where_it_may_and_has_no_value_where_it_must_not() -> None:
    assert value(ref("Layer"), whole=True) == {"name": "name"}
    with pytest.raises(NoSample):
        value(ref("Egg"), Egg=obj(["hen"], hen=ref("Hen")), Hen=obj(["egg"], egg=ref("Egg")))


def test_a_type_of_many_levels_has_no_value_instead_of_a_huge_one() -> None:
    levels = {f"L{n}": obj(["a", "b"], a=ref(f"L{n + 1}"), b=ref(f"L{n + 1}")) for n in range(15)}
    with pytest.raises(NoSample):
        value(ref("L0"), whole=False, **levels, L15=obj(["x"], x=TEXT))


def test_a_variant_that_has_no_value_is_passed_over() -> None:
    closed = {"allOf": [{**obj(), "additionalProperties": False}, obj(["kind"], kind={"const": "closed"})]}
    plain = obj(["kind"], kind={"const": "plain"})
    assert value({"oneOf": [closed, plain]}) == {"kind": "plain"}


@pytest.mark.parametrize(
    ("schema", "given", "code"),
    [
        (DATE_TIME, "2026-01-31T12:00:00Z", 'datetime.fromisoformat("2026-01-31T12:00:00Z")'),
        (DATE_TIME, "soon", '"soon"'),
        (obj(fooBar=TEXT), {"fooBar": 'x"); import os; ("', "other": 1}, '{"foo_bar": "x\\"); import os; (\\""}'),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"fooBar": 1}, '{"fooBar": 1}'),
        ({"anyOf": [obj(a=TEXT), obj(a=TEXT, b=TEXT)]}, {"a": "1", "b": "2"}, '{"a": "1", "b": "2"}'),
    ],
)  # fmt: skip
def test_values_are_written_as_arguments(schema: Any, given: Any, code: str) -> None:
    assert spelled(schema, given) == code


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(NoSample):
        spelled({"type": "integer"}, "one")
