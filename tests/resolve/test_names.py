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


#: Pairs of one and of two, by what differs: person or not, whether they are one.
PAIRS = [
    # transliteration
    ("Qasim Norulani", "Ghassem Norolani", True, True),
    ("Suleiman Harrani", "Soleyman Harrani", True, True),
    ("Yusuf al-Norani", "Yousef el-Norani", True, True),
    ("Hussein Dostov", "Husayn Dostov", True, True),
    ("Jalal Harrani", "Djalal Harrani", True, True),
    ("Omar Kharzai", "Umar Harzai", True, True),
    ("Sergei Korvin", "Serguei Korvine", True, True),
    ("Abd al-Rahman Dost", "Abdurrahman Dost", True, True),
    ("Abdul Karim Velani", "Abdelkarim Velani", True, True),
    ("Abdus Salam Dost", "Abd as-Salam Dost", True, True),
    ("Jamaat ul-Norul", "Jama'at al-Norul", False, True),
    ("Jaysh al-Velm", "Jaish al Velm", False, True),
    ("Hezb-e Norul", "Hizb-i-Norul", False, True),
    ("Deir ez-Zorul", "Dayr az-Zorul", False, True),
    ("Deir el-Norul", "Der en-Norul", False, True),
    # acronyms
    ("HLF", "Harrow Liberation Front", False, True),
    ("H.L.F.", "Harrow Liberation Front", False, True),
    ("HF-North", "Harrow Front North", False, True),
    ("HLF", "HLA", False, False),
    # translated names
    ("Harrow Liberation Front", "Front de libération de Harrow", False, True),
    ("Harrow Liberation Front", "Befreiungsfront Harrow", False, True),
    ("Velm People's Army", "Ejército del Pueblo de Velm", False, True),
    ("Islamic State", "Islamischer Staat", False, True),
    ("Islamic State", "État islamique", False, True),
    ("Islamic State", "Estado Islámico", False, True),
    ("Islamic State", "Исламское государство", False, True),
    ("Harrow Revolutionary Movement", "Mouvement révolutionnaire Harrow", False, True),
    ("Harrow Liberation Front", "Harrow-Befreiungsarmee", False, False),
    # order of words, titles, initials
    ("Zhang Velin", "Velin Zhang", True, True),
    ("Keld, Osman", "Osman Keld", True, True),
    ("Gen. Osman Keld", "Osman Keld", True, True),
    ("Sheikh Dost Rahimi", "Dost Rahimi", True, True),
    ("O. Keld", "Osman Keld", True, True),
    ("Ali Hassan Norani", "Hassan Ali Norani", True, True),
    ("Omar Keld", "Osman Keld", True, False),
    ("Velm Democratic Party", "Democratic Party of Velm", False, True),
    # words that tell apart
    ("Harrow Front", "New Harrow Front", False, False),
    ("Velm Brigades", "Real Velm Brigades", False, False),
    ("Harrow Liberation Front", "Harrow Liberation Army", False, False),
    ("Velm Democratic Party", "Velm Republican Party", False, False),
    ("1st Velm Brigade", "2nd Velm Brigade", False, False),
    ("North Velm Army", "South Velm Army", False, False),
    ("Ministry of Defence of Velm", "Ministry of Justice of Velm", False, False),
]


@pytest.mark.parametrize(("left", "right", "person", "one"), PAIRS)
def test_pairs_of_names_are_one_or_two(left: str, right: str, person: bool, one: bool) -> None:
    assert names.same(left, right, person=person) is one
    assert names.same(right, left, person=person) is one
