"""Blanking hides and moves nothing."""

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.model import Mask
from sourcebook.text.masks import blank

TEXT = "One two\nthree\n\nfour é five"


def test_masked_words_become_blanks_and_line_ends_stay():
    assert blank("One two\nthree four", [Mask(4, 13, "markup")]) == "One    \n      four"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_every_offset_outside_the_masks_holds_what_it_held(spans):
    masks = [Mask(start, end, "markup") for start, end in spans]
    hidden = {i for start, end in spans for i in range(start, end)}
    expected = "".join(" " if i in hidden and c != "\n" else c for i, c in enumerate(TEXT))
    assert blank(TEXT, masks) == expected
