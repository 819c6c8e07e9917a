from dataclasses import replace
from datetime import date

import pytest
from tests.factories import quantity

from sourcebook.model import Status
from sourcebook.resolve.events.exclusions import conflicts, never
from sourcebook.resolve.events.score import Rarity, Setting, compare, score, weights
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import Site
from sourcebook.resolve.events.when import When
from sourcebook.resolve.tables import table

NORRBY = Site("x-norrby", "town", "AA", 60.0, 10.0)
SUBURB = Site("x-suburb", "town", "AA", 60.1, 10.1)
SUNDAL = Site("x-sundal", "town", "AA", 62.0, 14.0)
COUNTRY = Site("x-aa", "country", "AA")
ABROAD = Site("x-bb", "country", "BB")
DAY = When(date(2031, 5, 2), date(2031, 5, 2))
BASE = Sketch(
    first="c-1",
    documents=frozenset(("d-1",)),
    family="violence",
    statuses=frozenset((Status.ACCOMPLISHED,)),
    when=DAY,
    sites=frozenset((NORRBY,)),
    words=frozenset(("alder", "hall")),
    tolls=(("killed", quantity(12)),),
)


def other(**fields):
    return replace(BASE, first="c-2", documents=frozenset(("d-2",)), **fields)


def scored(two):
    return score(compare(BASE, two, Setting(Rarity((BASE, two)))))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"when": When(date(2031, 5, 9), date(2031, 5, 9))}, "dates exclude"),
        ({"when": When(month=3)}, "dates exclude"),
        ({"sites": frozenset((SUNDAL,))}, "different towns"),
        ({"sites": frozenset((ABROAD,))}, "different countries"),
        ({"statuses": frozenset((Status.FOILED,))}, "did not"),
        ({"family": "arrest"}, "is not"),
    ],
)
def test_what_can_never_be_one_event_says_why(fields, why):
    assert why in never(BASE, other(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"when": When()},
        {"when": When(month=5)},
        {"sites": frozenset((SUBURB,))},
        {"sites": frozenset((COUNTRY,))},
        {"tolls": (("killed", quantity(99)),)},
        {"statuses": frozenset((Status.HYPOTHETICAL,))},
    ],
    ids=["undated", "month alone", "suburb", "country alone", "another toll", "in doubt"],
)
def test_what_may_be_one_event_is_not_excluded(fields):
    assert never(BASE, other(**fields)) is None


def parts(one, two):
    return {p.name for p in compare(one, two, Setting(Rarity((one, two))))}


def test_one_kind_of_target_in_one_town_is_more_than_each_alone():
    assert {"place.town", "words.target", "place.spot"} <= parts(BASE, other())
    assert "place.spot" not in parts(BASE, other(sites=frozenset((COUNTRY,))))


def test_two_named_sites_of_one_town_are_told_apart():
    alder = replace(BASE, halls=frozenset((frozenset(("alder", "hall")),)))
    birch = other(halls=frozenset((frozenset(("birch", "court")),)))
    assert "place.other_site" in parts(alder, birch)
    assert "place.other_site" not in parts(alder, other(halls=frozenset((frozenset(("alder",)),))))


def test_a_bare_count_of_victims_is_of_what_was_told_just_before():
    before = replace(BASE, spots=frozenset((("d-1", 10),)), tolls=())
    count = Sketch(
        "c-3",
        BASE.documents,
        "violence",
        BASE.statuses,
        tolls=BASE.tolls,
        spots=frozenset((("d-1", 90),)),
    )
    assert "document.tally" in parts(before, count)
    assert "document.tally" not in parts(before, replace(count, spots=frozenset((("d-1", 900),))))


def test_every_weight_is_one_that_a_comparison_has_and_keeps_the_one_set_by_hand():
    rows = table("event_weights.tsv")
    assert all(len(row) == 4 and float(row[1]) - float(row[3]) < 2 for row in rows)
    agreements = [w for n, w in weights().items() if n.startswith(("place.s", "time.same", "toll.s"))]
    assert min(w.value for w in agreements) > 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"when": When()}),
        ({}, {"when": When(date(2031, 5, 1), date(2031, 5, 31))}),
        ({}, {"sites": frozenset((SUBURB,))}),
        ({"sites": frozenset((SUBURB,))}, {"sites": frozenset()}),
        ({}, {"words": frozenset(("market",))}),
        ({}, {"tolls": (("killed", quantity(90)),)}),
        ({"doers": frozenset()}, {"doers": frozenset(), "words": frozenset()}),
    ],
)
def test_more_agreement_scores_higher(better, worse):
    assert scored(other(**better)).value > scored(other(**worse)).value


def test_a_rare_word_weighs_more_than_one_that_half_the_pile_shares():
    pile = [other(words=frozenset(("market",))) for _ in range(30)] + [BASE, other()]
    setting = Setting(Rarity(pile))
    assert setting.rarity.of("word", "alder") > setting.rarity.of("word", "market")


def test_kin_is_told_from_rivalry():
    one, two = replace(BASE, doers=frozenset(("a-1",))), other(doers=frozenset(("a-2",)))
    kin = Setting(Rarity((one, two)), frozenset((frozenset(("a-1", "a-2")),)))
    stranger = Setting(Rarity((one, two)))
    assert score(compare(one, two, kin)).value > score(compare(one, two, stranger)).value
    assert "branch" in score(compare(one, two, kin)).why


def test_reasons_are_in_words_the_weightiest_first():
    why = scored(other()).why.split("; ")
    assert why[0].startswith(("same day", "target described"))
    assert "same town" in why


def test_every_comparison_has_a_weight():
    parts = compare(BASE, other(), Setting(Rarity((BASE,))))
    assert {p.name for p in parts} <= set(weights())


@pytest.mark.parametrize(("status", "apart"), [(Status.FOILED, False), (Status.ACCOMPLISHED, True)])
def test_plots_that_came_to_nothing_in_one_country_are_not_held_apart_for_saying_little(status, apart):
    little = Sketch(
        first="c-1",
        documents=frozenset(("d-1",)),
        family="violence",
        statuses=frozenset((status,)),
        countries=frozenset(("AA",)),
    )
    alike = replace(little, first="c-2", documents=frozenset(("d-2",)))
    parts = compare(little, alike, Setting(Rarity((little, alike))))
    assert ("particular.none" in {p.name for p in parts}) is apart


@pytest.mark.parametrize(("unit", "name"), [("AA-1", "place.within"), ("AA-2", "place.outside")])
def test_a_town_is_within_its_own_province_and_outside_the_next(unit, name):
    norrby = NORRBY._replace(unit="AA-1")
    province = Site("x-province", "province", "AA", 58.0, 5.0, unit)
    assert name in parts(replace(BASE, sites=frozenset((norrby,))), other(sites=frozenset((province,))))


def test_two_villages_that_no_table_knows_count_against_one_event():
    ollmar, fjell = (Site(name, "none", "") for name in ("ollmar", "fjell"))
    one = replace(BASE, sites=frozenset((ollmar,)))
    assert "place.other_name" in parts(one, other(sites=frozenset((fjell,))))
    assert "place.other_name" in parts(one, other(sites=frozenset((NORRBY,))))
    assert "place.other_name" not in parts(one, other(sites=frozenset((ollmar, fjell))))


def test_a_second_blast_told_just_after_is_another_event_and_no_conflict():
    first = replace(BASE, spots=frozenset((("d-1", 10),)))
    second = replace(BASE, spots=frozenset((("d-1", 90),)), counted_on=frozenset((("d-1", 90),)))
    assert "another" in never(first, second)
    assert conflicts(first, second) is None
    assert (
        never(replace(first, documents=frozenset(("d-9",)), spots=frozenset((("d-9", 10),))), second) is None
    )
