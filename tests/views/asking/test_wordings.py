"""Wordings of questions about the first example pile, and what they are answered with."""

from __future__ import annotations

from datetime import date

import pytest

from examples import record
from sourcebook.views.actor import page
from sourcebook.views.answering import ask
from sourcebook.views.find import actor


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("Who leads the Harow Front?", "Ansel Vorr"),
        ("what other names does the HLF have", "Harrow Liberation Front"),
        ("What does HLF stand for?", "Harrow Liberation Front"),
        ("Was anyone arrested over the fish market bombing?", "women"),
        ("When did the Harrow Liberation Front break away?", "2027"),
        ("Since when has the Harrow Liberation Front existed?", "2027"),
        ("Which radio station does the HLF use?", "Voice of the Kell"),
        ("What is the relation between the Harrow Liberation Front and the Harrow Front?", "split from"),
        ("Who warned of attacks on stations?", "Ostland embassy"),
        ("Which attacks took place between January 2024 and December 2024?", "Kellmouth"),
    ],
)
def test_it_is_answered_whatever_the_wording(asked: str, value: str) -> None:
    answer = ask(record("marrovia"), asked)
    assert any(value in v for v in answer.values), answer


@pytest.mark.parametrize(
    "asked",
    [
        "When will the Harrow Front attack again?",
        "Who founded the Harrow Front?",
        "Since when has Signe Aldous been deputy leader of the Harrow Front?",
    ],
)
def test_nothing_is_guessed(asked: str) -> None:
    answer = ask(record("marrovia"), asked)
    assert not answer.found
    assert answer.nearest


def test_nothing_undated_is_told_of_an_actor_before_it_split_off() -> None:
    pile = record("marrovia")
    front = actor(pile, "HLF")
    assert page(pile, front, as_of=date(2021, 6, 1)).facts == []
    assert page(pile, front, as_of=date(2032, 1, 1)).facts != []


def test_a_leader_named_on_a_day_did_not_begin_on_it() -> None:
    pile = record("marrovia")
    led = [f for f in page(pile, actor(pile, "HLF")).facts if f.property == "leader"]
    assert [(f.value, f.since) for f in led] == [("Mira Toll", "")]
