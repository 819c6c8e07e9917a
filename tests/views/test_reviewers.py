"""Agreement between reviewers, against worked examples that were published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourcebook.model import Anchor, Decision, Verdict
from sourcebook.views import reviewers


def columns(rows: list[str]) -> list[list[str]]:
    return [[r[n] for r in rows if r[n] != "."] for n in range(len(rows[0]))]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        # Krippendorff (2011), section A: two observers, two categories.
        (["0100000010", "1110010000"], 0.095),
        # Section C: four observers, five categories, values missing.
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
        # Three observers, many values missing (the example of the Wikipedia page on it).
        ([".....34121133.3", "1.213343.......", "..21344.21133.4"], 0.691),
        (["aabb", "aabb"], 1.0),
    ],
)
def test_alpha_is_that_of_the_published_examples(rows: list[str], alpha: float) -> None:
    assert reviewers.alpha(columns(rows)) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize("rows", [["..", "a."], ["aaa", "aaa"], []])
def test_alpha_is_unknown_where_nothing_was_decided_twice_or_nothing_varies(rows: list[str]) -> None:
    assert reviewers.alpha(columns(rows) if rows else []) is None


def decided(by: str, verdict: Verdict, one: str, other: str, after: str = "") -> Decision:
    anchors = (Anchor(kind="claim", id=one), Anchor(kind="claim", id=other))
    return Decision(
        about=(one, other), anchors=anchors, verdict=verdict, by=by,
        at=datetime(2031, 6, 1, tzinfo=UTC), previous=after,
    )  # fmt: skip


def undone(decision: Decision, by: str) -> Decision:
    anchor = Anchor(kind="decision", id=decision.id)
    at = datetime(2031, 6, 2, tzinfo=UTC)
    return Decision(about=(decision.id,), anchors=(anchor,), verdict=Verdict.UNDO, by=by, at=at)


def test_of_each_reviewer_the_last_standing_word_counts_whichever_way_round_the_pair_was_named() -> None:
    log = [
        decided("Ilse", Verdict.SAME, "c-1", "c-2"),
        decided("Ilse", Verdict.DIFFERENT, "c-2", "c-1"),
        decided("Odo", Verdict.SAME, "c-1", "c-2"),
        decided("Ilse", Verdict.SAME, "c-3", "c-4"),
        decided("Odo", Verdict.SAME, "c-3", "c-4"),
        decided("Odo", Verdict.SAME, "c-5", "c-6"),
    ]
    found = reviewers.agreement(log)
    assert (found.reviewers, found.units, found.agreed) == (("Ilse", "Odo"), 2, 1)
    assert found.alpha == pytest.approx(0.0)
    assert [u.said for u in found.differing] == [{"Ilse": "different", "Odo": "same"}]
    again = reviewers.agreement([*log, undone(log[2], "Odo")])
    assert (again.units, again.alpha) == (1, None)


def test_a_second_reading_is_of_what_others_decided_and_this_reviewer_did_not() -> None:
    log = [
        decided("Ilse", Verdict.SAME, "c-1", "c-2"),
        decided("Odo", Verdict.DIFFERENT, "c-2", "c-1"),
        decided("Ilse", Verdict.SAME, "c-3", "c-4"),
    ]
    assert [{a.id for a in pair} for pair in reviewers.second(log, "Odo")] == [{"c-3", "c-4"}]
    assert reviewers.second(log, "Ilse") == []
    assert len(reviewers.second(log, "Third")) == 2
