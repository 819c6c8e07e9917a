import pytest

from sourcebook.resolve.coref.words import kind, lemma, sentences, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("raided", "raids"),
        ("bombing", "bombed"),
        ("bodies", "body"),
        ("stopped", "stops"),
        ("fled", "flee"),
        ("charge", "charges"),
        ("Died", "dies"),
    ],
)
def test_forms_of_one_word_share_their_lemma(one, other):
    assert lemma(one) == lemma(other)


@pytest.mark.parametrize("word", ["pass", "gas", "a", "12", "it"])
def test_what_has_no_ending_stays_as_it_is(word):
    assert lemma(word) == word


def test_kinds_are_by_meaning_and_not_by_spelling():
    assert kind("slain") == kind("homicide") == "death"
    assert kind("umbrella") == "-"


def test_words_and_sentences_have_their_offsets():
    text = "Gunmen fled. Police came.\nNobody stayed"
    assert [text[w.start :].startswith(w.text) for w in words(text)] == [True] * 6
    assert [text[s:].split()[0] for s in sentences(text)] == ["Gunmen", "Police", "Nobody"]
