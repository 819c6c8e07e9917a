"""Lists from their own rows say the same as lists from the whole record."""

from datetime import date
from pathlib import Path

import pytest
from tests import pile

from sourcebook import project
from sourcebook.errors import NotFound
from sourcebook.model import Skipped
from sourcebook.project import listing
from sourcebook.store.derived import Name
from sourcebook.store.store import Store
from sourcebook.views import actor as actor_pages
from sourcebook.views import contested as contests
from sourcebook.views import event as event_pages
from sourcebook.views import find, lists
from sourcebook.views.filters import Filters


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pile.copy(tmp_path)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(actor="harrow front"),
        Filters(actor="Keld"),
        Filters(actor="no such"),
        Filters(place="Tarvela"),
        Filters(place="tarv", actor="harrow"),
        Filters(type="assault"),
        Filters(type="FIREARMS"),
        Filters(type="ASSAUL"),
        Filters(status="accomplished"),
        Filters(status="foiled"),
        Filters(since=date(2031, 5, 11)),
        Filters(since=date(2031, 5, 12)),
        Filters(until=date(2031, 5, 10)),
        Filters(until=date(2031, 5, 11), since=date(2031, 5, 1)),
        Filters(document="herald"),
        Filters(actor="100%_"),
    ],
    ids=repr,
)
def test_events_from_rows_are_those_of_the_record(book: Path, filters: Filters) -> None:
    rows, total = listing.events(book, filters)
    assert rows == lists.events(project.record(book), filters)
    assert total == len(rows)


def test_an_entitys_id_selects_its_events_and_a_part_of_it_does_not(book: Path) -> None:
    record = project.record(book)
    front = find.actor(record, "Harrow Front")
    for words in (front.id, front.id[:-1]):
        filters = Filters(actor=words)
        assert listing.events(book, filters).rows == lists.events(record, filters)
    assert listing.events(book, Filters(actor=front.id)).rows
    assert not listing.events(book, Filters(actor=front.id[:-1])).rows


@pytest.mark.parametrize("kind", [None, "armed_group", "person", "place"])
@pytest.mark.parametrize("document", [None, "courier", "herald"])
def test_actors_from_rows_are_those_of_the_record(book: Path, kind: str | None, document: str | None) -> None:
    record = project.record(book)
    within = {d.id for d in find.documents(record, document)} if document else None
    assert listing.actors(book, kind=kind, document=document).rows == lists.actors(
        record, kind=kind, within=within
    )


def test_a_limit_cuts_the_rows_and_tells_how_many_there_are(book: Path) -> None:
    whole = listing.actors(book)
    assert whole.total > 1
    assert listing.actors(book, most=1) == (whole.rows[:1], whole.total)
    assert listing.events(book, Filters(), most=0) == ([], len(lists.events(project.record(book), Filters())))


def test_stats_and_contested_facts_from_rows_are_those_of_the_record(book: Path) -> None:
    record = project.record(book)
    assert contests.rows(record)
    assert listing.contested(book) == contests.rows(record)
    assert listing.stats(book) == (lists.counts(record), lists.documents(record))


def test_pages_of_events_and_actors_from_rows_are_those_of_the_record(book: Path) -> None:
    record = project.record(book)
    for event in record.events:
        for words in (event.id, event.label):
            assert listing.event(book, words) == event_pages.page(record, find.event(record, words))
    for entity in record.entities:
        assert listing.actor(book, entity.id) == actor_pages.page(record, entity)
    for day in (None, date(2020, 1, 1), date(2031, 5, 12)):
        front = find.actor(record, "harrow fr")
        assert listing.actor(book, "harrow fr", as_of=day) == actor_pages.page(record, front, as_of=day)


@pytest.mark.parametrize("words", ["", "no such thing", "the"])
def test_what_nothing_answers_to_is_the_same_error_from_rows(book: Path, words: str) -> None:
    record = project.record(book)
    with pytest.raises(NotFound) as whole:
        find.event(record, words)
    with pytest.raises(NotFound) as part:
        listing.event(book, words)
    assert str(part.value) == str(whole.value)


def test_a_file_that_is_refused_counts_though_nothing_else_has_changed(book: Path) -> None:
    with Store(book) as store:
        store.put_skipped(Skipped(path="late.bin", stage="read", why="no text in it"))
    counts = {c.what: c.count for c in listing.stats(book).counts}
    assert counts["skipped"] == len(project.record(book).skipped)


def test_rows_that_are_out_of_date_are_not_shown(book: Path) -> None:
    before = listing.events(book, Filters())
    with Store(book) as store:
        store.put_derived(store.evidence(), name=Name("an older version"))
    assert listing.events(book, Filters()) == before
    assert listing.actors(book).rows == lists.actors(project.record(book))


def test_a_document_that_nobody_has_is_an_error(book: Path) -> None:
    with pytest.raises(NotFound):
        listing.events(book, Filters(document="nowhere"))
