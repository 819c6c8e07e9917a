"""Which mentions are one entity: within a document, then across documents, under stated constraints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sourcebook.model import (
    Alias,
    Claim,
    Document,
    DocumentId,
    Entity,
    EntityId,
    Mention,
    MentionId,
    MentionKind,
    Proposal,
    ReferenceList,
    content_id,
)
from sourcebook.resolve import names
from sourcebook.resolve.clusters import Groups, Link, clusters
from sourcebook.resolve.entities import listed
from sourcebook.resolve.entities.links import Bar, propose
from sourcebook.resolve.entities.local import Decided, Referent, is_acronym, named, referents

Pairs = Collection[tuple[MentionId, MentionId]]

#: Reasons that one entity lists at most.
_REASONS = 24


class EntityResolution(NamedTuple):
    """Entities in the order of their first mentions; where each mention went; what is left to decide."""

    entities: list[Entity]
    entity_of: dict[MentionId, EntityId]
    proposals: list[Proposal]


class _Pile(NamedTuple):
    """What is resolved: mentions by id, the order of documents."""

    by_id: Mapping[MentionId, Mention]
    order: Mapping[DocumentId, int]

    def place(self, one: MentionId) -> tuple[int, int, int]:
        """Where a mention stands in the pile."""
        mention = self.by_id[one]
        return self.order[mention.span.document], mention.span.start, mention.span.end


def entities(
    documents: Sequence[Document],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    apart: Pairs = (),
    same: Pairs = (),
    references: Sequence[ReferenceList] = (),
) -> EntityResolution:
    """Resolve the mentions of a pile. `apart` and `same` are pairs of mentions that a person decided on.

    `references` are lists of known actors and places.
    """
    pile = _Pile({m.id: m for m in mentions}, {d.id: d.sequence for d in documents})
    decided = Decided(
        [p for p in same if p[0] in pile.by_id and p[1] in pile.by_id],
        [p for p in apart if p[0] in pile.by_id and p[1] in pile.by_id],
    )
    found = _local(pile, claims, decided)
    looked_up = listed.look_up(found, references)
    proposed = propose(found, claims)
    owner = {m: r.id for r in found for m in r.mentions}
    forced = [
        Link(owner[a], owner[b], 1.0, "a reviewer decided so")
        for a, b in decided.same
        if a in owner and b in owner
    ]
    links = [*forced, *looked_up.links, *sorted(proposed.links, key=lambda link: -link.score)]
    ruled_apart = [(owner[a], owner[b]) for a, b in decided.apart if a in owner and b in owner]
    bars = [
        *_bars(proposed.bars, links, forced, ruled_apart),
        *_unforced(listed.apart(looked_up, [*links, *proposed.doubtful]), forced),
    ]
    made = clusters([r.id for r in found], links, {frozenset((b.left, b.right)) for b in bars})
    by_referent = {r.id: r for r in found}
    groups = [[by_referent[MentionId(i)] for i in group] for group in made.groups]
    entity_id = {r.id: _identity(group) for group in groups for r in group}
    why = _reasons(made.used, entity_id)
    foes = _foes(bars, entity_id)
    built = [
        listed.enriched(_entity(group, entity_id[group[0].id], pile, why, foes), looked_up, group)
        for group in groups
    ]
    entity_of = {m: entity_id[r.id] for r in found for m in r.mentions}
    doubts = [*((link, True) for link in made.refused), *((link, False) for link in proposed.doubtful)]
    proposals = [
        *_proposals(doubts, entity_id, by_referent, bars),
        *listed.proposals(looked_up, entity_id),
    ]
    return EntityResolution(built, entity_of, proposals)


def _local(pile: _Pile, claims: Sequence[Claim], decided: Decided) -> list[Referent]:
    """The referents of every document in the order of the pile."""
    by_document: dict[DocumentId, list[Mention]] = defaultdict(list)
    for mention in pile.by_id.values():
        by_document[mention.span.document].append(mention)
    said: dict[DocumentId, list[Claim]] = defaultdict(list)
    for claim in claims:
        said[claim.trigger.document].append(claim)
    pairs = {d: _within(decided, pile, d) for d in _touched(decided, pile)}
    found: list[Referent] = []
    for document in sorted(by_document, key=lambda d: (pile.order[d], d)):
        own = said[document]
        roles = frozenset(_roles(own))
        found += referents(by_document[document], own, roles, pairs.get(document, Decided()))
    return found


def _touched(decided: Decided, pile: _Pile) -> set[DocumentId]:
    return {pile.by_id[m].span.document for pair in (*decided.same, *decided.apart) for m in pair}


def _within(decided: Decided, pile: _Pile, document: DocumentId) -> Decided:
    def here(pairs: Pairs) -> list[tuple[MentionId, MentionId]]:
        return [p for p in pairs if all(pile.by_id[m].span.document == document for m in p)]

    return Decided(here(decided.same), here(decided.apart))


def _roles(claims: Iterable[Claim]) -> Iterable[MentionId]:
    for claim in claims:
        yield from (a.mention for a in claim.arguments)
        for attribution in claim.attribution:
            yield from (m for m in (attribution.source, attribution.channel) if m)


def _bars(
    proposed: Sequence[Bar], links: Sequence[Link], forced: Sequence[Link], decided: Sequence[tuple[str, str]]
) -> list[Bar]:
    """The bars that hold: a reviewer's always; the names' own not against a reviewer or one same name."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for link in (*forced, *(k for k in links if k.score >= 0.97)):
        parent[root(link.right)] = root(link.left)
    mine = [Bar(a, b, "a reviewer decided so") for a, b in decided if a != b]
    return [*mine, *(b for b in proposed if root(b.left) != root(b.right))]


def _unforced(bars: Iterable[Bar], forced: Iterable[Link]) -> list[Bar]:
    """The bars of lists that no reviewer's word is against."""
    ids = Groups([*dict.fromkeys(i for link in forced for i in (link.left, link.right))])
    for link in forced:
        ids.join(link.left, link.right)
    return [
        b for b in bars if b.left not in ids or b.right not in ids or ids.name(b.left) != ids.name(b.right)
    ]


def _identity(group: Sequence[Referent]) -> EntityId:
    return EntityId(content_id("a", group[0].id))


def _reasons(used: Iterable[Link], entity_id: Mapping[MentionId, EntityId]) -> dict[EntityId, list[str]]:
    why: dict[EntityId, list[str]] = defaultdict(list)
    for link in used:
        why[entity_id[MentionId(link.left)]].append(link.why)
    return why


def _foes(bars: Iterable[Bar], entity_id: Mapping[MentionId, EntityId]) -> dict[EntityId, set[EntityId]]:
    foes: dict[EntityId, set[EntityId]] = defaultdict(set)
    for bar in bars:
        left, right = entity_id[MentionId(bar.left)], entity_id[MentionId(bar.right)]
        if left != right:
            foes[left].add(right)
            foes[right].add(left)
    return foes


def _entity(
    group: Sequence[Referent],
    identifier: EntityId,
    pile: _Pile,
    why: Mapping[EntityId, Sequence[str]],
    foes: Mapping[EntityId, set[EntityId]],
) -> Entity:
    mentions = sorted((m for r in group for m in r.mentions), key=pile.place)
    by_name: dict[str, list[MentionId]] = defaultdict(list)
    for one in mentions:
        mention = pile.by_id[one]
        if named(mention):
            by_name[_called(mention)].append(one)
    aliases = tuple(
        Alias(name=name, mentions=tuple(ids))
        for name, ids in sorted(by_name.items(), key=lambda a: (-len(a[1]), a[0]))
    )
    reasons = dict.fromkeys((*(w for r in group for w in r.why), *why.get(identifier, ())))
    return Entity(
        id=identifier,
        kind=_kind(group, pile),
        name=_name(by_name, group) or _described(pile.by_id[mentions[0]]),
        mentions=tuple(mentions),
        aliases=aliases,
        not_same_as=tuple(sorted(foes.get(identifier, ()))),
        joined=tuple(reasons)[:_REASONS],
    )


def _called(mention: Mention) -> str:
    """The name that a mention uses: without title for a person, the country for its adjective."""
    bare = mention.kind in (MentionKind.PERSON, MentionKind.PLACE)
    return " ".join((mention.name if bare else mention.exact).replace("- ", "-").split())


def _described(mention: Mention) -> str:
    """A description without its article."""
    first, _, rest = mention.exact.partition(" ")
    return " ".join((rest if rest and first.lower() in ("the", "a", "an") else mention.exact).split())


def _kind(group: Sequence[Referent], pile: _Pile) -> MentionKind:
    votes = Counter(pile.by_id[m].kind for r in group for m in r.mentions if named(pile.by_id[m]))
    votes = votes or Counter(pile.by_id[m].kind for r in group for m in r.mentions)
    return min(votes, key=lambda k: (-votes[k], k))


def _name(by_name: Mapping[str, Sequence[MentionId]], group: Sequence[Referent]) -> str | None:
    """The best full name: one that an acronym of the entity abbreviates, then the most used, the longest."""
    acronyms = {a for r in group for a in r.acronyms}
    person = group[0].sort == "person"

    def rank(name: str) -> tuple[bool, bool, bool, int, int, str]:
        full = not is_acronym(name)
        several = len(names.normal(name, person=person)) > 1
        defined = full and any("-" not in a and names.abbreviates(a, name) for a in acronyms)
        return defined, full and several and person, full, len(by_name[name]), len(name), name

    return max(by_name, key=rank, default=None)


def _proposals(
    doubts: Sequence[tuple[Link, bool]],
    entity_id: Mapping[MentionId, EntityId],
    by_referent: Mapping[MentionId, Referent],
    bars: Sequence[Bar],
) -> list[Proposal]:
    """Pairs for a reviewer: links that a bar refused, and names alike but not enough."""
    reasons: dict[frozenset[EntityId], dict[str, None]] = defaultdict(dict)
    for bar in bars:
        pair = frozenset((entity_id[MentionId(bar.left)], entity_id[MentionId(bar.right)]))
        reasons[pair][bar.why] = None
    found: dict[frozenset[EntityId], Proposal] = {}
    for link, barred in doubts:
        left, right = entity_id[MentionId(link.left)], entity_id[MentionId(link.right)]
        pair = frozenset((left, right))
        if left == right or pair in found or (pair in reasons and not barred):
            continue
        against = "; against it: " + "; ".join([*reasons[pair]][-3:]) if pair in reasons else ""
        kind = "actor" if by_referent[MentionId(link.left)].sort in ("actor", "person", "people") else "place"
        about = (min(left, right), max(left, right))
        found[pair] = Proposal(kind=kind, about=about, score=link.score, why=link.why + against)
    return sorted(found.values(), key=lambda p: (-p.score, p.about))
