"""Small edits of a generated package, each found and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sdkwright.surface import Comparison, Surface, compare, read
from unit.surface.support import broken, harmless

PACKAGE = Path(__file__).parents[3] / "generated" / "openai-conversations" / "src" / "openai_conversations"
Edit = Callable[[str, str, str], Comparison]


@pytest.fixture(scope="module")
def before() -> Surface:
    return read(str(PACKAGE))


@pytest.fixture
def edited(tmp_path: Path, before: Surface) -> Edit:
    """Compares the package with a copy in which one file has one text replaced by another."""

    def run(file: str, old: str, new: str) -> Comparison:
        target = tmp_path / PACKAGE.name
        shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
        text = (target / file).read_text("utf-8")
        assert old in text
        (target / file).write_text(text.replace(old, new, 1), "utf-8")
        return compare(before, read(str(target)))

    return run


def test_a_generated_package_equals_itself(before: Surface) -> None:
    assert before.unread == ()
    assert compare(before, read(str(PACKAGE))).findings == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("types/message.py", "    id: str\n", "    id: int\n", ("field-changed", "types.Message.id")),
        ("types/message_role.py", '"user", ', "", ("alias-literal-removed", "types.MessageRole")),
        (
            "resources/conversations/items.py",
            "limit: int | Omit = omit",
            "limit: int",
            ("parameter-now-required", "resources.conversations.ItemsResource.list(limit)"),
        ),
        (
            "resources/conversations/items.py",
            "    ) -> ConversationItemList:",
            "    ) -> ConversationItemList | None:",
            ("return-none-added", "resources.conversations.ItemsResource.create"),
        ),
        (
            "types/function_tool_call_param.py",
            "    namespace: str",
            "    namespace: Required[str]",
            ("key-now-required", "types.FunctionToolCallParam.namespace"),
        ),
        ("_exceptions.py", "class RateLimitError(APIStatusError)", "class RateLimitError(APIError)", None),
        ("__init__.py", "    from ._client import Client as Client\n", "", ("import-removed", "Client")),
    ],
)
def test_an_edit_is_found_where_it_was_made(
    edited: Edit, file: str, old: str, new: str, expected: tuple[str, str] | None
) -> None:
    found = broken(edited(file, old, new))
    if expected is None:
        assert ("base-removed", f"{PACKAGE.name}.RateLimitError") in found
    else:
        assert [(rule, name.removeprefix(f"{PACKAGE.name}.")) for rule, name in found] == [expected]


def test_an_added_field_breaks_nobody(edited: Edit) -> None:
    result = edited("types/message.py", "    id: str\n", "    id: str\n    name: str | None = None\n")
    assert broken(result) == []
    assert harmless(result) == [("field-added", f"{PACKAGE.name}.types.Message.name")]
