"""Merging and splitting are each other's inverse, and undoing leaves no trace but the log."""

from datetime import UTC, datetime
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests import pile

from sourcebook.config import Config
from sourcebook.model import PAIRED, Anchor, Decision, DecisionId, Record, Verdict
from sourcebook.project.deriving import derive
from sourcebook.resolve import rulings
from sourcebook.store.store import Store

CLOCK = datetime(2031, 6, 1, tzinfo=UTC)
VERDICTS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.REJECT, Verdict.ACCEPT, Verdict.UNSURE)


@lru_cache(maxsize=1)
def start() -> Record:
    with Store(pile.built()) as store:
        return derive(store.evidence(), Config())


def decided(record: Record, verdict: Verdict, anchors: tuple[Anchor, ...]) -> Record:
    """The record with one more decision."""
    log = record.decisions
    decision = Decision(
        about=tuple(a.id for a in anchors),
        anchors=anchors,
        verdict=verdict,
        by="Reader",
        at=CLOCK,
        why="",
        previous=log[-1].id if log else DecisionId(""),
    )
    evidence = replace(_evidence(), decisions=(*log, decision))
    return derive(evidence, Config())


@lru_cache(maxsize=1)
def _evidence() -> Record:
    with Store(pile.built()) as store:
        return store.evidence()


def together(record: Record, one: Anchor, other: Anchor) -> bool:
    return any({one.id, other.id} <= set(event.claims) for event in record.events)


def claims() -> list[Anchor]:
    return [
        rulings.anchors_for(start(), c.id)
        for c in start().claims
        if any(c.id in e.claims for e in start().events)
    ]


@settings(max_examples=15)
@given(st.data())
def test_undoing_every_decision_gives_the_record_back(data: st.DataObject) -> None:
    record = start()
    taken = []
    for _ in range(data.draw(st.integers(1, 4))):
        verdict = data.draw(st.sampled_from(VERDICTS))
        chosen = data.draw(
            st.lists(st.sampled_from(claims()), min_size=2, max_size=2, unique_by=lambda a: a.id)
        )
        record = decided(record, verdict, tuple(chosen) if verdict in PAIRED else (chosen[0],))
        taken.append(record.decisions[-1])
    for decision in reversed(taken):
        anchor = rulings.anchors_for(record, decision.id)
        record = decided(record, Verdict.UNDO, (anchor,))
    assert len(record.decisions) == 2 * len(taken)
    for part in ("entities", "events", "facts", "proposals", "mentions", "claims", "skipped"):
        assert getattr(record, part) == getattr(start(), part), part


@settings(max_examples=15)
@given(st.data())
def test_the_last_word_on_a_pair_holds_whatever_was_said_before(data: st.DataObject) -> None:
    one, other = data.draw(
        st.lists(st.sampled_from(claims()), min_size=2, max_size=2, unique_by=lambda a: a.id)
    )
    record = start()
    for verdict in data.draw(
        st.lists(st.sampled_from((Verdict.SAME, Verdict.DIFFERENT)), min_size=1, max_size=4)
    ):
        record = decided(record, verdict, (one, other))
        assert together(record, one, other) == (verdict is Verdict.SAME)
