"""Within one document: which mentions are of one actor or place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from sourcebook.model import Claim, Form, Mention, MentionId, MentionKind
from sourcebook.resolve import names
from sourcebook.resolve.clusters import Link, clusters
from sourcebook.resolve.names.words import parts

#: Kinds that one name may stand for by turns; a place and a group of one name stay apart.
_CLASSES: Final[dict[MentionKind, str]] = {
    MentionKind.PERSON: "person",
    MentionKind.PLACE: "place",
    MentionKind.FACILITY: "site",
    MentionKind.PEOPLE: "people",
}


class Referent(NamedTuple):
    """What one document speaks of: its mentions in text order and the names it goes by there.

    `names` maps a form to how often it is used; `broad` are the forms that tell who is meant without the
    document, "Harrow Liberation Front" and not "the Front"; `why` says what joined its mentions.
    """

    id: MentionId
    sort: str
    kind: MentionKind
    mentions: tuple[MentionId, ...]
    names: Mapping[str, int]
    broad: tuple[str, ...]
    acronyms: tuple[str, ...]
    why: tuple[str, ...]


def sort_of(kind: MentionKind) -> str:
    """person, place, site, people, or actor for every kind of organised actor."""
    return _CLASSES.get(kind, "actor")


def form(mention: Mention) -> str:
    """What mentions of one name have in common: sort and spelling-blind words."""
    sort = sort_of(mention.kind)
    text = names.exact_key(mention.name, person=sort == "person")
    if sort == "people":
        text = text.removesuffix("s")
    return f"{sort}:{text}"


def named(mention: Mention) -> bool:
    """Whether the mention names what it is of: names, and adjectives of country ("Velian", head "Velia")."""
    demonym = mention.kind is MentionKind.PLACE and mention.form is Form.NOMINAL and mention.country
    return mention.form is Form.NAME or bool(demonym)


def _known(mention: Mention, roles: frozenset[MentionId]) -> bool:
    """Whether it makes an entity: a name, or a description with a role in a claim, but no pronoun."""
    return named(mention) or (mention.form is Form.NOMINAL and mention.id in roles)


@lru_cache(maxsize=65536)
def is_acronym(name: str) -> bool:
    """All capitals, perhaps with hyphens and figures."""
    bare = [c for c in name if c.isalnum()]
    capitals = sum(not c.islower() for c in bare)
    return 1 < len(bare) < 9 and capitals >= 0.6 * len(bare) and " " not in name.replace("- ", "")


class Decided(NamedTuple):
    """Pairs of mentions that a person decided on."""

    same: Collection[tuple[MentionId, MentionId]] = ()
    apart: Collection[tuple[MentionId, MentionId]] = ()


class Joined:
    """Disjoint sets of mentions, and the links that made them."""

    def __init__(self, ids: Iterable[MentionId]) -> None:
        self._parent = {i: i for i in ids}
        self.links: list[Link] = []

    def root(self, one: MentionId) -> MentionId:
        """The mention that stands for the set of this one."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: MentionId, other: MentionId, why: str = "") -> None:
        """Make one set of two."""
        if one not in self._parent or other not in self._parent:
            return
        self.links.append(Link(one, other, 1.0, why))
        self._parent[self.root(other)] = self.root(one)


def referents(
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    roles: frozenset[MentionId],
    decided: Decided,
) -> list[Referent]:
    """The actors and places of one document; unnamed ones only if they fill a role of a claim."""
    entities = sorted((m for m in mentions if m.kind.is_entity), key=lambda m: (m.span, m.kind))
    by_id = {m.id: m for m in entities}
    joined = Joined(by_id)
    for one, other in decided.same:
        joined.join(one, other, "a reviewer decided so")
    first: dict[str, Mention] = {}
    for mention in (m for m in entities if named(m)):
        start = first.setdefault(form(mention), mention)
        if start is not mention:
            joined.join(start.id, mention.id)
    _by_definition(joined, by_id, claims)
    _by_acronym(joined, first)
    _by_part(joined, first)
    for mention in entities:
        if mention.antecedent in by_id and mention.form is not Form.NAME:
            joined.join(mention.antecedent, mention.id)
    apart = [frozenset(p) for p in decided.apart if p[0] in by_id and p[1] in by_id]
    made = clusters([m.id for m in entities], joined.links, apart)
    why: dict[str, list[str]] = defaultdict(list)
    place = {i: group[0] for group in made.groups for i in group}
    for link in made.used:
        if link.why:
            why[place[link.left]].append(link.why)
    return [
        _referent([by_id[MentionId(i)] for i in group], tuple(dict.fromkeys(why[group[0]])))
        for group in made.groups
        if any(_known(by_id[MentionId(i)], roles) for i in group)
    ]


def _by_definition(joined: Joined, by_id: Mapping[MentionId, Mention], claims: Sequence[Claim]) -> None:
    for claim in claims:
        subject, other = claim.filler("subject"), claim.filler("object")
        if claim.predicate != "alias" or claim.factuality.denies or subject is None or other is None:
            continue
        left, right = by_id.get(subject), by_id.get(other)
        if left and right and sort_of(left.kind) == sort_of(right.kind):
            joined.join(subject, other, f'"{left.exact}" is also called "{right.exact}"')


def _by_acronym(joined: Joined, first: Mapping[str, Mention]) -> None:
    """An acronym that abbreviates one long name of the document and no other."""
    actors = [m for m in first.values() if sort_of(m.kind) == "actor"]
    long = [m for m in actors if len(names.normal(m.name)) > 1 and not is_acronym(m.name)]
    for short in (m for m in actors if is_acronym(m.name)):
        full = [m for m in long if names.abbreviates(short.name, m.name)]
        if len({joined.root(m.id) for m in full}) == 1:
            joined.join(full[0].id, short.id, f'"{short.name}" are the initials of "{full[0].name}"')


def _by_part(joined: Joined, first: Mapping[str, Mention]) -> None:
    """A surname or a bare head word ("the Front") that one fuller name of the document holds."""
    by_word: dict[tuple[str, str], dict[MentionId, Mention]] = defaultdict(dict)
    for written, mention in first.items():
        sort, _, text = written.partition(":")
        if sort in ("person", "actor") and " " in text:
            for word in {text.split()[-1]} if sort == "person" else set(text.split()):
                by_word[sort, word].setdefault(joined.root(mention.id), mention)
    for written, mention in first.items():
        sort, _, text = written.partition(":")
        fuller = by_word.get((sort, text), {})
        bare = sort == "person" or text in _generic_sounds()
        if " " not in text and bare and len({joined.root(m) for m in fuller}) == 1:
            full = next(iter(fuller.values()))
            joined.join(full.id, mention.id, f'"{mention.exact}" is short for "{full.name}" here')


@cache
def _generic_sounds() -> frozenset[str]:
    return frozenset(names.exact_key(w) for w in parts("generic"))


def _referent(mentions: Sequence[Mention], why: tuple[str, ...]) -> Referent:
    naming = [m for m in mentions if named(m)]
    kinds = Counter(m.kind for m in naming or mentions)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    used = Counter(m.name for m in naming)
    acronyms = tuple(sorted(n for n in used if is_acronym(n)))
    return Referent(
        id=mentions[0].id,
        sort=sort_of(kind),
        kind=kind,
        mentions=tuple(m.id for m in mentions),
        names=dict(used),
        broad=tuple(sorted(_broad(used, person=kind is MentionKind.PERSON))),
        acronyms=acronyms,
        why=why,
    )


def _broad(used: Iterable[str], *, person: bool) -> list[str]:
    """The names without acronyms and without those that only shorten another of them."""
    full = [n for n in used if not is_acronym(n)]
    normal = {n: names.normal(n, person=person) for n in full}
    return [n for n in full if not any(_shortens(normal[n], normal[o]) for o in full if o != n)]


def _shortens(part: Sequence[str], whole: Sequence[str]) -> bool:
    return len(part) < len(whole) and set(part) <= set(whole)
