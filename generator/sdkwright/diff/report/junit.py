"""A review as JUnit XML: a test case for each card, failed if it breaks somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from sdkwright.diff.levels import Level
from sdkwright.diff.report.words import cause, flat, reach, title, where, wire_meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.review import Review, ReviewCard

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(result: Review) -> str:
    """One suite for the wire and, where it was asked for, one for Python."""
    return join([result])


def join(results: Sequence[Review]) -> str:
    """The suites of several reviews."""
    suites: list[str] = []
    for result in results:
        start = f"{result.name}." if result.name else ""
        suites.append(_suite(f"{start}wire", [(card, card.wire) for card in result.cards]))
        if result.python is not None:
            suites.append(_suite(f"{start}python", [(card, card.python) for card in result.cards]))
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + "".join(suites) + "</testsuites>\n"


def _suite(name: str, cards: list[tuple[ReviewCard, Level]]) -> str:
    relevant = [(card, level) for card, level in cards if level]
    failures = sum(1 for _, level in relevant if level is Level.MAJOR)
    head = f'  <testsuite name={_attribute(name)} tests="{len(relevant)}" failures="{failures}" errors="0">\n'
    return head + "".join(_case(name, card, level) for card, level in relevant) + "  </testsuite>\n"


def _case(suite: str, card: ReviewCard, level: Level) -> str:
    head = f"    <testcase classname={_attribute(f'{suite}.{card.card.rule}')} name={_attribute(title(card))}"
    if level is not Level.MAJOR:
        return f"{head}/>\n"
    places = " -> ".join(text for text in (where(card.base), where(card.revision)) if text)
    body = f"{places}\n{cause(card) or f'reaches {reach(card)}'}\n{wire_meaning(card)}"
    message = _attribute(card.card.rule)
    return f'{head}>\n      <failure type="breaking" message={message}>{_text(body)}</failure>\n    </testcase>\n'


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("", flat(text)))


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))
