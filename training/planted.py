"""Piles of invented reports whose incidents are known: `python training/planted.py SEED OUT`.

Writes OUT/reports/*.txt, OUT/sources.csv and OUT/planted.jsonl (document, start, end, incident). Groups, venues and
deeds are invented; towns are drawn from the gazetteer, so that places are found as they are in a real pile. Incidents
look alike on purpose: the same group, town and kind of deed come again within weeks, tolls move from report to report,
round-ups tell of several incidents in one text, and explainers of many years of one group, in few words and half dated.
"""

import csv
import json
import random
import sys
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from sourcebook.gazetteer import countries

GROUPS = (
    "Harrow Front",
    "Red Pines",
    "Blue Oak Brigade",
    "Sons of Velm",
    "Northern Ash Movement",
    "Larch Army",
)
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
#: What explainers tell of beside deeds of blood: full, in passing, noun.
TURNS = (
    ("Fighters of the {group} seized {town}", "the {group} took over {town}", "the fall of {town}"),
    ("Police foiled a plot by the {group} to attack {venue} in {town}", "a planned attack by the {group} on {venue} in {town} was foiled", "the foiled plot against {venue}"),
    ("Police arrested {n} members of the {group} in {town}", "{n} suspected members of the {group} were arrested in {country}", "the arrests in {town}"),
    ("A drone strike near {town} killed {person}, a leader of the {group}", "{person} was killed in an air strike in {country}", "the death of {person}"),
    ("Troops of {country} withdrew from {town}", "the army pulled out of {town}", "the withdrawal from {town}"),
)  # fmt: skip
PERSONS = ("Osman Keld", "Ivo Tarn", "Mikael Rusk", "Dov Hartan", "Selim Brask", "Anders Vole")
TREES = ("Alder", "Birch", "Linden", "Rowan", "Aspen", "Hazel", "Maple", "Willow")
NAMED = ("Hall", "Theatre", "Mosque", "Church", "Hotel", "Market", "Stadium", "School")
WHO = (
    "police said",
    "officials said",
    "a hospital official said",
    "residents said",
    "the interior ministry said",
)
OUTLETS = ("Velm Courier", "Brannock Herald", "Tarn Gazette", "Orsk Post", "Lindmoor Times")


class Incident:
    """One deed: where, when, by whom, how many."""

    def __init__(self, name: str, chance: random.Random, towns: list[tuple[str, str]]) -> None:
        self.name, self.town, self.country = name, *chance.choice(towns)
        self.on = date(2033, 1, 1) + timedelta(days=chance.randrange(240))
        self.group, self.force = chance.choice(GROUPS), chance.choice(FORCES)
        self.venue = chance.choice(VENUES)
        if chance.random() < 0.4:
            self.venue = f"the {chance.choice(TREES)} {chance.choice(NAMED)}"
        self.person = chance.choice(PERSONS)
        self.deed, self.noun, self.other = chance.choice(DEEDS)
        self.toll = chance.choice((1, 2, 3, 4, 7, 9, 12, 18, 25, 41))

    def lead(self, toll: int) -> str:
        """The deed in a sentence without its end."""
        return self.filled(self.deed, toll)

    def filled(self, words: str, toll: int = 0) -> str:
        """A pattern with what is known of the incident in it."""
        said = words.format(
            venue=self.venue, town=self.town, group=self.group, force=self.force, n=toll or self.toll,
            country=self.country, person=self.person,
        )  # fmt: skip
        return said[0].upper() + said[1:]


class Turn(Incident):
    """One of the many deeds and turns, over years, that explainers tell of."""

    def __init__(self, name: str, chance: random.Random, towns: list[tuple[str, str]], group: str) -> None:
        super().__init__(name, chance, towns)
        self.group = group
        self.on = date(2029, 1, 1) + timedelta(days=chance.randrange(1700))
        self.full, self.passing, self.called = chance.choice((
            *TURNS,
            (self.deed, f"the {{group}} attacked {self.venue} in {{town}}", f"the attack on {self.venue}"),
            (self.deed, f"{{n}} people died in a {self.noun} in {{town}}", f"the {self.noun} in {{town}}"),
            (self.deed, f"the {{group}} carried out a {self.noun} in {{country}}", f"the {self.noun}"),
        ))  # fmt: skip

    def told(self, chance: random.Random) -> list[str]:
        """One or two sentences, in full or in passing, dated to the day, the month, the year or not at all."""
        when = chance.choice((
            f"On {self.on.day} {self.on:%B %Y}", f"In {self.on:%B %Y}", f"In {self.on:%B %Y}",
            f"In {self.on.year}", f"In {self.on.year}", "",
        ))  # fmt: skip
        words = self.filled(chance.choice((self.full, self.passing)))
        said = [
            f"{when}, {words[0].lower() if not words.startswith(PERSONS) else words[0]}{words[1:]}."
            if when
            else f"{words}."
        ]
        if chance.random() < 0.3:
            noun = self.filled(self.called)
            said.append(chance.choice((
                f"{noun} was a turning point.",
                f"{noun} showed how far the {self.group} could reach.",
                f"Officials in {self.country} had expected {noun[0].lower()}{noun[1:]} for months.",
            )))  # fmt: skip
        return said


def towns(chance: random.Random, crowd: int) -> list[tuple[str, str]]:
    """Towns of four countries, from the gazetteer: the more, the less alike are the incidents."""
    table = files("sourcebook.gazetteer").joinpath("tables", "places.tsv").read_text("utf-8").splitlines()
    known: dict[str, list[str]] = {}
    for line in table:
        cells = line.split("\t")
        name, kind, country = cells[1:4]
        if kind == "town" and 30_000 < int(cells[-1] or 0) < 200_000 and name.isalpha() and name.isascii():
            known.setdefault(country, []).append(name)
    lands = chance.sample(sorted(c for c, those in known.items() if len(those) > 30), 4)
    return [(t, countries()[c].name) for c in lands for t in chance.sample(known[c], 3 * crowd)]


def dispatch(it: Incident, chance: random.Random, late: int) -> tuple[str, list[str]]:
    """A headline and sentences about one incident, `late` days after it."""
    moved = it.toll + (chance.choice((0, 0, 1, 2)) if late else 0)
    day = chance.choice((f"{it.on:%A}", f"on {it.on.day} {it.on:%B}", f"on {it.on:%A}"))
    headline = chance.choice(
        (f"{moved} dead in {it.town} {it.noun}", f"{it.noun.capitalize()} hits {it.town}")
    )
    body = [f"{it.lead(moved)} {day}, {chance.choice(WHO)}."]
    more = [
        f"The {it.noun} in {it.town} was the worst in {it.country} this year.",
        f"The {it.group} claimed responsibility for the {it.noun}.",
        f"{chance.choice(WHO)[:-5].capitalize()} blamed the {it.group} for the {it.other}.",
        f"At least {moved} people were killed in the {it.other}, {chance.choice(WHO)}.",
        f"The army said that {moved} people had been killed.",
        f"{moved} people were killed and several were injured, {chance.choice(WHO)}.",
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
    world = towns(chance, 1 + seed % 4)
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
            made.append(
                (
                    it.on + timedelta(days=9),
                    "The week in violence",
                    [(sentence(i, chance), i.name) for i in last],
                )
            )
    return made


def explainers(seed: int) -> list[tuple[date, str, list[tuple[str, str]]]]:
    """Texts on one group, four a group, that tell of some of its deeds and turns in the order of a story."""
    chance = random.Random(seed + 2)
    world = towns(chance, 1 + seed % 4)
    made: list[tuple[date, str, list[tuple[str, str]]]] = []
    for group in GROUPS:
        turns = sorted(
            (Turn(f"{seed}-{group}-{n}", chance, world, group) for n in range(14)), key=lambda t: t.on
        )
        for _ in range(4):
            headline = chance.choice(
                (f"Who are the {group}?", f"The {group} explained", f"What the {group} wants")
            )
            told = [(headline, ""), (f"The {group} is one of several armed groups in the region.", "")]
            for turn in sorted(chance.sample(turns, 8), key=lambda t: t.on):
                told += [(said, turn.name) for said in turn.told(chance)]
                if chance.random() < 0.3:
                    told.append((chance.choice(FILL).format(group=group), ""))
            made.append((date(2033, 11, 1) + timedelta(days=chance.randrange(40)), headline, told))
    return made


FILL = (
    "The {group} wants a state of its own.",
    "Its fighters come from many countries.",
    "Analysts say that the {group} is short of money.",
    "Most of its members are young men.",
)


def main(seed: int, out: Path) -> None:
    """Write one pile."""
    folder = out / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed + 1)
    planted = []
    rows = []
    for n, (on, headline, told) in enumerate((*reports(seed, 60), *explainers(seed))):
        name = f"{n:03d}.txt"
        text = ""
        for place, (said, incident) in enumerate(told):
            start = len(text)
            text += said + ("\n\n" if place == 0 and said == headline else " ")
            if incident:
                planted.append({"document": name, "start": start, "end": len(text), "incident": incident})
        (folder / name).write_text(text.rstrip() + "\n", encoding="utf-8")
        rows.append((name, chance.choice(OUTLETS), on.isoformat()))
    with (out / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("path", "publisher", "published"), *rows])
    (out / "planted.jsonl").write_text("".join(json.dumps(p) + "\n" for p in planted), encoding="utf-8")
    print(f"{len(rows)} reports of 60 incidents in {out}")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
