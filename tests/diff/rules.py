"""`python -m tests.diff.rules FILE`: which of our rules finds what the rules of another tool find.

FILE is a CSV with a column `id`: names such as `request-property-max-length-decreased`, which say where, what and how.
Ours say what and how; where it was found and in which direction it travels decide the level. Exit code 1 if a rule has
neither one of ours nor a reason why there is none.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from sdkwright.diff.rules import RULES

_PLACE: Final = (
    r"(new-)?(request|response)-((read-only-|write-only-|optional-|required-)?(write-only-)?)"
    r"(body|property|parameter-property|parameter|header-property|header|mediatype)-"
)
_BOUND: Final = re.compile(
    r"(exclusive-)?(max|min)(-length|-items|-contains)?-(increased|decreased|set|unset)"
)  # fmt: skip
_WAYS: Final = {"increased": "raised", "decreased": "lowered"}
_NUMBERS: Final = {"max": "maximum", "min": "minimum"}

_WHERE: Final[tuple[tuple[str, str], ...]] = (
    (r"api-global-security-(scope-)?(added|removed)|api-security-(scope-)?(added|removed)",
     "security-tightened security-loosened"),
    (r"api-security-component-added", "scheme-added"),
    (r"api-security-component-removed", "scheme-removed"),
    (r"api-security-component-type-changed", "scheme-changed"),
    (r"api-security-component-oauth-(token-)?url-changed", "scheme-url-changed"),
    (r"api-security-component-oauth-scope-added", "scheme-scope-added"),
    (r"api-security-component-oauth-scope-removed", "scheme-scope-removed"),
    (r"api-schema-removed", "schema-removed"),
    (r"api-operation-id-(added|removed)", "operation-id-changed"),
    (r"api-tag-(added|removed)", "tags-changed"),
    (r"api-(path-)?removed-before-sunset", "sunset-operation-removed"),
    (r"api-(path-)?removed-with-deprecation", "deprecated-operation-removed"),
    (r"api-removed-without-deprecation", "operation-removed operation-moved"),
    (r"api-path-removed-without-deprecation", "path-removed path-moved"),
    (r"endpoint-added", "operation-added"),
    (r"endpoint-deprecated(-with-sunset)?", "operation-deprecated"),
    (r"endpoint-reactivated", "operation-undeprecated"),
    (r"webhook-added", "webhook-added"),
    (r"webhook-removed", "webhook-removed"),
    (r"api-deprecated-sunset-missing|request-parameter-deprecated-sunset-missing|"
     r"re(quest|sponse)-property-deprecated-sunset-missing", "sunset-missing"),
    (r"api-(deprecated|path)-sunset-parse|request-parameter-sunset-parse|"
     r"re(quest|sponse)-property-deprecated-sunset-invalid", "sunset-unreadable"),
    (r".*sunset-date-(changed-)?too-small", "sunset-too-soon"),
    (r"sunset-deleted|request-parameter-sunset-deleted", "sunset-withdrawn"),
    (r"api-invalid-stability-level", "stability-unknown"),
    (r"(api|re(quest|sponse)-property)-stability-decreased", "stability-lowered"),
    (r"(api|re(quest|sponse)-property)-stability-increased", "stability-raised"),
    (r"new-optional-request-(default-)?parameter(-to-existing-path)?", "parameter-added"),
    (r"new-(required-request-(default-)?parameter(-to-existing-path)?|request-path-parameter|"
     r"required-request-header-property)", "required-parameter-added required-property-added"),
    (r"new-optional-request-property", "property-added"),
    (r"new-required-request-property", "required-property-added"),
    (r"new-required-request-property-with-default", "required-property-with-default-added"),
    (r"request-parameter-removed", "parameter-removed parameter-renamed parameter-moved"),
    (r"request-parameter-removed-before-sunset", "sunset-parameter-removed"),
    (r"request-parameter-removed-with-deprecation", "deprecated-parameter-removed"),
    (r"request-parameter-deprecated", "parameter-deprecated"),
    (r"request-parameter-reactivated", "parameter-undeprecated"),
    (r"request-(parameter|header-property)-became-required", "parameter-became-required became-required"),
    (r"request-parameter-became-optional", "parameter-became-optional"),
    (r"request-body-added-optional", "body-added"),
    (r"request-body-added-required", "required-body-added"),
    (r"request-body-removed", "body-removed"),
    (r"request-body-became-optional", "body-became-optional"),
    (r"request-body-became-required", "body-became-required"),
    (r"(request-body|response)-media-type-added", "media-type-added"),
    (r"(request-body|response)-media-type-removed", "media-type-removed"),
    (r"re(quest|sponse)-body-media-type-schema-added", "content-described"),
    (r"re(quest|sponse)-body-media-type-schema-removed", "content-undescribed"),
    (r"response-media-type-name-changed", "media-type-renamed media-type-narrowed"),
    (r"response-media-type-name-generalized", "media-type-widened"),
    (r"response-media-type-name-specialized", "media-type-narrowed"),
    (r"response-success-status-added", "success-added"),
    (r"response-success-status-removed", "success-removed"),
    (r"response-non-success-status-added", "error-added"),
    (r"response-non-success-status-removed", "error-removed"),
    (r"response-header-added", "header-added"),
    (r"optional-response-header-removed", "header-removed"),
    (r"required-response-header-removed", "required-header-removed"),
    (r"response-header-became-optional", "header-became-optional"),
    (r"response-(optional|required)-(write-only-)?property-added", "property-added required-property-added"),
    (r"response-(optional|required)-(write-only-)?property-removed", "property-removed required-property-removed"),
    (r"request-property-removed", "property-removed required-property-removed closed-property-removed"),
)  # fmt: skip
"""Rules about things that have rules of their own, whole names."""

_WHAT: Final[tuple[tuple[str, str], ...]] = (
    (r"became-enum", "became-enum"), (r"enum-value-added", "enum-value-added"),
    (r"enum-value-removed", "enum-value-removed"),
    (r"x-extensible-enum-value-removed", "extensible-value-removed"),
    (r"became-nullable", "null-added"), (r"became-not-nullable", "null-removed"),
    (r"became-required", "became-required"), (r"became-optional", "became-optional"),
    (r"became-required-with-default", "became-required-with-default"),
    (r"became-read-only", "became-read-only"), (r"became-not-read-only", "became-writable"),
    (r"became-write-only", "became-write-only"), (r"became-not-write-only", "became-readable"),
    (r"default-value-(added|changed|removed)", r"default-\1"),
    (r"deprecated(-with-sunset)?", "deprecated"), (r"reactivated", "undeprecated"),
    (r"(const|contains|property-names|unevaluated-properties|unevaluated-items|content-schema|pattern-property|"
     r"dependent-required|dependent-schema|if|then|else)-(added|removed)", r"\1-\2"),
    (r"const-changed", "const-changed"), (r"dependent-required-changed",
     "dependent-required-changed dependent-required-added dependent-required-removed"),
    (r"content-encoding-changed", "content-encoding-changed"),
    (r"content-media-type-changed", "content-media-type-changed"),
    (r"discriminator-(added|removed)", r"discriminator-\1"),
    (r"discriminator-property-name-changed", "discriminator-changed"),
    (r"discriminator-mapping-added", "mapping-added"), (r"discriminator-mapping-deleted", "mapping-removed"),
    (r"discriminator-mapping-changed", "mapping-changed"),
    (r"(any|one)-of-added", "variant-added union-added"), (r"(any|one)-of-removed", "variant-removed union-removed"),
    (r"wrapped-in-one-of", "wrapped-in-one-of"),
    (r"prefix-items-(added|removed)", r"tuple-item-\1"),
    (r"list-of-types-narrowed|type-specialized", "type-narrowed format-narrowed variant-removed"),
    (r"list-of-types-widened|type-generalized", "type-widened format-widened text-type-widened variant-added"),
    (r"type-changed", "type-changed format-changed"),
    (r"pattern-(added|changed|removed)", r"pattern-\1"), (r"pattern-generalized", "pattern-widened"),
)  # fmt: skip
"""What follows the place, and our rules for it."""

_NONE: Final[tuple[tuple[str, str], ...]] = (
    (r"api-.*version.*", "a policy on version numbers, which says nothing of a change; we suggest the next one"),
    (r"api-security-component-oauth-scope-changed", "a description of a scope: counted as documentation"),
    (r".*-all-of-(added|removed)-annotation-only", "what only describes is counted as documentation"),
    (r".*-all-of-(added|removed)", "an allOf is compared by what it says: the properties, bounds and types in it"),
    (r".*-type-compatible", "types that hold the same values: counted as a refactor, or no change at all"),
)  # fmt: skip
"""Rules that have none of ours, and why."""


def ours(name: str) -> tuple[tuple[str, ...], str]:
    """Our rules for one of theirs; without any, the reason, which is "" if there is none."""
    for pattern, reason in _NONE:
        if re.fullmatch(pattern, name):
            return (), reason
    for pattern, rules in _WHERE:
        if re.fullmatch(pattern, name):
            return tuple(rules.split()), ""
    rest = re.sub(rf"^{_PLACE}", "", name)
    if bound := _BOUND.fullmatch(rest):
        exclusive, which, what, way = bound.groups()
        stem = f"{exclusive or ''}{_NUMBERS[which]}" if not what else f"{which}{what}"
        return (f"{stem}-{_WAYS.get(way, way)}",), ""
    for pattern, rules in _WHAT:
        if found := re.fullmatch(pattern, rest):
            return tuple(found.expand(rules).split()), ""
    return (), ""


def main(file: Annotated[Path, typer.Argument(help="The rules of another tool.", exists=True, dir_okay=False)]) -> None:
    """Map each rule."""
    console = Console(width=160, highlight=False)
    with file.open(encoding="utf-8", newline="") as lines:
        names = [row["id"] for row in csv.DictReader(lines)]
    table = Table("theirs", "ours")
    unknown: list[str] = []
    reasons = 0
    for name in names:
        rules, reason = ours(name)
        reasons += bool(reason)
        if not reason and not (rules and all(each in RULES for each in rules)):
            unknown.append(name)
        table.add_row(name, ", ".join(rules) or f"({reason or 'nothing'})")
    console.print(table)
    covered = len(names) - reasons - len(unknown)
    console.print(
        f"{len(names)} rules: {covered} have one of ours, {reasons} a reason to have none, {len(unknown)} neither"
    )
    for name in unknown:
        console.print(name)
    raise typer.Exit(bool(unknown))


if __name__ == "__main__":
    typer.run(main)
