from datetime import date

import pytest

from sourcebook.model import (
    ClaimId,
    DateValue,
    Days,
    DocumentId,
    EntityId,
    EntityValue,
    Quantity,
    ReadingValue,
    Relation,
)
from sourcebook.reconcile.agreement import Movement, Setting, compare, pair
from sourcebook.reconcile.statements import Statement


def said(value: ReadingValue, document: str = "d", **kw: object) -> Statement:
    fields: dict[str, object] = {
        "claim": ClaimId(f"c-{document}"),
        "document": DocumentId(document),
        "at": 0,
        "text": "words",
        "value": value,
        "speakers": (document,),
        "origin": document,
    }
    return Statement(**(fields | kw))  # type: ignore[arg-type]


def count(
    low: int | None, high: int | None, usual: tuple[int | None, int | None], wording: str = ""
) -> Quantity:
    return Quantity(low=low, high=high, usual_low=usual[0], usual_high=usual[1], wording=wording)


AT_LEAST_137 = count(137, None, (137, 160), "at least")
MORE_THAN_130 = count(131, None, (131, 150), "more than")
MORE_THAN_100 = count(101, None, (101, 120), "more than")
ALMOST_100 = count(None, 99, (90, 99), "almost")
HUNDREDS = count(200, None, (200, 999), "hundreds")
EXACTLY_40 = count(40, 40, (40, 40))


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (EXACTLY_40, EXACTLY_40, Relation.AGREED),
        (AT_LEAST_137, MORE_THAN_130, Relation.COMPATIBLE),
        (MORE_THAN_100, HUNDREDS, Relation.TENSION),
        (MORE_THAN_100, ALMOST_100, Relation.WORDING),
        (ALMOST_100, HUNDREDS, Relation.CONFLICT),
        (EXACTLY_40, count(44, 44, (44, 44)), Relation.CONFLICT),
    ],
)
def test_figures_of_two_sources_stand_as_their_bounds_do(
    left: Quantity, right: Quantity, relation: Relation
) -> None:
    assert pair(said(left, "d"), said(right, "e")).relation is relation
    assert pair(said(right, "e"), said(left, "d")).relation is relation


def test_a_document_that_gives_two_figures_disagrees_with_itself() -> None:
    verdict = pair(said(EXACTLY_40), said(count(44, 44, (44, 44)), claim=ClaimId("other")))
    assert verdict.relation is Relation.INTERNAL


def test_different_scope_words_explain_different_figures() -> None:
    whole, near = said(count(7000, 7000, (7000, 7000)), "d"), said(EXACTLY_40, "e", scope="near the border")
    assert pair(whole, near).relation is Relation.SCOPE


def day(text: str) -> Days:
    when = date.fromisoformat(text)
    return Days(edtf=text, earliest=when, latest=when, basis="given")


def test_a_later_report_updates_a_figure_that_could_still_move() -> None:
    first = said(EXACTLY_40, "d", reported=day("2031-05-02"))
    later = said(count(44, 44, (44, 44)), "e", reported=day("2031-05-04"))
    assert pair(first, later, Setting(Movement(date(2031, 6, 1)))).relation is Relation.UPDATED
    assert pair(later, first, Setting(Movement(date(2031, 6, 1)))).relation is Relation.UPDATED


def test_a_figure_long_settled_is_not_updated_by_a_later_report() -> None:
    first = said(EXACTLY_40, "d", reported=day("2031-09-02"))
    later = said(count(44, 44, (44, 44)), "e", reported=day("2031-09-04"))
    assert pair(first, later, Setting(Movement(date(2031, 6, 1)))).relation is Relation.CONFLICT


def test_undated_reports_update_nothing() -> None:
    first, later = said(EXACTLY_40, "d"), said(count(44, 44, (44, 44)), "e", reported=day("2031-05-04"))
    assert pair(first, later, Setting(Movement(date(2031, 6, 1)))).relation is Relation.CONFLICT


def between(first: str, last: str) -> DateValue:
    return DateValue(
        edtf=f"{first}/{last}", earliest=date.fromisoformat(first), latest=date.fromisoformat(last)
    )


YEAR, LATE = between("2031-01-01", "2031-12-31"), between("2031-10-01", "2031-12-31")
NEXT_JANUARY = between("2032-01-01", "2032-01-31")


def test_a_narrower_date_refines_a_wider_one() -> None:
    assert pair(said(YEAR, "d"), said(LATE, "e")).relation is Relation.REFINEMENT


def test_founded_and_announced_on_different_dates_is_a_matter_of_definition() -> None:
    verdict = pair(said(YEAR, "d", word="founded"), said(NEXT_JANUARY, "e", word="announced"))
    assert verdict.relation is Relation.DEFINITION
    assert "“founded”" in verdict.because


def test_one_word_with_two_dates_is_a_conflict() -> None:
    verdict = pair(said(YEAR, "d", word="founded"), said(NEXT_JANUARY, "e", word="founded"))
    assert verdict.relation is Relation.CONFLICT


def test_two_names_for_one_role_conflict() -> None:
    left, right = (said(EntityValue(entity=EntityId(i)), i) for i in ("a", "b"))
    assert pair(left, right).relation is Relation.CONFLICT
    assert pair(left, said(left.value, "e")).relation is Relation.AGREED


def test_a_conflict_says_that_a_text_reads_as_a_translation() -> None:
    verdict = pair(said(ALMOST_100, "d", translated=True), said(HUNDREDS, "e"))
    assert "translation" in verdict.because


def test_a_description_does_not_contradict_a_name() -> None:
    name, gunmen = (said(EntityValue(entity=EntityId(i)), i, named=i == "a") for i in ("a", "b"))
    assert pair(name, gunmen).relation is Relation.COMPATIBLE


def test_what_one_claim_names_together_is_no_disagreement() -> None:
    first, second = said(YEAR, claim=ClaimId("c")), said(NEXT_JANUARY, claim=ClaimId("c"))
    assert pair(first, second).relation is Relation.COMPATIBLE


def test_a_party_to_the_event_is_named_as_one_with_an_interest() -> None:
    verdict = pair(said(EXACTLY_40, "d"), said(count(4, 4, (4, 4)), "e", party="Harrow Front"))
    assert verdict.because.endswith("Harrow Front has an interest in the matter")


def test_a_toll_rises_by_itself_but_falls_only_where_words_correct_it() -> None:
    first = said(count(44, 44, (44, 44)), "d", reported=day("2031-05-02"))
    later = said(EXACTLY_40, "e", reported=day("2031-05-04"))
    corrected = said(EXACTLY_40, "e", reported=day("2031-05-04"), correction="counted twice")
    setting = Setting(Movement(date(2031, 6, 1), falls=False))
    assert pair(first, later, setting).relation is Relation.CONFLICT
    assert pair(first, corrected, setting).relation is Relation.UPDATED


def test_a_branch_against_its_parent_is_a_refinement() -> None:
    left, right = (said(EntityValue(entity=EntityId(i)), i) for i in ("a", "b"))
    setting = Setting(holding=lambda _one, _other: "the one is a part of the other")
    assert pair(left, right, setting).rule == "part-and-whole"


def test_last_week_does_not_contradict_a_day_of_the_last_seven() -> None:
    week = said(between("2031-05-05", "2031-05-11"), "e", text="last week")
    assert pair(said(between("2031-05-13", "2031-05-13"), "d"), week).relation is Relation.COMPATIBLE
    earlier = said(between("2031-04-13", "2031-04-13"), "d")
    assert pair(earlier, week).relation is Relation.CONFLICT


def test_many_answers_are_compared_in_bounded_time() -> None:
    several = [said(count(n, n, (n, n)), f"d{n}") for n in range(2_000)]
    outcome = compare(several)
    assert outcome is not None
    assert outcome.verdict.relation is Relation.CONFLICT
