"""Spans, days and quantities against the sets that they stand for, element by element."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import ModelError, SpanError
from sourcebook.model import Days, DocumentId, Quantity, Span

D = DocumentId("d-1")
FIRST = date(2031, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
NUMBERS = range(12)

spans = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda p: Span(D, p[0], p[0] + p[1]))


def ends(values: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int | None, int | None]]:
    """Two bounds, each open or not, the lower one first."""
    closed = st.tuples(values, values).map(lambda p: (min(p), max(p)))
    opened = st.tuples(closed, st.booleans(), st.booleans())
    return opened.map(lambda o: (None if o[1] else o[0][0], None if o[2] else o[0][1]))


def holds(bounds: tuple[int | None, int | None]) -> set[int]:
    low, high = bounds
    return {n for n in NUMBERS if (low is None or low <= n) and (high is None or n <= high)}


def days(bounds: tuple[int | None, int | None]) -> Days:
    low, high = (None if n is None else DAYS[n] for n in bounds)
    return Days(edtf=None, earliest=low, latest=high, basis="given")


bounds = ends(st.sampled_from(NUMBERS))


@given(spans, spans)
def test_spans_stand_to_one_another_as_the_sets_of_their_code_points_do(one: Span, other: Span) -> None:
    left, right = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(left & right) == other.overlaps(one)
    assert one.covers(other) == (left >= right)
    elsewhere = Span(DocumentId("d-2"), other.start, other.end)
    assert not one.overlaps(elsewhere)
    assert not one.covers(elsewhere)


@given(st.integers(-3, 10), st.integers(-3, 10))
def test_a_span_holds_a_code_point_or_is_refused(start: int, end: int) -> None:
    if 0 <= start < end:
        assert Span(D, start, end).covers(Span(D, start, start + 1))
    else:
        with pytest.raises(SpanError):
            Span(D, start, end)


@given(bounds, bounds)
def test_quantities_meet_where_one_number_satisfies_both(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None]
) -> None:
    left, right = (Quantity(low=b[0], high=b[1]) for b in (one, other))
    assert left.meets(right) == bool(holds(one) & holds(other)) == right.meets(left)


@given(bounds, bounds)
def test_days_meet_where_one_day_satisfies_both(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None]
) -> None:
    assert days(one).meets(days(other)) == bool(holds(one) & holds(other)) == days(other).meets(days(one))


@given(st.integers(0, 20), st.integers(0, 20))
def test_bounds_in_the_wrong_order_are_refused(low: int, high: int) -> None:
    if low > high:
        with pytest.raises(ModelError):
            Quantity(low=low, high=high)
        with pytest.raises(ModelError):
            Days(edtf=None, earliest=FIRST + timedelta(low), latest=FIRST + timedelta(high), basis="given")
    else:
        assert Quantity(low=low, high=high).meets(Quantity(low=low, high=low))
