"""Claims of many documents to events: which are about one occurrence, and what they say of it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from msgspec import structs

from sourcebook.model import Claim, ClaimId, Days, DocumentId, Event, Proposal, Scope
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Sharing
from sourcebook.resolve import dating
from sourcebook.resolve.clusters import Link
from sourcebook.resolve.coref.documents import Alike
from sourcebook.resolve.dating import Told
from sourcebook.resolve.events.comparing import Comparer, comparer, here
from sourcebook.resolve.events.link import Joiner, Linked
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.events.related import related
from sourcebook.resolve.events.sketch import Sketch, sketch
from sourcebook.resolve.events.summary import summary
from sourcebook.resolve.events.when import When
from sourcebook.resolve.rulings import Rulings, aliases, event_id

__all__ = ["EventResolution", "aliases", "events"]

#: Times that dates are taken from events and events are grouped by dates anew.
_ROUNDS = 3
_TYPES = frozenset(EVENT_TYPES)


class EventResolution(NamedTuple):
    """Events in the order of their documents; undecided pairs; dated documents; claims that are no event."""

    events: tuple[Event, ...]
    proposals: tuple[Proposal, ...]
    dated: dict[DocumentId, Days]
    unplaced: tuple[ClaimId, ...]


def events(
    claims: Sequence[Claim],
    pile: Pile,
    rulings: Rulings | None = None,
    *,
    origin_groups: Mapping[DocumentId, str] | None = None,
    as_of: date | None = None,
    sharing: Sharing | None = None,
) -> EventResolution:
    """Group the event claims of a pile and sum each group up."""
    rulings = rulings or Rulings()
    said = [c for c in claims if is_event(c) and c.id not in rulings.rejected]
    with comparer(sharing) as compare:
        linked, whens, found, sketches = settled(said, pile, rulings, kin(claims, pile), as_of, compare)
    order = {d.id: d.sequence for d in pile.documents.values()}
    by_id = {c.id: c for c in said}
    links = _by_group(linked)
    made: list[tuple[ClaimId, Event]] = []
    for name, members in linked.groups.items():
        if rulings.rejected_events & set(members):
            continue
        group = sorted(
            (by_id[i] for i in members), key=lambda c: (order[c.trigger.document], c.trigger, c.id)
        )
        about = summary(group, linked.sketches[name], whens, links.get(name, ()), pile, origin_groups or {})
        made.append((name, about))
    made.sort(key=lambda m: (order[m[1].documents[0]], by_id[m[1].claims[0]].trigger, m[1].id))
    ids = {c: event.id for _, event in made for c in event.claims}
    links_of = related((event for _, event in made), by_id, sketches, pile)
    return EventResolution(
        tuple(structs.replace(event, related=links_of.get(event.id, ())) for _, event in made),
        _proposals(linked, ids),
        dating.dated(pile, found),
        linked.unplaced,
    )


def is_event(claim: Claim) -> bool:
    """Whether a claim is of one occurrence: counted and general ones stay claims."""
    return claim.predicate in _TYPES and claim.scope is Scope.SINGLE


def kin(claims: Sequence[Claim], pile: Pile) -> frozenset[frozenset[str]]:
    """Pairs of actors of which one is said to be a branch or parent of the other."""
    pairs = set()
    for claim in claims:
        subject, other = claim.filler("subject"), claim.filler("object")
        if claim.predicate == "parent" and subject and other and claim.factuality.asserts:
            one, two = pile.entity(subject), pile.entity(other)
            if one and two and one != two:
                pairs.add(frozenset((str(one), str(two))))
    return frozenset(pairs)


class Settled(NamedTuple):
    """Groups of claims, when each claim's event and each document was, and what each claim says."""

    linked: Linked
    whens: dict[ClaimId, When]
    written: dict[DocumentId, dating.Window]
    bare: dict[ClaimId, Sketch]


def settled(
    said: Sequence[Claim],
    pile: Pile,
    rulings: Rulings,
    kindred: frozenset[frozenset[str]],
    as_of: date | None,
    compare: Comparer = here,
) -> Settled:
    """Grouping dates documents and events, and dates group events: repeat until nothing changes.

    After the first time only groups that hold a claim with a new date are made again.
    """
    bare = {c.id: sketch(c, pile) for c in said}
    alike = Alike({d.id: d.text for d in pile.documents.values()})
    # what a document says of its dates by itself is known before anything is grouped
    alone = Told(said, {}, {})
    whens = dating.narrow(pile, alone, dating.windows(pile, alone, as_of))
    joiner = Joiner({i: replace(s, when=whens[i]) for i, s in bare.items()}, rulings, alike, compare)
    linked = joiner.link(said, kindred, rulings)
    for left in reversed(range(_ROUNDS)):
        told = Told(said, _group_of(linked), {n: s.when for n, s in linked.sketches.items()})
        found = dating.windows(pile, told, as_of)
        known = dating.narrow(pile, told, found)
        changed = {i: when for i, when in known.items() if when[:5] != whens[i][:5]}
        if not changed:
            break
        whens = known
        if left:
            linked = joiner.link(said, kindred, rulings, joiner.redate(changed))
    return Settled(linked, whens, found, bare)


def _group_of(linked: Linked) -> dict[ClaimId, ClaimId]:
    return {member: name for name, members in linked.groups.items() for member in members}


def _by_group(linked: Linked) -> dict[ClaimId, list[Link]]:
    of = _group_of(linked)
    found: dict[ClaimId, list[Link]] = {}
    for used in linked.used:
        name = of.get(ClaimId(used.left))
        if name is not None:
            found.setdefault(name, []).append(used)
    return found


def _proposals(linked: Linked, ids: Mapping[ClaimId, str]) -> tuple[Proposal, ...]:
    made = {}
    for kind, links in (("event", linked.proposed), ("decision", linked.refused)):
        for pair in links:
            about = tuple(ids.get(ClaimId(i), event_id(ClaimId(i))) for i in (pair.left, pair.right))
            why = pair.why if kind == "event" else f"{pair.why}; another decision holds them apart"
            if about[0] != about[1]:
                made[kind, about] = Proposal(kind=kind, about=(about[0], about[1]), score=pair.score, why=why)
    return tuple(sorted(made.values(), key=lambda p: (p.kind, -p.score, p.about)))
