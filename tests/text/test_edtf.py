"""EDTF level 0 with digits left open, against every day that the pattern fits: ISO 8601-2:2019."""

from datetime import date, timedelta
from functools import lru_cache

from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.text.dates import parse


@lru_cache(maxsize=1)
def every_day() -> list[str]:
    first = date(2000, 1, 1)
    return [(first + timedelta(days=n)).isoformat() for n in range(36525)]


def fits(pattern: str) -> list[str]:
    """The days of this century that a pattern of digits and X fits, from its year on to its day."""
    return [day for day in every_day() if all(p in ("X", d) for p, d in zip(pattern, day, strict=False))]


digit = st.sampled_from("0123456789X")
years = st.tuples(digit, digit).map(lambda p: f"20{''.join(p)}")
parts = st.sampled_from(["0X", "1X", "XX", "X0", "X1", "X2", *(f"{n:02}" for n in range(1, 32))])


@given(years, st.none() | parts, st.none() | parts)
@example("202X", "02", "29")
@example("2023", "0X", "31")
@example("2023", "02", "3X")
def test_bounds_are_the_first_and_the_last_day_that_the_pattern_fits(
    year: str, month: str | None, day: str | None
) -> None:
    pattern = "-".join(part for part in (year, month, day if month else None) if part)
    expected = fits(pattern)
    found = parse(pattern)
    if not expected:
        assert found is None
        return
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == (expected[0], expected[-1])


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@given(days, days)
def test_an_interval_runs_from_the_first_day_of_one_end_to_the_last_of_the_other(
    one: date, other: date
) -> None:
    low, high = min(one, other), max(one, other)
    found = parse(f"{low:%Y-%m}/{high.isoformat()}")
    assert found is not None
    assert (found.earliest, found.latest) == (low.replace(day=1), high)
    assert low == high or parse(f"{high.isoformat()}/{low.isoformat()}") is None
    assert parse(f"../{high.isoformat()}").earliest is None
    assert parse(f"{low.isoformat()}/..").latest is None
