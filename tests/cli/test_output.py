"""Tables: nothing is cut, nothing runs over, no control character gets through."""

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.cli import output

WORDS = st.text(alphabet="abcdef /é漢", max_size=60)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), st.integers(60, 120))
def test_a_table_stays_within_its_room_and_keeps_every_letter(rows: list[tuple[str, ...]], room: int) -> None:
    lines = output.table(["ONE", "TWO", "THREE"], rows, room)
    assert all(output.columns(line) <= room for line in lines)
    kept = sorted("".join(lines[1:]).replace(" ", ""))
    assert kept == sorted("".join("".join(row) for row in rows).replace(" ", ""))


def test_words_break_at_spaces_and_after_slashes() -> None:
    assert output.wrap("one two/three four", 8) == ["one two/", "three", "four"]
    assert output.wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert output.wrap("", 4) == [""]
    assert output.wrap("aaa漢漢", 5) == ["aaa漢", "漢"]
