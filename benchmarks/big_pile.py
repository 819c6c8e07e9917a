"""A pile of any size about an invented conflict: the same seed and number, the same documents.

Run: python benchmarks/big_pile.py COUNT FOLDER [SEED [MIX]]; documents are laid in subfolders of a thousand.

Fourteen reports a day, so that a pile of 100,000 covers twenty years of clippings, as a news archive does: a
longer pile is a longer time, not a denser world. Towns, groups, officials and ministries are invented. Most
reports tell of one attack, which several outlets tell with figures, dates and attributions of their own; others
follow up days later, sum up a week, or portray a group; one in twelve is a copy with small edits. 2 to 6 kB each.
`told` says beside each text which incident each part of it is of, for `benchmarks/look_alikes.py`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from big_pile_words import (
    BODIES,
    BODY,
    COLOURS,
    COUNTRIES,
    DEEDS,
    ELSEWHERE,
    FAMILY,
    FIRST,
    FOILED,
    GIVEN,
    LAST,
    LEADS,
    MIDDLE,
    OFFICES,
    OUTLETS,
    PORTRAIT,
    PROVINCES,
    REAL,
    ROLES,
    TARGETS,
    THINGS,
    TOPICS,
)

A_DAY = 14
BEGAN = date(2026, 1, 5)


class Town(NamedTuple):
    """Where things happen."""

    name: str
    province: str
    country: str


class Group(NamedTuple):
    """Who does them."""

    name: str
    short: str
    leader: str
    founded: int
    strength: int


class Incident(NamedTuple):
    """What happened, as the world of the pile has it; reports differ from it."""

    on: date
    town: Town
    group: Group
    deed: tuple[str, str, str, str]
    target: str
    killed: int
    injured: int
    foiled: bool

    @property
    def key(self) -> str:
        """What tells it from the others of the pile."""
        return f"{self.on} {self.deed[1]} {self.target} {self.town.name}"


class World:
    """Towns, groups and people, the same for a seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        names: dict[str, None] = {}
        while len(names) < 320:
            middle = chance.choice(MIDDLE) if chance.random() < 0.6 else ""
            names[(chance.choice(FIRST) + middle + chance.choice(LAST)).capitalize()] = None
        self.towns = [
            Town(name, PROVINCES[n % len(PROVINCES)], COUNTRIES[n % len(PROVINCES) // 3])
            for n, name in enumerate(names)
        ]
        self.people = [f"{g} {f}" for g in GIVEN for f in FAMILY]
        chance.shuffle(self.people)
        self.groups = []
        for n in range(36):
            colour, thing, body = COLOURS[n % 8], THINGS[(n * 3 + n // 8) % 8], BODIES[n % 4]
            short = f"{colour[0]}{thing[0]}{chance.choice('KLMNPQTVXZ')}{body[0]}"
            name = f"{colour} {thing} {body}"
            self.groups.append(
                Group(name, short, self.people[n], 2004 + chance.randrange(20), 50 * chance.randrange(4, 120))
            )

    def incident(self, on: date, chance: random.Random) -> Incident:
        """Something that happens on a day: some towns and groups see far more than others."""
        rank = int(len(self.towns) * chance.random() ** 2)
        foiled = chance.random() < 0.08
        killed = 0 if foiled else int(chance.paretovariate(1.1)) - 1
        return Incident(
            on,
            self.towns[rank],
            self.groups[int(len(self.groups) * chance.random() ** 1.7)],
            chance.choice(DEEDS),
            chance.choice(TARGETS),
            min(killed, 180),
            0 if foiled else min(int(killed * chance.uniform(0.5, 3)) + chance.randrange(4), 400),
            foiled,
        )


class Part(NamedTuple):
    """Some words of a report, and the incident that they are of ("" for what is no incident of the pile)."""

    text: str
    about: str = ""


Paragraph = list[Part]


class Mix(NamedTuple):
    """What reports are like: fewest and most characters, and the share of what follows the story that is of attacks."""

    fewest: int
    most: int
    attacks: float


MIXES = {"dense": Mix(2000, 5600, 1.0), "news": Mix(4000, 7200, 0.2)}


class Report(NamedTuple):
    """One document: who prints it, and its paragraphs, the date first."""

    outlet: str
    paragraphs: list[Paragraph]


def pile(count: int, seed: int = 7, mix: str = "dense") -> Iterator[tuple[str, str]]:
    """`count` reports, each with the name of its file."""
    for name, parts in told(count, seed, mix):
        yield name, "".join(p.text for p in parts)


def told(count: int, seed: int = 7, mix: str = "dense") -> Iterator[tuple[str, list[Part]]]:
    """The same with each text in parts, each part with the incident that it is of."""
    for number, report in enumerate(_reports(count, seed, MIXES[mix])):
        parts = [Part(f"{report.outlet}\n")]
        for n, paragraph in enumerate(report.paragraphs):
            parts += [Part("\n\n"), *paragraph] if n else paragraph
        yield f"{number // 1000:04d}/report-{number:07d}.txt", [*parts, Part("\n")]


def _reports(count: int, seed: int, mix: Mix) -> Iterator[Report]:
    world, chance = World(seed), random.Random(seed + 1)
    recent: list[Incident] = []
    last: Report | None = None
    for number in range(count):
        on = BEGAN + timedelta(days=number // A_DAY)
        while len(recent) < 4 or chance.random() < 0.3:
            recent.append(world.incident(on - timedelta(days=chance.randrange(2)), chance))
        del recent[:-24]
        if last and chance.random() < 0.08:
            yield _copied(last, chance)
        else:
            last = _report(world, recent, on, chance, mix)
            yield last


def _copied(report: Report, chance: random.Random) -> Report:
    """The last report as another outlet prints it: its own head, a paragraph less."""
    paragraphs = list(report.paragraphs)
    if len(paragraphs) > 6:
        del paragraphs[chance.randrange(4, len(paragraphs) - 1)]
    return Report(chance.choice(OUTLETS), paragraphs)


def _report(world: World, recent: list[Incident], on: date, chance: random.Random, mix: Mix) -> Report:
    kind = chance.random()
    told = [chance.choice(recent[-8:])]
    if kind > 0.86:
        told += chance.sample(recent, min(3, len(recent)))
    portrait = 0.76 < kind <= 0.86
    title = Part(_title(told[0], portrait=portrait), "" if portrait else told[0].key)
    outlet = chance.choice(OUTLETS)
    paragraphs = _portrait(world, told[0], on, chance) if portrait else []
    for incident in told:
        paragraphs += _story(world, incident, on, chance, sentences=chance.randrange(9, 15) // len(told) + 3)
    length = chance.randrange(mix.fewest, mix.most)
    while sum(len(p.text) for paragraph in paragraphs for p in paragraph) < length:
        if mix.attacks == 1 or chance.random() < mix.attacks:
            # what else happened of late, told in short
            paragraphs += _story(world, chance.choice(recent), on, chance, sentences=chance.randrange(2, 7))
        else:
            paragraphs += [_elsewhere(world, on, chance) for _ in range(3)]
    return Report(outlet, [[Part(f"{on.day} {on:%B %Y}")], [title], *paragraphs])


def short(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """`count` reports of some 800 bytes, each of one attack, with the names of their files."""
    world, chance = World(seed), random.Random(seed + 2)
    recent: list[Incident] = []
    for number in range(count):
        on = BEGAN + timedelta(days=number // A_DAY)
        while len(recent) < 4 or chance.random() < 0.3:
            recent.append(world.incident(on - timedelta(days=chance.randrange(2)), chance))
        del recent[:-24]
        told = chance.choice(recent[-8:])
        story = [*_story(world, told, on, chance, sentences=2), _elsewhere(world, on, chance)]
        paragraphs = [[Part(f"{on.day} {on:%B %Y}")], [Part(_title(told, portrait=False))], *story]
        text = "\n\n".join("".join(p.text for p in paragraph) for paragraph in paragraphs)
        yield f"{number // 1000:04d}/{number:07d}.txt", f"{chance.choice(OUTLETS)}\n{text}\n"


def _title(incident: Incident, *, portrait: bool) -> str:
    if portrait:
        return f"Who are the {incident.group.name}?"
    if incident.foiled:
        return f"Attack foiled in {incident.town.name}"
    toll = f"kills {incident.killed}" if incident.killed else "leaves nobody dead"
    return f"{incident.deed[1].capitalize()} in {incident.town.name} {toll}"


def _story(
    world: World, incident: Incident, on: date, chance: random.Random, *, sentences: int
) -> list[Paragraph]:
    lead = chance.choice(FOILED if incident.foiled else LEADS)
    return _paragraphs(world, incident, on, chance, [lead, *chance.sample(BODY, min(sentences, len(BODY)))])


def _elsewhere(world: World, on: date, chance: random.Random) -> Paragraph:
    """What a paper prints beside: nobody comes to harm."""
    return [Part(" ".join(_sentence(world, on, chance) for _ in range(chance.randrange(2, 4))))]


def _sentence(world: World, on: date, chance: random.Random) -> str:
    town, near = chance.sample(world.towns, 2)
    return chance.choice(ELSEWHERE).format(
        body=chance.choice(OFFICES),
        country=town.country,
        month=f"{on - timedelta(days=chance.randrange(40, 900)):%B %Y}",
        n=chance.randrange(3, 90),
        near=near.name,
        person=chance.choice(world.people),
        real=chance.choice(REAL),
        role=chance.choice(ROLES),
        said=chance.choice(("said", "told reporters", "wrote", "said in an interview", "recalled")),
        town=town.name,
        weekday=f"{on - timedelta(days=chance.randrange(1, 6)):%A}",
        what=chance.choice(TOPICS),
        what2=chance.choice(TOPICS),
    )


def _portrait(world: World, incident: Incident, on: date, chance: random.Random) -> list[Paragraph]:
    return _paragraphs(world, incident, on, chance, list(PORTRAIT))


def _paragraphs(
    world: World, incident: Incident, on: date, chance: random.Random, sentences: list[str]
) -> list[Paragraph]:
    """Three sentences a paragraph, their blanks filled in."""
    made: list[Paragraph] = []
    for n, sentence in enumerate(sentences):
        own, _, aside = sentence.format(**_words(world, incident, on, chance)).partition("|")
        if n % 3:
            made[-1].append(Part(" "))
        else:
            made.append([])
        made[-1] += [Part(own, incident.key), Part(aside)]
    return made


def _words(world: World, incident: Incident, on: date, chance: random.Random) -> dict[str, str]:
    """What the blanks of a sentence are filled with: what this outlet has heard."""
    group, other = incident.group, chance.choice(world.groups)
    deed, also = incident.deed, chance.choice(DEEDS)
    past = on - timedelta(days=chance.randrange(40, 900))
    killed, injured = _heard(incident.killed, chance), _heard(incident.injured, chance)
    at = incident.on
    return {
        "G": f"The {group.name}",
        "K": killed[0].upper() + killed[1:],
        "bare": incident.target,
        "country": incident.town.country,
        "day": chance.choice((f"{at.day} {at:%B}", f"{at:%A}", f"{at.day} {at:%B %Y}", f"{at:%B} {at.day}")),
        "did": deed[0].format(t=incident.target),
        "did2": also[0].format(t=chance.choice(TARGETS)),
        "doers": deed[2],
        "Doers": deed[2].capitalize(),
        "founded": str(group.founded),
        "g": f"the {group.name}",
        "g2": f"the {other.name}",
        "high": str(group.strength + 50 * chance.randrange(1, 9)),
        "i": injured,
        "i2": str(max(incident.injured + chance.randrange(-2, 3), 1)),
        "k": killed,
        "k2": _heard(incident.killed, chance),
        "k3": str(incident.killed + chance.randrange(2)),
        "later": f"{at + timedelta(days=2):%A}",
        "leader": group.leader,
        "low": str(max(group.strength - 50 * chance.randrange(1, 4), 20)),
        "month": f"{past:%B}",
        "n": chance.choice(("two", "three", "four", "six", "nine", "11", "14", "23")),
        "near": chance.choice(world.towns).name,
        "noun": deed[1],
        "officials": chance.choice(
            ("officials", "police", "the army", "local officials", "security sources")
        ),
        "person": chance.choice(world.people),
        "province": incident.town.province,
        "real": chance.choice(REAL),
        "short": group.short,
        "strength": f"{group.strength:,}",
        "thing": group.name.split()[1],
        "town": incident.town.name,
        "weapon": deed[3],
        "weekday": f"{on - timedelta(days=chance.randrange(1, 4)):%A}",
        "when": chance.choice((f"on {at:%A}", "this week", f"early on {at:%A}", f"on {at.day} {at:%B}")),
        "year": str(past.year),
        "year2": str(min(group.founded + chance.randrange(1, 6), 2025)),
    }


def _heard(figure: int, chance: random.Random) -> str:
    """A figure as an outlet has it: exact, a bound, rounded, a little off, or a word."""
    if figure == 0:
        return chance.choice(("nobody", "no one"))
    if figure == 1:
        return "one person"
    heard = max(figure + (chance.randrange(-2, 3) if chance.random() < 0.3 else 0), 2)
    forms = [f"{heard} people", f"{heard}", f"at least {heard} people", f"more than {heard - 1} people"]
    if figure > 24:
        forms.append("dozens of people")
    return chance.choice(forms)


def write(folder: Path, count: int, seed: int = 7, mix: str = "dense", *, longest: int = 10_000) -> int:
    """The reports as files, each cut after the last paragraph that ends within `longest`; their size in bytes."""
    size = 0
    for name, text in pile(count, seed, mix):
        cut = text if len(text) <= longest else text[: text.rindex("\n\n", 0, longest)] + "\n"
        size += lay(folder, name, cut)
    return size


def lay(folder: Path, name: str, text: str) -> int:
    """A report as a file; its size in bytes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(text.encode())


if __name__ == "__main__":
    total, where = int(sys.argv[1]), Path(sys.argv[2])
    start, kind = (*sys.argv[3:5], *("7", "dense")[len(sys.argv) - 3 :])
    print(f"{total:,} documents, {write(where, total, int(start), kind):,} bytes")
