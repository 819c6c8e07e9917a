"""Review in a real browser: the next question comes at once, and what was not kept is said and asked."""

from __future__ import annotations

import re

import pytest

from sourcebook import project

QUESTION = "#verdicts"


@pytest.fixture
def asked(opened):
    """Review open at its first question, the name given."""
    watched = opened()
    watched.go("/review?kind=event")
    page = watched.page
    page.set_default_timeout(20_000)
    page.get_by_label("Your name").fill("Ilse")
    page.get_by_label("Your name").blur()
    page.wait_for_load_state("networkidle")
    return watched


def question(page):
    return page.locator(QUESTION).get_attribute("data-question") if page.locator(QUESTION).count() else ""


def verdicts(own):
    return [d.verdict.value for d in project.record(own).decisions]


def test_the_next_question_is_there_before_the_decision_is_kept(asked, own):
    page, first = asked.page, question(asked.page)
    held = []
    page.route("**/decide", lambda route: held.append(route))
    page.keyboard.press("x")
    page.get_by_text("Being kept: different.").wait_for()
    assert question(page) != first
    assert page.evaluate("document.activeElement.id") == "asked"
    assert page.get_by_label("Your name").input_value() == "Ilse"
    assert verdicts(own) == []
    held.pop().continue_()
    page.locator(".kept").get_by_text("different by Ilse").wait_for()
    assert verdicts(own) == ["different"]


def test_decisions_taken_fast_are_all_kept_in_their_order(asked, own):
    page = asked.page
    page.keyboard.press("x")
    page.locator(f"{QUESTION}:not([inert])").wait_for()
    page.keyboard.press("u")
    page.locator(".kept").get_by_text("unsure by Ilse").wait_for()
    assert verdicts(own) == ["different", "unsure"]


def test_a_key_held_down_decides_once(asked, own):
    page = asked.page
    for _ in range(3):
        page.keyboard.down("x")
    page.locator(".kept").get_by_text("different by Ilse").wait_for()
    page.wait_for_load_state("networkidle")
    assert verdicts(own) == ["different"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda route: route.abort(), "the program does not answer"),
        (lambda route: route.fulfill(status=500, body="The disk is full."), "The disk is full."),
    ],
)
def test_what_was_not_kept_is_said_and_asked_again(asked, own, answer, said):
    page, first = asked.page, question(asked.page)
    page.route("**/decide", answer)
    page.keyboard.press("x")
    page.get_by_role("alert").get_by_text("was not kept, and is asked again").wait_for()
    assert said in page.get_by_role("alert").text_content()
    assert question(page) == first
    page.unroute("**/decide")
    page.keyboard.press("a")
    page.locator(".kept").get_by_text("same by Ilse").wait_for()
    assert verdicts(own) == ["same"]
    asked.faults[:] = [f for f in asked.faults if "Failed to load resource" not in f]


def test_a_question_that_somebody_settled_meanwhile_gives_way(asked, own):
    page = asked.page
    ahead = page.context.request.get(asked.base + page.locator(QUESTION).get_attribute("data-next"))
    coming = re.search('data-question="([^"]+)"', ahead.text()).group(1)
    form = {
        "token": page.locator(f"{QUESTION} [name=token]").input_value(),
        "verdict": "different", "about": coming.replace("~", " "), "by": "Odo", "back": "/review",
    }  # fmt: skip
    page.context.request.post(f"{asked.base}/decide", form=form, headers={"origin": asked.base})
    page.keyboard.press("x")
    page.locator("#kept").get_by_text("The question that you saw is settled").wait_for()
    assert question(page) != coming
    assert verdicts(own) == ["different", "different"]
