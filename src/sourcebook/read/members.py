"""Files within files: what a member is called, and how much of it is unpacked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw

#: The most members that are taken out of one file, and the most bytes, all members together.
MOST_MEMBERS: Final = 20_000
MOST_BYTES: Final = 300_000_000
#: The most bytes of one member.
MOST_OF_ONE: Final = 100_000_000
#: Beyond a megabyte, more than this many bytes out of one is a bomb and no text.
_RATIO: Final = 200
_HARMLESS: Final = 1_000_000
_CHUNK: Final = 1 << 16
_PARTS: Final = re.compile(r"[/\\]+")
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: The key under which a file's `given` holds the rows of the table that speak of what is in it.
INSIDE: Final = "inside"
#: What the table of sources says of a whole archive or mail, and so of what is in it.
_INHERITED: Final = (
    "publisher", "language", "kind", "country", "interest", "reliability", "rated_by", "licence", "handling",
    "given_in", "inside", "columns",
)  # fmt: skip


class Budget:
    """How much may still be taken out of one file."""

    def __init__(self, packed: int) -> None:
        self._packed = max(packed, 1)
        self._bytes = 0
        self._members = 0

    def count(self) -> None:
        """One member more.

        Raises:
            UnreadableDocument: there were enough.
        """
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise UnreadableDocument(f"more than {MOST_MEMBERS:,} members: the rest was not unpacked")

    def read(self, chunks: Callable[[int], bytes], *, packed: int | None = None) -> bytes:
        """Everything that `chunks` (a read method) gives, if that is not too much.

        Raises:
            UnreadableDocument: it is; the message says by what measure.
        """
        pieces: list[bytes] = []
        size = 0
        while piece := chunks(_CHUNK):
            size += len(piece)
            self._bytes += len(piece)
            if size > MOST_OF_ONE:
                raise UnreadableDocument(f"too large: more than {MOST_OF_ONE:,} bytes when unpacked")
            if self._bytes > MOST_BYTES:
                raise UnreadableDocument(f"the files in it come to more than {MOST_BYTES:,} bytes")
            if size > _HARMLESS and size > _RATIO * max(packed or self._packed, 1):
                raise UnreadableDocument(f"unpacks to more than {_RATIO} times its size: taken for a bomb")
            pieces.append(piece)
        return b"".join(pieces)


def clean_name(name: str, number: int) -> str:
    """A member's name as part of a path: no "..", no leading slash, no control or bidi characters.

    Nothing is ever written under it. `number` stands in for a name that is empty.
    """
    parts = [_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", part) for part in _PARTS.split(name)]
    name = "/".join(part[:200] for part in parts if part.strip() not in ("", ".", ".."))
    return name[:1000].rstrip("/") or f"{number}"


def member(raw: Raw, name: str, data: bytes, stated: dict[str, tuple[str, str]] | None = None) -> Raw:
    """A file found in `raw`: what it inherits, and what the container states of it (value, where)."""
    said = stated or {}
    path = f"{raw.path}/{name}"
    return Raw(
        data,
        path,
        given_inside(raw, path),
        {key: value for key, (value, _) in said.items()},
        {key: where for key, (_, where) in said.items()},
        raw.path,
    )


def given_inside(raw: Raw, path: str) -> dict[str, str]:
    """What the table of sources says of a file in `raw`: its own row, then what `raw` hands down."""
    handed = {key: value for key, value in raw.given.items() if key in _INHERITED}
    rows = msgspec.json.decode(raw.given.get(INSIDE, "{}"), type=dict[str, dict[str, str]])
    row = rows.get(path, {})
    return {**handed, **row} if set(handed) - {"given_in"} or row else {}


def skipped(raw: Raw, name: str, why: str) -> Skipped:
    """A member that is not read, and why."""
    return Skipped(path=f"{raw.path}/{name}", stage="read", why=" ".join(why.split())[:300])
