"""Word lists of this stage: tab-separated files that open with `#` lines on what they are and where from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of `lexicon/<name>.tsv`, without comments and blank lines."""
    text = files("sourcebook.extract").joinpath("lexicon", f"{name}.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


@cache
def weights(name: str) -> dict[str, float]:
    """A linear model kept as a list: feature and weight."""
    return {row[0]: float(row[1]) for row in rows(name)}
