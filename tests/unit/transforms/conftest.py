"""A fixture that applies the transforms of a config to a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from sdkwright import config, source, transforms
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.limits import Limits


@dataclass
class Transforming:
    """Documents and configs as text in, plain data out; `diagnostics` has what was said."""

    directory: Path
    diagnostics: Diagnostics = field(default_factory=Diagnostics)

    def __call__(self, document: str, *steps: str, section: str = "transforms") -> dict[str, object]:
        path = self.directory / "api.yaml"
        path.write_text(document)
        read = source.read(path, Limits(), self.diagnostics)
        text = yaml.safe_load("\n".join(f"- {step}" for step in steps))
        parsed = config.parse({"openapi": {section: text}}, "sdk.yaml", self.diagnostics)
        return transforms.apply(read, parsed, self.diagnostics).data

    def refused(self, *steps: str) -> None:
        """Apply transforms whose config must be refused."""
        with pytest.raises(Refusal):
            self("openapi: 3.1.0\n", *steps)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Codes and the pointers of their places, which are in the config."""
        assert {item.location.file for item in self.diagnostics.items} <= {"sdk.yaml"}
        return [(item.code, item.location.pointer) for item in self.diagnostics.items]


@pytest.fixture
def transformed(tmp_path: Path) -> Transforming:
    return Transforming(tmp_path)
