"""Incidents that look alike stay apart, however many the reports; reports of one incident stay together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories import Writing, day, quantity
from tests.resolve.reports import groups, record

from sourcebook.model import MentionKind, Status
from sourcebook.resolve.events.exclusions import conflicts
from sourcebook.resolve.events.sketch import Sketch, together
from sourcebook.resolve.events.votes import Site
from sourcebook.resolve.events.when import When
from sourcebook.resolve.resolution import resolution

VILLAGES = ("Oskalla", "Pervin", "Dhomari", "Talvesk", "Brenuga", "Kirvat")


def shelling(path, sequence, village, *, named="the village of {}", group="Red Pines"):
    """One of many reports in the same words about a village that no table knows."""
    where = named.format(village)
    w = Writing(
        f"Fighters of the {group} shelled a market in {where} on the day, killing three people, police said.",
        path=path,
        sequence=sequence,
    )
    roles = {
        "actor": w.group(group),
        "location": w.place(village),
        "target": w.mention("a market", MentionKind.FACILITY),
        "killed": w.number("three people", quantity(3)),
        "date": w.time("the day", day("2031-05-02")),
    }
    return w, w.claim("shelled", modes=("heavy-weapons",), **roles)


def told(reports):
    return groups(resolution(record(*(w for w, _ in reports))))


def test_attacks_on_villages_that_no_table_knows_do_not_grow_into_one_event():
    reports = [
        shelling(f"{n}.txt", n, village, named=named)
        for n, (village, named) in enumerate(
            (v, named) for v in VILLAGES for named in ("the village of {}", "{}", "{} village")
        )
    ]
    want = [sorted(c for _, c in reports[n : n + 3]) for n in range(0, len(reports), 3)]
    assert told(reports) == sorted(want)


def test_a_village_and_the_place_that_a_report_puts_it_in_are_one():
    one, a = shelling("a.txt", 0, "Oskalla")
    two, b = shelling("b.txt", 1, "Pervin", named="the village of {}")
    three = Writing("Farmers left the village of Oskalla in Pervin.", path="c.txt", sequence=2)
    three.place("Oskalla")
    three.place("Pervin")
    assert groups(resolution(record(one, two, three))) == [sorted((a, b))]


def sketch(number, *, on=date(2031, 5, 2), **fields):
    return Sketch(
        first=f"c-{number}",
        documents=frozenset((f"d-{number}",)),
        family="violence",
        statuses=frozenset((Status.ACCOMPLISHED,)),
        when=When(on, on),
        **fields,
    )


def test_days_do_not_creep_from_report_to_report():
    two_days = together([sketch(1), sketch(2, on=date(2031, 5, 3))])
    assert conflicts(two_days, sketch(3, on=date(2031, 5, 3))) is None
    assert "dates" in conflicts(two_days, sketch(3, on=date(2031, 5, 4)))


def place(number, *names, precision="none"):
    sites = frozenset(Site(n.lower(), precision, "", name=n) for n in names)
    return sketch(number, sites=sites, named_in=frozenset((s.key, f"d-{number}") for s in sites))


def test_a_stray_name_among_many_is_no_reason_to_join_what_bears_it():
    group = together([*(place(n, "Oskalla") for n in range(5)), place(9, "Pervin")])
    assert {s.name for s in group.main_sites} == {"Oskalla"}
    assert "towns" in conflicts(group, together([place(20, "Pervin"), place(21, "Pervin")]))


@pytest.mark.parametrize(
    ("theirs", "precision", "apart"),
    [
        (["Pervin"], "village", True),
        (["Pervin"], "none", False),
        (["Oskala"], "village", False),
        (["Lower Oskalla"], "village", False),
    ],
    ids=["another village", "perhaps no village", "another spelling", "a part of it"],
)
def test_one_report_against_one(theirs, precision, apart):
    why = conflicts(place(1, "Oskalla", precision="village"), place(2, *theirs, precision=precision))
    assert (why is not None) is apart


def test_names_of_what_may_be_no_towns_hold_groups_apart_that_several_reports_agree_on():
    one, two = (together([place(n, name), place(n + 1, name)]) for n, name in ((1, "Oskalla"), (5, "Pervin")))
    assert "towns" in conflicts(one, two)


def test_what_refers_back_is_weighed_against_what_it_says():
    w = Writing(
        "Gunmen of the Red Pines stormed the Alder Hall in Norrby on 2 May, killing 40 people. "
        "The Blue Oaks hit a depot with a drone in Norrby on 3 May, killing three people."
    )
    stormed = w.claim(
        "stormed",
        modes=("firearms",),
        actor=w.group("Red Pines"),
        target=w.facility("Alder Hall"),
        location=w.place("Norrby"),
        killed=w.number("40 people", quantity(40)),
        date=w.time("2 May", day("2031-05-02")),
    )
    hit = w.claim(
        "hit",
        modes=("drone",),
        antecedent=stormed,
        actor=w.group("Blue Oaks"),
        target=w.mention("a depot", MentionKind.FACILITY),
        location=w.place("Norrby", 1),
        killed=w.number("three people", quantity(3)),
        date=w.time("3 May", day(str(date(2031, 5, 2) + timedelta(days=1)))),
    )
    assert groups(resolution(record(w))) == sorted(([stormed], [hit]))


def test_what_most_claims_give_counts_and_not_each():
    many = [replace(sketch(n), modes=frozenset(("drone",))) for n in range(4)]
    stray = replace(sketch(9), modes=frozenset(("firearms",)), doers=frozenset(("x-1",)))
    assert together([*many, stray]).main_modes == {"drone"}
    assert together([*many, stray]).main_doers == {"x-1"}
