"""What to call a document in a sentence: its publisher, else as much of its title as tells it apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from sourcebook.model import Document, DocumentId, Source, SourceId

#: A title longer than this is cut, at a sign that parts it or after so many words.
_LONGEST: Final = 45
_WORDS: Final = 6
_PARTS: Final = re.compile(r"(?<=\w[”\"’»])?\s{0,9}(?:: | [–—|-] |\? (?=\w))")


def short_names(documents: Iterable[Document], sources: Mapping[SourceId, Source]) -> dict[DocumentId, str]:
    """A name for every document: no two that have no publisher share one."""
    found: dict[DocumentId, str] = {}
    untold: list[Document] = []
    for document in documents:
        source = sources.get(document.source) if document.source else None
        if source is not None:
            found[document.id] = source.name
        else:
            untold.append(document)
    cut = {d.id: _cut(d.title) if d.title else "" for d in untold}
    times = Counter(cut.values())
    for document in untold:
        name = cut[document.id]
        found[document.id] = _quoted(name) if name and times[name] == 1 else document.path
    return found


def _cut(title: str) -> str:
    whole = " ".join(title.split())
    if len(whole) <= _LONGEST:
        return whole
    part = _PARTS.split(whole)[0]
    if len(part) <= _LONGEST and len(part.split()) > 1:
        return part
    return f"{' '.join(whole.split()[:_WORDS])} …"


def _quoted(name: str) -> str:
    return name if name[:1] in '“"«„' else f"“{name}”"
