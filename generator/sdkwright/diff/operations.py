"""Compares two operations: their parameters, bodies, responses and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.content import compare_content
from sdkwright.diff.facts import Spot
from sdkwright.diff.lifecycle import lifecycle
from sdkwright.diff.parameters import compare_parameters
from sdkwright.diff.security import compare_requirements
from sdkwright.diff.servers import compare_servers

if TYPE_CHECKING:
    from sdkwright.diff.levels import Scope
    from sdkwright.diff.walk import Here


def compare_operation(here: Here) -> None:
    """An operation that the client calls."""
    _compare(here, here.scope.only(response=False), here.scope.only(request=False))


def compare_incoming(here: Here) -> None:
    """An operation that the server calls (a callback, a webhook): what it sends, the client receives."""
    _compare(here, here.scope.only(request=False), here.scope.only(response=False))


def _compare(here: Here, sent: Scope, received: Scope) -> None:
    here.prose("summary", "description", "externalDocs")
    lifecycle(here, "operation", here.base.node.get, here.revision.node.get)
    if (old := here.base.node.get("operationId")) != (new := here.revision.node.get("operationId")):
        here.fact("operation-id-changed", before=old, after=new, site=f"{here.base.at}/operationId")
    tags = values.texts(here.base.node.get("tags")), values.texts(here.revision.node.get("tags"))
    if tags[0] != tags[1]:
        here.fact(
            "tags-changed", before=values.words(tags[0]), after=values.words(tags[1]), site=f"{here.base.at}/tags"
        )
    compare_requirements(here)
    compare_servers(here)
    item = here.at(path_item(here.walk.base.root, here.base), path_item(here.walk.revision.root, here.revision))
    compare_servers(item)
    compare_parameters(here, item, sent)
    _body(here, sent)
    _responses(here, received)
    _callbacks(here)


def path_item(root: dict[str, object], operation: Spot) -> Spot:
    """The path item that holds an operation."""
    at = operation.at.rpartition("/")[0].removesuffix("/additionalOperations")
    found = pointers.follow(root, at)
    return Spot(found if pointers.is_object(found) else {}, at)


def _body(here: Here, scope: Scope) -> None:
    old, new = "requestBody" in here.base.node, "requestBody" in here.revision.node
    child = here.at(
        here.base.child("requestBody"), here.revision.child("requestBody"), name="the request body", scope=scope
    )
    if old and new:
        child.refer("requestBody", scope)
    elif old:
        end = here.walk.base.resolve(child.base)
        child.fact("body-removed", base=end.at, revision=None, site=end.at)
    elif new:
        end = here.walk.revision.resolve(child.revision)
        rule = "required-body-added" if end.node.get("required") is True else "body-added"
        child.fact(rule, base=None, revision=end.at, site=f"+{end.at}")


def compare_body(here: Here) -> None:
    """Two request bodies."""
    here.prose("description")
    old, new = here.base.node.get("required") is True, here.revision.node.get("required") is True
    if old != new:
        here.fact("body-became-required" if new else "body-became-optional")
    compare_content(here, "the request body")


def _responses(here: Here, scope: Scope) -> None:
    old, new = here.base.objects("responses"), here.revision.objects("responses")
    for status, spot in old.items():
        name = f"{status} of {here.name}"
        other = new.get(status) or new.get(f"{status[0]}XX")
        if other is not None:
            here.at(spot, other, name=f"the response {status}").refer("response", scope)
            continue
        end = here.walk.base.resolve(spot)
        rule = "success-removed" if _is_success(status) else "error-removed"
        here.fact(rule, name=name, base=end.at, revision=None, site=end.at, scope=scope)
    lost = [spot for status, spot in old.items() if _is_success(status) and status not in new]
    instead = [here.walk.base.resolve(spot).at for spot in lost] if len(lost) == 1 else []
    for status, spot in new.items():
        if status not in old:
            end = here.walk.revision.resolve(spot)
            rule = "success-added" if _is_success(status) else "error-added"
            site = next((each for each in instead if _is_success(status)), f"+{end.at}")
            here.fact(rule, name=f"{status} of {here.name}", base=None, revision=end.at, site=site, scope=scope)


def _is_success(status: str) -> bool:
    return status[0] in "23"


def compare_response(here: Here) -> None:
    """Two responses: headers, content and links."""
    here.prose("description", "summary")
    _headers(here)
    compare_content(here, here.name)
    old, new = here.base.objects("links"), here.revision.objects("links")
    for name, spot in old.items():
        if name not in new:
            here.fact("link-removed", name=name, base=spot.at, site=spot.at)
            continue
        one, other = here.walk.base.resolve(spot), here.walk.revision.resolve(new[name])
        if values.meaning(one.node) != values.meaning(other.node):
            here.fact("link-changed", name=name, before=one.node, after=other.node, base=one.at, revision=other.at,
                      site=spot.at)  # fmt: skip
    for name, spot in new.items():
        if name not in old:
            here.fact("link-added", name=name, base=None, revision=spot.at, site=f"+{spot.at}")


def _headers(here: Here) -> None:
    """Headers by name without case; `Content-Type` is described by the content (3.1, 4.8.17.1)."""
    old = {name.lower(): (name, spot) for name, spot in here.base.objects("headers").items()}
    new = {name.lower(): (name, spot) for name, spot in here.revision.objects("headers").items()}
    for key, (name, spot) in old.items():
        if key == "content-type":
            continue
        if key in new:
            here.at(spot, new[key][1], name=f"the header {name}").refer("header", here.scope)
        else:
            end = here.walk.base.resolve(spot)
            required = end.node.get("required") is True
            here.fact("required-header-removed" if required else "header-removed", name=name, base=end.at,
                      revision=None, site=end.at)  # fmt: skip
    for key, (name, spot) in new.items():
        if key not in old and key != "content-type":
            end = here.walk.revision.resolve(spot)
            here.fact("header-added", name=name, base=None, revision=end.at, site=f"+{end.at}")


def _callbacks(here: Here) -> None:
    old, new = here.base.objects("callbacks"), here.revision.objects("callbacks")
    for name, spot in old.items():
        if name in new:
            here.at(spot, new[name], name=f"the callback {name}").refer("callback", here.scope)
        else:
            here.fact("callback-removed", name=name, base=spot.at, revision=None, site=spot.at)
    for name, spot in new.items():
        if name not in old:
            here.fact("callback-added", name=name, base=None, revision=spot.at, site=f"+{spot.at}")


def compare_callback(here: Here) -> None:
    """Two callbacks: their expressions, and the operations that the server calls there."""
    from sdkwright.diff.document import operations

    for expression, node in here.base.node.items():
        other = here.revision.node.get(expression)
        if expression.startswith("x-") or not pointers.is_object(node):
            continue
        step = f"/{pointers.escape(expression)}"
        if not pointers.is_object(other):
            here.fact("callback-removed", name=expression, base=here.base.at + step, revision=None)
            continue
        base = here.walk.base.resolve(Spot(node, here.base.at + step))
        revision = here.walk.revision.resolve(Spot(other, here.revision.at + step))
        theirs = {method: spot for method, _, spot in operations(revision, expression)}
        for method, _, spot in operations(base, expression):
            if method in theirs:
                here.at(spot, theirs[method], name=f"{method} {expression}").edge("incoming", here.scope)
            else:
                here.fact("callback-removed", name=f"{method} {expression}", base=spot.at, revision=None)
    for expression in here.revision.node:
        if expression not in here.base.node and not expression.startswith("x-"):
            here.fact("callback-added", name=expression, base=None)
