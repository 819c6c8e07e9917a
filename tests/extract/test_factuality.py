from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Token
from tests.factories import Writing

from sourcebook.extract import attribution, factuality
from sourcebook.extract.factuality.scale import scale
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.tasks.factuality import predict_factuality

KEY = Path(__file__).with_name("factuality_key.txt")


def marked(sentence: str) -> tuple[Notes, Token]:
    """The sentence with its speech noted, and the word between asterisks."""
    start = sentence.index("*")
    end = sentence.index("*", start + 1) - 1
    read = parse(Writing(sentence.replace("*", "")).document)[0]
    speech = attribution.find(read, Notes(read, []))
    tokens = read.doc.char_span(start, end, alignment_mode="expand")
    assert tokens is not None
    return Notes(read, speech.mentions, speech.attributions), tokens.root


def key() -> Iterator[tuple[str, str, str, str]]:
    for line in KEY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, value, status, words = line.split("\t")
            yield sentence, value, status, words


@pytest.mark.parametrize(("sentence", "value", "status", "words"), list(key()))
def test_an_event_has_a_value_a_status_and_the_words_that_moved_them(
    sentence: str, value: str, status: str, words: str
) -> None:
    notes, event = marked(sentence)
    sure, became = factuality.assess(notes, event)
    assert (sure.value, became.value) == (value, status)
    assert " ".join(factuality.explain(notes, event)) == words.replace("-", "", words == "-")


def test_a_reader_is_surer_of_what_is_asserted_than_of_what_is_planned_or_denied() -> None:
    did, may, not_ = (
        scale(marked(s)[1])
        for s in (
            "The gunmen *attacked* the market on Friday.",
            "The gunmen planned to *attack* the market.",
            "The gunmen did not *attack* the market.",
        )
    )
    assert did > 1 > may
    assert -3 <= not_ < did


def test_the_task_gives_every_predicate_a_number() -> None:
    text = "The gunmen attacked the market."
    row = {"id": "a", "text": text, "predicates": [{"start": 11, "end": 19}]}
    predicted = predict_factuality(row)
    assert [(p["start"], p["end"]) for p in predicted["predicates"]] == [(11, 19)]
    assert -3 <= predicted["predicates"][0]["factuality"] <= 3
