"""The fixture that compares two packages."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from sdkwright.surface import Comparison, compare, read
from unit.surface.support import Compare, Sources, write_package


@pytest.fixture
def compared(tmp_path: Path) -> Compare:
    """Compares two packages named `shop`, given as sources."""

    calls = count()

    def run(old: Sources, new: Sources) -> Comparison:
        folder = tmp_path / str(next(calls))
        before = write_package(folder / "old", old)
        after = write_package(folder / "new", new)
        return compare(read(str(before)), read(str(after)))

    return run
