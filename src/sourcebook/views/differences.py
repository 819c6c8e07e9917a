"""Two records compared: what is new, changed or gone, what it was and is, and why.

Evidence is compared by what it says: the order of documents and the version of the extractor are no
difference of a document or claim. An event that got another id, because a document with an earlier claim came
or went, is followed by the claims that it shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.model import (
    Claim,
    ClaimId,
    Decision,
    Document,
    Entity,
    Event,
    EventId,
    EventPlace,
    Fact,
    Record,
    ReferenceList,
)
from sourcebook.views import wording
from sourcebook.views.causes import Causes
from sourcebook.views.entries import Entries


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)
#: What one thing says, in parts; of a changed thing the parts that differ are shown.
_Says = Callable[[T], tuple[str, ...]]


class _List(Struct, frozen=True):
    """A reference list under its name."""

    id: str
    name: str
    held: ReferenceList


class Row(Struct, frozen=True, kw_only=True):
    """One difference. `change` is new, changed or gone; `was` and `now` are what it said and what it says.

    `cause` names the document, the decision or the extractor that it comes from, as far as that can be told.
    """

    kind: str
    change: str
    what: str
    was: str
    now: str
    cause: str
    id: str


#: What is compared, in this order.
KINDS = ("extractor", "document", "list", "decision", "claim", "actor", "event", "fact")


def rows(before: Record, after: Record) -> list[Row]:
    """Differences of each of KINDS, in that order."""
    return list(_Comparison(before, after).rows())


class _Comparison:
    """Both records with their look-ups."""

    def __init__(self, before: Record, after: Record) -> None:
        self.before, self.after = before, after
        self.old, self.new = Entries(before), Entries(after)
        self.cause = Causes(before, after)
        self.moved = _moved(before.events, after.events)

    def rows(self) -> Iterator[Row]:
        yield from self._extractors()
        yield from _compared(
            "document", *self._both(_documents), lambda d: d.path, _read, self.cause.of_document
        )
        yield from _compared(
            "list", self._lists(self.before), self._lists(self.after), lambda x: x.name, _held, lambda *_: ""
        )
        yield from _compared(
            "decision", self.before.decisions, self.after.decisions, _what_ruled, _ruled, lambda *_: ""
        )
        yield from _compared("claim", *self._both(_claims), self._claim, self._arguments, self.cause.of_claim)
        yield from _compared("actor", *self._both(_actors), lambda e: e.name, _names, self.cause.of_entity)
        yield from self._events()
        yield from self._facts()

    def _both(self, part: Callable[[Record], Iterable[T]]) -> tuple[Iterable[T], Iterable[T]]:
        return part(self.before), part(self.after)

    def _extractors(self) -> Iterator[Row]:
        was, now = (", ".join(sorted({c.extractor for c in r.claims})) for r in (self.before, self.after))
        if was != now:
            yield Row(
                kind="extractor",
                change="changed",
                what="the extractor's rules and word lists",
                was=was,
                now=now,
                cause="another version",
                id="",
            )

    def _lists(self, record: Record) -> list[_List]:
        """Reference lists by name: one that is given again is the same one, changed."""
        return [_List(id=held.name, name=held.name, held=held) for held in record.references]

    def _claim(self, claim: Claim) -> str:
        return f"{claim.predicate}: {' '.join(self._entries(claim).exact(claim.evidence).split())}"

    def _arguments(self, claim: Claim) -> tuple[str, ...]:
        """Who and what fills which role, how surely, and what became of it."""
        mentions = self._entries(claim).mentions
        filled = [f"{a.role} {mentions[a.mention].exact}" for a in claim.arguments if a.mention in mentions]
        status = claim.status.value if claim.status else ""
        return (*filled, claim.factuality.value, status, claim.scope.value)

    def _entries(self, claim: Claim) -> Entries:
        return self.new if claim.trigger.document in self.new.documents else self.old

    def _events(self) -> Iterator[Row]:
        """Events under the ids that they have after, or had."""
        old = [replace(e, id=self.moved.get(e.id, e.id)) for e in self.before.events]
        joined = {e.id for e in old if sum(o.id == e.id for o in old) > 1}
        known = {e.id: e for e in self.before.events}
        first = {e.id: e for e in reversed(old)}
        yield from _compared(
            "event", first.values(), self.after.events, lambda e: e.label, _told, self.cause.of_event
        )
        for event in self.before.events:
            target = self.moved.get(event.id, event.id)
            if target in joined and target != event.id and first[target].claims != known[event.id].claims:
                yield Row(
                    kind="event",
                    change="gone",
                    what=event.label,
                    was=_shown(_told(event)),
                    now=f"part of {target}",
                    cause=self.cause.of_event(event),
                    id=event.id,
                )

    def _facts(self) -> Iterator[Row]:
        entities = {**self.old.entities, **self.new.entities}
        names: dict[str, str] = {e: x.name for e, x in entities.items()}
        names |= {e.id: e.label for record in (self.before, self.after) for e in record.events}

        def what(fact: Fact) -> str:
            return f"{names.get(fact.subject, fact.subject)}, {fact.property}"

        def said(fact: Fact) -> tuple[str, ...]:
            return (f"{wording.versions(fact, entities)} ({fact.relation})",)

        old = self._followed(self.before.facts)
        yield from _compared("fact", old, self.after.facts, what, said, self.cause.of_fact)

    def _followed(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts of events that got another id under the id of the fact that says the same of it now."""
        now = {(f.subject, f.property): f.id for f in reversed(self.after.facts)}
        found = []
        for fact in facts:
            subject = str(self.moved.get(EventId(fact.subject), EventId(fact.subject)))
            follows = subject != fact.subject and now.get((subject, fact.property))
            found.append(replace(fact, subject=subject, id=follows) if follows else fact)
        return found


def _compared(
    kind: str,
    before: Iterable[T],
    after: Iterable[T],
    what: Callable[[T], str],
    said: _Says[T],
    cause: Callable[..., str],
) -> Iterator[Row]:
    """Those that only one record has, and those that say another thing in each."""
    old, new = {x.id: x for x in before}, {x.id: x for x in after}
    for identifier in dict.fromkeys((*old, *new)):
        left, right = old.get(identifier), new.get(identifier)
        shown = left if right is None else right
        was, now = (said(x) if x is not None else () for x in (left, right))
        if shown is None or was == now:
            continue
        yield Row(
            kind=kind,
            change="new" if left is None else "gone" if right is None else "changed",
            what=what(shown),
            was=_shown(p for p in was if p not in now),
            now=_shown(p for p in now if p not in was),
            cause=cause(*(x for x in (left, right) if x is not None)),
            id=identifier,
        )


def _shown(parts: Iterable[str]) -> str:
    return "; ".join(filter(None, parts))


def _documents(record: Record) -> Iterable[Document]:
    return record.documents


def _claims(record: Record) -> Iterable[Claim]:
    return record.claims


def _actors(record: Record) -> Iterable[Entity]:
    return (e for e in record.entities if e.location is None)


def _read(document: Document) -> tuple[str, ...]:
    """What a reader makes of a document: date, title, publisher, and how much of the text is its own."""
    masked = sum(m.end - m.start for m in document.masks)
    day = wording.days(document.published)
    size = f"{len(document.text)} characters, {masked} of them not its own prose"
    return (f"of {day}" if day else "", document.title or "", size)


def _held(one: _List) -> tuple[str, ...]:
    return (f"{one.held.size} entries, SHA-256 {one.held.sha256[:12]}", one.held.licence or "")


def _ruled(decision: Decision) -> tuple[str, ...]:
    why = f": {decision.why}" if decision.why else ""
    return (f"{decision.verdict} {' '.join(decision.about)} by {decision.by}{why}",)


def _what_ruled(decision: Decision) -> str:
    return str(decision.verdict)


def _names(entity: Entity) -> tuple[str, ...]:
    names = sorted({entity.name, *(a.name for a in entity.aliases)})
    return (*names, *(f"entry {one.entry.id} of the list {one.entry.list}" for one in entity.listed))


def _told(event: Event) -> tuple[str, ...]:
    """Everything of an event that a list of events shows."""
    people = sorted({f"{p.role} {p.name} ({p.attribution_status})" for p in event.participants})
    told = f"{_counted(len(event.documents), 'document')}, {_counted(len(event.claims), 'claim')}"
    return (event.label, event.status.value, told, *map(_where, event.places), *people)


def _where(place: EventPlace) -> str:
    at = place.location
    return f"{place.name} ({at.lat}, {at.lon})" if at.lat is not None else place.name


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _moved(before: Iterable[Event], after: Iterable[Event]) -> Mapping[EventId, EventId]:
    """The event of `after` that has most of the claims of each event of `before` whose id is gone."""
    now = list(after)
    kept = {e.id for e in now}
    of: dict[ClaimId, EventId] = {c: e.id for e in now for c in e.claims}
    found = {}
    for event in before:
        heirs = [of[c] for c in event.claims if c in of]
        if event.id not in kept and heirs:
            found[event.id] = max(sorted(set(heirs)), key=heirs.count)
    return found
