"""What OpenAPI says that parameters look like: "Style Examples" of 3.2 (section 4.12.4), written out by hand.

`color` is "", "blue", ["blue", "black", "brown"] or {"R": 100, "G": 200, "B": 150}. The columns of 3.2 hold no empty
string; those are the `empty` column of 3.0 and 3.1.0, which is what RFC 6570 makes of it. An empty list is undefined
to RFC 6570 (2.3), so nothing is written for it.
"""

from __future__ import annotations

from dataclasses import dataclass

VALUES: dict[str, object] = {
    "empty": "",
    "string": "blue",
    "array": ["blue", "black", "brown"],
    "nothing": [],
    "object": {"R": 100, "G": 200, "B": 150},
}
"""The values by column of the table."""

REFUSED = "refused"
"""A value that would leave nothing in its place of the path (THREATS R1)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is written in the path, the query, the header or the `Cookie` header; None for nothing at all.

    `undefined` marks a combination that the table calls n/a: `text` is what is sent all the same, after a note.
    """

    place: str
    style: str
    explode: bool
    column: str
    text: str | None
    undefined: bool = False

    @property
    def schema(self) -> dict[str, object]:
        """The schema of the parameter."""
        match self.column:
            case "array" | "nothing":
                return {"type": "array", "items": {"type": "string"}}
            case "object":
                return {"type": "object", "properties": {name: {"type": "integer"} for name in "RGB"}}
            case _:
                return {"type": "string"}

    @property
    def method(self) -> str:
        """The name of the operation that has the parameter."""
        return f"{self.style}_{'exploded' if self.explode else 'joined'}_{self.column}".lower()


_ROWS = {
    # place, style, explode: "", "blue", ["blue", "black", "brown"], [], {"R": 100, "G": 200, "B": 150}
    ("path", "matrix", False): (
        ";color", ";color=blue", ";color=blue,black,brown", REFUSED, ";color=R,100,G,200,B,150",
    ),
    ("path", "matrix", True): (
        ";color", ";color=blue", ";color=blue;color=black;color=brown", REFUSED, ";R=100;G=200;B=150",
    ),
    ("path", "label", False): (REFUSED, ".blue", ".blue,black,brown", REFUSED, ".R,100,G,200,B,150"),
    ("path", "label", True): (REFUSED, ".blue", ".blue.black.brown", REFUSED, ".R=100.G=200.B=150"),
    ("path", "simple", False): (REFUSED, "blue", "blue,black,brown", REFUSED, "R,100,G,200,B,150"),
    ("path", "simple", True): (REFUSED, "blue", "blue,black,brown", REFUSED, "R=100,G=200,B=150"),
    ("header", "simple", False): ("", "blue", "blue,black,brown", None, "R,100,G,200,B,150"),
    ("header", "simple", True): ("", "blue", "blue,black,brown", None, "R=100,G=200,B=150"),
    ("query", "form", False): ("color=", "color=blue", "color=blue,black,brown", None, "color=R,100,G,200,B,150"),
    ("query", "form", True): ("color=", "color=blue", "color=blue&color=black&color=brown", None, "R=100&G=200&B=150"),
    ("query", "spaceDelimited", False): (
        None, None, "color=blue%20black%20brown", None, "color=R%20100%20G%20200%20B%20150",
    ),
    ("query", "pipeDelimited", False): (
        None, None, "color=blue%7Cblack%7Cbrown", None, "color=R%7C100%7CG%7C200%7CB%7C150",
    ),
    ("query", "deepObject", True): (None, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ("query", "deepObject", False): (None, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ("cookie", "form", False): ("color=", "color=blue", "color=blue,black,brown", None, "color=R,100,G,200,B,150"),
    ("cookie", "form", True): (
        "color=", "color=blue", "color=blue; color=black; color=brown", None, "R=100; G=200; B=150",
    ),
    ("cookie", "cookie", True): (
        "color=", "color=blue", "color=blue; color=black; color=brown", None, "R=100; G=200; B=150",
    ),
    ("cookie", "cookie", False): ("color=", "color=blue", None, None, None),
}  # fmt: skip
"""The rows that have a text somewhere. `&` never stands in a cookie header (appendix D): `; ` is between its pairs."""

_UNDEFINED = {
    ("query", "spaceDelimited", False): {"empty": "color=", "string": "color=blue"},
    ("query", "pipeDelimited", False): {"empty": "color=", "string": "color=blue"},
    **{
        ("query", style, True): {
            "empty": "color=", "string": "color=blue", "array": "color=blue&color=black&color=brown", "nothing": None,
            "object": "R=100&G=200&B=150",
        }
        for style in ("spaceDelimited", "pipeDelimited")
    },
    **{
        ("query", "deepObject", explode): {
            "empty": "color=", "string": "color=blue", "array": "color=blue&color=black&color=brown", "nothing": None,
        }
        for explode in (True, False)
    },
    ("cookie", "cookie", False): {
        "array": "color=blue,black,brown", "nothing": None, "object": "color=R,100,G,200,B,150",
    },
}  # fmt: skip
"""The cells that are n/a, and what is sent for them: what the style `form` writes."""

CELLS = [
    *(
        Cell(*row, column, text)
        for row, texts in _ROWS.items()
        for column, text in zip(VALUES, texts, strict=True)
        if column not in _UNDEFINED.get(row, {})
    ),
    *(Cell(*row, column, text, True) for row, texts in _UNDEFINED.items() for column, text in texts.items()),
]
"""Every style, with and without `explode`, for every value, in every place that has the style."""
