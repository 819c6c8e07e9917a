"""WARC (ISO 28500), packed or not: the pages that were fetched, with address and day of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read.members import Budget, clean_name, member, skipped

_KINDS: Final = ("response", "resource", "conversion")
#: What a page is made of, beside its text.
_NOT_TEXT: Final = (
    "image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript",
    "application/x-javascript", "application/font", "application/ecmascript",
)  # fmt: skip


def members(raw: Raw) -> Iterator[Raw | Skipped]:
    """What was fetched with success; pictures, styles and scripts are rows without being opened.

    Raises:
        UnreadableDocument: no record can be read.
    """
    budget = Budget(len(raw.data))
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(raw.data), arc2warc=True), 1):
            if record.rec_type in _KINDS:
                budget.count()
                yield _member(raw, record, number, budget)
            elif record.rec_type == "revisit":
                yield skipped(raw, f"record-{number:05}", "a page already fetched before (revisit record)")
    except UnreadableDocument as error:
        yield skipped(raw, f"records from {number} on", str(error))
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError, TypeError) as error:
        if not number:
            raise UnreadableDocument(f"a damaged web archive: {error}") from error
        yield skipped(raw, f"records after {number}", f"the archive is damaged: {error}")


def _member(raw: Raw, record: Any, number: int, budget: Budget) -> Raw | Skipped:
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")[:2_000]
    name = f"record-{number:05}-{clean_name(url.partition('//')[2].replace('/', '_'), number)[:120]}"
    headers = record.http_headers
    status = headers.get_statuscode() if headers else "200"
    kind = str((headers or record.rec_headers).get_header("Content-Type") or "").casefold()
    if status != "200":
        return skipped(raw, name, f"fetched with status {status}")
    if kind.startswith(_NOT_TEXT):
        return skipped(raw, name, f"part of a page: {kind.partition(';')[0]}")
    try:
        data = budget.read(record.content_stream().read)
    except UnreadableDocument as error:
        return skipped(raw, name, str(error))
    if not data.strip():
        return skipped(raw, name, "nothing was fetched")
    stated = {"retrieved": (str(record.rec_headers.get_header("WARC-Date") or "")[:19], "WARC-Date")}
    if url.startswith(("http://", "https://")):
        stated["url"] = (url, "WARC-Target-URI")
    return member(raw, name, data, stated)
