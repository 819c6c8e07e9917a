"""Groups of ids that respect what a person has decided and what may never be joined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """Two ids that are proposed to be one, how surely (0 to 1), and why in words."""

    left: str
    right: str
    score: float
    why: str


class Clustering(NamedTuple):
    """Groups in the order of `ids`, every id in exactly one; the links that made them; the refused."""

    groups: list[tuple[str, ...]]
    used: list[Link]
    refused: list[Link]


class Groups:
    """A partition of ids that never joins both ends of a pair of `apart`.

    A group is named by its member that comes first in `ids`. Joining costs the smaller group's size.
    """

    def __init__(self, ids: Sequence[str], apart: Collection[frozenset[str]] = ()) -> None:
        self._place = {i: n for n, i in enumerate(ids)}
        self._of = {i: i for i in self._place}
        self._members = {i: [i] for i in self._place}
        self._first = {i: i for i in self._place}
        self._enemies = _enemies(apart)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._of

    def name(self, identifier: str) -> str:
        """The group that holds an id."""
        return self._first[self._of[identifier]]

    def members(self, identifier: str) -> tuple[str, ...]:
        """The ids of the group that holds an id, in the order of `ids`."""
        return tuple(sorted(self._members[self._of[identifier]], key=self._place.__getitem__))

    def hostile(self, left: str, right: str) -> bool:
        """Whether a pair of `apart` has one end in each of the two groups."""
        if not self._enemies:
            return False
        small, large = self._by_size(left, right)
        return any(
            self._of.get(enemy) == large
            for member in self._members[small]
            for enemy in self._enemies.get(member, ())
        )

    def join(self, left: str, right: str) -> str:
        """Make one group of the two that hold `left` and `right`; its name."""
        small, large = self._by_size(left, right)
        if small != large:
            for member in self._members[small]:
                self._of[member] = large
            self._members[large] += self._members.pop(small)
            first = min(self._first[large], self._first.pop(small), key=self._place.__getitem__)
            self._first[large] = first
        return self._first[large]

    def part(self, identifier: str) -> tuple[str, ...]:
        """Take apart the group that holds an id; its ids, each now by itself."""
        members = self.members(identifier)
        root = self._of[identifier]
        del self._members[root], self._first[root]
        for member in members:
            self._of[member] = self._first[member] = member
            self._members[member] = [member]
        return members

    def _by_size(self, left: str, right: str) -> tuple[str, str]:
        one, two = self._of[left], self._of[right]
        return (one, two) if len(self._members[one]) < len(self._members[two]) else (two, one)

    def all(self) -> list[tuple[str, ...]]:
        """Every group, in the order of `ids`."""
        return [self.members(n) for n in sorted(self._first.values(), key=self._place.__getitem__)]


def clusters(ids: Sequence[str], links: Iterable[Link], apart: Collection[frozenset[str]] = ()) -> Clustering:
    """Group `ids` by the links, never letting a group hold both ends of a pair of `apart`.

    Links are taken in the order given, so decided ones go first. A link that would bring two ids of `apart`
    into one group is not dropped: it comes back in `refused`, for review.
    """
    groups = Groups(ids, apart)
    used: list[Link] = []
    refused: list[Link] = []
    for link in links:
        if link.left not in groups or link.right not in groups:
            continue
        if groups.name(link.left) != groups.name(link.right) and groups.hostile(link.left, link.right):
            refused.append(link)
        else:
            groups.join(link.left, link.right)
            used.append(link)
    return Clustering(groups.all(), used, refused)


def _enemies(apart: Collection[frozenset[str]]) -> dict[str, tuple[str, ...]]:
    enemies: dict[str, set[str]] = {}
    for pair in apart:
        left, right = sorted(pair)
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    return {i: tuple(sorted(those)) for i, those in enemies.items()}
