from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract import times
from sourcebook.extract.language import model
from sourcebook.extract.passage import Passage
from sourcebook.extract.tasks.timex import predict_timex
from sourcebook.extract.times.calendar import period, third
from sourcebook.extract.times.feasts import easter, falls, feasts, orthodox_easter
from sourcebook.model import Days, Document, DocumentId
from sourcebook.ports import Context

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "times.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def day(text):
    return None if text == "-" else date.fromisoformat(text)


def passage(text, published=None):
    days = published and Days(edtf=str(published), earliest=published, latest=published, basis="given")
    document = Document(id=DocumentId("d-1"), path="a.txt", sha256="", sequence=0, text=text, published=days)
    return Passage(document, model()(text))


def mentions(text, published=None, as_of=None):
    at = passage(text, published)
    return times.find(at, times.clock([at], Context(as_of)))


def shown(mention):
    edtf = f"@{mention.value.edtf}" if mention.value.edtf else ""
    return f"{mention.exact}={mention.value.value}{edtf}"


@pytest.mark.parametrize(("phenomenon", "published", "as_of", "sentence", "expected"), ROWS)
def test_each_expression_has_its_value_and_edtf(phenomenon, published, as_of, sentence, expected):
    found = mentions(sentence, day(published), day(as_of))
    assert (" | ".join(map(shown, found)) or "none") == expected, phenomenon


def test_an_event_keeps_the_duration_the_direction_and_the_trigger():
    text = "Two weeks before gunmen stormed the hall, a warning was given."
    found = mentions(text)[0].value
    assert (found.anchor, found.direction, found.value) == ("event", "before", "P2W")
    assert text[found.event.start : found.event.end] == "stormed"
    assert (found.earliest, found.latest) == (None, None)


def test_the_publication_date_alone_dates_nothing():
    assert mentions("Gunmen attacked a mall.", date(2024, 3, 25)) == []


def test_a_document_dated_to_a_month_gives_bounds_over_the_whole_of_it():
    days = Days(edtf="2024-03", earliest=date(2024, 3, 1), latest=date(2024, 3, 31), basis="given")
    document = Document(
        id=DocumentId("d-1"), path="a", sha256="", sequence=0, text="He fled yesterday.", published=days
    )
    at = Passage(document, model()(document.text))
    found = times.find(at, times.clock([at], Context()))[0].value
    assert (found.earliest, found.latest) == (date(2024, 2, 29), date(2024, 3, 30))


def test_an_undated_document_was_written_after_the_latest_day_it_reports_and_before_the_as_of_date():
    text = "The war began in 2019. On 3 May 2021 the town fell. It will end by 2030."
    context = Context(date(2022, 1, 1))
    found = times.estimate(mentions(text, as_of=context.as_of), None, context)
    assert (found.earliest, found.latest) == (date(2021, 5, 3), date(2022, 1, 1))
    assert text[found.span.start : found.span.end] == "3 May 2021"


def test_nothing_bounds_a_document_without_dates():
    assert times.estimate(mentions("It will rain."), None, Context()) is None


def test_a_prediction_reads_only_the_text_and_the_creation_time():
    row = {"doc_id": "a", "dct": "2024-03-25", "title": None, "text": "It fell between 2019 and 2021."}
    assert [t["value"] for t in predict_timex(row)["timex"]] == ["2019", "2021"]


def test_a_prediction_gives_both_days_that_one_month_names():
    row = {"doc_id": "a", "dct": "2024-03-25", "title": None, "text": "They will meet on April 24 and 25."}
    found = [(row["text"][t["start"] : t["end"]], t["value"]) for t in predict_timex(row)["timex"]]
    assert found == [("April 24", "2024-04-24"), ("25", "2024-04-25")]


@given(st.dates(min_value=date(3, 1, 1), max_value=date(9000, 1, 1)), st.sampled_from("DWMQHYEC"))
def test_a_period_holds_its_day_and_its_parts_do_not_overlap(at, unit):
    whole = period(unit, at)
    assert whole.first <= at <= whole.last or unit == "C"
    parts = [third(whole, mod) for mod in ("START", "MID", "END")] if unit in "MQYEC" else []
    for one, two in pairwise(parts):
        assert whole.first <= one.first <= one.last < two.first <= two.last <= whole.last


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("ramadan", 2024, date(2024, 3, 10), date(2024, 4, 10)),
        ("eid al-fitr", 2023, date(2023, 4, 21), date(2023, 4, 25)),
        ("thanksgiving", 1999, date(1999, 11, 25), date(1999, 11, 25)),
        ("good friday", 2022, date(2022, 4, 15), date(2022, 4, 15)),
        ("memorial day", 2021, date(2021, 5, 31), date(2021, 5, 31)),
    ],
)
def test_feasts_fall_on_their_days(name, year, first, last):
    assert falls(feasts()[name], year) == (first, last)


def test_easter_of_both_calendars():
    assert (easter(2024), orthodox_easter(2024)) == (date(2024, 3, 31), date(2024, 5, 5))


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31)])
def test_an_impossible_publication_date_is_not_counted_from(published):
    text = "Last winter, three centuries ago, on the previous Friday and in July last year, at Ramadan."
    assert all(m.value.anchor != "document" or m.value.edtf is None for m in mentions(text, published))
