"""Hostile titles, names, quotations, addresses and file names are shown as text, on every page."""

from __future__ import annotations

import csv
import html
import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from sourcebook import project
from sourcebook.config import Config
from sourcebook.web import app, site
from sourcebook.web.pages import PAGES, SINGLE
from sourcebook.web.shelf import Shelf

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
NAME = '<b onclick=alert(3)>evil">.txt'
TEXT = f"""Blast {SCRIPT} kills 12 in Tarvela

On 11 May 2031 gunmen of the Harrow Front killed at least 12 people{IMAGE} at a market in Tarvela,
police said.
"We {SCRIPT} did it \u202edetsuj\u202c," said Osman Keld, the leader of the Front. {{{{ 7*7 }}}} {{% raise %}}
Officials said that 19 people were killed in the attack on the market in Tarvela on 11 May 2031. </script><!--
"""

ALLOWED = {"script": {"src", "defer"}, "link": {"rel", "href", "type", "media"}}


class Tags(HTMLParser):
    """Every tag of a page, checked as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        if tag in ALLOWED and not names <= ALLOWED[tag]:
            self.faults.append(f"{tag} {names}")
        if tag in ("img", "b", "iframe", "object", "style", "base"):
            self.faults.append(tag)
        self.faults += [f"{tag} {name}" for name in names if name.startswith("on") or name == "style"]
        self.faults += [
            f"{tag} {value}"
            for name, value in attrs
            if name in ("href", "src", "action")
            and re.match(r"\s*(javascript|data|vbscript):", value or "", re.I)
        ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    pile = folder / "pile"
    pile.mkdir()
    (pile / NAME).write_text(TEXT, "utf-8")
    sources = folder / "sources.csv"
    with sources.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "publisher", "title", "author", "published", "url"])
        rows.writerow(
            [NAME, f"Herald {SCRIPT}", f"Title {IMAGE}", SCRIPT, "2031-05-12", "javascript:alert(4)"]
        )
    out = folder / "x.sourcebook"
    project.build([pile], out, sources=sources, config=Config(workers=0))
    return out


def check(page):
    tags = Tags()
    tags.feed(page)
    assert tags.faults == []
    assert "\u202e" not in page


def addresses(book):
    yield from ("/" if name == "overview" else f"/{name}" for name in PAGES if name not in SINGLE)
    yield from (f"/event/{e.id}" for e in book.record.events)
    yield from (f"/actor/{e.id}" for e in book.record.entities)
    yield from (f"/reader/{d.id}" for d in book.record.documents)
    yield from (f"/network/{e.id}" for e in book.record.entities)
    yield from (f"/cards?of={c.id}" for c in book.record.claims)
    yield from ("/review", "/search?q=Blast")
    for odd in ("%3Cscript%3Ealert(1)%3C/script%3E", "%22onload=%22alert(1)", "%E2%80%AEx"):
        yield from (
            f"/search?q={odd}",
            f"/ask?q={odd}",
            f"/events?place={odd}&actor={odd}",
            f"/event/{odd}",
            f"/review?kind={odd}",
        )
        yield from (
            f"/actors?name={odd}",
            f"/cards?of={odd}",
            f"/coverage?document={odd}",
            f"/map?since={odd}",
        )


def test_no_page_of_the_app_runs_or_loads_what_a_document_says(hostile, session):
    book = Shelf(hostile).book()
    assert book.record.events
    with TestClient(app.make(hostile, session), base_url="http://127.0.0.1:8765") as client:
        client.get("/", params={"token": session.token})
        for address in addresses(book):
            answer = client.get(address)
            assert answer.status_code in (200, 404), address
            if answer.headers["content-type"].startswith("text/html"):
                check(answer.text)
            else:
                assert answer.headers["content-type"].startswith("text/plain")
        reader = client.get(f"/reader/{book.record.documents[0].id}").text
    shown = html.unescape(re.sub(r"<[^>]+>", "", reader))
    assert SCRIPT in shown
    assert "‹U+202E›" in shown
    assert "{{ 7*7 }}" in shown
    assert "Address: javascript:alert(4)" in shown


def test_no_page_or_script_of_the_site_does(hostile, tmp_path):
    out = tmp_path / "site"
    site.write(hostile, out)
    for page in out.glob("*.html"):
        check(page.read_text("utf-8").replace("http-equiv", "name"))
    for script in (out / "static").glob("*.js"):
        if script.name.startswith(("cards", "search")):
            assert "<" not in script.read_text("utf-8")
    assert all(re.fullmatch(r"[\w.-]+", p.name) for p in out.rglob("*"))
