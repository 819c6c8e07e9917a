"""The event reading of one sentence as plain values, as `thirty.jsonl` keys it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sourcebook.extract.pipeline import extract
from sourcebook.model import Document, document_id
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Context

KEY = Path(__file__).with_name("thirty.jsonl")
Row = dict[str, Any]


def rows() -> list[Row]:
    """The sentences of the key, in order."""
    return [json.loads(line) for line in KEY.read_text(encoding="utf-8").splitlines()]


def reading(text: str) -> list[Row]:
    """The event claims of a sentence in text order."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id=document_id("s", sha), path="s", sha256=sha, sequence=0, text=text, language="en")
    found = extract(document, Context())
    mentions = {m.id: m.exact for m in found.mentions}
    triggers = {c.id: document.quote(c.trigger) for c in found.claims}
    told = []
    for claim in found.claims:
        if claim.predicate not in EVENT_TYPES:
            continue
        roles: dict[str, list[str]] = {}
        for argument in claim.arguments:
            roles.setdefault(argument.role, []).append(mentions[argument.mention])
        row: Row = {
            "trigger": document.quote(claim.trigger),
            "type": claim.predicate,
            "modes": list(claim.modes),
            "scope": str(claim.scope),
            "status": str(claim.status),
            "roles": roles,
        }
        told.append(row | ({"about": triggers[claim.antecedent]} if claim.antecedent in triggers else {}))
    return told
