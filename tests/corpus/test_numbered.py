"""The check for numbered class names, on a package of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.numbered import numbered


@pytest.mark.parametrize(
    ("name", "written", "found"),
    [
        ("Pet2", "Pet", True),
        ("Pet2Params", "pet", True),
        ("BodyUnionMember1Tool", "tool", True),
        ("OAuth2Token", "oauth2_token", False),
        ("Version1", "version-1", False),
        ("Version1", "version-12", True),
        ("Model3D", "3D", False),
        ("PetListResponse202", "pets", False),
        ("PetList4XXError", "pets", False),
        ("Pet", "pet", False),
    ],
)
def test_a_number_counts_unless_the_document_writes_it(tmp_path: Path, name: str, written: str, *, found: bool) -> None:
    module = tmp_path / "package/src/pets/types/pet.py"
    module.parent.mkdir(parents=True)
    module.write_text(f"class {name}(BaseModel):\n    pass\n")
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "openapi.yaml").write_text(f"components: {{schemas: {{{written}: {{}}}}}}\n")
    assert bool(numbered(tmp_path / "package", documents)) is found
