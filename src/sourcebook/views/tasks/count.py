"""Counting questions over many news texts (SemEval-2018 Task 5): how many incidents, killed, injured.

A question names a kind of event and two of day, place and participant. Documents are extracted, resolved and
reconciled as any pile is, and a question is answered from the record as `ask` answers one: the
events that fit are found, counted, and their figures added up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from sourcebook.extract.pipeline import extract
from sourcebook.gazetteer import lookup
from sourcebook.model import (
    Claim,
    ClaimId,
    Days,
    Document,
    DocumentId,
    Event,
    Fact,
    Quantity,
    Record,
    document_id,
)
from sourcebook.ports import Context
from sourcebook.read.copies import origin_groups
from sourcebook.reconcile.agreement import size
from sourcebook.reconcile.facts import facts
from sourcebook.reconcile.statements import material
from sourcebook.resolve.resolution import resolve
from sourcebook.views.asking.finding import Shelf
from sourcebook.views.asking.question import words

Row = dict[str, Any]

_EFFECTS: Final = {"killing": "killed", "injuring": "injured"}
#: Words of a text that tell of each kind of event; where no claim counts the victims they stand for one.
_SPOKEN: Final = {
    "killing": frozenset(
        ("killed", "dead", "died", "death", "fatal", "fatally", "homicide", "murder", "slain")
    ),
    "injuring": frozenset(("injured", "wounded", "injuries", "injury", "wounds", "hurt", "hospitalized")),
    "fire_burning": frozenset(("fire", "blaze", "burned", "flames", "arson", "firefighters")),
    "job_firing": frozenset(("fired", "laid", "layoffs", "resigned", "dismissed", "terminated", "jobs")),
}
#: How many days after an event a text that does not date it is taken to report it.
_REPORTED_WITHIN: Final = timedelta(days=4)


#: "Heath, OH" and "HEATH, OH (Agency)": a state by its postal code, which is its GeoNames code too.
_POSTAL: Final = re.compile(r", ([A-Z]{2})\b(?=[ .,)\n])")
_NOTE: Final = re.compile(r" ?\([^)]{0,40}\)")
#: How many of the units whose places a text names it may be about.
_UNITS: Final = 1


class _Incident(NamedTuple):
    """What a question counts: the documents that tell of one event, when and where, and its figures."""

    documents: frozenset[str]
    days: tuple[date, date] | None
    units: frozenset[str]
    spoken: frozenset[str]
    prose: str
    figures: Mapping[str, int]


def predict_count(rows: Sequence[Row], documents: Sequence[Row]) -> Iterator[Row]:
    """An answer, the documents it rests on and the incidents counted, for each question."""
    record = _record([_document(n, row) for n, row in enumerate(documents)])
    incidents = _incidents(record)
    for row in rows:
        yield _answer(row, [i for i in incidents if _fits(i, row)])


def _unit(name: str) -> str:
    """The first-order unit of a name, the largest of that name: "US TX" for Texas."""
    bare = _NOTE.sub("", name).strip()
    found = [p for p in lookup(bare) if p.kind == "province"]
    return f"{found[0].country} {found[0].unit}" if found else bare


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
        published=published,
    )


def _record(documents: Sequence[Document]) -> Record:
    """The documents as any pile: extracted, resolved, reconciled."""
    found = [extract(d, Context()) for d in documents]
    evidence = Record(
        documents=tuple(documents),
        mentions=tuple(m for e in found for m in e.mentions),
        claims=tuple(c for e in found for c in e.claims),
        origin_groups=origin_groups(documents),
    )
    resolved = resolve(evidence)
    return replace(resolved, facts=tuple(facts(material(resolved))))


def _incidents(record: Record) -> list[_Incident]:
    """Documents by their main event; one that tells of none is an incident of its own."""
    shelf = Shelf(record)
    claims = {c.id: c for c in record.claims}
    main: dict[DocumentId, Event] = {}
    for document, told in _by_document(record).items():
        main[document] = max(told, key=lambda e: (_weight(e, document, claims), -_first(e, document, claims)))
    groups: dict[str, list[Document]] = defaultdict(list)
    for text in record.documents:
        groups[main[text.id].id if text.id in main else text.id].append(text)
    events: dict[str, Event] = {e.id: e for e in record.events}
    places = _places(record)
    return [_incident(events.get(name), texts, shelf, places) for name, texts in groups.items()]


def _by_document(record: Record) -> dict[DocumentId, list[Event]]:
    found: dict[DocumentId, list[Event]] = defaultdict(list)
    for event in record.events:
        if event.type == "ASSAULT":
            for document in event.documents:
                found[document].append(event)
    return found


def _weight(event: Event, document: DocumentId, claims: Mapping[ClaimId, Claim]) -> int:
    here = [claims[c] for c in event.claims if c in claims and claims[c].trigger.document == document]
    return sum(1 + 2 * bool(c.filler("killed") or c.filler("injured")) for c in here)


def _first(event: Event, document: DocumentId, claims: Mapping[ClaimId, Claim]) -> int:
    return min(
        claims[c].trigger.start
        for c in event.claims
        if c in claims and claims[c].trigger.document == document
    )


def _places(record: Record) -> dict[DocumentId, Counter[str]]:
    """How often each document names a place of each first-order unit, such as a state."""
    found: dict[DocumentId, Counter[str]] = defaultdict(Counter)
    mentions = {m.id: m for m in record.mentions}
    for entity in record.entities:
        where = entity.location
        if where is not None and where.unit:
            for mention in entity.mentions:
                found[mentions[mention].span.document][f"{where.country} {where.unit}"] += 1
    return found


def _commonest_units(texts: Sequence[Document], places: Mapping[DocumentId, Counter[str]]) -> frozenset[str]:
    total: Counter[str] = Counter()
    for text in texts:
        total.update(places.get(text.id, {}))
    return frozenset(unit for unit, _ in total.most_common(_UNITS))


def _incident(
    event: Event | None, texts: Sequence[Document], shelf: Shelf, places: Mapping[DocumentId, Counter[str]]
) -> _Incident:
    prose = " ".join(w for t in texts for w in words(f"{t.title or ''} {t.text}"))
    spoken = frozenset(prose.split())
    known = [p.location for p in event.places if p.location.unit] if event else []
    units = frozenset(f"{x.country} {x.unit}" for x in known) | _commonest_units(texts, places)
    units |= {f"US {code}" for t in texts for code in _POSTAL.findall(t.text)}
    figures = {
        name: _figure(fact)
        for name in _EFFECTS.values()
        for fact in (shelf.facts.get(event.id, ()) if event else ())
        if fact.property == name and fact.rule != "part-of-a-total"
    }
    return _Incident(
        documents=frozenset(t.path for t in texts),
        days=_days(event, texts),
        units=units,
        spoken=spoken,
        prose=f" {prose} ",
        figures=figures,
    )


def _days(event: Event | None, texts: Sequence[Document]) -> tuple[date, date] | None:
    """The days on which it may have been: as dated, else the days before the first report."""
    dated = event.date if event else None
    if dated and dated.earliest and dated.latest and (dated.latest - dated.earliest).days < 32:
        return dated.earliest, dated.latest
    reported = [t.published.earliest for t in texts if t.published and t.published.earliest]
    return (min(reported) - _REPORTED_WITHIN, min(reported)) if reported else None


def _figure(fact: Fact) -> int:
    """The figure that is left, else the one that most documents give."""
    if fact.preferred is not None and isinstance(value := fact.readings[fact.preferred].value, Quantity):
        return size(value)
    counts = Counter(
        {size(r.value): len(r.documents) for r in fact.readings if isinstance(r.value, Quantity)}
    )
    return max(counts, key=lambda n: (counts[n], n), default=0)


def _fits(incident: _Incident, row: Row) -> bool:
    kind = row["event_type"]
    if not (incident.figures.get(_EFFECTS.get(kind, "")) or _SPOKEN[kind] & incident.spoken):
        return False
    return (
        _then(incident, row.get("time"))
        and _there(incident, row.get("location"))
        and _with(incident, row.get("participant"))
    )


def _then(incident: _Incident, time: Row | None) -> bool:
    if not time:
        return True
    if incident.days is None:
        return False
    first, last = _span(time["value"])
    return incident.days[0] <= last and incident.days[1] >= first


def _span(value: str) -> tuple[date, date]:
    """The first and last day of "2017", "2017-01" or "2017-01-29"."""
    year, month, day = (*(int(p) for p in value.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _there(incident: _Incident, location: Row | None) -> bool:
    """Whether the town is named in the texts and nothing says another state; whether the state is theirs."""
    if not location:
        return True
    name = " ".join(words(location["value"].split(",")[0]))
    if location["granularity"] == "state":
        return _unit(location["value"]) in incident.units or f" {name} " in incident.prose
    return f" {name} " in incident.prose


def _with(incident: _Incident, participant: Row | None) -> bool:
    named = [w for key in ("first", "last", "full_name") for w in words((participant or {}).get(key) or "")]
    return set(named) <= incident.spoken


def _answer(row: Row, found: Sequence[_Incident]) -> Row:
    answer = len(found)
    if row["subtask"] == 1:
        answer, found = 1, sorted(found, key=lambda i: -len(i.documents))[:1]
    elif row["subtask"] == 3:
        answer = sum(i.figures.get(_EFFECTS.get(row["event_type"], ""), 1) for i in found)
    documents = sorted(d for i in found for d in i.documents)
    grouped = {str(n): sorted(i.documents) for n, i in enumerate(found)}
    return {"qid": row["qid"], "answer": answer, "answer_docs": documents, "answer_incidents": grouped}
