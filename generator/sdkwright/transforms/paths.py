"""JSONPath as configs write it: RFC 9535, with what older configs use of JSONPath Plus.

Understood beyond the RFC: bare keys of any characters but `.` and brackets (`$.paths./v1/users.get`), `===` and
`!==`, `@property` and `.match(/.../)` in filters, and a trailing `^` for the node above. The library is imported only
when there is a transform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Steps = tuple[str | int, ...]

_SHORTHAND = re.compile(r"[^\W\d]\w*|\*")
_BARE = re.compile(r"[^.\[\]^]+")
_STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
_QUOTED = re.compile(rf"\[\s*({_STRING})\s*\]")
_MATCH = r"\.match\(/((?:\\.|[^/\\])+)/([a-z]*)\)"
_IN_BRACKETS = re.compile(rf"{_STRING}|{_MATCH}|[!=]==|@property|[\[\]]|[^\"'\[\]!=@.]+|.", re.DOTALL)
_PLAIN = {"===": "==", "!==": "!=", "@property": "#"}


class BadPathError(ValueError):
    """An expression that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Path:
    """An expression in its parts: segments of RFC 9535, and how many nodes to go up from what they select."""

    segments: tuple[str, ...]
    up: int = 0

    def find(self, document: dict[str, object]) -> list[Steps]:
        """The ways to all nodes that the expression selects, each once. Raises `BadPathError`."""
        from jsonpath import JSONPathEnvironment, JSONPathError

        try:
            matches = JSONPathEnvironment().finditer("$" + "".join(self.segments), document)
            found = [match.parts for match in matches]
        except (JSONPathError, RecursionError, re.error) as error:
            raise BadPathError(str(error).partition("\n")[0]) from None
        return list(dict.fromkeys(steps[: max(len(steps) - self.up, 0)] for steps in found))

    @property
    def last_key(self) -> str | None:
        """The key that the last segment names; None if it names none or more than one."""
        last = "" if self.up or not self.segments else self.segments[-1]
        quoted = _QUOTED.fullmatch(last)
        if quoted:
            return re.sub(r"\\(.)", r"\1", quoted[1][1:-1])
        bare = last[1:] if last.startswith(".") else ""
        return bare if bare not in ("", "*") and not bare.startswith(".") else None

    @property
    def parent(self) -> Path:
        """The expression without its last segment."""
        return Path(self.segments[:-1])


def parse(expression: str) -> Path:
    """Take an expression apart. Raises `BadPathError` for one that does not start with `$` or is not well formed."""
    if not expression.startswith("$"):
        raise BadPathError("it must start with `$`")
    segments: list[str] = []
    at = 1
    while at < len(expression):
        rest = expression[at:]
        if rest.strip("^") == "":
            return Path(tuple(segments), len(rest))
        segment, length = _bracketed(rest) if rest[0] == "[" else _dotted(rest)
        segments.append(segment)
        at += length
    return Path(tuple(segments))


def _dotted(rest: str) -> tuple[str, int]:
    """The segment that starts with dots, and its length: `.key`, `..key`, or `..` before brackets."""
    dots = ".." if rest.startswith("..") else "."
    if not rest.startswith(dots):
        raise BadPathError(f"`.` or `[` is expected before `{rest[:20]}`")
    name = _BARE.match(rest, len(dots))
    if name is None:
        if dots == ".." and rest[2:3] == "[":
            segment, length = _bracketed(rest[2:])
            return dots + segment, length + 2
        raise BadPathError(f"a key is missing after `{dots}`")
    if _SHORTHAND.fullmatch(name[0]):
        return dots + name[0], name.end()
    quoted = name[0].replace("\\", "\\\\").replace("'", "\\'")
    return f"{dots if dots == '..' else ''}['{quoted}']", name.end()


def _bracketed(rest: str) -> tuple[str, int]:
    """The segment in brackets at the start, in the library's dialect, and its length in the original."""
    depth = 0
    written: list[str] = []
    for token in _IN_BRACKETS.finditer(rest):
        text = token[0]
        depth += (text == "[") - (text == "]")
        written.append(_searching(token[1], token[2]) if token[1] else _PLAIN.get(text, text))
        if depth == 0:
            return "".join(written), token.end()
    raise BadPathError("a `]` is missing")


def _searching(pattern: str, flags: str) -> str:
    """The operator for `.match(/pattern/flags)`, which searches where the library compares the whole text."""
    return f" =~ /.*(?:{pattern}).*/{''.join(flag for flag in flags if flag in 'im')}"
