"""Methods that are named by the end of a path: actions (`/cancel`), parts (`/content`), selections (`/archived`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import (
    CONTENT,
    CREATE,
    DELETE,
    GET_ACTIONS,
    JOINING,
    LIST,
    MANY,
    NOT_PARTICIPLES,
    NOUNS_TOO,
    PLAIN,
    QUALIFIERS,
    RETRIEVE,
    SELF,
    SINGLE_PLURALS,
    UPDATE,
    VERBS,
)

if TYPE_CHECKING:
    from sdkwright.arrange.nouns import Noun, Use
    from sdkwright.arrange.phrase import Phrase
    from sdkwright.words import Casing

_LONGEST = 4
_NONE: frozenset[str] = frozenset()


def is_action(noun: Noun, casing: Casing) -> bool:
    """Whether the noun is no noun at all but what is done with, or selected from, the one above it."""
    if len(noun.path) == 1:
        return not noun.children and len(noun.uses) == 1 and _is_verb(noun, casing) and not noun.uses[0].ids
    return _is_small(noun) and (_is_verb(noun, casing) or _is_qualifier(noun) or _is_selector(noun))


def is_part(noun: Noun, parent: Noun, casing: Casing) -> bool:
    """Whether a noun with one operation is better a method of the noun above (`files.content()`).

    A list and a collection that things are created in stay resources: more is likely to come there. What an item
    holds is always a part, so that `files.content()` keeps its name when a `files.upload()` joins it.
    """
    if noun.word in CONTENT and noun.is_below_item and not (noun.children or noun.has_items):
        return True
    if noun.children or len(noun.uses) != 1 or len(noun.path) == 1:
        return False
    use = noun.uses[0]
    verb = use.spoken(parent.known, prompted=True).verb
    plural = casing.is_plural(noun.word)
    if use.ids:
        return not plural
    if _is_named_so(use, noun.word) or verb == parent.word:
        return True
    match use.method:
        case "get":
            return _is_plain(use, noun.word, verb) or not ((plural and noun.last not in SINGLE_PLURALS) or verb in LIST)
        case "post":
            uploads = verb == "upload" and noun.last in use.words  # several at once: `uploadImage` is a method of one
            creates = verb in CREATE - {"add"} or uploads or not verb
            is_namespace = not (parent.uses or parent.has_items)
            return not (creates and (plural or is_namespace))
        case _:
            return True


def action_names(use: Use, noun: Noun, owner: Noun, casing: Casing) -> list[str]:
    """Candidates for an operation on an action or a part: `noun` is where it stands, `owner` whose method it is."""
    words = "_".join(noun.path[len(owner.path) :])
    first, _, others = words.partition("_")
    spoken = use.spoken(owner.known, prompted=True)
    qualified = _is_qualifying(noun.path[len(owner.path)])
    kind = owner if qualified and owner.path else noun
    phrased = _phrased(use, spoken, kind, casing)
    usual = f"{_verb(use, spoken, kind, casing)}_{words}"
    if first in MANY:
        return [*phrased, words, usual] if others else [*phrased, usual, words]
    if _is_selector(noun):
        return [f"retrieve_by_{others if first == 'by' else words}", *phrased]
    if _is_verb_word(words, use.method):
        own = _trimmed(words, owner, casing)
        if _is_acted_on(words, spoken, use.method, owner):
            return [*phrased, own]
        if use.method == "get" and spoken.verb in LIST | RETRIEVE and first in DELETE:
            return [*phrased, own]
        if spoken.verb != first and _is_shared(use, noun, owner):
            return [own, f"{use.method}_{own}"]
        return [own, *phrased] if others or len(noun.uses) == 1 else [*phrased, own, f"{use.method}_{own}"]
    if qualified:
        return [*phrased, usual, words]
    return _part_names(use, spoken, noun, owner, phrased, casing)


def _part_names(use: Use, spoken: Phrase, noun: Noun, owner: Noun, phrased: list[str], casing: Casing) -> list[str]:
    words = "_".join(noun.path[len(owner.path) :])
    usual = f"{_verb(use, spoken, noun, casing)}_{words}"
    if _is_named_so(use, words) or (use.method == "get" and _is_plain(use, words, spoken.verb)):
        return [words, usual]
    if noun.word in SELF and set(spoken.rest) <= {"my", "current", "own", *SELF}:
        return [usual, words]
    if spoken.verb and owner.path and spoken.verb == owner.path[-1]:
        return [words, *phrased]
    return [*phrased, usual, words]


def _phrased(use: Use, spoken: Phrase, noun: Noun, casing: Casing) -> list[str]:
    """The operationId as a name, if a person could have called the method so."""
    if not spoken.verb or len([word for word in spoken.rest if word not in JOINING]) > _LONGEST:
        return []
    verb = _verb(use, spoken, noun, casing)
    # `retrieve_of_the_day` would be half a name: the word that it belongs to is that of the resource.
    if not (spoken.rest or spoken.many) or spoken.rest[:1] == ("of",):
        usual = {"create", "retrieve", "update", "list", "delete"}
        return [] if verb in usual else ["_".join(filter(None, (spoken.many, verb, *spoken.rest)))]
    return ["_".join(filter(None, (spoken.many, verb, *spoken.rest)))]


def _verb(use: Use, spoken: Phrase, noun: Noun, casing: Casing) -> str:
    """The verb of the operationId in the usual words, or the one that the HTTP method stands for."""
    verb = spoken.verb
    match use.method:
        case "get" if not verb or verb in RETRIEVE:
            several = (use.head.returns_list or not verb) and noun.last not in SINGLE_PLURALS
            return "list" if several and verb != "retrieve" and casing.is_plural(noun.word) else "retrieve"
        case "post" if not verb:
            return "create"
        case "put" | "patch" if not verb or verb in UPDATE - {"set"}:
            return "update"
        case "delete" if not verb or verb in DELETE:
            return "delete"
        case method:
            return verb or method


def _is_acted_on(words: str, spoken: Phrase, method: str, owner: Noun) -> bool:
    """Whether words that may be a verb are what the operationId's own verb acts on (`setCount`, `submitReview`)."""
    first = words.partition("_")[0]
    usual = CREATE | RETRIEVE | LIST if method == "post" else _NONE
    own = spoken.verb not in {"", first, *usual} and spoken.verb not in owner.known
    return first in NOUNS_TOO and own and "_".join(spoken.rest) == words


def _is_shared(use: Use, noun: Noun, owner: Noun) -> bool:
    """Whether the operations on an action all say the same, which then tells nothing."""
    return len(noun.uses) > 1 and len({other.spoken(owner.known) for other in (use, *noun.uses)}) == 1


def _is_plain(use: Use, words: str, verb: str) -> bool:
    """Whether a GET is called by its noun: `files.content()`, `usage.embeddings()`."""
    return words.rpartition("_")[2] in PLAIN or (bool(use.words) and not verb)


def _is_named_so(use: Use, words: str) -> bool:
    """Whether the operationId is just the last word of the path."""
    return "_".join(use.words) == words


def _trimmed(words: str, owner: Noun, casing: Casing) -> str:
    """An action without the name of its resource, where only a verb is left (`list_sessions` in `sessions`)."""
    verb, _, rest = words.partition("_")
    return verb if rest and casing.singular(rest) == casing.singular(owner.word) else words


def _is_small(noun: Noun) -> bool:
    """Whether nothing but operations hangs below: at most one id, at the end."""
    return (
        all(not node.has_items for node in noun.below())
        and all(len(use.ids) < 2 for use in noun.uses)
        and not any(child.is_below_item for child in noun.children.values())
    )


def _is_verb(noun: Noun, casing: Casing) -> bool:
    if casing.is_plural(noun.word) and (len(noun.uses) != 1 or noun.has_items or noun.first in NOUNS_TOO):
        return False
    if not noun.uses:
        return noun.first in VERBS - (NOUNS_TOO - GET_ACTIONS)
    if len(noun.uses) > 1 and noun.first in NOUNS_TOO - GET_ACTIONS:
        return False
    return any(_is_verb_word(noun.word, use.method) for use in noun.uses)


def _is_verb_word(words: str, method: str) -> bool:
    """Whether words start with a verb. In a GET or DELETE a word that may be a noun is one (`/report`, `/lock`)."""
    first = words.partition("_")[0]
    return first in VERBS and (method not in ("get", "delete") or first not in NOUNS_TOO - GET_ACTIONS)


def _is_qualifier(noun: Noun) -> bool:
    second = noun.word.split("_")[1:2]
    return (noun.first in MANY and (not second or second[0] in VERBS)) or _is_qualifying(noun.word)


def _is_qualifying(word: str) -> bool:
    """Whether a word says which ones: an adjective or a participle."""
    return word in QUALIFIERS or (word.endswith("ed") and word not in NOT_PARTICIPLES)


def _is_selector(noun: Noun) -> bool:
    """`/name/{source_name}`, `/by-slug/{slug}`: the id is another property of the item above."""
    if noun.children or len(noun.uses) != 1 or len(noun.uses[0].ids) != 1 or noun.uses[0].method != "get":
        return False
    word = noun.word.removeprefix("by_")
    parameter = noun.uses[0].ids[0]
    return parameter.endswith(word) and (word != noun.word or parameter != word)
