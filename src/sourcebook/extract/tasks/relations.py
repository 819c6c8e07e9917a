"""Typed relations between spans of a text, as re3d asks for them (Dstl 2017)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract import pipeline, relations, times
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.relations import grammar, slots, table
from sourcebook.extract.relations.cast import ENTITIES, ORGANISED, PLACES, Cast
from sourcebook.model import Document, MentionKind, Span, document_id
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
def _words() -> Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]:
    read = table.rows("relations_parties.tsv")
    return MappingProxyType({(lemma, pos): (name, tuple(at.split(","))) for name, lemma, pos, at in read})


def _tokens(cast: Cast) -> Iterator[Related]:
    words = _words()
    for token in cast.passage.doc:
        known = words.get((token.lemma_.lower(), token.pos_))
        if known is not None:
            yield from _parties(cast, token, known)
        if token.dep_ == "appos":
            yield from _pair(cast, "IsSynonymOf", [token.head], [token])
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
    kinds = _PARTIES - PLACES if name == "FightingAgainst" else _PARTIES
    for source in cast.all(sources, kinds):
        for target in cast.all(targets, kinds):
            yield Related(name, source.span, target.span)


def _sited(cast: Cast, token: Token) -> Iterator[Related]:
    """Who is where: "militants in Lund", "the army attacked them in Lund"."""
    sites = cast.all(grammar.after(token, _SITES), PLACES)
    if not sites:
        return
    parties = [token]
    if token.pos_ in ("VERB", "AUX"):
        parties = [*grammar.subjects(token), *grammar.patients(token)]
    elif cast.at(token, _PARTIES) is None:
        verb = grammar.clause(token)
        parties += [*grammar.subjects(verb), *grammar.patients(verb)]
    for party in _spans(cast, parties):
        for site in sites:
            if not party.overlaps(site.span):
                yield Related("CoLocated", party, site.span)


def _spans(cast: Cast, tokens: list[Token]) -> list[Span]:
    """What the nouns name: the mention at each, or the noun with what stands before it."""
    found: list[Span] = []
    for token in tokens:
        mention = cast.at(token, _PARTIES)
        if mention is not None:
            found.append(mention.span)
        elif token.pos_ in ("NOUN", "PROPN", "NUM"):
            found.append(cast.passage.span(token.doc[token.left_edge.i : token.i + 1]))
    return found


def _counted(cast: Cast, number: Token) -> Iterator[Related]:
    head = number.head
    own = cast.passage.doc[number.left_edge.i : number.i + 1]
    yield Related("HasAttrOf", cast.passage.span(head), cast.passage.span(own))
