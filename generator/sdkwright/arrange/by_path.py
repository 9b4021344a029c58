"""Resources from paths: nested paths are nested resources, and what ends in a verb is a method."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sdkwright.arrange.actions import action_names, is_action, is_part
from sdkwright.arrange.lexicon import ARTICLES, GENERIC_TAGS, PLAIN, VERBS
from sdkwright.arrange.nouns import Noun, Use, noun_tree
from sdkwright.arrange.phrase import plain_id
from sdkwright.arrange.placing import Placement
from sdkwright.arrange.prefixes import steps_of
from sdkwright.arrange.slots import slot_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdkwright.arrange.head import OperationHead
    from sdkwright.words import Casing


def by_path(heads: tuple[OperationHead, ...], casing: Casing) -> tuple[Placement, ...]:
    """A placement for each operation."""
    tree = noun_tree(heads, steps_of(heads, casing), casing)
    tags = _leaf_tags(tree, casing)
    placements = [*_stand_alone(tree, tree.uses, tree, tags, casing)]
    for child in tree.children.values():
        placements += _place(child, tree, tree, tags, casing)
    return tuple(placements)


def _place(noun: Noun, parent: Noun, owner: Noun, tags: dict[str, str], casing: Casing) -> Iterator[Placement]:
    """Placements of a noun and all below. `owner` is the resource above: the parent, unless that is an action."""
    if parent is not owner or is_action(noun, casing) or is_part(noun, parent, casing):
        yield from _as_methods(noun, owner, tags, casing)
        return
    if _stands_alone(noun, tags, casing):
        yield from _stand_alone(noun, noun.uses, owner, tags, casing)
        return
    for use in noun.uses:
        yield _placement(noun, slot_names(use, noun, casing), use, casing)
    for child in noun.children.values():
        yield from _place(child, noun, noun, tags, casing)


def _as_methods(noun: Noun, owner: Noun, tags: dict[str, str], casing: Casing) -> Iterator[Placement]:
    for node in (noun, *noun.below()):
        if not owner.path:
            yield from _stand_alone(node, node.uses, owner, tags, casing)
        else:
            for use in node.uses:
                yield _placement(owner, action_names(use, node, owner, casing), use, casing)


def _placement(noun: Noun, names: list[str], use: Use, casing: Casing) -> Placement:
    surplus = len(use.spoken(noun.known).rest)
    return Placement(noun.path, tuple(names), use.head, casing.snake(plain_id(use.head)), surplus)


def _stands_alone(noun: Noun, tags: dict[str, str], casing: Casing) -> bool:
    """Whether a word at the top of the paths is no resource: one operation that reads as a method of the client
    (`/health`), or that its tag puts into a resource of other name."""
    if len(noun.path) != 1 or noun.children or len(noun.uses) != 1:
        return False
    use = noun.uses[0]
    return use.head.key in tags or (_is_leaf(noun) and use.method == "get" and noun.last in PLAIN)


def _is_leaf(noun: Noun) -> bool:
    return not noun.children and not noun.has_items and len(noun.uses) == 1


def _stand_alone(noun: Noun, uses: list[Use], owner: Noun, tags: dict[str, str], casing: Casing) -> Iterator[Placement]:
    """Operations at the top: methods of their tag's resource if they have a tag, of the client otherwise."""
    for use in uses:
        tag = tags.get(use.head.key, "")
        home = Noun("").child(tag, casing) if tag else owner
        if tag and _is_call(noun, tag, casing):
            words = use.words or tuple(noun.word.split("_"))
            called = replace(use, words=words)
            names = slot_names(called, replace(home, uses=[called]), casing)
        elif noun.word:
            moved = Noun(noun.word, (*home.path, noun.word), uses=[use])
            names = action_names(use, moved, home, casing)
        else:
            spoken = use.spoken(home.known)
            alone = not home.path and spoken.words == (spoken.verb,)  # `get` says nothing of a client's method
            said = casing.snake(plain_id(use.head)) if alone else "_".join(spoken.words)
            names = [said or ("root" if use.method == "get" else use.method)]
        yield _placement(home, _without_tag(names, tag, casing), use, casing)


def _without_tag(names: list[str], tag: str, casing: Casing) -> list[str]:
    """Names that do not end in the name of the resource they are in."""
    if not tag:
        return names
    ending = ("_" + tag, "_" + casing.singular(tag))
    short = [name.removesuffix(end) for name in names for end in ending if name.endswith(end)]
    return [*short, *names]


def _is_call(noun: Noun, tag: str, casing: Casing) -> bool:
    """Whether a path is written like a call that acts on the things of a tag (`/getTheTunes`, `/delete-tune/{id}`)."""
    what = [word for word in noun.word.split("_")[1:] if word not in ARTICLES]
    return noun.first in VERBS and bool(what) and casing.singular("_".join(what)) == casing.singular(tag)


def _leaf_tags(tree: Noun, casing: Casing) -> dict[str, str]:
    """The tag, as a resource, of each operation that stands alone at the top of the paths.

    A tag counts if it names a resource that the paths have, if it joins several of these operations and not most of
    the document, or if the path is a call that acts on it.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    leaves = [child for child in tree.children.values() if _is_leaf(child)]
    for noun in (tree, *leaves):
        for use in noun.uses:
            tag = next((casing.snake(tag) for tag in use.head.tags if casing.words(tag)), "")
            if tag and tag not in GENERIC_TAGS and casing.singular(tag) != casing.singular(noun.word):
                found[tag].append((use.head.key, noun.word))
    uses = [use for noun in (tree, *tree.below()) for use in noun.uses]
    spread = Counter(tag for use in uses for tag in {casing.snake(tag) for tag in use.head.tags})
    resources = {word for word, child in tree.children.items() if child not in leaves}
    calls = {
        use.head.key: tag
        for child in tree.children.values()
        if not child.children and len(child.uses) == 1
        for use in child.uses
        for tag in map(casing.snake, use.head.tags)
        if _is_call(child, tag, casing)
    }
    return calls | {
        key: tag
        for tag, members in found.items()
        if (tag in resources or len(members) > 1) and (spread[tag] <= len(uses) / 2 or tag in resources)
        for key, _ in members
    }
