"""Where a word comes from: documents that copy, credit one agency or share a quotation have one origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sourcebook.model import Document, DocumentId, Source, SourceId, SourceKind, Span

#: How far into a document a dateline's credit stands.
_HEAD: Final = 2_000
#: "TOWN, May 3 (MNA) -", and "(Reuters)" alone at the head of a line.
_CREDIT: Final = re.compile(
    r"\(([A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,3})(?:/[A-Z][A-Za-z.]{1,20}){0,2}\) {0,2}(?:--?|–|—)"
)
#: "Source: MNA", "With material from MNA" on a line of its own, at the foot.
_FOOT: Final = re.compile(
    r"^\(?(?:Source|Agency|Agencies|Via|"
    r"With (?:material|reporting|information|inputs?|files) (?:from|by)) ?:? "
    r"([A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,3})\.?\)?$",
    re.MULTILINE,
)
#: "By MNA", "© MNA 2031" on a line of its own: short names only, a person has no byline in capitals.
_LINE: Final = re.compile(r"^(?:By |© ?(?:\d{4} )?)([A-Z]{2,6})(?: \d{4})?$", re.MULTILINE)
_QUOTED: Final = re.compile(r"[“\"«„]([^“”\"«»„]{30,800})[”\"»“]")
_WORD: Final = re.compile(r"\w+")
#: Words that two quotations must share in a row to be one: fewer are shared by chance.
_ENOUGH_WORDS: Final = 8


class Origins(Struct, frozen=True):
    """The origin of each document, and the stretches of it that are quotations found in several.

    `agencies` are the origins that are agencies.
    """

    of: Mapping[DocumentId, str]
    shared: Mapping[DocumentId, tuple[tuple[int, int, str], ...]]
    agencies: frozenset[str] = frozenset()

    def at(self, span: Span) -> str:
        """The origin of what stands at a span: a quotation that is shared, else the document's."""
        held = self.shared.get(span.document, ())
        place = bisect_right(held, (span.start, span.end, "")) - 1
        for start, end, quotation in held[max(0, place) : place + 2]:
            if start <= span.start < end:
                return quotation
        return self.of.get(span.document, span.document)


def origins(
    documents: Sequence[Document], sources: Mapping[SourceId, Source], groups: Mapping[DocumentId, str]
) -> Origins:
    """The origin of every document.

    It is the agency's, where it or a copy of it credits one, else that of the earliest copy: its publisher,
    who is one origin however many reports it gives, or where nobody is named the copies themselves.
    """
    agencies: dict[str, str] = {}
    publishers: dict[str, str] = {}
    for document in documents:
        agency = _agency(document, sources.get(document.source) if document.source else None)
        group = groups.get(document.id, document.id)
        if document.source:
            publishers.setdefault(group, f"publisher:{document.source}")
        if agency:
            agencies[group] = min(agencies.get(group, agency), agency)
    return Origins(
        {
            d.id: agencies.get(group, publishers.get(group, group))
            for d in documents
            for group in (groups.get(d.id, d.id),)
        },
        _quotations(documents),
        frozenset(agencies.values()),
    )


def _agency(document: Document, source: Source | None) -> str:
    """The agency that a document credits or is published by, by its short name, "" for none."""
    text = document.text
    credit = _CREDIT.search(text[:_HEAD]) or _FOOT.search(text) or _LINE.search(text)
    if credit:
        return f"agency:{agency_key(credit.group(1))}"
    if source is not None and source.kind is SourceKind.AGENCY:
        return f"agency:{agency_key(source.name)}"
    return ""


def agency_key(name: str) -> str:
    """What "Marrovia News Agency", "MNA" and "Marrovia News Agency (MNA)" have in common."""
    bracket = re.search(r"\(([A-Z]{2,8})\)", name)
    if bracket:
        return bracket.group(1).casefold()
    words = name.replace(".", "").split()
    if len(words) > 1:
        return "".join(w[0] for w in words if w[0].isupper()).casefold()
    return words[0].casefold() if words else ""


class _Quotation(Struct, frozen=True):
    """One quotation: where it stands, and its words."""

    document: DocumentId
    start: int
    end: int
    words: tuple[str, ...]


def _quotations(documents: Iterable[Document]) -> dict[DocumentId, tuple[tuple[int, int, str], ...]]:
    """Quotations that share enough words in a row with one of another document, by document and place."""
    met: dict[tuple[str, ...], list[int]] = defaultdict(list)
    quotations: list[_Quotation] = []
    for document in documents:
        for found in _QUOTED.finditer(document.text):
            words = tuple(_WORD.findall(found.group(1).casefold()))
            for row in {words[n : n + _ENOUGH_WORDS] for n in range(len(words) - _ENOUGH_WORDS + 1)}:
                met[row].append(len(quotations))
            quotations.append(_Quotation(document.id, *found.span(1), words))
    first = list(range(len(quotations)))
    for several in met.values():
        for other in several[1:]:
            left, right = sorted((_root(first, several[0]), _root(first, other)))
            first[right] = left
    groups: dict[int, list[_Quotation]] = defaultdict(list)
    for n, quotation in enumerate(quotations):
        groups[_root(first, n)].append(quotation)
    shared: dict[DocumentId, list[tuple[int, int, str]]] = defaultdict(list)
    for n, alike in groups.items():
        if len({q.document for q in alike}) > 1:
            name = f"quotation:{' '.join(quotations[n].words[:_ENOUGH_WORDS])}"
            for quotation in alike:
                shared[quotation.document].append((quotation.start, quotation.end, name))
    return {d: tuple(sorted(places)) for d, places in shared.items()}


def _root(first: list[int], one: int) -> int:
    """The earliest quotation that this one is held together with."""
    while first[one] != one:
        first[one] = first[first[one]]
        one = first[one]
    return one
