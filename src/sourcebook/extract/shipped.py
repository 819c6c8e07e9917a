"""The trained files that are part of the package, and what tells one training run from another."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Final

WEIGHTS: Final = files("sourcebook.extract").joinpath("weights")
MODEL: Final = "encoder.onnx"


def digest() -> str:
    """SHA-256 of the tagger's weights, as docs/reference/model-card.md has it."""
    return hashlib.sha256(WEIGHTS.joinpath(MODEL).read_bytes()).hexdigest()
