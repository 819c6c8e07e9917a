"""The language of a text, and whether English reads like a translation."""

import pytest

from sourcebook.read.language import language
from sourcebook.read.translation import translated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The governor said that five of the guards were killed and that the road was closed.", "en"),
        (
            "Der Gouverneur sagte, dass fünf der Wachen getötet wurden und die Straße gesperrt ist.",
            "de",
        ),
        (
            "Le gouverneur a dit que cinq des gardes ont été tués et que la route est fermée.",
            "fr",
        ),
        (
            "El gobernador dijo que cinco de los guardias fueron muertos y que la carretera está cerrada.",
            "es",
        ),
        (
            "Губернатор сказал, что пять охранников были убиты и что дорога в город закрыта после нападения.",
            "ru",
        ),
        ("قال الحاكم إن خمسة من الحراس قتلوا في الهجوم على المستودع وإن الطريق مغلق بعد ذلك", "ar"),
        ("知事は、警備員五人が死亡したと述べた。", "ja"),
        ("Vesk. Orlan. Harrow. Vesk. Orlan. Harrow. Lake. Vesk. Orlan.", None),
        ("Short one.", None),
        ("", None),
    ],
)
def test_the_language_is_that_of_its_commonest_words(text, code):
    assert language(text) == code


NATIVE = (
    "The front, which has fought the government since 2009, struck twice this year. Maria Roe was there. "
    "She said the blast was heard for miles. Among other things, officials blamed the group; nobody did. "
)
FOREIGN = (
    "The militia is enemies with the party in Vesk. She published a video on Monday. It is said to show it; "
    "The army has been looking for the attackers a few weeks ago. "
)


def test_native_english_is_not_flagged_for_one_weak_sign():
    assert translated(NATIVE * 3) is None


def test_several_signs_together_are_named_with_their_words():
    why = translated(FOREIGN)
    assert why is not None
    assert "a body taken up as “she” (“She published a video" in why
    assert "capital after a semicolon" in why


def test_a_text_that_says_it_was_translated_needs_no_more():
    assert translated("Five guards died.\n\nTranslated from Spanish\n") is not None
    assert translated("Five guards died. This article was machine translated.") is not None


def test_residue_of_an_aggregator_is_not_enough_alone():
    assert translated("Five guards died near Vesk on Tuesday.\n\nsource site-34\n") is None
