"""Questions of the example piles held against their keys; the share that is right may only rise."""

from __future__ import annotations

import json

import pytest

from examples import ROOT, record
from sourcebook.views.answering import Answer, ask

#: Questions of each pile that must be answered right; raise it when more are.
FLOORS = {"marrovia": 45, "maresk": 17}


def questions(pile: str) -> list[tuple[str, list[str] | None]]:
    return [(q, v) for q, v in json.loads((ROOT / pile / "questions.json").read_text("utf-8"))["questions"]]


def is_right(answer: Answer, wanted: list[str] | None) -> bool:
    if wanted is None:
        return not answer.found
    return answer.found and all(any(w in v for v in answer.values) for w in wanted)


@pytest.mark.parametrize("pile", sorted(FLOORS))
def test_no_fewer_questions_are_answered_right(pile: str) -> None:
    answers = [(q, v, ask(record(pile), q)) for q, v in questions(pile)]
    wrong = [f"{q} {a.values} is not {v}" for q, v, a in answers if not is_right(a, v)]
    assert len(answers) - len(wrong) >= FLOORS[pile], "\n".join(wrong)


@pytest.mark.parametrize("pile", sorted(FLOORS))
def test_every_sentence_has_citations_whose_words_stand_where_they_say(pile: str) -> None:
    texts = {d.id: d.text for d in record(pile).documents}
    for asked, _ in questions(pile)[:20]:
        answer = ask(record(pile), asked)
        for cited in answer.citations:
            assert " ".join(texts[cited.document][cited.start : cited.end].split()) == cited.quote
        if answer.found:
            assert answer.text.rstrip(".").endswith("]")


def test_a_question_without_an_answer_gets_the_nearest_that_is_said() -> None:
    answer = ask(record("marrovia"), "How many people were killed in Istanbul?")
    assert answer.text == "The documents don't say."
    assert answer.nearest
    assert not answer.citations


def test_an_answer_names_the_disagreement() -> None:
    answer = ask(record("marrovia"), "How many people were killed in the fish market bombing?")
    assert answer.contested
    assert "91" in answer.text or "Ninety-one" in answer.text
