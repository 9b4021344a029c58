"""What a package keeps of the surface that its users know, when its config was written for another generator.

Stages ask a `Dialect` for facts, never where the config came from (docs/decisions/0005-inherited-configs.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, cast

_SCHEMA = re.compile(r"https://app\.stainless(?:api)?\.com/\S*schema\S*")
_FIRST_COMMENT = re.compile(r"\s*#\s*yaml-language-server:\s*\$schema=(\S+)")
_FILES = frozenset({"stainless.yml", "stainless.yaml"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """The differences, one fact each. `Dialect()` is a package that continues no other."""

    http_library: Literal["httpx2", "httpx"] = "httpx2"
    """The HTTP library of a config that names none."""
    older_names: bool = False
    """Whether the semi-public names of older runtimes are there as well (`templates/compat`)."""
    telemetry_prefix: str | None = None
    """What the headers that describe the caller's platform start with; None sends none."""
    free_arguments: frozenset[str] = frozenset()
    """Names of arguments that need no suffix, though a method of ours has something of that name."""
    shared_packages: bool = False
    """Whether the models of `$shared` have packages of their own, `types.shared` and `types.shared_params`."""
    body_overloads: bool = False
    """Whether a body that is one of several objects becomes keyword arguments, with an overload for each."""
    stated_pages: bool = False
    """Whether lists have pages only where the config has a scheme for them."""
    path_servers: bool = False
    """Whether the servers of single paths and operations get credentials, and give way to a base URL of the user."""
    unwrap_methods: bool = False
    """Whether webhooks are read by the methods of `type: webhook_unwrap`, and by nothing else."""
    listed_models: bool = False
    """Whether the models that the config lists are all there is: nothing else has a name, and none is left out."""
    first_success: bool = False
    """Whether a method returns what the first success with a body holds, whatever others there are."""
    error_types: bool = True
    """Whether the bodies of errors have types."""
    empty_objects: bool = False
    """Whether `x-stainless-empty-object` makes an object a model without fields."""
    overriding: bool = False
    """Whether an object inherits from a named one of which it says some properties anew."""
    stated_names: bool = False
    """Whether the variants of a union, and the items of a list with a name, are called by what the document states:
    constant, title or reference, else `UnionMember` and a number; `Item` and the list's name in the singular."""
    annotated_keys: bool = False
    """Whether the keys of params say their names on the wire, which an owner's own code may look for."""
    hidden_rings: bool = False
    """Whether types that refer to each other in a ring are defined in a module that nobody imports from."""
    needed_params: bool = False
    """Whether params have a type only where something goes into the query or the body, and a model that a body is only
    where that is one of several."""
    listed_resources: bool = False
    """Whether the modules of resources and of the client say what they export."""
    streamed_client: bool = False
    """Whether the streaming view of the client is called `...WithStreamedResponse`."""
    api_tests: bool = False
    """Whether the package brings tests of its methods (`tests/api_resources`) and scripts that run them."""


OURS = Dialect()
INHERITED = Dialect(
    http_library="httpx",
    older_names=True,
    telemetry_prefix="X-Stainless",
    free_arguments=frozenset({"options"}),
    shared_packages=True,
    body_overloads=True,
    stated_pages=True,
    path_servers=True,
    unwrap_methods=True,
    listed_models=True,
    first_success=True,
    error_types=False,
    empty_objects=True,
    overriding=True,
    stated_names=True,
    annotated_keys=True,
    hidden_rings=True,
    needed_params=True,
    listed_resources=True,
    streamed_client=True,
    api_tests=True,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """By what an inherited config was recognised: in words, and where it stands."""

    what: str
    steps: tuple[str, ...] = ()


def sign(data: object, file: str, text: str = "") -> Sign | None:
    """The sign that a config was inherited; None for one of our own.

    `data` are the contents of `file`, and `text` is what was read there, whose first line may name a JSON Schema.
    """
    root = _mapping(data)
    for steps in (("edition",), ("targets", "python", "edition")):
        holder = root
        for step in steps[:-1]:
            holder = _mapping(holder.get(step))
        if holder.get("edition") is not None:
            return Sign(f"its `{'.'.join(steps)}`", steps)
    if _SCHEMA.fullmatch(str(root.get("$schema", ""))):
        return Sign("its `$schema`", ("$schema",))
    comment = _FIRST_COMMENT.match(text)
    if comment and _SCHEMA.fullmatch(comment[1]):
        return Sign("the schema in its first comment")
    return Sign("its name") if PurePath(file).name in _FILES else None


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
