"""Lists of events and actors from their own rows: quick however long the record is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from sourcebook.config import Config
from sourcebook.export import files
from sourcebook.model import DocumentId, Entity, Event, Record, Skipped
from sourcebook.project.deriving import is_fresh, record
from sourcebook.store import excerpts
from sourcebook.store import listing as stored
from sourcebook.store.listing import Page, Wanted
from sourcebook.store.store import Store
from sourcebook.views import actor as actor_views
from sourcebook.views import contested as contests
from sourcebook.views import event as event_views
from sourcebook.views import find, lists
from sourcebook.views.filters import Filters

T = TypeVar("T")


class Events(NamedTuple):
    """Rows of events, and how many there are in all."""

    rows: list[lists.EventRow]
    total: int


class Actors(NamedTuple):
    """Rows of actors, and how many there are in all."""

    rows: list[lists.ActorRow]
    total: int


def events(path: Path, filters: Filters, *, most: int | None = None, config: Config | None = None) -> Events:
    """The first `most` rows of `views.lists.events`, or all.

    Raises:
        NotFound: no document answers to `filters.document`.
    """

    def wanted(store: Store) -> Page:
        asked = {k: getattr(filters, k) for k in Filters.__struct_fields__ if k != "document"}
        documents = _documents(store, filters.document)
        chosen = Wanted(**asked, documents=documents, most=-1 if most is None else most)
        return store.read(lambda db: stored.events(db, chosen))

    page = _answer(path, config, wanted)
    if isinstance(page, Record):
        rows = lists.events(page, filters)
        return Events(rows[:most], len(rows))
    decoder = msgspec.json.Decoder(lists.EventRow)
    return Events([decoder.decode(row) for row in page.rows], page.total)


def actors(
    path: Path,
    *,
    kind: str | None = None,
    document: str | None = None,
    most: int | None = None,
    config: Config | None = None,
) -> Actors:
    """The first `most` rows of `views.lists.actors`, or all.

    Raises:
        NotFound: no document answers to `document`.
    """

    def wanted(store: Store) -> Page:
        within = _documents(store, document)
        return store.read(lambda db: stored.actors(db, kind, within, -1 if most is None else most))

    page = _answer(path, config, wanted)
    if isinstance(page, Record):
        within = {d.id for d in find.documents(page, document)} if document else None
        rows = lists.actors(page, kind=kind, within=within)
        return Actors(rows[:most], len(rows))
    decoder = msgspec.json.Decoder(lists.ActorRow)
    return Actors([decoder.decode(row) for row in page.rows], page.total)


class Stats(NamedTuple):
    """How much of everything there is, and the documents."""

    counts: list[lists.Count]
    documents: list[lists.DocumentRow]


def counts(path: Path, config: Config | None = None) -> list[lists.Count]:
    """How much of everything there is."""
    found = _answer(path, config, _counts)
    return lists.counts(found) if isinstance(found, Record) else found


def _counts(store: Store) -> list[lists.Count]:
    return [lists.Count(what=what, count=count) for what, count in store.read(excerpts.counts).items()]


def stats(path: Path, config: Config | None = None) -> Stats:
    """How much of everything there is, and the rows of `views.lists.documents`."""

    def wanted(store: Store) -> Stats:
        decoder = msgspec.json.Decoder(lists.DocumentRow)
        return Stats(
            _counts(store),
            [decoder.decode(row) for row in store.read(excerpts.document_rows)],
        )

    found = _answer(path, config, wanted)
    if isinstance(found, Record):
        return Stats(lists.counts(found), lists.documents(found))
    return found


def contested(path: Path, config: Config | None = None) -> list[contests.Row]:
    """Where the sources differ."""
    found = _answer(path, config, lambda store: store.read(excerpts.contested))
    return contests.rows(found)


def event(path: Path, words: str, config: Config | None = None) -> event_views.EventPage:
    """The page of the one event that `words` names.

    Raises:
        NotFound: none answers to them, or several do.
    """

    def wanted(store: Store) -> event_views.EventPage:
        among = store.read(lambda db: excerpts.called(db, Event, words))
        one = find.event(Record(events=among), words)
        return event_views.page(store.read(lambda db: excerpts.around_events(db, {one.id})), one)

    found = _answer(path, config, wanted)
    return event_views.page(found, find.event(found, words)) if isinstance(found, Record) else found


def actor(
    path: Path, words: str, *, as_of: date | None = None, config: Config | None = None
) -> actor_views.ActorPage:
    """The page of the one actor that `words` names.

    Raises:
        NotFound: none answers to them, or several do.
    """

    def wanted(store: Store) -> actor_views.ActorPage:
        among = store.read(lambda db: excerpts.called(db, Entity, words))
        one = find.actor(Record(entities=among), words)
        return actor_views.page(store.read(lambda db: excerpts.around_actor(db, one)), one, as_of=as_of)

    found = _answer(path, config, wanted)
    if isinstance(found, Record):
        return actor_views.page(found, find.actor(found, words), as_of=as_of)
    return found


def skipped(path: Path) -> list[Skipped]:
    """What did not get through a stage, and why."""
    if files.read(path) is None:
        with Store(path) as store:
            if is_fresh(store, Config()):
                return store.skipped()
    return list(record(path).skipped)


def _answer(path: Path, config: Config | None, wanted: Callable[[Store], T]) -> T | Record:
    """What is asked of the rows, or the whole record where what is kept of it is out of date."""
    settings = config or Config()
    if (exported := files.read(path)) is not None:
        return exported
    with Store(path) as store:
        found = store.settled(lambda: wanted(store) if is_fresh(store, settings) else None)
    return record(path, settings) if found is None else found


def _documents(store: Store, words: str | None) -> Collection[DocumentId] | None:
    if not words:
        return None
    return {d.id for d in find.documents(Record(documents=store.bare_documents()), words)}
