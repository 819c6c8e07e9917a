"""Which entries of reference lists the names of a pile lead to; what follows for which names are one.

A name that leads to one entry of a list and no other is linked to it; one that leads to several is put up for
review. Names of one entry are one; two entries of one list are two, whatever they are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import msgspec

from sourcebook.model import Entity, EntityId, Entry, Listed, MentionId, MentionKind, Proposal, ReferenceList
from sourcebook.resolve import names
from sourcebook.resolve.clusters import Groups, Link
from sourcebook.resolve.entities.links import Bar
from sourcebook.resolve.entities.local import Referent, is_acronym, sort_of

#: What a link by a list is worth: more than any likeness of names, less than a reviewer's word.
CERTAIN: Final = 0.99
#: Names of two words and more that are spelled otherwise are held to be one from here on.
_ALIKE: Final = 0.85
#: An ambiguous name is put up with so many entries at most.
_SHOWN: Final = 5
#: Entries of one list that links could bring together are held apart up to so many.
_MOST: Final = 200
#: Words beside a place's name that tell a unit from the town it is called after, and such units.
_UNIT_WORDS: Final = frozenset(
    ("province", "governorate", "region", "district", "state", "county", "oblast", "wilayat")
)
_UNITS: Final = frozenset(("district", "province", "country", "region"))


class Doubt(NamedTuple):
    """A referent whose names lead to several entries of one list."""

    referent: MentionId
    entries: tuple[Entry, ...]
    name: str


class Found(NamedTuple):
    """Entries by referent, links that follow, names that lead to several entries; lists in their order."""

    of: Mapping[MentionId, tuple[Listed, ...]]
    links: list[Link]
    doubts: list[Doubt]
    order: Mapping[str, int]


class _Index:
    """The entries of one list by the names that tell who is meant."""

    def __init__(self, held: ReferenceList) -> None:
        self._exact: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        self._spelled: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in held.entries:
            for sort in _sorts(entry):
                person = sort == "person"
                for name in entry.names:
                    self._exact[sort, names.exact_key(name, person=person)][entry.id] = entry
                    if len(names.normal(name, person=person)) > 1:
                        self._spelled[sort, names.key(name, person=person)][entry.id] = entry

    def find(self, sort: str, name: str) -> Iterable[Entry]:
        """The entries of that name, as written if there is one; else those spelled otherwise."""
        person = sort == "person"
        exact = self._exact.get((sort, names.exact_key(name, person=person)))
        if exact:
            written = [e for e in exact.values() if name.casefold() in (n.casefold() for n in e.names)]
            return written or exact.values()
        if len(names.normal(name, person=person)) < 2 or sort not in ("person", "actor"):
            return ()
        spelled = self._spelled.get((sort, names.key(name, person=person)), {})
        return [
            entry
            for entry in spelled.values()
            if max(names.similarity(name, n, person=person).value for n in entry.names) >= _ALIKE
        ]


def _sorts(entry: Entry) -> tuple[str, ...]:
    """What sort of referent an entry may be; one that does not tell is an actor or a person."""
    if entry.kind is None:
        return ("actor", "person")
    if entry.kind in (MentionKind.PLACE, MentionKind.FACILITY):
        return ("place", "site")
    return (sort_of(entry.kind),)


def look_up(referents: Sequence[Referent], lists: Iterable[ReferenceList]) -> Found:
    """Every referent in every list."""
    of: dict[MentionId, list[Listed]] = defaultdict(list)
    links: list[Link] = []
    doubts: list[Doubt] = []
    order: dict[str, int] = {}
    for held in lists:
        order[held.name] = len(order)
        first: dict[str, Referent] = {}
        index = _Index(held)
        for referent in referents:
            met = _entry(referent, index)
            if isinstance(met, Doubt):
                doubts.append(met)
            elif met is not None:
                of[referent.id].append(met)
                start = first.setdefault(met.entry.id, referent)
                if start.id != referent.id:
                    links.append(Link(start.id, referent.id, CERTAIN, _same(met.entry)))
    return Found({i: tuple(listed) for i, listed in of.items()}, links, doubts, order)


def _entry(referent: Referent, index: _Index) -> Listed | Doubt | None:
    """The one entry that the fullest names of a referent lead to; several are a doubt."""
    for called in _by_fullness(referent):
        met = {e.id: (e, name) for name in called for e in index.find(referent.sort, name)}
        entries = [e for e, _ in met.values()]
        if referent.sort in ("place", "site"):
            entries = _fitting(entries, referent)
        if len(entries) == 1:
            entry, name = met[entries[0].id]
            why = f'"{name}" is a name of entry {entry.id} of the list {entry.list}'
            return Listed(entry=entry, why=why)
        if entries:
            return Doubt(referent.id, tuple(entries), called[0])
    return None


def _by_fullness(referent: Referent) -> list[list[str]]:
    """The names to look up: full ones, and where those lead nowhere acronyms and the name of a unit alone."""
    if referent.sort == "person":
        return [[n for n in referent.broad if len(names.normal(n, person=True)) > 1]]
    full = sorted(
        n for n in referent.names if not is_acronym(n) and (n in referent.broad or referent.sort != "actor")
    )
    bare = [b for n in full if (b := _bare(n)) != n] if referent.sort in ("place", "site") else []
    return [full, list(referent.acronyms), bare]


def _bare(name: str) -> str:
    """The name of a unit without the word for the unit."""
    words = name.split()
    return " ".join(w for w in words if w.lower() not in _UNIT_WORDS) or name


def _fitting(entries: Sequence[Entry], referent: Referent) -> list[Entry]:
    """Of places of one name the units where it is called one, and else the towns and sites."""
    called = any(w.lower() in _UNIT_WORDS for n in referent.names for w in n.split())
    kept = [e for e in entries if (e.precision in _UNITS) is called]
    return kept or list(entries)


def _same(entry: Entry) -> str:
    return f'both are entry {entry.id}, "{entry.name}", of the list {entry.list}'


def apart(found: Found, links: Iterable[Link]) -> list[Bar]:
    """Bars between entries of one list, wherever `links` could bring their referents together."""
    ids = dict.fromkeys(i for link in links for i in (link.left, link.right))
    groups = Groups([*ids])
    for link in links:
        groups.join(link.left, link.right)
    met: dict[tuple[str, str], dict[str, tuple[MentionId, Entry]]] = defaultdict(dict)
    for referent, linked in found.of.items():
        for entry in (one.entry for one in linked if referent in groups):
            met[groups.name(referent), entry.list].setdefault(entry.id, (referent, entry))
    return [
        Bar(left, right, _two(one, other))
        for _, by_id in sorted(met.items())
        for (left, one), (right, other) in combinations([by_id[i] for i in sorted(by_id)[:_MOST]], 2)
    ]


def _two(one: Entry, other: Entry) -> str:
    return f'the list {one.list} has two entries: {one.id} "{one.name}" and {other.id} "{other.name}"'


def proposals(found: Found, entity_of: Mapping[MentionId, EntityId]) -> list[Proposal]:
    """Names that lead to several entries, unless another name of the entity leads to one of that list."""
    settled = {(entity_of[r], one.entry.list) for r, linked in found.of.items() for one in linked}
    made: dict[tuple[str, str], Proposal] = {}
    for doubt in found.doubts:
        entity = entity_of[doubt.referent]
        if (entity, doubt.entries[0].list) in settled:
            continue
        shown = sorted(doubt.entries, key=lambda e: e.row)[:_SHOWN]
        several = " or ".join(f'{e.id} "{e.name}"' for e in shown)
        kind = "place" if shown[0].kind in (MentionKind.PLACE, MentionKind.FACILITY) else "actor"
        for entry in shown:
            why = f'"{doubt.name}" may be the entry {several} of the list {entry.list}; it is linked to none'
            about = (entity, entry.ref)
            made.setdefault(
                about, Proposal(kind=kind, about=about, score=round(1 / len(doubt.entries), 3), why=why)
            )
    return [made[about] for about in sorted(made)]


def enriched(entity: Entity, found: Found, referents: Iterable[Referent]) -> Entity:
    """The entity with the entries that its referents lead to, in the lists' order, and their identifiers."""
    linked = {one.entry.ref: one for r in referents for one in reversed(found.of.get(r.id, ()))}
    if not linked:
        return entity
    listed = tuple(sorted(linked.values(), key=lambda one: (found.order[one.entry.list], one.entry.row)))
    identifiers = {k: v for one in reversed(listed) for k, v in one.entry.identifiers.items()}
    return msgspec.structs.replace(entity, listed=listed, identifiers=dict(sorted(identifiers.items())))
