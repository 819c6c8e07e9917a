"""Names made of another actor's name and more: "HF-North", "Harrow Front North Province", "North Wilayat".

Such a name is a branch, never its base; two that add the same words to the same base are one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

from sourcebook.resolve import names
from sourcebook.resolve.clusters import Link
from sourcebook.resolve.entities.local import Referent, is_acronym
from sourcebook.resolve.names.words import known_groups, parts
from sourcebook.text.spelling import sound, words

_SPLIT: Final = re.compile(r"[\-‐‑–] ?")
_PROVINCE: Final = "province"


class Branch(NamedTuple):
    """A name read as base and the words that it adds; `letters` where it adds only initials ("HF-N")."""

    base: str
    added: frozenset[str]
    letters: str


class Branches(NamedTuple):
    """Links between names of one branch, bars between branch and base and between sister branches."""

    links: list[Link]
    bars: list[tuple[str, str, str]]
    common: frozenset[str]


def branches(referents: Sequence[Referent], links: Iterable[Link]) -> Branches:
    """Read every actor's name as a base and what it adds, where the base is an actor of the pile."""
    actors = [r for r in referents if r.sort == "actor"]
    sets = _Sets([r.id for r in actors], links)
    bases = _bases(actors)
    groups: dict[str, dict[frozenset[str], list[tuple[Referent, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    short: list[tuple[Referent, str, str, str]] = []
    made: list[Link] = []
    bars: list[tuple[str, str, str]] = []
    for referent in actors:
        for name in (*referent.broad, *referent.acronyms):
            branch = _read(name, bases)
            if branch is None or branch.base == referent.id:
                continue
            root = sets.root(branch.base)
            if branch.letters:
                short.append((referent, name, root, branch.letters))
            elif branch.added:
                groups[root][branch.added].append((referent, name))
                bars.append((branch.base, referent.id, f'"{name}" adds "{" ".join(sorted(branch.added))}"'))
            elif not sets.same(branch.base, referent.id):
                made.append(
                    Link(branch.base, referent.id, 0.88, f'"{name}" adds nothing that tells it apart')
                )
    made += _one_branch(groups)
    made += [link for s in short for link in _by_letters(*s, groups)]
    bars += [(root, r.id, f'"{name}" adds "{letters.upper()}"') for r, name, root, letters in short]
    made += _provinces(actors, groups)
    return Branches(made, [*bars, *_sisters(groups), *_frames(actors)], _common(actors))


class _Sets:
    """Which referents the links so far hold together."""

    def __init__(self, ids: Iterable[str], links: Iterable[Link]) -> None:
        self._parent = {i: i for i in ids}
        for link in links:
            if link.left in self._parent and link.right in self._parent:
                self._parent[self.root(link.right)] = self.root(link.left)

    def root(self, one: str) -> str:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def same(self, one: str, other: str) -> bool:
        return self.root(one) == self.root(other)


def _bases(actors: Sequence[Referent]) -> Mapping[tuple[str, ...], str]:
    """The words of every name and acronym, by sound, to the first referent that has it."""
    found: dict[tuple[str, ...], str] = {}
    for referent in actors:
        for name in (*referent.broad, *referent.acronyms):
            found.setdefault(_sounds(name), referent.id)
    return found


def _sounds(name: str) -> tuple[str, ...]:
    return tuple(sound(w) or w for w in names.normal(name))


def _read(name: str, bases: Mapping[tuple[str, ...], str]) -> Branch | None:
    listed = names.exact_key(name) in _listed()
    pieces = [p for p in _SPLIT.split(name) if p]
    if len(pieces) == 2 and is_acronym(pieces[0]) and len(pieces[1]) < 4 and pieces[1].isupper():
        base = bases.get(_sounds(pieces[0]))
        return Branch(base, frozenset(), words(pieces[1])[0]) if base else None
    heard = _sounds(name)
    if listed or len(heard) < 2 or is_acronym(name):
        return None
    for length in range(len(heard) - 1, 0, -1):
        base = bases.get(heard[:length])
        if base and (length > 1 or is_acronym(pieces[0]) or len(pieces) == 1):
            added = frozenset(heard[length:]) - _kind_words()
            return Branch(base, added, "")
    return None


@cache
def _listed() -> frozenset[str]:
    return frozenset(names.exact_key(n) for pair in known_groups().items() for n in pair)


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(sound(w) for w in parts("kindword"))


def _one_branch(groups: Mapping[str, Mapping[frozenset[str], Sequence[tuple[Referent, str]]]]) -> list[Link]:
    links = []
    for by_added in groups.values():
        for members in by_added.values():
            start, written = members[0]
            links += [
                Link(start.id, r.id, 0.92, f'"{written}" and "{name}" add the same words to one name')
                for r, name in members[1:]
                if r.id != start.id
            ]
    return links


def _by_letters(
    referent: Referent,
    name: str,
    root: str,
    letters: str,
    groups: Mapping[str, Mapping[frozenset[str], Sequence[tuple[Referent, str]]]],
) -> list[Link]:
    """The one branch of HF that adds a word with N, for "HF-N"."""
    fitting = [
        members[0]
        for added, members in groups.get(root, {}).items()
        if sorted(w[0] for w in added) == sorted(letters) or (len(added) == 1 and min(added)[0] == letters[0])
    ]
    if len({r.id for r, _ in fitting}) != 1 or fitting[0][0].id == referent.id:
        return []
    other, written = fitting[0]
    return [Link(other.id, referent.id, 0.87, f'"{name}" is short for "{written}"')]


def _provinces(
    actors: Sequence[Referent], groups: Mapping[str, Mapping[frozenset[str], Sequence[tuple[Referent, str]]]]
) -> list[Link]:
    """The one branch that adds "North", for "North Wilayat"."""
    by_word: dict[frozenset[str], list[tuple[Referent, str]]] = defaultdict(list)
    for by_added in groups.values():
        for added, members in by_added.items():
            by_word[added].append(members[0])
    links = []
    for referent in actors:
        for name in referent.broad:
            heard = set(_sounds(name))
            fitting = by_word.get(frozenset(heard - {sound(_PROVINCE)}), [])
            if sound(_PROVINCE) in heard and len(fitting) == 1 and fitting[0][0].id != referent.id:
                other, written = fitting[0]
                links.append(Link(other.id, referent.id, 0.85, f'"{name}" is the province of "{written}"'))
    return links


def _sisters(
    groups: Mapping[str, Mapping[frozenset[str], Sequence[tuple[Referent, str]]]],
) -> list[tuple[str, str, str]]:
    bars: list[tuple[str, str, str]] = []
    for by_added in groups.values():
        heads = [members[0] for _, members in sorted(by_added.items(), key=lambda g: sorted(g[0]))]
        for (left, a), (right, b) in combinations(heads[:24], 2):
            bars.append((left.id, right.id, f'"{a}" and "{b}" add different words to one name'))
    return bars


def _frames(actors: Sequence[Referent]) -> list[tuple[str, str, str]]:
    """Names of three words and more that differ in the last one only: "Movement of A", "Movement of B"."""
    frames: dict[tuple[str, ...], dict[str, tuple[Referent, str]]] = defaultdict(dict)
    for referent in actors:
        for name in referent.broad:
            heard = _sounds(name)
            if len(heard) > 2:
                frames[heard[:-1]].setdefault(heard[-1], (referent, name))
    return [
        (left.id, right.id, f'"{a}" and "{b}" differ in the word that tells them apart')
        for by_last in frames.values()
        if 1 < len(by_last) < 24
        for (left, a), (right, b) in combinations([by_last[w] for w in sorted(by_last)], 2)
        if left.id != right.id
    ]


def _common(actors: Sequence[Referent]) -> frozenset[str]:
    """Words that more than a few names of the pile hold, and words that tell little."""
    counts = Counter(w for r in actors for n in r.broad for w in set(names.normal(n)))
    return frozenset(w for w, n in counts.items() if n > 24) | parts("generic") | parts("kindword")
