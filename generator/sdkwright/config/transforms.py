"""Changes to the document that a config asks for: `openapi.transforms`, with the arguments of each command."""

from __future__ import annotations

import re
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from sdkwright.config.section import Section
from sdkwright.config.values import Line, listed

_COMPONENT = re.compile(r"(?:#/components/[A-Za-z]+/|#/definitions/)?[A-Za-z0-9._-]+")


def _stripped(text: object) -> object:
    return text.strip() if isinstance(text, str) else text


def _component(name: str) -> str:
    if not _COMPONENT.fullmatch(name):
        raise PydanticCustomError(
            "bad_component",
            "`{name}` is no component; write `Name` or `#/components/schemas/Name` (letters, digits, `.`, `_`, `-`)",
            {"name": name},
        )
    return name


JSONPath = Annotated[Line, BeforeValidator(_stripped)]
"""A JSONPath expression over the document as it was published."""


class SameSchema(Section):
    """A target that is every node equal to another one."""

    matches_schema: JSONPath
    """Selects the node to compare with."""
    ignore: Annotated[tuple[JSONPath, ...], BeforeValidator(listed)] = ()
    """Nodes to leave alone, with all below them."""


Targets = Annotated[tuple[JSONPath | SameSchema, ...], BeforeValidator(listed), Field(min_length=1)]
Keys = Annotated[tuple[str, ...], BeforeValidator(listed), Field(min_length=1)]
Component = Annotated[str, AfterValidator(_component)]


class _Args(Section):
    """Arguments of a command. Older configs write `filter: {only: ...}` for `target` and `object` for `value`."""

    @model_validator(mode="before")
    @classmethod
    def _older(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, object]", data)
        chosen = given.get("filter")
        if "target" not in given and isinstance(chosen, dict) and "only" in chosen:
            given = {key: value for key, value in given.items() if key != "filter"}
            given["target"] = cast("dict[str, object]", chosen)["only"]
        if "value" in cls.model_fields and "value" not in given and "object" in given:
            given = {"value" if key == "object" else key: value for key, value in given.items()}
        return given


class RemoveArgs(_Args):
    """What `remove` takes away."""

    target: Targets
    members: Keys | None = Field(default=None, alias="keys")
    """Members of the target to remove, in place of the target itself."""


class UpdateArgs(_Args):
    """What `update` replaces."""

    target: Targets
    value: JsonValue
    template: bool = False
    """Whether `{{value}}` inside the new text stands for the old text."""

    @model_validator(mode="after")
    def _placeholder(self) -> UpdateArgs:
        if self.template and not (isinstance(self.value, str) and "{{value}}" in self.value):
            raise PydanticCustomError("bad_template", "with `template`, the value is text that holds `{{value}}`")
        return self


class MergeArgs(_Args):
    """What `merge` mixes into objects, at every depth."""

    target: Targets
    value: dict[str, JsonValue]


class AppendArgs(_Args):
    """What `append` adds to arrays or objects."""

    target: Targets
    value: JsonValue


class CopyArgs(_Args):
    """Where `copy` takes a value from, and where it puts it."""

    source: JSONPath = Field(alias="from")
    to: Annotated[tuple[JSONPath, ...], BeforeValidator(listed), Field(min_length=1)]


class MoveArgs(_Args):
    """Where `move` takes a value from, and where it puts it."""

    source: JSONPath = Field(alias="from")
    to: JSONPath


class RenameArgs(_Args):
    """Which members `rename` gives a new key. `from` and `to`, as `move` has them, are understood too."""

    target: Targets
    name: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _paths(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, object]", data)
        meant = {"from": "target", "to": "name", "value": "name"}
        return {meant.get(key, key) if meant.get(key) not in given else key: value for key, value in given.items()}


class ExtractArgs(_Args):
    """Which schemas `extractToRefs` makes a component, and its name."""

    target: Targets
    name: Component

    @model_validator(mode="before")
    @classmethod
    def _nested(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, object]", data)
        return given["ref"] if isinstance(given.get("ref"), dict) else given


class RenameValueArgs(_Args):
    """What `renameValue` calls properties, by language."""

    target: Targets
    rename: dict[str, dict[str, JsonValue]]


class _Transform(Section):
    """One change. They are made in the order of the file, each on what the ones before it left."""

    reason: str = ""
    """Why it is there, for readers."""


class Remove(_Transform):
    """Remove nodes, or some of their members."""

    command: Literal["remove"]
    args: RemoveArgs


class Update(_Transform):
    """Replace nodes."""

    command: Literal["update"]
    args: UpdateArgs


class Merge(_Transform):
    """Merge an object into objects."""

    command: Literal["merge", "mergeObject"]
    args: MergeArgs


class Append(_Transform):
    """Add items to arrays, members to objects."""

    command: Literal["append"]
    args: AppendArgs


class Copy(_Transform):
    """Copy a node to other places."""

    command: Literal["copy"]
    args: CopyArgs


class Move(_Transform):
    """Move a node; references follow it."""

    command: Literal["move"]
    args: MoveArgs


class Rename(_Transform):
    """Change the key of a member; references follow it."""

    command: Literal["rename"]
    args: RenameArgs


class ExtractToRefs(_Transform):
    """Make inline schemas a component and refer to it."""

    command: Literal["extractToRefs"]
    args: ExtractArgs


class RenameValue(_Transform):
    """Give properties another name in code (`x-stainless-naming`)."""

    command: Literal["renameValue"]
    args: RenameValueArgs


Transform = Annotated[
    Remove | Update | Merge | Append | Copy | Move | Rename | ExtractToRefs | RenameValue,
    Field(discriminator="command"),
]
