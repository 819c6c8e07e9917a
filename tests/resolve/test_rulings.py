import pytest
from msgspec.structs import replace
from tests.factories import Log, Writing, claim_anchor, mention_anchor, quantity

from sourcebook.errors import NotFound
from sourcebook.model import Correction, Quantity, Record, Span, Status, Verdict
from sourcebook.resolve import amendments, rulings

TEXT = "Gunmen stormed the Alder Hall in Norrby. The raid killed 12 people. A blast hit Sundal."


def story():
    w = Writing(TEXT)
    hall = w.claim("stormed", location=w.place("Norrby"), target=w.facility("the Alder Hall"))
    toll = w.claim("raid", killed=w.number("12 people", quantity(12)))
    blast = w.claim("blast", location=w.place("Sundal"))
    return w, hall, toll, blast


def read(w, log, claims=None):
    return rulings.read(log.entries, claims or w.claims, w.mentions)


def test_a_later_decision_about_the_same_pair_overrules_the_earlier():
    w, hall, toll, _ = story()
    log = Log()
    log.decide(Verdict.SAME, claim_anchor(w, hall), claim_anchor(w, toll))
    log.decide(Verdict.DIFFERENT, claim_anchor(w, toll), claim_anchor(w, hall))
    made = read(w, log)
    assert made.same == ()
    assert made.apart("c") == {frozenset((hall, toll))}


def test_undo_cancels_the_decision_it_names_and_may_itself_be_undone():
    w, hall, *_ = story()
    log = Log()
    first = log.decide(Verdict.REJECT, claim_anchor(w, hall))
    undo = log.undo(first)
    assert read(w, log).rejected == frozenset()
    log.undo(undo)
    assert read(w, log).rejected == {hall}


def test_an_undone_decision_lets_the_one_before_it_stand_again():
    w, hall, toll, _ = story()
    log = Log()
    log.decide(Verdict.SAME, claim_anchor(w, hall), claim_anchor(w, toll))
    log.undo(log.decide(Verdict.DIFFERENT, claim_anchor(w, hall), claim_anchor(w, toll)))
    assert [(p.left, p.right) for p in read(w, log).same] == [(hall, toll)]


def test_a_decision_follows_its_claim_to_a_moved_boundary():
    w, hall, *_ = story()
    log = Log()
    log.decide(Verdict.REJECT, claim_anchor(w, hall))
    old = w.claims[0]
    wider = replace(old, trigger=Span(old.trigger.document, old.trigger.start, old.trigger.end + 4))
    assert wider.id != hall
    assert read(w, log, [wider, *w.claims[1:]]).rejected == {wider.id}


@pytest.mark.parametrize(("left", "said"), [([], "none overlaps"), (["a", "b"], "2 overlap")])
def test_a_decision_whose_claim_is_gone_or_doubtful_is_listed_and_proposed(left, said):
    w, hall, *_ = story()
    log = Log()
    log.decide(Verdict.REJECT, claim_anchor(w, hall))
    at = w.claims[0].trigger
    today = [
        replace(w.claims[0], trigger=Span(at.document, at.start - n, at.end + 1)) for n, _ in enumerate(left)
    ]
    made = read(w, log, [*today, *w.claims[1:]])
    assert made.rejected == frozenset()
    assert [s.stage for s in made.skipped] == ["decide"]
    assert said in made.skipped[0].why
    assert [p.kind for p in made.proposals] == ["decision"]


def test_an_undo_of_nothing_is_listed():
    w, *_ = story()
    log = Log()
    other = Log().decide(Verdict.REJECT, claim_anchor(w, w.claims[1].id))
    log.undo(other)
    assert "no decision" in read(w, log).skipped[0].why


def test_rejecting_an_event_is_not_rejecting_the_claim_that_stands_for_it():
    w, hall, *_ = story()
    log = Log()
    log.decide(Verdict.REJECT, claim_anchor(w, hall), about=("e-000000000000",))
    made = read(w, log)
    assert made.rejected == frozenset()
    assert made.rejected_events == {hall}


def corrected(field, value):
    w, hall, toll, _ = story()
    log = Log()
    target = toll if field in ("killed", "injured") else hall
    log.decide(Verdict.CORRECT, claim_anchor(w, target), correction=Correction(field=field, value=value))
    made = amendments.apply(read(w, log).amendments, [w.document], w.mentions, w.claims)
    claim = next(c for c in made.claims if c.id == target)
    return w, made, claim, {m.id: m for m in made.mentions}


def test_a_corrected_number_keeps_its_place_and_the_original_is_untouched():
    w, made, claim, mentions = corrected("killed", "21")
    new = mentions[claim.filler("killed")]
    assert isinstance(new.value, Quantity)
    assert (new.value.low, new.value.high, new.exact) == (21, 21, "12 people")
    assert next(m for m in w.mentions if m.exact == "12 people").value.low == 12
    assert claim.extractor.startswith("reviewer R. Ayo, n-")
    assert made.changed == {claim.id}


def test_a_corrected_field_that_had_no_mention_gets_one_that_quotes_the_document():
    w, _, claim, mentions = corrected("injured", '{"low": 3, "high": null}')
    new = mentions[claim.filler("injured")]
    assert (new.value.low, new.value.high) == (3, None)
    assert w.document.quote(new.span) == new.exact


@pytest.mark.parametrize(
    ("field", "value", "role", "name"),
    [
        ("place", '"Sundal"', "location", "Sundal"),
        ("actor", '{"name": "Red Pines", "kind": "armed_group"}', "actor", "Red Pines"),
        ("target", "Birch Court", "target", "Birch Court"),
    ],
)
def test_a_corrected_name_is_the_reviewers(field, value, role, name):
    _, _, claim, mentions = corrected(field, value)
    assert [mentions[m].name for m in claim.fillers(role)] == [name]


def test_a_corrected_date_has_bounds_and_a_basis():
    _, _, claim, mentions = corrected("date", "2031-05")
    value = mentions[claim.filler("date")].value
    assert (str(value.earliest), str(value.latest)) == ("2031-05-01", "2031-05-31")
    assert value.basis == "corrected by a reviewer"


def test_a_corrected_status_changes_the_claim_and_not_its_id():
    w, _, claim, _ = corrected("status", '"foiled"')
    assert claim.status is Status.FOILED
    assert claim.id == w.claims[0].id


@pytest.mark.parametrize(("field", "value"), [("killed", '"many"'), ("status", '"dull"'), ("mood", "1")])
def test_a_correction_that_cannot_be_applied_is_listed_and_proposed(field, value):
    _, made, claim, _ = corrected(field, value)
    assert made.changed == frozenset()
    assert len(made.skipped) == len(made.proposals) == 1
    assert claim.extractor == "test-1"


def test_anchors_are_found_for_claims_and_mentions_and_nothing_else():
    w, hall, *_ = story()
    record = Record(documents=(w.document,), mentions=tuple(w.mentions), claims=tuple(w.claims))
    assert rulings.anchors_for(record, hall) == claim_anchor(w, hall)
    place = w.mentions[0].id
    assert rulings.anchors_for(record, place) == mention_anchor(w, place)
    for unknown in ("e-1", "c-1", "n-1", "x"):
        with pytest.raises(NotFound):
            rulings.anchors_for(record, unknown)
