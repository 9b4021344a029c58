"""Overlays: actions, their order and their mistakes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Refusal, Severity

if TYPE_CHECKING:
    from conftest import Front

DOCUMENT = """\
openapi: 3.1.0
info: {title: T}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /a: {get: {operationId: one, tags: [x]}}
  /b: {get: {operationId: two}, post: {operationId: three}}
"""
HEAD = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"


def test_updates_merge_objects_and_append_to_arrays(front: Front) -> None:
    data = front.overlaid(
        DOCUMENT,
        HEAD + "- {target: $.info, update: {version: '2', x: {y: 1}}}\n- {target: $.tags, update: {name: d}}\n"
        "- {target: '$.paths.*.get', update: {deprecated: true, tags: [new]}}\n",
    )
    assert data["info"] == {"title": "T", "version": "2", "x": {"y": 1}}
    assert data["tags"] == [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d"}]
    assert data["paths"]["/a"]["get"]["tags"] == ["x", "new"]
    assert data["paths"]["/b"]["get"]["tags"] == ["new"]
    assert data["paths"]["/a"]["get"]["tags"] is not data["paths"]["/b"]["get"]["tags"]
    assert not front.codes


def test_removal_takes_several_items_of_one_array_and_filters(front: Front) -> None:
    data = front.overlaid(
        DOCUMENT,
        HEAD + '- {target: "$.tags[?@.name != \'b\']", remove: true}\n- {target: "$.paths[?@.post]", remove: true}\n',
    )
    assert data["tags"] == [{"name": "b"}]
    assert list(data["paths"]) == ["/a"]


def test_later_actions_see_what_earlier_ones_did(front: Front) -> None:
    data = front.overlaid(
        DOCUMENT,
        HEAD + "- {target: $.info, update: {license: {name: MIT}}}\n- {target: $.info.license.name, update: BSD}\n"
        "- {target: $.info.license, copy: $.info.title}\n",
    )
    assert data["info"] == {"title": "T", "license": "T"}


def test_a_target_without_a_match_is_a_located_warning(front: Front) -> None:
    front.overlaid(DOCUMENT, HEAD + "- {target: $.nothing, remove: true}\n")
    item = front.diagnostics.items[0]
    assert (item.code, item.severity, item.location.pointer) == (
        "overlay/no-match", Severity.WARNING, "/actions/0/target",
    )  # fmt: skip
    assert item.location.file.endswith("overlay.yaml")


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("{target: '$.[', remove: true}", "overlay/target"), ("{target: 'paths', remove: true}", "overlay/target"),
        ("{update: {}}", "overlay/action"), ("just text", "overlay/action"),
        ("{target: $, remove: true}", "overlay/remove"), ("{target: $.info, copy: '$.tags[*]'}", "overlay/copy"),
    ],
)  # fmt: skip
def test_actions_that_cannot_be_carried_out_are_errors(front: Front, action: str, code: str) -> None:
    front.overlaid(DOCUMENT, HEAD + f"- {action}\n")
    assert front.codes == [code]
    assert front.diagnostics.failed


@pytest.mark.parametrize("content", ["openapi: 3.1.0\n", "overlay: 2.0.0\nactions: []\n", "- 1\n", "overlay: 1.0.0\n"])
def test_a_file_that_is_no_overlay_is_refused(front: Front, content: str) -> None:
    with pytest.raises(Refusal):
        front.overlaid(DOCUMENT, content)
    assert front.codes == ["overlay/not-overlay"]


def test_the_jsonpath_library_is_not_imported_without_an_overlay() -> None:
    script = "import sys, sdkwright.overlay; print('jsonpath' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert found.stdout.strip() == "False"


def test_copies_that_double_the_document_end_at_the_limit(front: Front) -> None:
    actions = "".join(
        f"- {{target: $.x-a, update: {{k{number}: {{}}}}}}\n- {{target: $.x-a.k{number}, copy: $.x-a}}\n"
        for number in range(40)
    )
    front.limits = replace(front.limits, expanded_nodes=10_000)
    with pytest.raises(Refusal):
        front.overlaid(f"{DOCUMENT}x-a: {{a: 1}}\n", HEAD + actions)
    assert front.codes[-1] == "limit/nodes"
    assert front.diagnostics.items[-1].location.pointer.startswith("/actions/")


def test_an_empty_expression_is_a_located_error(front: Front) -> None:
    front.overlaid(DOCUMENT, HEAD + "- {target: '', remove: true}\n")
    assert front.codes == ["overlay/target"]
