"""Piles of invented reports whose incidents are known: `python training/planted.py SEED OUT`.

Writes OUT/reports/*.txt, OUT/sources.csv and OUT/planted.jsonl (document, start, end, incident). Groups, venues and
deeds are invented; towns are drawn from the gazetteer, so that places are found as they are in a real pile. Incidents
look alike on purpose: the same group, town and kind of deed come again within weeks, tolls move from report to report,
and round-ups tell of several incidents in one text.
"""

import csv
import json
import random
import sys
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from sourcebook.gazetteer import countries

GROUPS = ("Harrow Front", "Red Pines", "Blue Oak Brigade", "Sons of Velm", "Northern Ash Movement", "Larch Army")
FORCES = ("the army", "government forces", "border police", "soldiers")
VENUES = (
    "a market", "a bus station", "a school", "a checkpoint", "a police station", "a church", "a mosque",
    "an army convoy", "a hotel", "a bank", "a clinic", "a ferry terminal", "a barracks", "a courthouse",
)  # fmt: skip
DEEDS = (
    ("A bomb exploded at {venue} in {town}, killing {n} people", "bombing", "bomb attack"),
    ("Gunmen of the {group} attacked {venue} in {town}, killing {n} people", "attack", "assault"),
    ("A suicide bomber struck {venue} in {town}, killing {n} people", "suicide bombing", "blast"),
    ("{force} raided {venue} in {town}, killing {n} members of the {group}", "raid", "operation"),
    ("Members of the {group} kidnapped {n} people from {venue} in {town}", "kidnapping", "abduction"),
    ("Rockets fired by the {group} hit {venue} in {town}, killing {n} people", "rocket attack", "shelling"),
)
WHO = ("police said", "officials said", "a hospital official said", "residents said", "the interior ministry said")
OUTLETS = ("Velm Courier", "Brannock Herald", "Tarn Gazette", "Orsk Post", "Lindmoor Times")


class Incident:
    """One deed: where, when, by whom, how many."""

    def __init__(self, name: str, chance: random.Random, towns: list[tuple[str, str]]) -> None:
        self.name, self.town, self.country = name, *chance.choice(towns)
        self.on = date(2033, 1, 1) + timedelta(days=chance.randrange(240))
        self.group, self.force = chance.choice(GROUPS), chance.choice(FORCES)
        self.venue = chance.choice(VENUES)
        self.deed, self.noun, self.other = chance.choice(DEEDS)
        self.toll = chance.choice((1, 2, 3, 4, 7, 9, 12, 18, 25, 41))

    def lead(self, toll: int) -> str:
        """The deed in a sentence without its end."""
        said = self.deed.format(venue=self.venue, town=self.town, group=self.group, force=self.force, n=toll)
        return said[0].upper() + said[1:]


def towns(chance: random.Random) -> list[tuple[str, str]]:
    """Fourteen towns of four countries, from the gazetteer."""
    table = files("sourcebook.gazetteer").joinpath("tables", "places.tsv").read_text("utf-8").splitlines()
    known: dict[str, list[str]] = {}
    for line in table:
        cells = line.split("\t")
        name, kind, country = cells[1:4]
        if kind == "town" and 30_000 < int(cells[-1] or 0) < 200_000 and name.isalpha() and name.isascii():
            known.setdefault(country, []).append(name)
    lands = chance.sample(sorted(c for c, those in known.items() if len(those) > 20), 4)
    return [(t, countries()[c].name) for c in lands for t in chance.sample(known[c], 3 + (c == lands[0]) * 2)]


def dispatch(it: Incident, chance: random.Random, late: int) -> tuple[str, list[str]]:
    """A headline and sentences about one incident, `late` days after it."""
    moved = it.toll + (chance.choice((0, 0, 1, 2)) if late else 0)
    day = chance.choice((f"{it.on:%A}", f"on {it.on.day} {it.on:%B}", f"on {it.on:%A}"))
    headline = chance.choice((f"{moved} dead in {it.town} {it.noun}", f"{it.noun.capitalize()} hits {it.town}"))
    body = [f"{it.lead(moved)} {day}, {chance.choice(WHO)}."]
    more = [
        f"The {it.noun} in {it.town} was the worst in {it.country} this year.",
        f"The {it.group} claimed responsibility for the {it.noun}.",
        f"{chance.choice(WHO)[:-5].capitalize()} blamed the {it.group} for the {it.other}.",
        f"At least {moved} people were killed in the {it.other}, {chance.choice(WHO)}.",
        f"No group has said that it carried out the {it.noun}.",
        f"Witnesses said that the {it.noun} at {it.venue} began shortly before noon.",
    ]
    return headline, body + chance.sample(more, chance.randrange(1, 4))


def sentence(it: Incident, chance: random.Random) -> str:
    """The incident in one sentence of a text about others."""
    return chance.choice((
        f"On {it.on.day} {it.on:%B}, {it.lead(it.toll)[0].lower()}{it.lead(it.toll)[1:]}.",
        f"In {it.on:%B}, {it.lead(it.toll)[0].lower()}{it.lead(it.toll)[1:]}.",
        f"{it.lead(it.toll)} on {it.on.day} {it.on:%B %Y}.",
    ))  # fmt: skip


def reports(seed: int, count: int) -> list[tuple[date, str, list[tuple[str, str]]]]:
    """Day, headline, and sentences with the incident that each is about."""
    chance = random.Random(seed)
    world = towns(chance)
    incidents = sorted((Incident(f"{seed}-{n}", chance, world) for n in range(count)), key=lambda i: i.on)
    made: list[tuple[date, str, list[tuple[str, str]]]] = []
    for n, it in enumerate(incidents):
        for late in range(chance.choice((1, 1, 2, 3, 4))):
            headline, body = dispatch(it, chance, late)
            told = [(headline, it.name), *((s, it.name) for s in body)]
            if n and chance.random() < 0.4:
                before = incidents[chance.randrange(max(0, n - 12), n)]
                told.append((sentence(before, chance), before.name))
            made.append((it.on + timedelta(days=1 + late), headline, told))
        if n % 8 == 7:
            last = incidents[n - 7 : n + 1]
            made.append((it.on + timedelta(days=9), "The week in violence", [(sentence(i, chance), i.name) for i in last]))
    return made


def main(seed: int, out: Path) -> None:
    """Write one pile."""
    folder = out / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed + 1)
    planted = []
    rows = []
    for n, (on, headline, told) in enumerate(reports(seed, 60)):
        name = f"{n:03d}.txt"
        text = ""
        for place, (said, incident) in enumerate(told):
            start = len(text)
            text += said + ("\n\n" if place == 0 and said == headline else " ")
            planted.append({"document": name, "start": start, "end": len(text), "incident": incident})
        (folder / name).write_text(text.rstrip() + "\n", encoding="utf-8")
        rows.append((name, chance.choice(OUTLETS), on.isoformat()))
    with (out / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("path", "publisher", "published"), *rows])
    (out / "planted.jsonl").write_text("".join(json.dumps(p) + "\n" for p in planted), encoding="utf-8")
    print(f"{len(rows)} reports of 60 incidents in {out}")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
