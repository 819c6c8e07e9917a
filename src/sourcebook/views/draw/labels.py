"""Names beside points, none on top of another."""

from __future__ import annotations

from typing import NamedTuple

from sourcebook.views.draw import svg


class Label(NamedTuple):
    """A name where there was room for it."""

    text: str
    x: float
    y: float
    anchor: str
    size: float


class Room:
    """What is taken of a picture; the first who asks is served."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}

    def take(self, left: float, top: float, right: float, foot: float) -> None:
        """Take a box."""
        for cell in self._cells(left, top, right, foot):
            self._taken.setdefault(cell, []).append((left, top, right, foot))

    def free(self, left: float, top: float, right: float, foot: float) -> bool:
        """Whether a box lies in the picture and on nothing that is taken."""
        if left < 2 or top < 2 or right > self.width - 2 or foot > self.height - 2:
            return False
        return not any(
            left < r and a < right and top < f and t < foot
            for cell in self._cells(left, top, right, foot)
            for a, t, r, f in self._taken.get(cell, ())
        )

    def label(self, text: str, at: tuple[float, float], off: float, size: float = 13.0) -> Label | None:
        """The name right of its point, else left, above or below; None where there is no room."""
        x, y = at
        wide, gap = svg.wide(text, size), off + 4
        places = (
            (x + gap, y + size * 0.35, "start", x + gap, x + gap + wide),
            (x - gap, y + size * 0.35, "end", x - gap - wide, x - gap),
            (x, y - gap, "middle", x - wide / 2, x + wide / 2),
            (x, y + gap + size * 0.7, "middle", x - wide / 2, x + wide / 2),
        )
        for tx, ty, anchor, left, right in places:
            box = (left, ty - size * 0.9, right, ty + size * 0.25)
            if self.free(*box):
                self.take(*box)
                return Label(text, tx, ty, anchor, size)
        return None

    @staticmethod
    def _cells(left: float, top: float, right: float, foot: float) -> list[tuple[int, int]]:
        return [
            (column, row)
            for column in range(int(left // 80), int(right // 80) + 1)
            for row in range(int(top // 40), int(foot // 40) + 1)
        ]
