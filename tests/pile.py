"""A small pile of invented reports, and a sourcebook built from it once for all tests that need one."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from sourcebook import project
from sourcebook.config import Config

REPORTS = {
    "courier.txt": (
        "Velm Courier\n12 May 2031\n\nAttack on a market in Orsk Valley\n\n"
        "Gunmen of the Harrow Front killed at least 14 people at a market in Tarvela on 11 May 2031, "
        "police said. "
        "The Harrow Front, led by Osman Keld, claimed the attack. "
        "The Harrow Front was founded in 2019 and has about 300 fighters.\n"
    ),
    "herald.txt": (
        "Brannock Herald\n13 May 2031\n\nFigures differ after the Tarvela attack\n\n"
        "Officials said that 11 people were killed in the attack on the market in Tarvela on 11 May 2031. "
        "The Harrow Front has more than 900 fighters, according to the interior ministry.\n"
    ),
}
QUICK = Config(workers=0)


def write(folder: Path) -> Path:
    """The reports as files in `folder`/pile."""
    pile = folder / "pile"
    pile.mkdir()
    for name, text in REPORTS.items():
        (pile / name).write_text(text, "utf-8")
    return pile


@lru_cache(maxsize=1)
def built() -> Path:
    folder = Path(mkdtemp(prefix="sourcebook-tests-"))
    project.build([write(folder)], folder / "pile.sourcebook", config=QUICK)
    return folder / "pile.sourcebook"


def copy(folder: Path) -> Path:
    """A copy of the built sourcebook beside its reports, for one test to do with as it likes."""
    shutil.copytree(built().parent, folder / "copy")
    return folder / "copy" / "pile.sourcebook"
