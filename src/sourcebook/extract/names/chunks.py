"""Runs of capitalised words: where a name may be, before anything is known of its kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Doc, Token

from sourcebook.extract.names.lexicon import heads, titles, word_set

#: An abbreviation with periods, or letters and digits with inner apostrophes but no possessive.
_WORD = re.compile(r"(?:[A-Z]\.){2,6}|[^\W_]{1,60}(?:['’](?!s\b)[^\W_]{1,40}){0,2}")
_HYPHEN = re.compile(r"[-‐‑][ \t]?|(?<=\w)[–—](?=\w)")
_BLANK = re.compile(r"[ \t\xa0]{1,4}\n?[ \t]{0,40}|\n[ \t]{0,40}(?!\n)")
_POSSESSIVE = re.compile(r"['’]s? (?=[^\W\d_])")

_FUNCTION: Final = frozenset(("DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART", "INTJ"))


class Word(NamedTuple):
    """A word of the passage: what is written, [start, end) in the window, its token, and the gap after it.

    `gap` is "-" (hyphen), " " (blank), "'" (possessive), or "" where a name cannot run on.
    """

    text: str
    start: int
    end: int
    token: Token
    gap: str

    @property
    def lower(self) -> str:
        """In small letters, without periods."""
        return self.text.lower().replace(".", "")

    @property
    def capital(self) -> bool:
        """Starts with a capital, or is a figure."""
        return self.text[0].isupper()


Chunk = tuple[Word, ...]


def words(doc: Doc) -> list[Word]:
    """All words of a window, with what joins each to the next."""
    text = doc.text
    starts = [t.idx for t in doc]
    found = list(_WORD.finditer(text))
    nexts = [*(m.start() for m in found[1:]), len(text)][: len(found)]
    return [
        Word(
            _plain(m[0]),
            m.start(),
            m.start() + len(_plain(m[0])),
            doc[max(0, bisect_right(starts, m.start()) - 1)],
            _gap(text, m, after),
        )
        for m, after in zip(found, nexts, strict=True)
    ]


def _plain(word: str) -> str:
    """The word without a footnote mark glued to it: "Wakil19"."""
    bare = word.rstrip("0123456789")
    return bare if bare[-1:].islower() and len(bare) > 2 else word


def _gap(text: str, word: re.Match[str], after: int) -> str:
    between = text[word.end() : after]
    if _HYPHEN.fullmatch(text, word.end(), after):
        return "-"
    if between[:1] == "." and (len(word[0]) == 1 or word[0].lower() in word_set("abbreviation")):
        between = between[1:]
    if _BLANK.fullmatch(between):
        return " "
    return "'" if _POSSESSIVE.fullmatch(text, word.end(), after) else ""


def chunks(run: Sequence[Word]) -> Iterator[Chunk]:
    """Maximal runs of capitalised words with the particles, links and hyphens inside them."""
    at = 0
    while at < len(run):
        if not _opens(run, at):
            at += 1
            continue
        end = at
        while (onward := _onward(run, at, end)) is not None:
            end = onward
        yield tuple(run[at : end + 1])
        at = end + 1


def _opens(run: Sequence[Word], at: int) -> bool:
    word = run[at]
    if word.lower in word_set("article") and word.gap == "-" and at + 1 < len(run):
        return run[at + 1].capital and not (at and run[at - 1].gap == "-" and run[at - 1].capital)
    if not word.capital or word.lower in _excluded():
        return False
    if word.token.pos_ in _FUNCTION and not (word.text.isupper() and len(word.text) > 1):
        return _named_anyway(word)
    return True


@cache
def _excluded() -> frozenset[str]:
    return word_set("calendar") | word_set("never")


def _shut(run: Sequence[Word], at: int) -> bool:
    """Whether a capital word is no part of a name; the Near East is."""
    east = at + 1 < len(run) and run[at + 1].lower in ("east", "eastern")
    return run[at].lower in _excluded() and not (run[at].lower == "near" and east)


def _named_anyway(word: Word) -> bool:
    """A capitalised function word that is a name all the same: "An-Nour", not "In March"."""
    mid_sentence = (
        not word.token.is_sent_start and word.token.i > 0 and word.token.nbor(-1).text not in "“\"'‘—-"
    )
    return (mid_sentence and not word.token.is_stop) or word.lower in heads()


def _onward(run: Sequence[Word], start: int, end: int) -> int | None:
    """The last index that the run reaches with its next step, or None where it stops."""
    word, following = run[end], run[end + 1] if end + 1 < len(run) else None
    if following is None or not word.gap:
        return None
    if word.gap == "'" and word.lower not in word_set("possessive"):
        return None
    if following.capital and not _shut(run, end + 1):
        ended = word.text.endswith(".") and following.token.is_sent_start and following.token.pos_ != "PROPN"
        return None if ended else end + 1
    return _through(run, start, end) if word.gap != "'" else None


def _through(run: Sequence[Word], start: int, end: int) -> int | None:
    """Past particles ("-e-", "bin", "de la") or a link ("of the") to the next capital."""
    at = end + 1
    linked = run[at].lower in word_set("link") and _headed(run[start : end + 1])
    while at < len(run) and at <= end + 3 and run[at].gap in ("-", " "):
        lower = run[at].lower
        if run[at].capital and at > end + 1:
            break
        if not (lower in word_set("particle") or (linked and (lower in word_set("link") or lower == "the"))):
            return None
        at += 1
    ends = at < len(run) and end + 1 < at <= end + 3 and run[at].capital and not _shut(run, at)
    return at if ends else None


def _headed(run: Sequence[Word]) -> bool:
    """Holds the head word of an organisation, or opens a phrase that names one ("Voice of", "Sons of")."""
    if run[-1].lower in titles() or (len(run) == 1 and run[0].token.is_sent_start):
        return False
    return run[-1].lower in word_set("opener") or any(w.lower in heads() for w in run)
