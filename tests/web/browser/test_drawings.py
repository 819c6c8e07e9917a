"""The map is moved by buttons, wheel and keys; the brush narrows what is drawn; the address keeps it."""

from __future__ import annotations

import re
import shutil

import pytest

from sourcebook import project
from sourcebook.config import Config
from sourcebook.web import site
from web.browser.conftest import Running, Watched

REPORTS = {
    "a.txt": "Gunmen of the Lantern League attacked a depot in Lyon on 3 May 2029. Two officers were killed.",
    "b.txt": "A bomb killed four people in Marseille on 9 June 2031. The Lantern League claimed the attack.",
    "c.txt": "Police foiled an attack on a bridge in Toulouse in July 2032 and arrested two men.",
}


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """A sourcebook with events in towns that the gazetteer knows."""
    folder = tmp_path_factory.mktemp("placed")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, "utf-8")
    out = folder / "placed.sourcebook"
    project.build([folder / "reports"], out, config=Config(workers=0))
    return out


@pytest.fixture
def walked(chromium, placed):
    """A window on it, and nothing may go wrong or out."""
    with Running(placed) as running:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(6_000)
        watched = Watched(context.new_page(), running.base)
        watched.page.goto(running.opens)
        yield watched
        context.close()
        assert watched.faults == []


def test_the_map_zooms_by_button_wheel_and_key_and_its_address_keeps_the_view(walked):
    walked.go("/map")
    page = walked.page
    assert page.locator(".glyph").count() == 3
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile("at="))
    assert page.locator(".map .province").get_attribute("d")
    near = page.url
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("address => location.href !== address", arg=near)
    page.locator("svg.map").hover()
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(300)
    shown = page.locator(".glyph").count()
    page.goto(page.url)
    page.wait_for_function("n => document.querySelectorAll('.glyph').length === n", arg=shown)
    page.get_by_role("button", name="Show all events").click()
    page.wait_for_function("() => document.querySelectorAll('.glyph').length === 3 && !location.search")


def test_the_brush_narrows_map_and_list_and_is_moved_by_keys(walked):
    walked.go("/map")
    page = walked.page
    end = page.get_by_label("From", exact=True).and_(page.locator("input[type=range]"))
    end.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelectorAll('.glyph').length < 3")
    assert "days=2032" in page.url
    page.goto(page.url)
    page.wait_for_function("() => document.querySelectorAll('.glyph').length < 3")
    assert page.locator(".places > ol > li:not([hidden])").count() < 3
    page.get_by_role("button", name="All", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.glyph').length === 3")


def test_the_timeline_looks_closer_at_the_days_chosen(walked):
    walked.go("/timeline?by=country&days=2031-05-01,2031-07-01")
    page = walked.page
    page.wait_for_function("() => document.querySelectorAll('.item:not([hidden])').length === 1")
    assert "2031" in page.locator(".timeline .ticks").text_content()
    page.locator(".item:visible").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).get_by_text("Marseille").wait_for()


def test_a_line_of_the_network_opens_its_sentences(opened, book):
    actor = max((e for e in book.record.entities if e.kind == "armed_group"), key=lambda e: len(e.mentions))
    watched = opened(viewport={"width": 1280, "height": 900})
    watched.go(f"/network/{actor.id}")
    watched.page.locator(".network .tie").first.focus()
    watched.page.keyboard.press("Enter")
    watched.page.locator("#evidence article").first.wait_for()


def test_the_map_of_the_site_moves_without_a_server(chromium, placed, tmp_path):
    out = tmp_path / "site"
    site.write(placed, out)
    context = chromium.new_context(offline=True)
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith("file://") else faults.append(r.url))
    page.goto((out / "map.html").as_uri())
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("() => location.search.includes('at=')")
    assert page.locator(".glyph").count() >= 1
    context.close()
    assert faults == []
    shutil.rmtree(out)
