"""Typed relations between spans of a text, as re3d asks for them (Dstl 2017)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract import pipeline, relations, times
from sourcebook.extract.events.lexicon import triggers
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.relations import grammar, slots, table
from sourcebook.extract.relations.cast import ENTITIES, ORGANISED, PLACES, Cast
from sourcebook.extract.tasks import listed
from sourcebook.model import Document, Form, Mention, MentionKind, Span, document_id
from sourcebook.ports import Context

#: Which claim says which relation, and whether the claim's object comes first.
_BY_CLAIM: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType(
    {
        "rival": ("FightingAgainst", False),
        "ally": ("AlliesOf", False),
        "member": ("BelongsTo", True),
        "parent": ("BelongsTo", False),
        "leader": ("InChargeOf", True),
        "deputy_leader": ("InChargeOf", True),
        "base": ("CoLocated", False),
    }
)
#: Relations that hold both ways, which re3d gives in both directions.
_MUTUAL: Final = frozenset(("IsSynonymOf",))
_SITES: Final = ("in", "at", "near", "inside", "outside", "around", "into", "within", "across", "on")
_PARTIES: Final = ENTITIES | {MentionKind.WEAPON}
#: Nouns of what happens beside those that triggers are made of.
_HAPPENING: Final = frozenset(
    "campaign conflict crisis access inquiry place pledge defeat effort round".split()
)
#: Endings of nouns that have no place of their own: "resumption", "statement", "hostilities".
_ABSTRACT: Final = re.compile(r"(?:[ts]ion|[^t]ment|ness|ity|ties|ance|ence|ship|ism|[^d]ing|cy|al)$")


class Related(NamedTuple):
    """One relation between two spans."""

    type: str
    source: Span
    target: Span


def predict_relations(row: Mapping[str, Any]) -> dict[str, Any]:
    """The relations of a row's text; reads `id` and `text` only."""
    found: set[Related] = set()
    for notes in _read(str(row["text"])):
        found |= set(_related(notes))
    return {
        "id": row["id"],
        "relations": [
            {"type": r.type, "source": _ends(r.source), "target": _ends(r.target)} for r in sorted(found)
        ],
    }


def _ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _read(text: str) -> list[Notes]:
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    document = Document(
        id=document_id("benchmark", digest), path="benchmark", sha256=digest, sequence=0, text=text
    )
    passages = parse(document)
    clock = times.clock(passages, Context())
    return [pipeline.annotate(passage, clock) for passage in passages]


def _related(notes: Notes) -> Iterator[Related]:
    cast = Cast(notes)
    for related in (*_claimed(notes), *_tokens(cast)):
        if related.source == related.target:
            continue
        yield related
        if related.type in _MUTUAL:
            yield Related(related.type, related.target, related.source)


def _claimed(notes: Notes) -> Iterator[Related]:
    for claim in relations.find(notes).claims:
        name = _BY_CLAIM.get(claim.predicate)
        subject, other = claim.filler("subject"), claim.filler("object")
        if name is not None and subject is not None and other is not None and not claim.factuality.denies:
            pair = (notes[other], notes[subject]) if name[1] else (notes[subject], notes[other])
            yield Related(name[0], pair[0].span, pair[1].span)


@cache
def _words() -> Mapping[tuple[str, str], tuple[tuple[str, tuple[str, ...]], ...]]:
    """What a word says of two parties, and where the other stands; a meeting says two things."""
    found: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for name, lemma, pos, at in table.rows("relations_parties.tsv"):
        found[lemma, pos].append((name, tuple(at.split(","))))
    return MappingProxyType({word: tuple(said) for word, said in found.items()})


def _tokens(cast: Cast) -> Iterator[Related]:
    words = _words()
    for token in cast.passage.doc:
        for said in words.get((token.lemma_.lower(), token.pos_), ()):
            yield from _parties(cast, token, said)
        for name, source, target in listed.told(cast, token):
            yield Related(name, source, target)
        if token.dep_ == "appos":
            yield from _apposed(cast, token)
        if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN"):
            yield from _sited(cast, token)
        if token.dep_ == "nummod" and token.head.pos_ in ("NOUN", "PROPN") and token.ent_type_ == "CARDINAL":
            yield from _counted(cast, token)


def _parties(cast: Cast, token: Token, known: tuple[str, tuple[str, ...]]) -> Iterator[Related]:
    name, places = known
    if token.pos_ == "VERB":
        sources = grammar.agents(token)
        targets = grammar.patients(token) if "patient" in places else []
        targets = targets or grammar.after(token, places)
        yield from _pair(cast, name, sources, targets)
        return
    targets = grammar.after(token, places)
    sources = [] if not targets else slots.havers(token) or grammar.subjects(grammar.clause(token))
    owners = slots.owners(cast, token, ORGANISED) if targets else []
    for target in cast.all(targets, _PARTIES):
        for source in owners or cast.all(sources, _PARTIES):
            yield Related(name, source.span, target.span)


def _pair(cast: Cast, name: str, sources: list[Token], targets: list[Token]) -> Iterator[Related]:
    places = name != "FightingAgainst"
    if name == "AlliesOf":
        sources, targets = ([t for t in ends if cast.at(t, _PARTIES)] for ends in (sources, targets))
    for source in _spans(cast, sources, places=places):
        for target in _spans(cast, targets, places=places):
            yield Related(name, source, target)


def _apposed(cast: Cast, token: Token) -> Iterator[Related]:
    """What stands beside a noun: a wider place, the body it is part of, or the same in other words."""
    for first in cast.all([token.head], _PARTIES):
        for second in cast.all([token], _PARTIES):
            kinds = {first.kind, second.kind}
            bracketed = token.i > 0 and token.nbor(-1).text == "("
            if kinds <= PLACES:
                yield Related("CoLocated", first.span, second.span)
            elif kinds <= ORGANISED and not bracketed and first.form is second.form is Form.NAME:
                yield Related("BelongsTo", first.span, second.span)
            elif not kinds & PLACES and not bracketed:
                yield Related("IsSynonymOf", first.span, second.span)


def _sited(cast: Cast, token: Token) -> Iterator[Related]:
    """Who is where: "militants in Lund", "the army attacked them in Lund"."""
    sites = _sites(cast, token)
    parties = [token]
    if token.pos_ in ("VERB", "AUX"):
        parties = [*grammar.subjects(token), *grammar.patients(token)] if sites else []
    bodies = [t for t in parties if not _is_event(t)]
    for party in _spans(cast, bodies if sites else []):
        for site in sites:
            if not party.overlaps(site.span):
                yield Related("CoLocated", party, site.span)


def _is_event(noun: Token) -> bool:
    """Whether a noun names what happens, which is somewhere only in a manner of speaking."""
    return ("n", noun.lemma_.lower()) in triggers() or noun.lemma_.lower() in _HAPPENING


def _sites(cast: Cast, token: Token) -> list[Mention]:
    """Places that hang on the word; of a verb also those of the verb that it is coordinated with."""
    found = cast.all(grammar.after(token, _SITES), PLACES)
    while not found and token.dep_ == "conj" and token.pos_ == "VERB" and token.head.pos_ == "VERB":
        token = token.head
        found = cast.all(grammar.after(token, _SITES), PLACES)
    return found


def _spans(cast: Cast, tokens: list[Token], *, places: bool = True) -> list[Span]:
    """What the nouns name: the mention at each, or a noun of something with a body and what is before it."""
    found: list[Span] = []
    for token in tokens:
        mention = cast.at(token, _PARTIES)
        if mention is not None:
            if places or mention.kind not in PLACES:
                found.append(mention.span)
        elif token.pos_ in ("NOUN", "PROPN", "NUM") and _ABSTRACT.search(token.lemma_.lower()) is None:
            found.append(cast.passage.span(token.doc[token.left_edge.i : token.i + 1]))
    return found


def _counted(cast: Cast, number: Token) -> Iterator[Related]:
    head = number.head
    own = cast.passage.doc[number.left_edge.i : number.i + 1]
    yield Related("HasAttrOf", cast.passage.span(head), cast.passage.span(own))
