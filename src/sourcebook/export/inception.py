"""INCEpTION: one file of UIMA CAS JSON a document, in the two layers that every project has; read back.

Spans are `custom.Span` with the kind of a mention or the predicate of a claim as `label`, arguments are
`custom.Relation` from the trigger to the mention. Offsets are UTF-16 code units. Format: UIMA JSON CAS 0.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sourcebook.export.encode import Json, whole
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.units import Units
from sourcebook.model import Document, Record, Span
from sourcebook.views.annotations import Annotation

_SPAN: Final = "custom.Span"
_RELATION: Final = "custom.Relation"
_DOCUMENT: Final = "uima.tcas.DocumentAnnotation"
_ANNOTATION: Final = "uima.tcas.Annotation"
_SOFA: Final = "uima.cas.Sofa"
_VIEW: Final = "_InitialView"


def export(record: Record) -> Produced:
    """A folder with one file a document, named after it, to be imported as "UIMA CAS JSON"."""
    tally = Tally()
    for claim in record.claims:
        for _ in claim.attribution[1:]:
            tally.drop("nested speaker", "the layers have no speakers", claim.id)
        if claim.attribution:
            tally.drop("speaker", "the layers have no speakers", claim.id)
    for event in record.events:
        tally.drop("event", "files are of documents, events of several", event.id)
    for fact in record.facts:
        tally.drop("fact", "files are of documents, facts of several", fact.id)
    beside = {f"{document.id}.json": whole(_cas(record, document)) for document in record.documents}
    return Produced(main=None, losses=tuple(tally.losses()), beside=beside)


def _types() -> Json:
    def named(name: str, over: str, **features: str) -> Json:
        held = {f: {"%NAME": f, "%RANGE": of} for f, of in features.items()}
        return {"%NAME": name, "%SUPER_TYPE": over, **held}

    label = "uima.cas.String"
    return {
        _SPAN: named(_SPAN, _ANNOTATION, label=label),
        _RELATION: named(_RELATION, _ANNOTATION, Governor=_ANNOTATION, Dependent=_ANNOTATION, label=label),
    }


class _Structures:
    """Feature structures under construction, numbered from 1."""

    def __init__(self, document: Document) -> None:
        self.units = Units(document.text)
        self.held: list[Json] = [
            {
                "%ID": 1,
                "%TYPE": _SOFA,
                "sofaNum": 1,
                "sofaID": _VIEW,
                "mimeType": "text",
                "sofaString": document.text,
            }
        ]
        self.of: dict[str, int] = {}

    def add(self, kind: str, span: Span, **features: Any) -> int:
        number = len(self.held) + 1
        where = {"begin": self.units.at(span.start), "end": self.units.at(span.end)}
        self.held.append({"%ID": number, "%TYPE": kind, "@sofa": 1, **where, **features})
        return number


def _cas(record: Record, document: Document) -> Json:
    made = _Structures(document)
    if document.text:
        made.add(
            _DOCUMENT, Span(document.id, 0, len(document.text)), language=document.language or "x-unspecified"
        )
    mentions = {m.id: m for m in record.mentions if m.span.document == document.id}
    claims = [c for c in record.claims if c.trigger.document == document.id]
    for mention in mentions.values():
        made.of[mention.id] = made.add(_SPAN, mention.span, label=mention.kind.value)
    for claim in claims:
        made.of[claim.id] = made.add(_SPAN, claim.trigger, label=claim.predicate)
    for claim in claims:
        for argument in claim.arguments:
            if argument.mention in mentions:
                ends = {"@Governor": made.of[claim.id], "@Dependent": made.of[argument.mention]}
                made.add(_RELATION, mentions[argument.mention].span, label=argument.role, **ends)
    members = [structure["%ID"] for structure in made.held[1:]]
    views = {_VIEW: {"%SOFA": 1, "%MEMBERS": members}}
    return {"%TYPES": _types(), "%FEATURE_STRUCTURES": made.held, "%VIEWS": views}


# -- back -----------------------------------------------------------------------------------------


def looks(found: Any) -> bool:
    """Whether JSON is a CAS."""
    return isinstance(found, dict) and "%FEATURE_STRUCTURES" in found


def read(found: Json) -> list[Annotation]:
    """The labelled spans of one document: `label`, or `value` of a named entity layer.

    Raises:
        KeyError, TypeError, ValueError, StopIteration: it is not as UIMA writes it.
    """
    structures = found["%FEATURE_STRUCTURES"]
    listed = list(structures.values()) if isinstance(structures, dict) else structures
    text = str(next(s for s in listed if s["%TYPE"] == _SOFA)["sofaString"])
    return list(_spans(listed, text))


def _spans(listed: list[Json], text: str) -> Iterator[Annotation]:
    units = Units(text)
    for structure in listed:
        label = structure.get("label") or structure.get("value")
        if "begin" not in structure or not isinstance(label, str) or "@Governor" in structure:
            continue
        start, end = units.back(int(structure["begin"])), units.back(int(structure["end"]))
        if start < end:
            yield Annotation(document="", text=text, start=start, end=end, exact=text[start:end], label=label)
