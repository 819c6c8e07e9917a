"""One actor: its names and where each is used, what is said of it, what it is said to have done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from sourcebook.model import ClaimId, Entity, Event, Fact, MentionId, Participant
from sourcebook.model.vocabulary import ACTOR_PROPERTIES
from sourcebook.views import actor as views
from sourcebook.views.draw import lanes, timeline
from sourcebook.views.draw import map as mapping
from sourcebook.web.book import Book
from sourcebook.web.draw import axis, terms
from sourcebook.web.pages.asking import Ask
from sourcebook.web.pages.events import by_date, line

_MENTIONS_SHOWN = 12
_STATEMENTS_SHOWN = 50
#: Groups of events that are not held to be its deeds.
_OTHERS = (views.GROUPS["other"], views.GROUPS["denied"])


class Name(NamedTuple):
    """One name: how often it is used, the documents that do, each with its first mention, and lists."""

    name: str
    times: int
    places: Sequence[tuple[str, str, MentionId]]
    lists: Sequence[str] = ()


class Question(NamedTuple):
    """A fact with its readings, or (`fact` None) all facts of a property that have one reading each."""

    property: str
    fact: Fact | None
    axis: axis.Axis


class Deed(NamedTuple):
    """One event that somebody ties the actor to."""

    event: Event
    participant: Participant
    speakers: Sequence[str]
    dates: Sequence[str]


def context(ask: Ask) -> Mapping[str, Any]:
    """Everything about one actor; with `as_of`, only what is said to hold by then."""
    book = ask.book
    entity = book.entity(ask.of)
    page = own_page(book, entity, ask.day("as_of"))
    facts = [f for f in book.facts.get(entity.id, []) if f.property in ACTOR_PROPERTIES[1:]]
    facts.sort(key=lambda f: (ACTOR_PROPERTIES.index(f.property), len(f.readings) < 2, f.id))
    questions = _questions(book, facts, ask)
    groups = _groups(book, entity, {row.id for row in page.events})
    ascribed = {d.event.id: d.event for label, deeds in groups for d in deeds if label not in _OTHERS}
    own = list(ascribed.values())
    return {
        "title": entity.name,
        "entity": entity,
        "page": page,
        "as_of": ask.given.get("as_of", "") if ask.day("as_of") else "",
        "names": _names(book, entity, page.names),
        "questions": [q for q in questions if q.property != "strength"],
        "strengths": [q for q in questions if q.property == "strength"],
        "terms": terms.draw(book, facts),
        "groups": groups,
        "own": len(own),
        "timeline": _timeline(own, ask),
        "map": _map(own, ask),
        "spoken": _spoken(book, entity),
        "not_same_as": [
            (e, views.held_apart(entity, e))
            for i in entity.not_same_as
            if (e := book.entries.entities.get(i)) is not None
        ],
        "proposals": [p for p in book.record.proposals if entity.id in p.about],
        "done": ask.word("done"),
    }


def own_page(book: Book, entity: Entity, as_of: date | None) -> views.ActorPage:
    """What is said of an actor, from look-ups that are there already."""
    own = replace(book.record, events=tuple(book.events_with.get(entity.id, ())))
    return views.page(own, entity, as_of=as_of, entries=book.entries)


def _timeline(own: Sequence[Event], ask: Ask) -> Markup:
    """What it is said to have done, in lanes by what became of it; nothing where no event is dated."""
    laid = lanes.draw(own, timeline.by_status)
    drawn = timeline.picture(laid, href=lambda e: ask.links.page("event", e.id)) if laid.lanes else ""
    return Markup(drawn)  # noqa: S704 - made by draw, which escapes every word


def _map(own: Sequence[Event], ask: Ask) -> Markup:
    """Where it is said to have done it; nothing where no place has a point."""
    there = mapping.places(own)
    if not any(p.glyph for p in there):
        return Markup("")
    drawn = mapping.draw(own, there=there, href=lambda _: ask.links.page("map"))
    return Markup(drawn.picture)  # noqa: S704 - made by draw


def _names(book: Book, entity: Entity, rows: Sequence[views.NameRow]) -> list[Name]:
    lists = {row.name: row.lists for row in rows}
    found = [Name(row.name, 0, (), row.lists) for row in rows if not row.mentions and row.lists]
    for alias in entity.aliases:
        first: dict[str, MentionId] = {}
        for identifier in alias.mentions:
            mention = book.entries.mentions.get(identifier)
            if mention is not None:
                first.setdefault(mention.span.document, identifier)
        used = [(book.entries.publisher(book.document(d).id), d, m) for d, m in first.items()]
        shown = used[:_MENTIONS_SHOWN]
        found.append(Name(alias.name, len(alias.mentions), shown, lists.get(alias.name, ())))
    return sorted(found, key=lambda n: (-n.times, n.name))


def _questions(book: Book, facts: Sequence[Fact], ask: Ask) -> list[Question]:
    found: list[Question] = []
    day = ask.day("as_of")
    for fact in facts:
        drawn = axis.of_fact(book, fact)
        bars = [b for b in drawn.bars if views.holds(b.reading, day)]
        last = found[-1] if found else None
        if len(drawn.bars) > 1 and bars:
            found.append(Question(fact.property, fact, drawn._replace(bars=bars)))
        elif bars and last and last.fact is None and last.property == fact.property:
            found[-1] = last._replace(axis=axis.Axis((*last.axis.bars, *bars), ()))
        elif bars:
            found.append(Question(fact.property, None, axis.Axis(bars, ())))
    return found


def _groups(book: Book, entity: Entity, shown: Collection[str]) -> list[tuple[str, list[Deed]]]:
    """Events by who ties the actor to them: itself, others, denied, other roles."""
    groups: dict[str, list[Deed]] = {label: [] for label in views.GROUPS.values()}
    for event in sorted(book.events_with.get(entity.id, ()), key=by_date):
        for participant in event.participants if event.id in shown else ():
            if participant.entity == entity.id:
                speakers = [
                    s
                    for c in participant.claims
                    if c in book.entries.claims
                    for s in book.entries.speakers(book.entries.claims[c])
                ]
                deed = Deed(event, participant, tuple(dict.fromkeys(speakers)), line(book, event).dates)
                groups[views.GROUPS[views.group(participant)]].append(deed)
    return [(label, deeds) for label, deeds in groups.items() if deeds]


def _spoken(book: Book, entity: Entity) -> list[ClaimId]:
    """What the actor itself is reported to have said."""
    said = sorted({s for m in entity.mentions for s in book.speeches.get(m, ())})
    return [claim for _, claim in said[:_STATEMENTS_SHOWN]]
