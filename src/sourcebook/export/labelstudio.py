"""Label Studio: one task a document, mentions, triggers and arguments as predictions; read back.

Offsets are those of JavaScript strings: UTF-16 code units, not code points. Beside the tasks stands the
labelling configuration that they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from sourcebook.export.encode import Json
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.units import Units
from sourcebook.model import Claim, Document, Mention, MentionKind, Record, Span
from sourcebook.views.annotations import Annotation

_TEXT: Final = "text"
_LABELS: Final = "label"


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


# -- back -----------------------------------------------------------------------------------------


def looks(whole: Any) -> bool:
    """Whether JSON is a list of tasks."""
    return isinstance(whole, list) and all(
        isinstance(t, dict) and isinstance(t.get("data"), dict) for t in whole
    )


def read(whole: Any) -> list[Annotation]:
    """The spans that people labelled in tasks exported from Label Studio; its predictions are not theirs.

    Raises:
        KeyError, TypeError, ValueError: a task is not as Label Studio writes it.
    """
    return [found for task in whole for found in _labelled(task)]


def _labelled(task: Json) -> Iterator[Annotation]:
    data = task["data"]
    text = str(data[_TEXT])
    units = Units(text)
    for annotation in task.get("annotations", ()):
        if annotation.get("was_cancelled"):
            continue
        who = annotation.get("completed_by")
        by = str(who.get("email") or who.get("id")) if isinstance(who, dict) else str(who or "")
        for result in annotation["result"]:
            value = result.get("value", {})
            if result.get("type") != "labels" or result.get("to_name") != _TEXT:
                continue
            start, end = units.back(int(value["start"])), units.back(int(value["end"]))
            for label in value["labels"]:
                yield Annotation(
                    document=str(data.get("document", "")),
                    text=text,
                    start=start,
                    end=end,
                    exact=str(value.get("text", text[start:end])),
                    label=str(label),
                    by=by,
                )
