"""The word lists that names and descriptions of actors are read by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from sourcebook.model import MentionKind

_WORDS = re.compile(r"[^\W_]+")


class Title(NamedTuple):
    """A word before a person's name: honorific, rank or office; gender m, f or -."""

    sort: str
    gender: str


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a lexicon, split at tabs, without the header."""
    text = files("sourcebook.extract").joinpath("lexicon", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def key(name: str) -> tuple[str, ...]:
    """The lower-case words of a name, without article: what lexicons are looked up by."""
    words = tuple(w.lower() for w in _WORDS.findall(name.replace("’", "").replace("'", "").replace(".", "")))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


@cache
def heads() -> Mapping[str, MentionKind]:
    """Head word of a named organisation to its kind."""
    return MappingProxyType({r[0]: MentionKind(r[1]) for r in rows("name_heads.tsv")})


@cache
def organizations() -> Mapping[tuple[str, ...], MentionKind]:
    """Widely known names and acronyms, by `key`."""
    found: dict[tuple[str, ...], MentionKind] = {}
    for name, kind, acronym in rows("organizations.tsv"):
        found[key(name)] = MentionKind(kind)
        if len(acronym) > 2:
            found.setdefault(key(acronym), MentionKind(kind))
    return MappingProxyType(found)


@cache
def titles() -> Mapping[str, Title]:
    """Words before a person's name."""
    return MappingProxyType({r[0]: Title(r[1], r[2]) for r in rows("titles.tsv")})


@cache
def given_names() -> Mapping[str, str]:
    """Common given names to m or f."""
    return MappingProxyType({r[0]: r[1] for r in rows("given_names.tsv")})


@cache
def nouns() -> Mapping[tuple[str, str], MentionKind]:
    """(lemma, singular or plural) of a noun that describes an actor to the kind it describes."""
    return MappingProxyType({(r[0], r[1]): MentionKind(r[2]) for r in rows("actor_nouns.tsv")})


@cache
def modifiers() -> Mapping[str, MentionKind]:
    """Words before a general noun that tell the kind of actor."""
    return MappingProxyType({r[0]: MentionKind(r[1]) for r in rows("actor_modifiers.tsv")})


@cache
def longest_known() -> Mapping[str, int]:
    """First word of a widely known name to the length of the longest such name."""
    lengths: dict[str, int] = {}
    for words in organizations():
        lengths[words[0]] = max(lengths.get(words[0], 0), len(words))
    return MappingProxyType(lengths)


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the sets of words that decide where a name begins, goes on and ends."""
    return frozenset(r[0] for r in rows("name_words.tsv") if r[1] == name)
