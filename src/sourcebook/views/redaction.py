"""A record for publication: names of private persons masked alike everywhere, and no offset moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from types import MappingProxyType
from typing import Any, Final

import msgspec

from sourcebook.model import (
    Entity,
    EntityId,
    EntityValue,
    Form,
    MentionKind,
    Record,
)
from sourcebook.views.entries import Entries

#: What a profile masks, in words.
PROFILES: Final = MappingProxyType(
    {
        "none": "nothing",
        "private": "persons without an office, and suspects; leaders, officials and experts stay",
        "persons": "every person",
    }
)

#: Facts of an actor whose object holds an office, and speaks or acts in public.
_OFFICES: Final = ("leader", "deputy_leader")

#: Kinds of speaker who are quoted for their office.
_PUBLIC: Final = ("official", "expert", "government", "security_force", "media", "armed_group")

#: Words for a part in an event that is somebody's to prove: an office is no reason to name the person.
_ACCUSED: Final = ("suspected", "charged", "on-trial", "convicted", "acquitted", "intercepted")

_FILL: Final = "█"


def redacted(record: Record, profile: str) -> Record:
    """The record with the persons of a profile masked; each keeps one mask, as long as each of its names.

    Masks are put over the names in the documents' texts too, so that every span still quotes its document;
    hashes are those of the documents as they were.
    """
    masked = hidden(record, profile)
    if not masked:
        return record
    masks = _masks(record, masked)
    record = _unlisted(record, {e.id for e in masked})
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(masks, key=lambda n: (-len(n), n))) + r")(?!\w)"
    )

    def cover(text: str) -> str:
        return pattern.sub(lambda m: masks[m.group()], text)

    covered: Record = msgspec.convert(_over(msgspec.to_builtins(record), cover), Record)
    # A mention may be part of a longer name: its words are those that the covered text has there.
    texts = {d.id: d.text for d in covered.documents}
    mentions = tuple(
        msgspec.structs.replace(m, exact=texts[m.span.document][m.span.start : m.span.end])
        for m in covered.mentions
    )
    return msgspec.structs.replace(covered, mentions=mentions)


def _unlisted(record: Record, masked: Collection[EntityId]) -> Record:
    """Without what lists say of hidden persons: an id elsewhere, a country and dates name them as well."""
    bare = (
        msgspec.structs.replace(e, listed=(), identifiers={}, joined=()) if e.id in masked and e.listed else e
        for e in record.entities
    )
    return msgspec.structs.replace(record, entities=tuple(bare))


def hidden(record: Record, profile: str) -> list[Entity]:
    """The persons that a profile masks: of "private" those without an office, and every suspect."""
    persons = [e for e in record.entities if e.kind is MentionKind.PERSON]
    if profile == "none":
        return []
    if profile == "persons":
        return persons
    known = _in_office(record) - _suspects(record)
    return [e for e in persons if e.id not in known]


def _in_office(record: Record) -> set[EntityId]:
    entries = Entries(record)
    led = {
        r.value.entity
        for f in record.facts
        if f.property in _OFFICES
        for r in f.readings
        if isinstance(r.value, EntityValue)
    }
    quoted = {
        entries.entity_of[a.source]
        for c in record.claims
        for a in c.attribution
        if a.source is not None and a.source in entries.entity_of and a.kind in _PUBLIC
    }
    return led | quoted


def _suspects(record: Record) -> set[EntityId]:
    """Whoever is suspected of a part in an event, charged with it or tried for it."""
    parts = (p for e in record.events for p in e.participants)
    return {p.entity for p in parts if p.entity and (p.role == "suspect" or p.attribution_status in _ACCUSED)}


def _masks(record: Record, hidden: Iterable[Entity]) -> dict[str, str]:
    """Every way in which a hidden person is named, with what is put over it, as long as it is."""
    mentions = Entries(record).mentions
    masks: dict[str, str] = {}
    for number, entity in enumerate(hidden, 1):
        named = [mentions[m] for m in entity.mentions if m in mentions]
        names = set(entity.called)
        names |= {n for m in named if m.form is Form.NAME for n in (m.exact, m.name)}
        names |= {
            part for name in tuple(names) for part in name.split() if len(part) > 2 and part[0].isupper()
        }
        for name in names:
            if any(c.isupper() for c in name):
                masks.setdefault(name, f"P{number}".ljust(len(name), _FILL)[: len(name)])
    return masks


def _over(value: Any, cover: Callable[[str], str]) -> Any:
    """A decoded record with every text covered; the names of fields stay."""
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, list | tuple):
        return [_over(v, cover) for v in value]
    if isinstance(value, dict):
        return {k: _over(v, cover) for k, v in value.items()}
    return value
