"""Names of the package, the client and the resources."""

from __future__ import annotations

import re
import unicodedata

from sdkwright.config.values import TAKEN_MODULES
from sdkwright.ir.names import ClientNames, ResourceNames
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import reserved
from sdkwright.words import Casing


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOISE = re.compile(
    r"^\W*the\b|\b(public|rest(ful)?|http|open\s?api|swagger|api|apis|specification|spec|reference|documentation|docs|official"
    r"|v?\d+(\.\d+)*)\b",
    re.IGNORECASE,
)

_LONGEST_STEM = 80
"""Bytes of a name that others are made of: `Async...ResourceWithStreamingResponse` must fit into 120."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "Oe", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}
    | {"þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "\u0131": "i"}
)
"""Latin letters that Unicode does not take apart into a plain one and an accent."""

_EXPORTS = _table(
    """
    APIError APIResponse APIStatusError AsyncAPIClient AsyncAPIResponse AsyncClient AsyncStream BaseClient BaseModel
    Client DefaultAioHttpClient DefaultAsyncHttpxClient DefaultHttpxClient NoneType NotGiven Omit ProxiesTypes
    RequestOptions Stream SyncAPIClient Timeout Transport
    """
)
"""Classes of every package beside its client."""

_ERRORS = _table(
    """
    API APIConnection APIResponseValidation APIStatus APITimeout Authentication BadRequest Conflict InternalServer
    NotFound PermissionDenied RateLimit UnprocessableEntity
    """
)
"""Names whose `<Name>Error` every package has already."""


def client_names(
    title: str,
    stem: str,
    casing: Casing,
    *,
    organization: str = "",
    package: str = "",
    project: str = "",
    env_prefix: str = "",
) -> ClientNames:
    """The names of a package: what a config says, else the document's title without its noise, else its file's.

    What is inferred is ASCII: accents are dropped (`Café` is `cafe`), other scripts are no help to a name. A name that
    starts with a digit gets `api` in front, one that Python or a dependency uses gets `sdk` behind (`json_sdk`).
    """
    owner = _ascii(organization)
    if casing.words(owner):
        snake, pascal = casing.snake(owner, "api"), casing.pascal(owner, "API")
    else:
        words = _quiet(title) or _quiet(stem) or _words(title) or ("api",)
        snake = "_".join(word.lower() for word in words)
        pascal = "".join(_brand(word, casing) for word in words)
        if snake[0].isdigit():
            snake, pascal = f"api_{snake}", f"API{pascal}"
    snake = reserved.safe(snake, "api")
    import_name = package or (f"{snake}_sdk" if _is_taken(snake) else snake)
    client = _client_class(pascal)
    return ClientNames(
        package=import_name,
        project=project or _distribution(import_name),
        client=client,
        env_prefix=env_prefix or snake.upper(),
        title=_title(organization or title) or client,
    )


def _is_taken(name: str) -> bool:
    return name in TAKEN_MODULES or reserved.module_name(name) != name


def _client_class(pascal: str) -> str:
    """A class that hides nothing of its package, and whose error does not either (`APIError`)."""
    name = reserved.cut(reserved.safe(pascal, "API"), _LONGEST_STEM)
    return f"{name}SDK" if name in _EXPORTS | _ERRORS or reserved.class_name(name) != name else name


def _distribution(package: str) -> str:
    """The package as the normalised name of a distribution (PEP 503); PEP 508 allows ASCII alone."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(package).lower()).strip("-") or "api"


def _ascii(text: str) -> str:
    """The text in ASCII: letters without their accents, a blank for each character that has no such form."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char if char.isascii() else "" if unicodedata.combining(char) else " " for char in plain)


def _quiet(title: str) -> tuple[str, ...]:
    """The words of a title that say what it is about: `Discord HTTP API (Preview)` is about `Discord`.

    A service has one word before it at least: `Name Service` is no `Name`.
    """
    words = _words(_NOISE.sub(" ", _plain(title)))
    others = tuple(word for word in words if word.lower() != "service")
    return others if len(others) > 1 else words


def _words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_plain(title))[:4])


def _plain(title: str) -> str:
    """A title in ASCII, without what stands in parentheses and without `'s`."""
    return _ascii(re.sub(r"\([^()]*\)|['\u2019]s\b", " ", title))


def _brand(word: str, casing: Casing) -> str:
    """A word of a title in a class name. Capitals inside a word are the brand's own (`OpenAI`, `E2B`)."""
    shouted = word.isupper() and len(word) > 4 and word.isalpha()
    return word if not shouted and not word[1:].islower() and word[:1].isupper() else casing.pascal(word)


def _title(text: str) -> str:
    return " ".join(text.split())[:80]


def resource_names(tree: ResourceNode, casing: Casing) -> dict[tuple[str, ...], ResourceNames]:
    """The names of every resource, by path. The root stands for the client itself and has none."""
    found: dict[tuple[str, ...], ResourceNames] = {}
    nodes = dict(tree.walk())
    for path, node in nodes.items():
        if not path:
            continue
        parent = found.get(path[:-1])
        folder = parent.module.rsplit(".", 1)[0] if parent else "resources"
        attribute = node.name
        if len(path) == 1 and attribute in reserved.RESOURCES:
            attribute = f"{attribute}_"
        module = reserved.module_name(node.name)
        if parent and f"{folder}.{module}" == parent.module:
            module = f"{module}_"  # `users.users`: the folder holds the parent's own module of that name
        place = f"{folder}.{module}.{module}" if node.children else f"{folder}.{module}"
        stem = casing.pascal(node.name, "Resource")
        beside = {casing.pascal(sibling.name, "Resource") for sibling in nodes[path[:-1]].children} - {stem}
        if parent and stem == parent.stem:
            stem = f"{casing.singular(stem)}{stem}"
        elif stem.removeprefix("Async") in beside:
            stem = f"{stem.removeprefix('Async')}Async"  # `AsyncSearchResource` is the async form of `SearchResource`.
        found[path] = ResourceNames(attribute, reserved.cut(stem, _LONGEST_STEM), place)
    return found


def resource_stem(name: str, casing: Casing) -> str:
    """What the classes of a resource are called like if no other ones are."""
    return reserved.cut(casing.pascal(name, "Resource"), _LONGEST_STEM)
