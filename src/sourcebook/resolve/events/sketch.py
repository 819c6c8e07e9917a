"""What a group of event claims says, in a form that two groups can be compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain
from sys import intern
from typing import TypeVar

from sourcebook.model import (
    Claim,
    ClaimId,
    DocumentId,
    Form,
    Mention,
    MentionKind,
    Quantity,
    Status,
    Timex,
)
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.resolve.events import votes
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.events.votes import Main, Site, Votes
from sourcebook.resolve.events.when import UNKNOWN, When
from sourcebook.resolve.tables import table

#: Roles of those who are said to have done it, and of those it was done to.
DOERS = ("actor", "claimant", "suspect")
DONE_TO = ("recipient", "target")
#: What came to pass and what did not: told apart, whatever else agrees.
DONE = frozenset((Status.ACCOMPLISHED, Status.CLAIMED))
UNDONE = frozenset((Status.FOILED, Status.PLANNED, Status.THREATENED))
#: Kinds of mention that stand for a state where they act.
_STATE = frozenset((MentionKind.GOVERNMENT, MentionKind.SECURITY_FORCE, MentionKind.PLACE))
#: Code points between a target and the person whose it is.
_AFTER = 80
#: A first line beyond this length is no headline.
_HEADLINE = 200
#: What tells a blow from the one told before it: "a second blast", "another bomb".
ANOTHER = re.compile(
    r"\b(?:(?:an?\s+)(?:second|third|fourth|further)|another)\s+(?:[\w-]{1,20}\s+)?$", re.IGNORECASE
)
BLAST = re.compile(r"blast|explo|bomb|deton", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,40}|\d{2,4}")
_DEFINITE = re.compile(
    r"(?:\b(?:the|this|that|those|these)|['’]s)\s+(?:[\w'’-]{1,40}\s+){0,3}$", re.IGNORECASE
)

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Sketch:
    """One group of claims; `first` stands for it. Sets are unions over the claims.

    Where claims were joined, `inner` is the latest day that one has it begin on and the earliest that one
    has it end on, and `votes` is how many claims give each site, doer and mode.
    """

    first: ClaimId
    documents: frozenset[DocumentId]
    family: str
    statuses: frozenset[Status]
    when: When = UNKNOWN
    inner: tuple[date | None, date | None] | None = None
    sites: frozenset[Site] = frozenset()
    named_in: frozenset[tuple[str, DocumentId]] = frozenset()
    halls: frozenset[frozenset[str]] = frozenset()
    doers: frozenset[str] = frozenset()
    done_to: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    honoured: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    tolls: tuple[tuple[str, Quantity], ...] = ()
    modes: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    definite: bool = False
    headline: bool = False
    lasting: bool = False
    sides: frozenset[str] = frozenset()
    warned: bool = False
    spots: frozenset[tuple[DocumentId, int]] = frozenset()
    counted_on: frozenset[tuple[DocumentId, int]] = frozenset()
    sentences: frozenset[tuple[DocumentId, int]] = frozenset()
    votes: Votes | None = field(default=None, compare=False)

    @property
    def vague(self) -> bool:
        """Whether it has neither time, place, target nor toll of its own."""
        return not (self.when.known or self.sites or self.words or self.tolls or self.done_to)

    @property
    def empty(self) -> bool:
        """Whether it says nothing that would tell it from any other event of its kind."""
        told = self.doers or (self.stage == "undone" and self.countries)
        return self.vague and not told

    @property
    def main_sites(self) -> frozenset[Site]:
        """Its sites without the towns that few of its claims name."""
        return self.votes.main.sites if self.votes is not None else self.sites

    @property
    def main_doers(self) -> frozenset[str]:
        """Those that most of its claims name as the doers, of those that name any."""
        return self.votes.main.doers if self.votes is not None else self.doers

    @property
    def main_modes(self) -> frozenset[str]:
        """The modes that most of its claims give, of those that give any."""
        return self.votes.main.modes if self.votes is not None else self.modes

    @property
    def ballot(self) -> Votes:
        """How many of its claims give what."""
        return self.votes or votes.cast(Main(self.sites, self.doers, self.modes))

    @property
    def core(self) -> tuple[date | None, date | None]:
        """The latest day that a claim has it begin on, and the earliest that one has it end on."""
        return self.inner or (self.when.earliest, self.when.latest)

    @property
    def tally(self) -> bool:
        """Whether it counts victims and says neither when nor where: mostly of what was told just before."""
        return bool(self.tolls) and not self.when.known and not self.sites

    @property
    def stage(self) -> str:
        """Whether it came to pass ("done"), did not ("undone"), or either may be meant ("")."""
        if self.statuses & DONE:
            return "done"
        return "undone" if self.statuses & UNDONE else ""

    def joined(self, other: Sketch) -> Sketch:
        """The sketch of both groups together."""
        when = events_when.meet(self.when, other.when)
        sites = _both(self.sites, other.sites)
        begins, ends = zip(self.core, other.core, strict=True)
        return Sketch(
            first=min(self.first, other.first),
            documents=_both(self.documents, other.documents),
            family=self.family,
            statuses=_both(self.statuses, other.statuses),
            when=when if when is not None else events_when.widest((self.when, other.when)),
            inner=(
                max((d for d in begins if d is not None), default=None),
                min((d for d in ends if d is not None), default=None),
            ),
            sites=sites,
            named_in=_both(self.named_in, other.named_in),
            halls=_both(self.halls, other.halls),
            doers=_both(self.doers, other.doers),
            done_to=_both(self.done_to, other.done_to),
            beside=_both(self.beside, other.beside),
            honoured=_both(self.honoured, other.honoured),
            countries=_both(self.countries, other.countries),
            words=_both(self.words, other.words),
            named=_both(self.named, other.named),
            around=_both(self.around, other.around),
            tolls=tuple(dict.fromkeys(self.tolls + other.tolls)),
            modes=_both(self.modes, other.modes),
            triggers=_both(self.triggers, other.triggers),
            definite=self.definite and other.definite,
            headline=self.headline and other.headline,
            lasting=self.lasting and other.lasting,
            sides=_both(self.sides, other.sides),
            warned=self.warned or other.warned,
            spots=_both(self.spots, other.spots),
            counted_on=_both(self.counted_on, other.counted_on),
            sentences=_both(self.sentences, other.sentences),
            votes=votes.counted(self.ballot, other.ballot, sites),
        )


def _both(one: frozenset[Said], two: frozenset[Said]) -> frozenset[Said]:
    """What is in either; most often one of the two as it is, which saves half of the memory."""
    if two <= one:
        return one
    return two if one < two else one | two


def sketch(claim: Claim, known: Pile) -> Sketch:
    """What one claim says of its event."""
    sites = frozenset(_sites(claim, known))
    doers = frozenset(_entities(claim, DOERS, known))
    done_to = frozenset(_entities(claim, DONE_TO, known))
    words = frozenset(_target_words(claim, known))
    own = {s.key for s in sites} | doers | done_to
    inside = known.inside(claim)
    text = known.documents[claim.trigger.document].text
    at = (claim.trigger.document, claim.trigger.start)
    before = text[max(0, claim.trigger.start - 60) : claim.trigger.start]
    return Sketch(
        first=claim.id,
        documents=frozenset((claim.trigger.document,)),
        family=family(claim),
        statuses=frozenset((claim.status or Status.ACCOMPLISHED,)),
        when=_when(claim, known),
        sites=sites,
        named_in=frozenset((s.key, claim.trigger.document) for s in sites),
        halls=frozenset(_halls(claim, known)),
        doers=doers,
        done_to=done_to,
        beside=frozenset(_beside(inside, known)) - own,
        honoured=frozenset(_honoured(claim, inside, known)),
        countries=frozenset(_countries(claim, sites, known)).union(_lands(inside, known)),
        words=words,
        named=frozenset(_target_words(claim, known, named=True)),
        around=frozenset(stems(text[claim.evidence.start : claim.evidence.end])) - words,
        tolls=tuple(_tolls(claim, known)),
        modes=frozenset(claim.modes),
        triggers=frozenset(stems(known.words_of(claim))),
        definite=bool(_DEFINITE.search(before)),
        headline=claim.trigger.end <= min(text.find("\n") % (len(text) + 1), _HEADLINE),
        lasting=_lasting(claim, known),
        sides=frozenset(_sides(claim, known)),
        warned=claim.filler("source-of-warning") is not None,
        spots=frozenset((at,)),
        counted_on=frozenset((at,)) if counted_on(before, known.words_of(claim)) else frozenset(),
        sentences=frozenset(((claim.evidence.document, claim.evidence.start),)),
    )


def together(sketches: Sequence[Sketch]) -> Sketch:
    """The sketch of a whole group, the same whatever the order."""
    ordered = sorted(sketches, key=lambda s: s.first)
    whole = ordered[0]
    for other in ordered[1:]:
        whole = whole.joined(other)
    families = [s.family for s in ordered]
    return replace(whole, family=max(sorted(set(families)), key=families.count))


def counted_on(before: str, word: str) -> bool:
    """Whether a blast is told as one more than those before it."""
    return bool(ANOTHER.search(before) and BLAST.search(word))


def family(claim: Claim) -> str:
    """Which family of occurrences a claim is of; see `event_families.tsv`."""
    table = _families()
    found = (table.get((claim.predicate, mode)) for mode in (*claim.modes, "*"))
    return next((f for f in found if f), claim.predicate.lower())


def stems(text: str) -> list[str]:
    """The content words of some text, in lower case and without a plural s; equal ones are one string."""
    stop = _stop_words()
    words = (w.lower() for w in _WORD.findall(text))
    return [
        intern(w[:-1] if len(w) > 4 and w.endswith("s") and not w.endswith("ss") else w)
        for w in words
        if w not in stop
    ]


def _when(claim: Claim, known: Pile) -> When:
    """What its dates say together; the first alone where they contradict one another."""
    whole = UNKNOWN
    for mention in claim.fillers("date"):
        noted = known.mentions.get(mention)
        if noted is not None and isinstance(noted.value, Timex):
            both = events_when.meet(whole, events_when.read(noted.value, noted.exact))
            whole = whole if both is None else both
    return whole


def _sites(claim: Claim, known: Pile) -> Iterable[Site]:
    for mention in (*claim.fillers("location"), *claim.fillers("target")):
        noted = known.mentions.get(mention)
        if noted is None or noted.kind not in (MentionKind.PLACE, MentionKind.FACILITY):
            continue
        if noted.kind is MentionKind.FACILITY and noted.form is not Form.NAME:
            continue
        where = known.location(mention)
        key = known.entity(mention) or noted.name.lower()
        if where is None or where.precision == "none":
            yield _unknown(key, noted, known)
        else:
            yield Site(key, where.precision, where.country or "", where.lat, where.lon, where.unit or "")


def _unknown(key: str, noted: Mention, known: Pile) -> Site:
    """A place that no table knows."""
    precision = "village" if key in known.settlements.known else "none"
    if noted.kind is MentionKind.FACILITY:
        precision = "site"
    near = known.settlements.together.get(key, frozenset())
    return Site(key, precision, noted.country or "", name=known.called(key, noted), near=near)


def _halls(claim: Claim, known: Pile) -> Iterable[frozenset[str]]:
    """The words of each site that has a name of its own: "Alder Hall" is not "Birch Theatre"."""
    for mention in (*claim.fillers("location"), *claim.fillers("target")):
        noted = known.mentions.get(mention)
        if noted is not None and noted.kind is MentionKind.FACILITY and noted.form is Form.NAME:
            yield frozenset(stems(noted.name))


def _entities(claim: Claim, roles: Iterable[str], known: Pile) -> Iterable[str]:
    for role in roles:
        for mention in claim.fillers(role):
            entity = known.entity(mention)
            if entity in known.named and entity is not None:
                yield entity


def _beside(inside: Iterable[Mention], known: Pile) -> Iterable[str]:
    for mention in inside:
        entity = known.entity(mention.id)
        if entity in known.named and entity is not None:
            yield entity


def _honoured(claim: Claim, inside: Iterable[Mention], known: Pile) -> Iterable[str]:
    """Persons named just after the target: it is theirs, or held for them."""
    ends = [known.mentions[m].span.end for m in claim.fillers("target") if m in known.mentions]
    after = [m for m in inside if any(0 <= m.span.start - end <= _AFTER for end in ends)]
    return _beside((m for m in after if m.kind is MentionKind.PERSON), known)


def _countries(claim: Claim, sites: Iterable[Site], known: Pile) -> Iterable[str]:
    yield from (s.country for s in sites if s.country)
    speakers = (a.source for a in claim.attribution if a.source is not None)
    for mention in chain((a.mention for a in claim.arguments), speakers):
        noted = known.mentions.get(mention)
        if noted is not None and noted.country:
            yield noted.country


def _lasting(claim: Claim, known: Pile) -> bool:
    """Whether it has gone on since a time: no single attack, and nothing that "the attack" refers to."""
    text = known.documents[claim.trigger.document].text
    dates = (known.mentions[m].span for m in claim.fillers("date") if m in known.mentions)
    return any(text[max(0, d.start - 6) : d.start + 6].lower().find("since ") >= 0 for d in dates)


def _sides(claim: Claim, known: Pile) -> Iterable[str]:
    """The countries whose governments or forces did it: "US troops" and "Washington" act for one."""
    for role in DOERS:
        for mention in claim.fillers(role):
            noted = known.mentions.get(mention)
            if noted is not None and noted.country and noted.kind in _STATE:
                yield noted.country


def _lands(inside: Iterable[Mention], known: Pile) -> Iterable[str]:
    """The countries of the places named in the evidence."""
    for mention in inside:
        where = known.location(mention.id) if mention.kind is MentionKind.PLACE else None
        if where is not None and where.country:
            yield where.country


def _target_words(claim: Claim, known: Pile, *, named: bool = False) -> Iterable[str]:
    """The words for what it was done to; only those of names if `named`."""
    for role in ("target", "location", "recipient"):
        for mention in claim.fillers(role):
            noted = known.mentions.get(mention)
            if noted is None or noted.kind is MentionKind.QUANTITY or (named and noted.form is not Form.NAME):
                continue
            town = noted.kind is MentionKind.PLACE and known.entity(mention) is not None
            if town or (role == "location" and noted.kind is not MentionKind.FACILITY):
                # a town is a site, and counts as one
                continue
            yield from stems(f"{noted.exact} {noted.head}")


def _tolls(claim: Claim, known: Pile) -> Iterable[tuple[str, Quantity]]:
    for role in TOLL_ROLES:
        for mention in claim.fillers(role):
            value = known.mentions[mention].value if mention in known.mentions else None
            if isinstance(value, Quantity):
                yield role, value


@cache
def _families() -> dict[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in table("event_families.tsv")}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for row in table("event_stopwords.tsv") for word in row[0].split())
