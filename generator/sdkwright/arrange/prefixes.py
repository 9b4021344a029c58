"""Paths without what says nothing about resources: `/api`, versions, prefixes that all of them share."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import GROUPS, PREFIXES, SELF, VERBS
from sdkwright.arrange.template import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkwright.arrange.head import OperationHead
    from sdkwright.words import Casing


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path that counts: `word` in snake_case for fixed text, the name of a parameter otherwise.

    A fixed id in the place of a parameter (`/members/@me`) is a parameter with `fixed` set to its word.
    """

    word: str
    is_parameter: bool = False
    fixed: str = ""


Steps = tuple[Step, ...]


def steps_of(heads: Iterable[OperationHead], casing: Casing) -> dict[str, Steps]:
    """The steps of every operation's path, by its key."""
    heads = tuple(heads)
    paths = {head.path for head in heads}
    parsed = {head.key: _without_prefixes(segments(_short(head.path, paths))) for head in heads}
    plain = _without_groups({key: tuple(_steps(parts, casing)) for key, parts in _without_versions(parsed).items()})
    length = _shared(set(plain.values()))
    return {key: steps[length:] for key, steps in plain.items()}


def _short(path: str, paths: set[str]) -> str:
    """The path without the extension of a file, unless another operation has that path."""
    short = re.sub(r"(?<=[^./{])\.(json|xml|html|txt|csv)$", "", path, flags=re.IGNORECASE)
    return path if short in paths else short


def _without_prefixes(parts: tuple[Segment, ...]) -> tuple[Segment, ...]:
    while parts and (parts[0].text.strip("_").lower() in PREFIXES and not parts[0].is_parameter):
        parts = parts[1:]
    return parts


def _without_versions(parsed: dict[str, tuple[Segment, ...]]) -> dict[str, tuple[Segment, ...]]:
    """Paths without versions, except where a lower version has the same path: that one keeps the plain name.

    So `/v1/files` is `files`, and once `/v2/files` comes it is `v2.files`; nothing that exists is renamed.
    """
    versions: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for parts in parsed.values():
        versions[_unversioned(parts)].add(_version(parts))
    return {
        key: parts
        if _version(parts) != min(versions[_unversioned(parts)], key=_rank)
        else tuple(part for part in parts if not part.is_version)
        for key, parts in parsed.items()
    }


def _unversioned(parts: tuple[Segment, ...]) -> tuple[str, ...]:
    return tuple("{}" if part.is_parameter else part.text for part in parts if not part.is_version)


def _version(parts: tuple[Segment, ...]) -> tuple[str, ...]:
    return tuple(part.text for part in parts if part.is_version)


def _rank(version: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], bool, str], ...]:
    """No version first, then by number; a preview follows the release of its number."""
    return tuple(
        (
            tuple(map(int, re.findall(r"\d+", text)))[:1],
            bool(re.search(r"[a-uw-z]", text[1:], re.IGNORECASE)),
            text,
        )
        for text in version
    )


def _steps(parts: tuple[Segment, ...], casing: Casing) -> Iterable[Step]:
    after_parameter = False
    for part in parts:
        word = casing.snake(part.text, fallback="resource") if casing.words(part.text) else ""
        if part.is_parameter:
            after_parameter = True
            yield Step(word, is_parameter=True)
        elif after_parameter and (part.text.startswith("@") or word in SELF):
            yield Step(word, is_parameter=True, fixed=word)
        elif part.text.isdecimal():
            yield Step(word, is_parameter=True)
        elif word:
            yield Step(word)


def _without_groups(paths: dict[str, Steps]) -> dict[str, Steps]:
    """Paths without the words that only gather what can be done with an item (`/users/{id}/lifecycle/activate`).

    Such a word stays where anything but verbs follows it.
    """
    following: dict[tuple[str, ...], list[Steps]] = defaultdict(list)
    for steps in paths.values():
        for at in _groups(steps):
            following[_place(steps[: at + 1])].append(steps[at + 1 :])
    gathering = {place for place, rests in following.items() if all(map(_is_verb, rests))}
    return {
        key: tuple(
            step
            for at, step in enumerate(steps)
            if at not in _groups(steps) or _place(steps[: at + 1]) not in gathering
        )
        for key, steps in paths.items()
    }


def _groups(steps: Steps) -> set[int]:
    """Where such words may stand: right below an item that has a resource."""
    triples = enumerate(zip(steps, steps[1:], steps[2:], strict=False), 2)
    return {
        at
        for at, (resource, item, step) in triples
        if step.word in GROUPS and item.is_parameter and not (resource.is_parameter or step.is_parameter)
    }


def _place(steps: Steps) -> tuple[str, ...]:
    return tuple("{}" if step.is_parameter else step.word for step in steps)


def _is_verb(steps: Steps) -> bool:
    return len(steps) == 1 and not steps[0].is_parameter and steps[0].word.partition("_")[0] in VERBS


def _shared(paths: set[Steps]) -> int:
    """How many leading steps all paths share that are no resource of their own.

    They are dropped as long as no operation stands on them and more than one kind of resource follows.
    """
    length = 0
    while all(len(path) > length + 1 for path in paths) and len({path[length] for path in paths}) == 1:
        length += 1
    if not paths or length == 0:
        return 0
    following = {path[length] for path in paths}
    if any(step.is_parameter for step in following):
        return 0
    deep = [path for path in paths if len(path) > length + 1]
    return length if len(following) > 1 and deep else 0
