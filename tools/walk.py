"""Walks a record in a real browser as an analyst would, and prints what held.

    PYTHONPATH=src:tests python tools/walk.py FILE "words of an event"

Needs the extra `browser` and a Chromium. FILE is copied first and stays as it is. The words find an event
about whose killed the sources differ. Its readings are followed to the words in the documents, one passage
is split off and brought back, a question asked, a dossier printed, every page used by keyboard alone and
checked by axe.
Ends with 1 if a step failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from web.browser.analyst import Walk
from web.browser.conftest import CHROMIUM, FLAGS, Running, Watched

#: What follows from a decision is derived behind the page, however busy the machine is.
PATIENCE_MS = 120_000
STOPS = 12


def main() -> int:
    """Walk, print, and fail if a step did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("words", metavar="WORDS", help="what the event is looked for by")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given.file, Path(folder) / "walk.sourcebook"))
        with Running(path, settle=None) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(PATIENCE_MS)
            watched = Watched(context.new_page(), running.base)
            watched.page.goto(running.opens)
            walk = Walk(watched, path, given.words, stops=STOPS)
            held = [taken(step) for step in (*walk.steps(), walk.axe, walk.clean)]
            browser.close()
    return 0 if all(held) else 1


def taken(step: Callable[[], str]) -> bool:
    """Whether a step held; its line of the table is printed."""
    begun = time.monotonic()
    try:
        held, said = True, step()
    except Exception as error:
        # Whatever went wrong, the next step is walked all the same.
        held, said = False, str(error)[:1200]
    name = step.__name__.replace("_", " ")
    print(f"{'ok' if held else 'FAIL':5} {name:18} {time.monotonic() - begun:5.1f} s  {said}", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
