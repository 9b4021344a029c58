"""Request bodies: which media type is sent, and whether its properties become arguments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sdkwright.diagnostics import Location
from sdkwright.ir.models import BODY, Field, Position, Step
from sdkwright.ir.operations import Argument, Body, BodyKind
from sdkwright.ir.types import ANY, STRING, Choice, DeclarationId, Json, Kind, ListOf, Scalar, Type, members, union
from sdkwright.lower import examples, media
from sdkwright.lower.content import media_types, warn_of_structure
from sdkwright.lower.docs import remarks
from sdkwright.lower.inheritance import is_component
from sdkwright.lower.nodes import NOTHING, Node, Raw, allows_null, as_mapping, as_schema, as_text, reference
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.styles import field_style
from sdkwright.lower.unions import Variants
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape


@dataclass(frozen=True, slots=True)
class BodyVariant:
    """One of the objects that a body can be, at the position that names it."""

    position: Position
    arguments: tuple[Argument, ...]
    location: Location
    doc: str


@dataclass(frozen=True, slots=True)
class LoweredBody:
    """A body and the arguments that fill it."""

    body: Body
    arguments: tuple[Argument, ...]
    variants: tuple[BodyVariant, ...] = ()
    """The alternatives whose arguments these are together, where the body is one of several objects."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Lowers the request body of one operation."""

    schemas: Schemas
    operation: RawOperation
    position: Position

    def lower(self) -> LoweredBody | None:
        """The body, or None if the operation has none."""
        tree = self.schemas.tree
        raw, pointer = tree.follow(self.operation.raw.get("requestBody"), f"{self.operation.pointer}/requestBody")
        content = media_types(raw, pointer, self.schemas)
        if not content:
            return None
        media_type = media.choose_body(tuple(content))
        node = Node(
            as_schema(as_mapping(content[media_type]).get("schema")),
            f"{pointer}/content/{escape(media_type)}/schema",
        )
        others = tuple(sorted(item for item in content if item != media_type))
        body = Body(
            kind=media.body_kind(media_type),
            media_type=media_type,
            type=ANY,
            required=raw.get("required") is True,
            location=tree.locate(pointer),
            doc=as_text(raw.get("description")),
            alternatives=others,
        )
        if others:
            self.schemas.diagnostics.note(
                "body/media-types",
                f"{media_type[:80]} is sent; the API accepts {', '.join(others)[:160]} too",
                body.location,
                f"to send another type, use `client.{self.operation.method}(...)`",
            )
        warn_of_structure(media_type, "a request body", pointer, self.schemas)
        encoding = as_mapping(as_mapping(content[media_type]).get("encoding"))
        if body.kind is BodyKind.MULTIPART:
            body = replace(body, kind=self._multipart(node, media_type, encoding, pointer))
        example = examples.shown(as_mapping(content[media_type]), tree)
        return _exemplified(self._lower(node, body, encoding), example)

    def _lower(self, node: Node, body: Body, encoding: Raw) -> LoweredBody:
        """The body with its arguments."""
        shape = None if body.kind is BodyKind.RAW else self._spreadable(node)
        if self.schemas.dialect.listed_models:
            body = replace(body, model=self._model(node))
        if shape is not None:
            further = shape.additional is not None and shape.additional.schema != NOTHING
            return LoweredBody(
                replace(body, spread=self.position.id, further=further),
                self._spread(shape, body, encoding, self.position),
            )
        branches = self._alternatives(node) if body.kind is not BodyKind.RAW else []
        return self._overloaded(branches, body, encoding) if branches else self._whole(node, body)

    def _multipart(self, node: Node, media_type: str, encoding: Raw, pointer: str) -> BodyKind:
        """How a multipart body is written; what that cannot show of the document is reported."""
        at = f"{pointer}/content/{escape(media_type)}"
        if "array" in self._fold(node).types:
            self.schemas.warn(
                "body/parts",
                f"the parts of {media_type[:80]} have no names, so the body is sent as the bytes that it is given",
                at,
                "write the parts yourself, and pass the `Content-Type` with its boundary in `extra_headers`",
            )
            return BodyKind.RAW
        if media.essence(media_type) != media.FORM_DATA:
            self.schemas.warn(
                "body/parts",
                f"a body in {media_type[:80]} is sent as {media.FORM_DATA}",
                at,
                f"offer it as {media.FORM_DATA}",
            )
        for name in sorted(str(key) for key in encoding if "headers" in as_mapping(encoding[key])):
            self.schemas.note(
                "body/part-headers",
                f"the headers of the part {name[:60]!r} are sent only if you pass them with its content",
                f"{at}/encoding/{escape(name)}/headers",
            )
        return BodyKind.MULTIPART

    def _spreadable(self, node: Node) -> Shape | None:
        """The shape of a body whose properties can be arguments: an object with known properties, nothing else."""
        shape = self._fold(node)
        if not shape.properties and len(shape.unions) == 1:
            real = [branch for branch in shape.unions[0] if not allows_null(branch.schema)]
            only = self._fold(real[0]) if len(real) == 1 else shape
            # "This or null" is an optional body; one that needs something when it is there stays one argument.
            shape = shape if only.required else only
        nothing_else = not shape.unions and set(shape.types) <= {"object", "null"} and shape.constants is None
        return shape if shape.properties and nothing_else else None

    def _model(self, node: Node) -> DeclarationId | None:
        """The component that a body is, if it keeps its name."""
        pointer = reference(node.schema)
        if pointer is None or not is_component(pointer) or not self.schemas.is_named(pointer):
            return None
        self.schemas.named(pointer)
        return pointer

    def _fold(self, node: Node) -> Shape:
        return fold(Node(*self.schemas.tree.follow(node.schema, node.pointer)), self.schemas.tree)

    def _spread(self, shape: Shape, body: Body, encoding: Raw, position: Position) -> tuple[Argument, ...]:
        """The properties of a body, or of one that it can be, as arguments."""
        names = sorted(shape.properties, key=lambda name: (name not in shape.required, name))
        part = self._part if body.kind is BodyKind.MULTIPART else _as_it_is
        nodes = {name: part(shape.properties[name]) for name in names}
        fields = [self.schemas.field(name, nodes[name], name in shape.required, position) for name in names]
        return tuple(_argument(field, body.kind, encoding) for field in fields if field and not field.read_only)

    def _alternatives(self, node: Node) -> list[tuple[str, Node, Shape]]:
        """The objects that a body can be, each by its name; none if it can be anything else as well."""
        shape = self._fold(node)
        if not self.schemas.dialect.body_overloads or len(shape.unions) != 1:
            return []
        position = self.position.child(Step.PROPERTY, "body", BODY)
        found = Variants(self.schemas, node, shape, position).branches()
        shapes = [(name, branch, self._spreadable(branch)) for name, branch in found]
        known = [(name, branch, shape) for name, branch, shape in shapes if shape is not None]
        return known if len(known) == len(found) > 1 else []

    def _overloaded(self, branches: list[tuple[str, Node, Shape]], body: Body, encoding: Raw) -> LoweredBody:
        """A body that is one of several objects: what is an argument of any of them is one of the method."""
        variants: list[BodyVariant] = []
        for name, node, shape in branches:
            position = self.position.child(Step.VARIANT, name)
            doc = as_text(shape.rest.get("description")) or as_text(shape.rest.get("title"))
            where = self.schemas.tree.locate(node.pointer)
            variants.append(BodyVariant(position, self._spread(shape, body, encoding, position), where, doc))
        return LoweredBody(replace(body, spread=self.position.id), _merged(variants), tuple(variants))

    def _part(self, node: Node) -> Node:
        """A property of a multipart body as what it is sent as; a list is sent as one part for each item."""
        raw, pointer = self.schemas.tree.follow(node.schema, node.pointer)
        if raw.get("type") != "array":
            return _upload(raw, pointer) or node
        items = Node(raw, pointer).child("items")
        upload = _upload(*self.schemas.tree.follow(items.schema, items.pointer))
        return Node({**raw, "items": upload.schema}, pointer) if upload else node

    def _whole(self, node: Node, body: Body) -> LoweredBody:
        """A body that is one argument: a list, a union, a map, text or bytes."""
        if body.kind is BodyKind.RAW:
            type_: Type = STRING if media.is_text(body.media_type) else Scalar(Kind.CONTENT)
        else:
            type_ = self.schemas.lower(node, self.position.child(Step.PROPERTY, "body", BODY))
        location = self.schemas.tree.locate(node.pointer)
        doc = body.doc or as_text(remarks(node.schema, self.schemas.tree).get("description"))
        example = examples.example(node.schema, self.schemas.tree)
        argument = Argument("body", "body", type_, body.required, location, doc=doc, example=example)
        return LoweredBody(replace(body, type=type_), (argument,))


def _merged(variants: list[BodyVariant]) -> tuple[Argument, ...]:
    """The arguments of all alternatives; one is required if it is so in each of them."""
    found: dict[str, list[Argument]] = {}
    for variant in variants:
        for argument in variant.arguments:
            found.setdefault(argument.wire, []).append(argument)
    return tuple(
        replace(
            same[0],
            type=union(*(argument.type for argument in same)),
            required=len(same) == len(variants) and all(argument.required for argument in same),
            doc=next((argument.doc for argument in same if argument.doc), ""),
            deprecated=all(argument.deprecated for argument in same),
            is_file=any(argument.is_file for argument in same),
        )
        for same in found.values()
    )


def _exemplified(lowered: LoweredBody, example: Json) -> LoweredBody:
    """The body with the example of its media type (OpenAPI 3.1, 4.8.14) as examples of its arguments."""
    if example is None or lowered.variants:
        return lowered
    if lowered.body.spread is None:
        values: dict[str, Json] = {"body": example}
    else:
        values = example if isinstance(example, dict) else {}
    arguments = (replace(each, example=values.get(each.wire, each.example)) for each in lowered.arguments)
    return replace(lowered, arguments=tuple(arguments))


def _as_it_is(node: Node) -> Node:
    return node


def _upload(raw: Raw, pointer: str) -> Node | None:
    """Text that is declared to be an image or the like, which a multipart body holds as raw bytes (3.1, 4.8.14.4)."""
    content = as_text(raw.get("contentMediaType"))
    is_text = not content or media.is_json(content) or media.is_text(content)
    if raw.get("type") != "string" or is_text or "contentEncoding" in raw:
        return None
    return Node({**raw, "format": "binary"}, pointer)


def _argument(field: Field, kind: BodyKind, encoding: Raw) -> Argument:
    is_part = kind is BodyKind.MULTIPART
    said = as_mapping(encoding.get(field.wire))
    part_type = as_text(said.get("contentType")).split(",")[0].strip()
    return Argument(
        "field",
        field.wire,
        field.type,
        field.required,
        field.location,
        doc=field.doc,
        deprecated=field.deprecated,
        example=field.example,
        is_file=is_part and _is_file(field.type),
        part_type=part_type if is_part and part_type and "*" not in part_type else None,
        parameter=None if kind is BodyKind.JSON else field_style(said, field),
    )


def _is_file(type_: Type) -> bool:
    return any(
        member == Scalar(Kind.FILE) or (isinstance(member, ListOf) and _is_file(member.item))
        for member in members(type_)
    )


def stream_switch(arguments: tuple[Argument, ...]) -> str | None:
    """The wire name of the property that asks for a stream: a boolean called `stream`."""
    for argument in arguments:
        booleans = [
            m
            for m in members(argument.type)
            if m == Scalar(Kind.BOOLEAN) or (isinstance(m, Choice) and True in m.values)
        ]
        if argument.place == "field" and argument.wire == "stream" and booleans:
            return argument.wire
    return None
