import pytest
from tests.factories import Writing, day, quantity
from tests.resolve.reports import groups, raid, record

from sourcebook.model import Factuality, Form, MentionKind, Status, Timex
from sourcebook.resolve.resolution import resolution


def people(w):
    (event,) = resolution(record(w)).events
    return [(p.role, p.name, p.attribution_status) for p in event.participants]


@pytest.mark.parametrize(
    ("status", "factuality", "given"),
    [
        (Status.FOILED, Factuality.CERTAINLY_NOT, "accused"),
        (Status.PLANNED, Factuality.UNCOMMITTED, "accused"),
        (Status.FOILED, Factuality.POSSIBLE, "suspected"),
        (Status.ACCOMPLISHED, Factuality.CERTAINLY_NOT, "denied"),
        (Status.DENIED, Factuality.CERTAINLY_NOT, "denied"),
    ],
    ids=["foiled", "planned", "perhaps foiled", "it did not", "denied"],
)
def test_a_plot_that_came_to_nothing_is_not_denied_by_that(status, factuality, given):
    w = Writing("Police said that an attack by the Red Pines on the Alder Hall was stopped.")
    police = w.said(w.group("Police"), "an attack by the Red Pines on the Alder Hall was stopped")
    w.claim(
        "attack",
        by=(police,),
        status=status,
        factuality=factuality,
        actor=w.group("Red Pines"),
        target=w.facility("Alder Hall"),
    )
    assert ("actor", "Red Pines", given) in people(w)


def test_who_speaks_of_a_deed_has_not_claimed_it():
    w = Writing("The Red Pines portray the Blue Oaks as traitors for attacking the Alder Hall.")
    pines = w.said(w.group("Red Pines"), "the Blue Oaks as traitors for attacking the Alder Hall")
    w.claim("attacking", by=(pines,), actor=w.group("Red Pines"), target=w.facility("Alder Hall"))
    assert [p[0] for p in people(w)] == ["actor"]


def test_who_tells_of_their_own_deed_has_claimed_it():
    w = Writing("The Red Pines said the Red Pines attacked the Alder Hall.")
    pines = w.said(w.group("Red Pines"), "the Red Pines attacked the Alder Hall")
    w.claim("attacked", by=(pines,), actor=w.group("Red Pines", 1), target=w.facility("Alder Hall"))
    assert ("claimant", "Red Pines", "claimed") in people(w)


def test_the_named_come_before_the_described_and_the_group_last():
    w = Writing("The group, gunmen, armed gunmen and the Red Pines stormed the Alder Hall in Norrby.")
    described = [
        w.mention(words, MentionKind.ARMED_GROUP, form=Form.NOMINAL)
        for words in ("The group", "gunmen", "armed gunmen")
    ]
    w.claim("stormed", actor=(*described, w.group("Red Pines")), location=w.place("Norrby"))
    assert [p[1] for p in people(w)] == ["Red Pines", "armed gunmen", "The group"]


def test_a_site_named_in_two_ways_is_one_place():
    one, _ = raid("a.txt", 0, hall="Alder City Hall")
    two, _ = raid("b.txt", 1, hall="Alder City Concert Hall")
    (event,) = resolution(record(one, two)).events
    assert [p.name for p in event.places if "Hall" in p.name] == ["Alder City Concert Hall"]


def links(made):
    types = {e.id: e.type for e in made.events}
    return [(e.type, r.kind, types[r.event]) for e in made.events for r in e.related]


def test_the_arrest_over_an_attack_is_linked_to_it_and_not_merged():
    w = Writing("Gunmen stormed the Alder Hall in Norrby. Police arrested two men over the raid.")
    stormed = w.claim("stormed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    two = w.number("two men", quantity(2))
    w.claim("arrested", "COERCE", modes=("arrest",), arrested=two)
    w.claim("raid", antecedent=stormed)
    assert links(resolution(record(w))) == [("COERCE", "follows", "ASSAULT")]


def test_what_comes_after_the_attack_only_in_the_text_is_not_linked():
    w = Writing("Gunmen stormed the Alder Hall in Norrby. Police arrested two men; rebels shelled Sundal.")
    w.claim("stormed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    two = w.number("two men", quantity(2))
    w.claim("arrested", "COERCE", modes=("arrest",), arrested=two)
    w.claim("shelled", location=w.place("Sundal"))
    assert links(resolution(record(w))) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Soldiers shelled Sundal in retaliation for the raid on the Alder Hall in Norrby.", True),
        ("In revenge for the raid on the Alder Hall in Norrby, soldiers shelled Sundal.", True),
        ("Soldiers shelled Sundal after the raid on the Alder Hall in Norrby.", False),
        (
            "Soldiers shelled Sundal. In response to the raid on the Alder Hall in Norrby, a mayor fled.",
            False,
        ),
    ],
)
def test_a_reprisal_is_linked_to_the_attack_that_another_document_tells_of(text, answer):
    told, _ = raid("a.txt", 0, when=None)
    later = Writing(text, path="b.txt", sequence=1)
    later.claim("shelled", location=later.place("Sundal"))
    later.claim("raid", location=later.place("Norrby"), target=later.facility("Alder Hall"))
    made = resolution(record(told, later))
    follows = [(e, r) for e in made.events for r in e.related if r.kind == "follows"]
    assert len(follows) == answer
    for event, link in follows:
        assert [p.name for p in event.places] == ["Sundal"]
        documents = next(e.documents for e in made.events if e.id == link.event)
        assert documents == (told.document.id, later.document.id)


def test_a_second_blast_is_part_of_the_attack_told_before_it():
    w = Writing(
        "A car bomb struck the Alder Hall in Norrby, killing 30 people. "
        "A second blast hit the Birch Court in Norrby and killed six people."
    )
    w.claim(
        "struck",
        location=w.place("Norrby"),
        target=w.facility("Alder Hall"),
        killed=w.number("30 people", quantity(30)),
    )
    w.claim(
        "blast",
        location=w.place("Norrby", 1),
        target=w.facility("Birch Court"),
        killed=w.number("six people", quantity(6)),
    )
    assert links(resolution(record(w))) == [("ASSAULT", "part-of", "ASSAULT")]


def withdrawal(path, sequence, text, *, who, state="XA", kind=MentionKind.GOVERNMENT):
    w = Writing(text, path=path, sequence=sequence)
    by = w.mention(who, kind, country=state)
    dated = {"date": w.time("2031", day("2031"))} if "2031" in text else {}
    named = {"location": w.place("Marrovia")} if "Marrovia" in text else {}
    return w, w.claim("withdrawal", "RETREAT", actor=by, **dated, **named)


def test_a_withdrawal_known_to_all_is_one_event_with_and_without_its_date():
    one, a = withdrawal("a.txt", 0, "Much changed with the Ostland withdrawal from Marrovia.", who="Ostland")
    two, b = withdrawal(
        "b.txt",
        1,
        "Since the withdrawal of Ostland troops from Marrovia in 2031 little is known.",
        who="Ostland troops",
        kind=MentionKind.SECURITY_FORCE,
    )
    three, c = withdrawal("c.txt", 2, "During the Ostland withdrawal in 2031 a bridge fell.", who="Ostland")
    assert groups(resolution(record(one, two, three))) == [sorted((a, b, c))]


def test_withdrawals_of_two_states_are_two_events():
    one, a = withdrawal("a.txt", 0, "Much changed with the Ostland withdrawal from Marrovia.", who="Ostland")
    two, b = withdrawal(
        "b.txt", 1, "The withdrawal of Westland from Marrovia was quiet.", who="Westland", state="XB"
    )
    assert groups(resolution(record(one, two))) == sorted(([a], [b]))


def test_a_fight_that_lasts_is_not_what_a_claim_of_responsibility_refers_to():
    w = Writing(
        "Gunmen stormed the Alder Hall in Norrby. Police blamed the Red Pines, who have fought the Blue Oaks "
        "since 2029. The group has not claimed responsibility."
    )
    stormed = w.claim("stormed", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    fought = w.claim(
        "fought", actor=w.group("Red Pines"), recipient=w.group("Blue Oaks"), date=w.time("2029", day("2029"))
    )
    claimed = w.claim(
        "claimed responsibility", status=Status.DENIED, claimant=w.group("The group"), antecedent=fought
    )
    assert groups(resolution(record(w))) == sorted([sorted((stormed, claimed)), [fought]])


def service(path, sequence, text, *, on=None, by=None, **roles):
    w = Writing(text, path=path, sequence=sequence)
    made = {role: w.place(words) if role == "location" else words for role, words in roles.items()}
    if on:
        made["date"] = w.time(on[0], on[1])
    if by:
        made["actor"] = w.group(by)
    if "service for" in text:
        w.mention("Ada Holm", MentionKind.PERSON)
        made["target"] = w.mention("a memorial service", MentionKind.FACILITY, form=Form.NOMINAL)
    return w, w.claim("bombing", **made)


def test_one_bombing_told_by_its_country_its_town_its_mourned_and_its_month_is_one_event():
    reports = [
        service(
            "a.txt",
            0,
            "In January 2031 the Red Pines carried out the worst bombing in Norland, at a memorial service "
            "for Ada Holm.",
            on=("January 2031", day("2031-01")),
            by="Red Pines",
            location="Norland",
        ),
        service(
            "b.txt",
            1,
            "Earlier came the bombing of a memorial service for Ada Holm in the town of Norrby.",
            location="Norrby",
        ),
        service(
            "c.txt",
            2,
            "At the beginning of January a bombing hit a memorial service for Ada Holm.",
            on=("the beginning of January", Timex(type="DATE", value="XXXX-01", basis="no year")),
        ),
    ]
    made = resolution(record(*(w for w, _ in reports)))
    assert groups(made) == [sorted(c for _, c in reports)]
    assert min(m.score for m in made.events[0].merge) > 0.8
