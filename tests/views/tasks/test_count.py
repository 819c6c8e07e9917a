"""Counting questions over invented news texts."""

from __future__ import annotations

from typing import Any

import pytest

from sourcebook.views.tasks.count import predict_count

DOCUMENTS = [
    {
        "doc_id": "a",
        "dct": "2031-03-05",
        "title": "Two killed in Dayton",
        "text": "DAYTON, OH - Two people were killed on Tuesday when a gunman opened fire in Dayton.",
    },
    {
        "doc_id": "b",
        "dct": "2031-03-09",
        "title": "Man shot dead in Toledo",
        "text": "TOLEDO, OH - A man, Abel Morrow, was shot dead in Toledo on Saturday, police said.",
    },
    {
        "doc_id": "c",
        "dct": "2031-03-09",
        "title": "Bake sale",
        "text": "The church in Toledo sold four hundred cakes on Saturday.",
    },
]


def asked(subtask: int, **given: Any) -> dict[str, Any]:
    empty = {"time": None, "location": None, "participant": None}
    return {"qid": "q", "subtask": subtask, "event_type": "killing", **empty, **given}


STATE = {"granularity": "state", "value": "Ohio"}
CITY = {"granularity": "city", "value": "Toledo, Ohio"}
MARCH = {"granularity": "month", "value": "2031-03"}


@pytest.mark.parametrize(
    ("question", "answer", "documents"),
    [
        (asked(2, time=MARCH, location=STATE), 2, ["a", "b"]),
        (asked(3, time=MARCH, location=STATE), 3, ["a", "b"]),
        (asked(2, time=MARCH, location=CITY), 1, ["b"]),
        (asked(2, time={"granularity": "day", "value": "2031-03-04"}, location=STATE), 1, ["a"]),
        (asked(2, time={"granularity": "year", "value": "2030"}, location=STATE), 0, []),
        (asked(2, time=MARCH, participant={"last": "Morrow"}), 1, ["b"]),
    ],
)
def test_incidents_that_fit_are_counted_and_their_victims_added_up(
    question: dict[str, Any], answer: int, documents: list[str]
) -> None:
    found = next(iter(predict_count([question], DOCUMENTS)))
    assert (found["answer"], found["answer_docs"]) == (answer, documents)
