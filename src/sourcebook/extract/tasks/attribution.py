"""The task `attribution`: sources, cues and contents as PolNeAR annotates them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from spacy.tokens import Doc

from sourcebook.extract.attribution.choice import chosen
from sourcebook.extract.attribution.cues import phrase
from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.frames import frames
from sourcebook.extract.grammar import Range, subtree, trimmed
from sourcebook.extract.language import parsed, windows

#: Log odds from which a candidate counts, chosen on PolNeAR's development part.
THRESHOLD: Final = -0.7

Place = dict[str, int]


def predict_attribution(row: Mapping[str, Any]) -> dict[str, Any]:
    """The attributions of one document, attitudes included ("supports the plan"), which `find` leaves out.

    Reads `doc_id` and `text`; offsets are code points into `text`.
    """
    text: str = row["text"]
    found: list[dict[str, list[Place]]] = []
    for start, end in windows(text):
        found += predict(parsed(text[start:end]), start)
    return {"doc_id": row["doc_id"], "attributions": found}


def predict(doc: Doc, offset: int = 0) -> list[dict[str, list[Place]]]:
    """The attributions of a parsed window that starts at `offset`."""
    return [_places(doc, frame, offset) for frame in chosen(frames(doc), THRESHOLD)]


def _places(doc: Doc, frame: Frame, offset: int) -> dict[str, list[Place]]:
    def place(span: Range) -> Place:
        last = doc[span[1] - 1]
        return {"start": offset + doc[span[0]].idx, "end": offset + last.idx + len(last)}

    return {
        "source": [place(trimmed(doc, subtree(frame.source)))] if frame.source is not None else [],
        "cue": [place(phrase(frame.cue))],
        "content": [place(part) for part in frame.contents],
    }
