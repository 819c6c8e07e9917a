"""An event's toll as each codebook's rule would have it, with the branch taken and the claims set aside."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from sourcebook.errors import NotFound
from sourcebook.model import Days, Document, DocumentId, Event, Fact, Quantity, Reading, Record
from sourcebook.reconcile.codebooks import Figure, Pick, codebooks, pick
from sourcebook.reconcile.grades import Grade, grades
from sourcebook.reconcile.statements import material
from sourcebook.views.entries import Entries
from sourcebook.views.series import Moves, moves


class Toll(Struct, frozen=True, kw_only=True):
    """One effect (killed, injured, ...) of one event: who says what, and what the rules make of it."""

    event: str
    label: str
    effect: str
    relation: str
    explanation: str
    figures: tuple[Figure, ...]
    picks: tuple[Pick, ...]
    silent: tuple[str, ...]
    series: Moves
    grades: tuple[Grade, ...]


def picks(record: Record, event: Event, rule: str | None = None, *, effect: str = "killed") -> Toll:
    """What each rule (or the one named) picks, and which of the event's documents give no figure.

    Raises:
        NotFound: there is no codebook of the name in `rule`.
    """
    if rule is not None and rule not in codebooks():
        raise NotFound(f"no codebook called {rule!r}; there are: {', '.join(sorted(codebooks()))}")
    fact = _total(record, event, effect)
    documents = {d.id: d for d in record.documents}
    figures = _figures(record, fact, documents) if fact else ()
    told = {d for r in fact.readings for d in r.documents} if fact else set()
    return Toll(
        event=event.id,
        label=event.label,
        effect=effect,
        relation=fact.relation if fact else "single",
        explanation=fact.explanation if fact else "No document gives a figure.",
        figures=figures,
        picks=tuple(pick(name, figures) for name in ([rule] if rule else sorted(codebooks()))),
        silent=tuple(name_of(record, documents[d]) for d in event.documents if d not in told),
        series=moves(record, event, effect),
        grades=grades(material(record).gathered(), event),
    )


def _total(record: Record, event: Event, effect: str) -> Fact | None:
    return next(
        (
            f
            for f in record.facts
            if f.subject == event.id and f.property == effect and f.rule != "part-of-a-total"
        ),
        None,
    )


def _figures(record: Record, fact: Fact, documents: dict[DocumentId, Document]) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            text=reading.text,
            value=reading.value,
            claims=reading.claims,
            where=_where(record, reading, documents),
            reported=_reported(record, reading, documents),
            party=_of_party(record, fact, reading),
        )
        for reading in fact.readings
        if isinstance(reading.value, Quantity)
    )


def _of_party(record: Record, fact: Fact, reading: Reading) -> bool:
    """Whether only parties to an event give a reading: codebooks set such a figure aside."""
    known = material(record)
    event = next(e for e in record.events if e.id == fact.subject)
    parties = known.parties(event)
    claims = [known.claims[c] for c in reading.claims if c in known.claims]
    return bool(claims) and all(known.party(c, parties) for c in claims)


def _where(record: Record, reading: Reading, documents: dict[DocumentId, Document]) -> str:
    names = [name_of(record, documents[d]) for d in reading.documents]
    own = {Entries(record).publisher(d) for d in reading.documents}
    outside = [s for s in reading.speakers if s not in own]
    listed = "; ".join(dict.fromkeys(names))
    return f"{listed} (citing {', '.join(outside)})" if outside else listed


def _reported(record: Record, reading: Reading, documents: dict[DocumentId, Document]) -> Days | None:
    """When a reading was last reported; None unless every document that gives it can be dated."""
    days = [documents[d].published or record.dated.get(d) for d in reading.documents]
    known = [d for d in days if d is not None and d.earliest is not None]
    if len(known) < len(days):
        return None
    return max(known, key=lambda d: d.earliest or date.min, default=None)


def name_of(record: Record, document: Document) -> str:
    """What to call a document: its publisher and path, or its title and path."""
    source = next((s.name for s in record.sources if s.id == document.source), None)
    return f"{source or document.title or 'untitled'} [{document.path}]"
