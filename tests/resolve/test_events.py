from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.factories import Log, Writing, claim_anchor, day, mention_anchor, quantity
from tests.resolve.reports import groups, raid, record

from sourcebook.model import (
    Correction,
    Quantity,
    Scope,
    Status,
    Timex,
    Verdict,
)
from sourcebook.resolve.events.joining import aliases
from sourcebook.resolve.resolution import resolution, resolve
from sourcebook.resolve.rulings import anchors_for


def test_two_reports_of_one_attack_are_one_event_with_the_reasons():
    one, a = raid("a.txt", 0)
    two, b = raid("b.txt", 1)
    (event,) = resolution(record(one, two)).events
    assert set(event.claims) == {a, b}
    assert event.documents == (one.document.id, two.document.id)
    assert event.origins == 2
    assert event.merge[0].score > 0.75
    assert "same day" in event.merge[0].why
    assert "alder" in event.merge[0].why


def test_copies_of_one_origin_count_once():
    one, _ = raid("a.txt", 0)
    two, _ = raid("b.txt", 1)
    groups_ = {one.document.id: "o-1", two.document.id: "o-1"}
    (event,) = resolution(record(one, two, origin_groups=groups_)).events
    assert (len(event.documents), event.origins) == (2, 1)


def test_differing_tolls_are_kept_in_one_event():
    one, _ = raid("a.txt", 0, toll=12)
    two, _ = raid("b.txt", 1, toll=15)
    assert len(resolution(record(one, two)).events) == 1


@pytest.mark.parametrize(
    "other",
    [{"when": "2030-05-02"}, {"when": "2031-05-09"}],
    ids=["an anniversary apart", "a week apart"],
)
def test_dates_that_exclude_one_another_are_different_events(other):
    one, _ = raid("a.txt", 0)
    two, _ = raid("b.txt", 1, **other)
    made = resolution(record(one, two))
    assert len(made.events) == 2
    assert not [p for p in made.proposals if p.kind == "event"]


def plot(path, sequence):
    w = Writing("Police foiled a plot to attack the Alder Hall in Norrby.", path=path, sequence=sequence)
    return w, w.claim(
        "plot", status=Status.FOILED, location=w.place("Norrby"), target=w.facility("Alder Hall")
    )


def test_a_foiled_plot_is_not_the_attack_on_the_same_place():
    one, _ = raid("a.txt", 0, when=None)
    two, _ = plot("b.txt", 1)
    three, _ = plot("c.txt", 2)
    made = resolution(record(one, two, three))
    assert [(e.status, len(e.claims)) for e in made.events] == [(Status.ACCOMPLISHED, 1), (Status.FOILED, 2)]


def test_the_arrest_is_not_the_attack():
    w = Writing("The Alder Hall in Norrby was stormed. Police arrested two men at the Alder Hall in Norrby.")
    w.claim("stormed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    w.claim(
        "arrested",
        "COERCE",
        modes=("arrest",),
        location=w.place("Norrby", 1),
        target=w.facility("Alder Hall", 1),
    )
    assert sorted(e.type for e in resolution(record(w)).events) == ["ASSAULT", "COERCE"]


def test_a_vague_report_is_proposed_and_not_merged():
    one, _ = plot("a.txt", 0)
    two = Writing(
        "Norrby officials said they had foiled an attack by the Red Pines.", path="b.txt", sequence=1
    )
    vague = two.claim("attack", status=Status.FOILED, actor=two.group("Red Pines"))
    three = Writing(
        "A plot of the Red Pines against the Birch Court was foiled in May 2031.", path="c.txt", sequence=2
    )
    three.claim(
        "plot",
        status=Status.FOILED,
        actor=three.group("Red Pines"),
        target=three.facility("Birch Court"),
        date=three.time("May 2031", day("2031-05")),
    )
    made = resolution(record(one, two, three))
    assert len(made.events) == 3
    held = next(e.id for e in made.events if vague in e.claims)
    assert [p.kind for p in made.proposals if held in p.about] == ["event"]


def test_what_says_nothing_of_its_own_goes_to_its_antecedent_or_to_no_event():
    w = Writing("The Alder Hall in Norrby was stormed. The attack shocked many. Elsewhere an assault failed.")
    stormed = w.claim("stormed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    attack = w.claim("attack", antecedent=stormed)
    assault = w.claim("assault")
    made = resolution(record(w))
    assert groups(made) == [sorted((stormed, attack))]
    assert made.unplaced == (assault,)


def test_counted_and_general_claims_are_no_events():
    w = Writing("The Red Pines carried out numerous attacks in Norrby in 2031.")
    w.claim("attacks", scope=Scope.AGGREGATE, actor=w.group("Red Pines"), location=w.place("Norrby"))
    made = resolution(record(w))
    assert (made.events, made.unplaced) == ((), ())


def test_who_claims_and_who_is_accused_stay_apart():
    w = Writing(
        "The Alder Hall was stormed. The Red Pines claimed responsibility. Police blamed the Blue Oaks."
    )
    stormed = w.claim("stormed", target=w.facility("Alder Hall"))
    w.claim(
        "claimed responsibility", status=Status.CLAIMED, claimant=w.group("Red Pines"), antecedent=stormed
    )
    police = w.said(w.group("Police"), "the Blue Oaks", cue="blamed")
    w.claim("blamed", suspect=w.group("Blue Oaks"), antecedent=stormed, by=(police,))
    (event,) = resolution(record(w)).events
    assert [(p.role, p.name, p.attribution_status) for p in event.participants if p.role != "recipient"] == [
        ("claimant", "Red Pines", "claimed"),
        ("suspect", "Blue Oaks", "accused"),
    ]


def test_an_id_that_a_member_claim_would_have_given_resolves_to_the_event():
    one, a = raid("a.txt", 0)
    two, b = raid("b.txt", 1)
    (event,) = resolution(record(one, two)).events
    (alone,) = resolution(record(two)).events
    assert event.claims == (a, b)
    assert alone.id != event.id
    assert {alone.id, event.id} <= aliases(event)


def three_reports():
    return [raid(f"{n}.txt", n)[0] for n in range(3)]


def test_a_split_holds_and_what_else_is_said_follows_by_score():
    one, two, three = three_reports()
    first, second = one.claims[0].id, two.claims[0].id
    log = Log()
    log.decide(Verdict.DIFFERENT, claim_anchor(one, first), claim_anchor(two, second))
    made = resolution(record(one, two, three, decisions=log.entries))
    assert len(made.events) == 2
    of = {c: e.id for e in made.events for c in e.claims}
    assert of[first] != of[second]
    assert not any({of[first], of[second]} == set(p.about) for p in made.proposals)


def test_a_split_holds_after_a_new_document_and_a_changed_extractor():
    one, two, three = three_reports()
    log = Log()
    log.decide(Verdict.DIFFERENT, claim_anchor(one, one.claims[0].id), claim_anchor(two, two.claims[0].id))
    again = Writing(two.document.text, path="1.txt", sequence=1)
    moved = again.claim(
        "Gunmen of the Red Pines stormed",
        extractor="test-2",
        location=again.place("Norrby"),
        target=again.facility("Alder Hall"),
        date=again.time("the day", day("2031-05-02")),
    )
    made = resolution(record(one, again, three, raid("new.txt", 3)[0], decisions=log.entries))
    of = {c: e.id for e in made.events for c in e.claims}
    assert of[one.claims[0].id] != of[moved]
    assert made.skipped == ()


def test_merging_and_splitting_again_gives_back_the_parts():
    one, a = raid("a.txt", 0)
    two, b = raid("b.txt", 1, when="2031-09-09", town="Sundal", hall="Birch Court")
    before = resolution(record(one, two))
    log = Log()
    log.decide(Verdict.SAME, claim_anchor(one, a), claim_anchor(two, b), why="the same gunmen")
    merged = resolution(record(one, two, decisions=log.entries))
    assert len(merged.events) == 1
    assert "R. Ayo decided: the same gunmen" in merged.events[0].merge[0].why
    assert merged.events[0].date.basis.startswith("the sources differ")
    log.decide(Verdict.DIFFERENT, claim_anchor(one, a), claim_anchor(two, b))
    assert resolution(record(one, two, decisions=log.entries)).events == before.events


def test_a_same_that_a_different_forbids_comes_back_for_review():
    one, two, three = three_reports()
    ids = [w.claims[0].id for w in (one, two, three)]
    anchors = [claim_anchor(w, i) for w, i in zip((one, two, three), ids, strict=True)]
    log = Log()
    log.decide(Verdict.DIFFERENT, anchors[0], anchors[2])
    log.decide(Verdict.SAME, anchors[0], anchors[1])
    log.decide(Verdict.SAME, anchors[1], anchors[2])
    made = resolution(record(one, two, three, decisions=log.entries))
    assert groups(made) == sorted([sorted(ids[:2]), [ids[2]]])
    (review,) = [p for p in made.proposals if p.kind == "decision"]
    assert "another decision holds them apart" in review.why


def test_rejected_claims_and_events_are_left_out_and_the_rest_stays():
    one, two, _ = three_reports()
    log = Log()
    log.decide(Verdict.REJECT, claim_anchor(one, one.claims[0].id))
    made = resolution(record(one, two, decisions=log.entries))
    assert groups(made) == [[two.claims[0].id]]
    log.decide(Verdict.REJECT, claim_anchor(two, two.claims[0].id), about=(made.events[0].id,))
    assert resolution(record(one, two, decisions=log.entries)).events == ()


def test_a_correction_changes_what_follows_and_not_the_evidence():
    one, a = raid("a.txt", 0)
    log = Log()
    log.decide(
        Verdict.CORRECT, claim_anchor(one, a), correction=Correction(field="date", value='"2031-05-03"')
    )
    before = record(one, decisions=log.entries)
    made = resolution(before)
    assert (made.events[0].date.edtf, made.events[0].date.basis) == ("2031-05-03", "corrected by a reviewer")
    assert made.changed == {a}
    assert before.claims[0].extractor == "test-1"


def test_an_orphaned_decision_is_listed_and_the_rest_of_the_record_stands():
    one, a = raid("a.txt", 0)
    log = Log()
    log.decide(Verdict.REJECT, claim_anchor(one, a))
    two, _ = raid("b.txt", 1)
    made = resolve(record(two, decisions=log.entries))
    assert [s.stage for s in made.skipped] == ["decide"]
    assert [p.kind for p in made.proposals if p.kind == "decision"] == ["decision"]
    assert len(made.events) == 1


def test_an_event_is_anchored_by_a_claim_that_is_not_the_one_it_is_told_from():
    one, a = raid("a.txt", 0)
    two, b = raid("b.txt", 1)
    made = resolve(record(one, two))
    assert anchors_for(made, made.events[0].id).id == a
    assert anchors_for(made, made.events[0].id, other=a).id == b


TOWNS = st.sampled_from(["Norrby", "Sundal", "Aspvik"])
DAYS = st.sampled_from(["2031-05-02", "2031-05-03", "2031-07", "2031", None])
STORIES = st.lists(st.tuples(DAYS, st.sampled_from([3, 12, 15]), TOWNS), min_size=2, max_size=6)
PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=5)


def told(stories):
    made = []
    for n, (when, toll, town) in enumerate(stories):
        made.append(raid(f"{n}.txt", n, when=when, toll=toll, town=town)[0])
    return made


def decided(writings, pairs):
    log = Log()
    for left, right, same in pairs:
        if left != right and max(left, right) < len(writings):
            one, two = writings[left], writings[right]
            verdict = Verdict.SAME if same else Verdict.DIFFERENT
            log.decide(verdict, claim_anchor(one, one.claims[0].id), claim_anchor(two, two.claims[0].id))
    return log.entries


@settings(max_examples=40, deadline=None)
@given(STORIES, PAIRS)
def test_every_claim_is_in_one_event_and_pairs_told_apart_are_in_two(stories, pairs):
    writings = told(stories)
    decisions = decided(writings, pairs)
    made = resolution(record(*writings, decisions=decisions))
    held = [c for e in made.events for c in e.claims]
    assert sorted(held) == sorted(c.id for w in writings for c in w.claims)
    latest = {frozenset(a.id for a in d.anchors): d.verdict for d in decisions}
    for event in made.events:
        for pair, verdict in latest.items():
            assert not (verdict is Verdict.DIFFERENT and pair <= set(event.claims))


@settings(max_examples=25, deadline=None)
@given(STORIES, PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_no_group(stories, pairs, shuffler):
    writings = told(stories)
    decisions = decided(writings, pairs)
    before = resolution(record(*writings, decisions=decisions))
    shuffler.shuffle(writings)
    for n, w in enumerate(writings):
        w.document = replace(w.document, sequence=n)
    after = resolution(record(*writings, decisions=decisions))
    assert groups(before) == groups(after)
    assert resolution(record(*writings, decisions=decisions)) == after


def test_an_undated_document_is_dated_by_the_weekday_of_an_event_that_another_dates():
    one, _ = raid("a.txt", 0, when="2031-05-02")
    two = Writing("Friday’s attack on the Alder Hall in Norrby was the worst.", path="b.txt", sequence=1)
    friday = Timex(type="DATE", value="XXXX-WXX-5", basis="weekday, document undated")
    two.claim(
        "attack",
        location=two.place("Norrby"),
        target=two.facility("Alder Hall"),
        date=two.time("Friday", friday),
    )
    made = resolution(record(one, two))
    assert len(made.events) == 1
    written = made.dated[two.document.id]
    assert (written.earliest, written.latest) == (date(2031, 5, 2), date(2031, 5, 8))
    assert "weekday of a dated event" in written.basis
    assert made.dated[one.document.id].latest is None


def test_a_toll_of_many_wordings_is_kept_by_claim():
    one, a = raid("a.txt", 0)
    made = resolution(record(one))
    mentions = {m.id: m for m in made.mentions}
    claim = next(c for c in made.claims if c.id == a)
    assert isinstance(mentions[claim.filler("killed")].value, Quantity)


def test_names_ruled_different_are_two_actors_and_a_forbidden_same_is_listed():
    w = Writing("The Red Pines attacked Norrby. The Red Pines fled. The Red Pines hid.")
    ids = [w.group("Red Pines", n) for n in range(3)]
    anchors = [mention_anchor(w, i) for i in ids]
    log = Log()
    log.decide(Verdict.DIFFERENT, anchors[0], anchors[2])
    made = resolution(record(w, decisions=log.entries))
    assert made.entity_of[ids[0]] != made.entity_of[ids[2]]
    log.decide(Verdict.SAME, anchors[0], anchors[1])
    log.decide(Verdict.SAME, anchors[1], anchors[2])
    made = resolution(record(w, decisions=log.entries))
    assert made.entity_of[ids[0]] != made.entity_of[ids[2]]
    assert [p.kind for p in made.proposals if "holds them apart" in p.why] == ["decision"]


def test_a_count_of_victims_belongs_to_the_attack_told_just_before_it():
    w = Writing("Gunmen ambushed a convoy near Norrby. The army said that seven soldiers had been killed.")
    ambush = w.claim("ambushed", location=w.place("Norrby"), target=w.facility("a convoy"))
    killed = w.claim("killed", killed=w.number("seven soldiers", quantity(7)))
    assert groups(resolution(record(w))) == [sorted((ambush, killed))]


def test_two_deeds_told_in_one_sentence_are_two_events():
    w = Writing("After rebels bombed the Alder Hall in Norrby, soldiers shelled the Birch Court in Norrby.")
    w.claim("bombed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    w.claim("shelled", location=w.place("Norrby", 1), target=w.facility("Birch Court"))
    assert len(resolution(record(w)).events) == 2
