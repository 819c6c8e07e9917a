"""The data files of this stage."""

from __future__ import annotations

from importlib.resources import files


def table(name: str) -> list[list[str]]:
    """The rows of one of this stage's data files, without its header line."""
    text = files("sourcebook.resolve").joinpath("lexicon", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
