"""The extractor: one document to its mentions and claims, step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

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
from sourcebook.extract.language import MODEL, model, parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.model import Claim, Document, Mention
from sourcebook.ports import Context, Extraction


@cache
def version() -> str:
    """Names what the claims depend on beside the text: a digest of rules, lexicons and weights."""
    digest = hashlib.sha256()
    for name, content in _sources(files("sourcebook.extract"), ""):
        digest.update(name.encode() + b"\0" + content)
    return f"rules-{digest.hexdigest()[:8]}+{MODEL}-{model().meta['version']}"


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda f: f.name):
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".tsv", ".onnx", ".json")):
            yield prefix + entry.name, entry.read_bytes()


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
