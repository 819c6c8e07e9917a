from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sourcebook.extract.encoder.windows import SIZE, STRIDE, blend, windows


def _offsets(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


@pytest.mark.parametrize("count", [1, SIZE, SIZE + 1, 2 * SIZE, 1000, 2345])
def test_windows_cover_the_text_and_none_is_too_long(count: int) -> None:
    text = " ".join(["word", "other", "end."][i % 3] for i in range(count))
    found = windows(text, _offsets(text))
    assert found[0][0] == 0
    assert found[-1][1] == count
    assert all(0 < end - start <= SIZE for start, end in found)
    assert all(
        before[0] < after[0] <= before[0] + STRIDE and after[0] < before[1]
        for before, after in pairwise(found)
    )


def test_a_window_begins_at_a_sentence_if_one_begins_in_reach() -> None:
    text = " ".join("stop." if i % 40 == 39 else "word" for i in range(600))
    assert [start % 40 for start, _ in windows(text, _offsets(text))[1:]] == [0] * 3


def test_blending_keeps_what_windows_agree_on_and_weighs_the_middle_of_a_window_most() -> None:
    one = np.ones((300, 2, 3), dtype=np.float32)
    same = blend([(0, 200, one[:200]), (100, 300, one[:200])], 300)
    assert np.allclose(same, 1.0)
    mixed = blend([(0, 200, one[:200]), (100, 300, 0 * one[:200])], 300)
    assert mixed[0, 0, 0] == 1.0
    assert mixed[-1, 0, 0] == 0.0
    assert mixed[110, 0, 0] > 0.8 > 0.2 > mixed[190, 0, 0]
