"""Differences of two records and their causes, on the example pile."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from examples import record
from factories import Log
from sourcebook.config import Config
from sourcebook.model import Anchor, EventId, Record, Verdict
from sourcebook.project.deriving import derive
from sourcebook.views.differences import Row, rows

LATE = "05-ostland-translation.txt"


@lru_cache
def without(path: str) -> Record:
    """The pile as it was before a document came: the others' numbers in the order are other ones, too."""
    whole = record("marrovia")
    left = [d for d in whole.documents if d.path != path]
    kept = {d.id for d in left}
    return derive(
        Record(
            documents=tuple(replace(d, sequence=n) for n, d in enumerate(left)),
            sources=whole.sources,
            mentions=tuple(m for m in whole.mentions if m.span.document in kept),
            claims=tuple(c for c in whole.claims if c.trigger.document in kept),
        ),
        Config(),
    )


def of(found: list[Row], kind: str) -> list[Row]:
    return [r for r in found if r.kind == kind]


def test_a_record_does_not_differ_from_itself() -> None:
    assert rows(record("marrovia"), record("marrovia")) == []


def test_a_new_document_is_named_as_the_cause_of_what_it_changed() -> None:
    found = rows(without(LATE), record("marrovia"))
    assert [(r.what, r.change, r.cause) for r in of(found, "document")] == [(LATE, "new", "it was added")]
    assert {r.cause for r in of(found, "claim")} == {f"{LATE} was added"}
    toll = next(r for r in of(found, "fact") if r.what.endswith("fish market, 2031-05-13, killed"))
    assert (toll.change, toll.cause) == ("changed", f"{LATE} was added")
    assert "91" in toll.now
    assert "91" not in toll.was


def test_what_a_document_alone_told_is_gone_with_it() -> None:
    found = rows(record("marrovia"), without(LATE))
    assert {r.change for r in of(found, "claim")} == {"gone"}
    assert {r.cause for r in of(found, "claim")} == {f"{LATE} was taken out"}


def test_a_reference_list_is_named_with_what_follows_from_it() -> None:
    whole = record("marrovia")
    none = derive(replace(whole, references=(), entities=(), events=(), facts=(), proposals=()), Config())
    found = rows(none, whole)
    assert [(r.what, r.change, r.now.split(",")[0]) for r in of(found, "list")] == [
        ("reference.csv", "new", "12 entries")
    ]
    front = next(r for r in of(found, "actor") if r.what == "Harrow Front")
    assert front.now == "entry hf of the list reference.csv"
    assert front.cause == "indirectly: the list reference.csv was given"
    assert any("Port Sallow (44.61, -23.72)" in r.now for r in of(found, "event"))
    other = replace(whole, references=(replace(whole.references[0], sha256="1" * 64),))
    assert [(r.kind, r.change) for r in rows(whole, other)] == [("list", "changed")]


def test_another_version_of_the_extractor_is_one_row_where_its_claims_are_the_same() -> None:
    whole = record("marrovia")
    other = replace(whole, claims=tuple(replace(c, extractor="other-rules") for c in whole.claims))
    assert [(r.kind, r.now) for r in rows(whole, other)] == [("extractor", "other-rules")]


def test_a_decision_is_named_with_its_reviewer_and_reason() -> None:
    whole = record("marrovia")
    claim = next(c for c in whole.claims if c.filler("killed"))
    anchor = Anchor(kind="claim", id=claim.id, document=claim.trigger.document)
    decided = Log().decide(Verdict.REJECT, anchor, why="mistranslated")
    after = replace(whole, decisions=(decided,), claims=tuple(c for c in whole.claims if c.id != claim.id))
    found = rows(whole, after)
    assert [(r.kind, r.change) for r in found[:2]] == [("decision", "new"), ("claim", "gone")]
    assert found[1].cause.startswith("decision: reject by ")
    assert "mistranslated" in found[1].cause


def test_an_event_whose_id_moved_is_followed() -> None:
    whole = record("marrovia")
    event = max(whole.events, key=lambda e: len(e.claims))
    renamed = replace(event, id=EventId("e-000000000000"))
    after = replace(
        whole,
        events=tuple(renamed if e.id == event.id else e for e in whole.events),
        facts=tuple(replace(f, subject=renamed.id) if f.subject == event.id else f for f in whole.facts),
    )
    assert rows(whole, after) == []
