"""A slice of the corpus: small real documents, whole; the rest is `python -m tests.corpus FOLDER`."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from corpus.measure import measure

FOLDER = Path(__file__).parents[3] / "shared/corpus"
SLICE = {
    "museum": "museum/openapi.yaml",
    "agent-protocol": "agent-protocol/openapi.json",
    "e2b": "e2b/openapi.yml",
    "oai-petstore-separate-v2": "oai-petstore-separate-v2/examples/v2.0/json/petstore-separate/spec/swagger.json",
}


@pytest.mark.slow
def test_real_documents_lose_no_operation_import_have_no_type_errors_and_no_numbered_names(tmp_path: Path) -> None:
    if not FOLDER.is_dir():
        warnings.warn(f"the corpus is not at {FOLDER}: no real document was generated", stacklevel=1)
        return
    for name, root in SLICE.items():
        found = measure(name, FOLDER / root, tmp_path / name, roots=(FOLDER / name,), types=True, limit=120.0)
        assert found.good, (found.fault, found.skipped, found.findings[:5])
        assert found.operations > 0
        assert not found.numbered
