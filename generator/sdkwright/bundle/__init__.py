"""Stage 3: the document and every file that it refers to become one document of the same version.

Afterwards every `$ref` outside data is `#` and an RFC 6901 pointer (never percent-encoded), and it resolves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.bundle.files import Files
from sdkwright.bundle.merge import Merger
from sdkwright.bundle.origins import Origins

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits
    from sdkwright.source import SourceDocument, SourceText

__all__ = ["Bundle", "Origins", "bundle"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One self-contained document, and where its nodes came from."""

    document: dict[str, object]
    origins: Origins


def bundle(
    document: SourceDocument,
    *,
    roots: tuple[Path, ...] = (),
    limits: Limits,
    diagnostics: Diagnostics,
    texts: dict[str, SourceText] | None = None,
) -> Bundle:
    """Bring every external reference into the document, which is changed in place.

    Files are read below the document's own directory and below `roots`; nothing is read from the network. A
    schema that does not exist becomes `{}` with a warning; anything else that does not is an error and is
    left out. `texts` collects the texts of the files by name. Raises `Refusal` when a budget of `limits` is
    exceeded.
    """
    texts = {} if texts is None else texts
    files = Files.of(document, roots, limits, diagnostics, texts)
    placed = Merger(document.data, files, limits, diagnostics).run()
    return Bundle(document.data, Origins(document.name, texts, placed))
