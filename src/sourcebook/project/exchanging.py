"""Decisions out of one sourcebook and into another: JSON Lines, chained anew, each with its first id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from sourcebook.config import Config
from sourcebook.errors import InputError
from sourcebook.model import Decision
from sourcebook.project.deriving import derive_into
from sourcebook.store.store import Store

_IMPORTED: Final = re.compile(r"\[imported (n-[0-9a-f]{12})\]")


class Imported(NamedTuple):
    """How many decisions were taken in, and how many were there already."""

    new: int
    known: int


class _Line(msgspec.Struct, frozen=True):
    """A decision as a line: its id beside it, so that a change on the way is noticed."""

    id: str
    decision: Decision


def export(path: Path) -> bytes:
    """Every decision of a sourcebook, oldest first, one a line."""
    with Store(path) as store:
        return lines(store.decisions())


def lines(log: Iterable[Decision]) -> bytes:
    """Decisions, one a line, in the form that `take_in` reads."""
    encode = msgspec.json.Encoder(order="sorted").encode
    return b"".join(encode(_Line(entry.id, entry)) + b"\n" for entry in log)


def take_in(path: Path, content: bytes, config: Config | None = None) -> Imported:
    """Append the decisions of an export; one that is there already, by its first id, is left out.

    Who decided and when stay; the reason gains the first id. Ids of decisions that are undone are translated.

    Raises:
        InputError: a line is no decision, or not the one that its id was made of.
    """
    given = _read(content)
    with Store(path) as store:
        log = store.decisions()
        mine = {_first_id(entry): str(entry.id) for entry in log} | {str(e.id): str(e.id) for e in log}
        head = log[-1].id if log else ""
        new = 0
        with store.transaction():
            for line in given:
                origin = _first_id(line.decision)
                if origin in mine:
                    mine[line.id] = mine[origin]
                    continue
                entry = _appended(line.decision, origin, mine, head)
                store.append(entry)
                mine[origin] = mine[line.id] = head = entry.id
                new += 1
            derive_into(store, config or Config())
    return Imported(new, len(given) - new)


def _read(content: bytes) -> Sequence[_Line]:
    found = []
    for number, raw in enumerate(content.splitlines(), 1):
        try:
            line = msgspec.json.decode(raw, type=_Line)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise InputError(f"line {number} holds no decision: {error}") from error
        if line.decision.id != line.id:
            raise InputError(f"line {number}: {line.id} was altered after it was exported")
        found.append(line)
    return found


def _first_id(decision: Decision) -> str:
    """The id that a decision had where it was taken."""
    marks = _IMPORTED.findall(decision.why)
    return marks[-1] if marks else str(decision.id)


def _appended(decision: Decision, origin: str, mine: dict[str, str], head: str) -> Decision:
    why = decision.why if _IMPORTED.search(decision.why) else f"{decision.why} [imported {origin}]".strip()
    return replace(
        decision,
        about=tuple(mine.get(i, i) for i in decision.about),
        anchors=tuple(replace(a, id=mine.get(a.id, a.id)) for a in decision.anchors),
        why=why,
        previous=head,
    )
