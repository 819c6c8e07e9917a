"""Two questions for reviewers, asked until they are decided, however well the resolver does."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from sourcebook import project
from sourcebook.model import Proposal, Record
from sourcebook.resolve.rulings import standing
from sourcebook.store.derived import Name
from sourcebook.store.store import Store


def add(path: Path) -> None:
    """Put the questions that nobody has decided into a sourcebook whose record was derived."""
    with Store(path) as store:
        record, name = store.record(), store.derived_name()
        asked = [p for p in questions(record) if p not in record.proposals]
        more = replace(record, proposals=(*asked, *record.proposals))
        store.put_derived(more, name=name or Name(""), evidence=store.evidence())


def questions(record: Record) -> list[Proposal]:
    """Whether the two best and the two next attacks are one, unless that was decided."""
    attacks = sorted((e for e in record.events if e.type == "ASSAULT"), key=lambda e: (-len(e.claims), e.id))
    ruled = [frozenset(a.id for a in d.anchors) for d in standing(record.decisions)]
    return [
        Proposal(kind="event", about=(one.id, other.id), score=0.5, why="They are of one kind.")
        for one, other in (attacks[:2], attacks[2:4])
        if frozenset((one.claims[0], other.claims[0])) not in ruled
    ]


def rebuild(path: Path) -> None:
    """What the app does behind a decision, with the questions that are left."""
    project.rebuild(path)
    add(path)
