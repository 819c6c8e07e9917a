"""W3C Web Annotation: every claim and every resolved mention as an annotation of its document.

Each target has a TextPositionSelector (Unicode code points), a TextQuoteSelector and, as its state, the
SHA-256 of the text that the positions count in: another text is another state, and nothing is to be
re-anchored by likeness.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sourcebook.export.encode import Json, pruned, whole
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import Claim, DocumentId, Mention, Record, Span
from sourcebook.views.annotations import Annotation
from sourcebook.views.entries import Entries

_AROUND: Final = 32
_CONTEXT: Final = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sb": "https://sourcebook.invalid/ns#", "TextState": "sb:TextState", "sha256": "sb:sha256"},
]


def export(record: Record) -> Produced:
    """An AnnotationCollection with one page."""
    tally = Tally()
    entries = Entries(record)
    digests = {d.id: hashlib.sha256(d.text.encode("utf-8", "replace")).hexdigest() for d in record.documents}
    notes = [_claim(entries, digests, claim) for claim in record.claims]
    notes += [_mention(entries, digests, m) for m in record.mentions if m.id in entries.entity_of]
    _tally(tally, record)
    page = {"type": "AnnotationPage", "id": "urn:sourcebook:annotations/1", "startIndex": 0, "items": notes}
    collection = {
        "@context": _CONTEXT,
        "id": "urn:sourcebook:annotations",
        "type": "AnnotationCollection",
        "label": "Claims and mentions of a sourcebook",
        "total": len(notes),
        "first": page,
    }
    return Produced(main=whole(collection), losses=tuple(tally.losses()))


def _tally(tally: Tally, record: Record) -> None:
    for event in record.events:
        tally.drop("event", "annotations are of documents: its claims name it", event.id)
    for fact in record.facts:
        tally.drop("fact", "annotations are of documents: its claims are there", fact.id)
    told = {m for entity in record.entities for m in entity.mentions}
    for mention in record.mentions:
        if mention.id not in told:
            tally.drop(
                "mention", "only mentions of entities are annotations; others are in claims", mention.id
            )
    for claim in record.claims:
        if len(claim.attribution) > 1:
            tally.round("nested speaker", "the chain is written as words", claim.id)


def target(entries: Entries, digest: str, span: Span) -> Json:
    """Where: position, quote with what stands around it, and the state of the text."""
    text = entries.documents[span.document].text
    return {
        "type": "SpecificResource",
        "source": f"urn:sourcebook:{span.document}",
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
        ],
        "state": {"type": "TextState", "sha256": digest},
    }


def _claim(entries: Entries, digests: Mapping[DocumentId, str], claim: Claim) -> Json:
    events = [e.id for e in entries.record.events if claim.id in e.claims]
    fillers = [f"{a.role}: {entries.name(a.mention)}" for a in claim.arguments]
    words = "; ".join(filter(None, (claim.status or "", claim.factuality.value, *fillers)))
    speakers = " → ".join(entries.speakers(claim))
    document = claim.evidence.document
    return pruned(
        {
            "type": "Annotation",
            "id": f"urn:sourcebook:{claim.id}",
            "motivation": "classifying",
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": claim.predicate},
                {"type": "TextualBody", "purpose": "describing", "value": f"{words}; said by {speakers}"},
                *(_link(e) for e in events),
            ],
            "target": [
                target(entries, digests[document], claim.evidence),
                target(entries, digests[document], claim.trigger),
            ],
        }
    )


def _link(event: str) -> Json:
    return {"type": "SpecificResource", "purpose": "linking", "source": f"urn:sourcebook:{event}"}


def _mention(entries: Entries, digests: Mapping[DocumentId, str], mention: Mention) -> Json:
    entity = f"urn:sourcebook:{entries.entity_of[mention.id]}"
    return {
        "type": "Annotation",
        "id": f"urn:sourcebook:{mention.id}",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mention.kind.value},
            {"type": "TextualBody", "purpose": "describing", "value": mention.form.value},
            {"type": "SpecificResource", "purpose": "identifying", "source": entity},
        ],
        "target": [target(entries, digests[mention.span.document], mention.span)],
    }


# -- back -----------------------------------------------------------------------------------------


def looks(whole: Any) -> bool:
    """Whether JSON is a collection, a page or a list of annotations, or one alone."""
    items = whole if isinstance(whole, list) else [whole]
    kinds = {"Annotation", "AnnotationPage", "AnnotationCollection"}
    return bool(items) and all(isinstance(i, dict) and i.get("type") in kinds for i in items)


def read(whole: Any) -> list[Annotation]:
    """Every target that has a position and a quotation, labelled by the tags of its annotation.

    Of a claim's two targets the trigger is the second and carries the label; other tools give one target.

    Raises:
        KeyError, TypeError, ValueError: it is not as the standard has it.
    """
    found = []
    for item in _items(whole):
        bodies = item.get("body", [])
        tags = [b["value"] for b in _listed(bodies) if isinstance(b, dict) and b.get("purpose") == "tagging"]
        targets = [t for t in _listed(item.get("target", [])) if isinstance(t, dict)]
        found += [_annotation(targets[-1], str(tag), item) for tag in tags if targets]
    return [one for one in found if one is not None]


def _items(whole: Any) -> Iterator[Json]:
    for item in _listed(whole):
        if item.get("type") == "AnnotationCollection":
            yield from _items(item["first"])
        elif item.get("type") == "AnnotationPage":
            yield from item["items"]
        else:
            yield item


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _annotation(place: Json, tag: str, item: Json) -> Annotation | None:
    selectors = {s.get("type"): s for s in _listed(place.get("selector", []))}
    position, quote = selectors.get("TextPositionSelector"), selectors.get("TextQuoteSelector")
    if position is None or quote is None:
        return None
    who = item.get("creator", "")
    return Annotation(
        document=str(place["source"]).rpartition(":")[2],
        text="",
        start=int(position["start"]),
        end=int(position["end"]),
        exact=str(quote["exact"]),
        label=tag,
        by=str(who.get("name") or who.get("id")) if isinstance(who, dict) else str(who),
    )
