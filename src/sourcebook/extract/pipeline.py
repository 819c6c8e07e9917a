"""The extractor: one document to its mentions and claims, step by step."""

from __future__ import annotations

import msgspec

from sourcebook.extract import (
    attribution,
    coreference,
    events,
    names,
    places,
    quantities,
    relations,
    times,
)
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.extract.version import version
from sourcebook.model import Claim, Document, Mention
from sourcebook.ports import Context, Extraction


def extract(document: Document, context: Context) -> Extraction:
    """All that the rules find in one document. Pure: same text and context, same answer."""
    mentions: list[Mention] = []
    claims: list[Claim] = []
    passages = parse(document)
    clock = times.clock(passages, context)
    for passage in passages:
        notes = annotate(passage, clock)
        mentions += notes.mentions
        claims += names.aliases(notes)
        for found in (events.find(notes), relations.find(notes)):
            mentions += found.mentions
            claims += found.claims
    stamped = (msgspec.structs.replace(c, extractor=version()) for c in claims)
    unique = {c.id: c for c in stamped}
    return Extraction(
        sorted({m.id: m for m in mentions}.values(), key=lambda m: (m.span, m.kind)),
        sorted(unique.values(), key=lambda c: (c.trigger, c.predicate, c.id)),
    )


def annotate(passage: Passage, clock: times.Clock) -> Notes:
    """The mentions and speech of a passage, before any claim is made of them."""
    timed = times.find(passage, clock)
    counted = quantities.find(passage, timed)
    located = places.find(passage)
    named = names.find(passage, located)
    linked = coreference.link(passage, [*named, *timed, *counted])
    speech = attribution.find(passage, Notes(passage, linked))
    return Notes(passage, [*linked, *speech.mentions], speech.attributions)
