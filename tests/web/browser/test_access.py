"""WCAG 2.2 AA as far as a program can tell (axe-core), light and dark; narrow screens; paper."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
GRAVE = ("serious", "critical")
#: Dark pages differ from light ones in their colours only.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
RUN = """async (rules) => (await axe.run(document, {runOnly: rules})).violations
  .map(v => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")])"""


def paths(book):
    event = next(e for e in book.record.events if len(e.documents) > 5)
    actor = max((e for e in book.record.entities if e.kind == "armed_group"), key=lambda e: len(e.mentions))
    return {
        "overview": "/", "events": "/events", "actors": "/actors", "ask": "/ask?q=Who+leads+Harrow+Front?",
        "map": "/map", "timeline": "/timeline",
        "network": f"/network/{actor.id}", "contested": "/contested", "sources": "/sources",
        "review": "/review?kind=event", "coverage": "/coverage", "about": "/about",
        "event": f"/event/{event.id}", "actor": f"/actor/{actor.id}",
        "reader": f"/reader/{book.record.documents[0].id}", "search": "/search?q=market",
        "no match": "/events?place=nowhere", "not there": "/event/e-0",
        "evidence": f"/event/{event.id}#evidence={event.claims[0]}",
        "correct": f"/correct/{event.claims[0]}",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_on_any_page(opened, book, scheme):
    watched = opened(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    found = {}
    for name, path in paths(book).items():
        watched.go(path)
        if name == "evidence":
            watched.page.locator("#evidence article").first.wait_for()
        watched.page.evaluate(AXE)
        faults = [f for f in watched.page.evaluate(RUN, RULES[scheme]) if f[0] in GRAVE]
        if faults:
            found[name] = faults
    watched.faults[:] = [f for f in watched.faults if "404" not in f]
    assert found == {}


def test_no_page_is_wider_than_a_small_telephone(opened, book):
    watched = opened(viewport={"width": 360, "height": 740})
    wide = []
    for name, path in paths(book).items():
        watched.go(path)
        if watched.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            wide.append(name)
    watched.faults[:] = [f for f in watched.faults if "404" not in f]
    assert wide == []


def test_paper_shows_the_record_and_none_of_the_furniture(opened, book):
    watched = opened()
    watched.go(paths(book)["event"])
    watched.page.emulate_media(media="print")
    assert watched.page.locator("header.top").is_hidden()
    assert watched.page.locator("button").first.is_hidden()
    assert watched.page.locator("table.readings").first.is_visible()
    assert len(watched.page.pdf()) > 10_000
