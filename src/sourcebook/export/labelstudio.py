"""Label Studio: one task a document, with mentions, triggers and arguments as predictions.

Offsets are those of JavaScript strings: UTF-16 code units, not code points. Beside the tasks stands the
labelling configuration that they need.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from sourcebook.export.encode import Json
from sourcebook.export.loss import Produced, Tally
from sourcebook.model import Claim, Document, Mention, MentionKind, Record, Span

_TEXT: Final = "text"
_LABELS: Final = "label"

#: The last code point that one UTF-16 unit holds.
_BASIC: Final = 0xFFFF


def export(record: Record) -> Produced:
    """A JSON list of tasks, and "config.xml" beside it."""
    tally = Tally()
    tasks = [_task(record, document, n) for n, document in enumerate(record.documents, 1)]
    for claim in record.claims:
        if len(claim.attribution) > 1:
            tally.drop("nested speaker", "a label has no speakers", claim.id)
        elif claim.attribution:
            tally.drop("speaker", "a label has no speakers", claim.id)
    for event in record.events:
        tally.drop("event", "tasks are of documents, events of several", event.id)
    for fact in record.facts:
        tally.drop("fact", "tasks are of documents, facts of several", fact.id)
    content = msgspec.json.format(msgspec.json.encode(tasks, order="sorted"), indent=1) + b"\n"
    return Produced(main=content, losses=tuple(tally.losses()), beside={"config.xml": _config(record)})


def _config(record: Record) -> bytes:
    """The labels that the tasks use."""
    view = Element("View")
    SubElement(view, "Relations")
    labels = SubElement(view, "Labels", name=_LABELS, toName=_TEXT)
    names = [kind.value for kind in MentionKind]
    for name in (*names, *sorted({c.predicate for c in record.claims})):
        SubElement(labels, "Label", value=name)
    SubElement(view, "Text", name=_TEXT, value="$text")
    indent(view, " ")
    made: bytes = tostring(view, encoding="utf-8")
    return made + b"\n"


def _task(record: Record, document: Document, number: int) -> Json:
    units = Units(document.text)
    mentions = [m for m in record.mentions if m.span.document == document.id]
    claims = [c for c in record.claims if c.trigger.document == document.id]
    known = {m.id for m in mentions}
    result = [_mention(units, m) for m in mentions]
    result += [_trigger(units, document, c) for c in claims]
    result += [
        {"type": "relation", "from_id": c.id, "to_id": a.mention, "direction": "right", "labels": [a.role]}
        for c in claims
        for a in c.arguments
        if a.mention in known
    ]
    return {
        "id": number,
        "data": {
            _TEXT: document.text,
            "document": document.id,
            "path": document.path,
            "sha256": document.sha256,
        },
        "predictions": [{"model_version": _versions(claims), "result": result}],
    }


def _versions(claims: Iterable[Claim]) -> str:
    return "; ".join(dict.fromkeys(c.extractor for c in claims)) or "none"


def _mention(units: Units, mention: Mention) -> Json:
    return _label(units, mention.id, mention.span, mention.exact, mention.kind.value)


def _trigger(units: Units, document: Document, claim: Claim) -> Json:
    return _label(units, claim.id, claim.trigger, document.quote(claim.trigger), claim.predicate)


def _label(units: Units, identifier: str, span: Span, words: str, label: str) -> Json:
    where = {"start": units.at(span.start), "end": units.at(span.end), "text": words, "labels": [label]}
    return {"id": identifier, "from_name": _LABELS, "to_name": _TEXT, "type": "labels", "value": where}


class Units:
    """Code points of a text to UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._wide = [n for n, letter in enumerate(text) if ord(letter) > _BASIC]

    def at(self, offset: int) -> int:
        """The UTF-16 offset of a code point's."""
        return offset + bisect_left(self._wide, offset)
