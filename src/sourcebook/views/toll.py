"""An event's toll as each codebook's rule would have it, with the branch taken and the claims set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from sourcebook.errors import NotFound
from sourcebook.model import Days, DocumentId, EntityId, Event, Fact, Quantity, Reading, Record
from sourcebook.reconcile.codebooks import Figure, Pick, codebooks, pick
from sourcebook.reconcile.grades import Grade, grades
from sourcebook.reconcile.statements import Material
from sourcebook.views.entries import Entries
from sourcebook.views.series import Moves, moves


class Picked(Struct, frozen=True, kw_only=True):
    """What the rules make of one effect of one event; `silent` are its documents that give no figure."""

    effect: str
    figures: tuple[Figure, ...]
    picks: tuple[Pick, ...]
    silent: tuple[str, ...]


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
    entries = Entries(record)
    fact = total(entries, event, effect)
    known = entries.material.gathered()
    made = picked(known, event, fact, effect=effect, rules=[rule] if rule else None)
    return Toll(
        event=event.id,
        label=event.label,
        effect=effect,
        relation=fact.relation if fact else "single",
        explanation=fact.explanation if fact else "No document gives a figure.",
        figures=made.figures,
        picks=made.picks,
        silent=made.silent,
        series=moves(known, event, effect),
        grades=grades(known, event),
    )


def picked(
    known: Material,
    event: Event,
    fact: Fact | None,
    *,
    effect: str = "killed",
    rules: Iterable[str] | None = None,
) -> Picked:
    """What the named rules, or all, pick from the fact of a total; `known` need not be gathered."""
    figures = _figures(known, event, fact) if fact else ()
    told = {d for r in fact.readings for d in r.documents} if fact else set()
    return Picked(
        effect=effect,
        figures=figures,
        picks=tuple(pick(name, figures) for name in rules or sorted(codebooks())),
        silent=tuple(_named(known, d) for d in event.documents if d not in told),
    )


def total(entries: Entries, event: Event, effect: str) -> Fact | None:
    """The fact of an effect's whole toll, None if no source gives a figure."""
    facts = entries.facts.get(event.id, ())
    return next((f for f in facts if f.property == effect and f.rule != "part-of-a-total"), None)


def _figures(known: Material, event: Event, fact: Fact) -> tuple[Figure, ...]:
    parties = known.parties(event)
    return tuple(
        Figure(
            text=reading.text,
            value=reading.value,
            claims=reading.claims,
            where=_where(known, reading),
            reported=_reported(known, reading),
            party=_of_party(known, reading, parties),
        )
        for reading in fact.readings
        if isinstance(reading.value, Quantity)
    )


def _of_party(known: Material, reading: Reading, parties: Collection[EntityId]) -> bool:
    """Whether only parties to an event give a reading: codebooks set such a figure aside."""
    claims = [known.claims[c] for c in reading.claims if c in known.claims]
    return bool(claims) and all(known.party(c, parties) for c in claims)


def _where(known: Material, reading: Reading) -> str:
    own = {known.publisher(d) for d in reading.documents}
    outside = [s for s in reading.speakers if s not in own]
    listed = "; ".join(dict.fromkeys(_named(known, d) for d in reading.documents))
    return f"{listed} (citing {', '.join(outside)})" if outside else listed


def _reported(known: Material, reading: Reading) -> Days | None:
    """When a reading was last reported; None unless every document that gives it can be dated."""
    days = [known.published(d) for d in reading.documents]
    told = [d for d in days if d is not None and d.earliest is not None]
    if len(told) < len(days):
        return None
    return max(told, key=lambda d: d.earliest or date.min, default=None)


def _named(known: Material, identifier: DocumentId) -> str:
    """What to call a document: its publisher and path, or its title and path."""
    document = known.documents[identifier]
    source = known.sources.get(document.source) if document.source else None
    return f"{source.name if source else document.title or 'untitled'} [{document.path}]"
