"""Lists that tell of several occurrences by one word: "attacks on A in 2002, a school in B in 2004"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger
from sourcebook.extract.notes import Notes
from sourcebook.model import Mention, MentionKind, Timex
from sourcebook.model.vocabulary import TOLL_ROLES

_SITES: Final = (MentionKind.PLACE, MentionKind.FACILITY)
_FINITE: Final = frozenset(("VBD", "VBP", "VBZ", "MD"))
_BREAKS: Final = frozenset((";", ":", "(", "–", "—"))
_LISTING: Final = frozenset(("including", "notably", "like"))
_SHARED: Final = ("actor", "weapon", "claimant")


class Item(NamedTuple):
    """One occurrence of a list: a trigger that stands at its own words, and what fills its roles."""

    trigger: Trigger
    fillers: tuple[Filler, ...]


def items(
    notes: Notes, trigger: Trigger, fillers: Sequence[Filler], heads: Mapping[Token, Trigger]
) -> list[Item]:
    """The occurrences that the trigger's list keeps apart; none where it tells of one or of a mass."""
    if trigger.is_noun:
        return _of_noun(notes, trigger, fillers, heads) if trigger.head.tag_ in ("NNS", "NNPS") else []
    return _of_verb(notes, trigger, fillers)


def _of_noun(
    notes: Notes, trigger: Trigger, fillers: Sequence[Filler], heads: Mapping[Token, Trigger]
) -> list[Item]:
    if not trigger.is_violent or any(role in TOLL_ROLES for role, _ in fillers):
        return []
    if {c.lemma_.lower() for c in trigger.head.lefts} & words("twin"):
        return []
    stretches = _parts(trigger.head, heads)
    parts = [p for part in stretches if (p := _part(notes, part, fillers)) is not None]
    dated = sum(any(role == "date" for role, _ in p.fillers) for p in parts)
    if len(parts) < 2 or not (dated >= 2 or all(p.certain for p in parts)):
        return []
    if dated >= 2:  # "attacks in the country, such as on A in 2002 and B in 2004": the country is no item
        parts = [p for p in parts if p.certain or any(role == "date" for role, _ in p.fillers)]
    shared = [f for f in fillers if f[0] in _SHARED or (f[0] == "date" and dated < 2)]
    return [
        Item(Trigger(p.head, (p.head,), trigger.sense), tuple(dict.fromkeys((*shared, *p.fillers))))
        for p in parts
    ]


class _Part(NamedTuple):
    head: Token
    fillers: tuple[Filler, ...]
    certain: bool  # whether the words alone say that it is one occurrence


def _parts(head: Token, heads: Mapping[Token, Trigger]) -> list[Tokens]:
    """The stretches between commas and conjunctions after the noun, up to a finite verb or another act."""
    doc, end = head.doc, head.sent.end
    start = head.i + 1
    found: list[Tokens] = []

    def add(stop: int) -> None:
        bare = all(t.pos_ == "PROPN" for t in doc[start:stop])
        if bare and found and found[-1].end == start - 1 and doc[start - 1].text == ",":
            found[-1] = doc[found[-1].start : stop]  # a town and its country
        elif stop > start:
            found.append(doc[start:stop])

    for i in range(start, end):
        token = doc[i]
        if token.tag_ in _FINITE or token.text in _BREAKS or (token in heads and heads[token].is_violent):
            if token not in heads:
                add(i)
            return found
        if token.text == "," or token.lower_ in ("and", "or"):
            add(i)
            start = i + 1
    add(end)
    return found


def _part(notes: Notes, part: Tokens, fillers: Sequence[Filler]) -> _Part | None:
    """One stretch as an occurrence: a site of its own, with its places and date."""
    span = notes.passage.span(part)
    placed = [m for role, m in fillers if role == "location" and span.covers(m.span)]
    known = sorted(
        {m.span: m for m in (*placed, *notes.within(span, MentionKind.TIME, *_SITES))}.values(),
        key=lambda m: m.span,
    )
    site = next((t for t in part if _is_site(notes, t)), None)
    ordinal = next((t for t in part if t.lower_ in ("first", "second", "third", "last", "other")), None)
    if site is None or part[0].lower_ in ("which", "who", "where"):
        return None
    target = _target(notes, site)
    found: list[Filler] = [("target", target), ("location", target)] if target is not None else []
    for mention in known:
        tokens = notes.passage.tokens(mention.span)
        inside = target is not None and target.span.covers(mention.span) and mention.span != target.span
        if mention.kind is not MentionKind.TIME and not inside:
            found.append(("location", mention))
        elif (
            mention.kind is MentionKind.TIME
            and tokens is not None
            and isinstance(mention.value, Timex)
            and mention.value.type == "DATE"
        ):
            found.append(("date", mention))
    certain = (ordinal is not None and ordinal.i < site.i) or _single(site)
    return _Part(site, tuple(dict.fromkeys(found)), certain)


def _is_site(notes: Notes, token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return False
    lemma = token.lemma_.lower()
    if lemma in words("facility") | words("gathering"):
        return True
    return notes.headed_by(token, *_SITES) is not None


def _target(notes: Notes, site: Token) -> Mention | None:
    if site.lemma_.lower() not in words("facility") | words("gathering"):
        return notes.headed_by(site, MentionKind.FACILITY)
    found = notes.headed_by(site, MentionKind.FACILITY)
    return found or notes.passage.mention(
        grammar.noun_phrase(site), MentionKind.FACILITY, head=site.lemma_.lower()
    )


def _single(site: Token) -> bool:
    """A building with a name: "the Ostrel Theatre"."""
    named = any(c.pos_ == "PROPN" for c in site.lefts if c.dep_ == "compound")
    definite = any(c.lower_ == "the" for c in site.lefts)
    return (
        named
        and definite
        and site.tag_ in ("NN", "NNP")
        and site.lemma_.lower() in words("facility") - words("part")
        and site.lemma_.lower() not in ("border", "area", "province", "district")
    )


def _of_verb(notes: Notes, trigger: Trigger, fillers: Sequence[Filler]) -> list[Item]:
    """Took A and B in 2013 and 2014: one occurrence a town, with the dates in the same order."""
    towns = _towns(notes, trigger)
    plain = not any(role in TOLL_ROLES or role == "weapon" for role, _ in fillers)
    if len(towns) < 2 or not plain or trigger.sense.frame not in ("capture", "attack"):
        return []
    dates = [f for f in fillers if f[0] == "date"]
    paired = len(dates) == len(towns) and not _alike(dates)
    apart = {m.span for _, m in towns}
    rest = [f for f in fillers if f[0] != "date" and f[1].span not in apart]
    rest = [f for f in rest if not (f[0] in ("target", "location") and _plural(notes, f[1]))]
    made = []
    for n, (token, town) in enumerate(towns):
        when = [dates[n]] if paired else dates
        held = trigger if n == 0 else Trigger(token, (token,), trigger.sense)
        made.append(Item(held, (*rest, *when, ("target", town), ("location", town))))
    return made


def _alike(dates: Sequence[Filler]) -> bool:
    values = [m.value.edtf for _, m in dates if isinstance(m.value, Timex)]
    return len(set(values)) < len(values)


def _plural(notes: Notes, mention: Mention) -> bool:
    tokens = notes.passage.tokens(mention.span)
    return tokens is not None and tokens.root.tag_ == "NNS"


def _towns(notes: Notes, trigger: Trigger) -> list[tuple[Token, Mention]]:
    """The named places that are coordinated as the object, or after "the cities of"."""
    objects = grammar.objects(trigger.head)
    inner = [t for o in objects if o.tag_ == "NNS" for p, t in grammar.prepositional(o) if p == "of"]
    named = [t for t in inner or objects if t.pos_ == "PROPN"]
    known = [notes.headed_by(t, MentionKind.PLACE) for t in named]
    if len(named) < 2 or len(named) < len(inner or objects) or not (inner or any(known)):
        return []
    made = (m or _unknown(notes, t) for t, m in zip(named, known, strict=True))
    return [(t, m) for t, m in zip(named, made, strict=True) if m is not None]


def _unknown(notes: Notes, token: Token) -> Mention | None:
    """What stands beside a known town in "took A and B" is one too, unless it is known for somebody."""
    if notes.covering(token, MentionKind.ARMED_GROUP, MentionKind.GOVERNMENT, MentionKind.SECURITY_FORCE):
        return None
    start = token.i
    while start and token.doc[start - 1].head == token and token.doc[start - 1].dep_ == "compound":
        start -= 1
    return notes.passage.mention(token.doc[start : token.i + 1], MentionKind.PLACE)


def governed(trigger: Trigger, heads: Mapping[Token, Trigger]) -> Trigger | None:
    """The plural that a single act is an example of: "many attacks, including a raid on Y and ..."."""
    if not (trigger.is_noun and trigger.is_violent):
        return None
    opener = None
    for i in range(trigger.head.i - 1, trigger.head.sent.start, -1):
        token = trigger.head.doc[i]
        if token.tag_ in _FINITE or token.text in (";", ":"):
            return None
        if token.lower_ in _LISTING or (token.lower_ == "as" and token.nbor(-1).lower_ == "such"):
            opener = token
            break
    if opener is None:
        return None
    before = (trigger.head.doc[i] for i in range(opener.i - 1, trigger.head.sent.start - 1, -1))
    plural = next((heads[t] for t in before if t in heads and t.tag_ in ("NNS", "NNPS")), None)
    return plural if plural is not None and plural.is_noun and plural.is_violent else None
