"""Dates that stand alone, in the ways that tables and mastheads write them."""

import pytest

from sourcebook.text.dates import parse


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest"),
    [
        ("2019-05-03", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("2019-05", "2019-05", "2019-05-01", "2019-05-31"),
        ("2019", "2019", "2019-01-01", "2019-12-31"),
        ("2019-05-03T23:30:00+02:00", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("2019-02~", "2019-02~", "2019-02-01", "2019-02-28"),
        ("2019-XX-XX", "2019-XX-XX", "2019-01-01", "2019-12-31"),
        ("201X", "201X", "2010-01-01", "2019-12-31"),
        ("2019-05-01/2019-05-03", "2019-05-01/2019-05-03", "2019-05-01", "2019-05-03"),
        ("../2019-05-03", "../2019-05-03", None, "2019-05-03"),
        ("3 May 2019", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("3rd of May, 2019", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("Sept. 3, 2019", "2019-09-03", "2019-09-03", "2019-09-03"),
        ("May 2019", "2019-05", "2019-05-01", "2019-05-31"),
        ("03.05.2019", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("25/03/2019", "2019-03-25", "2019-03-25", "2019-03-25"),
        ("03/05/2019", None, "2019-03-05", "2019-05-03"),
    ],
)
def test_a_date_is_the_days_it_covers(text, edtf, earliest, latest):
    found = parse(text)
    assert found is not None
    days = tuple(day and day.isoformat() for day in (found.earliest, found.latest))
    assert (found.edtf, *days) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2019-13", "2019-02-30", "31 April 2019", "13/13/2019", "../..", "2019-06/2019-05", "May"],
)
def test_what_is_no_date_is_none(text):
    assert parse(text) is None


def test_time_and_zone_are_kept_in_words():
    found = parse("2019-05-03T23:30:00+02:00")
    assert found is not None
    assert found.note == "at 23:30:00 +02:00"
