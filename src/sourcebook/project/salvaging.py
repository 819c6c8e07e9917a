"""A damaged sourcebook to a whole one: what can be read is kept, what cannot is named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from sourcebook.config import Config
from sourcebook.errors import InputError
from sourcebook.model import Decision
from sourcebook.ports import Raw
from sourcebook.project import exchanging, referring
from sourcebook.project.building import build
from sourcebook.project.deriving import derive_into
from sourcebook.project.telling import Progress
from sourcebook.read import lists
from sourcebook.store.salvage import Damage, Salvage, salvage
from sourcebook.store.store import Store


class Salvaged(NamedTuple):
    """What was had back: each table as it was found, the files whose bytes are gone, and the log.

    `chained_anew` tells that a decision is missing: those left have new ids, and name their first ones.
    """

    tables: list[Damage]
    files: int
    lost: list[str]
    decisions: int
    chained_anew: bool

    @property
    def whole(self) -> bool:
        """Whether nothing that cannot be made again was lost."""
        return not self.lost and not self.chained_anew and all(t.why is None for t in self.tables)


def into(
    path: Path, out: Path, *, config: Config | None = None, progress: Progress | None = None
) -> Salvaged:
    """Make the sourcebook `out` from what can be read of `path`; `path` is not touched.

    Files are read again from the bytes that were kept of them, and everything that follows is made again.

    Raises:
        InputError: `out` exists already, or cannot be written.
        NotASourcebook: `path` is something else, or nothing in it can be found.
    """
    if out.exists():
        raise InputError(f"{out} exists already; name a new file")
    found = salvage(path)
    with Store(out, create=True) as store, store.transaction():
        _evidence(store, found)
    build((), out, config=config, progress=progress)
    chained_anew = not _is_chain(found.decisions)
    if found.decisions:
        _decisions(out, found.decisions, config or Config(), anew=chained_anew)
    return Salvaged(
        tables=found.tables,
        files=sum(file.content is not None for file in found.originals),
        lost=found.lost,
        decisions=len(found.decisions),
        chained_anew=chained_anew,
    )


def _evidence(store: Store, found: Salvage) -> None:
    if found.as_of is not None:
        store.put_as_of(found.as_of)
    for entry in found.custody:
        store.note_custody(entry)
    for row in found.skipped:
        store.put_skipped(row)
    for file in found.originals:
        if file.content is not None:
            raw = Raw(file.content, file.path, msgspec.json.decode(file.given, type=dict[str, str]))
            # Kept as read by no version of the reader: the build reads it again.
            store.put_file(raw, (), read_from=file.read_from, reader="")
    for held in found.lists:
        if held.content is not None:
            referring.keep(store, lists.parse(held.content, held.name, held.licence), held.content)


def _is_chain(log: list[Decision]) -> bool:
    before = ""
    for decision in log:
        if decision.previous != before:
            return False
        before = decision.id
    return True


def _decisions(out: Path, log: list[Decision], config: Config, *, anew: bool) -> None:
    if anew:
        exchanging.take_in(out, exchanging.lines(log), config)
        return
    with Store(out) as store, store.transaction():
        for decision in log:
            store.append(decision)
        derive_into(store, config)
