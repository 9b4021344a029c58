"""Positions from stretches of lines are those that an index of the whole text gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from sdkwright import pointers
from sdkwright.diff.places import Places
from sdkwright.source import SourceText

TEXT = """\
openapi: 3.1.0
info:
  title: Harbour
  description: |
    components:
      schemas:
        Boat:
paths:
  # the only one
  /boats/{id}:
    get:
      parameters:
      - name: id
        in: path
      description: >
        Several
        lines.

      responses:
        '200': {description: Fine.}
  "/ships":
    get: {responses: {}}
components:
  responses:
    Boat:
      description: A boat.
  schemas:

    Boat:   # a comment
      type: object
      required:
      - id
      properties:
        id:
          type: string
        'name':
          enum: [a, b]
    'Ship':
      allOf:
        - $ref: '#/components/schemas/Boat'
        - description: x
          type: object
    Flow: {type: object, properties: {id: {type: string}}}
webhooks: {docked: {post: {responses: {}}}}
"""
PADDING = "# " + "x" * 100 + "\n"


def every_pointer(node: object, at: str = "") -> Iterator[str]:
    """The pointers of all nodes."""
    yield at
    if pointers.is_object(node):
        for key, value in node.items():
            yield from every_pointer(value, f"{at}/{pointers.escape(key)}")
    elif pointers.is_array(node):
        for number, value in enumerate(node):
            yield from every_pointer(value, f"{at}/{number}")


@pytest.mark.parametrize("padding", [0, 3000])
def test_both_ways_agree_for_every_node(padding: int) -> None:
    text = PADDING * padding + TEXT
    whole, places = SourceText("api.yaml", text), Places(SourceText("api.yaml", text))
    for pointer in (*every_pointer(yaml.safe_load(text)), "/components/schemas/Boat/missing", "/paths/~1none/get"):
        assert places.position(pointer) == whole.position(pointer), pointer
