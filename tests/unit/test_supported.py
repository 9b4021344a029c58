"""`docs/supported.md`: every keyword of the specifications has a row, and its golden case shows what the row says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import yaml
from support.golden import GOLDEN, REPOSITORY
from support.keywords import JSON_SCHEMA, OPENAPI_3_0, OPENAPI_3_2, SWAGGER_2
from support.uses import uses

PAGE = (REPOSITORY / "docs" / "supported.md").read_text("utf-8")
CODE = re.compile(r"\b(note|warning) `(\w+/[\w-]+)`")
"""A severity and a code of a diagnostic."""
OBJECTS = {
    "document": "OpenAPI Object", "info": "Info Object", "contact": "Contact Object", "license": "License Object",
    "server": "Server Object", "serverVariable": "Server Variable Object", "components": "Components Object",
    "pathItem": "Path Item Object", "operation": "Operation Object", "externalDocs": "External Documentation Object",
    "parameter": "Parameter Object", "requestBody": "Request Body Object", "mediaType": "Media Type Object",
    "encoding": "Encoding Object", "responses": "Responses Object", "response": "Response Object",
    "example": "Example Object", "link": "Link Object", "header": "Header Object", "tag": "Tag Object",
    "reference": "Reference Object", "discriminator": "Discriminator Object", "xml": "XML Object",
    "securityScheme": "Security Scheme Object", "oauthFlows": "OAuth Flows Object", "oauthFlow": "OAuth Flow Object",
}  # fmt: skip
SWAGGER_OBJECTS = OBJECTS | {"document": "Swagger Object", "schema": "Schema Object"}


@dataclass(frozen=True)
class Section:
    """What a table is about: the kind of object, its keywords, and the versions of documents that show them."""

    title: str
    kind: str
    keywords: str
    version: str = "3"


SECTIONS = [
    *(Section(OBJECTS[kind], kind, keywords) for kind, keywords in OPENAPI_3_2.items()),
    Section("Callback Object", "callback", "{expression}"),
    *(
        Section(f"JSON Schema: {vocabulary}", "schema", keywords)
        for vocabulary, keywords in JSON_SCHEMA.items()
        if vocabulary != "OpenAPI"
    ),
    Section("Schema Object: further keywords of OpenAPI", "schema", JSON_SCHEMA["OpenAPI"]),
    Section("Schema Object: OpenAPI 3.0", "schema", OPENAPI_3_0["schema"], "3.0"),
    *(Section(f"Swagger 2.0: {SWAGGER_OBJECTS[kind]}", kind, keywords, "2.0") for kind, keywords in SWAGGER_2.items()),
]


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    section: str
    keyword: str
    text: str
    case: str


def _rows() -> Iterator[Row]:
    section = ""
    for line in PAGE.splitlines():
        if line.startswith("#"):
            section = line.lstrip("# ")
        elif line.startswith("| `"):
            keyword, text, case = re.fullmatch(r"\| `(.+?)` \| (.+) \| \[(\w+)\]\(.*\) \|", line).groups()  # type: ignore[union-attr]  # a line that does not match fails here
            yield Row(section, keyword, text, case)


ROWS = list(_rows())


def _name(item: Section | Row) -> str:
    return item.title if isinstance(item, Section) else f"{item.section}: {item.keyword}"


def _uses(case: str, version: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for path in (GOLDEN / case).glob("openapi.*"):
        document = yaml.safe_load(path.read_text("utf-8"))
        if str(document.get("openapi", document.get("swagger"))).startswith(version):
            found |= set(uses(document))
    return found


def test_every_table_is_about_an_object_of_a_specification() -> None:
    assert [section.title for section in SECTIONS if section.title not in {row.section for row in ROWS}] == []
    assert {row.section for row in ROWS} <= {section.title for section in SECTIONS}


@pytest.mark.parametrize("section", SECTIONS, ids=_name)
def test_every_keyword_of_an_object_has_one_row_in_the_order_of_the_specification(section: Section) -> None:
    assert [row.keyword for row in ROWS if row.section == section.title] == section.keywords.split()


@pytest.mark.parametrize("section", SECTIONS, ids=_name)
def test_the_document_of_a_case_uses_the_keyword_at_such_an_object(section: Section) -> None:
    for row in (row for row in ROWS if row.section == section.title):
        used = {keyword for kind, keyword in _uses(row.case, section.version) if kind == section.kind}
        assert used if row.keyword == "{expression}" else row.keyword in used, f"{row.case} has no {_name(row)}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.text.startswith("Ignored")], ids=_name)
def test_what_is_ignored_says_whether_there_is_a_note(row: Row) -> None:
    assert row.text.startswith("Ignored, without a note: ") or re.search(
        r"with a (note|warning) `\w+/[\w-]+`", row.text
    )


@pytest.mark.parametrize("row", [row for row in ROWS if CODE.search(row.text)], ids=_name)
def test_each_diagnostic_that_a_row_names_is_in_its_case(row: Row) -> None:
    said = GOLDEN / row.case / "diagnostics.txt"
    for severity, code in CODE.findall(row.text):
        assert said.is_file(), f"{row.case} reports nothing"
        assert f"{severity} {code} " in said.read_text("utf-8")
