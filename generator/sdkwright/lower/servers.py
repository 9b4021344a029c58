"""Servers (OpenAPI 3.1, 4.8.5): those of the client, and those that an operation or a path has instead."""

from __future__ import annotations

from collections import Counter

from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.operations import Server, ServerVariable
from sdkwright.lower.nodes import Raw, Tree, as_list, as_mapping, as_text
from sdkwright.lower.walk import RawOperation


def client_servers(
    raw: list[RawOperation], tree: Tree, diagnostics: Diagnostics, *, trusted: bool = False
) -> tuple[Server, ...]:
    """The document's servers, else those that most of its operations name; others are reported.

    Others that are `trusted` get the client's credentials.
    """
    pointers = [item.servers for item in raw if item.servers]
    used = "/servers"
    if not as_list(tree.get(used)) and pointers:
        texts = Counter(str(tree.get(pointer)) for pointer in pointers)
        used = max(pointers, key=lambda pointer: texts[str(tree.get(pointer))])
    found = servers_at(tree, used)
    for pointer in dict.fromkeys(pointers):
        own = own_server(pointer, found, tree)
        if own is not None and "://" in own and trusted:
            diagnostics.note(
                "server/override",
                f"calls of this path or operation go to {own[:120]} until the client is given a `base_url`",
                tree.locate(pointer),
            )
        elif own is not None and "://" in own:
            diagnostics.note(
                "server/override",
                f"calls of this path or operation go to {own[:120]}, without the client's credentials",
                tree.locate(pointer),
                "build a client with that `base_url` to send credentials there",
            )
        elif own is not None:
            diagnostics.warning(
                "server/override",
                f"the relative server {own[:120]!r} is not used; calls of its operations go to the client's base URL",
                tree.locate(pointer),
                "write the whole URL",
            )
    return found


def report_choice(servers: tuple[Server, ...], tree: Tree, diagnostics: Diagnostics) -> None:
    """Note which of the document's servers a client without environments uses, if that is not plain."""
    first = servers[0].url if servers else ""
    others = [each for each in servers if each.url.partition("://")[2] != first.partition("://")[2]]
    if "://" not in first and not first.startswith("{"):
        diagnostics.note(
            "document/no-server",
            "the document names no server with a whole URL, so each client has to be given a `base_url`",
            servers[0].location if servers else tree.locate(""),
            "add one under `servers`, or under `environments` in sdk.yaml",
        )
    elif others:
        diagnostics.note(
            "server/others",
            f"a client calls {first[:120]}; it does not know of {', '.join(each.url for each in others)[:160]}",
            others[0].location,
            "name the servers under `environments` in sdk.yaml to choose among them",
        )


def own_server(pointer: str, servers: tuple[Server, ...], tree: Tree) -> str | None:
    """The first of the servers of an operation or path, if the document has none of them."""
    own = servers_at(tree, pointer) if pointer else ()
    return None if {server.url for server in own} & {server.url for server in servers} else _first_url(own) or None


def _first_url(servers: tuple[Server, ...]) -> str:
    """The URL of the first server with its variables filled in; empty without one."""
    url = servers[0].url if servers else ""
    for variable in servers[0].variables if servers else ():
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url


def servers_at(tree: Tree, pointer: str) -> tuple[Server, ...]:
    """The servers at a pointer with their variables."""
    found: list[Server] = []
    for index, item in enumerate(as_list(tree.get(pointer))):
        raw = as_mapping(item)
        url = as_text(raw.get("url"))
        if not url:
            continue
        variables = as_mapping(raw.get("variables"))
        found.append(
            Server(
                url,
                tree.locate(f"{pointer}/{index}"),
                as_text(raw.get("description")),
                tuple(_variable(str(name), as_mapping(variables[name])) for name in sorted(variables)),
            )
        )
    return tuple(found)


def _variable(name: str, raw: Raw) -> ServerVariable:
    choices = tuple(str(item) for item in as_list(raw.get("enum")))
    return ServerVariable(name, str(raw.get("default", "")), choices, as_text(raw.get("description")))
