"""Actor claims: who leads, founded, opposes, bases, numbers.

`engine` runs the pattern table `lexicon/relations.tsv`; what a row cannot say has a module of its own.
"""

from __future__ import annotations

from typing import Final

from sourcebook.extract.notes import Notes
from sourcebook.extract.relations import (
    aims,
    course,
    engine,
    founding,
    mutual,
    outlets,
    roles,
    strength,
)
from sourcebook.extract.relations.cast import Cast
from sourcebook.extract.relations.claims import Found
from sourcebook.model import Claim
from sourcebook.ports import Extraction

_MODULES: Final = (engine, mutual, roles, founding, strength, aims, outlets, course)


def find(notes: Notes) -> Extraction:
    """The actor claims of a passage, and the mentions that were made to carry their values."""
    cast = Cast(notes)
    found: dict[str, Found] = {}
    for module in _MODULES:
        for one in module.find(cast):
            found.setdefault(one.claim.id, one)
    known = {m.id for m in notes.mentions}
    made = {m.id: m for one in found.values() for m in one.mentions if m.id not in known}
    claims: list[Claim] = [one.claim for one in found.values()]
    return Extraction(sorted(made.values(), key=lambda m: (m.span, m.kind)), claims)
