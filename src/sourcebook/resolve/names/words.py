"""Word lists for comparing names: other letters, other languages, titles, legal forms, short forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


def rows(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of a lexicon, without its header line."""
    text = files("sourcebook.resolve").joinpath("lexicon", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            left, right = line.split("\t")
            yield left, right


@cache
def translations() -> Mapping[str, str]:
    """Common words of organisations' names in other languages to English."""
    return MappingProxyType({v: k for k, v in rows("translations.tsv")})


@cache
def parts(name: str) -> frozenset[str]:
    """Words that tell nothing of who is named: honorific, legal, empty, or little: generic."""
    return frozenset(word for word, kind in rows("name_parts.tsv") if kind == name)


@cache
def given_names() -> Mapping[str, str]:
    """Short forms and foreign forms of given names to one form."""
    return MappingProxyType({v: k for k, v in rows("given_names.tsv")})


@cache
def known_groups() -> Mapping[str, str]:
    """A name of a group on the sanctions lists to its first name there."""
    return MappingProxyType({v: k for k, v in rows("known_groups.tsv")})
