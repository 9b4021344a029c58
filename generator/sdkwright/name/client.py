"""Names of the package, the client and the resources."""

from __future__ import annotations

import re

from sdkwright.ir.names import ClientNames, ResourceNames
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import reserved
from sdkwright.words import Casing

_NOISE = re.compile(
    r"\b(the|public|rest(ful)?|http|open\s?api|swagger|api|apis|specification|spec|reference|documentation|docs|service|official"
    r"|v?\d+(\.\d+)*)\b",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W_]+")


def client_names(
    title: str, stem: str, casing: Casing, *, organization: str = "", package: str = "", project: str = ""
) -> ClientNames:
    """The names of a package: what a config says, else the document's title without its noise, else its file's."""
    words = _quiet(title, casing) or _quiet(stem, casing) or ("api",)
    snake = casing.snake(organization, "api") if organization else "_".join(word.lower() for word in words)
    pascal = casing.pascal(organization, "API") if organization else "".join(_brand(word, casing) for word in words)
    import_name = package or reserved.module_name(snake)
    client = reserved.class_name(pascal)
    return ClientNames(
        package=import_name,
        project=project or import_name.replace("_", "-"),
        client=client,
        env_prefix=snake.upper(),
        title=_title(organization or title) or client,
    )


def _quiet(text: str, casing: Casing) -> tuple[str, ...]:
    """The words of a title that say what it is about: `Discord HTTP API (Preview)` is about `Discord`."""
    text = re.sub(r"\([^()]*\)|['\u2019]s\b", " ", text)
    quiet = _NOISE.sub(" ", text)
    return tuple(_WORD.findall(quiet if casing.words(quiet) else text)[:4])


def _brand(word: str, casing: Casing) -> str:
    """A word of a title in a class name. Capitals inside a word are the brand's own (`OpenAI`, `E2B`)."""
    shouted = word.isupper() and len(word) > 4 and word.isalpha()
    return word if not shouted and not word[1:].islower() and word[:1].isupper() else casing.pascal(word, "API")


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
