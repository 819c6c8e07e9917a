"""Bytes to text: which encoding, and how many bytes it could not explain."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from charset_normalizer import from_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536
_WINDOW: Final = 1_024
#: Two-, three- and four-byte sequences of UTF-8 (RFC 3629), near enough to count by.
_UTF8_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LETTER: Final = re.compile(rb"[A-Za-z]")
#: Above this share of bytes over 127 among letters a text is not in a Western European language.
_WESTERN: Final = 0.3


class Decoded(NamedTuple):
    """Text, and the encoding in words: "utf-8", "windows-1252", "utf-8 with 3 replaced bytes"."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text in `data`. Never fails: what no encoding explains becomes U+FFFD and is counted.

    A byte order mark decides; then UTF-16 without a mark, UTF-8, and what the file declares of itself
    (`declared`), each only if it explains every byte; then Windows-1252 for Western text and a guess
    for any other. NUL becomes U+FFFD as well, one for one, since many programs end a text at it.
    The result holds no surrogates.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], codec)
    silent = _silent_utf16(data)
    if silent:
        return _replacing(data, silent)
    for codec in filter(None, ("utf-8", _known(declared))):
        try:
            return _clean(data.decode(codec), codec, 0)
        except (UnicodeError, ValueError):
            continue
    return _replacing(data, _legacy(data))


def looks_utf16(data: bytes) -> bool:
    """Whether NULs in `data` are halves of UTF-16 characters, not a sign of a binary file."""
    return _silent_utf16(data) is not None


def _silent_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: NULs stand (almost) all at odd places, or all at even ones.

    Even a text in Cyrillic has spaces, digits and line ends whose high byte is NUL.
    """
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or max(even, odd) < len(sample) * 0.05 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _known(name: str | None) -> str | None:
    """Python's name of a declared encoding of text; browsers read Latin-1 and ASCII as Windows-1252."""
    try:
        found = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # _is_text_encoding is how CPython itself keeps "hex" or "zip" away from bytes.decode.
    if found.name in (
        "iso8859-1",
        "ascii",
        "cp1252",
        "utf-16",
        "utf-32",
        "idna",
        "punycode",
        "undefined",
        "utf-7",
    ):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _legacy(data: bytes) -> str:
    """What to read by, replacing, when nothing strict works: broken UTF-8, Windows-1252, or a guess."""
    sample = data[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    explained = sum(len(found) for found in _UTF8_SEQUENCE.findall(sample))
    if explained * 2 > high:
        return "utf-8"
    if high > _WESTERN * (high + len(_LETTER.findall(sample))):
        guess = from_bytes(sample, explain=False).best()
        return guess.encoding if guess else "cp1252"
    return "cp1252"


def _replacing(data: bytes, codec: str) -> Decoded:
    """Strict decoding piece by piece, so that the replaced bytes can be counted."""
    pieces: list[str] = []
    decoder = codecs.getdecoder(codec)
    rest, bad = memoryview(data), 0
    while rest:
        # By short windows: an error holds a copy of all that was given, and there may be one for every byte.
        window = rest[:_WINDOW]
        try:
            pieces.append(decoder(window, "strict")[0])
            rest = rest[_WINDOW:]
        except UnicodeDecodeError as error:
            pieces.append(decoder(window[: error.start], "strict")[0])
            cut_off = error.start and error.end >= len(window) < len(rest)
            if not cut_off:
                pieces.append("\N{REPLACEMENT CHARACTER}")
                bad += error.end - error.start
            rest = rest[error.start if cut_off else error.end :]
    return _clean("".join(pieces), codec, bad)


def _clean(text: str, codec: str, bad: int) -> Decoded:
    """`text` without NULs and without a mark at its head, and the encoding in words."""
    name = {"cp1252": "windows-1252"}.get(codec, codec.replace("_", "-"))
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "�")
    notes = [f"{n} replaced {what}{'' if n == 1 else 's'}" for n, what in ((bad, "byte"), (nuls, "NUL")) if n]
    return Decoded(text.removeprefix("\ufeff"), f"{name} with {' and '.join(notes)}" if notes else name)
