"""Word lists and patterns that ship as tab-separated files: read once, in order."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `package`/lexicon/`name`.tsv, without comments (`#`) and empty lines."""
    text = files(package).joinpath("lexicon", f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text.split("\n")
        if line.strip() and not line.startswith("#")
    )
