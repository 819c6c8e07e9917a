"""The loss report that stands beside every export: what the format does not hold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct


class How(StrEnum):
    """What became of a value: left out, made coarser, or given a value that nobody stated."""

    DROPPED = "dropped"
    ROUNDED = "rounded"
    DEFAULTED = "defaulted"


class Loss(Struct, frozen=True, kw_only=True):
    """One thing that an export does not hold as it is: how many there were, why, and which."""

    what: str
    count: int
    why: str
    how: How = How.DROPPED
    ids: tuple[str, ...] = ()


class Tally:
    """Losses as they are met while a format is written; one line a kind, ids in order of meeting."""

    def __init__(self) -> None:
        self._met: dict[tuple[How, str, str], list[str]] = {}

    def drop(self, what: str, why: str, *ids: str) -> None:
        """A value is left out."""
        self._met.setdefault((How.DROPPED, what, why), []).extend(ids)

    def round(self, what: str, why: str, *ids: str) -> None:
        """A value is made coarser, or more exact than it is."""
        self._met.setdefault((How.ROUNDED, what, why), []).extend(ids)

    def default(self, what: str, why: str, *ids: str) -> None:
        """The format wants a value where none is known."""
        self._met.setdefault((How.DEFAULTED, what, why), []).extend(ids)

    def losses(self) -> list[Loss]:
        """Every loss met, in the order of first meeting."""
        return [
            Loss(what=what, count=len(ids), why=why, how=how, ids=tuple(dict.fromkeys(ids)))
            for (how, what, why), ids in self._met.items()
        ]


class Produced(Struct, frozen=True, kw_only=True):
    """An export before it is written: its file, files that go beside it or into its folder, its losses.

    With no `main` the export is a folder. A name in `beside` is that of a file in the folder, or what is put
    after the name of the main file: "excluded" of `a.csv` is `a_excluded.csv`, "b.txt" is `a_b.txt`.
    """

    main: bytes | None
    losses: tuple[Loss, ...]
    beside: dict[str, bytes] = {}


def report_path(out: Path) -> Path:
    """Where the report of the export `out` goes."""
    return out.with_name(f"{out.name}.loss.json")


def write_report(out: Path, form: str, losses: list[Loss]) -> Path:
    """Write the report of one export; only what was there to lose is listed."""
    path = report_path(out)
    lost = [loss for loss in losses if loss.count]
    content = msgspec.json.encode({"format": form, "lost": lost, "of": out.name}, order="sorted")
    path.write_bytes(msgspec.json.format(content, indent=2) + b"\n")
    return path
