"""The example pile as an analyst goes through it, in a real browser."""

from __future__ import annotations

import re
import shutil

import pytest

from sourcebook import project
from sourcebook.web import site
from web.browser.analyst import Walk


def focus(page):
    return page.evaluate("document.activeElement.textContent.trim().slice(0, 40)")


def test_from_the_rival_tolls_to_the_words_in_the_document(opened):
    page = opened().page
    page.get_by_role("link", name="Contested").click()
    row = page.get_by_role("region", name=re.compile("Readings: killed")).filter(has_text="Ninety-one")
    assert row.locator("svg.range").count() >= 4
    row.get_by_role("button", name="91").click()
    panel = page.get_by_role("complementary", name="Evidence")
    panel.get_by_role("heading", name="Evidence").wait_for()
    assert "Ninety-one" in panel.locator("mark.number").first.text_content()
    assert "Ostland Daily" in panel.text_content()
    assert "#evidence=c-" in page.url
    address = page.url
    panel.get_by_role("link", name="Open in the reader").first.click()
    page.locator("mark.here").first.wait_for()
    assert page.get_by_role("heading", level=1).text_content().startswith("“A day of horror”")
    page.goto(address)
    page.get_by_role("complementary", name="Evidence").get_by_role("heading").first.wait_for()


def test_escape_closes_the_evidence_and_gives_the_focus_back(opened):
    page = opened().page
    page.get_by_role("link", name="Events", exact=True).click()
    value = page.locator("main a.value").nth(3)
    value.focus()
    page.keyboard.press("Space")
    panel = page.locator("#evidence")
    panel.locator("article").first.wait_for()
    assert focus(page) == "Evidence"
    assert value.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert value.evaluate("v => v === document.activeElement")
    assert "#" not in page.url


def test_a_merge_is_split_and_the_split_undone_with_the_keyboard_alone(opened, own, book):
    event = next(e for e in book.record.events if len(e.documents) > 5)
    watched = opened()
    page = watched.page
    watched.go(f"/event/{event.id}")
    split = page.get_by_role("button", name="Split off").last
    split.evaluate("b => { b.form.querySelector('[data-reviewer]').value = 'Ilse'; b.focus(); }")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("different by Ilse").wait_for()
    assert len(project.record(own).events) == len(book.record.events) + 1
    assert page.evaluate("document.activeElement.className") == "kept"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("undo by Ilse").wait_for()
    assert next(e for e in project.record(own).events if e.id == event.id).claims == event.claims


@pytest.mark.usefixtures("pair")
def test_one_question_a_screen_decided_put_off_and_undone_by_single_keys(opened, own):
    watched = opened()
    page = watched.page
    watched.go("/review?kind=event")
    page.get_by_label("Your name").fill("Ilse")
    page.get_by_label("Your name").blur()
    asked = page.locator(".pair").text_content()
    page.keyboard.press("x")
    page.locator(".kept").get_by_text("different by Ilse").wait_for()
    assert [d.verdict.value for d in project.record(own).decisions] == ["different"]
    assert page.locator(".pair").count() == 0 or page.locator(".pair").text_content() != asked
    page.keyboard.press("z")
    page.locator(".kept").get_by_text("undo by Ilse").wait_for()
    assert page.locator(".pair").text_content() == asked
    page.keyboard.press("Space")
    page.get_by_text("put off").first.wait_for()
    assert [d.verdict.value for d in project.record(own).decisions] == ["different", "undo"]


@pytest.mark.usefixtures("pair")
def test_nothing_is_decided_without_a_name(opened, own):
    watched = opened()
    watched.go("/review?kind=event")
    watched.page.keyboard.press("x")
    watched.page.wait_for_timeout(200)
    assert project.record(own).decisions == ()
    assert watched.page.evaluate("document.activeElement.id") == "by"


def test_the_whole_way_by_keyboard(opened):
    page = opened().page
    page.keyboard.press("Tab")
    assert focus(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("handcart")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Search").wait_for()
    page.locator("mark.found").first.focus()
    page.locator(".snippet a").first.focus()
    page.keyboard.press("Enter")
    page.locator("mark.found.here").first.wait_for()
    assert page.locator("mark.found").first.text_content() == "handcart"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".claims li.here").count() == 1
    page.keyboard.press("Enter")
    page.locator("#evidence article").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")


def test_single_keys_are_off_while_typing_and_can_be_switched_off(opened):
    page = opened().page
    page.locator("#search").fill("")
    page.locator("#search").type("?j/x")
    assert page.locator("#search").input_value() == "?j/x"
    page.locator("#search").blur()
    page.keyboard.press("?")
    page.get_by_label("single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "search"


def test_a_value_is_a_link_to_its_evidence_where_no_script_runs(opened):
    page = opened(java_script_enabled=False).page
    page.get_by_role("link", name="Contested").click()
    page.locator("a.value").first.click()
    assert page.get_by_role("heading", level=1).text_content() == "Evidence"
    assert page.locator("article.card").count() >= 1


@pytest.mark.parametrize("profile", ["none", "private"])
def test_the_site_opens_from_disk_with_evidence_and_search(chromium, built, tmp_path, profile):
    out = tmp_path / "a site"
    site.write(built, out, profile=profile)
    context = chromium.new_context(offline=True)
    context.set_default_timeout(6_000)
    page = context.new_page()
    faults = []
    page.on("console", lambda m: faults.append(m.text))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith("file://") else faults.append(r.url))
    page.goto((out / "index.html").as_uri())
    page.get_by_role("link", name="Contested").click()
    page.locator("main a.value").first.click()
    page.locator("#evidence article").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("handcart")
    page.locator("#hits a").first.wait_for()
    page.locator("#hits a").first.click()
    page.locator("article.document").wait_for()
    context.close()
    assert faults == []
    shutil.rmtree(out)


def test_an_analyst_goes_from_the_event_to_every_page_and_back(opened, own):
    walk = Walk(opened(viewport={"width": 1280, "height": 900}), own, "fish market", stops=6)
    assert [step() for step in walk.steps()][:2] == [
        "4 readings of the killed, 4 drawn",
        "4 readings reached in their documents",
    ]
