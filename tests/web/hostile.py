"""A pile whose every title, name, quotation, address and file name tries to run, load or hide something."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import Proposal, Record, Verdict
from sourcebook.project import reviewing
from sourcebook.store.derived import Name
from sourcebook.store.store import Store

#: What each says, were it to run; none of it may.
SETS: Final = "window.ran=1"
OPENS: Final = f"<script>{SETS}</script>"
EVIL: Final = (
    f"</script>{OPENS}</title></textarea></svg><img src=//evil.example/x onerror={SETS}>"
    f"\" onmouseover={SETS} onfocus={SETS} autofocus x='{{{{ 7*7 }}}}{{% raise %}}"
    f"<a href=javascript:{SETS}>here</a><!-- \u202e\u2066live\u202c "
)
ADDRESSES: Final = (f"javascript:{SETS}", f"data:text/html,{OPENS}", f'https://evil.example/"onclick="{SETS}')
DAYS: Final = ("12 May 2031", "13 May 2031", "14 May 2031")
DEEDS: Final = (
    "On 11 May 2031 gunmen of the Harrow Front killed at least 12 people at a market in Nairobi.",
    "Officials said that 19 people were killed in the attack on the market in Nairobi on 11 May 2031.",
    "The Harrow Front, an ally of the Amber League, killed 4 soldiers in Mombasa on 2 April 2031.",
)
#: Keys of what is derived whose values are words of documents, or made with them.
_WORDS: Final = frozenset(
    ("name", "label", "why", "explanation", "text", "basis", "joined", "speakers", "path")
)


def pile(folder: Path) -> Path:
    """A sourcebook of three reports; every word that is derived bears the evil, and so does a decision."""
    reports, table = folder / "pile", folder / "sources.csv"
    reports.mkdir()
    with table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "publisher", "title", "author", "published", "url"])
        for number, (day, deed, address) in enumerate(zip(DAYS, DEEDS, ADDRESSES, strict=True)):
            name = f'{number}<img src=x onerror={SETS}>"{{{{ 7*7 }}}}\u202e.txt'
            text = f'{day}\n\n{deed}\n"We {EVIL} did it," said Osman Keld, its leader.\n{EVIL}\n'
            (reports / name).write_text(text, "utf-8")
            rows.writerow(
                [name, f"{number} {EVIL}", f"{EVIL} {number}", EVIL, f"2031-05-1{number + 2}", address]
            )
    out = folder / "evil.sourcebook"
    project.build([reports], out, sources=table, config=Config(workers=0))
    one, other = project.record(out).events[:2]
    signed = (EVIL, datetime(2031, 6, 1, tzinfo=UTC), EVIL)
    reviewing.decide(out, Verdict.DIFFERENT, (one.id, other.id), signed=signed)
    _poison(out)
    return out


def _poison(path: Path) -> None:
    """Put the evil before every word of what was derived, as an extractor that understands less would."""
    with Store(path) as store:
        record, name = store.record(), store.derived_name()
        one, other = record.events[:2]
        asked = Proposal(kind="event", about=(one.id, other.id), score=0.5, why="They are of one kind.")
        derived = {name: getattr(record, name) for name in ("entities", "events", "facts")}
        evil = _evil(msgspec.to_builtins({**derived, "proposals": [*record.proposals, asked]}))
        made = msgspec.convert({**msgspec.to_builtins(record), **evil}, Record)
        store.put_derived(made, name=name or Name(""), evidence=store.evidence())


def _evil(held: Any, key: str = "") -> Any:
    if isinstance(held, dict):
        return {k: _evil(v, k) for k, v in held.items()}
    if isinstance(held, list | tuple):
        return [_evil(v, key) for v in held]
    return EVIL + held if isinstance(held, str) and key in _WORDS else held
