"""What the sources do not agree on: one row a fact, its readings side by side, the reason in a sentence."""

from __future__ import annotations

from msgspec import Struct

from sourcebook.model import CONTESTED, DocumentId, Fact, Record, Relation


class Side(Struct, frozen=True, kw_only=True):
    """One reading: the words, who says so, and in which documents (by path)."""

    text: str
    speakers: tuple[str, ...]
    documents: tuple[str, ...]
    origins: int


class Row(Struct, frozen=True, kw_only=True):
    """One contested fact; `subject` is the event's label or the entity's name."""

    fact: str
    subject_id: str
    subject: str
    property: str
    relation: str
    explanation: str
    rule: str
    sides: tuple[Side, ...]


#: The gravest first.
_ORDER = (
    Relation.CONFLICT,
    Relation.INTERNAL,
    Relation.TENSION,
    Relation.WORDING,
    Relation.DEFINITION,
    Relation.SCOPE,
    Relation.UPDATED,
)


def rows(record: Record) -> list[Row]:
    """Every contested fact, the gravest relation first, then by subject and property."""
    names: dict[str, str] = {e.id: e.label for e in record.events}
    names |= {e.id: e.name for e in record.entities}
    paths = {d.id: d.path for d in record.documents}
    found = [f for f in record.facts if f.relation in CONTESTED]
    found.sort(key=lambda f: (_ORDER.index(f.relation), names[f.subject].casefold(), f.property, f.id))
    return [_row(fact, names[fact.subject], paths) for fact in found]


def _row(fact: Fact, subject: str, paths: dict[DocumentId, str]) -> Row:
    return Row(
        fact=fact.id,
        subject_id=fact.subject,
        subject=subject,
        property=fact.property,
        relation=fact.relation,
        explanation=fact.explanation,
        rule=fact.rule,
        sides=tuple(
            Side(
                text=r.text,
                speakers=r.speakers,
                documents=tuple(paths[d] for d in r.documents),
                origins=r.origins,
            )
            for r in fact.readings
        ),
    )
