"""What the encoder learns from: role fillers of MUC-4, types of SATP, and news in which nothing happens."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sourcebook.extract.encoder import ROLES, TYPES

#: What is read of the folder of data: texts with a key, news without incidents, reports with types alone.
SETS = {
    "incidents": ["muc4/train.jsonl.gz"],
    "everyday": ["polnear/train.jsonl.gz", "meantime/dev.jsonl.gz"],
    "reports": ["satp/train.jsonl"],
    "development": ["muc4/tst1.jsonl.gz", "muc4/tst2.jsonl.gz"],
}

Span = tuple[int, int]
Entities = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Text:
    """A text with the spans of its heads; heads that nobody marked in this corpus are absent from `spans`."""

    name: str
    text: str
    spans: dict[str, list[Span]]
    kinds: frozenset[str]
    entities: Entities = field(default_factory=dict)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSON Lines file, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def occurrences(text: str, words: str) -> list[Span]:
    """Where the words stand in the text, whole words only."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def project(text: str, entities: Sequence[Sequence[str]]) -> list[Span]:
    """All places where a mention of the key is written, the longest first and none inside another."""
    taken: list[Span] = []
    for words in sorted({m for entity in entities for m in entity}, key=lambda m: (-len(m), m)):
        taken += [s for s in occurrences(text, words) if all(s[1] <= a or s[0] >= b for a, b in taken)]
    return sorted(taken)


def muc4(path: Path) -> list[Text]:
    """The documents of one MUC-4 file. Letters are lowered, as the encoder does."""
    return [_muc4(row) for row in rows(path)]


def _muc4(row: dict[str, Any]) -> Text:
    entities = {role: _lowered(row["ree"][role]) for role in ROLES[:5]}
    entities["VictimDesc"] = _pooled(row["events"], "VictimDesc")
    kinds = {kind.strip() for e in row["events"] for kind in (e["type"] or "").split("/")} & set(TYPES)
    kinds |= {"ANY"} if row["events"] else set()
    return marked(row["id"], row["text"].lower(), entities, frozenset(kinds))


def marked(name: str, text: str, entities: Entities, kinds: frozenset[str]) -> Text:
    """A text whose spans are wherever the entities are written."""
    return Text(name, text, {role: project(text, found) for role, found in entities.items()}, kinds, entities)


def _lowered(entities: list[list[Any]]) -> list[list[str]]:
    return [[(m["text"] if isinstance(m, dict) else m).lower() for m in entity] for entity in entities]


def _pooled(events: list[dict[str, Any]], role: str) -> list[list[str]]:
    """The entities of a role over all events, one that is part of another dropped."""
    kept: list[list[str]] = []
    for entity in _lowered([x for e in events for x in e["roles"].get(role, [])]):
        if entity and not any(set(entity) <= set(k) or set(k) <= set(entity) for k in kept):
            kept.append(entity)
    return kept


def everyday(path: Path) -> list[Text]:
    """The articles of a file of politics or business: no role is filled, no incident told."""
    return [
        Text(row.get("doc_id") or row["id"], row["text"], {role: [] for role in ROLES}, frozenset())
        for row in rows(path)
    ]


#: Types of SATP as MUC-4 calls them; its fourth type has no counterpart.
_SATP = {"ARMED_ASSAULT": "ATTACK", "BOMBING_EXPLOSION": "BOMBING", "KIDNAPPING_HOSTAGE": "KIDNAPPING"}


def satp(path: Path) -> list[Text]:
    """Incident reports of another place and decade, of which the types are known and no role."""
    return [
        Text(
            row["id"],
            row["text"].lower(),
            {},
            frozenset(["ANY", *(_SATP[e["type"]] for e in row["events"] if e["type"] in _SATP)]),
        )
        for row in rows(path)
        if row["events"]
    ]
