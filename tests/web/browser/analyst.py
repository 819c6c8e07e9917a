"""The steps of an analyst at one record in a real browser; `tools/walk.py` takes them over any record."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from sourcebook import project
from sourcebook.model import Record
from web.browser.conftest import Watched
from web.browser.test_access import AXE, GRAVE, RULES, RUN

WIDTHS = (1280, 360)
MAIN = "document.activeElement.closest('main') !== null"
VALUE = "document.activeElement.matches('a.value')"
#: The stop that the keyboard is at: whether it is one, whether the reader can see that, what it is.
STOP = """(() => {
  const at = document.activeElement;
  at.setAttribute("data-walked", "");
  /* A field for a day marks its own parts, where no script can look. */
  const ring = at.type === "date" || getComputedStyle(at).outlineStyle !== "none";
  return [at !== document.body, ring, at.outerHTML.slice(0, 120)];
})()"""


class Walk:
    """One analyst at one record; each step says what held, or raises."""

    def __init__(self, watched: Watched, path: Path, words: str, *, stops: int) -> None:
        self.watched = watched
        self.page: Any = watched.page
        self.path = path
        self.record: Record = project.record(path)
        self.words = words
        #: So many stops of the Tab key are looked at on a page.
        self.stops = stops
        self.event = ""

    def steps(self) -> tuple[Callable[[], str], ...]:
        """All but axe, in their order; the first finds the event of the rest."""
        return (
            self.find_the_event,
            self.reach_the_words,
            self.split_and_undo,
            self.ask,
            self.print_the_dossier,
            self.keyboard_alone,
        )

    def _go(self, address: str) -> None:
        answer = self.watched.go(address)
        assert answer is None or answer.ok, (address, answer.status)

    def find_the_event(self) -> str:
        """By the search, from the keyboard."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(self.words)
        self.page.keyboard.press("Enter")
        self.page.locator("section[aria-labelledby=s-events] a").first.click()
        self.page.wait_for_url("**/event/**")
        self.event = self.page.url.split("/event/")[1].partition("?")[0]
        rows = self._readings().locator("tbody tr")
        drawn = rows.locator("svg.range").count()
        assert rows.count() > 1, "nobody differs about the killed: choose the words of another event"
        assert drawn, "no reading is drawn on the axis"
        return f"{rows.count()} readings of the killed, {drawn} drawn"

    def _readings(self) -> Any:
        return self.page.get_by_role("region", name="Readings: killed").first

    def reach_the_words(self) -> str:
        """Every reading of the killed opens its words, and the reader stands at them."""
        values = self._readings().locator("a.value")
        count = values.count()
        for number in range(count):
            self._go(f"/event/{self.event}")
            values.nth(number).click()
            panel = self.page.locator("#evidence")
            panel.locator("article").first.wait_for()
            panel.get_by_role("link", name="Open in the reader").first.click()
            self.page.locator("mark.here").first.wait_for()
        assert count
        return f"{count} readings reached in their documents"

    def split_and_undo(self) -> str:
        """One passage is split off and brought back."""
        self._go(f"/event/{self.event}")
        split = self.page.get_by_role("button", name="Split off").last
        split.evaluate("b => { b.form.querySelector('[data-reviewer]').value = 'Walker'; b.focus(); }")
        self.page.keyboard.press("Enter")
        apart = self._events_after("different by Walker")
        self.page.locator(".kept").get_by_role("button", name="Undo").click()
        together = self._events_after("undo by Walker")
        assert f"/event/{self.event}?" in self.page.url, "the undoing leads away from the event"
        before = len(self.record.events)
        assert before == together < apart, (before, apart, together)
        return f"{before} events, {apart} while split, {together} again"

    def _events_after(self, said: str) -> int:
        self.page.locator(".kept").get_by_text(said).wait_for()
        self.page.locator("[data-state]").wait_for(state="detached")
        return len(project.record(self.path).events)

    def ask(self) -> str:
        """How many were killed; a citation opens its words."""
        label = next(e.label for e in self.record.events if e.id == self.event)
        self._go("/ask")
        self.page.get_by_label("A question in plain English").fill(f"How many people were killed: {label}?")
        self.page.get_by_role("button", name="Ask").click()
        cited = self.page.locator(".said-so a.value")
        cited.first.click()
        self.page.locator("#evidence article").first.wait_for()
        assert self.page.get_by_text("The sources differ").count(), "the disagreement is not named"
        return f"{cited.count()} citations; the disagreement is named"

    def print_the_dossier(self) -> str:
        """The group of which most is told, on paper."""
        groups = [e for e in self.record.entities if e.kind == "armed_group"]
        self._go(f"/actor/{max(groups, key=lambda e: len(e.mentions)).id}")
        self.page.get_by_role("link", name="Dossier").click()
        self.page.wait_for_url("**/dossier/**")
        sentences = self.page.locator(".sentence")
        bare = sentences.filter(has_not=self.page.locator("a.value")).count()
        assert sentences.count(), "nothing is said"
        assert not bare, f"{bare} sentences without a citation"
        return f"{sentences.count()} sentences, all cited; {len(self.page.pdf()) // 1000} kB of paper"

    @cached_property
    def pages(self) -> list[str]:
        """Every page of the menu, and of those about one thing an example each."""
        actor = max(self.record.entities, key=lambda e: len(e.mentions)).id
        claim = next(e for e in self.record.events if e.id == self.event).claims[0]
        lists = [str(a.get_attribute("href")) for a in self.page.locator("header nav a").all()]
        return [*lists, f"/event/{self.event}", f"/actor/{actor}", f"/network/{actor}", f"/dossier/{actor}",
                f"/reader/{self.record.documents[0].id}", "/search?q=attack", f"/evidence?of={claim}",
                f"/correct/{claim}"]  # fmt: skip

    def keyboard_alone(self) -> str:
        """On every page: into the content, from stop to stop, to a value, its evidence opened and closed."""
        opened = sum(self._one_page_by_keyboard(address) for address in self.pages)
        assert opened
        return f"{len(self.pages)} pages; evidence opened and closed on {opened}"

    def _one_page_by_keyboard(self, address: str) -> bool:
        page, press = self.page, self.page.keyboard.press
        self._go(address)
        # Review and Correct open with the focus at what they ask: there Enter would follow the link after it.
        if not page.evaluate(MAIN):
            press("Tab")
            assert page.evaluate("document.activeElement.matches('.skip')"), (address, "no way past the menu")
            press("Enter")
        assert page.evaluate(MAIN), (address, "the focus is not in the content")
        for _ in range(self.stops):
            press("Tab")
            inside, seen, what = page.evaluate(STOP)
            if not inside:
                break
            assert seen, (address, "the focus cannot be seen", what)
        # A field for a day is several stops, so one that stays is no trap yet.
        assert page.locator("[data-walked]").count() > 1, (address, "the focus does not move on")
        if not page.locator("main a.value:visible").count():
            return False
        page.evaluate("document.getElementById('main').focus()")
        press("j")
        assert page.evaluate(VALUE), (address, "J does not step to a value")
        press("Enter")
        page.locator("#evidence article").first.wait_for()
        press("Escape")
        assert page.evaluate(VALUE), (address, "the focus is not given back")
        return True

    def axe(self) -> str:
        """No serious or critical fault on any page, light and dark, wide and narrow."""
        faults: list[tuple[object, ...]] = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                for address in self.pages:
                    faults += [(address, width, scheme, *fault) for fault in self._faults(address)]
        assert not faults, faults
        return f"{len(self.pages)} pages in 2 lights at {WIDTHS} px: no serious or critical fault"

    def _faults(self, address: str) -> list[Any]:
        self._go(address)
        self.page.evaluate(AXE)
        # All rules in either light, as pages may differ by it in a record that nobody has seen.
        found = [f for f in self.page.evaluate(RUN, RULES["light"]) if f[0] in GRAVE]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append(["wider than the window"])
        return found

    def clean(self) -> str:
        """The browser complained of nothing and asked nobody else."""
        assert not self.watched.faults, self.watched.faults
        return "no console error, no request to another host"
