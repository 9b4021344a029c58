"""Every format is well-formed, says the same, and lets no text of a document act."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from sdkwright.diff.__main__ import rules_page, schema_text
from sdkwright.diff.report import FORMATS
from sdkwright.diff.report.text import wrapped
from sdkwright.diff.review import Review
from unit.diff.comparing import compare, document, operation, with_request, with_response

ROOT = Path(__file__).parents[3]
HOSTILE = "</details><script>alert(1)</script> @everyone [x](http://evil) `rm` ~~~~\u202e\x1b[31m"


@pytest.fixture
def result(tmp_path: Path) -> Review:
    base = with_response({"type": "object", "properties": {"id": {"type": "string"}, "old": {"type": "string"}}})
    revision = with_response({"type": "object", "properties": {"id": {"type": "integer"}}})
    return compare(base, revision, tmp_path, python=True)


def hostile(tmp_path: Path) -> Review:
    """A review whose names are attacks."""
    name = HOSTILE.replace("\x1b", "").replace("\u202e", "")
    base = with_request({"type": "object", "properties": {name: {"type": "string", "enum": ["::error::"]}}})
    return compare(base, with_request({"type": "object", "properties": {}}), tmp_path)


def test_text_leads_with_the_verdicts(result: Review) -> None:
    first, second, *_ = FORMATS["text"](result).splitlines()
    assert first == "WIRE major   PYTHON major   next version 2.0.0 (was 1.4.2)"
    assert second == "1 major, 1 warning"


def test_json_follows_its_published_schema(result: Review, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "docs" / "diff.schema.json").read_text())
    content = json.loads(FORMATS["json"](result))
    jsonschema.Draft202012Validator(schema).validate(content)
    assert (content["wire"], content["python"], content["suggested_version"]) == ("major", "major", "2.0.0")
    wire_only = compare(document(), document(paths={"/a": {"get": operation()}}), tmp_path)
    jsonschema.Draft202012Validator(schema).validate(json.loads(FORMATS["json"](wire_only)))


def test_pages_made_from_data_are_current() -> None:
    assert (ROOT / "docs" / "diff-rules.md").read_text() == rules_page()
    assert (ROOT / "docs" / "diff.schema.json").read_text() == schema_text()


def test_markdown_stays_below_the_limit_of_a_comment_and_says_what_it_left_out(tmp_path: Path) -> None:
    properties = {f"property_{number}": {"type": "string", "description": "x" * 200} for number in range(2000)}
    base = with_response({"type": "object", "properties": properties})
    text = FORMATS["markdown"](compare(base, with_response({"type": "object", "properties": {}}), tmp_path))
    assert len(text) < 60_000
    assert "more changes; `--format json` has all of them." in text
    assert text.count("<details>") == text.count("</details>")


def test_markdown_lets_no_text_of_a_document_act(tmp_path: Path) -> None:
    text = FORMATS["markdown"](hostile(tmp_path))
    outside = re.sub(r"^(~{4,})\w+$.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert "<script>" not in outside and "@everyone" not in outside
    assert outside.count("</details>") == outside.count("<details>")


def test_text_shows_document_and_code_and_fits_the_terminal(tmp_path: Path) -> None:
    base = with_response({"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]})
    revision = with_response({"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]})
    text = FORMATS["text"](compare(base, revision, tmp_path, python=True))
    assert '    | -  "type": "string"' in text and '    | +  "type": "integer"' in text
    assert "    | -    id: str" in text and "    | +    id: int" in text
    narrow = wrapped(text, 60)
    assert all(len(line) <= 60 or line.startswith("    |") or len(line.split()) == 1 for line in narrow.splitlines())
    assert narrow.split() == text.split()


def test_annotations_name_file_and_line_and_stay_one_line_each(result: Review, tmp_path: Path) -> None:
    lines = FORMATS["github"](result).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::error"]
    assert all("file=" in line and "line=" in line for line in lines)
    assert all(line.startswith("::") for line in FORMATS["github"](hostile(tmp_path)).splitlines())


def test_sarif_names_its_rules_and_places(result: Review) -> None:
    (run,) = json.loads(FORMATS["sarif"](result))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["locations"][0]["physicalLocation"]["region"]["startLine"] > 0
    assert {found["level"] for found in run["results"]} == {"error"}


def test_junit_fails_what_breaks(result: Review, tmp_path: Path) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](result))
    suites: dict[str, Any] = {suite.attrib["name"]: suite.attrib for suite in root}
    assert (suites["wire"]["tests"], suites["wire"]["failures"]) == ("2", "1")
    assert len(root.findall(".//failure")) == int(suites["wire"]["failures"]) + int(suites["python"]["failures"])
    ElementTree.fromstring(FORMATS["junit"](hostile(tmp_path)))


def test_reports_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    for name, kinds in (("base", ["x", "y", "z"]), ("revision", ["w", "q"])):
        schema = {"type": "object", "properties": {"a": {"enum": kinds}}}
        names = [f"S{number}" for number in range(9)]
        paths = {
            f"/{each}": with_response({"$ref": f"#/components/schemas/{each}"})["paths"]["/boats"] for each in names
        }
        content = document(paths=paths, components={"schemas": dict.fromkeys(names, schema)})
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    outputs = set[bytes]()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "generator")}
        command = [sys.executable, "-m", "sdkwright", "diff", "base.json", "revision.json", "--format", "json"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_the_page_holds_all_it_needs_and_allows_nothing_else(result: Review) -> None:
    text = FORMATS["html"](result)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; ")
    for kind, tag in (("style", "style"), ("script", "script")):
        ((inner,),) = [re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)]
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert re.findall(r'(?:src|href)="(?!#|data:)', text) == []
    assert not re.search(r"url\(|@import|\sstyle=|\son\w+=", text)


def test_the_page_lets_no_text_of_a_document_act(tmp_path: Path) -> None:
    text = FORMATS["html"](hostile(tmp_path))
    assert text.count("<script>") == text.count("</script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_page_of_no_change_says_so(tmp_path: Path) -> None:
    text = FORMATS["html"](compare(document(), document(), tmp_path, python=True))
    assert "Nothing changed for anybody." in text


def test_several_formats_become_several_files(tmp_path: Path) -> None:
    for name in ("base", "revision"):
        (tmp_path / f"{name}.json").write_text(json.dumps(document()))
    command = [sys.executable, "-m", "sdkwright", "diff", "base.json", "revision.json", "--format", "json,html"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"several formats need --output" in done.stderr
    done = subprocess.run([*command, "-o", "review"], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.glob("review.*")) == ["review.html", "review.json"]
