"""Glued footnote marks run on through a document; other numbers glued to words stay."""

import pytest

from sourcebook.text import footnotes
from sourcebook.text.masks import blank


def marks(text: str) -> list[str]:
    return [text[m.start : m.end] for m in footnotes.find(text)]


RUN = "The group split.1 Its name changed.2 It held the town.3 "


@pytest.mark.parametrize(
    ("tail", "mark"),
    [
        ("The flag was first shown in 2014.4 Others followed.", "4"),
        ("Scholars of Salafism4 which spread later disagree.", "4"),
        ("A raid on the border,4 legitimises the fear.", "4"),
        ("They will “raise their flags…”4 and go.", "4"),
        ("The fighters (foreign ones)4 left.", "4"),
        ("The arrest of Qari Hamad5 was a blow.", "5"),
    ],
)
def test_a_mark_that_continues_the_run_is_masked(tail, mark):
    assert marks(RUN + tail) == ["1", "2", "3", mark]


@pytest.mark.parametrize(
    "tail",
    [
        "COVID-19 closed the schools.",
        "An AK-47 and a Kalashnikov were found.",
        "F16 jets and a B52 flew over the G7 meeting.",
        "This was Harrow 1.0 and grew 2.5 percent, or 3,000 men, by 4.30 p.m.",
        "A Mi24 fell. See No.4 and Art.4 of the law.",
        "The vote was 12,4 in their favour at 10:4 hours.",
        "Radio Windows95 said so.",
    ],
)
def test_a_number_that_belongs_to_its_word_is_not(tail):
    assert marks(RUN + tail) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "He drove a Covid19 ward for years. Then he left.",
        "Unit101 and Room12 were hit.",
        "It rose by 2.5 to 3.1 percent.",
    ],
)
def test_numbers_without_a_run_are_left_alone(text):
    assert marks(text) == []


def test_a_year_with_a_lone_mark_is_a_year():
    text = "The flag was shown in 2014.14 Others followed."
    assert blank(text, footnotes.find(text)) == "The flag was shown in 2014.   Others followed."


def test_marks_in_brackets_and_raised_figures_are_masked_but_units_are_not():
    assert marks("It fell.[12] It rose.³ The field is 30 km² wide.") == ["[12]", "³"]


def test_a_number_that_an_editor_put_in_brackets_is_not_a_mark():
    assert marks("At least [9] men died.[3]") == ["[3]"]


@pytest.mark.parametrize("unit", ["abc1 ", "a.1", "1", ".", "”1"])
def test_no_pattern_is_slow_on_hostile_text(unit):
    footnotes.find(unit * 20_000)
