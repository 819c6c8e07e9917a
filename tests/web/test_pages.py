"""Every page of the example, and what must be on it."""

from __future__ import annotations

import re

import pytest

from sourcebook.web.pages import EITHER, PAGES, SINGLE

LISTS = ["/" if name == "overview" else f"/{name}" for name in PAGES if name not in SINGLE or name in EITHER]


def market(book):
    return next(e for e in book.record.events if len(e.documents) > 5)


@pytest.mark.parametrize("path", [*LISTS, "/review", "/search?q=market", "/search?q="])
def test_every_list_answers(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "None" not in re.sub(r"None of the|\bNone\.", "", answer.text)


def test_everything_has_a_page_and_no_link_leads_nowhere(client, book):
    paths = [f"/event/{e.id}" for e in book.record.events]
    paths += [f"/actor/{e.id}" for e in book.record.entities]
    paths += [f"/reader/{d.id}" for d in book.record.documents]
    linked = set()
    for path in [*LISTS, *paths]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        linked.update(re.findall(r'href="(/[^"#]*)', answer.text))
    assert len(linked) > 100
    broken = [p for p in sorted(linked) if client.get(p.replace("&amp;", "&")).status_code != 200]
    assert broken == []


def test_an_event_shows_every_reading_in_the_order_of_report(client, book):
    event = market(book)
    page = client.get(f"/event/{event.id}").text
    killed = page[page.index("Killed") : page.index("Injured")]
    readings = killed[killed.index("</p>", killed.index('class="explained"')) :]
    says = [readings.index(words) for words in ("at least 18", "Ninety-one")]
    assert says == sorted(says)
    assert killed.count('<svg class="range"') == len(
        next(f for f in book.facts[event.id] if f.property == "killed").readings
    )
    assert "the lowest figure" in page


def test_evidence_of_a_claim_has_quote_speaker_source_and_day(client, book):
    fact = next(f for f in book.facts[market(book).id] if f.property == "killed")
    for reading in fact.readings:
        page = client.get("/cards", params={"of": ",".join(reading.claims)}).text
        assert page.count("<article") == len(reading.claims)
        assert "<mark" in page
        assert "Open in the reader" in page
        assert "Other readings" in page


def test_facets_narrow_and_keep_their_own_counts(client):
    page = client.get("/events", params={"status": "foiled"}).text
    assert "1 of" in page
    assert re.search(r'value="accomplished">accomplished \(\d+\)', page)
    assert "None of the" in client.get("/events", params={"place": "Nowhere at all"}).text


def test_search_finds_names_events_and_words_without_their_accents(client):
    page = client.get("/search", params={"q": "harrow front"}).text
    assert "Names" in page
    page = client.get("/search", params={"q": "hándcart"}).text
    assert 'class="found">handcart<' in page
    assert "has all of these words" in client.get("/search", params={"q": "zzyzx"}).text
    for odd in ('"', "AND OR NOT", "a*b(c", "-", "NEAR(x", "💥"):
        assert client.get("/search", params={"q": odd}).status_code == 200


def test_what_is_not_there_is_said_to_be_not_there(client):
    for path in ("/event/e-0", "/actor/a-0", "/reader/d-0", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<h1" in answer.text
    assert "is not in the record any more" in client.get("/cards?of=c-0").text


def test_the_reader_marks_the_words_where_they_are(client, book):
    document = book.record.documents[0]
    page = client.get(f"/reader/{document.id}").text
    article = page[page.index('<article class="document"') : page.index("</article>")]
    import html

    shown = html.unescape(re.sub(r"<[^>]+>", "", article))
    assert "".join(shown.split()) == "".join(document.text.split())
    assert f'id="{next(c.id for c in book.record.claims if c.trigger.document == document.id)}"' in article


def test_an_answer_cites_words_names_the_disagreement_and_keeps_its_question_in_the_address(client, book):
    page = client.get("/ask", params={"q": "How many people were killed in the fish market bombing?"}).text
    assert 'value="How many people were killed in the fish market bombing?"' in page
    answer = page[page.index('class="said-so"') : page.index("Some that") if "Some that" in page else None]
    cited = re.findall(r'class="value" href="/evidence\?of=(c-[0-9a-f]+)"', answer)
    assert len(cited) >= 2
    for claim in cited:
        assert claim in book.entries.claims
    assert "The sources differ" in answer
    assert '<svg class="range"' in answer


def test_what_the_documents_do_not_say_is_not_answered_and_the_nearest_is_linked(client):
    page = client.get("/ask", params={"q": "How many people were killed in Istanbul?"}).text
    assert "don&#39;t say" in page
    near = page[page.index("The nearest") :]
    assert re.search(r'href="/(event|actor)/', near)


def test_every_question_that_is_offered_has_an_answer(client):
    page = client.get("/ask").text
    offered = re.findall(r'href="(/ask\?q=[^"]+)"', page)
    assert len(offered) >= 5
    for address in offered:
        assert "don&#39;t say" not in client.get(address.replace("&amp;", "&")).text


def test_the_passages_of_a_very_long_event_come_in_parts(client, book, monkeypatch):
    monkeypatch.setattr("sourcebook.web.pages.event.A_PAGE", 3)
    event = max(book.record.events, key=lambda e: len(e.claims))
    parts = -(-len(event.claims) // 3)
    assert parts > 1
    pages = [client.get(f"/event/{event.id}", params={"page": str(n)}).text for n in range(1, parts + 1)]
    assert [p.count('class="said"') for p in pages[:-1]] == [3] * (parts - 1)
    assert sum(p.count('class="said"') for p in pages) == len(event.claims)
    assert f"1 of {parts}" in pages[0]
    assert "the first 3 of them" in pages[0]
