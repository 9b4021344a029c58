"""Words that several formats share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright.diff.consequence import Origin
from sdkwright.diff.levels import Level
from sdkwright.report import sanitise

if TYPE_CHECKING:
    from sdkwright.diff.consequence import Consequence
    from sdkwright.diff.excerpt import Place
    from sdkwright.diff.review import Review, ReviewCard


def flat(text: str) -> str:
    """Text of a document on one line, harmless to terminals."""
    return sanitise(text).replace("\n", " ").replace("\t", " ")


def verdict(level: Level | None) -> str:
    """A level as a verdict; a question that was not asked has none."""
    return "not asked" if level is None else level.verdict


def python_verdict(result: Review) -> str:
    """The verdict on Python; a package that could not be planned has none."""
    return "not planned" if result.reason else verdict(result.python)


def title(card: ReviewCard) -> str:
    """What happened, in one sentence that begins with where, unless the sentence says so itself."""
    text = card.card.headline if card.card.findings else card.consequences[0].text
    subject = card.card.subject
    last = subject.split(" ")[-1] if subject.count(" ") < 2 and "." not in subject else subject
    said = [subject, last, *card.card.requests, *card.card.responses]
    sentence = re.sub("^the ", "The ", text) if any(_mentions(text, each) for each in said) else f"{subject}: {text}"
    return sentence if card.card.findings or card.like < 2 else f"{sentence}, and {card.like - 1} more"


def _mentions(text: str, name: str) -> bool:
    """Whether a name stands in a sentence as a word of its own."""
    return re.search(rf"(?<![\w/.]){re.escape(name)}(?![\w/.])", text) is not None


def where(place: Place | None) -> str:
    """`file:line`, or nothing."""
    if place is None:
        return ""
    return f"{place.file}:{place.line}" if place.line else place.file


def reach(card: ReviewCard) -> str:
    """Whom a card reaches, in a few words."""
    counts = (len(card.card.requests), "request"), (len(card.card.responses), "response")
    words = [f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts if count]
    return " and ".join(words) or ("the whole API" if card.card.whole else "no operation")


def weight(card: ReviewCard) -> str:
    """The word for a card's weight on the wire: a warning is told from a minor change."""
    return card.wire.name.lower()


def weights(card: ReviewCard) -> str:
    """The weights on the wire and in Python, where there is something to say of both."""
    return f"{weight(card)}, python {card.python.verdict}" if card.consequences else weight(card)


def consequence(each: Consequence) -> str:
    """What happens at one symbol, and who meets it."""
    who = f" ({', '.join(each.meets)})" if each.meets else ""
    return f"{each.text}{who}"


_MET: Final = {
    "reads": "by code that reads it", "constructs": "by code that constructs it", "calls": "by code that calls it",
    "imports": "by code that imports it", "type-checks": "by type checkers", "runtime": "only at run time",
}  # fmt: skip


def met(card: ReviewCard) -> str:
    """Who meets a change, in words."""
    return ", ".join(_MET[who] for who in card.meets)


def causes(result: Review) -> str:
    """The verdict on Python by what caused it."""
    return ", ".join(f"{name} {level.verdict}" for name, level in result.causes.items())


def cause(card: ReviewCard) -> str:
    """What caused a change, if it was not the document alone; else nothing."""
    return "" if card.origin is Origin.DOCUMENT else f"caused by: {_CAUSES[card.origin]}"


_CAUSES: Final = {
    Origin.CONFIG: "the config", Origin.GENERATOR: "the generator", Origin.UNDECIDED: "the document or the config",
}  # fmt: skip


def wire_meaning(card: ReviewCard) -> str:
    """What the gravest finding means on the wire where it reaches."""
    return card.card.findings[0].meaning if card.card.findings else "nothing"


def summary(result: Review) -> str:
    """Counts by weight, in one line."""
    counts = [(level, sum(1 for card in result.cards if card.wire is level)) for level in reversed(Level)]
    words = [f"{count} {level.name.lower()}" for level, count in counts if count and level is not Level.NONE]
    silent = sum(1 for card in result.cards if card.wire is Level.NONE)
    return ", ".join([*words, *([f"{silent} without effect on the wire"] if silent else [])]) or "no changes"


def folded(result: Review) -> str:
    """What was folded, in one line; "" if nothing was."""
    return ", ".join(f"{count} x {kind}" for kind, count in result.folded.items())
