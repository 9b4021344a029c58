"""The modules of types, rendered by datamodel-code-generator from the templates under `templates/models/`.

The renderer gets its own model objects with every decision made: names, annotations, defaults and docs. Its schema
parser is not involved (docs/decisions/0003).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Mode, Symbols, TypeModule
from sdkwright.plan.imports import Imports
from sdkwright.render.definitions import Definitions, DefinitionText
from sdkwright.text import join, py_str

if TYPE_CHECKING:
    from datamodel_code_generator.model.base import DataModel, DataModelFieldBase


def render_models(api: Api, names: Names, symbols: Symbols, templates: Path) -> dict[str, str]:
    """The source of every module under `types/`, by its path below the package, without headers."""
    printer = _Printer(templates)
    return {
        f"{module.module.replace('.', '/')}.py": _module(api, names, symbols, module, printer)
        for module in symbols.modules
    }


class _Printer:
    """datamodel-code-generator's classes for a model, a `TypedDict` and an alias, bound to our templates."""

    def __init__(self, templates: Path) -> None:
        # Imported here: half a second that a run which fails earlier should not pay.
        from datamodel_code_generator.model.pydantic_v2 import BaseModel, DataModelField
        from datamodel_code_generator.model.type_alias import TypeAlias
        from datamodel_code_generator.model.typed_dict import DataModelField as KeyField
        from datamodel_code_generator.model.typed_dict import TypedDict

        self._templates = templates
        self._model: tuple[type[DataModel], type[DataModelFieldBase]] = (BaseModel, DataModelField)
        self._typed_dict: tuple[type[DataModel], type[DataModelFieldBase]] = (TypedDict, KeyField)
        self._alias: tuple[type[DataModel], type[DataModelFieldBase]] = (TypeAlias, DataModelField)

    def print(self, text: DefinitionText, mode: Mode) -> str:
        """The source of one definition."""
        from datamodel_code_generator.reference import Reference
        from datamodel_code_generator.types import DataType

        model, field = self._alias if text.is_alias else self._model if mode is Mode.MODEL else self._typed_dict
        fields = [
            field(
                name=str(each.name),
                data_type=DataType(type=str(each.annotation)),
                required=True,
                extras={"assign": str(each.assign), "doc": str(each.doc)},
            )
            for each in text.fields
        ]
        name = str(text.name)
        extra = defaultdict(
            dict[str, Any], {name: {"bases": str(text.bases), "doc": str(text.doc), "further": str(text.further)}}
        )
        found = model(
            reference=Reference(path=name, original_name=name, name=name),
            fields=fields,
            custom_template_dir=self._templates,
            extra_template_data=extra,
        )
        return found.render()


def _module(api: Api, names: Names, symbols: Symbols, module: TypeModule, printer: _Printer) -> str:
    imports = Imports(module.module, reserved=_own_names(api, names, module))
    definitions = Definitions(api, names, symbols, imports)
    parts = [printer.print(definitions.text(each), each.mode).strip() for each in module.definitions]
    for _, symbol in module.reexports:
        imports.symbol(symbol)
    exported = [each.symbol.name for each in module.definitions] or [name for name, _ in module.reexports]
    listed = join(", ", (py_str(name) for name in exported))
    head = "\n".join(("from __future__ import annotations", *imports.lines(runtime=True), "", f"__all__ = [{listed}]"))
    return "\n\n\n".join((head, *parts)) + "\n"


def _own_names(api: Api, names: Names, module: TypeModule) -> frozenset[str]:
    """Names that mean something in a module: its definitions, and fields, which hide imports inside a class."""
    found = {each.symbol.name for each in module.definitions}
    for each in module.definitions:
        if not isinstance(api.declarations[each.id], Alias):
            found.update(names.fields[each.id] if each.mode is Mode.MODEL else names.keys[each.id])
    return frozenset(found)
