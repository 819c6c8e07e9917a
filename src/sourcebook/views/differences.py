"""Two records compared: what is new, changed or gone, and the cause as far as it can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from msgspec import Struct

from sourcebook.model import Claim, ClaimId, DocumentId, Event, Fact, Record
from sourcebook.views import wording
from sourcebook.views.entries import Entries


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)


class Row(Struct, frozen=True, kw_only=True):
    """One difference. `change` is new, changed or gone."""

    kind: str
    change: str
    what: str
    cause: str
    id: str


def rows(before: Record, after: Record) -> list[Row]:
    """Differences in documents, claims, events and facts, in that order."""
    cause = _Cause(before, after)
    old, new = Entries(before), Entries(after)
    return [
        *_compared("document", before.documents, after.documents, lambda d: d.path, lambda _: ""),
        *_compared("claim", before.claims, after.claims, _claim_words(old, new), cause.of_claim),
        *_compared("event", before.events, after.events, lambda e: e.label, cause.of_event),
        *_compared("fact", before.facts, after.facts, _fact_words(old, new), cause.of_fact),
    ]


def _compared(
    kind: str, before: Iterable[T], after: Iterable[T], words: Callable[[T], str], cause: Callable[[T], str]
) -> Iterator[Row]:
    old, new = {x.id: x for x in before}, {x.id: x for x in after}
    for identifier in dict.fromkeys((*old, *new)):
        left, right = old.get(identifier), new.get(identifier)
        shown = left if right is None else right
        if left == right or shown is None:
            continue
        change = "new" if left is None else "gone" if right is None else "changed"
        yield Row(kind=kind, change=change, what=words(shown), cause=cause(shown), id=identifier)


def _claim_words(old: Entries, new: Entries) -> Callable[[Claim], str]:
    def words(claim: Claim) -> str:
        entries = new if claim.trigger.document in new.documents else old
        return f"{claim.predicate}: {' '.join(entries.exact(claim.evidence).split())}"

    return words


def _fact_words(old: Entries, new: Entries) -> Callable[[Fact], str]:
    entities = {**old.entities, **new.entities}
    names: dict[str, str] = {e: x.name for e, x in entities.items()}
    names |= {e.id: e.label for record in (old.record, new.record) for e in record.events}

    def words(fact: Fact) -> str:
        subject = names.get(fact.subject, fact.subject)
        return f"{subject}, {fact.property}: {wording.versions(fact, entities)} ({fact.relation})"

    return words


class _Cause:
    """Why something differs: documents that came or went, another extractor, a decision, or what follows."""

    def __init__(self, before: Record, after: Record) -> None:
        old = {d.id for d in before.documents}
        new = {d.id for d in after.documents}
        self.came, self.went = new - old, old - new
        self.extractors = {c.extractor for c in before.claims} != {c.extractor for c in after.claims}
        self.decided = {d.id for d in before.decisions} != {d.id for d in after.decisions}
        self.document: dict[ClaimId, DocumentId] = {
            c.id: c.trigger.document for c in (*before.claims, *after.claims)
        }

    def of_claim(self, claim: Claim) -> str:
        return self._of((claim.trigger.document,))

    def of_event(self, event: Event) -> str:
        return self._of(event.documents)

    def of_fact(self, fact: Fact) -> str:
        return self._of(tuple(d for r in fact.readings for d in r.documents))

    def _of(self, documents: tuple[DocumentId, ...]) -> str:
        if self.came.intersection(documents):
            return "a document that was added"
        if self.went.intersection(documents):
            return "a document that is gone"
        causes = [
            w for w, is_so in (("a decision", self.decided), ("another extractor", self.extractors)) if is_so
        ]
        return " or ".join(causes) or "another document, or other rules"
