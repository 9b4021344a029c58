"""Documents that try to use up time or memory. Each is written when it is needed; none of them is kept.

A bomb writes files into a directory and returns the command line's arguments for `sdkwright generate`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

Bomb = Callable[[Path], list[str]]
BOMBS: Final[dict[str, Bomb]] = {}
_MIB: Final = 1 << 20
_HEAD: Final = "openapi: 3.1.0\ninfo: {title: Bomb, version: '1'}\n"


def text_bomb(name: str, text: Callable[[], str], suffix: str = "yaml") -> None:
    """A bomb that is one text."""

    def write(directory: Path) -> list[str]:
        path = directory / f"bomb.{suffix}"
        path.write_text(text(), "utf-8")
        return [str(path)]

    BOMBS[name] = write


def data_bomb(name: str, data: Callable[[], Mapping[str, Any]]) -> None:
    """A bomb that is one document: these keys, over those that every document needs."""
    text_bomb(name, lambda: json.dumps({**_document(), **data()}), "json")


def schemas_bomb(name: str, schemas: Callable[[], Mapping[str, Any]]) -> None:
    """A bomb of component schemas, the first of which an operation answers with."""

    def data() -> Mapping[str, Any]:
        found = schemas()
        return {"paths": _answering(ref(next(iter(found)))), "components": {"schemas": found}}

    data_bomb(name, data)


def files_bomb(name: str) -> Callable[[Bomb], Bomb]:
    """Register a function that writes several files."""

    def register(bomb: Bomb) -> Bomb:
        BOMBS[name] = bomb
        return bomb

    return register


def ref(name: str) -> dict[str, str]:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def obj(**properties: Any) -> dict[str, Any]:
    """An object schema."""
    return {"type": "object", "properties": properties}


def nested(levels: int, inner: Any, wrap: Callable[[Any], Any]) -> Any:
    """Something inside of itself."""
    for _ in range(levels):
        inner = wrap(inner)
    return inner


def _document() -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "Bomb", "version": "1"}, "paths": _answering({"type": "string"})}


def _answering(schema: Any) -> dict[str, Any]:
    return {"/x": {"get": _operation(schema, operationId="getX")}}


def _operation(schema: Any, **more: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}, **more}


def _described(text: str) -> dict[str, Any]:
    operation = _operation({"type": "object", "description": text, "properties": {"a": {"description": text}}})
    return {
        "info": {"title": "Bomb", "version": "1", "description": text},
        "paths": {"/x": {"get": {**operation, "description": text}}},
    }


# YAML.
def _laughs() -> str:
    lines = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    return _HEAD + "x-bomb:\n  l0: &l0 [a, a, a]\n" + "".join(f"  {line}\n" for line in lines)


def _merges() -> str:
    lines = [f"l{n}: &l{n} {{<<: [*l{n - 1}], a{n}: *l{n - 1}, b{n}: *l{n - 1}}}" for n in range(1, 40)]
    return _HEAD + "x-bomb:\n  l0: &l0 {a: b}\n" + "".join(f"  {line}\n" for line in lines)


def _repeated(members: int, times: int) -> str:
    listed = ", ".join(["a"] * members)
    return f"{_HEAD}x-a: &a [{listed}]\nx-b: [{', '.join(['*a'] * times)}]\n"


text_bomb("alias_laughs", _laughs)
text_bomb("alias_merges", _merges)
text_bomb("alias_many", lambda: _repeated(10, 100_000))
text_bomb("alias_wide", lambda: _repeated(10_000, 999))
text_bomb("alias_in_budget", lambda: _repeated(4_000, 999))
text_bomb("alias_itself", lambda: f"{_HEAD}x-a: &a [*a]\n")
text_bomb("alias_ring", lambda: f"{_HEAD}x-a: &a {{b: &b {{c: *a, d: *b}}}}\n")
text_bomb("anchors_many", lambda: _HEAD + "x-a:\n" + "".join(f"  - &a{n} x\n" for n in range(300_000)))
text_bomb("deep_yaml_flow", lambda: f"{_HEAD}x-a: {'[' * 1_000_000}")
text_bomb("deep_yaml_block", lambda: _HEAD + "x-a:\n" + "".join(" " * n + "a:\n" for n in range(1, 3_000)))
text_bomb("deep_yaml_keys", lambda: f"{_HEAD}x-a: {'? ' * 200_000}")
text_bomb("deep_json_arrays", lambda: "[" * 5_000_000, "json")
text_bomb("deep_json_objects", lambda: '{"a":' * 1_000_000 + "1" + "}" * 1_000_000, "json")
text_bomb("deep_json_in_document", lambda: '{"openapi":"3.1.0","x":' + "[" * 200 + "]" * 200 + "}", "json")
text_bomb("number_json", lambda: '{"openapi":"3.1.0","x":' + "9" * 2_000_000 + "}", "json")
text_bomb("number_yaml", lambda: f"{_HEAD}x: {'9' * 2_000_000}\n")
text_bomb("number_hexadecimal", lambda: f"{_HEAD}x: 0x{'f' * 2_000_000}\n")
text_bomb("number_exponent", lambda: '{"openapi":"3.1.0","x":1e999999999999}', "json")
text_bomb("number_version", lambda: f"openapi: {'9' * 300}.1\ninfo: {{}}\n")
text_bomb("comments", lambda: _HEAD + "# comment\n" * 3_000_000)
text_bomb("blanks", lambda: _HEAD + " " * (31 * _MIB))
text_bomb("key_long", lambda: f"{_HEAD}paths: {{}}\n? {'k' * _MIB}\n: 1\n")
text_bomb("duplicates", lambda: '{"openapi":"3.1.0",' + ",".join(['"a":1'] * 300_000) + "}", "json")
text_bomb("syntax_at_end", lambda: json.dumps({**_document(), "x": ["a"] * 3_000_000})[:-2], "json")
text_bomb("quotes", lambda: '{"openapi":"3.1.0","x":"' + '\\"' * (12 * _MIB) + '"}', "json")
text_bomb("escapes", lambda: '{"openapi":"3.1.0","x":"' + "\\u0041" * (5 * _MIB) + '"}', "json")
text_bomb("nodes", lambda: '{"openapi":"3.1.0","x":[' + "1," * (15 * _MIB) + "1]}", "json")

# Long texts.
text_bomb("description_100_mb", lambda: f"{_HEAD}x: {'word ' * (20 * _MIB)}\n")
data_bomb("description_10_mb", lambda: _described("word " * (2 * _MIB)))
data_bomb("description_no_blank", lambda: _described("x" * 60_000))
data_bomb("description_brackets", lambda: _described("[" * 60_000))
data_bomb("description_links", lambda: _described("[a](" * 15_000))
data_bomb("description_fences", lambda: _described("```x\n" * 12_000 + "~~~\n" * 100))
data_bomb("description_backticks", lambda: _described(" `" * 30_000))
data_bomb("description_dots", lambda: _described("a.b" * 20_000))
data_bomb("description_items", lambda: _described("1. " * 20_000))
data_bomb("description_lines", lambda: _described("\n" * 30_000 + "a\n\n" * 10_000))
data_bomb("description_quotes", lambda: _described('"""\\' * 15_000))
data_bomb(
    "descriptions_many",
    lambda: {"components": {"schemas": {f"S{n}": {"description": "word " * 600} for n in range(9_000)}}},
)
data_bomb("title_long", lambda: {"info": {"title": "Long Name " * 100_000, "version": "1" * 100_000}})
data_bomb("operation_id_long", lambda: {"paths": {"/x": {"get": _operation({}, operationId="getLong" * 100_000)}}})
data_bomb("path_long", lambda: {"paths": {"/" + "a/" * 200_000: {"get": _operation({})}}})
data_bomb(
    "path_variables", lambda: {"paths": {"/" + "/".join(f"{{v{n}}}" for n in range(2_000)): {"get": _operation({})}}}
)
data_bomb("path_braces", lambda: {"paths": {"/" + "{" * 100_000: {"get": _operation({})}}})
data_bomb("server_braces", lambda: {"servers": [{"url": "https://x/" + "{a" * 100_000}]})
schemas_bomb("name_long", lambda: {"N" * 100_000: obj(a={})})
schemas_bomb("names_long", lambda: {"A": obj(**{f"{n:04}" + "name_" * 100: {"type": "string"} for n in range(5_000)})})
schemas_bomb(
    "name_expands", lambda: {"A": obj(**{"\ufdfa" * 500: {"type": "string"}, "\u0390" * 500: {"type": "string"}})}
)
schemas_bomb("pattern_long", lambda: {"A": obj(a={"type": "string", "pattern": "(a|" * 300_000})})
schemas_bomb(
    "pattern_backtracks", lambda: {"A": obj(a={"type": "string", "pattern": "^(a+)+$", "default": "a" * 5_000 + "!"})}
)
schemas_bomb(
    "pattern_repeats", lambda: {"A": obj(a={"type": "string", "pattern": "((((a{999}){999}){999}){999}){999}"})}
)

# Many of something.
_WORDS: Final = tuple(f"value_{n}" for n in range(100_000))
schemas_bomb("enum_100000", lambda: {"A": obj(a={"type": "string", "enum": list(_WORDS)})})
schemas_bomb("enum_2000_often", lambda: {"A": obj(**{f"p{n}": {"enum": list(_WORDS[:2_000])} for n in range(200)})})
schemas_bomb("enum_numbers", lambda: {"A": obj(a={"enum": list(range(100_000))})})
schemas_bomb("enum_objects", lambda: {"A": obj(a={"enum": [{"a": n} for n in range(100_000)]})})
schemas_bomb("default_huge", lambda: {"A": obj(a={"type": "array", "default": list(range(200_000))})})
schemas_bomb("default_deep", lambda: {"A": obj(a={"default": nested(80, 1, lambda inner: [inner])})})
schemas_bomb("properties_20000", lambda: {"A": obj(**{f"p{n}": {"type": "string"} for n in range(20_000)})})
schemas_bomb("properties_colliding", lambda: {"A": obj(**{_colliding(n): {"type": "string"} for n in range(4_096)})})
schemas_bomb("schemas_50000", lambda: {"A": obj(**{f"p{n}": ref(f"S{n}") for n in range(49_999)}), **_small(49_999)})
schemas_bomb("schemas_60000", lambda: {"A": obj(**{f"p{n}": ref(f"S{n}") for n in range(60_000)}), **_small(60_000)})
schemas_bomb("schemas_unused", lambda: {"A": obj(), **_small(100_000)})
schemas_bomb(
    "schemas_colliding",
    lambda: (
        {"A": {"oneOf": [ref(_colliding(n)) for n in range(900)]}}
        | {_colliding(n): obj(**{f"a{n}": {}}) for n in range(4_096)}
    ),
)
schemas_bomb(
    "pattern_properties",
    lambda: {"A": {"type": "object", "patternProperties": {f"^p{n}": {"type": "string"} for n in range(20_000)}}},
)
schemas_bomb("required_many", lambda: {"A": {**obj(a={}), "required": list(_WORDS)}})
schemas_bomb("types_many", lambda: {"A": obj(a={"type": ["string", "null"] * 50_000})})
schemas_bomb(
    "tuple_10000", lambda: {"A": obj(a={"type": "array", "prefixItems": [obj(**{f"x{n}": {}}) for n in range(3_000)]})}
)
data_bomb(
    "operations_20000", lambda: {"paths": {f"/p{n}": {"get": _operation({"type": "string"})} for n in range(20_000)}}
)
data_bomb(
    "operations_same_id",
    lambda: {"paths": {f"/p{n}": {"get": _operation({}, operationId="same")} for n in range(2_000)}},
)
data_bomb(
    "operations_same_name", lambda: {"paths": {"/" + "_" * n + "a": {"get": _operation({})} for n in range(1, 800)}}
)
data_bomb(
    "parameters_many",
    lambda: {"paths": {"/x": {"get": _operation({}, parameters=[_parameter(f"p{n}") for n in range(5_000)])}}},
)
data_bomb(
    "parameters_colliding",
    lambda: {"paths": {"/x": {"get": _operation({}, parameters=[_parameter(_colliding(n)) for n in range(2_048)])}}},
)
data_bomb(
    "statuses_many",
    lambda: {
        "paths": {
            "/x": {
                "get": {
                    "responses": {
                        str(n): {"description": "", "content": {"application/json": {"schema": obj(**{f"s{n}": {}})}}}
                        for n in range(100, 600)
                    }
                }
            }
        }
    },
)
data_bomb(
    "media_types_many",
    lambda: {
        "paths": {
            "/x": {
                "post": {
                    "requestBody": {
                        "content": {f"application/x{n}+json": {"schema": obj(**{f"a{n}": {}})} for n in range(5_000)}
                    },
                    "responses": {},
                }
            }
        }
    },
)
data_bomb(
    "tags_many",
    lambda: {
        "tags": [{"name": f"t{n}"} for n in range(100_000)],
        "paths": {"/x": {"get": _operation({}, tags=[f"t{n}" for n in range(100_000)])}},
    },
)
data_bomb("servers_many", lambda: {"servers": [{"url": f"https://s{n}.example.com"} for n in range(50_000)]})
data_bomb(
    "server_enum",
    lambda: {
        "servers": [
            {"url": "https://{a}.example.com", "variables": {"a": {"default": "value_1", "enum": list(_WORDS)}}}
        ]
    },
)
data_bomb(
    "security_many",
    lambda: {
        "components": {
            "securitySchemes": {f"s{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(3_000)}
        },
        "security": [{f"s{n}": []} for n in range(3_000)],
    },
)
data_bomb(
    "webhooks_many",
    lambda: {
        "webhooks": {
            f"w{n}": {"post": {"requestBody": {"content": {"application/json": {"schema": obj(**{f"a{n}": {}})}}}}}
            for n in range(2_000)
        }
    },
)
data_bomb("extensions_many", lambda: {f"x-{n}": {"a": n} for n in range(300_000)})
data_bomb("dangling_many", lambda: {"paths": _answering({"oneOf": [ref(f"Lost{n}") for n in range(50_000)]})})
data_bomb(
    "wrong_shapes", lambda: {"paths": {f"/p{n}": {"get": [], "post": 1, "parameters": "x"} for n in range(50_000)}}
)

# Rings, chains and products.
schemas_bomb("ring_references", lambda: {f"A{n}": ref(f"A{(n + 1) % 50}") for n in range(50)})
schemas_bomb("ring_itself", lambda: {"A": ref("A")})
schemas_bomb(
    "ring_models",
    lambda: {
        f"A{n}": obj(next=ref(f"A{(n + 1) % 300}"), list={"type": "array", "items": ref(f"A{(n + 7) % 300}")})
        for n in range(300)
    },
)
schemas_bomb(
    "ring_all_of", lambda: {f"A{n}": {"allOf": [ref(f"A{(n + 1) % 20}"), obj(**{f"p{n}": {}})]} for n in range(20)}
)
schemas_bomb(
    "ring_one_of", lambda: {f"A{n}": {"oneOf": [ref(f"A{(n + 1) % 20}"), {"type": "string"}]} for n in range(20)}
)
schemas_bomb("ring_arrays", lambda: {f"A{n}": {"type": "array", "items": ref(f"A{(n + 1) % 20}")} for n in range(20)})
schemas_bomb(
    "ring_discriminator",
    lambda: {
        f"A{n}": {"oneOf": [ref(f"A{(n + 1) % 20}"), ref(f"A{(n + 2) % 20}")], "discriminator": {"propertyName": "k"}}
        for n in range(20)
    },
)
schemas_bomb("clique", lambda: {f"A{n}": obj(**{f"p{m}": ref(f"A{m}") for m in range(70)}) for n in range(70)})
schemas_bomb("chain_references", lambda: {f"A{n}": ref(f"A{n + 1}") for n in range(20_000)} | {"A20000": obj()})
schemas_bomb("chain_models", lambda: {f"A{n}": obj(next=ref(f"A{n + 1}")) for n in range(1_500)} | {"A1500": obj()})
schemas_bomb(
    "chain_all_of",
    lambda: {f"A{n}": {"allOf": [ref(f"A{n + 1}"), obj(**{f"p{n}": {}})]} for n in range(3_000)} | {"A3000": obj()},
)
schemas_bomb(
    "chain_arrays",
    lambda: {f"A{n}": {"type": "array", "items": ref(f"A{n + 1}")} for n in range(3_000)} | {"A3000": obj()},
)
schemas_bomb(
    "chain_unions",
    lambda: {f"A{n}": {"oneOf": [ref(f"A{n + 1}"), obj(**{f"p{n}": {}})]} for n in range(900)} | {"A900": obj()},
)
schemas_bomb(
    "double_all_of",
    lambda: {f"A{n}": {"allOf": [ref(f"A{n + 1}"), ref(f"A{n + 1}")]} for n in range(60)} | {"A60": obj(a={})},
)
schemas_bomb(
    "double_one_of",
    lambda: {f"A{n}": {"oneOf": [ref(f"A{n + 1}"), ref(f"A{n + 1}")]} for n in range(60)} | {"A60": obj(a={})},
)
schemas_bomb(
    "double_properties",
    lambda: {f"A{n}": obj(a=ref(f"A{n + 1}"), b=ref(f"A{n + 1}")) for n in range(60)} | {"A60": obj(a={})},
)
schemas_bomb(
    "double_any_all",
    lambda: (
        {
            f"A{n}": {"anyOf": [{"allOf": [ref(f"A{n + 1}"), obj(x={})]}, {"allOf": [ref(f"A{n + 1}"), obj(y={})]}]}
            for n in range(40)
        }
        | {"A40": obj(a={})}
    ),
)
schemas_bomb(
    "product_one_of",
    lambda: {"A": {"allOf": [{"oneOf": [obj(**{f"p{n}_{m}": {}}) for m in range(10)]} for n in range(12)]}},
)
schemas_bomb(
    "product_types",
    lambda: {
        "A": {
            "allOf": [
                {
                    "anyOf": [
                        {"type": "string", "enum": list(_WORDS[:1_000])},
                        {"type": "string", "enum": list(_WORDS[500:1_500])},
                    ]
                }
                for _ in range(12)
            ]
        }
    },
)
schemas_bomb("all_of_wide", lambda: {"A": {"allOf": [obj(**{f"p{n}": {}}) for n in range(5_000)]}})
schemas_bomb("one_of_wide", lambda: {"A": {"oneOf": [obj(**{f"p{n}": {}}) for n in range(10_000)]}})
schemas_bomb(
    "one_of_1000",
    lambda: {
        "A": {"oneOf": [obj(kind={"const": f"k{n}"}) for n in range(1_000)], "discriminator": {"propertyName": "kind"}}
    },
)
schemas_bomb(
    "one_of_often",
    lambda: {"A": obj(**{f"p{n}": {"oneOf": [{"enum": [f"v{m}"]} for m in range(200)]} for n in range(200)})},
)
schemas_bomb(
    "mapping_wide",
    lambda: {
        "A": {
            "oneOf": [ref("B")],
            "discriminator": {"propertyName": "k", "mapping": dict.fromkeys(_WORDS, "#/components/schemas/B")},
        },
        "B": obj(k={"type": "string"}),
    },
)
schemas_bomb("nested_properties", lambda: {"A": nested(40, {"type": "string"}, lambda inner: obj(a=inner))})
schemas_bomb(
    "nested_arrays",
    lambda: {"A": obj(a=nested(80, {"type": "string"}, lambda inner: {"type": "array", "items": inner}))},
)
schemas_bomb(
    "nested_unions",
    lambda: {"A": nested(12, {"type": "string"}, lambda inner: {"oneOf": [inner, {"type": "array", "items": inner}]})},
)
schemas_bomb(
    "anchors_schemas",
    lambda: {
        "A": obj(**{f"p{n}": {"$ref": f"#a{n}"} for n in range(10_000)}),
        **{f"S{n}": {"$anchor": f"a{n}", **obj(x={})} for n in range(10_000)},
    },
)
schemas_bomb(
    "dynamic_references",
    lambda: (
        {
            f"A{n}": {"$dynamicAnchor": "node", **obj(child={"$dynamicRef": "#node"}, other=ref(f"A{n + 1}"))}
            for n in range(500)
        }
        | {"A500": obj()}
    ),
)
schemas_bomb(
    "through_properties",
    lambda: {
        "A": obj(a={"$ref": "#/components/schemas/A/properties/b"}, b={"$ref": "#/components/schemas/A/properties/a"})
    },
)
schemas_bomb("into_itself", lambda: {"A": obj(a={"$ref": "#/components/schemas/A/properties/a/properties/a"})})


def _colliding(number: int) -> str:
    """Names that differ in their separators alone."""
    return "n" + "".join("_-."[number // 3**place % 3] + "a" for place in range(8))


def _small(count: int) -> dict[str, Any]:
    return {f"S{n}": obj(a={"type": "string"}) for n in range(count)}


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string"}}


# Several files.
def _write(directory: Path, name: str, data: Any) -> str:
    path = directory / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return str(path)


def _root(directory: Path, reference: str) -> str:
    return _write(directory, "bomb.json", {**_document(), "paths": _answering({"$ref": reference})})


@files_bomb("files_chain")
def _files_chain(directory: Path) -> list[str]:
    for number in range(500):
        _write(directory, f"f{number}.json", obj(next={"$ref": f"f{number + 1}.json"}))
    _write(directory, "f500.json", obj())
    return [_root(directory, "f0.json")]


@files_bomb("files_ring")
def _files_ring(directory: Path) -> list[str]:
    for number in range(20):
        _write(directory, f"f{number}.json", {"$ref": f"f{(number + 1) % 20}.json"})
    return [_root(directory, "f0.json")]


@files_bomb("files_too_large")
def _files_too_large(directory: Path) -> list[str]:
    for number in range(6):
        _write(directory, f"f{number}.json", {"type": "string", "x-a": "a" * (25 * _MIB)})
    properties = {f"p{number}": {"$ref": f"f{number}.json"} for number in range(6)}
    return [_write(directory, "bomb.json", {**_document(), "paths": _answering(obj(**properties))})]


@files_bomb("files_same_in_many_spellings")
def _files_spelled(directory: Path) -> list[str]:
    (directory / "a").mkdir()
    _write(directory, "f.json", {"S": obj(a={"type": "string"})})
    properties = {f"p{number}": {"$ref": "a/../" * number + "f.json#/S"} for number in range(400)}
    return [_write(directory, "bomb.json", {**_document(), "paths": _answering(obj(**properties))})]


@files_bomb("file_is_pipe")
def _pipe(directory: Path) -> list[str]:
    os.mkfifo(directory / "pipe.json")
    return [_root(directory, "pipe.json")]


@files_bomb("file_is_directory_ring")
def _link(directory: Path) -> list[str]:
    (directory / "loop").symlink_to("loop")
    return [_root(directory, "loop/loop/loop.json")]


@files_bomb("overlay_doubles")
def _overlay_doubles(directory: Path) -> list[str]:
    actions: list[dict[str, Any]] = []
    for number in range(40):
        actions.append({"target": "$['x-a']", "update": {f"k{number}": {}}})
        actions.append({"target": f"$['x-a']['k{number}']", "copy": "$['x-a']"})
    overlay = _write(directory, "overlay.json", {"overlay": "1.1.0", "info": {}, "actions": actions})
    return [_write(directory, "bomb.json", {**_document(), "x-a": {"a": 1}}), "--overlay", overlay]


@files_bomb("overlay_everything")
def _overlay_everything(directory: Path) -> list[str]:
    actions = [{"target": "$..*", "update": {"a": {"b": {"c": {}}}}} for _ in range(20)]
    overlay = _write(directory, "overlay.json", {"overlay": "1.0.0", "info": {}, "actions": actions})
    return [_write(directory, "bomb.json", {**_document(), "x-a": [{}] * 50}), "--overlay", overlay]


@files_bomb("overlay_expression")
def _overlay_expression(directory: Path) -> list[str]:
    target = "$" + "..*" * 12 + "[?" + "(" * 2_000 + "@.a" + ")" * 2_000 + "]"
    actions = [{"target": target, "remove": True}, {"target": "$" + "..*" * 12, "remove": True}]
    overlay = _write(directory, "overlay.json", {"overlay": "1.0.0", "info": {}, "actions": actions})
    return [
        _write(directory, "bomb.json", {**_document(), "x-a": nested(60, 1, lambda inner: [inner])}),
        "--overlay",
        overlay,
    ]


@files_bomb("overlay_pattern")
def _overlay_pattern(directory: Path) -> list[str]:
    actions = [{"target": "$..[?match(@.a, '(a+)+b')]", "remove": True}]
    overlay = _write(directory, "overlay.json", {"overlay": "1.0.0", "info": {}, "actions": actions})
    return [_write(directory, "bomb.json", {**_document(), "x-a": [{"a": "a" * 40}]}), "--overlay", overlay]


@files_bomb("config_unnamed")
def _config_unnamed(directory: Path) -> list[str]:
    """A list of models leaves all other schemas without a name, so that each is written out where it is used."""
    schemas = {f"A{n}": obj(a=ref(f"A{n + 1}"), b=ref(f"A{n + 1}")) for n in range(60)} | {"A60": obj(a={})}
    config = _write(directory, "sdk.yaml", "resources: {x: {models: {last: A60}, methods: {get: get /x}}}\n")
    spec = {**_document(), "paths": _answering(ref("A0")), "components": {"schemas": schemas}}
    return [_write(directory, "bomb.json", spec), "--config", config]


@files_bomb("config_resources")
def _config_resources(directory: Path) -> list[str]:
    resources = {f"r{n}": {"methods": {f"m{m}": "get /x" for m in range(10)}} for n in range(500)}
    return [
        _write(directory, "bomb.json", _document()),
        "--config",
        _write(directory, "sdk.yaml", {"resources": resources}),
    ]


@files_bomb("config_deep")
def _config_deep(directory: Path) -> list[str]:
    resources = nested(30, {"methods": {"a": "get /x"}}, lambda inner: {"subresources": {"r": inner}})
    config = _write(directory, "sdk.yaml", {"resources": {"r": resources}})
    return [_write(directory, "bomb.json", _document()), "--config", config]


@files_bomb("swagger_definitions")
def _swagger(directory: Path) -> list[str]:
    definitions = {
        f"D{n}": {
            "discriminator": "k",
            "allOf": [{"$ref": f"#/definitions/D{n // 2}"}],
            "properties": {"k": {"type": "string"}},
        }
        for n in range(3_000)
    }
    spec = {
        "swagger": "2.0",
        "info": {"title": "Bomb", "version": "1"},
        "paths": {
            "/x": {"get": {"responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/D2999"}}}}}
        },
        "definitions": definitions,
    }
    return [_write(directory, "bomb.json", spec)]
