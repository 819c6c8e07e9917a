"""Tolls by the head of a report."""

from __future__ import annotations

import pytest

from sourcebook.model import Document, document_id
from sourcebook.views.asking.involved import is_involved
from sourcebook.views.asking.lead import toll
from sourcebook.views.asking.places_asked import Place, in_words, place


def report(title: str, text: str = "") -> Document:
    return Document(
        id=document_id("a", ""), path="a", sha256="", sequence=0, text=f"{title}\n{text}", title=title
    )


@pytest.mark.parametrize(
    ("headline", "killed", "injured"),
    [
        ("Two killed, four hurt in Oster market shooting", 2, 4),
        ("1 dead, 3 wounded after shots fired in Brell", 1, 3),
        ("Woman found dead in Ostley home", 1, 0),
        ("Man, woman and boy wounded in Brell shooting", 0, 3),
        ("4 people shot outside bar in Brell", 0, 4),
        ("Six shot, two fatally, in Brell", 2, 4),
        ("Gunman kills three in Ostley", 3, 0),
        ("Blast leaves 12 dead", 12, 0),
        ("Boy, 13, killed in drive-by", 1, 0),
        ("17-year-old wounded near school", 0, 1),
        ("Shooting wounds two in Ostley", 0, 2),
        ("Police investigate murder-suicide", 2, 0),
        ("Quadruple shooting in Brell", 0, 4),
        ("Girl, 16, dies after triple shooting", 1, 2),
        ("Mayor opens bridge", 0, 0),
        ("Murder rate: 141 shot in Brell so far this year", 1, 0),
    ],
)
def test_a_headline_tells_the_toll(headline: str, killed: int, injured: int) -> None:
    assert toll(report(headline)) == (killed, injured)


def test_the_headline_goes_before_the_text() -> None:
    assert toll(report("Two killed in Brell", "One person was killed in Ostley last week.")).killed == 2
    assert toll(report("Shooting in Brell", "Three people were killed and a man was injured.")) == (3, 1)


@pytest.mark.parametrize(
    ("text", "involved"),
    [
        ("Anna Brell, 34, was found in the car.", True),
        ("The victim was identified as Anna Brell.", True),
        ("Anna Brell is charged with assault.", True),
        ("“We heard shots,” Brell said.", False),
        ("Police Sgt. Anna Brell spoke to reporters.", False),
        ("It happened near Brell Street.", False),
        ("(Photo: Anna Brell)", False),
    ],
)
def test_who_only_speaks_has_no_part(text: str, *, involved: bool) -> None:
    assert is_involved("Brell", text) is involved


OHIO = frozenset({("US", "OH")})


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("How many were killed in Toledo, Ohio?", Place("toledo", OHIO)),
        ("How many shootings were there in Toledo, OH, in March?", Place("toledo", OHIO)),
        ("How many were killed in Ohio in 2031?", Place(units=OHIO)),
        ("How many attacks were there in France in May 2031?", Place(land="FR")),
        ("How many incidents were there in March 2031?", None),
    ],
)
def test_a_place_is_read_from_the_words(question: str, meant: Place | None) -> None:
    found = in_words(question)
    assert (found[0] if found else None) == meant


def test_a_state_that_is_said_to_be_one_is_no_town() -> None:
    assert place("Georgia", is_unit=True).units >= {("US", "GA")}
