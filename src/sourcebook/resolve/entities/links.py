"""Between documents: which referents may be one, and which may not, each with a reason in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

from sourcebook import gazetteer
from sourcebook.model import Claim, MentionId
from sourcebook.resolve import names
from sourcebook.resolve.clusters import Link
from sourcebook.resolve.entities.branches import Branches, branches
from sourcebook.resolve.entities.local import Referent, is_acronym
from sourcebook.resolve.names.words import known_groups, parts

#: Claims between two actors that make them two.
_RELATIONS: Final = {
    "parent": "a branch of",
    "rival": "a rival of",
    "ally": "an ally of",
    "split_from": "a splinter of",
}
_DIRECTIONS: Final = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western")
)
#: Blocks larger than this hold names too common to tell anything.
_BLOCK: Final = 24


class Bar(NamedTuple):
    """Two referents that may never be one, and why."""

    left: str
    right: str
    why: str


class Proposed(NamedTuple):
    """What the names say of a pile: links by falling certainty, bars, and doubtful pairs."""

    links: list[Link]
    bars: list[Bar]
    doubtful: list[Link]


def propose(referents: Sequence[Referent], claims: Iterable[Claim]) -> Proposed:
    """Links and bars between the referents of all documents; near-linear in their number."""
    links = [*_same_name(referents), *_spelled_alike(referents)]
    acronyms, bars = _same_acronym(referents)
    links += acronyms
    tree = branches(referents, links)
    links += tree.links
    bars += [Bar(*b) for b in tree.bars]
    bars += _related(referents, claims)
    links += _by_initials(referents, links)
    alike = list(_doubtful(referents, tree))
    bars += [Bar(a.left, a.right, f"{a.why}: a part or a country's own") for a, own in alike if own]
    return Proposed(links, bars, [a for a, own in alike if not own])


def canonical(referent: Referent, name: str) -> str:
    """The name to compare by: its sort with its spelling-blind words, or those of its first listed name."""
    person = referent.sort == "person"
    words = names.exact_key(name, person=person)
    if referent.sort == "actor":
        words = _listed().get(words, words)
    return f"{referent.sort}:{words.removesuffix('s') if referent.sort == 'people' else words}"


@cache
def _listed() -> Mapping[str, str]:
    return {names.exact_key(k): names.exact_key(v) for k, v in known_groups().items()}


def _telling(referent: Referent) -> Iterator[str]:
    """Names that tell who is meant without the document: no single surname."""
    for name in referent.broad:
        if referent.sort != "person" or len(names.normal(name, person=True)) > 1:
            yield name


def _same_name(referents: Sequence[Referent]) -> list[Link]:
    first: dict[str, tuple[str, str, str]] = {}
    links = []
    for referent in referents:
        for name in _telling(referent):
            met = (referent.id, name, f'both are called "{name}"')
            start, written, why = first.setdefault(canonical(referent, name), met)
            if start != referent.id:
                other = f'"{written}" and "{name}" are one name'
                links.append(Link(start, referent.id, 0.97, why if name == written else other))
    return links


def _spelled_alike(referents: Sequence[Referent]) -> list[Link]:
    """Other transliterations and another order of words; names of two words and more."""
    first: dict[str, tuple[str, str]] = {}
    links = []
    for referent in referents:
        if referent.sort not in ("person", "actor"):
            continue
        person = referent.sort == "person"
        for name in _telling(referent):
            if len(names.normal(name, person=person)) < 2:
                continue
            block = f"{referent.sort}:{names.key(name, person=person)}"
            start, written = first.setdefault(block, (referent.id, name))
            if start != referent.id and names.similarity(written, name, person=person).value >= 0.85:
                links.append(
                    Link(start, referent.id, 0.93, f'"{written}" and "{name}" differ in spelling only')
                )
    return links


def _same_acronym(referents: Sequence[Referent]) -> tuple[list[Link], list[Bar]]:
    """One acronym is one actor, unless two documents spell it out differently."""
    users: dict[str, list[Referent]] = defaultdict(list)
    for referent in referents:
        for short in referent.acronyms:
            users[f"{referent.sort}:{names.exact_key(short)}"].append(referent)
    links: list[Link] = []
    bars: list[Bar] = []
    for users_of in users.values():
        spelled: dict[str, Referent] = {}
        for referent in users_of:
            full = _spelled_out(referent)
            if full:
                spelled.setdefault(canonical(referent, full), referent)
        shorts = users_of[0].acronyms[0]
        readings = list(spelled.values())
        differing = [p for p in combinations(readings[:_BLOCK], 2) if _differ(*p)]
        if differing:
            why = "two documents spell one acronym out differently"
            bars += [
                Bar(a.id, b.id, f'{why}: "{_spelled_out(a)}" and "{_spelled_out(b)}"') for a, b in differing
            ]
            continue
        start = readings[0] if readings else users_of[0]
        links += [
            Link(start.id, r.id, 0.9, f'both are called "{shorts}"') for r in users_of if r.id != start.id
        ]
    return links, bars


def _spelled_out(referent: Referent) -> str | None:
    """The full name that an acronym of the referent stands for in its document."""
    full = [n for n in referent.broad if any(names.abbreviates(a, n) for a in referent.acronyms)]
    return full[0] if full else next(iter(referent.broad), None)


def _differ(left: Referent, right: Referent) -> bool:
    """Whether no full name of one is like, or the beginning of, a full name of the other."""
    for a in left.broad:
        for b in right.broad:
            shared = set(names.normal(a)) & set(names.normal(b))
            listed = canonical(left, a) == canonical(right, b)
            if listed or len(shared) > 1 or names.similarity(a, b).value >= 0.6:
                return False
    return bool(left.broad and right.broad)


def _by_initials(referents: Sequence[Referent], links: Sequence[Link]) -> list[Link]:
    """An acronym that no document spells out, and the only name in the pile with its initials."""
    linked = {i for link in links for i in (link.left, link.right)}
    by_letters: dict[str, dict[str, Referent]] = defaultdict(dict)
    for referent in referents:
        if referent.sort == "actor":
            for name in referent.broad:
                by_letters[names.initials(name)].setdefault(canonical(referent, name), referent)
    found = []
    for referent in (r for r in referents if r.sort == "actor" and not r.broad and r.id not in linked):
        for short in referent.acronyms:
            full = by_letters.get(names.exact_key(short).replace(" ", ""), {})
            if len(full) == 1:
                other = next(iter(full.values()))
                found.append(
                    Link(other.id, referent.id, 0.8, f'"{short}" are the initials of "{other.broad[0]}"')
                )
    return found


def _related(referents: Sequence[Referent], claims: Iterable[Claim]) -> list[Bar]:
    """What a text says to stand in a relation is two things."""
    owner = {m: r for r in referents for m in r.mentions}
    bars = []
    for claim in claims:
        subject, other = claim.filler("subject"), claim.filler("object")
        left, right = owner.get(subject or MentionId("")), owner.get(other or MentionId(""))
        if claim.predicate not in _RELATIONS or not left or not right or left.id == right.id:
            continue
        if left.sort != right.sort or claim.factuality.denies or _share_a_name(left, right):
            continue
        what = _RELATIONS[claim.predicate]
        why = f'a text has "{_any(left)}" as {what} "{_any(right)}" (claim {claim.id})'
        bars.append(Bar(left.id, right.id, why))
    return bars


def _any(referent: Referent) -> str:
    return next(iter((*referent.broad, *referent.acronyms, *sorted(referent.names))), "it")


def _share_a_name(left: Referent, right: Referent) -> bool:
    return not {canonical(left, n) for n in left.names}.isdisjoint(canonical(right, n) for n in right.names)


def _doubtful(referents: Sequence[Referent], tree: Branches) -> Iterator[tuple[Link, bool]]:
    """Pairs of names alike, but not enough; whether one is a part of the other, or a country's."""
    blocks: dict[str, dict[str, tuple[Referent, str]]] = defaultdict(dict)
    for referent in referents:
        if referent.sort not in ("person", "actor"):
            continue
        person = referent.sort == "person"
        for name in referent.broad:
            form = canonical(referent, name)
            words = names.normal(name, person=person)
            for word in words[-1:] if person else set(words) - tree.common:
                blocks[f"{referent.sort}:{names.key(word, person=True)}"].setdefault(form, (referent, name))
    seen = set()
    for block in blocks.values():
        if len(block) > _BLOCK:
            continue
        for (form, (left, a)), (other, (right, b)) in combinations(sorted(block.items()), 2):
            if left.id == right.id or (form, other) in seen or is_acronym(a) or is_acronym(b):
                continue
            seen.add((form, other))
            score = names.similarity(a, b, person=left.sort == "person")
            if score.value >= 0.7:
                why = f'"{a}" and "{b}": {score.why}'
                yield (
                    Link(left.id, right.id, round(score.value * 0.8, 3), why),
                    _of_another(a, b) or _adds_country(a, b),
                )


def _of_another(left: str, right: str) -> bool:
    """Whether one name is of a part of what the other names: "Joint Staff of the Harrow Pact"."""
    long, short = max(left, right, key=len), min(left, right, key=len)
    return long.endswith((f" of {short}", f" of the {short}"))


def _tells_of_land(word: str) -> bool:
    known = gazetteer.country(word) or gazetteer.unit(word) or gazetteer.adjective(word.capitalize())
    return bool(known) or word in _DIRECTIONS


def _adds_country(left: str, right: str) -> bool:
    """Whether one name is the other with words for a country: "Velian Harrow Front"."""
    a, b = set(names.normal(left)), set(names.normal(right))
    more = (b - a) if a < b else (a - b) if b < a else set()
    lands = {w for w in more if _tells_of_land(w)}
    return bool(lands) and more <= lands | parts("generic") | parts("kindword")
