"""Prints how long pages take in a real browser with 10,000 events and 300 documents, beside their budgets.

    PYTHONPATH=src:tests python benchmarks/browser.py [FILE]

Needs the extra `browser` and a Chromium. FILE is made if it is not there (two minutes); the times are from
the click or address to the picture that shows it, best and middle of five, the server in a process of its own.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from made_up import write
from playwright.sync_api import sync_playwright

from sourcebook import project
from web.browser.conftest import CHROMIUM, FLAGS

ROUNDS = 5
DECISIONS = 30
#: A quick reader looks at a question for so long, in seconds.
LOOKS = 0.7
#: Waits until what is on the page has been drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


@contextmanager
def served(path: Path) -> Iterator[str]:
    """`sourcebook serve` in a process of its own; the address that opens it."""
    command = [
        sys.executable,
        "-m",
        "sourcebook",
        "serve",
        str(path),
        "--port",
        "0",
        "--no-open",
        "--by",
        "Ilse",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def timed(page: Any, act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    page.evaluate(DRAWN)
    return time.perf_counter() - began


def measure(
    page: Any, label: str, act: Callable[[], object], *, budget: float, before: Callable[[], object]
) -> bool:
    times = []
    for _ in range(ROUNDS):
        before()
        times.append(timed(page, act))
    middle = statistics.median(times)
    verdict = "ok" if middle <= budget else "OVER"
    print(
        f"{label:52} {min(times):7.3f} {middle:7.3f} {max(times):7.3f}  {budget:5.1f} {verdict}", flush=True
    )
    return middle <= budget


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "made-up.sourcebook"
    write(path)
    record = project.record(path)
    long = max(record.documents, key=lambda d: len(d.text)).id
    event = max(record.events, key=lambda e: len(e.claims)).id
    print(
        f"{len(record.events):,} events, {len(record.documents)} documents; seconds: best, middle, worst, budget"
    )
    with served(path) as address, sync_playwright() as playwright:
        base = re.match(r"http://[^/]+", address).group()  # type: ignore[union-attr]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address)
        page.evaluate(DRAWN)
        print(f"{'the very first page of a run, the record loaded':52} {time.perf_counter() - began:7.3f}")
        blank = lambda: page.goto("about:blank")  # noqa: E731
        for label, where, budget in (
            ("overview", "/", 2.0), ("events", "/events", 2.0), ("contested", "/contested", 2.0),
            ("map, binned", "/map", 2.0), ("timeline", "/timeline", 2.0), ("timeline by actor", "/timeline?by=actor", 2.0),
            ("network", "/network", 2.0), ("actors", "/actors", 2.0), ("event", f"/event/{event}", 2.0),
            ("coverage", "/coverage", 2.0), ("sources", "/sources", 2.0), ("ask", "/ask", 2.0),
            ("ask, with a question", "/ask?q=How+many+people+did+Harrow+Front+kill+in+2020?", 2.0),
            ("search", "/search?q=Harrow", 2.0), ("review", "/review", 2.0),
            ("reader, 120,000 characters, 2,500 marks", f"/reader/{long}", 1.0),
        ):  # fmt: skip
            measure(page, label, lambda where=where: page.goto(base + where), budget=budget, before=blank)

        def facet() -> None:
            page.select_option("#f-type", "ASSAULT")
            with page.expect_navigation():
                page.get_by_role("button", name="Show").click()

        measure(
            page, "a facet of events chosen", facet, budget=0.4, before=lambda: page.goto(f"{base}/events")
        )
        measure(
            page, "the evidence of a value opened",
            lambda: (page.locator("main a.value").nth(5).click(), page.locator("#evidence article").first.wait_for()),
            budget=0.4, before=lambda: page.goto(f"{base}/events"),
        )  # fmt: skip
        page.goto(f"{base}/reader/{long}")
        measure(page, "J pressed fifty times in the long document",
                lambda: [page.keyboard.press("j") for _ in range(50)], budget=2.0, before=lambda: None)  # fmt: skip
        review(page, base)
        browser.close()


def review(page: Any, base: str) -> None:
    """Thirty decisions by a quick reader and thirty without a look, while the record is derived behind them."""
    page.goto(f"{base}/review?kind=event")
    for looks, label in ((LOOKS, f"after a look of {LOOKS} s"), (0.0, "without a look")):
        steps = sorted(_decided(page, n, looks) for n in range(DECISIONS))
        middle = statistics.median(steps)
        print(
            f"{f'review: key to the next question, {label}':52} {steps[0]:7.3f} {middle:7.3f} {steps[-1]:7.3f}"
            f"    0.1 {'ok' if middle <= 0.1 else 'OVER'}; over it {sum(s > 0.1 for s in steps)} of {DECISIONS}",
            flush=True,
        )
    print(f"    state: {page.locator('.state').all_text_contents()}")


def _decided(page: Any, number: int, looks: float) -> float:
    page.wait_for_timeout(looks * 1000)
    asked = page.locator("#verdicts input[name=about]").input_value()
    began = time.perf_counter()
    page.keyboard.press("x" if number % 2 else "a")
    page.locator(f"#verdicts input[name=about]:not([value='{asked}'])").first.wait_for(state="attached")
    page.evaluate(DRAWN)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
