from datetime import date

import pytest
from tests.factories import Writing, day

from sourcebook.model import MentionKind, Record, Status, Timex
from sourcebook.resolve.resolution import resolution


def record(*writings, as_of=None):
    return Record(
        as_of=as_of,
        documents=tuple(w.document for w in writings),
        mentions=tuple(m for w in writings for m in w.mentions),
        claims=tuple(c for w in writings for c in w.claims),
    )


def storming(path="a.txt", sequence=0, *, on=None, when=None):
    w = Writing("Gunmen stormed the Alder Hall in Norrby on the day.", path=path, sequence=sequence, on=on)
    roles = {"location": w.place("Norrby"), "target": w.facility("Alder Hall")}
    if when is not None:
        roles["date"] = w.time("the day", when)
    w.claim("stormed", **roles)
    return w


def open_day(value):
    return Timex(type="DATE", value=value, basis="no year known")


def test_a_document_is_after_the_latest_event_it_reports_and_not_after_the_as_of_date():
    w = storming(when=day("2031-05-02"))
    made = resolution(record(w, as_of=date(2031, 6, 1))).dated[w.document.id]
    assert (made.earliest, made.latest, made.edtf) == (
        date(2031, 5, 2),
        date(2031, 6, 1),
        "2031-05-02/2031-06-01",
    )
    assert made.basis == "after the latest dated event it reports, 2031-05-02; not after the as-of date"
    assert made.span.document == w.document.id


def test_a_document_with_a_date_of_its_own_gets_no_estimate():
    w = storming(on="2031-05-04", when=day("2031-05-02"))
    assert resolution(record(w)).dated == {}


def test_a_document_that_nothing_bounds_gets_none():
    w = storming()
    assert resolution(record(w)).dated == {}


def test_a_plan_for_later_does_not_date_the_document():
    w = Writing("The group plans an attack on the Alder Hall in 2035.")
    ahead = Timex(
        type="DATE",
        value="2035",
        edtf="2035",
        earliest=date(2035, 1, 1),
        latest=date(2035, 12, 31),
        basis="explicit; spoken of as to come",
    )
    w.claim("attack", status=Status.PLANNED, target=w.facility("Alder Hall"), date=w.time("2035", ahead))
    assert resolution(record(w)).dated == {}


def test_a_year_that_one_document_leaves_out_comes_from_another():
    one = storming("a.txt", 0, when=open_day("XXXX-05-02"))
    two = storming("b.txt", 1, when=day("2031-05"))
    (event,) = resolution(record(one, two)).events
    assert event.date.edtf == "2031-05-02"


@pytest.mark.parametrize(
    ("value", "want"), [("XXXX-05-02", "2031-05-02"), ("XXXX-09-30", "2030-09-30"), ("XXXX-05", "2031-05")]
)
def test_a_date_without_a_year_is_of_the_half_year_before_the_document(value, want):
    w = Writing("In April 2031 Norrby burned. Gunmen stormed the Birch Court in Sundal on the day.")
    w.claim("burned", location=w.place("Norrby"), date=w.time("April 2031", day("2031-04")))
    w.claim(
        "stormed",
        location=w.place("Sundal"),
        target=w.facility("Birch Court"),
        date=w.time("the day", open_day(value)),
    )
    made = resolution(record(w, as_of=date(2031, 5, 20)))
    event = next(e for e in made.events if "Birch" in e.label)
    assert event.date.edtf == want
    assert "in a document written between" in event.date.basis


def test_two_weeks_before_a_dated_event_is_solved_from_it():
    w = Writing("Two weeks before gunmen stormed the Alder Hall on the day, agents warned of an attack.")
    at = w.span("stormed")
    w.claim("stormed", target=w.facility("Alder Hall"), date=w.time("the day", day("2031-05-20")))
    before = Timex(
        type="DURATION", value="P2W", anchor="event", direction="before", event=at, basis="before it"
    )
    w.mention("Two weeks", MentionKind.TIME, value=before)
    w.claim("attack", status=Status.PLANNED, source_of_warning=w.group("agents"), target=w.facility("attack"))
    made = resolution(record(w))
    event = next(e for e in made.events if e.status is Status.PLANNED)
    assert (event.date.earliest, event.date.latest) == (date(2031, 5, 4), date(2031, 5, 8))


def test_the_day_of_publication_dates_no_event():
    w = storming(on="2031-05-04")
    assert resolution(record(w)).events[0].date is None
