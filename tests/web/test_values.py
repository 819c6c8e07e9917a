"""The one gesture: on every page every value opens its words, its speaker, its source and its rivals."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from sourcebook.model import MentionKind
from sourcebook.web.pages import PAGES, SINGLE

#: Cells of tables that hold what a document says; the others hold counts, names with a page, and reasons.
OF_DOCUMENTS = {
    "Date",
    "Place",
    "Status",
    "Toll",
    "Role",
    "Word",
    "Reading",
    "Relation",
    "These words",
    "and these",
}
#: What stands where nothing is known, or a fact is a part of another event's total.
NOTHING = {"", "undated", "–"}


class Cells(HTMLParser):
    """The cells of a page by their label, each with its text and whether a value is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[str, str, bool]] = []
        self.values: list[list[str]] = []
        self._label = ""
        self._text = ""
        self._has = False

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "td":
            self._label, self._text, self._has = held.get("data-label", ""), "", False
        if tag == "a" and "value" in (held.get("class") or "").split():
            self.values.append(held["data-of"].split())
            self._has = True

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "td":
            self.cells.append((self._label, self._text.strip(), self._has))


def pages(book):
    yield from ("/" if name == "overview" else f"/{name}" for name in PAGES if name not in SINGLE)
    yield from (f"/event/{e.id}" for e in book.record.events)
    yield from (f"/actor/{e.id}" for e in book.record.entities)
    yield from (f"/network/{e.id}" for e in book.record.entities if e.kind is MentionKind.ARMED_GROUP)
    yield from (f"/reader/{d.id}" for d in book.record.documents)
    yield from ("/review", "/ask?q=Who+leads+Harrow+Front?")


def test_every_value_of_every_page_opens_its_words_and_no_value_is_without(client, book):
    asked, bare = {}, []
    for address in pages(book):
        cells = Cells()
        cells.feed(client.get(address).text)
        for ids in cells.values:
            asked.setdefault(tuple(ids), address)
        bare += [
            (address, label, text)
            for label, text, has in cells.cells
            if label in OF_DOCUMENTS and text not in NOTHING and not has
        ]
    assert bare == []
    assert len(asked) > 200
    for ids, address in asked.items():
        found = client.get("/cards", params={"of": ",".join(ids)}).text
        assert found.count("<article") == min(60, len(set(ids))), address
        assert "is not in the record" not in found


@pytest.fixture(scope="module")
def cards(book):
    return list(book.record.claims)


def test_a_card_has_words_in_context_span_source_date_speaker_commitment_rivals_and_the_way_on(
    client, book, cards
):
    contested = {c for f in book.contested for r in f.readings for c in r.claims}
    for claim in cards:
        card = client.get("/cards", params={"of": claim.id}).text
        document = book.document(claim.trigger.document)
        shown = html.unescape(re.sub(r"<[^>]+>", "", card))
        assert "".join(document.quote(claim.trigger).split()) in "".join(shown.split())
        assert "<mark" in card
        assert book.entries.publisher(document.id) in shown
        assert (document.title or document.path) in shown
        for part in ("Says so", "How surely", f'href="/reader/{document.id}#{claim.id}"'):
            assert part in card, part
        assert ("Dated by" in card) or "undated" in card
        assert ("Other readings" in card) >= (claim.id in contested), claim.id
