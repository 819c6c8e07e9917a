"""What DOCX, ODT and EPUB share: parts in a ZIP, opened with care, and paragraphs out of XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.read.xml import feed

#: The most bytes of one part, and how many times its packed size a big one may be.
_PART: Final = 60_000_000
_BIG: Final = 5_000_000
_RATIO: Final = 200
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    IndexError,
    RuntimeError,
)


class Package:
    """A document that is a ZIP of parts."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise UnreadableDocument(f"a damaged {kind} file: {error}") from error
        # Some programs write backslashes and other capitals; the last part of a name counts, as in Office.
        self._names = {
            entry.filename.replace("\\", "/").lstrip("/").casefold(): entry
            for entry in self._archive.infolist()
        }

    def names(self) -> list[str]:
        """The names of its parts, in lower case."""
        return sorted(self._names)

    def part(self, name: str) -> bytes:
        """A part's bytes, b"" if there is none of that name.

        Raises:
            UnreadableDocument: it is under a password, damaged, or a bomb: its size is looked at first.
        """
        entry = self._names.get(name.lstrip("/").casefold())
        if entry is None:
            return b""
        if entry.flag_bits & 0x1:
            raise UnreadableDocument(f"a {self._kind} file under a password")
        too_much = entry.file_size > _BIG and entry.file_size > _RATIO * max(entry.compress_size, 1)
        if entry.file_size > _PART or too_much:
            raise UnreadableDocument(f"{name} in it unpacks to {entry.file_size:,} bytes: taken for a bomb")
        try:
            with self._archive.open(entry) as file:
                return file.read(_PART)
        except _BROKEN as error:
            raise UnreadableDocument(f"a damaged {self._kind} file: {error}") from error


class Fields:
    """An XML target that keeps the text of elements by name: a file's metadata."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        del attributes
        self._open.append(name)

    def end(self, name: str) -> None:
        """An element ends."""
        del name
        self._open.pop()

    def data(self, text: str) -> None:
        """Text of the innermost element; the first of a name counts."""
        if self._open and text.strip():
            self.found[self._open[-1]] = (self.found.get(self._open[-1], "") + text)[:2_000]


def fields(data: bytes) -> dict[str, str]:
    """The elements of a metadata part and their texts; {} where it cannot be read."""
    target = Fields()
    if data:
        feed(data, target)
    return {name: " ".join(text.split()) for name, text in target.found.items()}


def stated(
    found: dict[str, str], names: dict[str, str], where: str, text: str
) -> tuple[dict[str, str], dict[str, str]]:
    """What a file's properties say, by our names.

    Title and author are those of a template as often as not, and count only if the head of the
    text says them too. Dates are dates of the file.
    """
    says: dict[str, str] = {}
    says_in: dict[str, str] = {}
    head = " ".join(text[:3_000].split()).casefold()
    for name, field in names.items():
        words = found.get(name, "")
        agreed = field not in ("title", "author")
        if words and field not in says and (agreed or (len(words) > 3 and words.casefold() in head)):
            says[field], says_in[field] = (
                words,
                f"{where} {name}" if agreed else f"{where} {name}, also in the text",
            )
    return says, says_in
