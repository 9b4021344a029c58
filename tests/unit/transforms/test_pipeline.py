"""Transforms in a whole run: they change the package, and what is said about them shows the config's line."""

from __future__ import annotations

from pathlib import Path

from sdkwright import source
from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options, Run, generate

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pet Shop, version: '1'}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{name: limit, in: query, schema: {type: string}}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""
CONFIG = """\
openapi:
  transforms:
    - {command: rename, args: {target: $.components.schemas.Pet, name: Animal}}
    - command: update
      args:
        target: "$..parameters[?(@.name == 'limit')].schema.type"
        value: integer
    - command: remove
      args:
        target: $.nothing
"""


def test_a_config_changes_the_document_before_anything_is_made_of_it(tmp_path: Path) -> None:
    spec, config = tmp_path / "openapi.yaml", tmp_path / "sdk.yaml"
    spec.write_text(DOCUMENT)
    config.write_text(CONFIG)
    run = Run(Diagnostics())
    made = generate(spec, Options(config), run)
    assert made is not None
    assert "src/pet_shop/types/animal.py" in made.files
    assert not any("pet.py" in path for path in made.files)
    assert b"limit: int" in made.files["src/pet_shop/resources/pets.py"]
    (item,) = run.diagnostics.items
    assert (item.code, item.location.file) == ("transforms/no-match", str(config))
    assert source.positions(run.texts[str(config)], item.location.pointer) == (10, 9)
