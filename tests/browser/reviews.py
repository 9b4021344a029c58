"""Reviews to show."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from sdkwright.diff.review import Review
from sdkwright.diff.settings import Acceptance, Settings
from unit.diff.comparing import Doc, body, compare, document, operation

HOSTILE = "</script><script>alert(1)</script>]]><img src=x onerror=alert(2)>\u202egnp"
NAME = HOSTILE.replace("\u202e", "")
"""Names with invisible characters are refused when a document is read."""
TEXT = {"type": "string"}


def ref(name: str) -> Doc:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def small(folder: Path) -> Review:
    """Something of everything: breaks, a warning, additions, a rename, an accepted change, hostile text."""
    boat = {
        "type": "object",
        "properties": {
            "id": TEXT, "name": TEXT, "mast": TEXT, "kind": {"enum": ["sail", "steam"]}, "size": ref("Size"),
            "flag": {**TEXT, "description": HOSTILE},
        },
        "required": ["id", "name"],
    }  # fmt: skip
    size = {"type": "object", "properties": {"length": {"type": "number"}, "beam": {"type": "number"}}}
    fine = {"200": {"description": "Fine.", **body(ref("Boat"))}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    base = document(
        paths={
            "/boats": {
                "get": operation(operationId="listBoats", tags=["boats"], parameters=[limit], responses=fine),
                "post": operation(
                    operationId="createBoat", tags=["boats"], requestBody=body(ref("Crew")), responses=fine
                ),
            },
            "/crews": {"get": operation(operationId="listCrews", tags=["crews"], responses={"200": {
                "description": "Fine.", **body(ref("Crew"))}})},
        },
        components={"schemas": {"Boat": boat, "Size": size, "Crew": {
            "type": "object", "properties": {"captain": TEXT, NAME: TEXT}, "required": ["captain"]}}},
    )  # fmt: skip
    revision: Any = copy.deepcopy(base)
    schemas = revision["components"]["schemas"]
    schemas["Boat"]["required"].remove("name")
    schemas["Boat"]["properties"]["name"] = {"type": ["string", "null"]}
    schemas["Boat"]["properties"]["kind"]["enum"].append("row")
    schemas["Boat"]["properties"]["flag"] = {**TEXT, "enum": [HOSTILE]}
    schemas["Boat"]["properties"].pop("mast")
    schemas["Boat"]["properties"]["draught"] = {"type": "number"}
    schemas["Crew"]["properties"].pop(NAME)
    schemas["Extent"] = schemas.pop("Size")
    schemas["Boat"]["properties"]["size"] = ref("Extent")
    revision["paths"]["/boats"]["get"]["parameters"][0]["schema"]["maximum"] = 100
    revision["paths"]["/crews"]["get"]["parameters"] = [{"name": "after", "in": "query", "schema": TEXT}]
    accept = Acceptance(
        rule="property-removed", pointer="/components/schemas/Boat/properties/mast", reason="nobody read it",
        author="harbour team",
    )  # fmt: skip
    return compare(base, revision, folder, Settings(accept=(accept,)), python=True)


def large(folder: Path) -> Review:
    """1,000 cards: 100 schemas, each with ten properties that changed in ten ways."""
    before, after, paths = {}, {}, {}
    for number in range(100):
        name = f"Part{number}"
        old = {f"p{index}": {**TEXT, "description": f"Property {index} of part {number}."} for index in range(10)}
        new: Any = copy.deepcopy(old)
        new["p0"]["type"] = "integer"
        new.pop("p1")
        new["p2"]["enum"] = ["a", "b"]
        new["p3"]["maxLength"] = 10
        new["p4"]["pattern"] = "^x"
        new["p5"]["type"] = ["string", "null"]
        new["p6"]["default"] = "x"
        new["p7"]["minLength"] = 2
        new["p8"]["type"] = "boolean"
        new["p9"]["format"] = "date"
        before[name] = {"type": "object", "properties": old}
        after[name] = {"type": "object", "properties": new}
        paths[f"/parts{number}"] = {
            "post": operation(
                operationId=f"create_part{number}", tags=[f"area{number % 10}"], requestBody=body(ref(name)),
                responses={"200": {"description": "Fine.", **body(ref(name))}},
            )
        }  # fmt: skip
    return compare(
        document(paths=paths, components={"schemas": before}), document(paths=paths, components={"schemas": after}),
        folder, python=True,
    )  # fmt: skip
