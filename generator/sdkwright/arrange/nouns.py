"""The tree of an API's fixed path words: each node with the operations that end on it or on an id below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import SELF, VERBS
from sdkwright.arrange.phrase import Phrase, phrase_within, prose, said
from sdkwright.arrange.template import is_version, segments

if TYPE_CHECKING:
    from sdkwright.arrange.head import OperationHead
    from sdkwright.arrange.prefixes import Steps
    from sdkwright.words import Casing

_GLUED = ("get", "list", "create", "update", "delete")
_MINE = frozenset({"my", "current", "own"})
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """An operation on a noun.

    `ids` are the parameters behind the noun (none: it is about the whole collection), `fixed` is the last of
    them if it is a fixed id (`@me`), `via` a fixed id right before the noun. `words` are those of the
    operationId, `prose` those of the summary.
    """

    head: OperationHead
    ids: tuple[str, ...]
    fixed: str
    via: str
    words: tuple[str, ...]
    prose: tuple[str, ...]

    @property
    def method(self) -> str:
        """The HTTP method as a word; of one that the document invents (`X-GET`), what can stand in a name."""
        word = re.sub(r"[^a-z0-9]+", "_", self.head.method).strip("_")
        return word if word.isidentifier() else f"call_{word}".rstrip("_")

    def spoken(self, known: frozenset[str], *, prompted: bool = False) -> Phrase:
        """The operationId as a phrase without the words that are known from where the operation stands.

        With `prompted` the summary stands in for an operationId that says nothing. One new word for what is no GET is
        a verb, whatever it is (`multiply` in `matrices`), unless it is several that were run together.
        """
        words = self.words or (self.prose if prompted else ())
        if len(words) == 1 and self.method != "get" and words[0] not in known and not words[0].startswith(_GLUED):
            return Phrase(words[0])
        return phrase_within(words, known)


@dataclass(slots=True)
class Noun:
    """A fixed word of the paths, with all that is below it, whatever ids stand between."""

    word: str
    path: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    """The words of its path, in singular and plural."""
    uses: list[Use] = field(default_factory=list[Use])
    children: dict[str, Noun] = field(default_factory=dict[str, "Noun"])
    has_items: bool = False
    """Whether an id follows it somewhere."""
    is_below_item: bool = False
    """Whether an id precedes it directly somewhere."""

    @property
    def last(self) -> str:
        """The last part of its word: what a compound (`rate_limits`) is about."""
        return self.word.rpartition("_")[2]

    @property
    def first(self) -> str:
        """The first part of its word."""
        return self.word.partition("_")[0]

    def below(self) -> Iterator[Noun]:
        """All nouns below this one, in a fixed order."""
        for _, child in sorted(self.children.items()):
            yield child
            yield from child.below()

    def child(self, word: str, casing: Casing) -> Noun:
        """The noun right below, made if it is not there."""
        if word not in self.children:
            known = self.known | casing.forms(word.split("_"))
            known |= _MINE if word in SELF else _NOTHING
            self.children[word] = Noun(word, (*self.path, word), known)
        return self.children[word]


def noun_tree(heads: Iterable[OperationHead], steps: Mapping[str, Steps], casing: Casing) -> Noun:
    """The tree for these operations. The root has no word."""
    root = Noun("")
    for head in heads:
        node, via = _descend(root, steps[head.key], casing)
        ids, fixed = _tail(steps[head.key])
        node.uses.append(Use(head, ids, fixed, via, _own_words(head, casing), prose(head, casing)))
    return root


def _own_words(head: OperationHead, casing: Casing) -> tuple[str, ...]:
    """The words of the operationId without its HTTP method, versions, and words of its tag that the path does not
    have (`core_v1`)."""
    words = said(head, casing)
    tagged = casing.forms(word for tag in head.tags for word in casing.words(tag)) - VERBS
    of_path = casing.forms(casing.words(head.path))
    tagged -= of_path
    # A method is repeated behind a verb (`search_items_post`), not behind a group that may be one (`batch.delete`).
    fixed = [part.text for part in segments(head.path) if not part.is_parameter]
    above = of_path - casing.forms(casing.words(fixed[-1] if fixed else ""))
    repeats_method = bool(words) and words[0] in VERBS - above
    kept = tuple(
        word
        for index, word in enumerate(words)
        if word not in tagged and not is_version(word) and not (index and repeats_method and word == head.method)
    )
    return kept or words


def _descend(root: Noun, steps: Steps, casing: Casing) -> tuple[Noun, str]:
    """The noun that a path ends on, and the fixed id right before it."""
    node, before, via = root, None, ""
    for step in steps:
        if step.is_parameter:
            node.has_items = True
        else:
            node = node.child(step.word, casing)
            node.is_below_item = node.is_below_item or (before is not None and before.is_parameter)
            via = before.fixed if before else ""
        before = step
    return node, via


def _tail(steps: Steps) -> tuple[tuple[str, ...], str]:
    """The parameters at the end of a path, and the fixed id if the last of them is one."""
    tail: list[str] = []
    for step in reversed(steps):
        if not step.is_parameter:
            break
        tail.append(step.word)
    return tuple(reversed(tail)), steps[-1].fixed if tail else ""
