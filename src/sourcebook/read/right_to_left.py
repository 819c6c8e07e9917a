"""Characters of a page in Arabic, Persian or Hebrew, put in the order in which they are read.

A PDF draws characters; some programs write them in the order of the reader, some in the order of the eye,
some word by word. Where they stand is the same in all: lines are sorted from the right, and what runs from
the left in them (numbers, Latin words) is turned round again (after UAX 9, the bidirectional algorithm).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

#: Bidirectional classes of what is written from the left, and of letters written from the right.
_NUMBERS: Final = ("EN", "AN")
_RIGHT: Final = ("R", "AL")
#: Marks over and under letters, and signs that are not seen.
_PLACELESS: Final = ("NSM", "BN")
#: What joins two numbers to one: 14.5, 1,200, 10:30, 3/4.
_JOINING: Final = ("CS", "ES")
#: Ranges of letters in the shapes that they take in a word, and of ligatures.
_SHAPES: Final = ((0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
#: A gap as wide as this share of the height of a line parts two words, where spaces are drawn and where not.
_GAP_WITH_SPACES: Final = 0.6
_GAP: Final = 0.22
_CLOSE: Final = 0.1
#: Characters whose base lines are nearer than this share of the height stand on one line.
_LEVEL: Final = 0.4
#: So many times more letters from the left than from the right make a line one from the left.
_MOSTLY: Final = 4
_ALEFS: Final = "اأإآٱ"


class Glyph(NamedTuple):
    """A character as drawn: the number that the page gives it, its box, and its origin, in points.

    `word` counts up with every space that the page has before it, wherever that is drawn.
    """

    text: str
    number: int
    word: int
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float


class Read(NamedTuple):
    """Characters of one line in the order of the reader, each with the number of its glyph (-1: a space)."""

    text: str
    numbers: tuple[int, ...]


def height(row: Sequence[Glyph]) -> float:
    """How high the characters of a line are, at least a point."""
    return max(median(g.top - g.bottom for g in row), 1.0)


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by line, lines from the top, glyphs from the right."""
    found: list[list[Glyph]] = []
    level = _LEVEL * height(glyphs) if glyphs else 0
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.number)):
        if found and abs(found[-1][-1].y - glyph.y) < level:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [_from_the_right(row) for row in found]


def _from_the_right(row: list[Glyph]) -> list[Glyph]:
    """Words by where they begin, letters by where they stand."""
    words: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in row:
        words[glyph.word].append(glyph)
    ordered = sorted(words.values(), key=lambda word: -max(g.right for g in word))
    return [glyph for word in ordered for glyph in _letters(word)]


def _letters(word: list[Glyph]) -> list[Glyph]:
    """A word's letters from the right; marks and joiners after the letter that they belong to.

    Letters of one ligature have one origin: in a text written in the order of the reader pdfium gives them
    the wrong way round.
    """
    letters = {g.number: g for g in word if _kind(g.text) not in _PLACELESS}
    drawn = sorted(letters.values(), key=lambda g: g.number)
    falls = sum(one.x > other.x for one, other in pairwise(drawn))
    turn = -1 if falls > sum(one.x < other.x for one, other in pairwise(drawn)) else 1
    order = {n: (-round(g.x, 1), _lam_first(g), float(turn * n)) for n, g in letters.items()}
    for mark in (g for g in word if g.number not in letters):
        base = _base(mark, letters)
        order[mark.number] = (*order[base][:2], turn * base + 0.5) if base is not None else (-mark.x, 0, 0)
    return sorted(word, key=lambda g: order[g.number])


def _lam_first(glyph: Glyph) -> int:
    """Lam goes before alef in a ligature of both."""
    return 1 if glyph.text in _ALEFS else 0


def _base(mark: Glyph, letters: Mapping[int, Glyph]) -> int | None:
    """The letter that a mark belongs to: which it is drawn over; of a joiner, which was before it."""
    if not unicodedata.combining(mark.text[:1]) and mark.number - 1 in letters:
        return mark.number - 1
    middle = (mark.left + mark.right) / 2
    return min(letters, key=lambda n: abs((letters[n].left + letters[n].right) / 2 - middle), default=None)


def pieces(row: Sequence[Glyph], gap: float) -> list[list[Glyph]]:
    """A line cut where so many times its height is free: between columns."""
    cut: list[list[Glyph]] = []
    wide = gap * height(row)
    for glyph in row:
        if cut and min(g.left for g in cut[-1][-_NEAR:]) - glyph.right <= wide:
            cut[-1].append(glyph)
        else:
            cut.append([glyph])
    return cut


#: Among so many characters before it, one may stand farther to the left than the last.
_NEAR: Final = 4


def read(piece: Sequence[Glyph]) -> Read:
    """A line in the order of the reader: from the right, unless nearly all of it is from the left."""
    spaced = _spaced(piece)
    kinds = [_kind(text) for text, _ in spaced]
    right, left = sum(k in _RIGHT for k in kinds), kinds.count("L")
    ordered = spaced[::-1] if left > _MOSTLY * right else _turned(spaced, kinds)
    letters = [(shape, number) for text, number in ordered for shape in _plain(text)]
    return Read("".join(text for text, _ in letters), tuple(number for _, number in letters))


_Numbered = tuple[str, int]


def _spaced(piece: Sequence[Glyph]) -> list[_Numbered]:
    """The glyphs with a space where words part: where the page has one, and where a gap is wide."""
    made: list[_Numbered] = []
    gap = (_GAP_WITH_SPACES if len({g.word for g in piece}) > 1 else _GAP) * height(piece)
    close = _CLOSE * height(piece)
    for n, glyph in enumerate(piece):
        free = piece[n - 1].left - glyph.right if n else 0.0
        # A stop that a program draws after the rest of its line is a word of its own, yet close to another.
        stop = free < close and unicodedata.category(glyph.text[:1]) in ("Po", "Pe")
        if n and not stop and (piece[n - 1].word != glyph.word or free > gap):
            made.append((" ", -1))
        made.append((glyph.text, glyph.number))
    return made


def _turned(spaced: Sequence[_Numbered], kinds: Sequence[str]) -> list[_Numbered]:
    """A line from the right in which numbers and words from the left are turned round."""
    made: list[_Numbered] = []
    at = 0
    while at < len(spaced):
        end = _run(kinds, at)
        made += reversed(spaced[at:end]) if end > at else spaced[at : at + 1]
        at = max(end, at + 1)
    return made


def _run(kinds: Sequence[str], start: int) -> int:
    """Where a run from the left that begins at `start` ends; `start` itself if none does."""
    if kinds[start] not in ("L", *_NUMBERS):
        return start
    end = at = start + 1
    words = kinds[start] == "L"
    while at < len(kinds) and kinds[at] not in _RIGHT:
        if kinds[at] in ("L", *_NUMBERS):
            # Words from the left stay together over what is between them; two numbers over one sign only.
            between = kinds[end:at]
            joined = not between or (words and kinds[at] == "L")
            joined = joined or (len(between) == 1 and between[0] in _JOINING)
            if not joined:
                break
            words = words or kinds[at] == "L"
            end = at + 1
        at += 1
    return end


def _kind(text: str) -> str:
    return unicodedata.bidirectional(text[:1]) or "L"


def _plain(text: str) -> str:
    """Letters without the shape that they take in a word; a ligature is its letters."""
    shaped = any(first <= ord(letter) <= last for letter in text for first, last in _SHAPES)
    return unicodedata.normalize("NFKC", text) if shaped else text
