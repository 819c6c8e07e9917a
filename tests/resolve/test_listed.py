"""What reference lists do to names and places: link, hold apart, propose, place; a reviewer goes before."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories import Log, Writing, mention_anchor

from sourcebook.model import Entity, Entry, MentionKind, Record, ReferenceList, Verdict
from sourcebook.reconcile.ancestry import lies_within
from sourcebook.resolve.places import contains
from sourcebook.resolve.resolution import resolve

GROUP, PLACE, PERSON = MentionKind.ARMED_GROUP, MentionKind.PLACE, MentionKind.PERSON


def entry(identifier: str, name: str, *aliases: str, kind: MentionKind | None = GROUP, **more: Any) -> Entry:
    return Entry(list="known", id=identifier, row=2, name=name, aliases=aliases, kind=kind, **more)


def resolved(writings: list[Writing], *entries: Entry, log: Log | None = None) -> Record:
    held = ReferenceList(name="known", sha256="0" * 64, format="csv", size=len(entries), entries=entries)
    return resolve(
        Record(
            documents=tuple(w.document for w in writings),
            mentions=tuple(m for w in writings for m in w.mentions),
            claims=tuple(c for w in writings for c in w.claims),
            decisions=tuple(log.entries) if log else (),
            references=(held,),
        )
    )


def naming(*names: str, kind: MentionKind = GROUP) -> list[Writing]:
    """One document a name."""
    writings = []
    for n, name in enumerate(names):
        writing = Writing(
            f"Report {n}. The report is about {name} and no other.", path=f"{n}.txt", sequence=n
        )
        writing.mention(name, kind)
        writings.append(writing)
    return writings


def groups(record: Record) -> list[list[str]]:
    exact = {m.id: m.exact for m in record.mentions}
    return sorted(sorted({exact[m] for m in e.mentions}) for e in record.entities)


def only(record: Record) -> Entity:
    assert len(record.entities) == 1
    return record.entities[0]


@pytest.mark.parametrize(
    ("names", "entries", "made"),
    [
        pytest.param(
            ("Harrow Front", "Bearers of the Lamp"),
            [entry("1", "Harrow Front", "Bearers of the Lamp")],
            [["Bearers of the Lamp", "Harrow Front"]],
            id="a name that no spelling tells is one by the list",
        ),
        pytest.param(
            ("Harrow Front", "HXF"),
            [entry("1", "Harrow Front", "HXF")],
            [["HXF", "Harrow Front"]],
            id="an acronym that is no initials",
        ),
        pytest.param(
            ("Harrow Front", "Bearers of the Lamp"),
            [entry("1", "Harrow Front"), entry("2", "Bearers of the Lamp")],
            [["Bearers of the Lamp"], ["Harrow Front"]],
            id="two entries are two",
        ),
        pytest.param(
            ("Tehrik-i Velm", "Tehreek-e-Velm"),
            [entry("1", "Tehrik-i Velm"), entry("2", "Tehreek-e-Velm")],
            [["Tehreek-e-Velm"], ["Tehrik-i Velm"]],
            id="two entries are two although their names are spelled alike",
        ),
        pytest.param(
            ("Velm Guard", "Wache von Velm"),
            [entry("1", "Velm Guard", "Wache von Velm")],
            [["Velm Guard", "Wache von Velm"]],
            id="a translated name",
        ),
        pytest.param(
            ("Harrow Front", "the Front"),
            [entry("1", "Harrow Front", weak=("the Front",))],
            [["Harrow Front"], ["the Front"]],
            id="a weak alias is not matched",
        ),
    ],
)
def test_names_are_one_or_two_as_the_list_has_them(
    names: tuple[str, ...], entries: list[Entry], made: list[list[str]]
) -> None:
    assert groups(resolved(naming(*names), *entries)) == made


def test_what_the_list_says_stands_with_the_entity_and_is_no_mention_and_no_claim() -> None:
    made = resolved(
        naming("Harrow Front"),
        entry("1", "Harrow Front", "HXF", country="FR", identifiers={"wikidata": "Q9"}),
    )
    front = only(made)
    assert [one.entry.id for one in front.listed] == ["1"]
    assert "of the list known" in front.listed[0].why
    assert front.identifiers == {"wikidata": "Q9"}
    assert [a.name for a in front.aliases] == ["Harrow Front"]
    assert front.called == ("Harrow Front", "HXF")
    assert len(made.mentions) == 1
    assert made.claims == ()


def test_entries_that_nothing_is_linked_to_are_left_out_of_the_record() -> None:
    made = resolved(naming("Harrow Front"), entry("1", "Velm Guard"))
    assert only(made).listed == ()
    assert made.references[0].entries == ()
    assert made.references[0].size == 1


def test_a_name_of_two_entries_is_proposed_with_each_and_linked_to_none() -> None:
    made = resolved(naming("HXF"), entry("1", "Harrow Front", "HXF"), entry("2", "Hill Farmers", "HXF"))
    front = only(made)
    assert front.listed == ()
    assert [(p.kind, p.about[0]) for p in made.proposals] == [("actor", front.id)] * 2
    assert all("linked to none" in p.why for p in made.proposals)


def test_another_name_of_the_actor_settles_an_ambiguous_one() -> None:
    writing = Writing("The Harrow Front (HXF) met. HXF spoke.")
    writing.claim("met", "alias", subject=writing.group("Harrow Front"), object=writing.group("HXF"))
    writing.group("HXF", 1)
    made = resolved([writing], entry("1", "Harrow Front", "HXF"), entry("2", "Hill Farmers", "HXF"))
    assert [one.entry.id for one in only(made).listed] == ["1"]
    assert made.proposals == ()


def test_two_actors_that_only_a_list_holds_apart_are_not_the_same_and_the_reason_is_said() -> None:
    names = ("Tehrik-i Velm", "Tehreek-e-Velm")
    assert len(resolved(naming(*names)).entities) == 1
    made = resolved(naming(*names), entry("1", names[0]), entry("2", names[1]))
    left, right = made.entities
    assert (left.not_same_as, right.not_same_as) == ((right.id,), (left.id,))
    assert 'against it: the list known has two entries: 1 "Tehrik-i Velm"' in made.proposals[0].why


@pytest.mark.parametrize(
    ("verdict", "entries", "count"),
    [
        pytest.param(
            Verdict.DIFFERENT, [entry("1", "Harrow Front", "Velm Guard")], 2, id="different beats one entry"
        ),
        pytest.param(
            Verdict.SAME,
            [entry("1", "Harrow Front"), entry("2", "Velm Guard")],
            1,
            id="same beats two entries",
        ),
    ],
)
def test_a_reviewer_goes_before_the_list(verdict: Verdict, entries: list[Entry], count: int) -> None:
    writings = naming("Harrow Front", "Velm Guard")
    log = Log()
    log.decide(verdict, *(mention_anchor(w, w.mentions[0].id) for w in writings))
    assert len(resolved(writings, *entries, log=log).entities) == count


def test_a_person_is_looked_up_by_more_than_a_surname() -> None:
    keld = entry("1", "Osman Keld", kind=PERSON)
    assert only(resolved(naming("Osman Keld", kind=PERSON), keld)).listed
    assert not only(resolved(naming("Keld", kind=PERSON), keld)).listed


def test_kinds_do_not_mix_and_an_unknown_kind_is_an_actor() -> None:
    assert not only(resolved(naming("Tarvela", kind=PLACE), entry("1", "Tarvela"))).listed
    assert only(resolved(naming("Tarvela"), entry("1", "Tarvela", kind=None))).listed


def town(identifier: str, name: str, **more: Any) -> Entry:
    return entry(identifier, name, kind=PLACE, **{"lat": 48.5, "lon": -12.25, "precision": "town", **more})


def test_a_listed_place_has_the_lists_point_and_says_so() -> None:
    velmland = town("v", "Velmland", precision="province", country="FR")
    place = only(resolved(naming("Tarvela", kind=PLACE), town("t", "Tarvela", parent="v"), velmland))
    assert place.location is not None
    assert (place.location.lat, place.location.lon, place.location.precision) == (48.5, -12.25, "town")
    assert place.location.country == "FR"
    assert place.location.basis == "reference list known, entry t: Tarvela"
    assert place.location.within == ("known t", "known v")


def test_the_list_goes_before_the_gazetteer_and_the_gazetteers_choice_is_told() -> None:
    place = only(resolved(naming("Paris", kind=PLACE), town("p", "Paris", country="US")))
    assert place.location is not None
    assert (place.location.country, place.location.lat) == ("US", 48.5)
    assert "not taken: GeoNames" in place.location.basis


def test_a_site_that_is_called_after_a_listed_town_stands_there() -> None:
    place = only(resolved(naming("Tarvela fish market", kind=MentionKind.FACILITY), town("t", "Tarvela")))
    assert place.location is not None
    assert place.location.precision == "town"
    assert place.location.basis.startswith("the site is in no table; it stands in reference list known")


@pytest.mark.parametrize(("name", "wanted"), [("Kerth", "town"), ("Kerth province", "province")])
def test_of_a_town_and_a_province_of_one_name_the_words_tell(name: str, wanted: str) -> None:
    made = resolved(naming(name, kind=PLACE), town("1", "Kerth"), town("2", "Kerth", precision="province"))
    assert [one.entry.precision for one in only(made).listed] == [wanted]


def test_a_list_tells_what_lies_in_what_and_a_circle_ends() -> None:
    entries = [
        town("t", "Tarvela", parent="d"),
        town("d", "Dunmere", precision="district", parent="v"),
        town("v", "Velmland", precision="province", parent="t"),
        town("o", "Orskmouth", parent="d"),
    ]
    made = resolved(naming("Tarvela", "Dunmere", "Orskmouth", kind=PLACE), *entries)
    at = {e.name: e for e in made.entities}
    assert lies_within(at["Tarvela"], at["Dunmere"])
    assert not lies_within(at["Dunmere"], at["Orskmouth"])
    straight = resolved(
        naming("Tarvela", "Dunmere", "Orskmouth", kind=PLACE),
        *[e if e.id != "v" else town("v", "Velmland", precision="province") for e in entries],
    )
    where = {e.name: e.location for e in straight.entities}
    tarvela, dunmere, orskmouth = where["Tarvela"], where["Dunmere"], where["Orskmouth"]
    assert tarvela is not None
    assert dunmere is not None
    assert orskmouth is not None
    assert contains(dunmere, tarvela) is True
    assert contains(orskmouth, tarvela) is False
