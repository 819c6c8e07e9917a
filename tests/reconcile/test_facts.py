"""Facts made of small hand-made piles: interests, parts, a document against itself, credibility."""

from __future__ import annotations

import pytest

from factories import Writing, day, quantity
from sourcebook.model import Fact, Record, Relation
from sourcebook.reconcile.facts import facts
from sourcebook.reconcile.statements import material
from sourcebook.resolve.resolution import resolve


def made(*writings: Writing) -> list[Fact]:
    record = Record(
        documents=tuple(w.document for w in writings),
        mentions=tuple(m for w in writings for m in w.mentions),
        claims=tuple(c for w in writings for c in w.claims),
    )
    return facts(material(resolve(record)))


def killed(text: str, words: str, low: int, *, path: str = "a.txt", sequence: int = 0) -> Writing:
    writing = Writing(text, path=path, sequence=sequence, on="2031-05-05")
    writing.claim(
        "attacked",
        killed=writing.number(words, quantity(low)),
        location=writing.place("Velm"),
        date=writing.time("Monday", day("2031-05-04")),
        actor=writing.group("Grey Hand"),
    )
    return writing


def test_a_document_that_tells_of_deeds_before_a_founding_disagrees_with_itself() -> None:
    writing = Writing(
        "The Grey Hand was founded in 2014. The Grey Hand attacked Velm in 2013.", on="2031-05-05"
    )
    writing.claim(
        "founded",
        "founded",
        status=None,
        subject=writing.group("Grey Hand"),
        value=writing.time("2014", day("2014")),
    )
    writing.claim(
        "attacked",
        actor=writing.group("Grey Hand", nth=1),
        location=writing.place("Velm"),
        date=writing.time("2013", day("2013")),
    )
    found = [f for f in made(writing) if f.rule == "acts-before-founding"]
    assert [f.relation for f in found] == [Relation.INTERNAL]
    assert len(found[0].cites) == 2
    assert "2014" in found[0].explanation
    assert "2013" in found[0].explanation


def test_attackers_who_died_are_no_rival_of_the_toll() -> None:
    writing = killed(
        "The Grey Hand attacked Velm on Monday, killing 12 people and losing three gunmen.", "12 people", 12
    )
    claim = writing.claims[0]
    extra = writing.number("three gunmen", quantity(3))
    writing.claims.clear()
    roles = {a.role: a.mention for a in claim.arguments}
    writing.claim("attacked", **{**roles, "killed": (roles["killed"], extra)})
    tolls = [f for f in made(writing) if f.property == "killed"]
    assert [(f.rule == "part-of-a-total", len(f.readings)) for f in tolls] == [(False, 1), (True, 1)]


def test_two_independent_origins_make_a_figure_probable_and_a_rival_makes_it_doubtful() -> None:
    first = killed("The Grey Hand attacked Velm on Monday and killed 12 people.", "12 people", 12)
    same = killed(
        "On Monday the Grey Hand attacked the town of Velm; 12 died there.",
        "12",
        12,
        path="b.txt",
        sequence=1,
    )
    other = killed("The Grey Hand attacked Velm on Monday: 30 dead.", "30 dead", 30, path="c.txt", sequence=2)
    assert [f.credibility for f in made(first, same) if f.property == "killed"] == [2]
    assert [f.credibility for f in made(first, same, other) if f.property == "killed"] == [4]
    assert [f.credibility for f in made(first) if f.property == "killed"] == [3]


@pytest.mark.parametrize(
    ("text", "words", "number", "rule"),
    [
        (
            "A driver who was wounded when men attacked Velm on Monday died of his wounds.",
            "A driver",
            1,
            True,
        ),
        ("Men attacked Velm on Monday, killing a driver. A guard died of his wounds.", "a driver", 1, False),
        ("Nine people who were attacked in Velm on Monday died of their wounds.", "Nine people", 9, False),
    ],
)
def test_one_who_dies_of_wounds_later_is_no_toll(text: str, words: str, number: int, *, rule: bool) -> None:
    writing = Writing(text, on="2031-05-05")
    dead = writing.number(words, quantity(number))
    writing.claim("attacked", killed=dead, location=writing.place("Velm"))
    found = [f.rule for f in made(writing) if f.property == "killed"]
    assert (found == ["part-of-a-total"]) is rule
