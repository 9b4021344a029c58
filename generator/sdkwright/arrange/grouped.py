"""Resources from operationIds that name them: `chat.postMessage`, `issues/list-for-repo`, `datasets_getRuns`.

An author who writes all of them so has chosen the tree; it is followed, in the usual words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import ARTICLES, DELETE, LIST, RETRIEVE
from sdkwright.arrange.phrase import phrase, plain_id
from sdkwright.arrange.placing import Placement
from sdkwright.arrange.template import segments

if TYPE_CHECKING:
    from sdkwright.arrange.head import OperationHead
    from sdkwright.words import Casing

_SHARE = 0.8


def by_operation_id(heads: tuple[OperationHead, ...], casing: Casing) -> tuple[Placement, ...] | None:
    """A placement for each operation that has a group; None unless four of five have one."""
    grouped = [(head, parts) for head in heads if (parts := _parts(head, casing))]
    if len(heads) < 2 or len(grouped) < _SHARE * len(heads):
        return None
    return tuple(_placement(head, parts, casing) for head, parts in grouped)


def _parts(head: OperationHead, casing: Casing) -> tuple[str, ...] | None:
    """The groups and, last, the name; None if the operationId is just a name."""
    text = plain_id(head)
    parts = [part for part in re.split(r"[./]", text) if casing.words(part)]
    if len(parts) > 1:
        return tuple(casing.snake(part) for part in parts)
    parts = [part for part in re.split(r"[_:]|::", text) if casing.words(part)]
    tags = {casing.snake(tag).replace("_", "") for tag in head.tags}
    for length in range(len(parts) - 1, 0, -1):
        if "".join(casing.snake(part) for part in parts[:length]).replace("_", "") in tags:
            return (
                *(casing.snake(part) for part in parts[:length]),
                casing.snake("_".join(parts[length:])),
            )
    return None


def _placement(head: OperationHead, parts: tuple[str, ...], casing: Casing) -> Placement:
    *groups, name = parts
    known = casing.forms(groups[-1].split("_"))
    several = casing.is_plural(groups[-1])
    if name == groups[-1] and head.method == "get":
        name = "get"
    spoken = phrase(name.split("_"))
    words = [word for word in spoken.rest if word not in ARTICLES]
    while words and words[0] in known:
        words.pop(0)
    if words in (["by", "id"], ["many"]):
        several = several and words == ["many"]
        words = []
    verb = spoken.verb if words else _usual(spoken.verb, head, several)
    short = "_".join(filter(None, (spoken.many, verb, *words)))
    return Placement(tuple(groups), (short, name) if spoken.verb else (name,), head, name)


def _usual(verb: str, head: OperationHead, several: bool) -> str:
    """A verb that stands alone, in the word that all resources use for it."""
    if head.method == "get" and verb in RETRIEVE | LIST:
        ends_in_id = bool(parts := segments(head.path)) and parts[-1].is_parameter
        return "list" if verb in LIST or (several and head.returns_list and not ends_in_id) else "retrieve"
    if head.method == "delete" and verb in DELETE:
        return "delete"
    return "update" if head.method in ("put", "patch") and verb in ("modify", "edit", "patch") else verb
