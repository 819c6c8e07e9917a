"""Names, events and texts that hold the words asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sourcebook.model import Document, DocumentId
from sourcebook.web.book import Book

_AROUND: Final = 70
_SNIPPETS: Final = 3
_MOST: Final = 30


class Snippet(NamedTuple):
    """One place in a text: where it starts, its words and what stands around them."""

    at: int
    before: str
    words: str
    after: str


class Hit(NamedTuple):
    """A document that holds all the words, and where."""

    document: Document
    snippets: Sequence[Snippet]


def context(book: Book, query: str, words: Sequence[str], found: Iterable[DocumentId]) -> Mapping[str, Any]:
    """What the record holds under the words; `found` are the documents that hold them all."""
    wanted = [folded(w) for w in words]
    documents = [book.entries.documents[d] for d in found if d in book.entries.documents]
    return {
        "title": f"Search: {query}" if query else "Search",
        "query": query,
        "names": [e for e in book.record.entities if wanted and _holds("\n".join(e.called), wanted)][:_MOST],
        "events": [e for e in book.record.events if wanted and _holds(e.label, wanted)][:_MOST],
        "hits": [Hit(d, list(snippets(d.text, wanted))) for d in documents],
    }


def holding(book: Book, words: Sequence[str]) -> list[DocumentId]:
    """The documents whose title or text holds all the words, in the order of the record."""
    wanted = [folded(w) for w in words]
    return [d.id for d in book.record.documents if wanted and _holds(f"{d.title or ''}\n{d.text}", wanted)]


def folded(text: str) -> str:
    """A text without case and accents, as many characters long as it was."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[0] for c in text)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    simple = folded(text)
    return all(re.search(rf"\b{re.escape(w)}", simple) for w in wanted)


def snippets(text: str, wanted: Sequence[str]) -> Iterable[Snippet]:
    """The first places where the rarest of the words stands."""
    simple = folded(text)
    places = {w: [m.start() for m in re.finditer(rf"\b{re.escape(w)}", simple)] for w in wanted}
    known = [(len(at), w) for w, at in places.items() if at]
    if not known:
        return
    _, word = min(known)
    for at in places[word][:_SNIPPETS]:
        end = at + len(word)
        yield Snippet(
            at,
            " ".join(text[max(0, at - _AROUND) : at].split()) + " " * text[at - 1 : at].isspace(),
            text[at:end],
            text[end : end + _AROUND].replace("\n", " "),
        )
