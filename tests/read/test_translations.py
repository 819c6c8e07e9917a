"""Translations are found by names, numbers, dates and their order; independent reports are left apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.factories import Writing

from sourcebook.read.copies import copies, origin_groups
from sourcebook.read.language import language

HERE = Path(__file__).parent


def texts(folder: str) -> dict[str, str]:
    """The texts of a folder by language; lines are joined."""
    return {p.stem: " ".join(p.read_text("utf-8").split()) for p in sorted((HERE / folder).glob("*.txt"))}


#: One report, and the same by hand in other languages and letters.
TRANSLATED = texts("translated")
ENGLISH = TRANSLATED.pop("en")
#: Reports of the same attack by others, who saw and counted for themselves.
INDEPENDENT = texts("independent")


def document(text: str, code: str, sequence: int):
    made = Writing(text, path=f"{code}-{sequence}.txt", sequence=sequence).document
    return replace(made, language=code)


@pytest.mark.parametrize("code", sorted(TRANSLATED))
def test_a_translation_is_of_the_origin_of_what_it_translates(code):
    documents = [document(ENGLISH, "en", 0), document(TRANSLATED[code], code, 1)]
    assert len(set(origin_groups(documents).values())) == 1
    (pair,) = copies(documents)
    assert pair.why.startswith(f"a translation (en, {code})")
    assert "in the same order" in pair.why


@pytest.mark.parametrize("code", sorted(INDEPENDENT))
def test_an_independent_report_of_the_same_attack_in_another_language_is_another_origin(code):
    documents = [document(ENGLISH, "en", 0), document(INDEPENDENT[code], code, 1)]
    assert len(set(origin_groups(documents).values())) == 2


def test_translations_of_translations_and_an_edited_copy_are_one_origin_beside_the_independent():
    edited = (
        ENGLISH.replace("Gunmen", "Armed men").replace("Doctors at", "Medics in") + " The army denied it."
    )
    told = [("en", ENGLISH), *sorted(TRANSLATED.items()), ("en", edited), *sorted(INDEPENDENT.items())]
    documents = [document(text, code, n) for n, (code, text) in enumerate(told)]
    groups = origin_groups(documents)
    same = {groups[d.id] for d in documents[: len(TRANSLATED) + 2]}
    apart = {groups[d.id] for d in documents[len(TRANSLATED) + 2 :]}
    assert (len(same), len(apart), same & apart) == (1, 2, set())


def test_the_languages_of_the_texts_are_recognised():
    found = {code: language(text) for code, text in TRANSLATED.items() if code != "tr"}
    assert found == {code: code for code in found}


def test_the_same_names_and_figures_in_another_order_are_no_translation():
    sentences = TRANSLATED["es"].split(". ")
    turned = ". ".join(reversed(sentences))
    documents = [document(ENGLISH, "en", 0), document(turned, "es", 1)]
    assert len(set(origin_groups(documents).values())) == 2
