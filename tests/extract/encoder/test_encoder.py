from __future__ import annotations

from pathlib import Path

import numpy as np

from sourcebook.extract.encoder import KINDS, ROLES, read
from sourcebook.extract.shipped import WEIGHTS, digest

CARD = Path(__file__).parents[3] / "docs/reference/model-card.md"
REPORT = (
    "Gunmen of the Harrow Front [HF] shot dead Judge Amina Sorel with rifles outside the Kestrel bank on "
    "Tuesday. A bomb placed by terrorists destroyed the embassy. Police said nobody had claimed it."
)


def test_the_weights_are_those_that_the_model_card_describes() -> None:
    assert digest() in CARD.read_text(encoding="utf-8")


def test_the_weights_fit_into_a_package_of_forty_megabytes() -> None:
    assert sum(len(file.read_bytes()) for file in WEIGHTS.iterdir()) < 40_000_000


def test_scores_are_chances_with_a_row_for_every_wordpiece() -> None:
    scores = read(REPORT)
    assert scores.marks.shape == (len(scores.offsets), len(ROLES), 3)
    assert np.allclose(scores.marks.sum(axis=-1), 1.0, atol=1e-4)
    assert set(scores.kinds) == set(KINDS)
    assert all(0 <= chance <= 1 for chance in scores.kinds.values())


def test_offsets_quote_the_text_as_it_is_written() -> None:
    text = "Señor Núñez,  “the judge” — was shot 🕯 by ﬁve men in Łódź."
    scores = read(text)
    pieces = [text[start:end] for start, end in scores.offsets]
    assert {"the", "judge", "was", "shot", "by", "men"} <= set(pieces)
    assert "".join(pieces) == "".join(text.split())


def test_the_same_text_is_read_the_same_way_alone_and_again() -> None:
    first, again = read(REPORT), read(REPORT)
    assert first.marks.tobytes() == again.marks.tobytes()
    assert first.kinds == again.kinds


def test_capitals_make_no_difference() -> None:
    assert np.array_equal(read(REPORT).marks, read(REPORT.upper()).marks)


def test_an_empty_text_has_no_scores() -> None:
    scores = read(" \n ")
    assert scores.marks.shape == (0, len(ROLES), 3)
    assert not any(scores.kinds.values())


def test_a_long_text_is_read_to_its_end() -> None:
    scores = read("The council met to speak about roads and water. " * 120 + REPORT)
    begun = scores.head("Weapon")[:, 1]
    likely = scores.offsets[int(begun.argmax())]
    assert scores.text[slice(*likely)] in {"rifles", "bomb"}
