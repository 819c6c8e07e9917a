from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.model import Timex
from sourcebook.resolve.events.when import UNKNOWN, When, ago, days, edtf, gap, meet, read, within

DAYS = st.dates(date(2029, 1, 1), date(2032, 12, 31))
WHENS = st.builds(
    lambda ends, month, weekday: When(
        min(ends) if ends else None, max(ends) if ends else None, month=month, weekday=weekday
    ),
    st.one_of(st.none(), st.tuples(DAYS, DAYS)),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.integers(1, 7)),
)


@pytest.mark.parametrize(
    ("value", "words", "want"),
    [
        (Timex(type="DATE", value="XXXX-03-22"), "March 22", (None, None, 3, 22, None)),
        (Timex(type="DATE", value="XXXX-03"), "March", (None, None, 3, None, None)),
        (Timex(type="DATE", value="XXXX-WXX-5"), "Friday", (None, None, None, None, 5)),
        (Timex(type="DURATION", value="P2W"), "two weeks", (None,) * 5),
        (
            Timex(
                type="DATE",
                value="2031-W19",
                earliest=date(2031, 5, 5),
                latest=date(2031, 5, 11),
                anchor="document",
            ),
            "last week",
            (date(2031, 5, 5), date(2031, 5, 17), None, None, None),
        ),
        (
            Timex(
                type="DATE",
                value="XXXX-XX-XX",
                earliest=date(2030, 3, 22),
                latest=date(2032, 3, 22),
                basis="document undated: counted",
            ),
            "March 22nd",
            (date(2030, 3, 22), date(2032, 3, 22), 3, 22, None),
        ),
    ],
)
def test_a_time_expression_says_bounds_or_a_pattern(value, words, want):
    assert read(value, words)[:5] == want


@given(WHENS, WHENS)
def test_what_satisfies_both_lies_within_both_whichever_comes_first(one, two):
    both = meet(one, two)
    again = meet(two, one)
    assert (both is None) == (again is None)
    if both is not None:
        assert both[:5] == again[:5]
        assert gap(one, two) == 0
        assert all(not (w.earliest and both.earliest) or both.earliest >= w.earliest for w in (one, two))
        assert all(not (w.latest and both.latest) or both.latest <= w.latest for w in (one, two))


@given(WHENS)
def test_a_bounded_time_with_a_pattern_begins_and_ends_on_days_that_fit(when):
    drawn = meet(when, UNKNOWN)
    if drawn is not None and drawn.bounded:
        assert drawn.fits(drawn.earliest)
        assert drawn.fits(drawn.latest)


def test_a_date_without_a_year_is_narrowed_by_a_text_that_was_written_then():
    when = within(
        When(month=3, day=22, basis=("said",)), date(2030, 9, 1), date(2031, 4, 1), "written by then"
    )
    assert (when.earliest, when.latest) == (date(2031, 3, 22), date(2031, 3, 22))
    assert when.basis == ("said", "written by then")


def test_a_pattern_that_no_day_of_the_text_fits_stays_open():
    when = When(month=3, day=22)
    assert within(when, date(2031, 5, 1), date(2031, 6, 1), "why") == when


@pytest.mark.parametrize(
    ("when", "want"),
    [
        (When(date(2031, 5, 2), date(2031, 5, 2)), "2031-05-02"),
        (When(date(2031, 2, 1), date(2031, 2, 28)), "2031-02"),
        (When(date(2031, 1, 1), date(2031, 12, 31)), "2031"),
        (When(date(2031, 5, 2), date(2031, 5, 8)), "2031-05-02/2031-05-08"),
        (When(date(2031, 5, 2), None), "2031-05-02/.."),
        (When(month=3, day=22), "XXXX-03-22"),
        (When(weekday=5), None),
    ],
)
def test_days_are_written_in_edtf(when, want):
    assert edtf(when) == want
    assert days(when).edtf == want


def test_nothing_known_is_no_date():
    assert days(UNKNOWN) is None


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("just two weeks ago", (12, 16)),
        ("3 days ago", (3, 3)),
        ("recently", None),
        ("a month earlier", (20, 40)),
    ],
)
def test_how_far_back_a_text_counts(words, want):
    assert ago(Timex(type="DATE", value="XXXX-XX-XX", anchor="document"), words) == want
