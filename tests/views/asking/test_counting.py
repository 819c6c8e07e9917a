"""Incidents of a pile of invented reports, counted by questions in words and by structured queries."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from sourcebook.model import Record
from sourcebook.views.answering import ask
from sourcebook.views.asking import counting
from sourcebook.views.asking.counting import Query
from sourcebook.views.asking.finding import Shelf
from sourcebook.views.asking.question import question
from sourcebook.views.asking.whereabouts import Whereabouts
from sourcebook.views.tasks.count import query_of, record_of

REPORTS = [
    (
        "a",
        "2031-03-05",
        "Two killed in Dayton",
        "DAYTON, Ohio - Two people were killed on Tuesday when a gunman opened fire outside the Larkspur "
        "tavern in Dayton. Orla Penhallow, 41, and Idris Quayle, 39, died there.",
    ),
    (
        "b",
        "2031-03-06",
        "Victims of Dayton tavern shooting named",
        "DAYTON, Ohio - Orla Penhallow, 41, and Idris Quayle, 39, were killed on Tuesday outside the "
        "Larkspur tavern in Dayton, where a gunman opened fire.",
    ),
    (
        "c",
        "2031-03-09",
        "Man shot dead in Toledo",
        "TOLEDO, Ohio - A man, Abel Morrow, was shot dead in Toledo on Saturday, police said.",
    ),
    (
        "d",
        "2031-03-09",
        "Three hurt in Macon blaze",
        "MACON, Ga. - Three people were injured when a house fire broke out in Macon on Saturday, "
        "firefighters said.",
    ),
    (
        "f",
        "2031-03-20",
        "Boy hurt in Lima",
        "LIMA, Ohio - A boy was injured in a shooting in Lima. He was airlifted to a clinic near Akron and "
        "is at the Akron Children's Hospital.",
    ),
    ("e", "2031-03-10", "Choir sings", "The choir of Toledo sang to four hundred people on Sunday."),
]


@lru_cache
def pile() -> Record:
    keys = ("doc_id", "dct", "title", "text")
    return record_of([dict(zip(keys, row, strict=True)) for row in REPORTS])


@lru_cache
def shelf() -> Shelf:
    return Shelf(pile())


@pytest.mark.parametrize(
    ("asked", "count", "documents"),
    [
        ("How many killing incidents happened in Ohio in March 2031?", 2, {"a", "b", "c"}),
        ("How many people were killed in Ohio in March 2031?", 3, {"a", "b", "c"}),
        ("How many people were killed in Dayton, Ohio?", 2, {"a", "b"}),
        ("How many people were injured in the state of Georgia in 2031?", 3, {"d"}),
        ("How many fire incidents happened in March 2031?", 1, {"d"}),
        ("How many people were killed in Ohio in 2030?", 0, set()),
        ("How many shootings were there on 4 March 2031?", 1, {"a", "b"}),
        ("How many people were injured in Lima, Ohio?", 1, {"f"}),
        ("How many people were injured in Akron, Ohio?", 0, set()),
        ("How many shootings were there on 19 March 2031?", 1, {"f"}),
        ("How many shootings were there on 17 March 2031?", 0, set()),
        ("How many killing incidents involved the name Quayle in 2031?", 1, {"a", "b"}),
    ],
)
def test_a_question_in_words_counts_what_fits(asked: str, count: int, documents: set[str]) -> None:
    wanted = counting.query(question(asked, pile()))
    assert wanted is not None
    found = counting.fitting(shelf().incidents, wanted)
    assert (counting.number(found, wanted), {d.path for i in found for d in i.documents}) == (
        count,
        documents,
    )


def test_ask_counts_and_shows_the_headlines() -> None:
    answer = ask(pile(), "How many killing incidents happened in Ohio in March 2031?")
    assert answer.values == ("2",)
    assert "Two killed in Dayton" in answer.text
    texts = {d.id: d.text for d in pile().documents}
    assert len(answer.citations) == 2
    assert all(texts[c.document][c.start : c.end].strip() == c.quote for c in answer.citations)  # type: ignore[index]


def test_ask_adds_up_the_tolls_of_several_incidents() -> None:
    answer = ask(pile(), "How many people were killed in Ohio in March 2031?")
    assert answer.values == ("3",)
    assert "2 incidents" in answer.text


def test_a_row_of_the_set_and_its_words_give_one_query() -> None:
    row: dict[str, Any] = {
        "subtask": 3,
        "event_type": "killing",
        "time": {"granularity": "month", "value": "2031-03"},
        "location": {"granularity": "city", "value": "Toledo, Ohio"},
        "participant": None,
    }
    words = counting.query(question("How many people were killed in March 2031 in Toledo, Ohio?", pile()))
    assert query_of(row) == words
    assert words == Query(
        counted="killed",
        kind="killing",
        when=(date(2031, 3, 1), date(2031, 3, 31)),
        town="toledo",
        units=frozenset({("US", "OH")}),
    )


def test_the_unit_of_a_report_is_what_stands_beside_its_town() -> None:
    where = Whereabouts(pile())
    units = {d.path: where.unit(d.id) for d in pile().documents}
    assert units["a"] == ("US", "OH")
    assert units["d"] == ("US", "GA")
