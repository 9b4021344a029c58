"""What a team decides: severities, accepted changes, deprecation, stability, and when a run fails."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.diff.levels import Level
from sdkwright.diff.review import fails, next_version
from sdkwright.diff.settings import Acceptance, Settings, load_settings
from sdkwright.limits import Limits
from unit.diff.comparing import Doc, compare, document, operation, with_response

OLD = with_response({"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]})
NEW = with_response({"type": "object", "properties": {}})
POINTER = "/paths/~1boats/post/responses/200/content/application~1json/schema/properties/id"
ACCEPTED = Acceptance(rule="required-property-removed", pointer=POINTER, reason="unused", author="me")


def test_a_severity_replaces_the_level_of_a_rule(tmp_path: Path) -> None:
    settings = Settings.model_validate({"severity": {"required-property-removed": "minor"}})
    assert compare(OLD, NEW, tmp_path, settings).wire is Level.MINOR
    off = Settings.model_validate({"severity": {"required-property-removed": "none"}})
    assert compare(OLD, NEW, tmp_path, off).wire is Level.NONE


def test_an_accepted_change_does_not_count_and_stays_visible(tmp_path: Path) -> None:
    result = compare(OLD, NEW, tmp_path, Settings(accept=(ACCEPTED,)))
    assert result.wire is Level.NONE
    assert result.cards[0].card.level is Level.MAJOR
    assert result.cards[0].accepted == (ACCEPTED,)


def test_an_expired_entry_is_reported_and_no_longer_accepts(tmp_path: Path) -> None:
    expired = ACCEPTED.model_copy(update={"expires": datetime.date(2026, 11, 19)})
    result = compare(OLD, NEW, tmp_path, Settings(accept=(expired,)))
    assert result.wire is Level.MAJOR
    assert (result.expired, result.unused) == ((expired,), ())


def test_an_entry_is_valid_on_the_day_on_which_it_expires(tmp_path: Path) -> None:
    last = ACCEPTED.model_copy(update={"expires": datetime.date(2026, 11, 20)})
    assert compare(OLD, NEW, tmp_path, Settings(accept=(last,))).wire is Level.NONE


def test_an_entry_that_nothing_matches_is_reported(tmp_path: Path) -> None:
    other = ACCEPTED.model_copy(update={"pointer": "/components/schemas/Boat"})
    assert compare(OLD, NEW, tmp_path, Settings(accept=(other,))).unused == (other,)


def gone(**parts: object) -> tuple[Doc, Doc]:
    """A document with an operation, and without it."""
    return document(paths={"/boats": {"post": operation(**parts)}}), document(paths={})


def test_what_was_deprecated_may_go_unless_the_policy_says_otherwise(tmp_path: Path) -> None:
    assert compare(*gone(deprecated=True), tmp_path).wire is Level.MINOR
    assert compare(*gone(deprecated=True), tmp_path, Settings(soften_deprecated=False)).wire is Level.MAJOR


@pytest.mark.parametrize(
    ("sunset", "level"),
    [
        ("2026-11-20", Level.MINOR),
        ("2026-11-21", Level.MAJOR),
        ("2026-11-19T10:00:00Z", Level.MINOR),
        ("?", Level.MAJOR),
    ],
)
def test_a_sunset_must_have_come(sunset: str, level: Level, tmp_path: Path) -> None:
    assert compare(*gone(deprecated=True, **{"x-sunset": sunset}), tmp_path).wire is level


@pytest.mark.parametrize(
    ("stability", "level"), [("draft", Level.MINOR), ("alpha", Level.MINOR), ("beta", Level.MAJOR)]
)
def test_what_is_unstable_may_change_as_it_likes(stability: str, level: Level, tmp_path: Path) -> None:
    base, revision = gone(**{"x-stability-level": stability})
    assert compare(base, revision, tmp_path).wire is level
    assert compare(base, revision, tmp_path, Settings(unstable=())).wire is Level.MAJOR


def test_a_run_fails_by_the_limit_that_was_asked_for(tmp_path: Path) -> None:
    major = compare(OLD, NEW, tmp_path)
    assert (fails(major, "breaking"), fails(major, "warning"), fails(major, "none")) == (True, True, False)
    settings = Settings.model_validate({"severity": {"required-property-removed": "warning"}})
    warning = compare(OLD, NEW, tmp_path, settings)
    assert (fails(warning, "breaking"), fails(warning, "warning")) == (False, True)


@pytest.mark.parametrize(
    ("version", "level", "expected"),
    [
        ("1.4.2", Level.MAJOR, "2.0.0"), ("1.4.2", Level.WARNING, "1.5.0"), ("1.4.2", Level.PATCH, "1.4.3"),
        ("1.4.2", Level.NONE, "1.4.2"), ("0.4.2", Level.MAJOR, "0.5.0"), ("v2", Level.MINOR, "2.1.0"),
        ("2024-01-01", Level.NONE, "2024.0.0"), ("latest", Level.MAJOR, ""),
    ],
)  # fmt: skip
def test_the_next_version_follows_the_level(version: str, level: Level, expected: str) -> None:
    assert next_version(version, level) == expected


def test_a_policy_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("severity: {enum-value-added: none}\ngrace: {stable: 30}\n")
    settings = load_settings(path, Limits(), Diagnostics())
    assert settings.severity == {"enum-value-added": Level.NONE}
    assert settings.policy(datetime.date(2026, 1, 1)).grace == {"stable": 30}


@pytest.mark.parametrize(
    ("text", "pointer", "message"),
    [
        ("severity: {no-such-rule: none}", "/severity/no-such-rule/[key]", "there is no rule 'no-such-rule'"),
        ("severity: {deprecated: grave}", "/severity/deprecated", "a level is none, patch, minor, warning or major"),
        ("accept: [{rule: deprecated, pointer: /a, reason: x}]", "/accept/0/author", "Field required"),
        ("acept: []", "/acept", "Extra inputs are not permitted"),
    ],
)
def test_a_fault_in_a_policy_file_is_located(text: str, pointer: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        load_settings(path, Limits(), diagnostics)
    assert (diagnostics.items[0].location.pointer, diagnostics.items[0].message) == (pointer, message)
