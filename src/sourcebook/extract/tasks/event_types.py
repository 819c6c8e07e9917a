"""Event types and roles of one sentence or document, as the event claims have them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sourcebook.extract.pipeline import extract
from sourcebook.model import Claim, Document, Mention, MentionId, Scope, document_id
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Context


def predict_event_types(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with id and text to its events in text order, generic talk left out."""
    text = str(row["text"])
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id=document_id(str(row["id"]), sha), path=str(row["id"]), sha256=sha, sequence=0, text=text,
        language="en",
    )  # fmt: skip
    found = extract(document, Context())
    mentions = {m.id: m for m in found.mentions}
    told = [c for c in found.claims if c.predicate in EVENT_TYPES and c.scope is not Scope.GENERIC]
    return {"id": row["id"], "events": [_event(c, document, mentions) for c in told]}


def _event(claim: Claim, document: Document, mentions: Mapping[MentionId, Mention]) -> dict[str, Any]:
    roles: dict[str, list[dict[str, Any]]] = {}
    for argument in claim.arguments:
        mention = mentions[argument.mention]
        filler = {"text": mention.exact, "start": mention.span.start, "end": mention.span.end}
        roles.setdefault(argument.role, []).append(filler)
    return {
        "type": claim.predicate,
        "modes": list(claim.modes),
        "status": str(claim.status),
        "scope": str(claim.scope),
        "trigger": {
            "text": document.quote(claim.trigger),
            "start": claim.trigger.start,
            "end": claim.trigger.end,
        },
        "roles": roles,
    }
