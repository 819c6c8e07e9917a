"""A record for publication: names of private persons masked alike everywhere, and no offset moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
        "private": "persons without an office; leaders, officials and experts stay",
        "persons": "every person",
    }
)

#: Facts of an actor whose object holds an office, and speaks or acts in public.
_OFFICES: Final = ("leader", "deputy_leader")

#: Kinds of speaker who are quoted for their office.
_PUBLIC: Final = ("official", "expert", "government", "security_force", "media", "armed_group")

_FILL: Final = "█"


def redacted(record: Record, profile: str) -> Record:
    """The record with the persons of a profile masked; each keeps one mask, as long as each of its names.

    Masks are put over the names in the documents' texts too, so that every span still quotes its document;
    hashes are those of the documents as they were.
    """
    hidden = _hidden(record, profile)
    if not hidden:
        return record
    masks = _masks(record, hidden)
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


def _hidden(record: Record, profile: str) -> list[Entity]:
    persons = [e for e in record.entities if e.kind is MentionKind.PERSON]
    if profile == "none":
        return []
    if profile == "persons":
        return persons
    known = _in_office(record)
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


def _masks(record: Record, hidden: Iterable[Entity]) -> dict[str, str]:
    """Every way in which a hidden person is named, with what is put over it, as long as it is."""
    mentions = Entries(record).mentions
    masks: dict[str, str] = {}
    for number, entity in enumerate(hidden, 1):
        named = [mentions[m] for m in entity.mentions if m in mentions]
        names = {entity.name, *(a.name for a in entity.aliases)}
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
