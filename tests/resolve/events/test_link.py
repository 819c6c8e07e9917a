"""Groups in the making: what a new date takes apart, and what it leaves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.events.test_score import BASE, NORRBY, SUNDAL

from sourcebook.model import ClaimId
from sourcebook.resolve.clusters import Groups
from sourcebook.resolve.events.link import Joiner
from sourcebook.resolve.events.rarity import Rarity
from sourcebook.resolve.events.when import When
from sourcebook.resolve.rulings import Rulings

MAY, JUNE = (When(date(2031, month, 2), date(2031, month, 2)) for month in (5, 6))


def told(identifier, when, site=NORRBY):
    """One report of an attack on Alder Hall, in a document of its own."""
    return replace(
        BASE,
        first=ClaimId(identifier),
        documents=frozenset((f"d{identifier}",)),
        spots=frozenset(((f"d{identifier}", 700),)),
        when=when,
        sites=frozenset((site,)),
    )


def made(**claims):
    return {ClaimId(f"c-{name}"): sketch for name, sketch in claims.items()}


@pytest.fixture
def four():
    """Two reports of a blow in May, two of another far away."""
    return made(
        a=told("c-a", MAY), b=told("c-b", MAY), x=told("c-x", MAY, SUNDAL), y=told("c-y", MAY, SUNDAL)
    )


def groups(linked):
    return sorted(linked.groups.values())


def test_a_new_date_takes_its_group_apart_and_leaves_the_others(four):
    joiner = Joiner(four, Rulings(), None)
    first = joiner.link([], frozenset(), Rulings())
    assert groups(first) == [("c-a", "c-b"), ("c-x", "c-y")]
    opened = joiner.redate({ClaimId("c-b"): JUNE})
    assert opened == {"c-a", "c-b"}
    second = joiner.link([], frozenset(), Rulings(), opened)
    assert groups(second) == [("c-a",), ("c-b",), ("c-x", "c-y")]
    assert {(k.left, k.right) for k in second.used} == {("c-x", "c-y")}


def test_a_date_that_comes_back_makes_the_same_group_again(four):
    joiner = Joiner(four, Rulings(), None)
    first = joiner.link([], frozenset(), Rulings())
    joiner.link([], frozenset(), Rulings(), joiner.redate({ClaimId("c-b"): JUNE}))
    last = joiner.link([], frozenset(), Rulings(), joiner.redate({ClaimId("c-b"): MAY}))
    assert groups(last) == groups(first)
    assert {name: s.when for name, s in last.sketches.items()} == {"c-a": MAY, "c-x": MAY}


IDS = [f"c-{n}" for n in range(8)]


@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))), st.sampled_from(IDS))
def test_a_group_that_was_taken_apart_can_be_joined_again(pairs, one):
    whole = Groups(IDS)
    for left, right in pairs:
        whole.join(left, right)
    before, members = whole.all(), whole.members(one)
    assert whole.part(one) == members
    assert all(whole.members(i) == (i,) and whole.name(i) == i for i in members)
    assert sorted(i for group in whole.all() for i in group) == IDS
    for member in members:
        whole.join(one, member)
    assert whole.all() == before


def test_rarity_of_parts_is_that_of_a_pile_without_the_whole(four):
    a, b, x, _ = four.values()
    counted = Rarity((a.joined(b), x))
    counted.part(a.joined(b), [a, b])
    anew = Rarity((a, b, x))
    assert counted.groups == anew.groups
    assert counted.counts((a, b, x)) == anew.counts((a, b, x))
