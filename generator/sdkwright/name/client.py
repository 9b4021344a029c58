"""Names of the package, the client and the resources."""

from __future__ import annotations

import re

from sdkwright.ir.names import ClientNames, ResourceNames
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import reserved
from sdkwright.words import Casing

_NOISE = re.compile(
    r"\b(the|public|rest(ful)?|http|open\s?api|swagger|api|apis|specification|spec|reference|documentation|docs|service"
    r"|v?\d+(\.\d+)*)\b",
    re.IGNORECASE,
)


def client_names(
    title: str,
    stem: str,
    casing: Casing,
    *,
    organization: str = "",
    package: str = "",
    project: str = "",
) -> ClientNames:
    """The names of a package: what a config says, else the document's title without its noise, else its file's."""
    text = organization or _quiet(title, casing) or _quiet(stem, casing) or "api"
    import_name = package or reserved.module_name(casing.snake(text, "api"))
    client = reserved.class_name(casing.pascal(text, "API"))
    return ClientNames(
        package=import_name,
        project=project or import_name.replace("_", "-"),
        client=client,
        env_prefix=casing.snake(text, "api").upper(),
        title=_title(organization or title) or client,
    )


def _quiet(text: str, casing: Casing) -> str:
    """A title reduced to what it is about: `Discord HTTP API (Preview)` is `Discord`."""
    text = re.sub(r"\([^()]*\)", " ", text)
    quiet = _NOISE.sub(" ", text)
    kept = quiet if casing.words(quiet) else text
    words = casing.words(kept)
    return " ".join(kept.split()) if len(words) <= 4 else " ".join(words[:4])


def _title(text: str) -> str:
    return " ".join(text.split())[:80]


def resource_names(tree: ResourceNode, casing: Casing) -> dict[tuple[str, ...], ResourceNames]:
    """The names of every resource, by path. The root stands for the client itself and has none."""
    found: dict[tuple[str, ...], ResourceNames] = {}
    for path, node in tree.walk():
        if not path:
            continue
        parent = found.get(path[:-1])
        folder = parent.module.rsplit(".", 1)[0] if parent else "resources"
        attribute = node.name
        if len(path) == 1 and attribute in reserved.RESOURCES:
            attribute = f"{attribute}_"
        module = reserved.module_name(node.name)
        place = f"{folder}.{module}.{module}" if node.children else f"{folder}.{module}"
        found[path] = ResourceNames(attribute, casing.pascal(node.name, "Resource"), place)
    return found
