"""What of a card is shown side by side: the document, and the generated code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff.report.rows import Row, rows

if TYPE_CHECKING:
    from sdkwright.diff.code import CodeChange
    from sdkwright.diff.review import ReviewCard


def document_rows(card: ReviewCard) -> tuple[Row, ...]:
    """The text of the document before and after; nothing for a change that the document did not cause."""
    old, new = card.around
    return rows(
        old.text if old else (), new.text if new else (), old.line if old else 1, new.line if new else 1
    )  # fmt: skip


def code_rows(change: CodeChange) -> tuple[Row, ...]:
    """The generated code before and after."""
    return rows(change.before, change.after)
