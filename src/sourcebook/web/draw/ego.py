"""The network of one actor: it in the middle, others in two columns, so that every name can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

WIDTH: Final = 1000
MIDDLE: Final = WIDTH / 2
_ROW: Final = 30
_EDGE: Final = 292
_MOST: Final = 60
_TOP: Final = 34


class Tie(NamedTuple):
    """One relation between two actors, with the claims that say so; `property` is "" for a common event."""

    other: str
    name: str
    kind: str
    relation: str
    claims: Sequence[str]
    speakers: Sequence[str]
    property: str = ""


class Family(NamedTuple):
    """Relations that are drawn alike: the form of the line, and what the legend says."""

    look: str
    says: str


PEOPLE: Final = Family("people", "leads, belongs to, speaks for")
DESCENT: Final = Family("descent", "comes from, split from, part of")
ALLY: Final = Family("ally", "allied with")
RIVAL: Final = Family("rival", "rival of")
PLACE: Final = Family("place", "based in, recruits from, money from")
EVENT: Final = Family("event", "in the same event")

#: Every family in the order of the legend, each with a line of its own form.
FAMILIES: Final = (PEOPLE, DESCENT, ALLY, RIVAL, PLACE, EVENT)

_FAMILY_OF: Final[Mapping[str, Family]] = MappingProxyType(
    {
        "leader": PEOPLE,
        "deputy_leader": PEOPLE,
        "member": PEOPLE,
        "media_outlet": PEOPLE,
        "parent": DESCENT,
        "split_from": DESCENT,
        "ally": ALLY,
        "rival": RIVAL,
        "base": PLACE,
        "origin": PLACE,
        "recruits_from": PLACE,
        "funding": PLACE,
    }
)
_SHAPES: Final = {"armed_group": "square", "organization": "square", "government": "square"} | {
    "security_force": "square", "media": "square", "place": "diamond", "facility": "diamond",
}  # fmt: skip


class Node(NamedTuple):
    """One neighbour: where it stands, what it is tied by."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    ties: Sequence[Tie]

    @property
    def right(self) -> bool:
        """Whether it stands right of the middle."""
        return self.x > MIDDLE

    @property
    def shape(self) -> str:
        """Round for persons and peoples, square for bodies, pointed for places."""
        return _SHAPES.get(self.kind, "round")

    @property
    def family(self) -> Family:
        """The family of its first relation; those that are facts stand before common events."""
        return family(self.ties[0])

    @property
    def says(self) -> str:
        """The relations in words."""
        return ", ".join(dict.fromkeys(t.relation for t in self.ties))

    @property
    def brief(self) -> str:
        """The first relation in words, and how many more there are."""
        known = list(dict.fromkeys(t.relation if t.property else "same event" for t in self.ties))
        return known[0] + (f" +{len(self.ties) - 1}" if len(self.ties) > 1 else "")

    @property
    def claims(self) -> Sequence[str]:
        """Every claim behind the ties, each once."""
        return tuple(dict.fromkeys(c for t in self.ties for c in t.claims))

    def path(self, height: float) -> str:
        """The line from the middle, as the `d` of an SVG path."""
        start = MIDDLE + (26 if self.right else -26)
        bend = (start + self.x) / 2
        return f"M{start:g} {height / 2:g}C{bend:g} {height / 2:g} {bend:g} {self.y:g} {self.x:g} {self.y:g}"


class Ego(NamedTuple):
    """The neighbours, the height of the picture, the families in it, how many neighbours it leaves out."""

    nodes: Sequence[Node]
    height: float
    families: Sequence[Family]
    left_out: int


def family(tie: Tie) -> Family:
    """How a relation is drawn."""
    return _FAMILY_OF.get(tie.property, PEOPLE) if tie.property else EVENT


def draw(ties: Sequence[Tie]) -> Ego:
    """The neighbours with most said of their ties, relations of one family together, in two columns."""
    by_other: dict[str, list[Tie]] = {}
    for tie in sorted(ties, key=lambda t: (not t.property, FAMILIES.index(family(t)))):
        by_other.setdefault(tie.other, []).append(tie)
    weighed = sorted(by_other.values(), key=lambda t: (not t[0].property, -_said(t), t[0].name))
    kept = sorted(weighed[:_MOST], key=lambda t: (FAMILIES.index(family(t[0])), -_said(t), t[0].name))
    half = (len(kept) + 1) // 2
    columns = (kept[:half], kept[half:])
    height = float(_TOP * 2 + max(1, half) * _ROW + 30)
    nodes = [
        _node(held, number, len(column), right=side == 0, height=height)
        for side, column in enumerate(columns)
        for number, held in enumerate(column)
    ]
    shown = {n.family for n in nodes}
    return Ego(nodes, height, [f for f in FAMILIES if f in shown], max(0, len(weighed) - _MOST))


def _said(ties: Sequence[Tie]) -> int:
    return sum(len(t.claims) for t in ties)


def _node(held: Sequence[Tie], number: int, of: int, *, right: bool, height: float) -> Node:
    y = height / 2 + (number - (of - 1) / 2) * _ROW
    first = held[0]
    return Node(first.other, first.name, first.kind, WIDTH - _EDGE if right else _EDGE, round(y, 1), held)
