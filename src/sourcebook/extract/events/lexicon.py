"""What words mean for events: triggers, frames, weapons and word classes, read from tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

_FOLDER: Final = "sourcebook.extract"


class Sense(NamedTuple):
    """One row of `triggers.tsv`: the words, and the event that they name."""

    words: tuple[str, ...]
    pos: str
    type: str
    modes: tuple[str, ...]
    frame: str

    @property
    def head(self) -> int:
        """Which of the words the others depend on: a verb's first, a noun's last before "of"."""
        if self.pos == "v":
            return 0
        return self.words.index("of") - 1 if "of" in self.words else len(self.words) - 1


class Weapon(NamedTuple):
    """One row of `weapons.tsv`: the mode a word implies, if one, and whether it is the weapon."""

    mode: str | None
    kind: str


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of the lexicon, comments left out."""
    text = files(_FOLDER).joinpath("lexicon", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def triggers() -> Mapping[tuple[str, str], tuple[Sense, ...]]:
    """Senses by part of speech and head lemma, those of most words first."""
    found: dict[tuple[str, str], list[Sense]] = {}
    for words, pos, kind, modes, frame in rows("triggers.tsv"):
        listed = () if modes == "-" else tuple(modes.split(","))
        sense = Sense(tuple(words.split()), pos, kind, listed, frame)
        found.setdefault((pos, sense.words[sense.head]), []).append(sense)
    return {key: tuple(sorted(senses, key=lambda s: -len(s.words))) for key, senses in found.items()}


@cache
def frames() -> Mapping[str, Mapping[str, str]]:
    """For each frame, the role that each grammatical function fills."""
    return {name: dict(part.split("=") for part in roles.split()) for name, roles in rows("frames.tsv")}


@cache
def weapons() -> Mapping[str, Weapon]:
    """Weapon words, and words that say the manner of an attack, by lemma."""
    return {word: Weapon(None if mode == "-" else mode, kind) for word, mode, kind in rows("weapons.tsv")}


@cache
def words(name: str) -> frozenset[str]:
    """The lemmas of one class of `event_words.tsv`."""
    return next(frozenset(listed.split()) for row, listed in rows("event_words.tsv") if row == name)
