"""Names compared: normal form, similarity, acronyms."""

from __future__ import annotations

import pytest

from sourcebook.resolve import names
from sourcebook.resolve.tasks.names import predict_names


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tehrik-i-Norul", "Tehreek-e-Norul"),
        ("the Harrow Front", "Harrow Front"),
        ("Frente Harrow", "Front Harrow"),
        ("Velmark Ltd.", "Velmark Limited"),
        ("Brigade 44", "Brigade 44"),
    ],
)
def test_spellings_of_one_organisation_are_the_same(left: str, right: str) -> None:
    assert names.same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Yusuf Suleymanov", "Yousef Soleimanov"),
        ("Muhammad Dost", "Mohamed Dost"),
        ("Mullah Dost Rahimi", "Dost Rahimi"),
        ("Rahimi, Dost", "Dost Rahimi"),
        ("Bill Corvin", "William Corvin"),
        ("Иван Корвин", "Ivan Korvin"),
        ("Tomas Ardell", "Tomas Ardel"),
    ],
)
def test_spellings_of_one_person_are_the_same(left: str, right: str) -> None:
    assert names.same(left, right, person=True)


@pytest.mark.parametrize(
    ("left", "right", "person"),
    [
        ("Tomas Ardel", "Peter Ardel", True),
        ("Dost Rahimi", "Dost Karzan", True),
        ("Harrow Front", "Orland Front", False),
        ("Brigade 44", "Brigade 45", False),
        ("", "Harrow", False),
    ],
)
def test_names_of_two_are_not_the_same(left: str, right: str, person: bool) -> None:
    assert not names.same(left, right, person=person)


@pytest.mark.parametrize(
    ("short", "full", "answer"),
    [
        ("HLF", "Harrow Liberation Front", True),
        ("HLFN", "Harrow Liberation North Front", True),
        ("LHF", "Harrow Liberation Front", False),
        ("HF-Norland", "Harrow Front Norland", True),
        ("HF-N", "Harrow Front Norland", True),
        ("HLF", "Hill Labour Party", False),
    ],
)
def test_an_acronym_abbreviates_a_name_by_its_initials(short: str, full: str, answer: bool) -> None:
    assert names.abbreviates(short, full) is answer


def test_a_score_says_why() -> None:
    assert names.similarity("Harrow Front", "Orland Front").why == '"harrow" against "orland"'


def test_the_task_reads_two_names_and_answers_with_the_id() -> None:
    row = {"id": "x", "name1": "Ben Ardel", "name2": "Benjamin Ardel", "schema": "Person"}
    assert predict_names(row) == {"id": "x", "match": True}
