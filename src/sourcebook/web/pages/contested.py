"""Where the sources differ: facts by documents in the order of report; nothing is averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sourcebook.model import CONTESTED, DocumentId, Fact, Reading
from sourcebook.views import contested
from sourcebook.web.book import Book
from sourcebook.web.draw import axis
from sourcebook.web.pages.asking import Ask

A_PAGE = 40
#: With more documents than this a column each is no help any more.
_MOST_COLUMNS = 16


class Row(NamedTuple):
    """One contested fact: its readings in the order of report, and what each document says."""

    fact: Fact
    subject: str
    axis: axis.Axis
    kept: Reading | None
    cells: Sequence[Sequence[Reading]]


def context(ask: Ask) -> Mapping[str, Any]:
    """The contested facts, the gravest first, and the documents that speak to them."""
    book = ask.book
    order = {row.fact: n for n, row in enumerate(contested.rows(book.record))}
    wanted, about = ask.word("relation"), ask.word("property")
    facts = sorted((f for f in book.contested if f.id in order), key=lambda f: order[f.id])
    found = [f for f in facts if wanted in (None, f.relation.value) and about in (None, f.property)]
    last = max(1, -(-len(found) // A_PAGE))
    number = min(ask.number("page"), last)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    documents = sorted({d for f in shown for r in f.readings for d in r.documents}, key=book.witness.order)
    return {
        "title": "Contested",
        "rows": [_row(book, f, documents) for f in shown],
        "documents": documents,
        "by_document": len(documents) <= _MOST_COLUMNS,
        "found": len(found),
        "total": len(facts),
        "relations": sorted(Counter(f.relation.value for f in facts).items()),
        "properties": sorted(Counter(f.property for f in facts).items()),
        "relation": wanted or "",
        "property": about or "",
        "all_relations": sorted(r.value for r in CONTESTED),
        "query_kept": {k: v for k in ("relation", "property") if (v := ask.word(k))},
        "number": number,
        "last": last,
    }


def _row(book: Book, fact: Fact, documents: Sequence[DocumentId]) -> Row:
    kept = fact.readings[fact.preferred] if fact.preferred is not None else None
    cells = [[r for r in fact.readings if d in r.documents] for d in documents]
    return Row(fact, book.subject(fact.subject), axis.of_fact(book, fact), kept, cells)
