"""Two releases of one package with many changes at once: each break is one finding, and nothing else is."""

from __future__ import annotations

from unit.surface.support import Compare, broken, harmless

OLD = {
    "__init__.py": "from .api import Library\nfrom .records import Book, Genre, Shelf\n"
    "__all__ = ['Book', 'Genre', 'Library', 'Shelf']\n",
    "records.py": """
        from __future__ import annotations
        from enum import Enum
        from typing import Literal, Optional
        from pydantic import BaseModel, Field

        class Genre(str, Enum):
            novel = "novel"
            poem = "poem"
            essay = "essay"

        class Shelf(BaseModel):
            room: str

        class Book(BaseModel):
            number: int
            title: str = Field(max_length=200)
            subtitle: Optional[str] = None
            genre: Genre = Genre.novel
            shelf: Shelf | None = None
            binding: Literal["hard", "soft"] = "soft"
    """,
    "api.py": """
        from __future__ import annotations
        from .records import Book, Genre

        class Library:
            def search(self, *, pages: int | None = None, genre: Genre | None = None) -> list[Book]: ...
            def get_book(self, number: int) -> Book: ...
            def burn(self, number: int) -> None: ...
            async def borrow(self, number: int) -> Book: ...
            def donate(self, *, title: str, subtitle: str | None = None) -> Book: ...
    """,
}
NEW = {
    "__init__.py": "from .api import Library\nfrom .records import Book, Genre\n"
    "__all__ = ['Book', 'Genre', 'Library']\n",
    "records.py": """
        from __future__ import annotations
        from enum import Enum
        from typing import Literal, Optional
        from pydantic import BaseModel, Field

        class Genre(str, Enum):
            novel = "novel"
            poem = "POEM"
            letter = "letter"

        class Book(BaseModel):
            number: str
            title: str = Field(max_length=80)
            subtitle: str
            genre: Optional[Genre] = Genre.novel
            binding: Literal["soft"] = "soft"
            language: str
    """,
    "api.py": """
        from __future__ import annotations
        from .records import Book, Genre

        class Library:
            def search(self, *, pages: str | None = None, genre: Genre, year: int = 0) -> list[Book] | None: ...
            def retrieve_book(self, number: int) -> Book: ...
            def burn(self, number: int, sure: bool) -> Book: ...
            def borrow(self, number: int) -> Book: ...
            def donate(self, *, title: str | None = None) -> Book: ...
    """,
}


def test_every_break_is_one_finding(compared: Compare) -> None:
    assert broken(compared(OLD, NEW)) == [
        ("field-literal-removed", "shop.Book.binding"),
        ("field-none-added", "shop.Book.genre"),
        ("field-added-required", "shop.Book.language"),
        ("field-changed", "shop.Book.number"),
        ("field-removed", "shop.Book.shelf"),
        ("field-now-required", "shop.Book.subtitle"),
        ("field-constraint-tightened", "shop.Book.title"),
        ("enum-member-removed", "shop.Genre.essay"),
        ("enum-value-changed", "shop.Genre.poem"),
        ("made-sync", "shop.Library.borrow"),
        ("parameter-added-required", "shop.Library.burn(sure)"),
        ("parameter-removed", "shop.Library.donate(subtitle)"),
        ("method-removed", "shop.Library.get_book"),
        ("return-none-added", "shop.Library.search"),
        ("parameter-now-required", "shop.Library.search(genre)"),
        ("parameter-changed", "shop.Library.search(pages)"),
        ("class-removed", "shop.Shelf"),
    ]


def test_what_breaks_nobody_is_told_apart(compared: Compare) -> None:
    assert harmless(compared(OLD, NEW)) == [
        ("enum-member-added", "shop.Genre.letter"),
        ("return-given", "shop.Library.burn"),
        ("parameter-now-optional", "shop.Library.donate(title)"),
        ("method-added", "shop.Library.retrieve_book"),
        ("parameter-added", "shop.Library.search(year)"),
    ]
