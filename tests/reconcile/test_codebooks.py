from datetime import date

import pytest

from sourcebook.errors import NotFound
from sourcebook.model import ClaimId, Days, Quantity
from sourcebook.reconcile.codebooks import Figure, codebooks, pick


def figure(
    text: str, low: int | None, high: int | None, wording: str = "", when: str | None = None
) -> Figure:
    reported = None
    if when:
        day = date.fromisoformat(when)
        reported = Days(edtf=when, earliest=day, latest=day, basis="given")
    return Figure(
        text=text,
        value=Quantity(low=low, high=high, wording=wording),
        claims=(ClaimId(f"c-{text}-{when}"),),
        where=f"paper of {when or 'no date'}",
        reported=reported,
    )


MORE_THAN_100 = figure("more than 100 people", 101, None, "more than")
ALMOST_100 = figure("Almost 100 people", None, 99, "almost")
HUNDREDS = figure("hundreds of people", 200, None, "hundreds", "2031-03-25")
WORKED = [MORE_THAN_100, ALMOST_100, HUNDREDS]


@pytest.mark.parametrize(
    ("book", "numbers"),
    [
        ("acled", {"deaths": 99}),
        ("ucdp", {"low": 99, "best": 99, "high": 200}),
        ("gtd", {"deaths": 99}),
        ("airwars", {"min": 99, "max": 200}),
    ],
)
def test_each_codebook_picks_what_its_coders_would(book: str, numbers: dict[str, int]) -> None:
    assert pick(book, WORKED).numbers == numbers


def test_the_branch_says_why_the_most_recent_source_did_not_decide() -> None:
    branch = pick("gtd", WORKED).branch
    assert "cannot be told from their dates" in branch
    assert "no majority" in branch


def test_vague_words_are_converted_by_the_codebook_and_the_conversion_is_printed() -> None:
    assert "“hundreds of people” is 100 by the codebook's own table" in pick("acled", WORKED).conversions


def test_the_most_recent_of_dated_sources_wins_under_gtd() -> None:
    figures = [figure("12", 12, 12, when="2031-03-01"), figure("15", 15, 15, when="2031-03-04")]
    chosen = pick("gtd", figures)
    assert chosen.numbers == {"deaths": 15}
    assert chosen.set_aside == ("paper of 2031-03-01: “12”",)


def test_a_majority_wins_under_gtd_where_dates_do_not_decide() -> None:
    same = Figure(
        text="12", value=Quantity(low=12, high=12), claims=(ClaimId("x"), ClaimId("y")), where="p, q"
    )
    assert pick("gtd", [same, figure("15", 15, 15)]).numbers == {"deaths": 12}


def test_a_party_to_the_conflict_is_set_aside_where_another_source_speaks() -> None:
    boast = Figure(
        text="300", value=Quantity(low=300, high=300), claims=(ClaimId("z"),), where="group", party=True
    )
    assert pick("gtd", [boast, figure("15", 15, 15)]).numbers == {"deaths": 15}


def test_no_figure_is_a_blank_and_not_a_nought() -> None:
    assert pick("acled", []).numbers == {"deaths": None}


def test_every_codebook_cites_its_rule_and_says_whether_it_was_read() -> None:
    assert all(book.citation and book.verified in (True, False) for book in codebooks().values())


def test_an_unknown_codebook_is_named_with_those_that_exist() -> None:
    with pytest.raises(NotFound, match="acled, airwars, gtd, ucdp"):
        pick("gdelt", WORKED)
