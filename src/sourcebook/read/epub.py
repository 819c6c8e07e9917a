"""EPUB: the chapters in the order in which the book is read, as one document."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

from sourcebook.errors import UnreadableDocument
from sourcebook.read import html
from sourcebook.read.office import Fields, Package
from sourcebook.read.page import Page
from sourcebook.read.xml import feed

_CHAPTERS: Final = 2_000
_CHARACTERS: Final = 10_000_000
_PROPERTIES: Final = {
    "title": "title", "creator": "author", "publisher": "publisher", "date": "published",
    "language": "language",
}  # fmt: skip


class _Opened(Fields):
    """An XML target for the package file: metadata, the list of files, and the order of reading."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, str] = {}
        self.spine: list[str] = []
        self.root = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        if name == "rootfile" and not self.root:
            self.root = attributes.get("full-path", "")
        elif name == "item" and "id" in attributes:
            self.files[attributes["id"]] = attributes.get("href", "")
        elif name == "itemref":
            self.spine.append(attributes.get("idref", ""))


def page(data: bytes) -> Page:
    """Every chapter's paragraphs; the offsets at which chapters begin stand in for those of pages.

    Raises:
        UnreadableDocument: it is damaged, a bomb, or has no text.
    """
    package = Package(data, "EPUB")
    container = _Opened()
    feed(package.part("META-INF/container.xml") or b"<none/>", container)
    book = _Opened()
    broken = feed(package.part(container.root) or b"<none/>", book, doctype=True)
    chapters: list[str] = []
    unread: list[str] = []
    starts: list[int] = []
    size = 0
    folder = posixpath.dirname(container.root)
    for number, name in enumerate(book.spine[:_CHAPTERS], 1):
        inside = posixpath.normpath(posixpath.join(folder, unquote(book.files.get(name, ""))))
        try:
            text = html.page(package.part(inside)).text.strip()
        except UnreadableDocument as error:
            # A cover or a page of pictures has no paragraphs, and that is no fault.
            if "without paragraphs" not in str(error):
                unread.append(f"chapter {number}: {error}")
            continue
        if size > _CHARACTERS:
            unread.append(f"chapters from {number} on: more than {_CHARACTERS:,} characters in one book")
            break
        starts.append(size)
        chapters.append(text)
        size += len(text) + 2
    if not chapters:
        raise UnreadableDocument(broken or "an EPUB book without text")
    found = {name: " ".join(words.split()) for name, words in book.found.items()}
    says = {field: found[name] for name, field in _PROPERTIES.items() if found.get(name)}
    where = {field: f"EPUB {name}" for name, field in _PROPERTIES.items() if found.get(name)}
    return Page("\n\n".join(chapters) + "\n", "utf-8", (), says, where, tuple(starts), tuple(unread))
