"""The only ways in which text from a document reaches output: one function per kind of place (THREATS N1, N5).

Everything here returns `Code`, and templates print nothing else. Text is encoded, never cleaned by guessing;
an identifier is accepted as it is or refused.
"""

from __future__ import annotations

import keyword
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import LiteralString

from sdkwright.ir.types import Json
from sdkwright.prose import wrap_markdown

DOC_WIDTH = 100
"""Columns that a docstring may take, its indentation included."""


class Code(str):
    """Trusted output text: written by us, or quoted by one of the functions of this module."""

    __slots__ = ()


EMPTY = Code()
"""Nothing to print."""


class BadIdentifier(ValueError):  # noqa: N818  (it names the finding)
    """A name that Python would not take, or would take for something else."""


def code(template: LiteralString, *parts: Code | int) -> Code:
    """A template of our own with quoted parts in it (`str.format`): `code("{}[{}]", outer, inner)`."""
    return Code(template.format(*parts))


def join(separator: LiteralString, parts: Iterable[Code]) -> Code:
    """Quoted parts with a separator of our own between them."""
    return Code(separator.join(parts))


def py_str(text: str) -> Code:
    """A Python string literal. Controls, bidirectional marks, separators, surrogates become escapes."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return Code(f'"{text}"')
    return Code('"' + "".join(_escaped(char) for char in text) + '"')


def py_literal(value: Json) -> Code:
    """A Python literal that evaluates to a JSON value.

    Raises ValueError for numbers that have no literal (NaN, the infinities) or more than 400 digits.
    """
    match value:
        case None | bool():
            return Code(value)
        case str():
            return py_str(value)
        case int():
            if abs(value) >= 10**400:
                raise ValueError("a number of more than 400 digits")
            return Code(value)
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} has no literal")
            return Code(repr(value))
        case list():
            return code("[{}]", join(", ", map(py_literal, value)))
        case dict():
            return py_dict((py_str(key), py_literal(item)) for key, item in value.items())


def py_dict(items: Iterable[tuple[Code, Code]]) -> Code:
    """A dict display of quoted keys and values."""
    return code("{{{}}}", join(", ", (code("{}: {}", key, value) for key, value in items)))


def py_tuple(items: Iterable[Code]) -> Code:
    """A tuple display, right for none, one and many."""
    parts = list(items)
    return code("({},)", parts[0]) if len(parts) == 1 else code("({})", join(", ", parts))


@lru_cache(maxsize=8192)
def py_ident(name: str) -> Code:
    """The name itself, if it is a normalised identifier of at most 120 bytes, no keyword and no dunder."""
    fine = (
        name.isidentifier()
        and not keyword.iskeyword(name)
        and not (name.startswith("__") and name.endswith("__"))
        and unicodedata.normalize("NFKC", name) == name
        and len(name.encode()) <= 120
    )
    if not fine:
        raise BadIdentifier(f"{name[:130]!r} cannot be a name in Python")
    return Code(name)


def py_dotted(name: str) -> Code:
    """Identifiers with dots between them: `resources.sessions`."""
    return join(".", (py_ident(part) for part in name.split(".")))


def py_doc(text: str, indent: int = 4) -> Code:
    """A docstring: Markdown wrapped to `DOC_WIDTH`, lines after the first indented, nothing if there is no text."""
    return py_doc_lines(doc_lines(text, indent), indent)


def doc_lines(text: str, indent: int = 4) -> list[str]:
    """Markdown as the first lines of a docstring, with room for the quotes around it."""
    lines = wrap_markdown(text, DOC_WIDTH - indent)
    quotes = 6 if len(lines) == 1 else 3
    fits = not lines or indent + len(lines[0]) + quotes <= DOC_WIDTH
    return lines if fits else wrap_markdown(text, DOC_WIDTH - indent - quotes)


def py_doc_lines(lines: Iterable[str], indent: int = 4) -> Code:
    """A docstring of lines that have their width already."""
    parts = list(lines)
    if not parts:
        return Code()
    if len(parts) == 1:
        body = parts[0].rstrip('"')
        return Code(f'"""{_doc_line(body)}{(len(parts[0]) - len(body)) * _QUOTE}"""')
    margin = " " * indent
    rest = (part and margin + _doc_line(part) for part in parts[1:])
    return Code("\n".join([f'"""{_doc_line(parts[0])}', *rest, f'{margin}"""']))


_QUOTE = '\\"'


def _doc_line(line: str) -> str:
    return _controls_escaped(line.replace("\\", "\\\\").replace('"""', 3 * _QUOTE))


_DIRECTIVE = re.compile(r"(?i)^(type|noqa|fmt|pyright|ruff|flake8|mypy|isort|yapf|pylint|pragma|nosec|.*coding)\b")


def py_comment(text: str) -> Code:
    """A comment of one line, which no tool takes for an instruction."""
    words = " ".join(text.replace("#", " ").split())
    words = _controls_escaped(words)
    return Code(f"# ({words})" if _DIRECTIVE.match(words) else f"# {words}")


def toml_str(text: str) -> Code:
    """A basic string of TOML 1.0."""
    return Code('"' + "".join(_escaped(char, byte_escapes=False) for char in text) + '"')


def md_text(text: str) -> Code:
    """Plain text in Markdown, on one line: nothing in it is markup or HTML."""
    line = " ".join(_controls_dropped(text).split())
    line = re.sub(r"([\\`*_\[\]|~])", r"\\\1", escape(line, quote=False))
    return Code(re.sub(r"^([#+-]|\d+(?=[.)]))", r"\\\1", line))


def md_markdown(text: str) -> Code:
    """Markdown of a document, as Markdown; HTML in it becomes text, images become links."""
    kept = (_controls_dropped(line).replace("<", "&lt;").replace("![", "[") for line in text.splitlines())
    return Code("\n".join(line.rstrip() for line in kept).strip())


def md_code(text: str) -> Code:
    """Text as inline code in Markdown."""
    line = " ".join(_controls_dropped(text).split())
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return Code(f"{fence}{pad}{line}{pad}{fence}")


def html_attr(text: str) -> Code:
    """Text inside a quoted attribute of HTML."""
    return Code(escape(" ".join(_controls_dropped(text).split())))


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def _escaped(char: str, *, byte_escapes: bool = True) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if char.isprintable():
        return char
    point = ord(char)
    if point < 0x100 and byte_escapes:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _controls_escaped(text: str) -> str:
    """Everything unprintable as an escape; quotes and backslashes are the caller's matter."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _controls_dropped(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char.isspace())
