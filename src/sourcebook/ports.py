"""The shapes that a plugin may have. Fit the shape; there is nothing to inherit from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO, NamedTuple, Protocol

from sourcebook.model import Claim, Document, Mention, Record, Skipped, Source


class Raw(NamedTuple):
    """Bytes as read, where from, and what the `--sources` table says of them.

    `path` is relative to the folder that was given; `given` holds the row of the table (publisher, title,
    author, published, url, language, translated), empty where there is none. For a file found within another
    one, `container` is the path of that one, and `stated` holds what the container states of it (url,
    retrieved, modified), `stated_in` where.
    """

    data: bytes
    path: str
    given: dict[str, str]
    stated: dict[str, str] = {}  # noqa: RUF012 - never written to
    stated_in: dict[str, str] = {}  # noqa: RUF012
    container: str | None = None


class Reading(NamedTuple):
    """What a reader got out of one file: the document and who published it, if that was found."""

    document: Document
    source: Source | None


class Context(NamedTuple):
    """What an extractor may know beside the text: the day that stands in for the clock, if given."""

    as_of: date | None = None


class Extraction(NamedTuple):
    """What one extractor found in one document."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]


class Score(NamedTuple):
    """How alike two things are, from 0 to 1, and the reason in words."""

    value: float
    why: str


class Reader(Protocol):
    """Bytes to documents. One file may hold several.

    A `Raw` in the answer is a file found within this one, to be read in its turn; a `Skipped` is a part of
    it that could not be read, with the reason.

    Raises:
        UnreadableDocument: no text can be got out of the file; the message becomes the `skipped` row.
    """

    def __call__(self, raw: Raw, /, *, sequence: int) -> Iterable[Reading | Raw | Skipped]: ...


class Extractor(Protocol):
    """A document to the mentions and claims in it. Pure: same text and context, same answer."""

    def __call__(self, document: Document, context: Context, /) -> Extraction: ...


class Linker(Protocol):
    """Two mentions of one kind to a score; None where it has no opinion."""

    def __call__(self, left: Mention, right: Mention, /) -> Score | None: ...


class Exporter(Protocol):
    """A record to bytes in one format."""

    def __call__(self, record: Record, out: BinaryIO, /) -> None: ...
