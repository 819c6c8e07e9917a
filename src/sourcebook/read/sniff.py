"""What a file is, by its first bytes: text, or a format that no reader here can open."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sourcebook.read.encodings import looks_utf16

#: First bytes and the format they announce. The name of the file is never asked.
_MAGIC: Final = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive (or DOCX, XLSX, ODT)"),
    (b"PK\x05\x06", "a ZIP archive"), (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "RTF"), (b"\x1f\x8b", "a gzip archive"), (b"SQLite format 3\0", "a SQLite database"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!", "a RAR archive"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"WARC/", "a web archive (WARC)"),
)  # fmt: skip
_SAMPLE: Final = 65_536
#: Control characters that no text holds (tab, line feed, form feed, return, escape are let be).
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def no_reader(data: bytes) -> str | None:
    """Why these bytes hold no text that can be read here; None if they may."""
    if not data.strip():
        return "empty file" if not data else "nothing but blanks"
    named = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if named:
        return f"{named}: there is no reader for it"
    sample = data[:_SAMPLE]
    if not sample.startswith(_MARKS):
        controls = len(_CONTROL.findall(sample.replace(b"\0", b"") if looks_utf16(sample) else sample))
        # A stray NUL or two in a long text is an accident; more is a format that we do not know.
        if controls * 200 > len(sample):
            return "binary file: no text in it"
    return _structured(data)


def _structured(data: bytes) -> str | None:
    """JSON is text, but not prose: reading it as prose would put keys and braces into the record."""
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[")):
        return None
    try:
        msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return "JSON: there is no reader for it"
