"""`pagination.py`: the page classes of each scheme, sync and async."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdkwright.name.reserved import NAMELESS, field_name
from sdkwright.pages.schemes import PageProperty, PageScheme
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.model import PageClass, PageModel, Pagination
from sdkwright.text import Code, code, join, py_doc, py_ident, py_str

_TYPES = {"integer": "int", "number": "float", "boolean": "bool"}
_DOCS = {
    "cursor": "A page whose successor is found with a cursor.",
    "cursor_id": "A page whose successor starts after the id of its last item.",
    "cursor_url": "A page that names the URL of its successor.",
    "offset": "A page that starts at an offset into the list.",
    "page_number": "A numbered page.",
    "fake_page": "A list that comes whole, as its only page.",
}
MODULE = "pagination"


def plan_pagination(context: Context, schemes: Iterable[PageScheme]) -> Pagination | None:
    """The page classes of the schemes that methods use; None without any."""
    planners = [_Planner(context, scheme, context.config.casing.pascal(scheme.name)) for scheme in schemes]
    if not planners:
        return None
    scope = Scope(context, Imports(MODULE))
    for module, names in _IMPORTS:
        for name in names.split():
            scope.runtime(module, name)
    classes = tuple(page for planner in planners for page in planner.classes(scope))
    models = tuple(model for planner in planners for model in planner.models(scope))
    exported = (*(model.name for model in models), *(page.name for page in classes))
    return Pagination(scope.imported(), models, classes, tuple(map(py_str, exported)))


_IMPORTS = (
    ("typing", "Generic List TypeVar"),
    ("typing_extensions", "override"),
    ("._base_client", "BasePage PageInfo BaseSyncPage BaseAsyncPage"),
)


@dataclass(frozen=True, slots=True)
class _Planner:
    context: Context
    scheme: PageScheme
    stem: str

    def classes(self, scope: Scope) -> tuple[PageClass, PageClass]:
        """The two classes."""
        items = self.scheme.field("items")
        fields = self._fields(scope, (), self.scheme.response)
        array = not items.path if items else False
        # A page that the server sent without its items is one without items: responses are read leniently.
        listed = code("{} or []", self._value(items)) if items and items.path else Code("self.items")

        def page(flavour: str) -> PageClass:
            return PageClass(
                name=py_ident(f"{flavour}{self.stem}"),
                base=py_ident(f"Base{flavour}Page"),
                doc=py_doc(_DOCS[self.scheme.kind], 4),
                fields=(Code('_array_field = "items"'), Code("items: List[_T]"), *fields) if array else fields,
                items=listed,
                next_page=tuple(Code(line) for step in self._next_page(scope) for line in step.split("\n")),
            )

        return page("Sync"), page("Async")

    def models(self, scope: Scope) -> tuple[PageModel, ...]:
        """The models of nested properties, the innermost first."""
        prefixes = {item.path[:end] for item in self.scheme.response for end in range(1, len(item.path))}
        ordered = sorted(prefixes, key=lambda path: (-len(path), path))
        if ordered:
            scope.runtime("._models", "BaseModel")
        return tuple(
            PageModel(
                self._model_name(path),
                self._fields(scope, path, self.scheme.response),
                self._holds_items(path),
            )
            for path in ordered
        )

    def _fields(self, scope: Scope, above: tuple[str, ...], properties: tuple[PageProperty, ...]) -> tuple[Code, ...]:
        depth = len(above)
        inside = [item for item in properties if item.path[:depth] == above and len(item.path) > depth]
        inside = [item for item in inside if item.header is None and item.purpose != "cursor_item_id"]
        found: dict[str, Code] = {}
        for item in inside:
            wire = item.path[depth]
            if wire in found:
                continue
            if len(item.path) > depth + 1:
                path = (*above, wire)
                name = self._model_name(path)
                annotation = code("{}[_T] | None", name) if self._holds_items(path) else code("{} | None", name)
                found[wire] = self._field(scope, wire, annotation, required=False)
            elif item.purpose == "items":
                found[wire] = self._field(scope, wire, Code("List[_T]"), required=True)
            else:
                annotation = code("{} | None", Code(_TYPES.get(item.type, "str")))
                found[wire] = self._field(scope, wire, annotation, required=False)
        return tuple(found.values())

    def _field(self, scope: Scope, wire: str, annotation: Code, *, required: bool) -> Code:
        name = self._attribute(wire)
        if name == wire:
            return code("{}: {}", name, annotation) if required else code("{}: {} = None", name, annotation)
        field = scope.runtime("pydantic", "Field")
        default = Code() if required else Code(", default=None")
        return code("{}: {} = {}(alias={}{})", name, annotation, field, py_str(wire), default)

    def _next_page(self, scope: Scope) -> tuple[Code, ...]:
        """The statements of `next_page_info`."""
        scheme = self.scheme
        steps: list[Code] = []
        has_next = scheme.field("has_next_page")
        if has_next is not None and scheme.kind != "fake_page":
            steps.append(code("if {} is False:\n    return None", self._value(has_next)))
        match scheme.kind:
            case "cursor":
                steps += self._by_value(scheme.field("next_cursor_field"), scheme.param("next_cursor_param"))
            case "cursor_id":
                steps += self._by_item()
            case "cursor_url":
                steps += self._by_value(scheme.field("cursor_url_field"), None)
            case "offset":
                steps += self._by_offset(scope)
            case "page_number":
                steps += self._by_number(scope)
            case "fake_page":
                steps.append(Code("return None"))
        return tuple(steps)

    def _by_value(self, field: PageProperty | None, param: PageProperty | None) -> list[Code]:
        if field is None or (param is None and self.scheme.kind != "cursor_url"):
            return [Code("return None")]
        info = code("PageInfo(url=cursor)") if param is None else self._info(param, Code("cursor"))
        return [
            code("cursor = {}", self._value(field)),
            Code("if not cursor:\n    return None"),
            code("return {}", info),
        ]

    def _by_item(self) -> list[Code]:
        param = self.scheme.param("next_cursor_id_param", "next_cursor_param")
        if param is None:
            return [Code("return None")]
        item = self.scheme.field("cursor_item_id")
        attribute = self._attribute(item.path[-1]) if item else Code("id")
        return [
            Code("items = self._get_page_items()"),
            code("cursor = getattr(items[-1], {}, None) if items else None", py_str(attribute)),
            Code("if not cursor:\n    return None"),
            code("return {}", self._info(param, Code("cursor"))),
        ]

    def _by_offset(self, scope: Scope) -> list[Code]:
        param = self.scheme.param("offset_count_param")
        if param is None:
            return [Code("return None")]
        start = self.scheme.field("offset_count_start_field")
        total = self.scheme.field("offset_total_count_field")
        steps = [*self._sent(scope, param, 0), *self._preferred(start)]
        steps.append(Code("following = current + len(self._get_page_items())"))
        steps += self._limit(total, Code("following >= total"))
        return [*steps, code("return {}", self._info(param, Code("following")))]

    def _by_number(self, scope: Scope) -> list[Code]:
        param = self.scheme.param("page_number_param")
        if param is None:
            return [Code("return None")]
        number = self.scheme.field("current_page_number_field")
        total = self.scheme.field("total_page_count_field")
        steps = [*self._sent(scope, param, 1), *self._preferred(number)]
        steps += self._limit(total, Code("current >= total"))
        return [*steps, code("return {}", self._info(param, Code("current + 1")))]

    def _sent(self, scope: Scope, param: PageProperty, default: int) -> list[Code]:
        """Where this page was asked to start."""
        if self.scheme.in_body:
            cast, mapping = (
                scope.runtime("typing", "cast"),
                scope.typing("collections.abc", "Mapping"),
            )
            sent = code('{}("{}[str, object]", self._origin.options.body or {{}})', cast, mapping)
        else:
            sent = Code("self._origin.options.params")
        return [
            code("asked = {}.get({})", sent, py_str(param.path[0])),
            code("current = asked if isinstance(asked, int) else {}", default),
        ]

    def _preferred(self, field: PageProperty | None) -> list[Code]:
        """What the response says of its start wins over what was asked for."""
        if field is None or field.type != "integer":
            return []
        return [
            code("stated = {}", self._value(field)),
            Code("if stated is not None:\n    current = stated"),
        ]

    def _limit(self, field: PageProperty | None, condition: Code) -> list[Code]:
        if field is None or field.type != "integer":
            return []
        return [
            code("total = {}", self._value(field)),
            code("if total is not None and {}:\n    return None", condition),
        ]

    def _info(self, param: PageProperty, value: Code) -> Code:
        place = Code("json") if self.scheme.in_body else Code("params")
        return code("PageInfo({}={{{}: {}}})", place, py_str(param.path[0]), value)

    def _value(self, field: PageProperty) -> Code:
        """A property of the response as an expression, None where something above it is missing."""
        if field.header is not None:
            return code("self._response_headers.get({})", py_str(field.header))
        names = [self._attribute(step) for step in field.path]
        chains = [join(".", [Code("self"), *names[:end]]) for end in range(1, len(names) + 1)]
        if len(chains) == 1:
            return chains[0]
        given = join(" and ", (code("{} is not None", chain) for chain in chains[:-1]))
        return code("{} if {} else None", chains[-1], given)

    def _attribute(self, wire: str) -> Code:
        return py_ident(field_name(self.context.config.casing.snake(wire, NAMELESS)))

    def _model_name(self, path: tuple[str, ...]) -> Code:
        return py_ident(self.stem + "".join(self.context.config.casing.pascal(step, "Part") for step in path))

    def _holds_items(self, path: tuple[str, ...]) -> bool:
        items = self.scheme.field("items")
        return items is not None and items.path[: len(path)] == path
