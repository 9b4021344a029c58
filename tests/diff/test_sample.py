"""docs/sample-review.md is what the command says today."""

from __future__ import annotations

from pathlib import Path

from diff.sample import PAGE, page, prepare, review


def test_the_sample_is_current(tmp_path: Path) -> None:
    assert PAGE.read_text("utf-8") == page(tmp_path), "run: python -m tests.diff.sample"


def test_the_sample_shows_what_a_review_can_say(tmp_path: Path) -> None:
    text = review(prepare(tmp_path), "markdown")
    for said in ("created_at: int | None = None", "confidence 80%", "Caused by: the config", "Met only at run time",
                 "On offer", "type: alias, to: update_metadata", "Without effect", "### Migration"):  # fmt: skip
        assert said.lower() in text.lower(), said
