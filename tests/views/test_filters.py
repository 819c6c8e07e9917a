"""Which events meet which conditions; whom a name finds."""

from datetime import date

import pytest

from sourcebook.errors import NotFound
from sourcebook.model import (
    Alias,
    Days,
    Entity,
    EntityId,
    Event,
    EventId,
    MentionKind,
    Participant,
    Record,
    Status,
)
from sourcebook.views import find
from sourcebook.views.filters import Filters, events


def event(name: str, when: tuple[date | None, date | None] | None) -> Event:
    days = Days(edtf=None, earliest=when[0], latest=when[1], basis="stated") if when else None
    actor = Participant(
        role="actor", entity=EntityId("x-1"), name="the group", attribution_status="narrated", claims=()
    )
    return Event(
        id=EventId(name), type="ASSAULT", modes=("firearms",), label=f"Attack {name}",
        status=Status.ACCOMPLISHED, claims=(), documents=(), origins=1, date=days, participants=(actor,),
    )  # fmt: skip


def entity(identifier: str, *names: str) -> Entity:
    aliases = tuple(Alias(name=n, mentions=()) for n in names)
    return Entity(
        id=EntityId(identifier), kind=MentionKind.ARMED_GROUP, name=names[0], mentions=(), aliases=aliases
    )


RECORD = Record(
    entities=(
        entity("x-1", "Harrow Front", "HF"),
        entity("x-2", "Harrow Guard"),
        entity("x-3", "Velm Guard"),
    ),
    events=(
        event("e-range", (date(2031, 5, 1), date(2031, 5, 31))),
        event("e-open", (None, date(2030, 1, 1))),
        event("e-none", None),
    ),
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"e-range", "e-open", "e-none"}),
        (Filters(since=date(2031, 5, 31)), {"e-range"}),
        (Filters(since=date(2031, 6, 1)), set()),
        (Filters(until=date(2031, 5, 1)), {"e-range", "e-open"}),
        (Filters(until=date(2029, 1, 1)), {"e-open"}),
        (Filters(type="assault"), {"e-range", "e-open", "e-none"}),
        (Filters(type="drone"), set()),
        (Filters(actor="harrow"), {"e-range", "e-open", "e-none"}),
        (Filters(actor="x-2"), set()),
        (Filters(status="foiled"), set()),
    ],
)
def test_an_event_meets_all_conditions_or_is_left_out(filters: Filters, expected: set[str]) -> None:
    assert {e.id for e in events(RECORD, filters)} == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("x-2", "x-2"), ("hf", "x-1"), ("velm", "x-3"), ("harrow fr", "x-1")]
)
def test_an_actor_is_found_by_id_name_or_beginnings_of_words(words: str, expected: str) -> None:
    assert find.actor(RECORD, words).id == expected


@pytest.mark.parametrize(
    ("words", "message"), [("harrow", "2 actors answer"), ("nobody", "no actor answers")]
)
def test_what_is_unclear_or_unknown_is_said(words: str, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        find.actor(RECORD, words)
