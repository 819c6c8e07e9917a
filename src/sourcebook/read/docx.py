"""DOCX (Office Open XML): paragraphs and tables in the order of the page, then the notes."""

from __future__ import annotations

from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.read.office import Package, fields, stated
from sourcebook.read.page import Page
from sourcebook.read.xml import feed

_MAIN: Final = "word/document.xml"
#: Text that is not on the page: what was deleted or moved away under tracked changes, instructions of
#: fields, a second form of the same drawing, and its number for programs.
_UNSEEN: Final = frozenset(
    ("del", "moveFrom", "delText", "instrText", "Fallback", "delInstrText", "posOffset", "rPr")
)
_PROPERTIES: Final = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}
_TITLES: Final = ("title", "titel", "titre")


class _Body:
    """An XML target that gathers paragraphs, rows of tables as one line each, and the title's style."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.title = ""
        self._unseen = 0
        self._text = 0
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _UNSEEN or self._unseen:
            self._unseen += 1
        elif name == "p":
            self._paragraphs.append([])
            self._style = ""
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
        elif name == "t":
            self._text += 1
        elif name == "pStyle":
            self._style = attributes.get("val", "").casefold()
        elif name in ("tab", "br", "cr", "noBreakHyphen") and self._paragraphs:
            self._paragraphs[-1].append("-" if name == "noBreakHyphen" else " " if name == "tab" else "\n")

    def end(self, name: str) -> None:
        """An element ends."""
        if self._unseen:
            self._unseen -= 1
        elif name == "t":
            self._text -= 1
        elif name == "p" and self._paragraphs:
            self._paragraph("".join(self._paragraphs.pop()))
        elif name == "tc" and self._cells:
            cell = " ".join(self._cells.pop())
            if self._rows:
                self._rows[-1].append(cell)
        elif name == "tr" and self._rows:
            self._put(" | ".join(cell for cell in self._rows.pop() if cell))

    def data(self, text: str) -> None:
        """Text, if it stands in a run."""
        if self._text and not self._unseen and self._paragraphs:
            self._paragraphs[-1].append(text)

    def _paragraph(self, text: str) -> None:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        if self._style in _TITLES and not self.title:
            self.title = text.replace("\n", " ")
        self._put(text)

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._cells:
            self._cells[-1].append(text.replace("\n", " "))
        else:
            self.blocks.append(text)


def page(data: bytes) -> Page:
    """The body, then footnotes and endnotes. Headers, footers and comments are left out.

    Raises:
        UnreadableDocument: it is damaged, under a password, a bomb, holds a DOCTYPE, or has no text.
    """
    package = Package(data, "DOCX")
    body = _Body()
    main = package.part(_MAIN) or package.part(next((n for n in package.names() if _is_main(n)), _MAIN))
    if not main:
        raise UnreadableDocument("a DOCX file without a text part")
    broken = feed(main, body)
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        feed(package.part(notes) or b"<none/>", body)
    text = "\n\n".join(body.blocks)
    if not text:
        raise UnreadableDocument(broken or "a DOCX file without text")
    says, where = stated(fields(package.part("docProps/core.xml")), _PROPERTIES, "DOCX core property", text)
    if body.title and len(body.title) < 300:
        says, where = {**says, "title": body.title}, {**where, "title": "paragraph in the style Title"}
    unread = (f"the rest: {broken}",) if broken else ()
    return Page(f"{text}\n", "utf-8", (), says, where, (), unread)


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")
