"""What documents say is shown and never run: every page that links lead to, opened in a real browser."""

from __future__ import annotations

from collections import deque
from urllib.parse import parse_qs, quote, urldefrag, urlsplit

import pytest

from sourcebook.web import app, site
from sourcebook.web.safety import Session
from web import hostile
from web.browser.conftest import Running, Watched

#: Not pages: what scripts and forms ask for, and files.
ASKED_BY_SCRIPTS = {"cards", "state", "decide", "scan", "download", "static"}
#: Pages of one form whose addresses differ in what was asked alone: so many of each are opened.
MOST_ALIKE = 1
#: Tells the listeners of the page what the policy had to stop; runs before anything of the page does.
STOPPED = "addEventListener('securitypolicyviolation', e => console.error('stopped: ' + e.violatedDirective))"
#: Faults of the page as the browser made it, with its scripts run.
FAULTS = r"""() => {
  const faults = [];
  const page = document.documentElement.outerHTML + document.title;
  const turned = page.match(/.{0,60}[\u202a-\u202e\u2066-\u2069]/s);
  const brought = "script:not([src]), style, iframe, object, embed, base, img:not([src^='/scan/'])";
  const goes = /(href|src|action|srcdoc)$/;
  const ours = /^(https?:|file:|\/(?!\/)|#|static\/|[\w.-]+(\?|#|$))/;
  if (window.ran !== undefined) faults.push("a script of a document ran");
  if (turned) faults.push("turned: " + turned[0]);
  for (const e of document.querySelectorAll("*")) {
    if (e.matches(brought)) faults.push("element " + e.outerHTML.slice(0, 80));
    for (const a of e.attributes) {
      if (/^on|^style$|^autofocus$|["'{}<]/i.test(a.name)) faults.push(e.localName + " has " + a.name);
      if (goes.test(a.name) && !ours.test(a.value)) faults.push("address " + a.value.slice(0, 80));
    }
  }
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) faults.push("comment " + comments.currentNode.data.slice(0, 80));
  if (!document.querySelector("body > footer.foot")) faults.push("torn");
  const links = [...document.querySelectorAll("a[href]")];
  return [faults, links.map((a) => new URL(a.getAttribute("href"), location).href), document.body.innerText];
}"""
#: Opens the first value of a page, whether or not it is under something else; has a map drawn by its script.
CLICK = """() => {
  document.querySelector("button[data-map]")?.click();
  const value = document.querySelector("main a.value");
  value?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  return value !== null;
}"""


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    return hostile.pile(tmp_path_factory.mktemp("evil"))


class Walk:
    """Follows every link from a first page, and keeps what was wrong on each."""

    def __init__(self, page, base):
        self.watched = Watched(page, base)
        self.page, self.base = page, base
        self.page.on("dialog", self.asked)
        self.page.add_init_script(STOPPED)
        self.faults = self.watched.faults
        self.wrong = {}
        self.seen = set()
        self.alike = {}
        self.shown = 0

    def asked(self, dialog):
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def follow(self, *firsts):
        waiting = deque(firsts)
        self.seen.update(firsts)
        while waiting:
            for link in sorted(self.open(waiting.popleft())):
                bare = urldefrag(link).url
                if self.wanted(bare):
                    self.seen.add(bare)
                    waiting.append(bare)

    def wanted(self, address):
        if address in self.seen or not address.startswith((self.base, "file://")):
            return False
        parts = urlsplit(address)
        if parts.path.split("/")[1] in ASKED_BY_SCRIPTS:
            return False
        form = (parts.path, frozenset(parse_qs(parts.query)))
        self.alike[form] = self.alike.get(form, 0) + 1
        return self.alike[form] <= MOST_ALIKE

    def open(self, address):
        before = len(self.faults)
        self.page.goto(address, wait_until="domcontentloaded")
        links, text = self.look(address, before)
        self.shown += hostile.OPENS in text
        if self.page.evaluate(CLICK):
            self.page.locator("#evidence article, #evidence .empty").first.wait_for()
            self.look(f"{address} (evidence)", before)
        return links

    def look(self, address, before):
        wrong, links, text = self.page.evaluate(FAULTS)
        if wrong := [*wrong, *self.faults[before:]]:
            self.wrong[address] = wrong
        return links, text


@pytest.fixture
def walk(chromium):
    context = chromium.new_context()
    context.set_default_timeout(6_000)
    yield lambda base: Walk(context.new_page(), base)
    context.close()


def test_every_page_of_the_app_shows_what_would_run_and_runs_nothing(evil, walk):
    with Running(evil) as running:
        made = walk(running.base)
        asked = [f"{running.base}{p}?q={quote(hostile.EVIL)}" for p in ("/search", "/ask")]
        made.follow(running.opens, f"{running.base}/search?q=Nairobi", *asked)
    assert made.wrong == {}
    opened = {urlsplit(a).path.split("/")[1] for a in made.seen}
    routes = app.make(evil, Session(port=1)).routes
    assert {r.path.split("/")[1] for r in routes} - ASKED_BY_SCRIPTS - {"search"} == opened - {"search"}
    assert made.shown > len(made.seen) / 2


def test_every_page_of_the_site_does_so_from_disk(evil, walk, tmp_path):
    out = tmp_path / "site"
    site.write(evil, out)
    made = walk("file://")
    first = (out / "index.html").as_uri()
    made.follow(*sorted(p.as_uri() for p in out.glob("*.html")))
    made.page.goto(first)
    made.page.locator("#search").fill("script")
    made.page.locator("#hits a").first.wait_for()
    made.look("search", 0)
    assert made.wrong == {}
    assert made.shown > len(made.seen) / 2
