"""The bundled example, built once for all tests that need it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from sourcebook import project
from sourcebook.model import Record

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "marrovia"


@lru_cache(maxsize=1)
def record() -> Record:
    """The record of the example."""
    file = Path(mkdtemp(prefix="sourcebook-example-")) / "example.sourcebook"
    project.refer(file, [EXAMPLE / "reference.csv"])
    project.build([EXAMPLE / "reports"], file, sources=EXAMPLE / "sources.csv")
    return project.record(file)
