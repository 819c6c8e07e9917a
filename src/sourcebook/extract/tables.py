"""The lexicons of times and quantities as rows: TSV files with a `#` line that says what they hold."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `lexicon/<name>` in order, comments and empty lines left out."""
    text = files("sourcebook.extract").joinpath("lexicon", name).read_text("utf-8")
    return tuple(
        tuple(line.split("\t")) for line in text.split("\n") if line.strip() and not line.startswith("#")
    )
