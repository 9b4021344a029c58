"""Which definition stands in which module, in which order, and what packages export."""

from __future__ import annotations

from typing import Any

from sdkwright.ir.graph import components, postorder, usage
from sdkwright.ir.symbols import Mode, TypeModule
from support.stages import Named, answering, named, obj, ref, resource, taking

TEXT = {"type": "string"}


def module(found: Named, name: str) -> TypeModule:
    return next(item for item in found.symbols.modules if item.module == name)


def order(found: Named, name: str) -> list[str]:
    return [each.symbol.name for each in module(found, name).definitions]


def test_only_the_forms_that_operations_reach_are_planned() -> None:
    schemas = {"In": obj(a=ref("Both")), "Out": obj(a=ref("Both")), "Both": obj(a=TEXT), "Unused": obj(a=TEXT)}
    paths = {"/a": {"post": taking(obj(x=ref("In"))) | answering(ref("Out"))}}
    found = named(resource("things", ("create", "post /a")), schemas=schemas, paths=paths)
    planned = {(form[0].rsplit("/", 1)[-1], form[1].value) for form in usage(found.api).forms if form[0][0] == "/"}
    assert planned == {("In", "param"), ("Both", "param"), ("Out", "model"), ("Both", "model")}


def test_inner_definitions_come_before_outer_ones() -> None:
    schema = obj(inner=obj(deep=obj(a=TEXT)), other=obj(a=TEXT))
    assert order(named(schemas={"Root": schema}), "types.root") == ["InnerDeep", "Inner", "Other", "Root"]


def test_bases_and_what_aliases_hold_come_first_in_a_ring() -> None:
    schemas = {
        "AChild": {"allOf": [ref("ZBase"), obj(a=TEXT)]},
        "ZBase": obj(either=ref("Either")),
        "Either": {"anyOf": [ref("AChild"), TEXT]},
    }
    found = named(schemas=schemas)
    assert found.modules() == {"types.a_child", "types.either", "types.z_base"}
    names = order(found, "types.a_child")
    assert names.index("ZBase") < names.index("AChild") < names.index("Either")


def test_modules_that_import_each_other_never_form_a_ring() -> None:
    schemas: dict[str, Any] = {f"S{n}": obj(a=ref(f"S{n * 3 % 10}"), b=ref(f"S{n * 7 % 10}")) for n in range(10)}
    found = named(schemas=schemas)
    home = {symbol.name: symbol.module for symbol in found.symbols.table.values()}
    edges: dict[str, set[str]] = {}
    for name, module_ in home.items():
        targets = {home[schema["$ref"].rsplit("/", 1)[-1]] for schema in schemas[name]["properties"].values()}
        edges.setdefault(module_, set()).update(targets - {module_})
    seen: list[str] = []
    while ready := [item for item in edges if item not in seen and edges[item] <= set(seen)]:
        seen += ready
    assert sorted(seen) == sorted(edges)


def test_packages_export_roots_and_not_what_is_nested() -> None:
    paths = {"/a": {"get": answering(obj(inner=obj(a=TEXT)))}, "/b": {"get": answering(ref("Pet"))}}
    found = named(
        resource("users.sessions", ("get", "get /a"), ("pet", "get /b")), schemas={"Pet": obj(a=TEXT)}, paths=paths
    )
    packages = {item.module: item for item in found.symbols.packages}
    assert [symbol.name for symbol in packages["types"].exports] == ["Pet"]
    assert packages["types"].subpackages == ("users",)
    assert [symbol.name for symbol in packages["types.users"].exports] == ["SessionGetResponse"]


def test_an_open_object_that_is_sent_has_a_class_and_a_name_for_more() -> None:
    paths = {"/a": {"post": taking(obj(x=ref("Open")))}}
    schemas = {"Open": obj(a=obj(b=TEXT)) | {"additionalProperties": TEXT}}
    found = named(resource("things", ("create", "post /a")), schemas=schemas, paths=paths)
    assert order(found, "types.open_param") == ["A", "OpenParamTyped", "OpenParam"]
    assert found.symbol("Open", Mode.PARAM) == "types.open_param:OpenParam"


def test_components_are_found_without_recursion() -> None:
    def form(number: int) -> tuple[str, Mode]:
        return (str(number), Mode.MODEL)

    nodes = [form(n) for n in range(5000)]
    ring = components(nodes, lambda node: [form((int(node[0]) + 1) % 5000)])
    assert [len(group) for group in ring] == [5000]
    chain = components(nodes, lambda node: [form(int(node[0]) + 1)] if int(node[0]) < 4999 else [])
    assert [group[0] for group in chain] == list(reversed(nodes))


def test_postorder_puts_what_is_led_to_first() -> None:
    edges = {"a": "bc", "b": "d", "c": "d", "d": "a"}
    assert postorder("abcd", lambda node: iter(edges[node])) == ["d", "b", "c", "a"]
