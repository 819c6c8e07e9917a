"""One question a screen: are these two one? The words of both, what differs, why it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sourcebook.errors import NotFound
from sourcebook.model import Entity, Event, EventId, Verdict
from sourcebook.project.reviewing import Question
from sourcebook.views import reviewers, wording
from sourcebook.views.evidence import Evidence
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask

_WORDS_SHOWN = 3
#: The kind of question that somebody else has answered already.
_SECOND = "second"


class Side(NamedTuple):
    """One of the two: its name, its fields by label, its words, where it has a page."""

    id: str
    name: str
    fields: Mapping[str, str]
    words: Sequence[Evidence]
    page: str


def context(ask: Ask, by: str) -> Mapping[str, Any]:
    """The first question that was not put off, and how many wait for the reviewer of that name.

    `after` leaves out questions whose answers are on their way; `ask` puts one before the first.
    """
    later, after = _keys(ask, "later"), _keys(ask, "after")
    kind = ask.word("kind")
    seconds = _seconds(ask.book, by)
    open_ = seconds if kind == _SECOND else _open(ask.book, by)
    of_kind = [q for q in open_ if kind in (None, q.kind) and key(q) not in after]
    waiting = [q for q in of_kind if key(q) not in later]
    question = next((q for q in waiting if key(q) == ask.word("ask")), waiting[0] if waiting else None)
    asked = key(question) if question else ""
    sides = [_side(ask, i) for i in question.about] if question else []
    labels = list(dict.fromkeys(label for s in sides for label in s.fields))
    return {
        "title": "Review",
        "question": question,
        "sides": sides,
        "rows": [
            (label, [s.fields.get(label, "") for s in sides], _differs(sides, label)) for label in labels
        ],
        "waiting": len(waiting),
        "total": len(of_kind),
        "kinds": sorted({q.kind for q in ask.book.questions}),
        "kind": kind or "",
        "later": later,
        "put_off": ",".join([*later, asked]),
        "asked": asked,
        "next": ask.links.page(
            "review", kind=kind or "", later=",".join(later), after=",".join([*after, asked])
        ),
        "done": ask.word("done"),
        "decidable": bool(question and all(s.page for s in sides)),
        "claims": [e.id for s in sides for e in s.words if e.surely],
        "seconds": len(seconds),
        "agreement": reviewers.agreement(ask.book.record.decisions),
    }


def _keys(ask: Ask, name: str) -> list[str]:
    return [key for key in ask.given.get(name, "").split(",") if key]


def _open(book: Book, by: str) -> list[Question]:
    """The questions that this reviewer has not answered, nor anybody since the record was derived."""
    own = reviewers.pairs_ruled(d for d in reviewers.standing(book.record.decisions) if d.by == by)
    since = reviewers.pairs_ruled(reviewers.standing(book.waiting))
    again = [
        book.answered[d.about[0]]
        for d in book.waiting
        if d.verdict is Verdict.UNDO and d.about[0] in book.answered
    ]
    left = [q for q in book.questions if frozenset(q.about) not in own.keys() | since.keys()]
    return [*again, *(q for q in left if q not in again)]


def _seconds(book: Book, by: str) -> list[Question]:
    """What others decided, asked once more: by the passages alone, and without saying what they decided."""
    return [
        Question(kind=_SECOND, score=0.0, one="", other="", why="Somebody else has decided this.", worth=0.0,
                 about=(one.id, other.id))
        for one, other in reviewers.second(book.record.decisions, by)
    ]  # fmt: skip


def key(question: Question) -> str:
    """Names a question in an address."""
    return "~".join(question.about)


def _differs(sides: Sequence[Side], label: str) -> bool:
    return len({s.fields.get(label, "") for s in sides}) > 1


def _side(ask: Ask, identifier: str) -> Side:
    book = ask.book
    if identifier in book.entries.claims or identifier in book.entries.mentions:
        return _passage(ask, identifier)
    event = book.events.get(EventId(identifier))
    if event is not None:
        return _event_side(ask, event)
    try:
        return _entity_side(ask, book.entity(identifier))
    except NotFound:
        return Side(identifier, identifier, {}, (), "")


def _passage(ask: Ask, identifier: str) -> Side:
    said = ask.book.witness.of(identifier)
    page = f"{ask.links.page('reader', said.document)}#{identifier}"
    return Side(identifier, said.publisher, {"Reported": said.reported or "undated"}, [said], page)


def _event_side(ask: Ask, event: Event) -> Side:
    book = ask.book
    tolls = {
        f.property: wording.versions(f, book.entries.entities)
        for f in book.facts.get(event.id, [])
        if f.property in ("killed", "injured", "arrested", "abducted")
    }
    fields = {
        "When": wording.days(event.date) or "unknown",
        "Where": ", ".join(dict.fromkeys(p.name for p in event.places)) or "unknown",
        "Kind": " · ".join((event.type.lower(), *event.modes)),
        "Status": event.status.value,
        "Who": "; ".join(dict.fromkeys(f"{p.name} ({p.role})" for p in event.participants)) or "unknown",
        **{name.capitalize(): text for name, text in tolls.items()},
        "Told by": "; ".join(dict.fromkeys(book.entries.publisher(d) for d in event.documents)),
    }
    words = [book.witness.of(c) for c in event.claims[:_WORDS_SHOWN]]
    return Side(event.id, event.label, fields, words, ask.links.page("event", event.id))


def _entity_side(ask: Ask, entity: Entity) -> Side:
    book = ask.book
    facts = book.facts.get(entity.id, [])
    fields = {
        "Kind": entity.kind.value.replace("_", " "),
        "Names": "; ".join(a.name for a in entity.aliases) or entity.name,
        **{
            f.property.replace("_", " ").capitalize(): wording.versions(f, book.entries.entities)
            for f in facts[:6]
            if f.property != "alias"
        },
        "Named in": "; ".join(_publishers(book, entity)),
    }
    words = [book.witness.of(m) for m in entity.mentions[:_WORDS_SHOWN]]
    return Side(entity.id, entity.name, fields, words, ask.links.page("actor", entity.id))


def _publishers(book: Book, entity: Entity) -> list[str]:
    held = (book.entries.mentions[m].span.document for m in entity.mentions)
    return list(dict.fromkeys(book.entries.publisher(d) for d in held))
