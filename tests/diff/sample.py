"""A realistic change of specs/openai-conversations: `python -m tests.diff.sample` writes its review to docs/.

What a team would do in a week: a field becomes optional, a schema gets a better name, limits that were prose become
rules, a status is added, an operation is retired and another one comes. The config renames a method on the way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
NAME: Final = "openai-conversations"
PAGE: Final = ROOT / "docs" / "sample-review.md"
_DATE: Final = "2026-11-20T12:00:00Z"

SPEC_EDITS: Final = (
    # A conversation that is imported has no creation time.
    (
        """\
        - id
        - object
        - metadata
        - created_at
      properties:
""",
        """\
        - id
        - object
        - metadata
      properties:
        title:
          description: A short title, as lists of conversations show it.
          type: string
""",
    ),
    (
        """\
          description: Creation time, in seconds since the Unix epoch.
          type: integer
          format: unixtime
""",
        """\
          description: Creation time, in seconds since the Unix epoch; null for a conversation that was imported.
          type:
            - integer
            - 'null'
          format: unixtime
""",
    ),
    # A limit that was prose becomes a rule.
    (
        """\
          description: How many items to return, from 1 to 100; 20 if absent. Out of range, the server decides.
          schema:
            type: integer
""",
        """\
          description: How many items to return; 20 if absent.
          schema:
            type: integer
            minimum: 1
            maximum: 100
""",
    ),
    # A message can wait for an approval.
    (
        """\
        - in_progress
        - completed
        - incomplete

    MessagePhase:
""",
        """\
        - in_progress
        - awaiting_approval
        - completed
        - incomplete

    MessagePhase:
""",
    ),
    # A better name for what a search finds, and for one of its properties.
    ("    FileSearchResult:\n", "    FileSearchPassage:\n"),
    ("'#/components/schemas/FileSearchResult'", "'#/components/schemas/FileSearchPassage'"),
    (
        """\
        filename:
          description: Name of the file.
          type: string
        attributes:
""",
        """\
        file_name:
          description: Name of the file.
          type: string
        attributes:
""",
    ),
    # A conversation can be continued as another one.
    (
        "\n  /conversations/{conversation_id}/items:\n",
        """
  /conversations/{conversation_id}/fork:
    parameters:
      - $ref: '#/components/parameters/ConversationId'

    post:
      operationId: forkConversation
      tags:
        - Conversations
      summary: Fork a conversation
      description: Copies a conversation with its items.
      responses:
        '201':
          description: The new conversation.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ConversationResource'

  /conversations/{conversation_id}/items:
""",
    ),
    # More items in one call.
    (
        """\
          description: Items to append, in order, at most 20 per call.
          type: array
          maxItems: 20
""",
        """\
          description: Items to append, in order, at most 50 per call.
          type: array
          maxItems: 50
""",
    ),
)  # fmt: skip
CONFIG_EDITS: Final = (
    (
        "      update: post /conversations/{conversation_id}\n",
        """\
      update_metadata: post /conversations/{conversation_id}
      fork: post /conversations/{conversation_id}/fork
""",
    ),
)
_INTRODUCTION: Final = """\
# A sample review

What `sdkwright regenerate --review --format markdown` says about a week's work on
[specs/openai-conversations](../specs/openai-conversations/openapi.yaml), as a comment on a pull request would show it.
The change is in tests/diff/sample.py, and `python -m tests.diff.sample` makes this page from it; the same review as a
page to click through comes with `--format html`. [docs/review.md](review.md) explains how to read it.

"""


def main() -> None:
    """Write the sample."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(Path(folder)), "utf-8")


def page(folder: Path) -> str:
    """docs/sample-review.md."""
    return _INTRODUCTION + review(prepare(folder), "markdown")


def prepare(folder: Path) -> Path:
    """A repository in which the change was made but not committed."""
    target = folder / "specs" / NAME
    target.mkdir(parents=True)
    texts = {name: (ROOT / "specs" / NAME / name).read_text("utf-8") for name in ("openapi.yaml", "sdk.yaml")}
    for name, text in texts.items():
        (target / name).write_text(text, "utf-8")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message=Before")
    for name, edits in (("openapi.yaml", SPEC_EDITS), ("sdk.yaml", CONFIG_EDITS)):
        (target / name).write_text(_edited(texts[name], edits), "utf-8")
    return folder


def review(folder: Path, format: str) -> str:
    """What `regenerate --review` says about it."""
    command = [sys.executable, "-m", "sdkwright", "regenerate", "--review", "--base", "HEAD", "--format", format]
    path = os.pathsep.join([str(ROOT / "generator"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 1:
        raise RuntimeError(f"the review ended with {done.returncode}: {done.stderr}")
    return done.stdout


def _edited(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times, so the sample needs another edit")
        text = text.replace(old, new)
    return text


def _git(folder: Path, *arguments: str) -> None:
    identity = {"GIT_AUTHOR_NAME": "Sample", "GIT_AUTHOR_EMAIL": "sample@example.com", "GIT_AUTHOR_DATE": _DATE}
    identity |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in identity.items()}
    identity |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **identity}, check=True)


if __name__ == "__main__":
    main()
