"""The base of every part of a config: which keys it has, which it knows but does not use, what an editor is told."""

from __future__ import annotations

import ast
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, ClassVar, cast

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Section(BaseModel):
    """One mapping of the config. Keys that are no field are kept aside, and `config.check` says what they are."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    no_effect: ClassVar[frozenset[str]] = frozenset()
    """Keys of the vocabulary that say nothing about a Python package, or nothing that this version does. Those that are
    fields are checked all the same."""

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys that have an effect, as they are written."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items()) - cls.no_effect

    @property
    def given(self) -> tuple[str, ...]:
        """The keys that the file has here and that have no effect, or that nobody knows."""
        idle = [name for name in type(self).model_fields if name in self.model_fields_set & self.no_effect]
        return (*idle, *(self.model_extra or {}))

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON Schema, closed, with the keys that have no effect described as such."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        properties = schema.setdefault("properties", {})
        for name, text in _docs(cls).items():
            properties[cls.model_fields[name].alias or name]["description"] = text
        idle = {"description": "Accepted, without effect here."}
        properties.update({key: {**properties.get(key, {}), **idle} for key in sorted(cls.no_effect)})
        schema["additionalProperties"] = False
        return schema


OTHER_LANGUAGES = frozenset(
    {
        "node",
        "typescript",
        "go",
        "java",
        "kotlin",
        "ruby",
        "terraform",
        "cli",
        "php",
        "csharp",
        "http",
        "openapi",
    }
)
"""The targets of the vocabulary besides Python. They are accepted and left alone."""


def _docs(section: type[Section]) -> dict[str, str]:
    """The docstrings of a section's fields. Read here, for editors, because reading them at import costs 0.1 s."""
    body = cast("ast.ClassDef", ast.parse(dedent(getsource(section))).body[0]).body
    return {
        field.target.id: cleandoc(doc.value.value)
        for field, doc in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and field.target.id in section.model_fields
        and isinstance(doc, ast.Expr)
        and isinstance(doc.value, ast.Constant)
        and isinstance(doc.value.value, str)
    }


def applies(skip: bool | tuple[str, ...], only: tuple[str, ...] | None) -> bool:
    """Whether a node with these `skip` and `only` is meant for Python."""
    skipped = skip if isinstance(skip, bool) else "python" in skip
    return not skipped and (only is None or "python" in only)
