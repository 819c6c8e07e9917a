"""Links between events that are not one: a blast that is part of an attack, the arrest or reprisal after it.

Read off the words of a document: a claim names the other event in its own sentence ("arrested over the
bombing", "condemned the raid", "in retaliation for") or comes next and counts itself on ("a second blast").
The other event may be one that other documents tell of: what is named is joined with what they tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sourcebook.model import Claim, ClaimId, Event, EventId, EventLink
from sourcebook.resolve.events.exclusions import PASSAGE, conflicts
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.events.sketch import ANOTHER, BLAST, Sketch, family

#: Code points between two triggers of one sentence, at most.
_SENTENCE = 250
_FOLLOWS = frozenset(("arrest", "protest", "talks", "aid", "sanction"))
_ABOUT = frozenset(("accusation", "rejection", "warning"))
_OVER = re.compile(
    r"\b(?:for|over|after|following|in connection with|because of|in response to|in retaliation for"
    r"|suspected of|accused of)\b",
    re.IGNORECASE,
)
#: What makes one act of violence an answer to another.
_REPRISAL = re.compile(
    r"\b(?:in (?:retaliation|revenge|reprisal|response|answer)|as (?:revenge|retaliation|a reprisal)"
    r"|to avenge|avenging|retaliating)\b",
    re.IGNORECASE,
)
#: How far before an act of violence the words may stand that make what is told next an answer to it.
_BEFORE = 60
_OBJECT = re.compile(r"\b(?:for|over|about|against|behind|of|the|this|that|to)\b", re.IGNORECASE)
_STOP = re.compile(r"[;:.]\s")


def related(
    events: Iterable[Event],
    claims: Mapping[ClaimId, Claim],
    sketches: Mapping[ClaimId, Sketch],
    pile: Pile,
) -> dict[EventId, tuple[EventLink, ...]]:
    """For each event its links to others: the claims that show them, and why in words."""
    of = {c: e for e in events for c in e.claims}
    by_document: dict[str, list[Claim]] = {}
    for identifier in of:
        claim = claims[identifier]
        by_document.setdefault(claim.trigger.document, []).append(claim)
    found: dict[tuple[EventId, str, EventId], EventLink] = {}
    for document in sorted(by_document):
        said = sorted(by_document[document], key=lambda c: (c.trigger, c.id))
        for kind, claim, other, why in (
            *_spoken_of(said, pile),
            *_reprisals(said, pile),
            *_parts(said, pile),
        ):
            one, two = of[claim.id], of[other.id]
            if one.id == two.id or (kind == "part-of" and conflicts(*_both(claim, other, sketches))):
                continue
            link = EventLink(kind=kind, event=two.id, claims=(claim.id, other.id), why=why)
            found.setdefault((one.id, kind, two.id), link)
    made: dict[EventId, tuple[EventLink, ...]] = {}
    for (event, _, _), link in sorted(found.items()):
        made[event] = (*made.get(event, ()), link)
    return made


def _both(one: Claim, two: Claim, sketches: Mapping[ClaimId, Sketch]) -> tuple[Sketch, Sketch]:
    return sketches[one.id], sketches[two.id]


def _spoken_of(said: Sequence[Claim], pile: Pile) -> Iterator[tuple[str, Claim, Claim, str]]:
    """What follows an act of violence, or is about it, and names it later in its own sentence."""
    for n, claim in enumerate(said):
        kind = "follows" if family(claim) in _FOLLOWS else "about" if family(claim) in _ABOUT else ""
        if not kind:
            continue
        for other in said[n + 1 :]:
            if other.trigger.start - claim.trigger.end > _SENTENCE:
                break
            between = _between(claim, other, pile)
            pattern = _OVER if kind == "follows" else _OBJECT
            if family(other) == "violence" and not _STOP.search(between) and pattern.search(between):
                why = f"\u201c{_words(claim, pile)}{between}{_words(other, pile)}\u201d"
                yield kind, claim, other, " ".join(why.split())
                break


def _reprisals(said: Sequence[Claim], pile: Pile) -> Iterator[tuple[str, Claim, Claim, str]]:
    """Violence in answer to other violence that its own sentence names, before or after it."""
    violent = [c for c in said if family(c) == "violence"]
    for first, second in pairwise(violent):
        if second.trigger.start - first.trigger.end > _SENTENCE:
            continue
        between = _between(first, second, pile)
        text = pile.documents[first.trigger.document].text
        before = text[max(0, first.trigger.start - _BEFORE) : first.trigger.start]
        before = _STOP.split(before)[-1]
        if _STOP.search(between):
            continue
        words = f"{_words(first, pile)}{between}{_words(second, pile)}"
        if _REPRISAL.search(between):
            yield "follows", first, second, " ".join(f"\u201c{words}\u201d".split())
        elif _REPRISAL.search(before):
            yield "follows", second, first, " ".join(f"\u201c{before.lstrip()}{words}\u201d".split())


def _parts(said: Sequence[Claim], pile: Pile) -> Iterator[tuple[str, Claim, Claim, str]]:
    """A second blast, told soon after the first act of violence."""
    violent = [c for c in said if family(c) == "violence"]
    for earlier, claim in pairwise(violent):
        text = pile.documents[claim.trigger.document].text
        before = text[max(0, claim.trigger.start - 45) : claim.trigger.start]
        counted = ANOTHER.search(before)
        near = claim.trigger.start - earlier.trigger.end <= PASSAGE
        if counted and near and BLAST.search(_words(claim, pile)):
            told, before_it = f"{counted[0].strip()} {_words(claim, pile)}", _words(earlier, pile)
            why = f"\u201c{told}\u201d after \u201c{before_it}\u201d"
            yield "part-of", claim, earlier, why


def _between(claim: Claim, other: Claim, pile: Pile) -> str:
    return pile.documents[claim.trigger.document].text[claim.trigger.end : other.trigger.start]


def _words(claim: Claim, pile: Pile) -> str:
    return pile.words_of(claim)
