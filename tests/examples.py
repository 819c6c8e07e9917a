"""The example piles as records, each built once for all tests that need it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import Record

ROOT = Path(__file__).resolve().parents[1] / "examples"


@lru_cache
def record(name: str) -> Record:
    """The record of examples/`name`."""
    file = Path(mkdtemp(prefix="sourcebook-examples-")) / "pile.sourcebook"
    folder = ROOT / name
    project.refer(file, sorted(folder.glob("reference.csv")))
    project.build([folder / "reports"], file, config=Config(workers=0), sources=folder / "sources.csv")
    return project.record(file)
