"""Fixtures that write documents to a temporary directory and run the front stages on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sdkwright import overlay, source
from sdkwright.bundle import Bundle, bundle
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.limits import Limits
from sdkwright.source import SourceDocument, SourceText
from sdkwright.upgrade import upgrade


@dataclass
class Front:
    """The front of the pipeline over files in one directory; `root` is the document."""

    directory: Path
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    texts: dict[str, SourceText] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, content: str | bytes, name: str = "api.yaml") -> SourceDocument:
        return source.read(self.write(name, content), self.limits, self.diagnostics, self.texts)

    def refused(self, content: str | bytes, name: str = "api.yaml") -> str:
        """Read a document that must be refused; its code."""
        with pytest.raises(Refusal):
            self.read(content, name)
        return self.diagnostics.items[-1].code

    def bundle(self, content: str | bytes, name: str = "api.yaml", roots: tuple[Path, ...] = ()) -> Bundle:
        document = self.read(content, name)
        return bundle(
            document,
            roots=roots,
            limits=self.limits,
            diagnostics=self.diagnostics,
            texts=self.texts,
        )

    def upgrade(self, content: str | bytes, name: str = "api.yaml") -> Bundle:
        return upgrade(self.bundle(content, name), self.diagnostics, self.limits)

    def overlaid(self, content: str, actions: str) -> dict[str, object]:
        document = self.read(content)
        path = self.write("overlay.yaml", actions)
        return overlay.apply(document, path, self.limits, self.diagnostics, self.texts).data

    @property
    def codes(self) -> list[str]:
        return [item.code for item in self.diagnostics.items]


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path)
