"""A small workspace and a way to run the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[3] / "generator"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Lighthouse, version: 1.0.0}
servers: [{url: 'https://lighthouse.example.com'}]
paths:
  /lamps/{lamp_id}:
    get:
      operationId: getLamp
      tags: [lamps]
      parameters:
        - {name: lamp_id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The lamp.
          content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}
components:
  schemas:
    Lamp:
      type: object
      required: [id, lit]
      properties:
        id: {type: string}
        lit: {type: boolean}
"""


@dataclass(frozen=True)
class Finished:
    """How a run of the command line ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Workspace:
    """A directory with `specs/` in it, and the command line started there."""

    root: Path

    def spec(self, name: str, text: str = DOCUMENT) -> Path:
        """Write `specs/<name>/openapi.yaml`."""
        path = self.root / "specs" / name / "openapi.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def __call__(self, *arguments: str, **environment: str) -> Finished:
        """Run `sdkwright` with arguments; keyword arguments are added to its environment."""
        found = subprocess.run(
            [sys.executable, "-m", "sdkwright", *arguments],
            cwd=self.root,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.root / "home"),
                "PYTHONPATH": str(GENERATOR),
                "COLUMNS": "200",
                **environment,
            },
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Finished(found.returncode, found.stdout.decode(), found.stderr.decode())

    def tree(self, name: str) -> dict[str, bytes]:
        """Every file of a generated package with its content."""
        target = self.root / "generated" / name
        return {
            str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()
        }


@pytest.fixture
def sdkwright(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace(tmp_path)
