"""The network of one actor: it in the middle, those it is tied to around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 900, 640
_MOST = 60
_INNER = 14


class Tie(NamedTuple):
    """One relation between two actors, with the claims that say so."""

    other: str
    name: str
    kind: str
    relation: str
    claims: Sequence[str]
    speakers: Sequence[str]


class Node(NamedTuple):
    """One neighbour: where it stands, and its ties."""

    id: str
    name: str
    x: float
    y: float
    anchor: str
    ties: Sequence[Tie]

    @property
    def says(self) -> str:
        """The relations in words."""
        return ", ".join(dict.fromkeys(t.relation for t in self.ties))

    @property
    def claims(self) -> Sequence[str]:
        """Every claim behind the ties, each once."""
        return tuple(dict.fromkeys(c for t in self.ties for c in t.claims))

    def along(self, part: float) -> tuple[float, float]:
        """The point that far along the line from the middle."""
        return (
            round(WIDTH / 2 + (self.x - WIDTH / 2) * part, 1),
            round(HEIGHT / 2 + (self.y - HEIGHT / 2) * part, 1),
        )


def draw(ties: Sequence[Tie]) -> list[Node]:
    """The neighbours with most said of their ties, at even angles; a second ring where one is full."""
    by_other: dict[str, list[Tie]] = {}
    for tie in ties:
        by_other.setdefault(tie.other, []).append(tie)
    order = sorted(by_other.values(), key=lambda t: (-sum(len(x.claims) for x in t), t[0].name))[:_MOST]
    found = []
    for number, held in enumerate(order):
        angle = 2 * math.pi * (number + 0.5) / len(order) - math.pi / 2
        far = 1.0 if len(order) <= _INNER else (1.0, 0.6, 0.82)[number % 3]
        x = round(WIDTH / 2 + math.cos(angle) * WIDTH * 0.33 * far, 1)
        y = round(HEIGHT / 2 + math.sin(angle) * HEIGHT * 0.42 * far, 1)
        anchor = "start" if math.cos(angle) > 0.3 else "end" if math.cos(angle) < -0.3 else "middle"
        found.append(Node(held[0].other, held[0].name, x, y, anchor, held))
    return found
