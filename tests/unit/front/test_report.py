"""What people, scripts and GitHub see of diagnostics."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from rich.console import Console
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.report import github, located
from sdkwright.report.console import print_diagnostics
from sdkwright.report.json import Summary, render
from sdkwright.source import SourceText

if TYPE_CHECKING:
    from conftest import Front

EVIL = "\x1b[2J\u202e\r\n::error::owned %0A [bold]x[/bold]"


def _printed(diagnostics: Diagnostics, texts: dict[str, SourceText], *, verbose: bool = False) -> str:
    stream = io.StringIO()
    print_diagnostics(diagnostics.items, texts, Console(file=stream, width=200), verbose=verbose)
    return stream.getvalue()


def _texts(content: str) -> dict[str, SourceText]:
    return {"a.yaml": SourceText("a.yaml", content)}


def test_the_source_line_is_shown_and_underlined() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning("schema/type", "not a type", Location("a.yaml", "/x/type"), "correct it")
    assert _printed(diagnostics, _texts("x:\n  type: int # here\n")) == (
        "warning[schema/type]: not a type\n"
        "  --> a.yaml:2:3  /x/type\n"
        " 2 |   type: int # here\n"
        "   |   ^^^^\n"
        "   = help: correct it\n"
        "\n"
        "1 warning\n"
    )


def test_a_long_line_is_cut_around_the_place() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("a/b", "m", Location("a.yaml", "/k99"))
    content = "{" + ", ".join(f'"k{n}": {n}' for n in range(200)) + "}"
    lines = _printed(diagnostics, _texts(content)).splitlines()
    assert '"k99"' in lines[2]
    assert len(lines[2]) < 110
    assert lines[3].index("^") == lines[2].index('"k99"')
    assert lines[3].count("^") == len('"k99"')


def test_errors_come_first_and_each_code_is_capped() -> None:
    diagnostics = Diagnostics()
    for number in range(10):
        diagnostics.warning("b/many", f"m{number}", Location("a.yaml", f"/{number}"))
    diagnostics.error("z/one", "bad", Location("a.yaml"))
    diagnostics.note("a/note", "fyi", Location("gone.yaml"))
    text = _printed(diagnostics, _texts("x: 1\n"))
    assert text.startswith("error[z/one]")
    assert text.count("warning[b/many]") == 3
    assert "and 7 more of b/many" in text
    assert text.endswith("1 error, 10 warnings, 1 note\n")
    assert _printed(diagnostics, _texts("x: 1\n"), verbose=True).count("warning[b/many]") == 10


def test_nothing_is_printed_without_diagnostics() -> None:
    assert not _printed(Diagnostics(), {})


def test_text_of_a_document_cannot_act_on_a_terminal() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("a/b", EVIL, Location("a.yaml", "/" + EVIL), EVIL)
    text = _printed(diagnostics, _texts(f"x: '{EVIL}'\n"))
    assert not set(text) & {"\x1b", "\u202e", "\r"}
    assert "[bold]x[/bold]" in text
    assert "\n::error" not in text


def test_github_annotations_stay_on_their_line() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("a/b", EVIL, Location("a:b,c.yaml"), EVIL)
    diagnostics.note("a/c", "m", Location("a.yaml", "/x"))
    lines = github.commands(diagnostics.items, _texts("\nx: 1\n")).splitlines()
    assert len(lines) == 2
    assert lines[0] == "::notice file=a.yaml,line=2,col=1,title=a/c::m"
    assert lines[1].startswith("::error file=a%3Ab%2Cc.yaml,title=a/b::")
    assert "%0D%0A::error::owned %250A" in lines[1]


def test_the_json_report_has_the_documented_shape(front: Front) -> None:
    document = front.read("openapi: 3.1.0\npaths:\n  /a: {}\n")
    front.diagnostics.warning("a/b", EVIL, Location(document.name, "/paths/~1a"), "h")
    summary = Summary(
        "api.yaml",
        "pkg",
        operations=3,
        generated=2,
        skipped=1,
        models=4,
        files=5,
        seconds={"read": 0.1},
    )
    text = render(summary, front.diagnostics.items, front.texts)
    assert text.isascii()
    assert json.loads(text) == {
        "spec": "api.yaml", "package": "pkg",
        "operations": {"total": 3, "generated": 2, "skipped": 1, "excluded": 0},
        "webhooks": 0, "models": 4, "files": 5, "seconds": {"read": 0.1},
        "diagnostics": [{
            "code": "a/b", "severity": "warning", "message": EVIL, "file": document.name, "line": 3, "column": 3,
            "pointer": "/paths/~1a", "hint": "h",
        }],
    }  # fmt: skip


def test_a_known_position_is_kept(front: Front) -> None:
    front.refused("openapi: [3.1.0\n")
    item = located(front.diagnostics.items, front.texts)[0]
    assert (item.line, item.column) == (2, 1)


def test_diagnostics_are_shown_from_top_to_bottom_and_the_first_of_many_are_the_first_of_the_file() -> None:
    diagnostics = Diagnostics()
    for pointer in ("/d", "/b", "/e", "/c", "/a"):
        diagnostics.note("a/b", pointer, Location("a.yaml", pointer))
    texts = _texts("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\n")
    assert [item.message for item in located(diagnostics.items, texts)] == ["/a", "/b", "/c", "/d", "/e"]
    assert "a.yaml:1:1" in _printed(diagnostics, texts).splitlines()[1]
