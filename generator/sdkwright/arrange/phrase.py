"""What an operationId says: its verb, and what is left when the names of the path around it are taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import ARTICLES, JOINING, MANY, MARKS, NO_LAST_VERB, USUAL, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sdkwright.arrange.head import OperationHead
    from sdkwright.words import Casing

_AND = frozenset({"and", "or"})
_OPEN = _AND | {"by", "with", "without"}
_GLUED = 12
_PROSE = 10
_ID_WORDS = frozenset({"id", "ids"})
_HTTP_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """An operationId in words: `bulk_delete_messages` has the verb `delete`, the rest `messages`, and `bulk` as
    the word that makes it an action on many. Without a verb `verb` is empty."""

    verb: str = ""
    rest: tuple[str, ...] = ()
    many: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All of it."""
        return tuple(filter(None, (self.many, self.verb, *self.rest)))


def phrase(words: Iterable[str]) -> Phrase:
    """Words as a phrase; the verb is looked for at the start, behind a word like `bulk`, and at the end."""
    words = tuple(words)
    if len(words) > 1 and words[0] in MARKS and words[1] in VERBS:
        words = words[1:]
    if len(words) > 1 and words[0] in MANY and words[1] in VERBS:
        return Phrase(words[1], words[2:], words[0])
    if words and words[0] in VERBS:
        return Phrase(words[0], words[1:])
    if len(words) > 1 and words[-1] in VERBS - NO_LAST_VERB:
        return Phrase(words[-1], words[:-1])
    return Phrase("", words)


def phrase_within(words: tuple[str, ...], known: frozenset[str]) -> Phrase:
    """Words as a phrase without those that are known from the place, and without words that only join.

    A group that is known may stand before the verb (`beta_listItems`, also one that may be a verb itself:
    `loadBalancers_create`). What `and` joins is kept together:
    `create_thread_and_run` in `runs` is not `create_thread`.
    """
    start = next((index for index, word in enumerate(words) if word not in known or word in VERBS), len(words))
    behind = next((index for index, word in enumerate(words) if word not in known), 0)
    if behind and words[behind] in USUAL:
        start = behind
    spoken = phrase(words[start:] or words)
    rest = list(spoken.rest)
    if _AND & set(rest):
        while len(rest) > 1 and rest[-1] in known and rest[-2] not in _AND:
            rest.pop()
    else:
        rest = list(_unknown(rest, known))
    while rest and rest[-1] in _OPEN:
        rest.pop()
    return Phrase(spoken.verb, tuple(rest), spoken.many)


def _unknown(words: list[str], known: frozenset[str]) -> Iterator[str]:
    """The words that are not known. A word that joins stays with the one it leads to: `getPoemOfTheDay` in `poems` is
    `of_the_day`, `moveFileToFolder` in `files` is `to_folder`."""
    joining: list[str] = []
    for word in words:
        if word in JOINING:
            if word not in ARTICLES or joining == ["of"]:
                joining.append(word)
        else:
            if word not in known:
                yield from joining
                yield word
            joining = []


def said(head: OperationHead, casing: Casing) -> tuple[str, ...]:
    """The words in which a person named the operation.

    Empty if there is no operationId, or if it is made of the method and the path and so says nothing new.
    """
    text = plain_id(head)
    words = casing.words(text)
    path_words = casing.forms(casing.words(head.path))
    if len(words) == 1 and len(text) > _GLUED:
        words = _unglued(words[0], path_words) or words
    if head.method not in _HTTP_METHODS or words[:1] != (head.method,):
        return words
    return words if set(words[1:]) - _ID_WORDS - path_words else ()


def prose(head: OperationHead, casing: Casing) -> tuple[str, ...]:
    """The words of a POST's short summary (`Rebuild template`), which has the verb where path and operationId
    give none. Other methods do without, so that prose can be edited freely."""
    words = casing.words(head.summary)
    return words if head.method == "post" and 0 < len(words) <= _PROSE and words[0] in VERBS else ()


def plain_id(head: OperationHead) -> str:
    """The operationId without what frameworks append to it (FastAPI: `read_items_items__item_id__get`)."""
    text = head.operation_id.strip()
    if text.endswith("_" + head.method):
        for start in (index for index, char in enumerate(head.path) if char == "/"):
            suffix = re.sub(r"\W", "_", f"{head.path[start:]}_{head.method}")
            if text.endswith(suffix) and len(text) > len(suffix):
                return text[: -len(suffix)]
    return text


def _unglued(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """A name written without humps as its verb and words of the path (`updateprojectspendlimit`), if it is that."""
    for verb in sorted((verb for verb in VERBS if word.startswith(verb)), key=len, reverse=True):
        ends = {len(verb)}
        for start in range(len(verb), len(word)):
            if start in ends:
                ends |= {start + len(part) for part in known if word.startswith(part, start)}
        if len(word) in ends:
            return (verb,)
    return ()
