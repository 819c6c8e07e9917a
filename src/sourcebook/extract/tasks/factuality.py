"""The task `factuality`: commitment to given predicates from -3 to 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from sourcebook.extract.factuality.scale import scale
from sourcebook.extract.language import model

#: What is said of a predicate that covers no word: readers lean towards "happened".
UNREAD = 1.0


def predict_factuality(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row's predicates with a number each. Reads `id`, `text`, and of `predicates` `start` and `end`."""
    doc = model()(row["text"])
    found = [
        {"start": p["start"], "end": p["end"], "factuality": round(_value(doc, p["start"], p["end"]), 3)}
        for p in row["predicates"]
    ]
    return {"id": row["id"], "predicates": found}


def _value(doc: Doc, start: int, end: int) -> float:
    tokens = doc.char_span(start, end, alignment_mode="expand")
    return scale(tokens.root) if tokens is not None and len(tokens) else UNREAD
