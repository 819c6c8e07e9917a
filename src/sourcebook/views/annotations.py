"""Somebody's annotations beside the record, span by span: agreed, differs, only here, only there.

An annotation has a label: the kind of a mention, or the predicate of a claim, on its trigger. Only labels
that the annotations use, and only documents that they are of, are compared: who marks attacks alone is
silent on names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from sourcebook.errors import InputError
from sourcebook.model import DocumentId, Record, Span


class Annotation(Struct, frozen=True, kw_only=True):
    """A labelled stretch of a text, in code points, as a tool gave it back.

    `document` is our id where the tool kept it, "" where only the text tells; `text` is the whole text that
    the offsets count in, "" where the tool gives only the quotation; `by` who annotated, if it is said.
    """

    document: str
    text: str
    start: int
    end: int
    exact: str
    label: str
    by: str = ""


class Marked(Struct, frozen=True, kw_only=True):
    """One annotation, one mention or claim of the record, or both. `id` is that of the mention or claim."""

    outcome: str
    label: str
    words: str
    document: str
    start: int
    end: int
    differs: str
    id: str
    by: str


class _Held(NamedTuple):
    """A labelled span of the record."""

    span: Span
    label: str
    id: str


def rows(record: Record, annotations: Sequence[Annotation]) -> list[Marked]:
    """Every annotation beside what the record has there, then what only the record has, in text order.

    Raises:
        InputError: no annotation is of a document of the record.
    """
    placed = [(_placed(record, a), a) for a in annotations]
    known = {span.document for span, _ in placed if span}
    if annotations and not known:
        raise InputError("no annotation is of a document of this sourcebook: their texts are none of ours")
    labels = {a.label for a in annotations}
    held = [h for h in _held(record) if h.span.document in known]
    taken: set[str] = set()
    found = list(_exact(placed, held, taken))
    left = [
        (span, a)
        for span, a in placed
        if span is None or (span, a.label) not in {(f[0], f[1].label) for f in found}
    ]
    made = [_row(record, "agreed", span, a, one) for span, a, one in found]
    made += _others(record, left, held, taken)
    made += [_alone(record, one) for one in held if one.label in labels and one.id not in taken]
    order = {d.id: d.sequence for d in record.documents}
    return sorted(made, key=lambda m: (order.get(DocumentId(m.document), -1), m.start, m.end, m.label, m.id))


def _placed(record: Record, annotation: Annotation) -> Span | None:
    """Where in the record's documents; None if the words are not there. Nothing is moved to a look-alike."""
    for document in record.documents:
        named = annotation.document == document.id
        same = annotation.text == document.text
        if (same if annotation.text else named) or (named and same):
            inside = 0 <= annotation.start < annotation.end <= len(document.text)
            if inside and document.text[annotation.start : annotation.end] == annotation.exact:
                return document.span(annotation.start, annotation.end)
    return None


def _held(record: Record) -> Iterator[_Held]:
    yield from (_Held(m.span, m.kind.value, m.id) for m in record.mentions)
    yield from (_Held(c.trigger, c.predicate, c.id) for c in record.claims)


_Placed = tuple[Span | None, Annotation]


def _exact(
    placed: Iterable[_Placed], held: Iterable[_Held], taken: set[str]
) -> Iterator[tuple[Span, Annotation, _Held]]:
    """Same words, same label."""
    by_place: dict[tuple[Span, str], list[_Held]] = defaultdict(list)
    for one in held:
        by_place[one.span, one.label].append(one)
    for span, annotation in placed:
        if span is None:
            continue
        for one in by_place.get((span, annotation.label), ()):
            taken.add(one.id)
            yield span, annotation, one


def _others(
    record: Record, left: Iterable[_Placed], held: Sequence[_Held], taken: set[str]
) -> Iterator[Marked]:
    """Same words with another label, or other words with the same; what is nowhere in the record."""
    for span, annotation in left:
        near = [h for h in held if span and h.id not in taken and h.span.overlaps(span)]
        best = next((h for h in near if h.label == annotation.label), None)
        best = best or next((h for h in near if h.span == span), None)
        if best is None or span is None:
            yield _row(record, "only-there", span, annotation, None)
            continue
        taken.add(best.id)
        yield _row(record, "differs", span, annotation, best)


def _row(record: Record, outcome: str, span: Span | None, given: Annotation, one: _Held | None) -> Marked:
    differs = "" if span else "its words are not at that place in any document"
    if one is not None and span is not None and outcome == "differs":
        ours = next(d for d in record.documents if d.id == span.document).quote(one.span)
        words = f"words: “{ours}” in the record" if one.span != span else ""
        label = f"label: {one.label} in the record" if one.label != given.label else ""
        differs = "; ".join(filter(None, (label, words)))
    return Marked(
        outcome=outcome,
        label=given.label,
        words=given.exact,
        document=span.document if span else given.document,
        start=given.start,
        end=given.end,
        differs=differs,
        id=one.id if one else "",
        by=given.by,
    )


def _alone(record: Record, one: _Held) -> Marked:
    document = next(d for d in record.documents if d.id == one.span.document)
    return Marked(
        outcome="only-here",
        label=one.label,
        words=document.quote(one.span),
        document=document.id,
        start=one.span.start,
        end=one.span.end,
        differs="",
        id=one.id,
        by="",
    )
