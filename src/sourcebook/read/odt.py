"""ODT (OpenDocument text): paragraphs, headings and tables in order, then the notes."""

from __future__ import annotations

from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.read.office import Package, fields, stated
from sourcebook.read.page import Page
from sourcebook.read.xml import feed

#: Text that is not on the page: deleted under tracked changes, comments, scripts, the marks of notes.
_UNSEEN: Final = frozenset(("tracked-changes", "annotation", "script", "note-citation", "desc", "title"))
_PROPERTIES: Final = {
    "title": "title", "initial-creator": "author", "creator": "author", "creation-date": "created",
    "date": "modified",
}  # fmt: skip


class _Body:
    """An XML target that gathers paragraphs, rows of tables as one line each, and notes apart."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.notes: list[str] = []
        self._unseen = 0
        self._note = 0
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _UNSEEN or self._unseen:
            self._unseen += 1
        elif name == "note":
            self._note += 1
        elif name in ("p", "h"):
            self._paragraphs.append([])
        elif name == "table-row":
            self._rows.append([])
        elif self._paragraphs and name in ("s", "tab"):
            count = attributes.get("c", "1")
            self._paragraphs[-1].append(" " * min(int(count) if count.isdecimal() else 1, 100))
        elif self._paragraphs and name == "line-break":
            self._paragraphs[-1].append("\n")

    def end(self, name: str) -> None:
        """An element ends."""
        if self._unseen:
            self._unseen -= 1
        elif name == "note":
            self._note -= 1
        elif name in ("p", "h") and self._paragraphs:
            lines = [" ".join(line.split()) for line in "".join(self._paragraphs.pop()).split("\n")]
            self._put("\n".join(line for line in lines if line))
        elif name == "table-row" and self._rows:
            cells = self._rows.pop()
            self._put(" | ".join(cells))

    def data(self, text: str) -> None:
        """Text, if it stands in a paragraph."""
        if self._paragraphs and not self._unseen:
            self._paragraphs[-1].append(text)

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._note:
            self.notes.append(text)
        elif self._rows:
            self._rows[-1].append(text.replace("\n", " "))
        else:
            self.blocks.append(text)


def page(data: bytes) -> Page:
    """The body, then footnotes and endnotes. Headers, footers and comments are left out.

    Raises:
        UnreadableDocument: it is damaged, under a password, a bomb, holds a DOCTYPE, or has no text.
    """
    package = Package(data, "ODT")
    if b"manifest:encryption-data" in package.part("META-INF/manifest.xml"):
        raise UnreadableDocument("an ODT file under a password")
    body = _Body()
    broken = feed(package.part("content.xml"), body)
    text = "\n\n".join((*body.blocks, *body.notes))
    if not text:
        raise UnreadableDocument(broken or "an ODT file without text")
    says, where = stated(fields(package.part("meta.xml")), _PROPERTIES, "ODT property", text)
    unread = (f"the rest: {broken}",) if broken else ()
    return Page(f"{text}\n", "utf-8", (), says, where, (), unread)
