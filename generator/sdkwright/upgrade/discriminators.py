"""What a discriminator implies, written into the schemas that it tells apart (OpenAPI 3.1, 4.8.25).

`propertyName` with `mapping`, or with the schema's name where the mapping is silent, says which values of the property
belong to which component. Many documents leave the property a plain string there; after this it lists its values, so
that later stages find constants and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sdkwright import pointers
from sdkwright.pointers import escape

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

_WHERE: Where = (None, "components")
_SCHEMAS = "#/components/schemas/"
_DEEPEST = 100

_Claims = dict[tuple[str, str], set[str]]
"""For a component and one of its properties, the values by which discriminators know the component."""


def make_explicit(document: Node, context: Context) -> None:
    """Give the components under unions the constants that the discriminators stand for, in place.

    A component that is known by several values lists them all. What a document states itself stands. A schema that is
    made from a component through `allOf` and has other values refers to a copy without them, under `components/bases`.
    """
    holder = _object(document.get("components"))
    components = _Components(document, _object(holder.get("schemas")))
    claims: _Claims = {}
    for union in context.unions:
        for claim, values in components.claims(union).items():
            claims.setdefault(claim, set()).update(values)
    bases: Node = {}
    for base, heirs in components.contradicting(claims, context.composed).items():
        if all(components.part_from(base, heir) for heir in heirs):
            bases[base] = components.schemas[base]
            context.move(((_WHERE, "bases"), base), ((_WHERE, "schemas"), base))
        else:
            claims = {claim: values for claim, values in claims.items() if claim[0] != base}
    if bases:
        holder["bases"] = bases
    for claim in sorted(claims):
        components.narrow(*claim, claims[claim])


@dataclass(frozen=True, slots=True)
class _Components:
    document: Node
    schemas: Node

    def claims(self, union: Node) -> _Claims:
        """What the discriminator of a union says; nothing where the branches tell themselves apart already."""
        discriminator = _object(union["discriminator"])
        wire = str(discriminator["propertyName"])
        named: dict[str, set[str]] = {}
        for value, target in _object(discriminator.get("mapping")).items():
            named.setdefault(self._component(str(target)), set()).add(value)
        references = [branch.get("$ref") for key in ("oneOf", "anyOf") for branch in _objects(union.get(key))]
        names = dict.fromkeys(self._component(str(ref)) for ref in references if ref is not None)
        stated = {name: self._stated(name, wire) for name in names}
        listed = [value for values in stated.values() for value in values or ()]
        if None not in stated.values() and len(set(listed)) == len(listed):
            return {}
        found: _Claims = {}
        default = self._component(str(discriminator.get("defaultMapping", "")))
        for name, values in stated.items():
            if name == default:  # it takes every value that no other component has (3.2, 4.25)
                continue
            claimed = named.get(name, {name})
            meant = claimed if values is None else claimed & values
            if meant and self._is_text(name, wire):
                found[name, wire] = meant
        return found

    def contradicting(self, claims: _Claims, composed: list[Node]) -> dict[str, list[Node]]:
        """For the components of claims, the schemas made of them that have other values for the property."""
        names = {id(schema): name for name, schema in self.schemas.items()}
        wires: dict[str, list[str]] = {}
        for name, wire in claims:
            wires.setdefault(name, []).append(wire)
        found: dict[str, list[Node]] = {}
        for schema in composed if claims else ():
            for base in sorted(self._bases(schema) & wires.keys()):
                for wire in wires[base]:
                    stated = self._descriptions(schema, wire, {base})
                    own = claims.get((names.get(id(schema), ""), wire)) or _constants(stated)
                    if own is not None and not own <= claims[base, wire]:
                        found.setdefault(base, []).append(schema)
        return found

    def part_from(self, base: str, heir: Node) -> bool:
        """Let a schema refer to the copy of a component; False where it is made of it through another one."""
        parts = _objects(heir.get("allOf"))
        others = [part for part in parts if self._component(str(part.get("$ref", ""))) != base]
        if any(base in self._bases({"allOf": [part]}) for part in others):
            return False
        heir["allOf"] = [part if part in others else {"$ref": f"#/components/bases/{escape(base)}"} for part in parts]
        return True

    def narrow(self, name: str, wire: str, values: set[str]) -> None:
        """Restrict a property of a component to values. Nothing is changed that another schema may share."""
        schema = _object(self.schemas[name])
        properties = _object(schema.get("properties"))
        known = _object(properties.get(wire))
        listed = {key: value for key, value in known.items() if key not in {"const", "enum"}}
        if "$ref" in known:
            listed = {"allOf": [known]}
        self.schemas[name] = schema | {"properties": properties | {wire: listed | {"enum": sorted(values)}}}

    def _component(self, reference: str) -> str:
        """The name of the component that a reference, or the bare name of one in a mapping, ends at."""
        for _ in range(_DEEPEST):
            name = reference.removeprefix(_SCHEMAS).replace("~1", "/").replace("~0", "~")
            schema = _object(self.schemas.get(name))
            target = schema.get("$ref")
            if not isinstance(target, str) or "properties" in schema:
                return name if schema else ""
            reference = target
        return ""

    def _stated(self, name: str, wire: str) -> set[str] | None:
        return _constants(self._descriptions(_object(self.schemas.get(name)), wire, {name}))

    def _is_text(self, name: str, wire: str) -> bool:
        """Whether an object has the property, and as text."""
        schema = _object(self.schemas.get(name))
        found = list(self._descriptions(schema, wire, {name}))
        return bool(found) and not schema.keys() & {"oneOf", "anyOf"} and all(map(_allows_text, found))

    def _descriptions(self, schema: Node, wire: str, seen: set[str], depth: int = 0) -> Iterator[Node]:
        """What a schema and those it is made of say of a property; `seen` are components to leave out."""
        if depth > _DEEPEST:
            return
        if wire in (properties := _object(schema.get("properties"))):
            yield self._resolved(_object(properties[wire]))
        for part in _objects(schema.get("allOf")):
            yield from self._descriptions(part, wire, seen, depth + 1)
        name = self._component(str(schema.get("$ref", "")))
        if name and name not in seen:
            seen.add(name)
            yield from self._descriptions(_object(self.schemas[name]), wire, seen, depth + 1)

    def _bases(self, schema: Node) -> set[str]:
        """The components that a schema is made of through `allOf`, at any depth."""
        found: set[str] = set()
        pending = [schema]
        while pending:
            for part in _objects(pending.pop().get("allOf")):
                name = self._component(str(part.get("$ref", "")))
                if name and name not in found:
                    found.add(name)
                    pending.append(_object(self.schemas[name]))
                pending.append(part)
        return found

    def _resolved(self, schema: Node) -> Node:
        """The end of a chain of references; `allOf` with one part is how 3.0 puts a description beside one."""
        for _ in range(_DEEPEST):
            parts = _objects(schema.get("allOf"))
            reference = schema.get("$ref")
            if isinstance(reference, str):
                schema = _object(pointers.follow(self.document, reference[1:]))
            elif len(parts) == 1 and "enum" not in schema:
                schema = parts[0]
            else:
                break
        return schema


def _constants(descriptions: Iterator[Node]) -> set[str] | None:
    """The texts that all descriptions of a property allow; None where none of them lists any."""
    found: set[str] | None = None
    for schema in descriptions:
        listed = [schema["const"]] if "const" in schema else schema.get("enum")
        if isinstance(listed, list):
            values = {value for value in cast("list[object]", listed) if isinstance(value, str)}
            found = values if found is None else found & values
    return found


def _allows_text(schema: Node) -> bool:
    return schema.get("type", "string") == "string" and not schema.keys() & {"oneOf", "anyOf", "allOf"}


def _object(value: object) -> Node:
    return cast("Node", value) if isinstance(value, dict) else {}


def _objects(value: object) -> list[Node]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Node", item) for item in items if isinstance(item, dict)]
