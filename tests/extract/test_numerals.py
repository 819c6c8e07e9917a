import pytest

from sourcebook.extract.numerals import digits, spelled


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty-four", 24),
        ("two hundred and fifty", 250),
        ("a hundred", 100),
        ("three hundred thousand", 300_000),
        ("nineteen ninety-seven", 1997),
        ("two thousand and three", 2003),
        ("one million two hundred thousand", 1_200_000),
        ("five two", None),
    ],
)
def test_numbers_in_words_have_their_value(words, value):
    assert spelled(words) == value


@pytest.mark.parametrize(("text", "value"), [("1,500", 1500), ("2.5 million", 2_500_000), ("40", 40)])
def test_numbers_in_digits_have_their_value(text, value):
    assert digits(text) == value
