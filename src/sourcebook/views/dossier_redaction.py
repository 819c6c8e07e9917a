"""A dossier for publication: masked persons, the same person by the same mark, and nothing that is unseen.

Whom a profile masks is told in `redaction`. Quotations are cut at the masked words; `verify` checks what is
left of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from sourcebook.model import Entity, Event, Record
from sourcebook.text import unseen
from sourcebook.views.dossier import Citation, Cited, Dossier, Section, Sentence
from sourcebook.views.entries import Entries
from sourcebook.views.redaction import hidden

#: A mark in place of a name.
MARK: Final = re.compile(r"\[person \d{1,6}\]")

_SHORTEST: Final = 3


def redacted(dossier: Dossier, record: Record, profile: str) -> Dossier:
    """The dossier with every masked name, its variants and surname replaced by a mark."""
    return _rewritten(dossier, _masker(hidden(record, profile), Entries(record)))


def legible(dossier: Dossier) -> Dossier:
    """The dossier with characters that hide or turn text shown by their numbers, as it is to be written."""
    return _rewritten(dossier, unseen.shown)


def _rewritten(dossier: Dossier, change: Callable[[str], str]) -> Dossier:
    return replace(
        dossier,
        subject=change(dossier.subject),
        sections=tuple(
            Section(s.title, tuple(_sentence(x, change) for x in s.sentences)) for s in dossier.sections
        ),
        documents=tuple(_cited(d, change) for d in dossier.documents),
        events=tuple(_event(e, change) for e in dossier.events),
    )


def _masker(persons: list[Entity], entries: Entries) -> Callable[[str], str]:
    marks: dict[str, str] = {}
    for n, person in enumerate(persons, 1):
        for name in _names(person, entries):
            marks.setdefault(name.casefold(), f"[person {n}]")
    if not marks:
        return lambda text: text
    longest = sorted(marks, key=lambda name: (-len(name), name))
    words = (r"\s+".join(re.escape(part) for part in name.split()) for name in longest)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: marks[" ".join(found[0].casefold().split())], text)


def _names(person: Entity, entries: Entries) -> set[str]:
    """Full names, the forms in which mentions give them, and surnames."""
    mentions = (entries.mentions[m] for m in person.mentions)
    full = set(person.called)
    full |= {m.name for m in mentions if m.form == "name"}
    parts = {name.split()[-1] for name in full if len(name.split()) > 1}
    named = {" ".join(n.split()) for n in full | parts}
    return {n for n in named if len(n) >= _SHORTEST and n[:1].isupper()}


def _sentence(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    return Sentence(change(sentence.text), tuple(_citation(c, change) for c in sentence.citations))


def _citation(citation: Citation, change: Callable[[str], str]) -> Citation:
    return Citation(citation.claims, citation.document, citation.start, citation.end, change(citation.exact))


def _event(event: Event, change: Callable[[str], str]) -> Event:
    """As a picture shows it: its label, and the names of its places."""
    places = tuple(replace(place, name=change(place.name)) for place in event.places)
    return replace(event, label=change(event.label), places=places, participants=())


def _cited(cited: Cited, change: Callable[[str], str]) -> Cited:
    title = change(cited.title) if cited.title else cited.title
    return replace(cited, title=title, publisher=change(cited.publisher), path=change(cited.path))


def quotes(text: str, exact: str) -> bool:
    """Whether `exact` is `text` but for what is masked: the words between the marks, in order, end to end."""
    flat = " ".join(unseen.shown(text).split())
    parts = MARK.split(" ".join(unseen.shown(exact).split()))
    if len(parts) == 1:
        return flat == parts[0]
    first, last = parts[0], parts[-1]
    if not flat.startswith(first) or not flat.endswith(last) or len(flat) < len(first) + len(last):
        return False
    at, stop = len(first), len(flat) - len(last)
    for part in parts[1:-1]:
        found = flat.find(part, at, stop)
        if found < 0:
            return False
        at = found + len(part)
    return at <= stop
