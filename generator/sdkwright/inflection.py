"""Singular and plural of the English nouns that APIs use.

A table and a few endings; a word it does not know keeps its form rather than becoming a wrong one.
"""

from __future__ import annotations

from functools import lru_cache


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNCHANGED = _table(
    """
    abs address alias aws bus canvas chaos cors css dns express gas gis gps ics ios is its kubernetes less media
    ms news os pos postgres redis rss series sas settings sms species ss status sys tls this us vps was xls yes
    analytics data diagnostics economics graphics has head hvac https logistics mathematics metadata ops physics
    always previous plus access process progress success class business loss pass cross virus campus census corpus
    bonus basis analysis axis crisis thesis synopsis diagnosis lens bias atlas iris sheep fish equipment
    information feedback hardware software traffic christmas
    """
)

_PLURALS = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "index": "indices",
    "matrix": "matrices",
    "vertex": "vertices",
    "appendix": "appendices",
    "analysis": "analyses",
    "basis": "bases",
    "axis": "axes",
    "crisis": "crises",
    "thesis": "theses",
    "hypothesis": "hypotheses",
    "synopsis": "synopses",
    "diagnosis": "diagnoses",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "schema": "schemas",
    "quiz": "quizzes",
    "life": "lives",
    "leaf": "leaves",
    "knife": "knives",
    "half": "halves",
    "shelf": "shelves",
    "wolf": "wolves",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "movie": "movies",
    "cookie": "cookies",
    "calorie": "calories",
    "selfie": "selfies",
    "zombie": "zombies",
    "cache": "caches",
    "niche": "niches",
    "axe": "axes",
    "lens": "lenses",
    "bias": "biases",
    "alias": "aliases",
    "atlas": "atlases",
    "canvas": "canvases",
    "gas": "gases",
    "iris": "irises",
    "bus": "buses",
    "status": "statuses",
    "virus": "viruses",
    "campus": "campuses",
    "census": "censuses",
    "bonus": "bonuses",
    "hero": "heroes",
    "echo": "echoes",
    "veto": "vetoes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "process": "processes",
    "access": "accesses",
}
_SINGULARS = {plural: singular for singular, plural in reversed(_PLURALS.items())} | {
    "indexes": "index",
    "schemata": "schema",
    "datasets": "dataset",
    "bases": "base",
    "appendixes": "appendix",
}


@lru_cache(maxsize=4096)
def singularize(word: str) -> str:
    """One word in the singular, its capitals kept; a word that is no plural is returned as it is."""
    return _like(word, _singular(word.lower()))


@lru_cache(maxsize=4096)
def pluralize(word: str) -> str:
    """One word in the plural, its capitals kept; a plural is returned as it is."""
    lower = word.lower()
    if _singular(lower) != lower:
        return word
    return _like(word, _plural(lower))


def _singular(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word in _UNCHANGED or not word.endswith("s") or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "tzes")):
        return word[:-2]
    if word.endswith(("ss", "us", "is")):
        return word
    return word[:-1]


def _plural(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word in _UNCHANGED:
        return word
    if word.endswith("y") and word[-2:-1] not in ("", *"aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _like(model: str, word: str) -> str:
    """`word` with the capitals of `model`: `IDs` gives `ID`, `Children` gives `Child`."""
    shared = 0
    while shared < min(len(model), len(word)) and model[shared].lower() == word[shared]:
        shared += 1
    tail = word[shared:]
    return model[:shared] + (tail.upper() if model.isupper() and len(model) > 2 else tail)
