"""How long grouping events and naming actors takes, and how it grows: synthetic reports of invented incidents.

Run: python benchmarks/event_linking.py [REPORTS...]; without numbers, 1,000 and 10,000. For each number: that many reports
are linked, and ten times as many mentions of actors resolved (`--events` leaves them out). Prints seconds, peak memory,
how they grow (the ratio, and the exponent of the power that it is), and how many of the planted pairs were found. Times
are of the processor, not of the clock.

What reports of one incident share was set by what real ones do (pairs of the development parts of the Gun Violence Corpus
and ECB+): most have the words around and the word for it in common, half the mode, few name a doer, one in six gives
another figure; one incident in three is like another of the same town and group within the month.
"""

import random
import resource
import sys
from datetime import date, timedelta
from itertools import pairwise
from math import log
from time import process_time
from typing import NamedTuple

import entities

from sourcebook.model import ClaimId, DocumentId, Quantity, Status
from sourcebook.resolve.entities import entities as resolve
from sourcebook.resolve.events.link import link
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import Site
from sourcebook.resolve.events.when import When
from sourcebook.resolve.rulings import Rulings

VENUES = "market school mosque church station checkpoint convoy barracks bridge court".split()
#: Modes, and the words that reports use for an attack of it.
MODES = {
    "explosives": ("bombing", "blast", "explosion"),
    "firearms": ("shooting", "attack"),
    "heavy-weapons": ("shelling", "barrage"),
    "drone": ("drone strike", "attack"),
    "abduct": ("kidnapping", "abduction"),
}


class Incident(NamedTuple):
    """What happened."""

    on: date
    site: Site
    words: frozenset[str]
    group: str
    dead: int
    mode: str
    around: tuple[str, ...]


def incident(chance: random.Random, count: int, like: Incident | None) -> Incident:
    """Something that happens in a world that grows with the count; some things are like what was before."""
    town = chance.randrange(max(count // 10, 50))
    made = Incident(
        on=date(2015, 1, 1) + timedelta(days=chance.randrange(3650)),
        site=Site(f"x-{town}", "town", f"C{town % 40}", 60.0 * (town % 97) / 97, 3.0 * town),
        words=frozenset((chance.choice(VENUES), f"name{chance.randrange(count)}")),
        group=f"g-{chance.randrange(60)}",
        dead=chance.choice((1, 2, 3, 5, 8, 20)),
        mode=chance.choice(sorted(MODES)),
        around=tuple(word(chance) for _ in range(24)),
    )
    if like is None or chance.random() > 0.3:
        return made
    later = like.on + timedelta(days=chance.randrange(1, 30))
    return made._replace(on=later, site=like.site, group=like.group, mode=like.mode)


def word(chance: random.Random) -> str:
    """One that any report may have; equal ones are one string, as those that are read from texts are."""
    return sys.intern(f"w{chance.randrange(3000)}")


def report(it: Incident, number: int, of: int, chance: random.Random) -> Sketch:
    """One outlet's words about it."""
    moved = max(it.dead + (chance.randrange(-2, 3) if chance.random() < 0.16 else 0), 1)
    name = ClaimId(f"c-{number:07d}-{of}")
    return Sketch(
        first=name,
        documents=frozenset((DocumentId(f"d-{number}"),)),
        family="violence",
        statuses=frozenset((Status.ACCOMPLISHED,)),
        when=When(it.on, it.on)
        if chance.random() < 0.7
        else When(it.on.replace(day=1), it.on.replace(day=28)),
        sites=frozenset((it.site,)),
        named_in=frozenset(((it.site.key, DocumentId(f"d-{number}")),)),
        doers=frozenset((it.group,)) if chance.random() < 0.35 else frozenset(),
        countries=frozenset((it.site.country,)),
        words=it.words if chance.random() < 0.7 else frozenset(),
        around=frozenset((*chance.sample(it.around, 8), *(word(chance) for _ in range(6)))),
        tolls=(("killed", Quantity(low=moved, high=moved)),),
        modes=frozenset((it.mode,)) if chance.random() < 0.8 else frozenset(),
        triggers=frozenset((chance.choice(MODES[it.mode]),)),
    )


def sketches(count: int, seed: int = 7) -> dict[ClaimId, Sketch]:
    """`count` reports of half as many incidents over ten years."""
    chance = random.Random(seed)
    made: dict[ClaimId, Sketch] = {}
    last: Incident | None = None
    while len(made) < count:
        of, last = len(made), incident(chance, count, last)
        for _ in range(chance.choice((1, 1, 2, 3))):
            told = report(last, len(made), of, chance)
            made[told.first] = told
    return made


def measure(count: int) -> float:
    """Seconds to link `count` reports; prints what was found."""
    reports = sketches(count)
    began = process_time()
    made = link([], reports, Rulings())
    took = process_time() - began
    incident = {c: c.rsplit("-", 1)[1] for c in reports}
    pairs = sum(len(g) * (len(g) - 1) // 2 for g in made.groups.values())
    right = sum(
        incident[a] == incident[b] for g in made.groups.values() for n, a in enumerate(g) for b in g[n + 1 :]
    )
    sizes: dict[str, int] = {}
    for name in incident.values():
        sizes[name] = sizes.get(name, 0) + 1
    planted = sum(n * (n - 1) // 2 for n in sizes.values())
    print(
        f"{count:>9,} reports {took:7.1f} s, {peak():,.0f} MB; pairs: planted {planted:,}, made {pairs:,}, "
        f"right {right:,}; proposed {len(made.proposed):,}"
    )
    return took


def named(count: int) -> float:
    """Seconds to resolve `count` mentions of actors; prints what was found."""
    documents, mentions, _ = entities.pile(count)
    began = process_time()
    made = resolve(documents, mentions, [])
    took = process_time() - began
    print(f"{count:>9,} mentions {took:6.1f} s, {peak():,.0f} MB; {len(made.entities):,} entities")
    return took


def peak() -> float:
    """The most memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def grown(counts: list[int], times: list[float]) -> None:
    """Print how seconds grew from count to count."""
    for (few, quick), (many, slow) in pairwise(zip(counts, times, strict=True)):
        more, longer = many / few, slow / quick
        print(f"{more:.0f} times as many: {longer:.1f} times as long, exponent {log(longer) / log(more):.2f}")


if __name__ == "__main__":
    sizes = [int(a) for a in sys.argv[1:] if not a.startswith("-")] or [1000, 10_000]
    grown(sizes, [measure(c) for c in sizes])
    if "--events" not in sys.argv:
        grown(sizes, [named(10 * c) for c in sizes])
