"""The task `event-coref`: which of the given mentions are of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sourcebook.resolve.coref.chains import chains


def predict_event_coref(
    mentions: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Each mention with its `cluster`; reads ids and offsets, and id, title and text of documents."""
    asked = [{k: m[k] for k in ("mention_id", "doc_id", "start", "end")} for m in mentions]
    given = [{k: d.get(k) for k in ("doc_id", "title", "text")} for d in documents]
    found = chains(asked, given)
    return [{**m, "cluster": found[str(m["mention_id"])]} for m in asked]
