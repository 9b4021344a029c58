"""The table of styles, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parameters.document import document
from parameters.table import CELLS, REFUSED, VALUES, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx2
    from sdkwright.diagnostics import Diagnostic

    from parameters.conftest import Send


def written(request: httpx2.Request, place: str) -> str | None:
    """What a request holds of its only parameter; None for nothing."""
    path, _, query = request.url.raw_path.decode().partition("?")
    match place:
        case "path":
            return path.split("/", 3)[3]
        case "query":
            return query or None
        case "header":
            return request.headers.get("color")
        case _:
            return request.headers.get("cookie")


def _name(cell: Cell) -> str:
    return f"{cell.place}-{cell.method}"


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.text != REFUSED], ids=_name)
def test_a_cell_is_written_as_the_table_says(cell: Cell, send: Send) -> None:
    request = send(cell.place, cell.method, VALUES[cell.column])
    assert written(request, cell.place) == cell.text


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.text == REFUSED], ids=_name)
def test_a_value_that_leaves_its_place_in_the_path_empty_is_refused(cell: Cell, send: Send) -> None:
    with pytest.raises(ValueError, match="color"):
        send(cell.place, cell.method, VALUES[cell.column])


def test_every_cell_without_a_meaning_and_no_other_has_a_note_at_its_parameter(
    diagnostics: Sequence[Diagnostic],
) -> None:
    noted = {item.location.pointer for item in diagnostics if item.code == "parameter/style"}
    expected = {f"/paths/~1{cell.place}~1{cell.method}/get/parameters/0" for cell in CELLS if cell.undefined}
    assert noted == expected
    assert {item.code for item in diagnostics} == {"parameter/style"}


def test_the_table_has_every_style_of_every_place() -> None:
    methods = {(cell.place, cell.style, cell.explode, cell.column) for cell in CELLS}
    styles = {
        "path": ("simple", "label", "matrix"), "header": ("simple",), "cookie": ("form", "cookie"),
        "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    }  # fmt: skip
    assert methods == {
        (place, style, explode, column)
        for place, names in styles.items()
        for style in names
        for explode in (True, False)
        for column in VALUES
    }
    assert len(document()["paths"]) == len(CELLS) + 13
