"""Markdown of a document as lines of a given width: paragraphs and list items wrapped, everything else kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_FENCE = re.compile(r"\s*(```|~~~)")
_VERBATIM = re.compile(r"\s*(?:\||#{1,6}\s|>|<|\[[^\]]+\]:|[-=*_]{3,}\s*$)")
_SENTENCE = re.compile(r".+?(?<!e\.g)(?<!i\.e)[.!?](?=\s|$)")
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_UNBROKEN = re.compile(r"[^\s\[]*\[[^\[\]]*\]\S*|\S+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")


def wrap_markdown(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, where its words allow; no blank line first, last or twice."""
    wrapper = _Wrapper(width)
    for line in text.expandtabs(4).splitlines():
        wrapper.add(line)
    wrapper.flush()
    lines = wrapper.lines
    while lines and not lines[-1]:
        lines.pop()
    return lines


def first_sentence(text: str, limit: int = 200) -> str:
    """The first sentence of a description as plain text, for metadata and headings, cut at `limit` characters.

    Headings, tables, images, HTML and code before the first paragraph of prose are passed over.
    """
    plain = (_prose(str(part)) for part in re.split(r"\n\s*\n", _FENCED.sub("", text.strip())))
    paragraph = next((part for part in plain if part), "")
    sentence = _SENTENCE.match(paragraph)
    line = sentence.group() if sentence else paragraph
    return line if len(line) <= limit else line[: limit - 3].rsplit(" ", 1)[0].rstrip() + "..."


def _prose(paragraph: str) -> str:
    """The plain text of a paragraph, empty if it is something else; a heading right above it is left out."""
    lines = [line.strip() for line in paragraph.splitlines()]
    while lines and lines[0].startswith("#"):
        del lines[0]
    if len(lines) > 1 and re.fullmatch("=+|-+", lines[1]):
        del lines[:2]
    if not lines or lines[0].startswith(("<", "|", "![", "[!", "- ", "* ")) or re.fullmatch(r"[-=*_]{3,}", lines[0]):
        return ""
    plain = _LINK.sub(r"\1", " ".join(" ".join(lines).split()))
    return re.sub(r"\*\*|`", "", plain)


def _unbroken(words: list[str], width: int) -> Iterator[str]:
    """The words, those of a link's text as one where that fits into a line."""
    for word in _UNBROKEN.findall(" ".join(words)):
        yield from [word] if len(word) <= width else word.split()


@dataclass(slots=True)
class _Wrapper:
    """The lines so far and the words of the paragraph that is being read."""

    width: int
    lines: list[str] = field(default_factory=list[str])
    words: list[str] = field(default_factory=list[str])
    lead: str = ""
    hanging: str = ""
    fence: str = ""
    in_list: bool = False

    def add(self, raw: str) -> None:
        line = raw.rstrip()
        marker = _FENCE.match(line)
        if self.fence or marker:
            self._fenced(line, marker.group(1) if marker else "")
        elif not line:
            self._blank()
        elif item := _ITEM.match(line):
            self._start(item.group(), " " * len(item.group()), line[item.end() :])
            self.in_list = True
        elif _VERBATIM.match(line) or (not self.words and not self.in_list and line.startswith("    ")):
            self._keep(line)
        elif self.words:
            self.words += line.split()
        else:
            margin = line[: len(line) - len(line.lstrip())] if self.lines else ""
            self.in_list = self.in_list and bool(margin)
            self._start(margin, margin, line)
        if self.words and raw.endswith("  "):
            self.flush()

    def flush(self) -> None:
        """End the paragraph."""
        if not self.words:
            return
        first, *others = _unbroken(self.words, self.width - len(self.hanging))
        current = self.lead + first
        for word in others:
            if len(current) + 1 + len(word) > self.width:
                self.lines.append(current)
                current = self.hanging + word
            else:
                current = f"{current} {word}"
        self.lines.append(current)
        self.words.clear()

    def _start(self, lead: str, hanging: str, text: str) -> None:
        self.flush()
        self.lead, self.hanging = lead, hanging
        self.words += text.split()

    def _keep(self, line: str) -> None:
        self.flush()
        self.lines.append(line)

    def _blank(self) -> None:
        self.flush()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _fenced(self, line: str, marker: str) -> None:
        self._keep(line)
        if not self.fence:
            self.fence = marker
        elif marker == self.fence:
            self.fence = ""
