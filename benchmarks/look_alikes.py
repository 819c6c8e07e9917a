"""How well events are merged where incidents look alike: piles whose incidents are known.

Run: python benchmarks/look_alikes.py [REPORTS]; 120 unless a number is given. Two piles are built. "clippings" is that
of `big_pile.py`: long reports, every town invented, so that no table helps to hold attacks apart. "wires" is made here:
short reports in other words, half of the towns in the gazetteer and half not, and incidents that come in pairs: two
attacks in one town on one day, an attack and its like in the same town a week later, attacks in neighbouring towns on
one day, and some alone; figures move, victims die of wounds days later, round-ups tell of several in one text.

Printed for each: B3 (Bagga and Baldwin 1998) and pairs, precision and recall, over the claims of violence whose
incident is known; the largest event and how many incidents it takes for one; how many of the pairs of look-alikes
share an event.
"""

from __future__ import annotations

import random
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import big_pile
from big_pile import Part

from sourcebook import project
from sourcebook.model import ClaimId, Record
from sourcebook.resolve.events.joining import is_event
from sourcebook.resolve.events.sketch import family

Told = tuple[str, list[Part]]
BEGAN = date(2027, 3, 1)
INVENTED = (
    "Oskalla Pervin Dhomari Talvesk Brenuga Kirvat Solmeida Anquor Jebrath Lumesh Varzana Tikkory Esmerin Holvad "
    "Qalimar Rendova Suthik Umbrelin Wardesh Zoremba Arlunga Bistova Cadrune Felmary"
).split()
GROUPS = ("People's Dawn Column", "Ninth of June Brigade", "Guardians of Salt", "Free Hill Army")
WITNESSES = ("a shopkeeper", "a nurse", "a lorry driver", "a teacher")
AGENCIES = ("Meridian", "Southwire", "The Lantern", "Daily Compass", "Radio Nine", "Kestrel News")
#: What was struck, by what, and the two nouns that reports use for it.
DEEDS = (
    ("a suicide bomber blew himself up at {place}", "suicide bombing", "blast"),
    ("gunmen on motorcycles shot at {place}", "shooting", "attack"),
    ("a car bomb went off outside {place}", "car bombing", "explosion"),
    ("rockets hit {place}", "rocket attack", "barrage"),
    ("fighters overran {place}", "assault", "raid"),
)
PLACES = (
    "a bakery", "the bus depot", "a wedding hall", "the courthouse", "a vegetable market", "a police barracks",
    "a clinic", "the grain silo", "a girls' school", "a checkpoint", "a cattle fair", "the post office",
)  # fmt: skip


class Incident(NamedTuple):
    """What happened; `twin` is the key of the incident that it is easily taken for."""

    key: str
    on: date
    town: str
    deed: tuple[str, str, str]
    place: str
    group: str
    killed: int
    hurt: int
    twin: str = ""


def towns(chance: random.Random) -> list[list[str]]:
    """Pairs of neighbouring towns of one province: half of them in the gazetteer, half invented."""
    table = files("sourcebook.gazetteer").joinpath("tables", "places.tsv").read_text("utf-8").splitlines()
    units: dict[str, list[str]] = defaultdict(list)
    for line in table:
        name, kind, country, unit, *_, people = line.split("\t")[1:]
        if kind == "town" and country == "BO" and int(people or 0) > 15_000 and name.isalpha():
            units[unit].append(name)
    known = [chance.sample(those, 2) for _, those in sorted(units.items()) if len(those) > 2]
    made = list(INVENTED)
    chance.shuffle(made)
    return known[:8] + [made[n : n + 2] for n in range(0, 16, 2)]


def incidents(seed: int, count: int) -> list[Incident]:
    """Groups of incidents that look alike, in the order of their days."""
    chance = random.Random(seed)
    pairs = towns(chance)
    made: list[Incident] = []
    while len(made) < count:
        one = _incident(f"i{len(made)}", chance, chance.choice(pairs)[0])
        made.append(one)
        key, kind = f"i{len(made)}", chance.random()
        if kind < 0.25:
            other = chance.choice([p for p in PLACES if p != one.place])
            made.append(_like(one, key, chance, place=other, deed=chance.choice(DEEDS)))
        elif kind < 0.5:
            made.append(_like(one, key, chance, on=one.on + timedelta(days=7)))
        elif kind < 0.75:
            beside = next(p for p in pairs if one.town in p)[1]
            made.append(_like(one, key, chance, town=beside))
    return sorted(made[:count], key=lambda i: (i.on, i.key))


def _incident(key: str, chance: random.Random, town: str) -> Incident:
    on = BEGAN + timedelta(days=chance.randrange(40))
    killed = chance.choice((1, 2, 3, 4, 6, 8, 11, 15, 24))
    return Incident(
        key, on, town, chance.choice(DEEDS), chance.choice(PLACES), chance.choice(GROUPS), killed,
        killed + chance.randrange(9),
    )  # fmt: skip


def _like(one: Incident, key: str, chance: random.Random, **other: object) -> Incident:
    """The same but for what is given, and a toll of its own."""
    killed = max(one.killed + chance.choice((-2, -1, 0, 1, 3)), 1)
    return one._replace(key=key, twin=one.key, killed=killed, hurt=killed + chance.randrange(9), **other)


def wires(count: int, seed: int = 11) -> Iterator[Told]:
    """`count` short reports about half as many incidents."""
    chance = random.Random(seed + 1)
    dated: list[tuple[date, list[Part]]] = []
    happened = incidents(seed, max(count * 2 // 5, 4))
    for n, it in enumerate(happened):
        lags = sorted(chance.choice((0, 0, 1, 1, 2, 4)) for _ in range(chance.choice((1, 2, 2, 3, 4))))
        dated.extend((it.on + timedelta(days=late), _wire(it, late, chance)) for late in lags)
        if n % 9 == 8:
            dated.append((it.on + timedelta(days=6), _roundup(happened[n - 5 : n + 1], chance)))
    dated.sort(key=lambda d: (d[0], d[1][0].text))
    for number, (on, parts) in enumerate(dated[:count]):
        head = Part(f"{chance.choice(AGENCIES)}\n{on:%B} {on.day}, {on.year}\n\n")
        yield f"wires/{number:05d}.txt", [head, *parts, Part("\n")]


def _wire(it: Incident, late: int, chance: random.Random) -> list[Part]:
    """A headline and a few sentences, `late` days after it."""
    deed = it.deed[0].format(place=it.place)
    day = chance.choice((f"{it.on:%A}", f"{it.on:%B} {it.on.day}", f"{it.on:%A}"))
    toll = it.killed + (chance.choice((0, 1, 1, 2)) if late else 0)
    dead = f"{toll} dead" if toll > 1 else "One dead"
    lead = chance.choice((
        f"{it.town.upper()} — {deed[0].upper()}{deed[1:]} in {it.town} on {day}, leaving {_people(toll)} dead.",
        f"{_people(toll).capitalize()} lost their lives on {day} as {deed} in the town of {it.town}.",
        f"Residents of {it.town} buried their dead after {deed} there on {day}. {_people(toll).capitalize()} were killed.",
        f"On {day} {deed} in {it.town}; {_people(toll)} died and {it.hurt} were hurt, medics said.",
    ))  # fmt: skip
    more = [
        f"“The {it.deed[2]} threw me to the ground,” {chance.choice(WITNESSES)} said.",
        f"The {it.group} said that it was behind the {it.deed[1]}.",
        f"Nobody has owned up to the {it.deed[1]}, but the governor pointed at the {it.group}.",
        f"Doctors in {it.town} treated {it.hurt} people for injuries from the {it.deed[2]}.",
        f"The {it.deed[1]} at {it.place} was condemned by the church.",
        f"Police had {_people(max(toll - 1, 1))} dead at first.",
    ]
    if late > 1:
        more.append(
            f"A man who had been hurt in the {it.deed[1]} in {it.town} died of his injuries overnight."
        )
    said = [lead, *chance.sample(more, chance.randrange(1, 4))]
    title = chance.choice(
        (f"{dead} in {it.town} {it.deed[1]}", f"{it.deed[2].capitalize()} shakes {it.town}")
    )
    return [Part(title, it.key), Part("\n\n"), *_spaced(Part(s, it.key) for s in said)]


def _roundup(last: Sequence[Incident], chance: random.Random) -> list[Part]:
    """Several incidents, a sentence each."""
    told = [Part("Six attacks that marked the week")]
    for it in last:
        deed = it.deed[0].format(place=it.place)
        words = chance.choice((
            f"On {it.on:%B} {it.on.day}, {deed} in {it.town}, killing {_people(it.killed)}.",
            f"{it.on:%A}: {deed} in {it.town}; {_people(it.killed)} died.",
        ))  # fmt: skip
        told.append(Part(words, it.key))
    return [told[0], Part("\n\n"), *_spaced(iter(told[1:]))]


def _spaced(parts: Iterator[Part]) -> Iterator[Part]:
    for n, part in enumerate(parts):
        if n:
            yield Part(" ")
        yield part


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"


def gold(record: Record, told: Mapping[str, Sequence[Part]]) -> dict[ClaimId, str]:
    """The incident of each claim of violence; what is of no incident of the pile is one of its own by its words."""
    parts: dict[str, tuple[list[int], list[str]]] = {}
    for document in record.documents:
        starts, keys, at = [], [], 0
        for part in told["/".join(Path(document.path).parts[-2:])]:
            if part.text:
                starts.append(at)
                keys.append(part.about or f"aside {part.text.strip()}")
                at += len(part.text)
        parts[document.id] = starts, keys
    found = {}
    for claim in record.claims:
        if is_event(claim) and family(claim) == "violence":
            starts, keys = parts[claim.trigger.document]
            found[claim.id] = keys[bisect_right(starts, claim.trigger.start) - 1]
    return found


class Figures(NamedTuple):
    """Precision and recall of claims (B3) and of pairs, the largest event, incidents that one event takes for one."""

    precision: float
    recall: float
    pair_precision: float
    pair_recall: float
    largest: int
    mixed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of B3."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def figures(groups: Sequence[Sequence[ClaimId]], true: Mapping[ClaimId, str]) -> Figures:
    """How well groups fit the incidents; a claim in no group stands alone."""
    of = {c: n for n, group in enumerate(groups) for c in group}
    held = {c: of.get(c, -1 - n) for n, c in enumerate(true)}
    made, real = Counter(held.values()), Counter(true.values())
    both = Counter((held[c], true[c]) for c in true)
    right, pairs, wanted = (sum(n * (n - 1) // 2 for n in c.values()) for c in (both, made, real))
    mixed = Counter(group for group, _ in both)
    return Figures(
        sum(n * n / made[g] for (g, _), n in both.items()) / len(true),
        sum(n * n / real[k] for (_, k), n in both.items()) / len(true),
        right / max(pairs, 1),
        right / max(wanted, 1),
        max(made.values()),
        max(mixed.values()),
    )


def confused(groups: Sequence[Sequence[ClaimId]], true: Mapping[ClaimId, str], seed: int = 11) -> str:
    """How many pairs of look-alikes share an event."""
    everything = incidents(seed, len(set(true.values())) * 2)
    twins = {frozenset((i.key, i.twin)) for i in everything if i.twin}
    told = {k for p in twins for k in p} & set(true.values())
    shared = {
        frozenset(p) for g in groups for p in combinations(sorted({true[c] for c in g if c in true}), 2)
    }
    return f"{len(twins & shared)} of {sum(p <= told for p in twins)} pairs of look-alikes share an event"


def build(told: Mapping[str, Sequence[Part]], folder: Path) -> Record:
    """The pile as files, and the record that a build makes of it."""
    for name, parts in told.items():
        path = folder / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(p.text for p in parts), "utf-8")
    project.build([folder / "pile"], folder / "pile.sourcebook")
    return project.record(folder / "pile.sourcebook")


def main(count: int) -> None:
    """Both piles."""
    for name, told in (("clippings", dict(big_pile.told(count))), ("wires", dict(wires(count)))):
        with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
            record = build(told, Path(where))
        true = gold(record, told)
        groups = [e.claims for e in record.events]
        found = figures(groups, true)
        print(
            f"{name}: {len(told)} reports, {len(true)} claims of {len(set(true.values()))} incidents; "
            f"B3 P {100 * found.precision:.1f} R {100 * found.recall:.1f} F1 {100 * found.f1:.1f}; "
            f"pairs P {100 * found.pair_precision:.1f} R {100 * found.pair_recall:.1f}; "
            f"largest {found.largest} claims, at most {found.mixed} incidents in one event"
        )
        if name == "wires":
            print("  " + confused(groups, true))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 120)
