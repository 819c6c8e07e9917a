"""What a person decided holds after a rebuild, with a new document and with a new model, each with each."""

from __future__ import annotations

import pytest
from tests.factories import Log, Writing, claim_anchor, day, mention_anchor
from tests.resolve.reports import raid, record

from sourcebook.model import Correction, Verdict
from sourcebook.resolve.resolution import resolution


def read(path, sequence, model, *, when="2031-05-02", town="Norrby", hall="Alder Hall"):
    """A report, as the first model reads it or as a later one does that marks more words as the trigger."""
    w, claim = raid(path, sequence, when=when, town=town, hall=hall)
    if model == 1:
        return w, claim
    again = Writing(w.document.text, path=path, sequence=sequence)
    roles = {
        "actor": again.group("Red Pines"),
        "location": again.place(town),
        "target": again.facility(hall),
    }
    if when:
        roles["date"] = again.time("the day", day(when))
    return again, again.claim("Red Pines stormed", extractor="test-2", **roles)


def pile(model, *, extra):
    """Two reports of one attack, one of another, and a fourth that came later."""
    told = [
        read("a.txt", 0, model),
        read("b.txt", 1, model),
        read("c.txt", 2, model, when="2031-09-09", town="Sundal", hall="Birch Court"),
    ]
    return told + ([read("d.txt", 3, model)] if extra else [])


def split(log, told):
    (one, a), (two, b) = told[:2]
    log.decide(Verdict.DIFFERENT, claim_anchor(one, a), claim_anchor(two, b))


def same(log, told):
    (one, a), (three, c) = told[0], told[2]
    log.decide(Verdict.SAME, claim_anchor(one, a), claim_anchor(three, c))


def different(log, told):
    one, two = told[0][0], told[1][0]
    log.decide(
        Verdict.DIFFERENT,
        mention_anchor(one, one.group("Red Pines")),
        mention_anchor(two, two.group("Red Pines")),
    )


def corrected(log, told):
    one, a = told[0]
    log.decide(
        Verdict.CORRECT, claim_anchor(one, a), correction=Correction(field="date", value='"2031-05-03"')
    )


def event_of(made, claim):
    return next(e for e in made.events if claim in e.claims)


def split_holds(made, told):
    return event_of(made, told[0][1]).id != event_of(made, told[1][1]).id


def same_holds(made, told):
    return event_of(made, told[0][1]).id == event_of(made, told[2][1]).id


def different_holds(made, told):
    one, two = (next(m for m in made.mentions if m.exact == "Red Pines" and m.span.document == w.document.id)
                for w, _ in told[:2])  # fmt: skip
    return made.entity_of[one.id] != made.entity_of[two.id]


def correction_holds(made, told):
    claim = next(c for c in made.claims if c.id == told[0][1])
    date = next(m for m in made.mentions if m.id == claim.filler("date"))
    return date.value.edtf == "2031-05-03" and claim.id in made.changed


DECISIONS = [
    (split, split_holds),
    (same, same_holds),
    (different, different_holds),
    (corrected, correction_holds),
]
LATER = {
    "a rebuild": {"model": 1, "extra": False},
    "a new document": {"model": 1, "extra": True},
    "a new model": {"model": 2, "extra": False},
}


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize(("decide", "holds"), DECISIONS, ids=lambda f: f.__name__)
def test_a_decision_holds_after(decide, holds, later):
    before = pile(1, extra=False)
    log = Log()
    decide(log, before)
    assert not holds(resolution(record(*(w for w, _ in before))), before)
    now = pile(**LATER[later])
    made = resolution(record(*(w for w, _ in now), decisions=log.entries))
    assert holds(made, now)
    assert made.skipped == ()


@pytest.mark.parametrize("later", LATER)
def test_a_same_that_a_different_forbids_is_listed_after(later):
    before = pile(1, extra=False)
    log = Log()
    anchors = [claim_anchor(w, c) for w, c in before]
    log.decide(Verdict.DIFFERENT, anchors[0], anchors[2])
    log.decide(Verdict.SAME, anchors[0], anchors[1])
    log.decide(Verdict.SAME, anchors[1], anchors[2])
    now = pile(**LATER[later])
    made = resolution(record(*(w for w, _ in now), decisions=log.entries))
    (listed,) = [p for p in made.proposals if p.kind == "decision"]
    assert "another decision holds them apart" in listed.why
    assert event_of(made, now[0][1]).id != event_of(made, now[2][1]).id
