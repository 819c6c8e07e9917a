"""A document that disagrees with itself is flagged, with the rule that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.reconcile.test_procedure import PERSON, R, found

from factories import Writing, day, quantity
from sourcebook.model import Quantity


def inside(text: str) -> Writing:
    return Writing(text, path="one.txt", on="2031-05-05")


def early_deed() -> Writing:
    """An act in the year before the founding."""
    writing = inside("The Grey Hand was founded in 2014. The Grey Hand attacked Velm in 2013.")
    hand = writing.group("Grey Hand")
    writing.claim("founded", "founded", status=None, subject=hand, value=writing.time("2014", day("2014")))
    writing.claim("attacked", actor=writing.group("Grey Hand", 1), date=writing.time("2013", day("2013")))
    return writing


def late_leader() -> Writing:
    """Somebody who leads after being killed."""
    writing = inside("Osman Keld was killed in 2020. Osman Keld has led the Grey Hand since 2022.")
    died, leads = (writing.mention("Osman Keld", PERSON, nth=n) for n in (0, 1))
    writing.claim("killed", recipient=died, date=writing.time("2020", day("2020")))
    since = writing.time("2022", day("2022"))
    hand = writing.group("Grey Hand")
    writing.claim("led", "leader", status=None, subject=hand, object=leads, **{"from": since})
    return writing


def larger_part() -> Writing:
    """More soldiers among the dead than dead."""
    writing = inside("Gunmen attacked Velm on 4 May, killing 12 people, including 13 soldiers.")
    total = writing.number("12 people", quantity(12))
    part = Quantity(low=13, high=13, usual_low=13, usual_high=13, unit="soldier", wording="including")
    when = writing.time("4 May", day("2031-05-04"))
    writing.claim("attacked", killed=(total, writing.number("13 soldiers", part)), date=when)
    return writing


def two_figures() -> Writing:
    """Two figures of one speaker."""
    writing = inside("Gunmen attacked Velm on 4 May, killing 12 people. The attack killed 30 people.")
    when = writing.time("4 May", day("2031-05-04"))
    first = writing.claim("attacked", killed=writing.number("12 people", quantity(12)), date=when)
    writing.claim("attack", nth=1, antecedent=first, killed=writing.number("30 people", quantity(30)))
    return writing


@pytest.mark.parametrize(
    ("writing", "name", "rule"),
    [
        (early_deed, "founded", "acts-before-founding"),
        (late_leader, "leader", "leads-after-death"),
        (larger_part, "killed", "part-above-total"),
        (two_figures, "killed", "same-document"),
    ],
)
def test_a_document_that_disagrees_with_itself_is_flagged(
    writing: Callable[[], Writing], name: str, rule: str
) -> None:
    made = [f for f in found([writing()], one_event=False) if f.relation is R.INTERNAL]
    assert [(f.property, f.rule) for f in made] == [(name, rule)]
    assert len(made[0].cites) == 2 or rule == "part-above-total"
