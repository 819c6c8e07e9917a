"""Counting questions over many news texts (SemEval-2018 Task 5): how many incidents, killed, injured.

A question names a kind of event and two of day, place and participant. The documents become a record by the
stages of any build; a question becomes the very query that `ask` makes of its words (`counting`), and the
incidents of the record answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec.structs import replace

from sourcebook.extract.pipeline import extract
from sourcebook.model import Days, Document, Record, document_id
from sourcebook.ports import Context
from sourcebook.read.copies import origin_groups
from sourcebook.reconcile.facts import facts
from sourcebook.reconcile.statements import material
from sourcebook.resolve.resolution import resolve
from sourcebook.views.asking import counting
from sourcebook.views.asking.counting import Query
from sourcebook.views.asking.finding import Shelf
from sourcebook.views.asking.incidents import Incident
from sourcebook.views.asking.places_asked import Place, place

Row = dict[str, Any]

#: What subtask 3 counts, by the kind of event.
_COUNTED: Final = {"killing": "killed", "injuring": "injured"}
#: How the set writes a town in its questions: "('Florida', 'Miami') (city)".
_STATED: Final = re.compile(r"\('([^']{1,60})', '")


def predict_count(rows: Sequence[Row], documents: Sequence[Row]) -> Iterator[Row]:
    """An answer, the documents it rests on and the incidents counted, for each question."""
    shelf = Shelf(record_of(documents))
    for row in rows:
        wanted = query_of(row)
        yield _answer(row, wanted, counting.fitting(shelf.incidents, wanted))


def record_of(documents: Iterable[Row]) -> Record:
    """The documents as any pile: extracted, resolved, reconciled."""
    texts = [_document(n, row) for n, row in enumerate(documents)]
    found = [extract(d, Context()) for d in texts]
    evidence = Record(
        documents=tuple(texts),
        mentions=tuple(m for e in found for m in e.mentions),
        claims=tuple(c for e in found for c in e.claims),
        origin_groups=origin_groups(texts),
    )
    resolved = resolve(evidence)
    return replace(resolved, facts=tuple(facts(material(resolved))))


def query_of(row: Row) -> Query:
    """The query that a row of the set states field by field."""
    kind, time = row["event_type"], row.get("time")
    where = _place(row)
    return Query(
        counted=_COUNTED.get(kind, "incidents") if row["subtask"] == 3 else "incidents",
        kind=kind,
        when=_span(time["value"]) if time else None,
        town=where.town,
        units=where.units,
        people=tuple((row.get("participant") or {}).values()),
    )


def _document(number: int, row: Row) -> Document:
    on = date.fromisoformat(row["dct"][:10]) if row.get("dct") else None
    published = Days(edtf=on.isoformat(), earliest=on, latest=on, basis="given") if on else None
    return Document(
        id=document_id(row["doc_id"], ""),
        path=row["doc_id"],
        sha256="",
        sequence=number,
        text=row["text"] or " ",
        title=row.get("title"),
        url=row.get("url"),
        published=published,
    )


def _place(row: Row) -> Place:
    location = row.get("location")
    if not location:
        return Place()
    if location["granularity"] == "state":
        return place(location["value"], is_unit=True)
    town, _, within = location["value"].partition(", ")
    stated = _STATED.search(row.get("question") or "")
    return place(town, within or (stated[1] if stated else ""))


def _span(value: str) -> tuple[date, date]:
    """The first and last day of "2017", "2017-01" or "2017-01-29"."""
    year, month, day = (*(int(p) for p in value.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _answer(row: Row, wanted: Query, found: Sequence[Incident]) -> Row:
    answer = counting.number(found, wanted)
    if row["subtask"] == 1:
        answer, found = 1, sorted(found, key=lambda i: -len(i.documents))[:1]
    documents = sorted(d.path for i in found for d in i.documents)
    grouped = {str(n): sorted(d.path for d in i.documents) for n, i in enumerate(found)}
    return {"qid": row["qid"], "answer": answer, "answer_docs": documents, "answer_incidents": grouped}
