"""Sites of events, and what most claims of a group give: a stray one is no reason to join the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: Precisions that are as fine as a town; "village" is a settlement that no table knows.
FINE = frozenset(("site", "town", "district", "village"))
#: Precisions of towns, and of names that no table knows.
TOWNS = frozenset(("town", "district", "village", "none"))


class Site(NamedTuple):
    """A place of an event: its entity's id, or its name in lower case where it was not resolved.

    `unit` is the first-order unit that it is or lies in; `near` are the keys of places that it is named with
    ("Oskalla in Pervin"), for places that no table knows.
    """

    key: str
    precision: str
    country: str
    lat: float | None = None
    lon: float | None = None
    unit: str = ""
    name: str = ""
    near: frozenset[str] = frozenset()

    @property
    def fine(self) -> bool:
        """Whether it is a town or something within one."""
        return self.precision in FINE


class Main(NamedTuple):
    """The sites, doers and modes that most claims of a group give, of those that give any."""

    sites: frozenset[Site]
    doers: frozenset[str]
    modes: frozenset[str]


class Votes(NamedTuple):
    """How many claims of a group give each site (by its key), doer and mode, and which most of them give."""

    sites: dict[str, int]
    doers: dict[str, int]
    modes: dict[str, int]
    main: Main


def cast(given: Main) -> Votes:
    """The votes of one claim."""
    sites, doers, modes = ((s.key for s in given.sites), given.doers, given.modes)
    return Votes(dict.fromkeys(sites, 1), dict.fromkeys(doers, 1), dict.fromkeys(modes, 1), given)


def counted(one: Votes, two: Votes, everywhere: frozenset[Site]) -> Votes:
    """The votes of two groups together; `everywhere` is all their sites. Only towns are voted out."""
    sites, doers, modes = (_summed(a, b) for a, b in zip(one[:3], two[:3], strict=True))
    towns = {s.key for s in everywhere if s.precision in TOWNS}
    main = _most({k: n for k, n in sites.items() if k in towns})
    here = frozenset(s for s in everywhere if s.precision not in TOWNS or s.key in main)
    return Votes(sites, doers, modes, Main(here, _most(doers), _most(modes)))


def _summed(one: Mapping[str, int], two: Mapping[str, int]) -> dict[str, int]:
    return {**one, **{k: one.get(k, 0) + n for k, n in two.items()}}


def _most(counts: Mapping[str, int]) -> frozenset[str]:
    """Those that at least half as many claims give as the one that most give."""
    most = max(counts.values(), default=0)
    return frozenset(k for k, n in counts.items() if 2 * n >= most)
