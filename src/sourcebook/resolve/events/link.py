"""Which event claims are about one occurrence: what a reviewer decided, then antecedents, then scores.

Links are made in order of certainty, each only if the two groups as a whole may be one: no pair told apart,
no dates, towns or outcomes that exclude one another. What scores in between is proposed. Nothing here depends
on the order in which documents came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from math import inf
from typing import NamedTuple

from sourcebook.model import Claim, ClaimId, DocumentId
from sourcebook.resolve.clusters import Groups, Link
from sourcebook.resolve.coref.documents import Alike
from sourcebook.resolve.events.comparing import Comparer, here
from sourcebook.resolve.events.exclusions import contradicts, never
from sourcebook.resolve.events.pairs import Blocks, Outlines, same_text
from sourcebook.resolve.events.rarity import Rarity
from sourcebook.resolve.events.score import Part, Setting, compare, probability, score, total, weights
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.when import When
from sourcebook.resolve.rulings import Rulings
from sourcebook.resolve.sweeping import unswept

#: Passes over pairs of one document, then of all; each compares what the last has joined.
PASSES = (True, True, False, False, False)
#: How much likelier (in log-odds) the best of several candidates must be for a definite description.
_MARGIN = 0.7
#: Log-odds, the bias aside, that no later pass makes up for unless one of the two groups has grown.
_HOPELESS = -0.5
#: How many times as many groups as today there may have been when a pair was compared.
_DRIFT = 1.05
_ANTECEDENT = "document.antecedent"
#: Proposals kept for one event: the likeliest.
_PROPOSED = 4


class Linked(NamedTuple):
    """Groups of claims with their sketches, the links that made them, and what was left open.

    `proposed` pairs are undecided, `refused` are decided pairs that another decision forbids, `unplaced`
    claims say too little to be an event of their own.
    """

    groups: dict[ClaimId, tuple[ClaimId, ...]]
    sketches: dict[ClaimId, Sketch]
    used: list[Link]
    proposed: list[Link]
    refused: list[Link]
    unplaced: tuple[ClaimId, ...]


class Scored(NamedTuple):
    """Two groups by name, what was compared of them, and the score that it makes."""

    left: str
    right: str
    parts: tuple[Part, ...]
    total: float

    @property
    def link(self) -> Link:
        """The same as a link, with its probability and the reasons in words."""
        made = score(self.parts)
        return Link(self.left, self.right, made.value, made.why)


class _Open(NamedTuple):
    """A pair that may still be joined, as it was compared when its groups were so large and so many."""

    grown: tuple[int, int]
    among: int
    scored: Scored

    def holds(self, grown: tuple[int, int], among: int) -> bool:
        """Whether it would be much the same today: what is rare depends on how many groups there are."""
        return self.grown == grown and self.among <= among * _DRIFT


class Referring(NamedTuple):
    """A claim that refers back to another, what was compared of their groups, and the score that it makes.

    `lasting`: the other tells of something that goes on, which is no single attack.
    """

    claim: Claim
    earlier: ClaimId
    parts: tuple[Part, ...]
    total: float
    lasting: bool

    @property
    def link(self) -> Link:
        """The same as a link."""
        return Link(self.claim.id, self.earlier, score(self.parts).value, weights()[_ANTECEDENT].words)


def link(
    claims: Sequence[Claim],
    sketches: Mapping[ClaimId, Sketch],
    rulings: Rulings,
    kin: frozenset[frozenset[str]] = frozenset(),
    alike: Alike | None = None,
    compare: Comparer = here,
) -> Linked:
    """Group event claims into events; `compare` is who compares them."""
    return Joiner(sketches, rulings, alike, compare).link(claims, kin, rulings)


class Joiner:
    """Groups in the making, each with the sketch of all its claims."""

    def __init__(
        self,
        sketches: Mapping[ClaimId, Sketch],
        rulings: Rulings,
        alike: Alike | None,
        compare: Comparer = here,
    ) -> None:
        self._alike = alike
        self._compare = compare
        self._bare = dict(sketches)
        self.groups = Groups(sorted(sketches), rulings.apart("c"))
        self.sketches: dict[str, Sketch] = {i: sketches[ClaimId(i)] for i in sorted(sketches)}
        self.used: list[Link] = []
        self.refused: list[Link] = []
        self._rarity = Rarity(self.sketches.values())
        self._outlines = Outlines(self.sketches)
        self._blocks = {
            True: Blocks(self.sketches, self._outlines, same_text),
            False: Blocks(self.sketches, self._outlines),
        }
        self._open: dict[bool, dict[int, _Open]] = {True: {}, False: {}}
        self._hopeless: dict[int, tuple[int, int]] = {}

    def link(
        self,
        claims: Sequence[Claim],
        kin: frozenset[frozenset[str]],
        rulings: Rulings,
        among: Set[str] | None = None,
    ) -> Linked:
        """Group the claims; those that refer back and decisions are only looked at `among` some, if given."""
        with unswept():
            self.decided(rulings, among)
            self.antecedents(claims, kin, among)
            for within_document in PASSES:
                if not self.join_all(kin, within_document=within_document) and not within_document:
                    break
            return self.result(kin, rulings)

    def redate(self, whens: Mapping[ClaimId, When]) -> Set[str]:
        """Give claims other dates: groups that hold one are taken apart, the others stand. Whose claims."""
        opened: set[str] = set()
        for claim in sorted(whens):
            if claim not in opened:
                opened.update(self._taken_apart(self.groups.name(claim), whens))
        numbers = {self._outlines.number(name) for name in opened}
        count = len(self._outlines.names)
        every = chain(self._hopeless, *self._open.values())
        gone = {p for p in every if not numbers.isdisjoint(divmod(p, count))}
        self._hopeless = {p: grown for p, grown in self._hopeless.items() if p not in gone}
        self._open = {
            within: {p: held for p, held in known.items() if p not in gone}
            for within, known in self._open.items()
        }
        self.used = [link for link in self.used if link.left not in opened]
        return opened

    def _taken_apart(self, name: str, whens: Mapping[ClaimId, When]) -> tuple[str, ...]:
        whole = self.sketches.pop(name)
        members = self.groups.part(name)
        for member in members:
            bare = self._bare[ClaimId(member)]
            self._bare[ClaimId(member)] = replace(bare, when=whens.get(ClaimId(member), bare.when))
            self._put(member, self._bare[ClaimId(member)])
        self._rarity.part(whole, [self.sketches[member] for member in members])
        return members

    def decided(self, rulings: Rulings, among: Set[str] | None = None) -> None:
        """Join what a reviewer ruled to be one; what another ruling forbids is kept as refused."""
        self.refused = []
        for pair in rulings.same_of("c"):
            made = Link(pair.left, pair.right, 1.0, pair.why)
            known = pair.left in self.groups and pair.right in self.groups
            stands = among is not None and among.isdisjoint((pair.left, pair.right))
            if stands and known and self.groups.name(pair.left) == self.groups.name(pair.right):
                continue
            if known and not self.join(made):
                self.refused.append(made)

    def antecedents(
        self, claims: Sequence[Claim], kin: frozenset[frozenset[str]], among: Set[str] | None = None
    ) -> None:
        """A claim and the one that it refers back to, unless what they say speaks against it."""
        least = weights()["threshold.merge"].value
        astray = []
        for found in self.referring(claims, kin, among):
            if found.lasting:
                astray.append(found.claim)
            elif probability(found.total) >= least:
                self.join(found.link)
        beside: dict[DocumentId, list[ClaimId]] = {}
        for claim in claims if astray else ():
            beside.setdefault(claim.trigger.document, []).append(claim.id)
        for claim in astray:
            main = self._main(claim, beside[claim.trigger.document])
            if main is not None:
                self.join(Link(claim.id, main, 1.0, "refers back to what its document is mostly about"))

    def referring(
        self, claims: Sequence[Claim], kin: frozenset[frozenset[str]], among: Set[str] | None = None
    ) -> Iterator[Referring]:
        """Claims and what each refers back to, in the order of the text; groups may grow between."""
        setting = Setting(self._rarity, kin, self._alike)
        for claim in sorted(claims, key=lambda c: (c.trigger, c.id)):
            earlier = claim.antecedent
            if earlier is None or claim.id not in self.groups or earlier not in self.groups:
                continue
            if among is not None and among.isdisjoint((claim.id, earlier)):
                continue
            left, right = self.groups.name(claim.id), self.groups.name(earlier)
            one, two = self.sketches[left], self.sketches[right]
            lasting = two.lasting and not one.lasting
            if left != right and (lasting or contradicts(one, two) is None):
                parts = (Part(_ANTECEDENT), *compare(one, two, setting))
                yield Referring(claim, earlier, parts, total(parts), lasting=lasting)

    def _main(self, claim: Claim, beside: Iterable[ClaimId]) -> str | None:
        """The event that a document has told most of before a claim, if the two may be one."""
        own = self.groups.name(claim.id)
        here, told = claim.trigger.document, []
        for name in {self.groups.name(c) for c in beside if c in self.groups}:
            sketch = self.sketches[name]
            spots = [s for d, s in sketch.spots if d == here and s < claim.trigger.start]
            if spots and name != own and not sketch.lasting and never(self.sketches[own], sketch) is None:
                told.append((-len(spots), min(spots), name))
        return min(told)[2] if told else None

    def join_all(self, kin: frozenset[frozenset[str]], *, within_document: bool) -> bool:
        """Join what scores high enough; whether anything was joined."""
        least = weights()["threshold.merge"].value
        joined = False
        for found in self.candidates(kin, within_document=within_document):
            if probability(found.total) < least:
                break
            one, two = self.groups.name(found.left), self.groups.name(found.right)
            if one != two and never(self.sketches[one], self.sketches[two]) is None:
                joined |= self.join(found.link)
        return joined

    def result(self, kin: frozenset[frozenset[str]], rulings: Rulings) -> Linked:
        """The groups as they stand, and what is left to propose."""
        groups = {ClaimId(g[0]): tuple(map(ClaimId, g)) for g in self.groups.all()}
        told = {c for pair in (*rulings.same, *rulings.different) for c in (pair.left, pair.right)}
        empty = [name for name in groups if self.sketches[name].empty and not told & set(groups[name])]
        unplaced = tuple(c for name in empty for c in groups.pop(name))
        proposed = [p for p in self._proposed(kin) if p.left in groups and p.right in groups]
        sketches = {name: self.sketches[name] for name in groups}
        return Linked(groups, sketches, self.used, proposed, self.refused, unplaced)

    def _proposed(self, kin: frozenset[frozenset[str]]) -> list[Link]:
        table = weights()
        least, vague = table["threshold.propose"].value, table["threshold.vague"].value
        kept: list[Link] = []
        counts: dict[str, int] = {}
        for found in self.candidates(kin, within_document=False):
            loose = any(self._hinted(self.sketches[name]) for name in (found.left, found.right))
            if probability(found.total) < (vague if loose else least):
                continue
            if max(counts.get(found.left, 0), counts.get(found.right, 0)) < _PROPOSED:
                kept.append(found.link)
                for name in (found.left, found.right):
                    counts[name] = counts.get(name, 0) + 1
        return kept

    def candidates(
        self, kin: frozenset[frozenset[str]], *, within_document: bool, hopeless: bool = False
    ) -> list[Scored]:
        """Pairs of groups that may be one event, the likeliest first.

        A pair is compared again only when one of the two has grown or there are far fewer groups; with
        `hopeless` those that were far from being one are among the pairs.
        """
        setting = Setting(self._rarity, kin, self._alike)
        blocks = self._blocks[within_document]
        before, still_open = self._open[within_document], dict[int, _Open]()
        wanted: list[int] = []
        for pair in sorted(before.keys() | set(blocks.pairs())):
            left, right = self._outlines.named(pair)
            if left not in self.sketches or right not in self.sketches or self.groups.hostile(left, right):
                continue
            grown = self._grown(left, right)
            if pair in before and before[pair].holds(grown, self._rarity.groups):
                still_open[pair] = before[pair]
            elif self._hopeless.get(pair) != grown:
                wanted.append(pair)
        named = [self._outlines.named(pair) for pair in wanted]
        for made in self._compare(named, self.sketches, setting, -inf if hopeless else _HOPELESS):
            names = named[made.place]
            scored = Scored(*names, made.parts, made.total)
            still_open[wanted[made.place]] = _Open(self._grown(*names), self._rarity.groups, scored)
        for pair, names in zip(wanted, named, strict=True):
            if pair not in still_open:
                self._hopeless[pair] = self._grown(*names)
        self._open[within_document] = still_open
        found = [still_open[pair].scored for pair in sorted(still_open)]
        return sorted(
            self._definite(found, within_document=within_document),
            key=lambda s: (-round(s.total, 3), s.left, s.right),
        )

    def _grown(self, left: str, right: str) -> tuple[int, int]:
        """How much each of two groups holds."""
        return len(self.sketches[left].spots), len(self.sketches[right].spots)

    def _definite(self, found: list[Scored], *, within_document: bool) -> list[Scored]:
        """The same, where "the attack" has one likeliest candidate raised: that is the one spoken of."""
        candidates: dict[str, list[tuple[float, int]]] = {}
        for n, pair in enumerate(found):
            for name in (pair.left, pair.right):
                sketch = self.sketches[name]
                if self._spoken_of(sketch) or (within_document and sketch.tally):
                    candidates.setdefault(name, []).append((pair.total, n))
        raised = set()
        for ranked in candidates.values():
            ranked.sort(reverse=True)
            if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _MARGIN:
                raised.add(ranked[0][1])
        return [self._raised(p) if n in raised else p for n, p in enumerate(found)]

    @staticmethod
    def _hinted(sketch: Sketch) -> bool:
        """Whether it is a plot of which next to nothing is told: worth a reviewer's look."""
        return sketch.vague and sketch.stage == "undone"

    @staticmethod
    def _spoken_of(sketch: Sketch) -> bool:
        return sketch.definite and not (sketch.when.bounded and sketch.words)

    @staticmethod
    def _raised(pair: Scored) -> Scored:
        parts = (*pair.parts, Part("definite.only"))
        return pair._replace(parts=parts, total=total(parts))

    def join(self, link: Link) -> bool:
        """Make one group of the two that a link names; False if they were ruled apart."""
        one, two = self.groups.name(link.left), self.groups.name(link.right)
        if one == two:
            self.used.append(link)
            return True
        if self.groups.hostile(one, two):
            return False
        name = self.groups.join(one, two)
        gone = two if one == name else one
        kept, other = self.sketches.pop(name), self.sketches.pop(gone)
        self.used.append(link)
        made = kept.joined(other)
        for blocks in self._blocks.values():
            blocks.put(gone, None)
        self._put(name, made)
        self._rarity.join(kept, other, made)
        return True

    def _put(self, name: str, sketch: Sketch) -> None:
        for blocks in self._blocks.values():
            blocks.put(name, sketch)
        self._outlines.put(name, sketch)
        self.sketches[name] = sketch
