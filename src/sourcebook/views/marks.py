"""A text cut where its marks begin and end, so that overlapping marks are all kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from sourcebook.model import Mask, MentionKind

#: How a reader tells marks apart: each of these has its own underline and colour.
LOOKS = ("actor", "place", "date", "number", "claim", "thing")

_LOOK_OF = {
    MentionKind.PLACE: "place",
    MentionKind.FACILITY: "place",
    MentionKind.TIME: "date",
    MentionKind.QUANTITY: "number",
    MentionKind.WEAPON: "thing",
    MentionKind.IDEA: "thing",
}


class Mark(Struct, frozen=True):
    """Code points [start, end) that are marked: how they look, whose they are, what they are called."""

    start: int
    end: int
    look: str
    id: str = ""
    label: str = ""


class Piece(Struct, frozen=True):
    """A stretch of text under the same marks, outermost first; `opens` are the ids that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[str, ...] = ()
    mask: str = ""

    @property
    def looks(self) -> tuple[str, ...]:
        """The looks of its marks, each once."""
        return tuple(dict.fromkeys(m.look for m in self.marks))


def look(kind: MentionKind) -> str:
    """How mentions of a kind are marked."""
    return _LOOK_OF.get(kind, "actor")


def pieces(
    text: str, start: int, end: int, *, marks: Iterable[Mark], masks: Iterable[Mask] = ()
) -> list[Piece]:
    """The text from `start` to `end`, cut at every boundary of a mark, a mask or a line."""
    inside = sorted(
        (m for m in marks if m.start < end and start < m.end), key=lambda m: (m.start, -m.end, m.id)
    )
    covers = [m for m in masks if m.start < end and start < m.end]
    cuts = {start, end}
    for left, right in (*((m.start, m.end) for m in inside), *((m.start, m.end) for m in covers)):
        cuts.update((max(start, left), min(end, right)))
    cuts.update(n for at in _lines(text, start, end) for n in (at, at + 1))
    found: list[Piece] = []
    active: list[Mark] = []
    waiting = iter(inside)
    following = next(waiting, None)
    for left, right in pairwise(sorted(c for c in cuts if start <= c <= end)):
        active = [m for m in active if m.end > left]
        opens = []
        while following is not None and following.start <= left:
            active.append(following)
            opens.append(following.id)
            following = next(waiting, None)
        mask = next((m.why for m in covers if m.start <= left and right <= m.end), "")
        found.append(Piece(text[left:right], tuple(active), tuple(i for i in opens if i), mask))
    return found


def lines(found: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces by line of the text, empty lines left out."""
    rows: list[list[Piece]] = [[]]
    for piece in found:
        if piece.text == "\n":
            rows.append([])
        else:
            rows[-1].append(piece)
    return [row for row in rows if any(p.text.strip() for p in row)]


def _lines(text: str, start: int, end: int) -> Iterable[int]:
    at = text.find("\n", start, end)
    while at >= 0:
        yield at
        at = text.find("\n", at + 1, end)
