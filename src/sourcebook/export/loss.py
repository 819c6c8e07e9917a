"""The loss report that stands beside every export: what the format does not hold."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct


class Loss(Struct, frozen=True, kw_only=True):
    """One thing that an export leaves out: how many there were, and why."""

    what: str
    count: int
    why: str


def report_path(out: Path) -> Path:
    """Where the report of the export `out` goes."""
    return out.with_name(f"{out.name}.loss.json")


def write_report(out: Path, form: str, losses: list[Loss]) -> Path:
    """Write the report of one export; only what was there to lose is listed."""
    path = report_path(out)
    lost = [loss for loss in losses if loss.count]
    content = msgspec.json.encode({"format": form, "lost": lost, "of": out.name}, order="sorted")
    path.write_bytes(msgspec.json.format(content, indent=2) + b"\n")
    return path
