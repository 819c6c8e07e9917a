"""Makes docs/screenshots from the example pile: `PYTHONPATH=src:tests python tools/screenshots.py`.

Needs the extra `browser` and a Chromium. Small JPEGs: every page at 1280 and at 360, in light and in dark.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sourcebook import project
from sourcebook.web.shelf import Shelf
from web.browser.conftest import CHROMIUM, FLAGS, Running

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "screenshots"
SHAPES = tuple((scheme, *size) for scheme in ("light", "dark") for size in ((1280, 860), (360, 740)))
EXAMPLE = ROOT / "examples" / "marrovia"


def main() -> None:
    """Build the example, open each page, keep its picture."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marrovia.sourcebook"
        project.refer(path, [EXAMPLE / "reference.csv"])
        project.build([EXAMPLE / "reports"], path, sources=EXAMPLE / "sources.csv")
        record = Shelf(path).book().record
        event = max(record.events, key=lambda e: len(e.documents))
        actor = max((e for e in record.entities if e.kind == "armed_group"), key=lambda e: len(e.mentions))
        killed = next(f for f in record.facts if f.subject == event.id and f.property == "killed")
        evidence = f"#evidence={','.join(killed.readings[0].claims)}"
        pages = {
            "overview": "/", "events": "/events", "event": f"/event/{event.id}{evidence}",
            "contested": "/contested", "actors": "/actors", "actor": f"/actor/{actor.id}",
            "map": "/map?view=world", "timeline": "/timeline", "network": f"/network/{actor.id}",
            "sources": "/sources", "reader": f"/reader/{record.documents[0].id}",
            "review": "/review", "ask": "/ask", "coverage": "/coverage", "about": "/about",
        }  # fmt: skip
        with Running(path) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context()
            page = context.new_page()
            page.goto(running.opens)
            for scheme, width, height in SHAPES:
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)
                for name in pages:
                    page.goto("about:blank")
                    page.goto(running.base + pages[name])
                    page.wait_for_timeout(250)
                    page.screenshot(path=OUT / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=45)
            browser.close()


if __name__ == "__main__":
    main()
