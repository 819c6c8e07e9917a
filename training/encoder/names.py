"""Names of people, groups and places put in the place of those that a text has.

A tagger trained on one war learns its names by heart. Here groups that the key calls perpetrators, people
that it calls victims, common given names, and the countries, peoples and towns of the gazetteer are exchanged
for others, the same one for the same one within a text. A fifth of the new names, by checksum, is
kept back for measuring.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import TypeVar

import invented
from corpus import SETS, Text, everyday, marked, muc4
from tokenizers import Tokenizer

from sourcebook import gazetteer

_LEXICON = files("sourcebook.extract").joinpath("lexicon")
_TABLES = files("sourcebook.gazetteer").joinpath("tables")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
T = TypeVar("T")
_SMALL = frozenset("de del la las los el y of the and in a al san santa".split())
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec june april august".split())
#: Words of a description, which no name is put in the place of.
_DESCRIPTION = re.compile(r"\b(?:and|government|his|their|groups?|members?|organizations?)\b|'s ")
#: Smallest town whose name is put in, and smallest that tells the country of a text.
_LARGE, _HUGE = 30_000, 300_000
#: Of the texts with exchanged names, how many lose every foreign word; of the names of groups, how many
#: are made up and not taken from the list.
OTHERS, MADE_UP = 0.5, 0.7


def kept_back(name: str) -> bool:
    """Whether the name is one of the fifth that training never sees."""
    return zlib.crc32(name.lower().encode()) % 5 == 0


def _table(lines: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in lines.splitlines() if line and not line.startswith("#"))


@cache
def groups() -> tuple[tuple[str, str], ...]:
    """Armed groups with their acronym, or their name again."""
    rows = _table(_LEXICON.joinpath("organizations.tsv").read_text(encoding="utf-8"))
    armed = [(name, acronym) for name, kind, acronym in rows if kind == "armed_group" and name.isascii()]
    return tuple((name.lower(), (acronym or name).lower()) for name, acronym in armed)


@cache
def given_names() -> tuple[str, ...]:
    """Common given names of many languages."""
    rows = _table(_LEXICON.joinpath("given_names.tsv").read_text(encoding="utf-8"))
    return tuple(sorted({row[0].lower() for row in rows if row[0].isascii() and len(row[0]) > 2}))


@cache
def surnames() -> tuple[str, ...]:
    """Family names of many languages."""
    return tuple(r[0] for r in _table(Path(__file__).with_name("surnames.tsv").read_text(encoding="utf-8")))


@cache
def titles() -> frozenset[str]:
    """Words before the name of a person."""
    return frozenset(r[0] for r in _table(_LEXICON.joinpath("titles.tsv").read_text(encoding="utf-8")))


@cache
def towns() -> dict[str, tuple[str, ...]]:
    """Names of larger towns by country."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _table(_TABLES.joinpath("places.tsv").read_text(encoding="utf-8")):
        if row[2] == "town" and int(row[7] or 0) >= _LARGE and row[1].isascii():
            found[row[3]].append(row[1].lower())
    return {code: tuple(names) for code, names in found.items()}


@cache
def peoples() -> dict[str, tuple[str, ...]]:
    """Words such as the adjective of a country, by its code, where they mean it alone."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _table(_TABLES.joinpath("adjectives.tsv").read_text(encoding="utf-8")):
        if len(row) > 1 and len(row[1]) == 2:
            found[row[1]].append(row[0].lower())
    return {code: tuple(names) for code, names in found.items()}


@cache
def lands() -> tuple[str, ...]:
    """Codes of the countries that have a name, a people and some towns to put in."""
    return tuple(c for c in gazetteer.countries() if peoples().get(c) and len(towns().get(c, ())) > 10)


def common_words(texts: Iterable[str], least: int = 3) -> frozenset[str]:
    """Words that texts in ordinary spelling write small."""
    seen = Counter(word for text in texts for word in re.findall(r"(?<!\w)[a-z][a-z'’-]+(?!\w)", text))
    return frozenset(word for word, n in seen.items() if n >= least)


@dataclass(frozen=True)
class Exchange:
    """What is known of the texts whose names are exchanged."""

    common: frozenset[str]
    families: tuple[tuple[str, ...], ...]
    english: invented.English

    @classmethod
    def of(cls, texts: Sequence[Text], common: frozenset[str], vocabulary: frozenset[str]) -> Exchange:
        """From the key of the training texts: names of one perpetrating group that belong together."""
        return cls(common, tuple(_families(texts, common)), invented.English(vocabulary, common))

    def swap(self, text: Text, draw: Random, share: float) -> Text:
        """For training: this share of the texts with their names exchanged.

        Half of these also lose every other word that is no word of English: parties, newspapers, quarters
        of a town, whoever and whatever else has a name.
        """
        if draw.random() >= share:
            return text
        mapped = self._mapped(text, _Drawn(draw, measuring=False))
        if draw.random() < OTHERS:
            mapped = {**self._others(text.text, draw), **mapped}
        return self._put(text, mapped)

    def unseen(self, text: Text, draw: Random, *, others: bool = False) -> Text:
        """For measuring: names that training never saw; with `others`, every other foreign word goes too."""
        mapped = self._mapped(text, _Drawn(draw, measuring=True))
        return self._put(text, {**(self._others(text.text, draw) if others else {}), **mapped})

    def _mapped(self, text: Text, new: _Drawn) -> dict[str, str]:
        return {**self._places(text.text, new), **self._people(text, new), **self._groups(text.text, new)}

    def _put(self, text: Text, mapped: dict[str, str]) -> Text:
        if not mapped:
            return text
        listed = "|".join(re.escape(w) for w in sorted(mapped, key=lambda w: (-len(w), w)))
        pattern = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")

        def put(words: str) -> str:
            return pattern.sub(lambda m: mapped[m.group()], words)

        entities = {role: [[put(m) for m in e] for e in found] for role, found in text.entities.items()}
        return marked(text.name, put(text.text), entities, text.kinds)

    def _groups(self, text: str, new: _Drawn) -> dict[str, str]:
        mapped = {}
        for whole in self.families:
            # A group may be called by its town; that word stays the name of a town where it is measured.
            family = [name for name in whole if not _known(name)] if new.measuring else whole
            if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in family):
                long, short = new.group()
                mapped.update({name: _like(name, long, short) for name in family})
        return mapped

    def _others(self, text: str, draw: Random) -> dict[str, str]:
        foreign = self.english.foreign(text)
        return {
            w: (invented.letters if len(w) < 6 and draw.random() < 0.5 else invented.word)(draw)
            for w in foreign
        }

    def _people(self, text: Text, new: _Drawn) -> dict[str, str]:
        victims = {w for e in text.entities.get("Victim", []) for m in e for w in _WORD.findall(m)}
        wanted = {w for w in victims if len(w) > 2} | (set(_WORD.findall(text.text)) & set(given_names()))
        wanted -= titles() | self.common | _SMALL | _MONTHS
        return {w: new.given() if w in given_names() else new.surname() for w in sorted(wanted)}

    def _places(self, text: str, new: _Drawn) -> dict[str, str]:
        words = _WORD.findall(text)
        runs = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
        runs = {r for r in runs if self._may_be_place(r)}
        named = {r: c.code for r in runs if (c := gazetteer.country(r))}
        named.update({r: codes[0] for r in runs if len(codes := gazetteer.adjective(r.capitalize())) == 1})
        cities = {p.country for r in runs - set(named) for p in _known(r)[:1] if p.population >= _HUGE}
        home = {code: new.land() for code in sorted(set(named.values()) | cities)}
        mapped = {}
        for run in sorted(runs):
            if run in named:
                land = home[named[run]]
                mapped[run] = new.country(land) if gazetteer.country(run) else new.people(land)
            elif codes := [p.country for p in _known(run) if p.country in home]:
                mapped[run] = new.town(home[codes[0]])
        return mapped

    def _may_be_place(self, run: str) -> bool:
        parts = run.split()
        if len(parts) == 1:
            return len(run) > 3 and run not in self.common and run not in given_names()
        return parts[-1] not in _SMALL and any(p not in self.common and p not in _SMALL for p in parts)


def load_exchange(given: Path, tokenizer: Tokenizer) -> Exchange:
    """What is needed to exchange names, from the texts that training sees."""
    common = common_words(t.text for name in SETS["everyday"] for t in everyday(given / name))
    incidents = [t for name in SETS["incidents"] for t in muc4(given / name)]
    return Exchange.of(incidents, common, frozenset(tokenizer.get_vocab()))


@cache
def _known(run: str) -> tuple[gazetteer.Place, ...]:
    return tuple(p for p in gazetteer.lookup(run) if p.own_name)


class _Drawn:
    """New names for one text, drawn from the part of each list that is for training or for measuring."""

    def __init__(self, draw: Random, *, measuring: bool) -> None:
        self.draw, self.measuring = draw, measuring
        self.taken: set[str] = set()

    def _one(self, names: Sequence[T], key: Sequence[str] | None = None) -> T:
        allowed = [n for n, k in zip(names, key or names, strict=True) if kept_back(str(k)) == self.measuring]
        return self.draw.choice(allowed or names)

    def group(self) -> tuple[str, str]:
        """A name and its acronym that the text does not have yet: of the list, or mostly made up."""
        while True:
            invent = not self.measuring and self.draw.random() < MADE_UP
            long, short = self._invented() if invent else self._one(groups(), [name for name, _ in groups()])
            if long not in self.taken or len(self.taken) > len(groups()) // 8:
                self.taken.add(long)
                return long, short

    def _invented(self) -> tuple[str, str]:
        land = self.land()
        return invented.group(self.draw, lambda: self.people(land), lambda: self.town(land))

    def given(self) -> str:
        return self._one(given_names())

    def surname(self) -> str:
        return self._one(surnames())

    def land(self) -> str:
        return self._one(lands())

    def country(self, code: str) -> str:
        return gazetteer.countries()[code].name.lower()

    def people(self, code: str) -> str:
        return peoples()[code][0]

    def town(self, code: str) -> str:
        return self._one(towns()[code])


def _like(name: str, long: str, short: str) -> str:
    article = "the " if name.startswith("the ") else ""
    return article + (long if " " in name or len(name) > 6 else short)


def _families(texts: Sequence[Text], common: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Names of perpetrating groups, those that the key gives for one entity together.

    A name has a word that ordinary texts do not write small; words such as "army of liberation" count if they
    stand beside a name twice and are not in the plural.
    """
    beside: Counter[tuple[str, str]] = Counter()
    names: set[str] = set()
    known = {name for pair in groups() for name in pair}
    for entity in (e for text in texts for e in text.entities["PerpOrg"]):
        named = [m for m in entity if not _DESCRIPTION.search(m)]
        own = sorted({m for m in named if m in known or any(w not in common for w in _WORD.findall(m))})
        names.update(own)
        beside.update((name, other) for name in own for other in set(named) - {name})
    leader = {name: name for name in names}
    for (name, other), count in sorted(beside.items(), key=lambda b: (-b[1], b[0])):
        if other not in leader and count > 1 and " " in other and not other.endswith("s"):
            leader[other] = leader[name]
        elif other in names and count > 1:
            old, fresh = leader[other], leader[name]
            leader = {n: fresh if first == old else first for n, first in leader.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for name, first in sorted(leader.items()):
        found[first].append(name)
    return (tuple(family) for family in found.values())
