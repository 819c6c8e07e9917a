"""Whom pronouns and descriptions in events stand for, and which claims are about one occurrence."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from tests.extract.events.test_sentences import read

from sourcebook.model import Claim, Mention


class Row(NamedTuple):
    phenomenon: str
    text: str
    trigger: str
    role: str
    who: str
    earlier: str


def rows() -> list[Row]:
    lines = (Path(__file__).parent / "who.tsv").read_text("utf-8").splitlines()
    return [Row(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def claim(row: Row) -> Claim:
    """The claim of the trigger that stands last in the text; of "killed eight" the one that eight follows."""
    written, found = read(row.text)
    at = row.text.rindex(row.trigger)
    head = row.trigger if " eight" not in row.trigger else "killed"
    near = [c for c in found.claims if written.quote(c.trigger) == head and c.trigger.start >= at]
    assert near, f"no claim at {row.trigger!r} among {[written.quote(c.trigger) for c in found.claims]}"
    return near[0]


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r.phenomenon}: {r.text[-60:]}")
def test_who_is_meant_and_which_occurrence_is_told_of(row: Row) -> None:
    written, found = read(row.text)
    told = claim(row)
    mentions = {m.id: m for m in found.mentions}
    claims = {c.id: c for c in found.claims}
    if row.role != "-":
        meant = [whom(mentions[a.mention], mentions) for a in told.arguments if a.role == row.role]
        assert meant, f"nobody is {row.role}"
        assert (row.who in meant) if row.who != "-" else not any(meant), meant
    earlier = written.quote(claims[told.antecedent].trigger) if told.antecedent else "-"
    assert earlier == row.earlier


def whom(mention: Mention, mentions: dict[object, Mention]) -> str:
    """The words of the antecedent; nothing where there is none."""
    return mentions[mention.antecedent].exact if mention.antecedent in mentions else ""


@pytest.mark.parametrize(
    "text",
    [
        "The incident took place on Monday in Harrow. The incident left two people dead.",
        "Police are looking into the incident. Two people were hurt in the incident, officers said.",
        "The mayor described the incident on Monday. The incident, in which four people died, shocked us.",
    ],
)
def test_an_incident_told_of_twice_is_one_with_what_either_sentence_says(text: str) -> None:
    _, found = read(text)
    assert [c.antecedent is None for c in found.claims] == [True, False]


def test_an_incident_that_refers_to_nothing_and_says_nothing_is_no_claim() -> None:
    assert not read("The mayor described the incident on Monday.")[1].claims
