"""The whole procedure on small piles: every property and relation, with rule, sentence and two passages."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from factories import Writing, day, quantity
from sourcebook.model import (
    CONTESTED,
    Argument,
    Entry,
    Fact,
    MentionKind,
    Quantity,
    Record,
    ReferenceList,
    Relation,
    Status,
)
from sourcebook.reconcile.facts import facts
from sourcebook.reconcile.statements import material
from sourcebook.resolve.resolution import resolve

R = Relation


def at_least(low: int) -> Quantity:
    return Quantity(
        low=low, high=None, usual_low=low, usual_high=low * 12 // 10, unit="person", wording="at least"
    )


def almost(high: int) -> Quantity:
    return Quantity(low=None, high=high - 1, usual_low=high * 9 // 10, usual_high=high - 1, wording="almost")


def more_than(low: int) -> Quantity:
    return Quantity(low=low + 1, high=None, usual_low=low + 1, usual_high=low * 12 // 10, wording="more than")


def hundreds() -> Quantity:
    return Quantity(low=200, high=None, usual_low=200, usual_high=999, wording="hundreds")


class Told(NamedTuple):
    """One report: its day, its sentence, and what its claim says in which words."""

    on: str | None
    text: str
    says: dict[str, tuple[str, Any]]
    publisher: str = ""


PLACES = [
    ("land", "Velmland", "country", None, None, None),
    ("north", "Northshire", "province", None, None, "land"),
    ("south", "Southshire", "province", None, None, "land"),
    ("dun", "Dunmere district", "district", 48.4, -12.0, "north"),
    ("tar", "Tarvela", "town", 48.5, -12.2, "dun"),
    ("ork", "Orskmouth", "town", 48.5, -12.0, "dun"),
    ("kel", "Kelwick", "town", 45.1, -10.0, "south"),
]
LIST = ReferenceList(
    name="places.csv",
    sha256="0" * 64,
    format="csv",
    size=len(PLACES),
    entries=tuple(
        Entry(
            list="places.csv", id=i, row=n, name=name, kind=MentionKind.PLACE, parent=parent,
            precision=precision, lat=lat, lon=lon,
        )
        for n, (i, name, precision, lat, lon, parent) in enumerate(PLACES, 2)
    ),
)  # fmt: skip


def written(reports: list[Told], predicate: str, status: Status | None) -> list[Writing]:
    made = []
    for n, told in enumerate(reports):
        writing = Writing(told.text, path=f"{n}.txt", sequence=n, on=told.on)
        roles = {
            role: mention(writing, words, value)
            for role, (words, value) in told.says.items()
            if role != "verb"
        }
        verb = told.says.get("verb", ("attacked", None))
        narrowed = roles.pop("scope", None)
        writing.claim(verb[0], predicate, status=verb[1] or status, **roles)
        if narrowed:
            claim = writing.claims.pop()
            writing.claims.append(replace(claim, arguments=(*claim.arguments, Argument("scope", narrowed))))
        made.append(writing)
    return made


def mention(writing: Writing, words: str, value: Any) -> Any:
    if isinstance(value, Quantity):
        return writing.number(words, value)
    if isinstance(value, str) and value[:2].isdigit():
        return writing.time(words, day(value))
    return writing.mention(words, value)


def found(writings: list[Writing], *, one_event: bool) -> list[Fact]:
    record = resolve(
        Record(
            documents=tuple(w.document for w in writings),
            mentions=tuple(m for w in writings for m in w.mentions),
            claims=tuple(c for w in writings for c in w.claims),
            references=(LIST,),
        )
    )
    if one_event:
        first = next((e for e in record.events), None)
        assert first is not None
        whole = replace(
            first,
            claims=tuple(c.id for c in record.claims if c.predicate == "ASSAULT"),
            documents=tuple(d.id for d in record.documents),
            participants=tuple(p for e in record.events for p in e.participants),
        )
        record = replace(record, events=(whole,))
    return facts(material(record))


def killed(on: str | None, words: str, value: Quantity, after: str = ".") -> Told:
    text = f"Gunmen attacked the town of Tarvela on 4 May, killing {words}{after}"
    return Told(
        on, text, {"killed": (words, value), "date": ("4 May", "2031-05-04"), "location": ("Tarvela", PLACE)}
    )


PLACE, GROUP, PERSON = MentionKind.PLACE, MentionKind.ARMED_GROUP, MentionKind.PERSON


def placed(where: str, *, before: str = "") -> Told:
    return Told(
        "2031-05-05",
        f"{before}Gunmen attacked people in {where} on 4 May.",
        {"location": (where, PLACE), "date": ("4 May", "2031-05-04")},
    )


def dated(words: str, value: str, *, on: str = "2031-05-20") -> Told:
    return Told(
        on, f"Gunmen attacked Tarvela {words}.", {"date": (words, value), "location": ("Tarvela", PLACE)}
    )


def blamed(who: str, role: str = "actor", kind: MentionKind = GROUP) -> Told:
    text = f"{who} attacked Tarvela on 4 May."
    return Told(
        "2031-05-05",
        text,
        {role: (who, kind), "location": ("Tarvela", PLACE), "date": ("4 May", "2031-05-04")},
    )


def ended(verb: str, status: Status) -> Told:
    text = f"Gunmen {verb} Tarvela on 4 May."
    return Told(
        "2031-05-05",
        text,
        {"verb": (verb, status), "location": ("Tarvela", PLACE), "date": ("4 May", "2031-05-04")},
    )


def dead(number: int, on: str = "2031-05-05", after: str = ".") -> Told:
    return killed(on, f"{number} people", quantity(number), after)


APART = "no value could satisfy both"
BOTH = "Two documents"
TARVELA, KELWICK, NORTH = placed("Tarvela"), placed("Kelwick"), placed("Northshire")
#: property, reports, relation, rule, words of the sentence
EVENT: list[Any] = [
    ("killed", [dead(12)], R.SINGLE, "one-claim", "Only"),
    ("killed", [dead(12), dead(12)], R.AGREED, "same-bounds", BOTH),
    ("killed", [killed("2031-05-05", "at least 137 people", at_least(137)),
                killed("2031-05-05", "more than 130 people", more_than(130))],
     R.COMPATIBLE, "bounds-meet", "both allow 137 or more"),
    ("killed", [killed("2031-05-05", "more than 100 people", more_than(100)),
                killed("2031-05-05", "hundreds of people", hundreds())],
     R.TENSION, "usual-bounds-apart", "not as the words are used"),
    ("killed", [killed("2031-05-05", "more than 100 people", more_than(100)),
                killed("2031-05-05", "almost 100 people", almost(100))],
     R.WORDING, "rounding", "round one figure up"),
    ("killed", [dead(12), dead(30)], R.CONFLICT, "bounds-apart", APART),
    ("killed", [dead(12), dead(30, after=", including the attackers.")],
     R.SCOPE, "scope-words", "count different things"),
    ("killed", [dead(12), dead(19, "2031-05-07")], R.UPDATED, "later-report", "2031-05-07"),
    ("killed", [dead(12), dead(19, "2031-09-07")], R.UPDATED, "later-report", "2031-09-07"),
    ("killed", [dead(12, "2031-07-05"), dead(19, "2031-09-07")], R.CONFLICT, "bounds-apart", APART),
    ("killed", [dead(21), dead(19, "2031-05-07")], R.CONFLICT, "bounds-apart", APART),
    ("killed", [dead(21), dead(19, "2031-05-07", ", correcting the earlier figure.")],
     R.UPDATED, "later-report", "19 people"),
    ("date", [dated("on 4 May", "2031-05-04"), dated("on 4 May 2031", "2031-05-04")],
     R.AGREED, "same-days", BOTH),
    ("date", [dated("on 4 May", "2031-05-04"), dated("in May", "2031-05")],
     R.REFINEMENT, "days-meet", "lies within the other"),
    ("date", [dated("on 4 May", "2031-05-04"), dated("on 6 May", "2031-05-06")],
     R.CONFLICT, "bounds-apart", APART),
    ("place", [TARVELA, placed("Tarvela")], R.AGREED, "same-value", BOTH),
    ("place", [TARVELA, placed("Dunmere district")], R.REFINEMENT, "part-and-whole", "lies within"),
    ("place", [TARVELA, NORTH], R.REFINEMENT, "part-and-whole", "lies within"),
    ("place", [TARVELA, placed("Velmland")], R.REFINEMENT, "part-and-whole", "lies within"),
    ("place", [TARVELA, placed("Orskmouth")], R.TENSION, "neighbours", "15 km lie between the two"),
    ("place", [TARVELA, KELWICK], R.CONFLICT, "places-apart", "km lie between them"),
    ("place", [KELWICK, placed("Dunmere district")], R.CONFLICT, "places-apart", "neither lies within"),
    ("place", [NORTH, placed("Southshire")], R.CONFLICT, "places-apart", "neither lies within"),
    ("place", [placed("Marseille"), placed("Hamburg")],
     R.CONFLICT, "countries-apart", "France, the other in Germany"),
    ("place", [TARVELA, placed("Kelwick", before="Correction: an earlier report named Tarvela. ")],
     R.UPDATED, "replaced-in-words", "correct it"),
    ("place", [TARVELA, placed("Nowhere Hill")], R.COMPATIBLE, "several-may-hold", "more than one place"),
    ("actor", [blamed("Harrow Front"), blamed("Harrow Front")], R.AGREED, "same-value", BOTH),
    ("actor", [blamed("Harrow Front"), blamed("Grey Hand")], R.CONFLICT, "bounds-apart", APART),
    ("claimant", [blamed("Harrow Front", "claimant"), blamed("Grey Hand", "claimant")],
     R.CONFLICT, "bounds-apart", APART),
    ("happened", [ended("attacked", Status.ACCOMPLISHED), ended("tried to storm", Status.ATTEMPTED)],
     R.REFINEMENT, "how-far", "differ on how far it went"),
    ("happened", [ended("attacked", Status.ACCOMPLISHED), ended("did not attack", Status.DENIED)],
     R.CONFLICT, "bounds-apart", "“did not attack”"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reports", "relation", "rule", "words"), EVENT)
def test_answers_about_an_event_stand_as_the_procedure_says(
    name: str, reports: list[Told], relation: Relation, rule: str, words: str
) -> None:
    made = [
        f
        for f in found(written(reports, "ASSAULT", Status.ACCOMPLISHED), one_event=True)
        if f.property == name
    ]
    assert [(f.relation, f.rule) for f in made] == [(relation, rule)]
    assert words in made[0].explanation
    assert made[0].explanation.endswith(".")
    assert len(made[0].cites) == 2 or relation not in CONTESTED


def actor(verb: str, words: str, value: Any, *, on: str | None = None, **more: tuple[str, Any]) -> Told:
    """One report on the Grey Hand."""
    extra = " ".join(w for w, _ in more.values())
    text = f"The Grey Hand {verb} {words} {extra}."
    role = "object" if isinstance(value, MentionKind) and value is not MentionKind.IDEA else "value"
    return Told(
        on, text, {"subject": ("Grey Hand", GROUP), role: (words, value), "verb": (verb, None), **more}
    )


def strong(words: str, value: Quantity, on: str | None = None, **more: tuple[str, Any]) -> Told:
    return actor("has", words, value, on=on, **more)


def began(verb: str, words: str, value: str) -> Told:
    return actor(verb, words, value)


def led(words: str, on: str | None = None, **more: tuple[str, Any]) -> Told:
    return actor("is led by", words, PERSON, on=on, **more)


def went(words: str, **more: tuple[str, Any]) -> Told:
    return actor("saw", words, MentionKind.IDEA, **more)


IN_MAY = {"date": ("in May 2031", "2031-05")}
WITH_FAMILIES = {"scope": ("with their families", MentionKind.IDEA)}
WEAK, MIGHTY = quantity(400), quantity(900)
RISE, DROP = "a rise in attacks", "a drop in attacks"
ACTOR: list[Any] = [
    ("strength", [strong("400 fighters", WEAK)], R.SINGLE, "one-claim", "Only"),
    ("strength", [strong("at least 400 men", at_least(400)), strong("more than 390 men", more_than(390))],
     R.COMPATIBLE, "bounds-meet", "both allow 400 or more"),
    ("strength", [strong("400 fighters", WEAK), strong("900 fighters", MIGHTY)],
     R.CONFLICT, "bounds-apart", APART),
    ("strength", [strong("400 fighters", WEAK), strong("900 fighters", MIGHTY, **WITH_FAMILIES)],
     R.SCOPE, "scope-words", "with their families"),
    ("strength", [strong("400 fighters", WEAK),
                  strong("900 fighters", MIGHTY, until=("including the families", MentionKind.IDEA))],
     R.SCOPE, "scope-words", "with their families"),
    ("strength", [strong("400 fighters", WEAK, "2030-01-05"), strong("900 fighters", MIGHTY, "2031-01-05")],
     R.UPDATED, "later-report", "2031-01-05"),
    ("founded", [began("was founded in", "2014", "2014"), began("was founded in", "2014", "2014")],
     R.AGREED, "same-days", BOTH),
    ("founded", [began("was founded in", "2014", "2014"), began("was announced in", "2015", "2015")],
     R.DEFINITION, "words-define-differently", "name different beginnings"),
    ("founded", [began("was founded in", "2014", "2014"), began("was founded in", "2016", "2016")],
     R.CONFLICT, "bounds-apart", APART),
    ("leader", [led("Osman Keld"), led("Runa Pell")], R.CONFLICT, "bounds-apart", APART),
    ("leader", [led("Osman Keld", "2030-01-05"), led("Runa Pell", "2031-01-05")],
     R.UPDATED, "later-report", "Runa Pell"),
    ("leader", [led("Osman Keld", until=("until 2020", "2020")),
                led("Runa Pell", **{"from": ("since 2021", "2021")})],
     R.COMPATIBLE, "one-after-another", "one after another"),
    ("trend", [went(RISE, **IN_MAY), went(DROP, **IN_MAY)],
     R.CONFLICT, "up-and-down", "attacks rise that the other has fall"),
    ("trend", [went(RISE, **IN_MAY), went(DROP, date=("in 2030", "2030"))],
     R.COMPATIBLE, "several-may-hold", "each at its own time"),
    ("trend", [went(RISE, **IN_MAY), went("a drop in recruits", **IN_MAY)],
     R.COMPATIBLE, "several-may-hold", "each at its own time"),
    ("trend", [went(RISE), went(DROP)], R.COMPATIBLE, "several-may-hold", "each at its own time"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reports", "relation", "rule", "words"), ACTOR)
def test_answers_about_an_actor_stand_as_the_procedure_says(
    name: str, reports: list[Told], relation: Relation, rule: str, words: str
) -> None:
    made = [f for f in found(written(reports, name, None), one_event=False) if f.property == name]
    assert [(f.relation, f.rule) for f in made] == [(relation, rule)]
    assert words in made[0].explanation
    assert len(made[0].cites) == 2 or relation not in CONTESTED


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        pytest.param(["Tarvela", "Kelwick"], ["Kelwick"], R.COMPATIBLE, id="one place of several is shared"),
        pytest.param(
            ["Tarvela", "Kelwick"], ["Orskmouth"], R.TENSION, id="the mildest pair of two reports counts"
        ),
        pytest.param(
            ["Tarvela"], ["Kelwick", "Nowhere Hill"], R.COMPATIBLE, id="an unknown place may be either"
        ),
    ],
)
def test_two_reports_differ_only_if_all_their_places_do(
    one: list[str], other: list[str], relation: Relation
) -> None:
    writings = []
    for n, towns in enumerate((one, other)):
        text = f"On 4 May, gunmen attacked {' and then raided '.join(towns)}."
        writing = Writing(text, path=f"{n}.txt", sequence=n, on="2031-05-05")
        when = writing.time("4 May", day("2031-05-04"))
        for town, verb in zip(towns, ("attacked", "raided"), strict=False):
            writing.claim(verb, location=writing.place(town), date=when)
        writings.append(writing)
    assert [f.relation for f in found(writings, one_event=True) if f.property == "place"] == [relation]


def test_every_relation_of_the_closed_list_is_in_the_tables() -> None:
    of_itself = {R.INTERNAL}
    assert {row[2] for row in (*EVENT, *ACTOR)} | of_itself == set(Relation)
