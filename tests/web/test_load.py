"""What keeps pages quick while many ask and others write."""

from __future__ import annotations

import gc
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from sourcebook.errors import InUse
from sourcebook.model import Verdict
from sourcebook.views import actor, toll
from sourcebook.web import rendering
from sourcebook.web.app import App
from sourcebook.web.book import Book
from sourcebook.web.links import Served
from sourcebook.web.pages import MENU, PAGES
from sourcebook.web.pages import actor as actor_page
from sourcebook.web.pages.asking import Ask
from sourcebook.web.shelf import Shelf
from web import questions

PAGE_OF = {
    "event": lambda book: max(book.record.events, key=lambda e: len(e.claims)).id,
    "actor": lambda book: book.actors[0].id,
    "reader": lambda book: book.record.documents[0].id,
}


@pytest.mark.parametrize("name", [*PAGE_OF, "contested"])
def test_a_page_leaves_nothing_to_the_collector_of_cycles(book: Book, name: str) -> None:
    def make() -> None:
        asked = Ask(book, Served(), of=PAGE_OF[name](book) if name in PAGE_OF else "")
        given = PAGES[name].context(asked)
        rendering.render(PAGES[name].template, book=book, links=asked.links, menu=MENU, **given)

    make()
    gc.collect()
    gc.disable()
    try:
        make()
        assert gc.collect() < 20
    finally:
        gc.enable()


def test_a_template_that_fails_lets_go_of_its_page_too(book: Book) -> None:
    with pytest.raises(Exception, match="undefined"):
        rendering.render("event.html", book=book, links=Served())


def test_a_new_record_has_what_was_looked_up_in_the_one_before(book: Book) -> None:
    before, fresh, bare = (Book(book.record, book.name) for _ in range(3))
    _ = before.coverage, before.entries.material, before.witness.readings
    fresh.warm(before)
    bare.warm()
    assert "coverage" in vars(fresh)
    assert "material" in vars(fresh.entries)
    assert "coverage" not in vars(bare)


def test_after_the_rehearsal_no_page_has_to_work_out_what_pages_share(own, session) -> None:
    shelf = Shelf(own)
    App(shelf, session).rehearse()
    assert {"actors", "examples", "coverage", "ties"} <= vars(shelf.book()).keys()


def test_the_page_of_an_actor_reads_only_its_own_events_and_shows_the_same(book: Book) -> None:
    for row in book.actors[:12]:
        entity = book.entity(row.id)
        assert actor_page.own_page(book, entity, None) == actor.page(book.record, entity)


def test_the_figures_that_codebooks_pick_are_the_same_on_the_page_and_by_themselves(book: Book) -> None:
    held = 0
    for event in book.record.events:
        whole = toll.picks(book.record, event)
        fact = toll.total(book.entries, event, "killed")
        part = toll.picked(book.entries.material, event, fact)
        held += bool(part.figures)
        assert (part.figures, part.picks, part.silent) == (whole.figures, whole.picks, whole.silent)
    assert held


def test_a_search_while_somebody_writes_is_answered_from_the_texts_at_hand(client, own) -> None:
    found = client.get("/search?q=bombing").text
    with closing(sqlite3.connect(own, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = client.get("/search?q=bombing")
        assert (answer.status_code, hits(answer.text)) == (200, hits(found))
        for page in ("/", "/events", "/ask", "/review"):
            assert client.get(page).status_code == 200


def hits(page: str) -> set[str]:
    """The documents that a page of search leads to."""
    return set(re.findall(r'href="/reader/(d-[0-9a-f]+)', page))


def test_while_somebody_writes_the_pages_wait_for_the_new_record_and_then_show_it(own, book) -> None:
    met = []

    def settle(path):
        met.append(1)
        if len(met) < 3:
            raise InUse("it is in use by another program")
        questions.rebuild(path)

    shelf = Shelf(own, settle)
    claim = book.record.claims[0].id
    shelf.decide(Verdict.REJECT, (claim,), signed=("Ilse", datetime(2031, 6, 1, tzinfo=UTC), ""))
    assert claim in {c.id for c in shelf.book().record.claims}
    assert shelf.settled(60)
    assert (len(met), shelf.state()) == (3, (0, ""))
    assert claim not in {c.id for c in shelf.book().record.claims}
