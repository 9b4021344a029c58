"""Which methods return pages: an operation fits a scheme when its request and its response both do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sdkwright.config import Config
from sdkwright.diagnostics import Location
from sdkwright.ir.api import Api
from sdkwright.ir.operations import Operation, OperationKey, ResponseKind
from sdkwright.ir.shapes import Shapes
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import ListOf, Type
from sdkwright.pages.infer import infer_schemes
from sdkwright.pages.schemes import PageProperty, PageScheme, from_config

NEXT_PARAMS = (
    "next_cursor_param",
    "next_cursor_id_param",
    "page_number_param",
    "offset_count_param",
)
NEEDED_FIELDS = ("items", "next_cursor_field", "cursor_url_field", "next_cursor_url_field")


@dataclass(frozen=True, slots=True)
class PageMatch:
    """A method that returns pages of a scheme with items of a type. `stem` is that of the page classes."""

    scheme: PageScheme
    stem: str
    item: Type

    def class_name(self, *, is_async: bool) -> str:
        """The page class: `SyncCursorPage`."""
        return f"{'Async' if is_async else 'Sync'}{self.stem}"


@dataclass(frozen=True, slots=True)
class Pages:
    """The schemes of a package."""

    schemes: tuple[PageScheme, ...]
    matches: Mapping[MethodNode, PageMatch]
    inferred: bool = False
    """Whether the schemes are a guess, for want of any in the config."""

    @classmethod
    def of(cls, api: Api, resources: ResourceNode, config: Config) -> Pages:
        """Those of the config; without any, those that the document's lists clearly share."""
        shapes = Shapes(api)
        said = "pagination" in config.model_fields_set or config.dialect.stated_pages
        schemes = tuple(map(from_config, config.pagination)) if said else infer_schemes(shapes)
        operations = {operation.key: operation for operation in api.operations}
        matches: dict[MethodNode, PageMatch] = {}
        for _, resource in resources.walk():
            for node in resource.methods:
                found = _match(shapes, schemes, node, operations[node.operation])
                if found is not None:
                    scheme, item = found
                    matches[node] = PageMatch(scheme, config.casing.pascal(scheme.name), item)
        return cls(schemes, matches, not said)

    def match(self, node: MethodNode) -> PageMatch | None:
        """How a method pages, if it does."""
        return self.matches.get(node)

    def guesses(self, operations: Mapping[OperationKey, Operation]) -> Iterator[tuple[Location, str]]:
        """What each inferred scheme takes for paging, at the first operation that has it."""
        told: set[str] = set()
        for node, match in self.matches.items() if self.inferred else ():
            scheme, operation = match.scheme, operations[node.operation]
            param, following = scheme.param(*NEXT_PARAMS), scheme.field(*NEEDED_FIELDS[1:])
            if scheme.name in told or param is None:
                continue
            told.add(scheme.name)
            sent = f"`{'.'.join(param.path)}` asks for the next one"
            if following is not None:
                sent = f"`{'.'.join(following.path)}` of one page is sent as `{'.'.join(param.path)}` for the next"
            yield operation.location, f"lists like `{operation.key[:120]}` are taken to come in pages: {sent}"


def _match(
    shapes: Shapes, schemes: tuple[PageScheme, ...], node: MethodNode, operation: Operation
) -> tuple[PageScheme, Type] | None:
    """The first scheme that a method fits and the type of its items, unless the config says that it has none."""
    if node.paginated is False:
        return None
    for scheme in schemes:
        if scheme.kind == "fake_page" and node.name != "list" and not node.paginated:
            continue
        if scheme.in_body and node.body_param_name is not None:
            continue  # the body is one argument, which the page has no part of
        item = fit(shapes, scheme, operation)
        if item is not None:
            return scheme, item
    return None


def fit(shapes: Shapes, scheme: PageScheme, operation: Operation) -> Type | None:
    """The type of the items if the operation pages as the scheme says, else None."""
    if operation.response.kind is not ResponseKind.JSON or operation.stream_switch is not None:
        return None
    place = "field" if scheme.in_body else "query"
    arguments = {argument.wire for argument in operation.arguments if argument.place == place}
    if any(item.path[0] not in arguments for item in scheme.request if item.purpose in NEXT_PARAMS):
        return None
    for item in scheme.response:
        if (
            item.purpose in NEEDED_FIELDS
            and item.is_field
            and find_field(shapes, operation.response.type, item) is None
        ):
            return None
    items = scheme.field("items")
    return None if items is None else item_type(shapes, operation.response.type, items)


def item_type(shapes: Shapes, response: Type, items: PageProperty) -> Type | None:
    """The type of one item of a response's list."""
    found = find_field(shapes, response, items) if items.path else response
    if found is None:
        return None
    lists = [leaf for leaf in shapes.leaves(found) if isinstance(leaf, ListOf)]
    return lists[0].item if len(lists) == 1 else None


def find_field(shapes: Shapes, response: Type, wanted: PageProperty) -> Type | None:
    """The type of a field of a response, looked up step by step."""
    type_: Type | None = response
    for step in wanted.path:
        item = shapes.object_of(type_) if type_ is not None else None
        type_ = next((each.type for each in shapes.wire_fields(item) if each.wire == step), None) if item else None
    return type_
