"""The media that a group speaks through: mouthpieces, agencies, channels, lists of outlets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import aims, claims, engine, grammar, slots, table
from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Mention, MentionKind

OUTLETS: Final = frozenset((MentionKind.MEDIA, MentionKind.ORGANIZATION))
_LINKS: Final = frozenset((",", "and", "or", ":", "(", "“", "”", '"', "as", "well", "the", "‘", "’"))
_BRIDGES: Final = frozenset(
    (
        "such",
        "as",
        "like",
        "including",
        "include",
        "includes",
        "are",
        "is",
        "called",
        "named",
        "included",
        "were",
    )
)
_CARRIED_BY: Final = frozenset(("through", "via", "on", "over", "by", "in", "using"))
_MOST: Final = 8


def find(cast: Cast) -> Iterator[claims.Found]:
    """The outlets of groups."""
    words = table.words("outlet")
    for noun in cast.having(words):
        part = noun.dep_ == "compound" and noun.head.lemma_.lower() in words
        if noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in words and not part:
            yield from _of(cast, noun, words[noun.lemma_.lower()])


def _of(cast: Cast, noun: Token, kind: str) -> Iterator[claims.Found]:
    spreader = _spreader(noun)
    before = _named_before(cast, noun)
    if kind == "media" and not (_about_media(noun) or spreader is not None or before):
        return
    owners = _owners(cast, noun)
    if not owners and spreader is not None:
        owners = cast.all(grammar.agents(spreader), people.ORGANISED)
    outlets = [m for m in before or _outlets(cast, noun) if not any(engine.same(m, o) for o in owners[:1])]
    for owner in owners[:1]:
        for outlet in outlets:
            if not outlet.span.covers(owner.span):
                said = claims.Said(noun, engine.anchor(noun))
                yield claims.claim(cast, "media_outlet", said, [("subject", owner), ("object", outlet)])


def _about_media(noun: Token) -> bool:
    """Whether a word such as "channel" or "unit" is one of media by what stands before it."""
    signs = table.words("media_sign")
    return any(t.lower_ in signs for t in noun.doc[max(noun.sent.start, noun.i - 4) : noun.i])


def _spreader(noun: Token) -> Token | None:
    """The verb of "publishes its statements on the channel", from the noun."""
    while noun.dep_ in ("conj", "compound", "nmod") and noun.head.i != noun.i:
        noun = noun.head
    # The parser takes the second of two outlets after one preposition for an object of the verb.
    if noun.dep_ != "dobj" and (noun.dep_ != "pobj" or noun.head.lower_ not in _CARRIED_BY):
        return None
    verb = grammar.clause(noun)
    return verb if verb.lemma_ in table.words("spread_verb") else None


def _named_before(cast: Cast, noun: Token) -> list[Mention]:
    """The name between an owner and the noun: "its Morning Bell channel"."""
    start = noun.i
    while start > noun.sent.start and noun.doc[start - 1].pos_ == "PROPN" and noun.doc[start - 1].is_title:
        start -= 1
    owned = start > noun.sent.start and noun.doc[start - 1].tag_ in ("PRP$", "POS")
    if start == noun.i or not owned:
        return []
    known = cast.starting(start, OUTLETS)
    return [known or cast.passage.mention(noun.doc[start : noun.i], MentionKind.MEDIA)]


def _owners(cast: Cast, noun: Token) -> list[Mention]:
    found = slots.owners(cast, noun, people.ORGANISED - {MentionKind.MEDIA})
    found = found or cast.all(slots.havers(noun), people.ORGANISED)
    if found or noun.tag_ not in ("NNS", "NNPS"):
        return found
    return aims.previous(cast, noun) if noun.dep_ == "nsubj" else []


def _outlets(cast: Cast, noun: Token) -> list[Mention]:
    listed = _listed(cast, noun)
    return listed or [
        m
        for m in slots.holders(cast, noun, OUTLETS)
        if m.kind is MentionKind.MEDIA or cast.tokens(m)[0].is_title
    ]


def _listed(cast: Cast, noun: Token) -> list[Mention]:
    """The names that follow the noun, by "such as", a comma or nothing."""
    doc, index = noun.doc, noun.i + 1
    while index < noun.sent.end and (doc[index].lower_ in _BRIDGES or doc[index].text in _LINKS):
        index += 1
    found: list[Mention] = []
    while index < noun.sent.end and len(found) < _MOST:
        end = _name_end(noun, index)
        if end == index:
            break
        found.append(_outlet(cast, index, end, noun))
        index = end
        while index < noun.sent.end and doc[index].text in _LINKS:
            index += 1
    return found


def _name_end(noun: Token, index: int) -> int:
    """Where the capitalised name that starts at the index ends; the index itself if none does."""
    end = index
    while end < noun.sent.end:
        token = noun.doc[end]
        joins = end > index and token.lower_ in ("of", "al", "the", "-", "’s", "'s", "for")
        if not (
            token.text[:1].isupper()
            or (joins and any(t.text[:1].isupper() for t in noun.doc[end + 1 : min(end + 3, noun.sent.end)]))
        ):
            break
        end += 1
    return end


def _outlet(cast: Cast, start: int, end: int, noun: Token) -> Mention:
    known = cast.starting(start, OUTLETS)
    if known is not None and cast.tokens(known).end >= end:
        return known
    return cast.passage.mention(noun.doc[start:end], MentionKind.MEDIA)
