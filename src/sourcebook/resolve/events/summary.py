"""A group of claims as an event: type, status, label, date, places, participants, origins.

Rules, in words. Type is the commonest of the claims' (ties: the earliest's); modes are all that are said.
Status is the strongest that any claim gives, in the order of `STATUSES`: what one source tells as done was
done in the record, and those who deny it keep their claims. The date is what satisfies every dated claim;
where none does, the widest reading, which the basis says. A label is made of the claims' own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sourcebook.model import (
    Claim,
    ClaimId,
    Days,
    DocumentId,
    Event,
    EventId,
    EventPlace,
    Location,
    Mention,
    MentionKind,
    Merge,
    Status,
)
from sourcebook.resolve.clusters import Link
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.people import participants
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.events.sketch import Sketch, stems
from sourcebook.resolve.events.when import UNKNOWN, When
from sourcebook.resolve.rulings import event_id
from sourcebook.resolve.tables import table

#: Strongest first.
STATUSES = (
    Status.ACCOMPLISHED,
    Status.CLAIMED,
    Status.ATTEMPTED,
    Status.FOILED,
    Status.PLANNED,
    Status.THREATENED,
    Status.HYPOTHETICAL,
    Status.DENIED,
)
_PREFIX = {
    Status.FOILED: "Foiled",
    Status.ATTEMPTED: "Attempted",
    Status.PLANNED: "Planned",
    Status.THREATENED: "Threatened",
    Status.HYPOTHETICAL: "Possible",
    Status.DENIED: "Denied",
    Status.CLAIMED: "Claimed",
}
_TOOK_PLACE = frozenset((Status.ACCOMPLISHED, Status.CLAIMED, Status.ATTEMPTED, Status.DENIED))
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her)\s+", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_NOWHERE = Location(lat=None, lon=None, precision="none", country=None, basis="not in the gazetteer")
_FINEST = ("site", "town", "district", "province", "country", "region", "none")


def summary(
    claims: Sequence[Claim],
    sketch: Sketch,
    whens: Mapping[ClaimId, When],
    links: Iterable[Link],
    pile: Pile,
    origin_groups: Mapping[DocumentId, str],
) -> Event:
    """The event that a group of claims is about; the claims come earliest first."""
    documents = tuple(dict.fromkeys(c.trigger.document for c in claims))
    status = min((c.status or Status.ACCOMPLISHED for c in claims), key=STATUSES.index)
    types = Counter(c.predicate for c in claims if c.predicate)
    kind = max(types, key=lambda t: types[t])
    date = _date(claims, sketch, whens)
    modes = tuple(sorted({m for c in claims if c.predicate == kind for m in c.modes}))
    return Event(
        id=EventId(event_id(claims[0].id)),
        type=kind,
        label=_label(kind, status, claims, pile, date),
        status=status,
        claims=tuple(c.id for c in claims),
        documents=documents,
        origins=len({origin_groups.get(d, d) for d in documents}),
        modes=modes,
        date=date,
        places=_places(claims, status, pile),
        participants=participants(claims, pile),
        merge=tuple(
            Merge(claims=(ClaimId(k.left), ClaimId(k.right)), score=k.score, why=k.why) for k in links
        ),
    )


def _date(claims: Sequence[Claim], sketch: Sketch, whens: Mapping[ClaimId, When]) -> Days | None:
    whole = UNKNOWN
    apart = False
    for claim in claims:
        both = events_when.meet(whole, whens.get(claim.id, UNKNOWN))
        apart = apart or both is None
        whole = both or whole
    if not apart:
        return events_when.days(whole if whole.known else sketch.when)
    wide = events_when.widest(whens.get(c.id, UNKNOWN) for c in claims)
    return events_when.days(wide._replace(basis=("the sources differ: widest reading", *wide.basis)))


def _places(claims: Sequence[Claim], status: Status, pile: Pile) -> tuple[EventPlace, ...]:
    """Where it was, or was to be: what was aimed at is a target where nothing came to pass, else the site."""
    found: dict[str, EventPlace] = {}
    described: dict[str, EventPlace] = {}
    for claim in claims:
        for role in ("location", "target"):
            for identifier in claim.fillers(role):
                mention = pile.mentions.get(identifier)
                if mention is None or mention.kind not in (MentionKind.PLACE, MentionKind.FACILITY):
                    continue
                aimed = identifier in claim.fillers("target") and status not in _TOOK_PLACE
                place = EventPlace(
                    entity=pile.entity(identifier),
                    name=_called(mention, pile),
                    role="target" if aimed else "site",
                    location=pile.location(identifier) or _NOWHERE,
                )
                held = found if mention.form == "name" else described
                held.setdefault(pile.entity(identifier) or place.name.lower(), place)
    places = _one_site(found or described)
    return tuple(sorted(places.values(), key=lambda p: (p.role, _FINEST.index(p.location.precision), p.name)))


def _one_site(places: Mapping[str, EventPlace]) -> dict[str, EventPlace]:
    """The same with "Alder Hall" and "Alder Concert Hall" as one, the located or longer of them."""
    kept: dict[str, EventPlace] = {}
    for key, place in sorted(
        places.items(), key=lambda p: (_FINEST.index(p[1].location.precision), -len(p[1].name), p[0])
    ):
        if not any(
            _near_identical(place.name, other.name) and place.role == other.role for other in kept.values()
        ):
            kept[key] = place
    return kept


def _near_identical(one: str, two: str) -> bool:
    """Whether two names end in one word and all of the shorter's, two or more, are in the longer."""
    few, many = sorted((_WORDS.findall(one.casefold()), _WORDS.findall(two.casefold())), key=len)
    return len(few) > 1 and few[-1] == many[-1] and few[0] == many[0] and set(few) <= set(many)


def _label(kind: str, status: Status, claims: Sequence[Claim], pile: Pile, date: Days | None) -> str:
    noun, preposition = _noun(kind, claims)
    parts = [f"{_PREFIX[status]} {noun.lower()}" if status in _PREFIX else noun]
    target = _target(claims, pile)
    if target:
        parts[0] += f" {preposition} {target}"
    else:
        actor = next((pile.name(m) for c in claims for m in c.fillers("actor")), "")
        if actor:
            parts[0] += f" by {actor}"
    parts += [
        p.name for p in _places(claims, status, pile) if p.role == "site" and not _says(parts[0], p.name)
    ][:1]
    if date is not None and date.edtf:
        parts.append(date.edtf)
    return ", ".join(parts)


def _says(text: str, name: str) -> bool:
    return set(stems(name)) <= set(stems(text))


def _target(claims: Sequence[Claim], pile: Pile) -> str:
    """What or who it was done to: something named before something described, the oftenest first."""
    counts: Counter[str] = Counter()
    named: set[str] = set()
    for claim in claims:
        for role in ("target", "recipient", "location"):
            for identifier in claim.fillers(role):
                mention = pile.mentions.get(identifier)
                if mention is None or mention.form == "pronoun":
                    continue
                if role == "location" and mention.kind is not MentionKind.FACILITY:
                    continue
                name = _called(mention, pile)
                counts[name] += 1
                named |= {name} if _is_named(mention) else set()
    if not counts:
        return ""
    return min(counts, key=lambda n: (n not in named, -counts[n], list(counts).index(n)))


def _called(mention: Mention, pile: Pile) -> str:
    """A name, or the words of a description without its article."""
    if mention.form == "name":
        return pile.name(mention.id)
    return _ARTICLE.sub("", mention.exact)


def _is_named(mention: Mention) -> bool:
    return any(w[:1].isupper() for w in mention.name.split()) and mention.form == "name"


def _noun(kind: str, claims: Sequence[Claim]) -> tuple[str, str]:
    """The noun for its mode, or for its type where several modes are said of it."""
    said = {m for c in claims if c.predicate == kind for m in c.modes}
    mode = "suicide-attack" if "suicide-attack" in said else min(said) if len(said) == 1 else "*"
    known = _labels()
    return known.get((kind, mode)) or known.get((kind, "*")) or (kind.capitalize(), "of")


@cache
def _labels() -> dict[tuple[str, str], tuple[str, str]]:
    return {(r[0], r[1]): (r[2], r[3]) for r in table("event_labels.tsv")}
