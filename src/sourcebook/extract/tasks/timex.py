"""Time expressions of one document in the form of TempEval-3."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from sourcebook.extract import times
from sourcebook.extract.language import parse
from sourcebook.model import Days, Document, DocumentId, Mention, Timex
from sourcebook.ports import Context

_TWO_DAYS: Final = re.compile(r" and (?=\d)")


def predict_timex(row: dict[str, Any]) -> dict[str, Any]:
    """A row with doc_id, dct, title and text to the row that the scorer reads; offsets are into `text`.

    TIMEX3 has no value for a range, so the two ends of one are given, those of "April 24 and 25" too; "the
    day before gunmen stormed" is a day that it has no value for either, and no duration.
    """
    text = str(row["text"])
    document = Document(
        id=DocumentId(str(row["doc_id"])),
        path=str(row["doc_id"]),
        sha256="",
        sequence=0,
        text=text,
        title=row.get("title"),
        published=_day(row.get("dct")),
    )
    passages = parse(document)
    clock = times.clock(passages, Context())
    return {
        "doc_id": row["doc_id"],
        "timex": [
            entry
            for passage in passages
            for m in times.points(passage, clock)
            if isinstance(m.value, Timex) and not _is_lead(m)
            for entry in _entries(m, m.value)
        ],
    }


def _entries(mention: Mention, timex: Timex) -> list[dict[str, Any]]:
    """The expression, or both days of two that one month names ("April 24 and 25")."""
    start, end = mention.span.start, mention.span.end
    whole = {"start": start, "end": end, "type": timex.type, "value": timex.value}
    both = _TWO_DAYS.search(mention.exact)
    if both is None or timex.latest is None or timex.value != str(timex.earliest):
        return [whole]
    second = {**whole, "start": start + both.end(), "value": timex.latest.isoformat()}
    return [{**whole, "end": start + both.start()}, second]


def _is_lead(mention: Mention) -> bool:
    """Whether the words give only the unit that lies between an event and what is dated by it."""
    value = mention.value
    counted = isinstance(value, Timex) and value.anchor == "event"
    return counted and mention.exact.lower().startswith("the ") and mention.exact.count(" ") == 1


def _day(stamp: str | None) -> Days | None:
    match = re.match(r"\d{4}-\d\d-\d\d", stamp or "")
    if match is None:
        return None
    day = date.fromisoformat(match.group())
    return Days(edtf=match.group(), earliest=day, latest=day, basis="given as the document's creation time")
