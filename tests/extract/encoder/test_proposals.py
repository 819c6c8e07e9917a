from __future__ import annotations

import numpy as np
import pytest

from sourcebook.extract.encoder import KINDS, ROLES, Scores, read
from sourcebook.extract.encoder.proposals import (
    Choice,
    Proposal,
    beside,
    fillers,
    fixed,
    plain,
    proposals,
    spans,
)

WORDS = "Rebels of the Harrow Front bombed a bank and the bank burned"


def _scores(text: str, tagged: dict[str, list[tuple[str, float]]]) -> Scores:
    """Scores as if each wording had been tagged with this chance at each place where it stands."""
    offsets, at = [], 0
    for word in text.split(" "):
        offsets.append((at, at + len(word)))
        at += len(word) + 1
    marks = np.zeros((len(offsets), len(ROLES), 3), dtype=np.float32)
    marks[..., 0] = 1.0
    for role, wordings in tagged.items():
        for wording, chance in wordings:
            size = len(wording.split())
            for i in range(len(offsets) - size + 1):
                if text[offsets[i][0] : offsets[i + size - 1][1]] == wording:
                    marks[i, ROLES.index(role)] = [1 - chance, chance, 0]
                    marks[i + 1 : i + size, ROLES.index(role)] = [0.02, 0, 0.98]
    return Scores(text, offsets, marks, dict.fromkeys(KINDS, 0.5))


def test_a_span_is_as_likely_as_its_begin_inside_and_end() -> None:
    found = list(spans(_scores(WORDS, {"PerpOrg": [("Harrow Front", 0.8)]}), "PerpOrg"))
    best = max(found, key=lambda s: s[2])
    assert WORDS[best[0] : best[1]] == "Harrow Front"
    assert best[2] == pytest.approx(0.8 * 0.98)


def test_a_span_is_widened_to_whole_words() -> None:
    pieces = [(0, 3), (3, 8), (9, 13)]
    marks = np.zeros((3, len(ROLES), 3), dtype=np.float32)
    marks[1, ROLES.index("PerpOrg"), 1] = 0.9
    scores = Scores("Qasembal army", pieces, marks, dict.fromkeys(KINDS, 0.0))
    assert [scores.text[a:b] for a, b, _ in spans(scores, "PerpOrg")] == ["Qasembal"]


@pytest.mark.parametrize("genitive", ["'s", "'S", "’s"])
def test_the_s_of_a_genitive_is_no_part_of_a_name(genitive: str) -> None:
    text = f"ADA ORR{genitive} house"
    marks = np.zeros((4, len(ROLES), 3), dtype=np.float32)
    marks[0, ROLES.index("Victim")] = [0.1, 0.9, 0]
    marks[1:3, ROLES.index("Victim")] = [0.02, 0, 0.98]
    scores = Scores(text, [(0, 3), (4, 7), (8, 9), (10, 15)], marks, dict.fromkeys(KINDS, 0.0))
    assert "ADA ORR" in {text[a:b] for a, b, _ in spans(scores, "Victim")}
    assert not [text[a:b] for a, b, _ in spans(scores, "Victim") if text[a:b].lower().endswith("s")]


def test_places_of_one_wording_are_one_proposal() -> None:
    made = proposals(_scores(WORDS, {"Target": [("bank", 0.7)]}))
    assert [(p.role, p.plain, len(p.chances)) for p in made] == [("Target", "bank", 2)]


def test_a_proposal_is_judged_beside_those_already_kept() -> None:
    front, short = (
        Proposal("PerpOrg", t, plain(t), (0.5,), (0,)) for t in ("the Harrow Front", "Harrow Front rebels")
    )
    assert beside(front, []) == {}
    told = beside(short, [front])
    assert told["holds"] == 1.0
    assert told["shared"] == pytest.approx(2 / 3)


def test_the_choice_keeps_what_reaches_the_threshold_of_its_role() -> None:
    scores = _scores(WORDS, {"Target": [("bank", 0.7)], "Weapon": [("Rebels", 0.1)]})
    made = proposals(scores)
    choice = Choice({"bias": 0.0, "odds": 1.0}, dict.fromkeys(ROLES, 0.5))
    chosen = {role: [p.plain for p in choice.choose(made, fixed(scores, made), role)] for role in ROLES}
    assert chosen["Target"] == ["bank"]
    assert chosen["Weapon"] == []


def test_a_span_is_trimmed_of_words_that_only_join() -> None:
    found = spans(_scores(WORDS, {"PerpInd": [("Rebels of the", 0.9)]}), "PerpInd")
    assert {WORDS[start:end] for start, end, _ in found} == {"Rebels"}


def test_the_shipped_choice_finds_the_plain_cases() -> None:
    text = (
        "Kestrel City, 4 March -- Gunmen murdered Judge Amina Sorel last night, police reported today. Hours "
        "earlier a powerful bomb exploded in front of the port office, destroying two vehicles. No group has "
        "claimed responsibility for the attack."
    )
    found = fillers(read(text))
    assert found["Weapon"] == ["bomb"]
    assert "vehicles" in found["Target"]
    assert found["Victim"] == ["Amina Sorel"]


def test_a_match_report_full_of_attack_and_shot_has_no_perpetrator_target_or_victim() -> None:
    text = (
        "The visitors attacked from the first whistle. Their captain shot twice from distance, and a bomb of "
        "a free kick hit the bar. The defence held its fire until the striker killed the game."
    )
    found = fillers(read(text))
    assert not any(found[role] for role in ("PerpInd", "PerpOrg", "Target", "Victim"))


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("Jund-e-Harrow bombed it", "Jund", "Jund-e-Harrow"),
        ("the Ansar-al-Delta men came", "Ansar", "Ansar-al-Delta"),
        ("the Na'im Front's men came", "Na", "Na'im"),
    ],
)
def test_a_span_takes_in_the_whole_of_a_hyphenated_name(text: str, tagged: str, whole: str) -> None:
    start = text.index(tagged)
    offsets = [(start, start + len(tagged))]
    marks = np.zeros((1, len(ROLES), 3), dtype=np.float32)
    marks[0, ROLES.index("PerpOrg")] = [0.1, 0.9, 0.0]
    found = list(spans(Scores(text, offsets, marks, dict.fromkeys(KINDS, 0.5)), "PerpOrg"))
    assert [text[a:b] for a, b, _ in found] == [whole]


def test_a_genitive_is_no_part_of_a_name() -> None:
    text = "Harrow's men - all of them - came"
    marks = np.zeros((1, len(ROLES), 3), dtype=np.float32)
    marks[0, ROLES.index("PerpOrg")] = [0.1, 0.9, 0.0]
    found = list(spans(Scores(text, [(0, 6)], marks, dict.fromkeys(KINDS, 0.5)), "PerpOrg"))
    assert [text[a:b] for a, b, _ in found] == ["Harrow"]


def _proposal(text: str, *places: int) -> Proposal:
    return Proposal("PerpOrg", text, plain(text), (0.8,) * len(places), places)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (_proposal("Harrow Liberation Front", 0), _proposal("HLF", 200), 1.0),
        (_proposal("Front of Harrow", 0), _proposal("Frentista", 17), 1.0),
        (_proposal("Front of Harrow", 0), _proposal("Frentista", 60), 0.0),
        (_proposal("Harrow Liberation Front", 0), _proposal("H", 200), 0.0),
    ],
)
def test_a_name_and_its_acronym_are_one_group(one: Proposal, other: Proposal, same: float) -> None:
    assert beside(one, [other])["same name"] == beside(other, [one])["same name"] == same
