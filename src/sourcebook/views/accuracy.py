"""How well the shipped extractors do on public data, as `tools/accuracy.py --write` last measured it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """One measure: on how many rows, the figure with its 95% interval, and what it is held against."""

    what: str
    rows: int
    figure: float
    low: float
    high: float
    beside: str


class Accuracy(Struct, frozen=True, kw_only=True):
    """Every measure of one run, with its day and commit."""

    measured: str
    commit: str
    rows: tuple[Row, ...]


@cache
def shipped() -> Accuracy:
    """The figures of this version."""
    text = files("sourcebook.views").joinpath("accuracy.json").read_bytes()
    return msgspec.json.decode(text, type=Accuracy)
