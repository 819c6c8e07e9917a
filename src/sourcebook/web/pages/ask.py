"""A question in plain English, answered from the record with its citations, or left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sourcebook.model import ClaimId, Fact
from sourcebook.views import answering
from sourcebook.views.answering import Answer
from sourcebook.web.book import Book
from sourcebook.web.draw import axis
from sourcebook.web.pages.asking import Ask

_CITED: Final = re.compile(r"\[(\d{1,3})\]")


class Piece(NamedTuple):
    """A stretch of an answer: words, or the number of a citation with the claim that it leads to."""

    text: str
    claim: str = ""


class Differing(NamedTuple):
    """A fact that the answer rests on and on which the sources differ."""

    fact: Fact
    subject: str
    axis: axis.Axis


class Answered(NamedTuple):
    """An answer as the page shows it. `nearest` are the nearest things that are said, each with a page."""

    answer: Answer
    pieces: Sequence[Piece]
    differing: Sequence[Differing]
    nearest: Sequence[tuple[str, str]]


def context(ask: Ask) -> Mapping[str, Any]:
    """The answer to the question of the address; with none, or where no server runs, the examples."""
    book, text = ask.book, ask.word("q") or ""
    day = ask.day("as_of")
    answers = [answering.answer(book.asked, text, as_of=day or book.record.as_of)] if text else []
    if not ask.links.writes:
        answers = book.examples
    return {
        "title": f"Ask: {text}" if text else "Ask",
        "asked": text,
        "as_of": day or "",
        "answers": [_answered(ask, a) for a in answers],
        "examples": [a.question for a in book.examples] if ask.links.writes else [],
    }


def _answered(ask: Ask, answer: Answer) -> Answered:
    return Answered(answer, list(_pieces(answer)), _differing(ask.book, answer), _nearest(ask, answer))


def _pieces(answer: Answer) -> Iterator[Piece]:
    claims = {str(c.number): c.claim for c in answer.citations}
    for number, part in enumerate(_CITED.split(answer.text)):
        # Every second part is the number of a citation.
        yield Piece(part, claims.get(part, "")) if number % 2 else Piece(part)


def _differing(book: Book, answer: Answer) -> list[Differing]:
    """The contested facts that the cited claims speak to."""
    if not answer.contested:
        return []
    held = {c.claim for c in answer.citations}
    facts = [f for f in book.contested if held & {ClaimId(c) for r in f.readings for c in r.claims}]
    own = [f for f in facts if f.subject in answer.events or not answer.events]
    most = max((_shared(f, held) for f in own), default=0)
    return [
        Differing(f, book.subject(f.subject), axis.of_fact(book, f)) for f in own if _shared(f, held) == most
    ]


def _shared(fact: Fact, claims: set[str]) -> int:
    return sum(any(c in claims for c in r.claims) for r in fact.readings)


def _nearest(ask: Ask, answer: Answer) -> list[tuple[str, str]]:
    """Each with the page of its event or actor; "" where it has none."""
    record = ask.book.record
    pages = {f"{e.name}: ": ask.links.page("actor", e.id) for e in reversed(record.entities)}
    events = {e.label: ask.links.page("event", e.id) for e in reversed(record.events)}
    return [
        (
            near.replace("_", " "),
            events.get(near) or next((p for name, p in pages.items() if near.startswith(name)), ""),
        )
        for near in answer.nearest
    ]
