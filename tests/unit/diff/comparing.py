"""Small documents, and a review of two of them without files of anybody else."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics
from sdkwright.diff.python import Versions, plan_packages
from sdkwright.diff.review import Review, ReviewCard, review
from sdkwright.diff.settings import Settings
from sdkwright.diff.sides import Reading, open_side
from sdkwright.limits import Limits

Doc = dict[str, Any]
Edit = Callable[[Doc], object]

TODAY = datetime.date(2026, 11, 20)


def document(**parts: object) -> Doc:
    """A document with one operation, which sends and receives what `parts` say."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Harbour", "version": "1.4.2"},
        "paths": {"/boats": {"post": operation()}},
        **copy.deepcopy(parts),
    }


def operation(**parts: object) -> Doc:
    """An operation with a response."""
    return {
        "operationId": "moor",
        "responses": {"200": {"description": "Fine."}},
        **copy.deepcopy(parts),
    }


def body(schema: object) -> Doc:
    """JSON content of a schema."""
    return {"content": {"application/json": {"schema": copy.deepcopy(schema)}}}


def with_request(schema: object, **components: object) -> Doc:
    """A document whose request holds a schema."""
    return document(paths={"/boats": {"post": operation(requestBody=body(schema))}}, components=components)


def with_response(schema: object, **components: object) -> Doc:
    """A document whose response holds a schema."""
    responses = {"200": {"description": "Fine.", **body(schema)}}
    return document(paths={"/boats": {"post": operation(responses=responses)}}, components=components)


def compare(
    base: Doc, revision: Doc, folder: Path, settings: Settings | None = None, *, python: bool = False
) -> Review:
    """The review of two documents, written to a folder as JSON."""
    sides = []
    for name, content in (("base", base), ("revision", revision)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content, indent=2))
        diagnostics = Diagnostics()
        with open_side(str(path), Reading(), diagnostics, {}) as side:
            assert not diagnostics.failed, diagnostics.items
            sides.append(side)
    packages = plan_packages(Versions(*sides, Config(), Config()), Limits()) if python else None
    return review(sides[0], sides[1], settings or Settings(), TODAY, packages)


def edited(base: Doc, edit: Edit) -> Doc:
    """A copy of a document with an edit applied."""
    result = copy.deepcopy(base)
    edit(result)
    return result


def rules(result: Review) -> dict[str, str]:
    """The level of each rule that was found."""
    return {finding.rule: finding.level.name for card in result.cards for finding in card.card.findings}


def card(result: Review, rule: str) -> ReviewCard:
    """The only card with a finding of a rule."""
    (found,) = [card for card in result.cards if any(each.rule == rule for each in card.card.findings)]
    return found
