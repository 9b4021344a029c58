"""The usual methods of a resource: which of create, retrieve, update, list, delete an operation is.

The position decides (collection or item, HTTP method); an operationId is followed where its verb says more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import (
    COLLECTIVES,
    CREATE,
    DELETE,
    LIST,
    PLAIN,
    REPLACE,
    RETRIEVE,
    SINGLE_PLURALS,
    UPDATE,
    USUAL,
    VERBS,
)
from sdkwright.arrange.phrase import phrase_within, plain_id

if TYPE_CHECKING:
    from sdkwright.arrange.nouns import Noun, Use
    from sdkwright.arrange.phrase import Phrase
    from sdkwright.words import Casing

_ID_SUFFIX = re.compile(r"_(id|ids|name|key|slug|sid|uuid)$")


@dataclass(frozen=True, slots=True)
class _Slot:
    """An operation on a resource, with what its name depends on. `ids` are those of the item alone."""

    use: Use
    noun: Noun
    spoken: Phrase
    ids: tuple[str, ...]
    strong: bool
    """Whether the operationId has a verb that says more than the method and does not just repeat the noun."""
    echo: bool
    """Whether its verb is the noun (`ban` in `bans`)."""
    plural: bool
    one: bool
    """Whether its noun or its operationId speaks of one thing."""
    deeper: bool
    """Whether it has more ids than an item: something that belongs to the item, though no word says what."""


def slot_names(use: Use, noun: Noun, casing: Casing) -> list[str]:
    """Candidates for the name of an operation that stands on a resource itself, the best first."""
    slot = _slot(use, noun, casing)
    name = _on_item(slot) if slot.ids else _on_collection(slot)
    rest = slot.spoken.rest
    if use.fixed:
        name = name if slot.strong else f"{name}_{use.fixed}"
    elif slot.deeper and (rest or not slot.strong):
        verb = slot.spoken.verb if slot.spoken.verb in CREATE else name
        words = _ID_SUFFIX.sub("", slot.ids[-1]).split("_")
        what = rest or tuple(word for word in words if word not in noun.known) or tuple(words)
        return [_with_rest(verb, what), f"{name}_by_{slot.ids[-1]}"]
    names = [f"{name}_for_{use.via}"] if use.via else [name]
    if name == "list" and slot.ids:
        names.append(f"list_by_{slot.ids[-1]}")
    if rest:
        names.append(_with_rest(name, rest))
    elif not use.words and use.prose:
        names.append("_".join(use.spoken(noun.known, prompted=True).words))
    if slot.ids:
        if not use.words:
            names += _unsaid(name, slot, casing)
        names.append(f"{name}_by_{slot.ids[-1]}")
    return names


def _unsaid(name: str, slot: _Slot, casing: Casing) -> list[str]:
    """The name with the words of an operationId that only repeats its path, where the path has more than the id."""
    words = phrase_within(casing.words(plain_id(slot.use.head)), slot.noun.known).rest
    return [_with_rest(name, words)] if set(words) - set(slot.ids[-1].split("_")) else []


def _slot(use: Use, noun: Noun, casing: Casing) -> _Slot:
    ids = use.ids[_scope(noun) :]
    spoken = use.spoken(noun.known, prompted=bool(ids))
    verb = spoken.verb
    own = {casing.singular(noun.word), casing.singular(noun.last)}
    echo = bool(own & {verb, verb.removeprefix("un"), verb.removeprefix("de")})
    in_path = use.method != "post" and verb in noun.known  # The `watch` of `/watch/nodes` is no verb there.
    strong = bool(verb) and verb not in USUAL and not (echo or in_path or _is_shared(use, noun, verb))
    fewest = min((len(other.ids[_scope(noun) :]) or len(ids) for other in noun.uses), default=0)
    plural = casing.is_plural(noun.word)
    one = _is_one(use, noun, plural=plural, casing=casing)
    return _Slot(use, noun, spoken, ids, strong, echo, plural, one, len(ids) > fewest)


def _is_shared(use: Use, noun: Noun, verb: str) -> bool:
    """Whether other HTTP methods of the same path have the verb too: then it tells nothing."""
    return any(
        other.head.path == use.head.path and other.method != use.method and other.spoken(noun.known).verb == verb
        for other in noun.uses
    )


def _scope(noun: Noun) -> int:
    """1 if the first id behind the noun is not an item's but says whose items they are.

    That is so where nothing is done with the noun alone but to create, and what has one id lists or creates.
    """
    counts = {len(use.ids) for use in noun.uses}
    if not {1, 2} <= counts or any(use.method != "post" for use in noun.uses if not use.ids):
        return 0
    single = [use for use in noun.uses if len(use.ids) == 1]
    lists = [use for use in single if use.method == "get" and use.head.returns_list]
    creates = [use for use in single if use.method == "post" and 0 not in counts]
    return int(len(lists) + len(creates) == len(single))


def _with_rest(name: str, rest: tuple[str, ...]) -> str:
    return "_".join((name, *(word for word in rest if word not in name.split("_"))))


def _said(slot: _Slot) -> str:
    return "_".join(filter(None, (slot.spoken.many, slot.spoken.verb)))


def _on_collection(slot: _Slot) -> str:
    verb, noun = slot.spoken.verb, slot.noun
    if slot.strong or (slot.spoken.many and verb):
        return _said(slot)
    match slot.use.method:
        case "get":
            return _reading(slot)
        case "post" if verb == "list":
            return "list"
        case "post" if verb in RETRIEVE:
            return "retrieve_many" if noun.has_items else "retrieve"
        case "post" if verb in DELETE:
            return "delete"
        case "post" if verb in UPDATE | REPLACE:
            return verb if verb in ("set", "put", *REPLACE) else "update"
        case "put" if verb in CREATE:
            return verb
        case "delete":
            return "delete_all" if noun.has_items or "all" in slot.spoken.rest else "delete"
        case "put" | "patch" if noun.has_items and (slot.plural or _has_changing_items(noun)):
            return "replace_all" if slot.use.method == "put" else "bulk_update"
        case _:
            return _canonical(slot)


def _reading(slot: _Slot) -> str:
    """GET on a noun without an id: a list, or the one thing of that name."""
    spoken, noun = slot.spoken, slot.noun
    if not spoken.verb and spoken.rest and spoken.rest[-1] in PLAIN:
        return spoken.rest[-1]
    if spoken.verb in LIST or noun.has_items:
        return "list"
    if any(_changes(other, noun) for other in noun.uses) or slot.one:
        return "retrieve"
    return "list" if slot.use.head.returns_list or (slot.plural and noun.last not in SINGLE_PLURALS) else "retrieve"


def _has_changing_items(noun: Noun) -> bool:
    return any(use.ids and use.method in ("put", "patch", "post") for use in noun.uses)


def _is_one(use: Use, noun: Noun, *, plural: bool, casing: Casing) -> bool:
    """Whether the operationId of a GET speaks of one thing. Of `/cart` that is believed although the answer holds a
    list (`getCart`), of `/snakes` only if it holds none (`getSnake`), of `/snakes/venomous` not at all."""
    words = casing.words(plain_id(use.head))
    if plural:
        return not use.head.returns_list and words[-1:] == (casing.singular(noun.last),)
    above = noun.path[-2] if len(noun.path) > 1 else ""
    if not noun.is_below_item and casing.is_plural(above) and above not in SINGLE_PLURALS:
        return False
    telling = [word for index, word in enumerate(words, 1) if word not in noun.known or index == len(words)]
    return bool(words) and noun.last not in COLLECTIVES and not any(map(casing.is_plural, telling))


def _changes(use: Use, noun: Noun) -> bool:
    """Whether an operation changes a thing of which there is one."""
    return not use.ids and (
        use.method in ("put", "patch") or (use.method == "post" and use.spoken(noun.known).verb in UPDATE)
    )


def _on_item(slot: _Slot) -> str:
    verb, use = slot.spoken.verb, slot.use
    if slot.strong:
        return _said(slot)
    if use.method == "get" and use.head.returns_list and verb in LIST:
        return "list"
    if use.method == "post" and verb in CREATE:
        return "create"
    if use.method == "put" and verb in CREATE:
        return verb
    if use.method == "put" and slot.echo:
        return "create"
    return _canonical(slot)


def _creates(slot: _Slot) -> bool:
    """Whether a POST that says nothing creates: on a collection, or where other methods are there to update.

    Beside a GET of one thing it changes that thing (`/settings`), unless its word says what is done (`/search`).
    """
    same = {other.method for other in slot.noun.uses if len(other.ids) == len(slot.use.ids)}
    if slot.ids:
        above = {other.method for other in slot.noun.uses if len(other.ids) < len(slot.use.ids)}
        return bool({"put", "patch"} & same) and "post" not in above
    return slot.plural or slot.noun.has_items or same != {"get", "post"} or slot.noun.first in VERBS


def _canonical(slot: _Slot) -> str:
    use = slot.use
    match use.method:
        case "get":
            return "retrieve"
        case "post":
            return "create" if _creates(slot) else "update"
        case "put":
            patched = any(other.method == "patch" and len(other.ids) == len(use.ids) for other in slot.noun.uses)
            return "replace" if patched else "update"
        case "patch":
            return "update"
        case method:
            return method
