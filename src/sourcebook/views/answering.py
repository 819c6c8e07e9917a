"""A question in plain English, answered from the record: one to three sentences with citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from sourcebook.model import Record
from sourcebook.views.asking import of_actors, of_events
from sourcebook.views.asking.answer import Answer, Draft
from sourcebook.views.asking.examples import likely
from sourcebook.views.asking.finding import Shelf
from sourcebook.views.asking.question import Question, question

__all__ = ["Answer", "Shelf", "answer", "ask", "examples"]

_NEAREST: Final = 3
_BY_KIND: Final[Mapping[str, Callable[[Draft, Question], None]]] = MappingProxyType(
    {
        "toll": of_events.toll,
        "count": of_events.count,
        "event": of_events.tell,
        "says": of_events.says,
        "silent": of_events.silent,
        "actor": of_actors.tell,
        "page": of_actors.page,
    }
)


def ask(record: Record, text: str, *, as_of: date | None = None) -> Answer:
    """The answer to a question, or that the documents don't say and the nearest things that they do."""
    return answer(Shelf(record), text, as_of=as_of)


def examples(shelf: Shelf) -> list[Answer]:
    """Questions that the record answers, with their answers."""
    answers = (answer(shelf, text, as_of=shelf.record.as_of) for text in likely(shelf))
    return [a for a in answers if a.found]


def answer(shelf: Shelf, text: str, *, as_of: date | None = None) -> Answer:
    """The answer to one of several questions to the same record."""
    asked = question(text, shelf.record, as_of=as_of, names=shelf.names)
    draft = Draft(shelf)
    _BY_KIND[asked.about](draft, asked)
    if asked.about == "page" and not draft.sentences:
        (of_events.deeds if asked.actors else of_events.tell)(draft, asked)
    return draft.answer(text, asked.about, () if draft.sentences else _nearest(shelf, asked))


def _nearest(shelf: Shelf, asked: Question) -> list[str]:
    """What the record does say of the actors asked about, and the events that are most like the one meant."""
    names = shelf.entries.entities
    said = [f"{names[a].name}: {f.property}" for a in asked.actors for f in shelf.facts.get(a, ())]
    near = shelf.nearest(asked) or sorted(shelf.record.events, key=lambda e: (-len(e.documents), e.id))
    return [*dict.fromkeys(said[:_NEAREST]), *(e.label for e in near[:_NEAREST])]
