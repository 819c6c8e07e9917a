"""Values as compressed JSON: what a body takes of the file, an eighth to a third of what it would."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from sourcebook.errors import StoreError

#: A body that unpacks to more is no body of ours: a foreign file may hold one made to fill the memory.
MOST: Final = 1 << 28
#: The same of the bytes of a file, of which one that consists of one letter is no bomb.
MOST_ORIGINAL: Final = 1 << 28
#: Beyond a megabyte no body of ours unpacks to more than this many times its size.
_RATIO: Final = 200
_HARMLESS: Final = 1 << 20
_LEVEL: Final = 6
#: What a body of a derived row mostly consists of. Never edited: what it packed can be unpacked by it alone.
_COMMON: Final = "common_1.txt"


def packed(value: object) -> bytes:
    """A value as zlib-compressed JSON, which any tool unpacks."""
    return zlib.compress(msgspec.json.encode(value), _LEVEL)


def deflated(content: bytes) -> bytes:
    """Bytes compressed."""
    return zlib.compress(content, _LEVEL)


def inflated(content: bytes, most: int | None = None) -> bytes:
    """The bytes that were compressed.

    Raises:
        StoreError: they are not what was packed, or would be more than `most`, or than a body may be.
    """
    return _inflated(zlib.decompressobj, content, most or _most(content))


def packed_row(body: bytes) -> bytes:
    """The JSON of a derived row, compressed with words that most of them share."""
    made = zlib.compressobj(_LEVEL, zdict=_common())
    return made.compress(body) + made.flush()


def unpacked_row(body: bytes) -> bytes:
    """The JSON of a derived row.

    Raises:
        StoreError: it is not what was packed.
    """
    return _inflated(lambda: zlib.decompressobj(zdict=_common()), body, _most(body))


def _most(content: bytes) -> int:
    return min(MOST, max(_HARMLESS, _RATIO * len(content)))


def _inflated(begin: Callable[[], zlib._Decompress], content: bytes, most: int) -> bytes:
    reader = begin()
    try:
        made = reader.decompress(content, most)
    except zlib.error as error:
        raise StoreError(
            f"a stored value is damaged: {error}; sourcebook salvage has back the rest"
        ) from error
    if not reader.eof:
        raise StoreError("a stored value is cut short or too large; sourcebook salvage has back the rest")
    return made


@cache
def _common() -> bytes:
    return files("sourcebook.store.schema").joinpath(_COMMON).read_bytes()
