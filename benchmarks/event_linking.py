"""How long grouping events takes, and how it grows: synthetic reports of invented incidents.

Run: python benchmarks/event_linking.py [REPORTS...]; without numbers, 1,000 and 10,000. Prints seconds, how they
grow (the ratio, and the exponent of the power that it is), and how many of the planted pairs were found. Times are of the processor, not of the clock.
"""

import random
import sys
from datetime import date, timedelta
from math import log
from time import process_time

from sourcebook.model import ClaimId, Quantity, Status
from sourcebook.resolve.events.link import link
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import Site
from sourcebook.resolve.events.when import When
from sourcebook.resolve.rulings import Rulings

VENUES = [
    "market",
    "school",
    "mosque",
    "church",
    "station",
    "checkpoint",
    "convoy",
    "barracks",
    "bridge",
    "court",
]


def sketches(count: int, seed: int = 7) -> dict[ClaimId, Sketch]:
    """`count` reports of two thirds as many incidents over ten years in a world that grows with the count."""
    chance = random.Random(seed)
    made: dict[ClaimId, Sketch] = {}
    while len(made) < count:
        incident = len(made)
        on = date(2015, 1, 1) + timedelta(days=chance.randrange(3650))
        town = chance.randrange(max(count // 10, 50))
        site = Site(f"x-{town}", "town", f"C{town % 40}", 60.0 * (town % 97) / 97, 3.0 * town)
        words = frozenset((chance.choice(VENUES), f"name{chance.randrange(count)}"))
        for _ in range(chance.choice((1, 1, 2, 3))):
            report = len(made)
            dead = max(chance.choice((1, 3, 8, 20)) + chance.randrange(-1, 2), 1)
            made[ClaimId(f"c-{report:07d}-{incident}")] = Sketch(
                first=ClaimId(f"c-{report:07d}-{incident}"),
                documents=frozenset((f"d-{report}",)),
                family="violence",
                statuses=frozenset((Status.ACCOMPLISHED,)),
                when=When(on, on) if chance.random() < 0.7 else When(on.replace(day=1), on.replace(day=28)),
                sites=frozenset((site,)),
                doers=frozenset((f"g-{chance.randrange(60)}",)) if chance.random() < 0.6 else frozenset(),
                countries=frozenset((site.country,)),
                words=words if chance.random() < 0.8 else frozenset(),
                around=frozenset(f"w{chance.randrange(3000)}" for _ in range(12)),
                tolls=(("killed", Quantity(low=dead, high=dead)),),
            )
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
        f"{count:>7} reports {took:7.1f} s; pairs: planted {planted}, made {pairs}, right {right}; "
        f"proposed {len(made.proposed)}"
    )
    return took


if __name__ == "__main__":
    counts = [int(a) for a in sys.argv[1:]] or [1000, 10_000]
    times = [measure(c) for c in counts]
    for n in range(1, len(counts)):
        more, longer = counts[n] / counts[n - 1], times[n] / times[n - 1]
        print(f"{more:.0f} times as many: {longer:.1f} times as long, exponent {log(longer) / log(more):.2f}")
