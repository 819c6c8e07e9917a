"""What a file is, by what is in it. Its name is never asked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

import msgspec

from sourcebook.read.encodings import looks_utf16

#: How a name in the list of a ZIP begins, and the most of them in one that is a document.
_LISTED: Final = b"PK\x01\x02"
_MOST_LISTED: Final = 20_000
#: First bytes and the format they announce, where there is no reader for it.
_NOT_READ: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file, or an Office file under a password"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"), (b"MM\0*", "a TIFF picture"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
)  # fmt: skip
_SAMPLE: Final = 65_536
_HEAD: Final = 4_096
#: Control characters that no text holds (tab, line feed, form feed, return, escape are let be).
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_HEADER: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?", re.ASCII)
#: Header fields of a message (RFC 5322, RFC 2045), and those that only a message has.
_FIELDS: Final = frozenset((
    b"from", b"to", b"cc", b"subject", b"date", b"received", b"message-id", b"mime-version", b"content-type",
    b"return-path", b"delivered-to", b"reply-to", b"sender", b"x-mailer", b"content-transfer-encoding",
    b"in-reply-to", b"references", b"dkim-signature", b"list-id", b"snapshot-content-location",
))  # fmt: skip
_TELLING: Final = frozenset(
    (b"from", b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to")
)
_MBOX: Final = re.compile(rb"From [^\n]{1,200}\d{4}[^\n]{0,40}\r?\n[A-Za-z-]{2,40}:")
#: What may stand before the root of an XML text, and the roots of feeds.
_PROLOG: Final = re.compile(
    rb"(?:\s{1,200}|<\?[^>]{0,400}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,400}(?:\[.{0,2000}?\]\s{0,9})?>){0,20}",
    re.DOTALL,
)
_FEED: Final = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_XML: Final = re.compile(rb"<\?xml|<!DOCTYPE (?!html)|<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
#: Parts that tell the kinds of ZIP apart, by the name of a member.
_BY_MEMBER: Final = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
)  # fmt: skip
_BY_MIMETYPE: Final = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument table, drawing or presentation"),
)


def binary_kind(data: bytes) -> str | None:
    """The kind of a format with a reader that is not plain text; None for text and for what has no reader."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return "warc" if _unpacked_head(data).startswith(b"WARC/") else "compressed"
    if head[257:262] == b"ustar":
        return "tar"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"{\\rtf"):
        return "rtf"
    if bare.startswith(b"WARC/"):
        return "warc"
    return _message_kind(bare)


def _message_kind(head: bytes) -> str | None:
    """Whether a text begins as a mailbox or a message does: with header fields that messages have."""
    if _MBOX.match(head):
        return "mbox"
    fields: set[bytes] = set()
    for line in head.replace(b"\r\n", b"\n").split(b"\n")[:60]:
        if line.startswith((b" ", b"\t")) and fields:
            continue
        found = _HEADER.match(line)
        if not found:
            # A "From " line before the fields is what mailboxes put there.
            if not (line.startswith((b"From ", b">From ")) and not fields):
                break
            continue
        fields.add(found[1].lower())
    return "mail" if len(fields & _FIELDS) >= 2 and fields & _TELLING else None


def _zip_kind(data: bytes) -> str:
    # Files are sorted in the program itself: a list of a million names would take it seconds and gigabytes.
    if data.count(_LISTED) > _MOST_LISTED:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            kind = next((kind for name, kind in _BY_MEMBER if name in names), None)
            if kind is None and "[content_types].xml" in names and any(n.startswith("word/") for n in names):
                kind = "docx"
            if kind is None and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
                kind = next((kind for start, kind in _BY_MIMETYPE if mimetype.startswith(start)), None)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        IndexError,
        zlib.error,
    ):
        return "zip"  # its reader says what is wrong with it
    return kind or "zip"


def _unpacked_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data[:_SAMPLE], 64)
    except zlib.error:
        return b""


def text_kind(data: bytes) -> str | None:
    """What kind of text this is that is no prose: "feed", "json" or "xml"; None for any other."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        prolog = _PROLOG.match(head)
        if _FEED.match(head, prolog.end() if prolog else 0):
            return "feed"
        return "xml" if _XML.match(head) and b"<html" not in head.lower() else None
    return "json" if head.startswith((b"{", b"[")) and _is_json(data) else None


def no_reader(data: bytes) -> str | None:
    """Why these bytes hold no text that can be read here; None if they may."""
    if not data.strip():
        return "empty file" if not data else "nothing but blanks"
    named = next((what for magic, what in _NOT_READ if data.startswith(magic)), None)
    if named:
        return f"{named}: there is no reader for it"
    if binary_kind(data):
        return None
    sample = data[:_SAMPLE]
    if not sample.startswith(_MARKS):
        controls = len(_CONTROL.findall(sample.replace(b"\0", b"") if looks_utf16(sample) else sample))
        # A stray NUL or two in a long text is an accident; more is a format that we do not know.
        if controls * 200 > len(sample):
            return "binary file: no text in it"
    return None


def _is_json(data: bytes) -> bool:
    """JSON, or lines of it: text, but not prose; its keys and braces must not get into the record."""
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    for part in (data, data.split(b"\n", 1)[0]):
        try:
            msgspec.json.decode(part)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            continue
        return True
    return False
