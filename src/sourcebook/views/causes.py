"""Why two records differ: documents that came, went or were read anew, decisions, another extractor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sourcebook.model import Claim, Decision, Document, DocumentId, Entity, Event, Fact, Record

#: Documents or decisions that a cause names one by one.
_NAMED: Final = 3


class Causes:
    """What differs in the evidence and in the decisions of two records, and what follows from which."""

    def __init__(self, before: Record, after: Record) -> None:
        old, new = ({d.id: d for d in r.documents} for r in (before, after))
        self._paths = {d.id: d.path for d in (*before.documents, *after.documents)}
        self._came = [d for d in new if d not in old]
        self._went = [d for d in old if d not in new]
        self._reread = [d for d in new if d in old and _as_read(old[d]) != _as_read(new[d])]
        self._decided = _only_one(before.decisions, after.decisions)
        self._extractor = {c.extractor for c in before.claims} != {c.extractor for c in after.claims}
        self._lists = _lists(before, after)
        self._as_of = before.as_of != after.as_of
        self._of_mention = {m.id: m.span.document for r in (before, after) for m in r.mentions}

    def of_document(self, *documents: Document) -> str:
        """Whether it came, went, or was read by another reader."""
        document = documents[-1]
        if document.id in self._came:
            return "it was added"
        return "it was taken out" if document.id in self._went else "it was read anew"

    def of_claim(self, *claims: Claim) -> str:
        """Its document, a decision about it, or another extractor."""
        return self._of((c.trigger.document for c in claims), (c.id for c in claims))

    def of_entity(self, *entities: Entity) -> str:
        """Documents that name it, a decision about it, or another extractor."""
        mentions = [m for e in entities for m in e.mentions]
        documents = (self._of_mention[m] for m in mentions if m in self._of_mention)
        return self._of(documents, (*(e.id for e in entities), *mentions))

    def of_event(self, *events: Event) -> str:
        """Documents that tell of it, a decision about it or its claims, or another extractor."""
        return self._of(
            (d for e in events for d in e.documents), (i for e in events for i in (e.id, *e.claims))
        )

    def of_fact(self, *facts: Fact) -> str:
        """Documents that give it, a decision about its subject or claims, or another extractor."""
        readings = [r for f in facts for r in f.readings]
        ids = (*(f.subject for f in facts), *(c for r in readings for c in r.claims))
        return self._of((d for r in readings for d in r.documents), ids)

    def _of(self, documents: Iterable[DocumentId], ids: Iterable[str]) -> str:
        mine, about = set(documents), set(ids)
        told = [
            self._documents([d for d in self._came if d in mine], "was added", "were added"),
            self._documents([d for d in self._went if d in mine], "was taken out", "were taken out"),
            self._documents([d for d in self._reread if d in mine], "was read anew", "were read anew"),
            self._decisions([d for d in self._decided if about.intersection(_ids(d))]),
        ]
        otherwise = "another extractor" if self._extractor else self._indirectly()
        return "; ".join(filter(None, told)) or otherwise

    def _indirectly(self) -> str:
        """What else differs: names, places and dates are weighed over the whole pile."""
        told = [
            self._documents(self._came, "was added", "were added"),
            self._documents(self._went, "was taken out", "were taken out"),
            self._decisions(self._decided),
            self._lists,
            "another --as-of" if self._as_of else "",
        ]
        found = "; ".join(filter(None, told))
        return f"indirectly: {found}" if found else "other rules of resolution or reconciliation"

    def _documents(self, documents: Iterable[DocumentId], one: str, many: str) -> str:
        paths = [self._paths[d] for d in documents]
        if not paths:
            return ""
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        return f"{', '.join(paths[:_NAMED])}{more} {one if len(paths) == 1 else many}"

    def _decisions(self, decisions: Iterable[Decision]) -> str:
        told = [f"{d.verdict} by {d.by}{f' ({d.why})' if d.why else ''}" for d in decisions]
        more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
        return f"decision: {'; '.join(told[:_NAMED])}{more}" if told else ""


def _as_read(document: Document) -> tuple[object, ...]:
    """What a reader makes of a document, but for its place among the others."""
    return document.text, document.title, document.published, document.masks, document.source


def _lists(before: Record, after: Record) -> str:
    """Reference lists that were given, taken out or replaced."""
    old, new = ({held.name: held.id for held in r.references} for r in (before, after))
    told = [f"the list {name} was given" for name in new if name not in old]
    told += [f"the list {name} was taken out" for name in old if name not in new]
    told += [f"the list {name} was replaced" for name in new if name in old and old[name] != new[name]]
    return "; ".join(told)


def _only_one(before: Iterable[Decision], after: Iterable[Decision]) -> list[Decision]:
    old, new = {d.id: d for d in before}, {d.id: d for d in after}
    return [d for i, d in {**old, **new}.items() if (i in old) != (i in new)]


def _ids(decision: Decision) -> set[str]:
    return {*decision.about, *(a.id for a in decision.anchors)}
