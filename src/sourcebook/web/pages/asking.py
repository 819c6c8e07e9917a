"""What a page is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sourcebook.web.book import Book
from sourcebook.web.links import Links


class Ask(NamedTuple):
    """The record, the query of the address, and the id of what is shown where a page shows one thing."""

    book: Book
    links: Links
    given: Mapping[str, str] = {}
    of: str = ""

    def word(self, name: str) -> str | None:
        """A part of the query, None where it is empty."""
        return self.given.get(name, "").strip()[:200] or None

    def day(self, name: str) -> date | None:
        """A part of the query that is a day; None where it is none."""
        try:
            return date.fromisoformat(self.given.get(name, ""))
        except ValueError:
            return None

    def number(self, name: str, least: int = 1) -> int:
        """A part of the query that is a whole number, `least` where it is none."""
        asked = self.given.get(name, "")
        return max(least, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else least
