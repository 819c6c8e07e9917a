"""Thirty sentences on decades, theatres and styles far from one another, each with its right reading."""

from __future__ import annotations

import pytest

from quality.reading import Row, reading, rows


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["style"]))
def test_a_sentence_far_from_the_others_is_read_as_its_key_says(row: Row) -> None:
    assert reading(row["text"]) == row["events"]


def test_there_are_thirty_of_them() -> None:
    assert len({row["style"] for row in rows()}) == 30
