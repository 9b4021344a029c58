"""Request bodies: which media type is sent, and whether its properties become arguments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sdkwright.ir.models import BODY, Field, Position, Step
from sdkwright.ir.operations import Argument, Body, BodyKind
from sdkwright.ir.types import ANY, STRING, Choice, Kind, ListOf, Scalar, Type, members
from sdkwright.lower import media
from sdkwright.lower.content import media_types, warn_of_structure
from sdkwright.lower.nodes import Node, Raw, allows_null, as_mapping, as_schema, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape


@dataclass(frozen=True, slots=True)
class LoweredBody:
    """A body and the arguments that fill it."""

    body: Body
    arguments: tuple[Argument, ...]


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
                "send another one with the client's own `post` and the like, if you need it",
            )
        warn_of_structure(media_type, "a request body", pointer, self.schemas)
        shape = None if body.kind is BodyKind.RAW else self._spreadable(node)
        if shape is None:
            return self._whole(node, body)
        return self._spread(shape, body, as_mapping(as_mapping(content[media_type]).get("encoding")))

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

    def _fold(self, node: Node) -> Shape:
        return fold(Node(*self.schemas.tree.follow(node.schema, node.pointer)), self.schemas.tree)

    def _spread(self, shape: Shape, body: Body, encoding: Raw) -> LoweredBody:
        """A body whose properties are arguments."""
        names = sorted(shape.properties, key=lambda name: (name not in shape.required, name))
        part = self._part if body.kind is BodyKind.MULTIPART else _as_it_is
        nodes = {name: part(shape.properties[name]) for name in names}
        fields = [self.schemas.field(name, nodes[name], name in shape.required, self.position) for name in names]
        arguments = tuple(_argument(field, body.kind, encoding) for field in fields if field and not field.read_only)
        return LoweredBody(replace(body, spread=self.position.id), arguments)

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
            type_: Type = STRING if media.is_text(body.media_type) else Scalar(Kind.FILE)
        else:
            type_ = self.schemas.lower(node, self.position.child(Step.PROPERTY, "body", BODY))
        location = self.schemas.tree.locate(node.pointer)
        argument = Argument("body", "body", type_, body.required, location, doc=body.doc)
        return LoweredBody(replace(body, type=type_), (argument,))


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
    part_type = as_text(as_mapping(encoding.get(field.wire)).get("contentType")).split(",")[0].strip()
    return Argument(
        "field",
        field.wire,
        field.type,
        field.required,
        field.location,
        doc=field.doc,
        deprecated=field.deprecated,
        is_file=is_part and _is_file(field.type),
        part_type=part_type if is_part and part_type and "*" not in part_type else None,
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
