"""Stage 5: operations become methods of a tree of resources, as the config says or as a person would have chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.arrange.configured import Arranger
from sdkwright.arrange.docs import with_docs
from sdkwright.arrange.endpoints import Endpoints, endpoints
from sdkwright.arrange.events import find_events
from sdkwright.arrange.inferred import infer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sdkwright.arrange.head import OperationHead
    from sdkwright.config import Config
    from sdkwright.diagnostics import Diagnostics, Location
    from sdkwright.ir.tree import ResourceNode
    from sdkwright.words import Casing

__all__ = ["arrange"]

NO_TAGS: Mapping[str, str] = {}


def arrange(
    heads: tuple[OperationHead, ...],
    config: Config,
    casing: Casing,
    diagnostics: Diagnostics,
    schemas: Collection[str] = (),
    tags: Mapping[str, str] = NO_TAGS,
) -> ResourceNode:
    """The resource tree of a package; the root stands for the client.

    `schemas` are the names of the components, `tags` what the document says of its tags.

    With `resources` in the config the tree is what they say: an operation that they do not mention is left out,
    with a note. Without, every operation is placed, except the `unspecified_endpoints`.
    """
    known = endpoints(heads)
    unwanted = _unspecified(config, known, diagnostics)
    for purpose, request in config.readme.example_requests.items():
        if known.find(request.endpoint) is None:
            place = config.locate("readme", "example_requests", purpose, "endpoint")
            _warn_unknown(request.endpoint, place, known, diagnostics)
    taken = frozenset(casing.snake(name) for name in config.client_settings.opts)
    if config.resources is None:
        inferred = infer(tuple(head for head in heads if head.key not in unwanted), casing, taken)
        return with_docs(inferred, heads, tags, casing)
    arranger = Arranger(known, casing, taken, diagnostics, schemas, config.dialect)
    tree = find_events(arranger.tree(config.resources, config.locate("resources")), casing, diagnostics)
    _note_unmentioned(heads, tree, unwanted, config, diagnostics)
    return with_docs(tree, heads, tags, casing)


def _unspecified(config: Config, known: Endpoints, diagnostics: Diagnostics) -> set[str]:
    """The keys of the operations that the config leaves out by name."""
    keys: set[str] = set()
    for index, endpoint in enumerate(config.unspecified_endpoints):
        head = known.find(endpoint)
        if head is not None:
            keys.add(head.key)
        else:
            _warn_unknown(endpoint, config.locate("unspecified_endpoints", index), known, diagnostics)
    return keys


def _warn_unknown(endpoint: str, place: Location, known: Endpoints, diagnostics: Diagnostics) -> None:
    near = known.nearest(endpoint)
    hint = f"did you mean `{near}`?" if near else "remove the line"
    diagnostics.warning("config/unknown-endpoint", f"the document has no endpoint `{endpoint}`", place, hint)


def _note_unmentioned(
    heads: tuple[OperationHead, ...],
    tree: ResourceNode,
    unwanted: set[str],
    config: Config,
    diagnostics: Diagnostics,
) -> None:
    used = {method.operation for _, node in tree.walk() for method in node.methods}
    left = sorted(head.key for head in heads if head.key not in used | unwanted)
    if left:
        shown = ", ".join(f"`{key}`" for key in left[:3]) + (" ..." if len(left) > 3 else "")
        message = f"{len(left)} of {len(heads)} operations are in no resource and are left out: {shown}"
        hint = "add them to `resources`, or to `unspecified_endpoints` to say that it is meant so"
        diagnostics.note("config/unmentioned-endpoints", message, config.locate("resources"), hint)
