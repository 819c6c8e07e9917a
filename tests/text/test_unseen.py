import pytest

from sourcebook.text.unseen import shown


@pytest.mark.parametrize(
    ("text", "legible"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("a \u202egpj.exe", "a ‹U+202E›gpj.exe"),
        ("\u2066in\u2069 and \x07", "‹U+2066›in‹U+2069› and ‹U+0007›"),
        ("نص عربي", "نص عربي"),
    ],
)
def test_what_turns_or_hides_text_is_shown_by_its_number_once(text: str, legible: str) -> None:
    assert shown(text) == legible
    assert shown(legible) == legible
