"""Names that mean something already where a generated name would stand."""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from collections.abc import Iterable, Set

NAMELESS = "value"
"""What a property or parameter is called that has no letter in its name, and what a leading digit gets in front."""

LONGEST = 100
"""Bytes of a name before anything is added to it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DEVICES = _words("con prn aux nul") | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}

CLASSES = (
    frozenset(name for name in dir(builtins) if name[:1].isupper())
    | _words("PythonFinalizationError BaseExceptionGroup ExceptionGroup EncodingWarning")
    | _words(
        "Annotated Any AsyncGenerator Callable ClassVar Dict Final FrozenSet Generic Iterable Iterator List Literal"
        " Mapping NamedTuple Optional Protocol Required Sequence Set Tuple Type TypeAlias TypeAliasType TypeVar"
        " TypedDict Union BaseModel Field FieldInfo FileTypes SequenceNotStr UnknownVariant TYPE_CHECKING Omit NotGiven"
    )
)
"""Names that a module of types uses itself; builtins of newer Pythons are listed, so that all give the same output."""

# What pydantic's and our own model base define; a field of that name would hide it.
_MODEL_METHODS = _words(
    "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json to_dict to_json"
    " update_forward_refs validate"
)

ARGUMENTS = _words(
    "self cls extra_headers extra_query extra_body timeout max_retries idempotency_key"
    " cast encode path_template make_request_options omit not_given is_given options"
)
"""Arguments that every method has, and functions that its body calls."""

RESOURCES = _words(
    "api_key auth_headers auth_schemes base_url close copy custom_auth default_headers default_query"
    " default_security delete get get_api_list is_closed max_retries patch platform_headers post put qs request"
    " send_request timeout user_agent with_options with_raw_response with_streaming_response"
)
"""Attributes that every client has."""


def is_keyword(name: str) -> bool:
    """Whether a name is a keyword of Python, or a soft one."""
    return keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in {"None", "True", "False"}


def safe(name: str, fallback: str) -> str:
    """A valid identifier close to a name: NFKC, no leading underscore or digit, at most 100 bytes.

    The limit of 120 bytes (THREATS.md, N4) leaves room for what tells names apart.
    """
    name = unicodedata.normalize("NFKC", name).lstrip("_")
    if not name or not name.isidentifier():
        digits = name if f"_{name}".isidentifier() else ""
        name = f"{fallback}{'_' if fallback.islower() and digits else ''}{digits}"
    return cut(name, LONGEST)


def cut(name: str, size: int) -> str:
    """The name, or as much of it as fits into so many bytes."""
    if name.isascii():
        return name[:size]
    while len(name.encode()) > size:
        name = name[:-1]
    return name


def class_name(name: str) -> str:
    """A class name, given a suffix where it means something else in a module of types."""
    name = safe(name, "Model")
    # A script without capitals would give a class the name of a field, which hides it inside of a model.
    return f"{name}Model" if name in CLASSES or is_keyword(name) or name == name.lower() else name


def field_name(name: str) -> str:
    """The attribute of a model: not a keyword, not a method of the base, nothing in pydantic's `model_` namespace."""
    name = safe(name, NAMELESS)
    if name.startswith("model_") or name == "model_config":
        return f"api_{name}"
    return f"{name}_" if is_hard_keyword(name) or name in _MODEL_METHODS else name


def key_name(name: str) -> str:
    """The key of a `TypedDict`: anything but a keyword."""
    name = safe(name, NAMELESS)
    return f"{name}_" if is_hard_keyword(name) else name


def argument_name(name: str, free: frozenset[str] = frozenset()) -> str:
    """An argument of a method; `free` are names that it may have although they are reserved."""
    name = safe(name, NAMELESS)
    return f"{name}_" if is_hard_keyword(name) or name in ARGUMENTS - free else name


def module_name(name: str) -> str:
    """A module: importable with a plain statement, and a file that every system can hold."""
    name = safe(name, "module")
    return f"{name}_" if is_keyword(name) or name.casefold() in _DEVICES else name


def is_hard_keyword(name: str) -> bool:
    """Whether a name cannot be an attribute at all; soft keywords can (`type`, `match`)."""
    return keyword.iskeyword(name) or name in {"None", "True", "False"}


def free(name: str, taken: Set[str]) -> str:
    """The name, with a number if it is taken; `taken` holds names in folded case (`str.casefold`)."""
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate = f"{name}_{number}" if name.islower() else f"{name}{number}"
        number += 1
    return candidate


def unique(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """The names with repetitions told apart by a number, ignoring case; the first one keeps its name.

    A number never makes a name that another one has by itself.
    """
    names = list(names)
    seen = {name.casefold() for name in taken}
    wanted = {name.casefold() for name in names}
    found: list[str] = []
    for name in names:
        given = name if name.casefold() not in seen else free(name, seen | wanted)
        seen.add(given.casefold())
        found.append(given)
    return tuple(found)
