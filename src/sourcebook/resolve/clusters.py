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


def clusters(ids: Sequence[str], links: Iterable[Link], apart: Collection[frozenset[str]] = ()) -> Clustering:
    """Group `ids` by the links, never letting a group hold both ends of a pair of `apart`.

    Links are taken in the order given, so decided ones go first. A link that would bring two ids of `apart`
    into one group is not dropped: it comes back in `refused`, for review.
    """
    place = {i: n for n, i in enumerate(ids)}
    group = {i: {i} for i in ids}
    enemies = _enemies(apart)
    used: list[Link] = []
    refused: list[Link] = []
    for link in links:
        if link.left not in group or link.right not in group:
            continue
        left, right = group[link.left], group[link.right]
        if left is right:
            used.append(link)
        elif _hostile(left, right, enemies):
            refused.append(link)
        else:
            small, large = sorted((left, right), key=len)
            large |= small
            for member in small:
                group[member] = large
            used.append(link)
    unique = {id(members): members for members in group.values()}
    groups = [tuple(sorted(m, key=place.__getitem__)) for m in unique.values()]
    return Clustering(sorted(groups, key=lambda g: place[g[0]]), used, refused)


def _enemies(apart: Collection[frozenset[str]]) -> dict[str, set[str]]:
    enemies: dict[str, set[str]] = {}
    for pair in apart:
        left, right = sorted(pair)
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    return enemies


def _hostile(left: set[str], right: set[str], enemies: dict[str, set[str]]) -> bool:
    small, large = sorted((left, right), key=len)
    return any(enemies.get(member, set()) & large for member in small)
