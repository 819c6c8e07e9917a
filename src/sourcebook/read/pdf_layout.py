"""Lines on pages to paragraphs: columns in order, running heads left out, words at line ends made whole."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple


class Line(NamedTuple):
    """A line, or the part of one in a column, and where it stands: points from the page's lower left corner.

    Without places (all 0) lines are kept as they are. `continues` is set if it stands beside the line before.
    A hyphen at its end that may be none of the word's is U+0002. `numbers` are those that the page gives to
    the characters of the text, -1 for none, four bytes each.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    continues: bool = False
    numbers: bytes = b""

    @property
    def height(self) -> float:
        """As high as its font, at least a point."""
        return max(self.top - self.bottom, 1.0)


class Sheet(NamedTuple):
    """A page that has text: its number from 1, and its lines in the order of the file."""

    number: int
    lines: list[Line]


#: How many lines at the top and at the foot of a page may be running heads.
_EDGE: Final = 3
#: A line with so many spaces that ends in a stop is a sentence.
_SENTENCE: Final = 5
_DIGITS: Final = re.compile(r"\d{1,6}")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_PAGE_NUMBER: Final = re.compile(
    r"\W{0,3}(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W{0,3}", re.IGNORECASE
)
#: A sentence ends here, or a heading or item that needs nothing after it.
_STOP: Final = re.compile(r"[.!?:;…]['\"”’)\]]{0,3}$")
_HYPHEN: Final = "\x02"
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST: Final = re.compile(r"([^\W\d_]{1,60})[\x02-]$")
_FIRST: Final = re.compile(r"([^\W\d_]+)")
#: Heights of lines of one paragraph, the second by the first; the share of a column that a short line lacks.
_ALIKE: Final = (0.87, 1.15)
_SHORT: Final = 0.18
#: Columns: how many lines must be cut at one place, and how long their parts must be.
_CUT_LINES: Final = 4
_CUT_LENGTH: Final = 18


class Laid(NamedTuple):
    """Where in the text a line begins, on which page it is, and the page's numbers of its characters."""

    start: int
    page: int
    numbers: bytes


class Flowed(NamedTuple):
    """A text, paragraphs apart by an empty line, the offset at which each sheet begins, and its lines."""

    text: str
    starts: tuple[int, ...]
    laid: tuple[Laid, ...]


#: Of no character: what stands between two lines or parts of one.
NO_NUMBER: Final = array("i", [-1]).tobytes()


def flow(sheets: list[Sheet]) -> Flowed:
    """The text of the sheets, columns in order, running heads left out."""
    heads = _running_heads(sheets)
    words = Counter(_whole_words([line for sheet in sheets for line in sheet.lines]))
    pieces: list[str] = []
    size = 0
    starts: list[int] = []
    before: Line | None = None
    measure = _Measure([])
    laid: list[Laid] = []
    for at, sheet in enumerate(sheets):
        kept = [line for line in sheet.lines if (at, line) not in heads]
        ordered = _in_columns(kept)
        last, measure = measure, _Measure(ordered)
        for n, line in enumerate(ordered):
            glue, cut = _glue(before, line, measure if n else last, words, crossing=n == 0)
            if cut:
                pieces[-1] = pieces[-1][:-1]
                size -= 1
            pieces += (glue, line.text)
            if n == 0:
                starts.append(size + len(glue))
            laid.append(Laid(size + len(glue), sheet.number, line.numbers))
            size += len(glue) + len(line.text)
            before = line
        if not ordered:
            starts.append(size)
    text = "".join(pieces).replace(_HYPHEN, "-")
    return Flowed(f"{text}\n" if text else "", tuple(starts), tuple(laid))


def _whole_words(lines: list[Line]) -> Iterator[str]:
    """Every word but the halves of those that a line end breaks."""
    broken = False
    for line in lines:
        text = _FIRST.sub("", line.text, count=1) if broken else line.text
        half = _LAST.search(text)
        yield from (word.casefold() for word in _WORD.findall(text[: half.start()] if half else text))
        broken = half is not None


# -- running heads --------------------------------------------------------------------------------


def _running_heads(sheets: list[Sheet]) -> set[tuple[int, Line]]:
    """Lines at the edges of pages that say the same on most of them, but for numbers; page numbers.

    The first page keeps a head that states a year, which may be the day of publication.
    """
    edges = [_edges(sheet) for sheet in sheets]
    often = Counter(mark for lines in edges for mark in {_mark(line) for line in lines})
    enough = max(2, len(sheets) / 2)
    found: set[tuple[int, Line]] = set()
    for at, lines in enumerate(edges):
        for line in lines:
            number = _PAGE_NUMBER.fullmatch(line.text) is not None
            repeated = often[_mark(line)] >= enough and len(line.text) < 120
            if (number and len(sheets) > 1) or (repeated and (at > 0 or not _YEAR.search(line.text))):
                found.add((at, line))
    return found


def _edges(sheet: Sheet) -> list[Line]:
    placed = sorted({line for line in sheet.lines if line.top or line.bottom}, key=lambda line: -line.top)
    if len(placed) <= 2 * _EDGE:
        return placed[:1] + placed[-1:] if len(placed) > 2 else []
    return placed[:_EDGE] + placed[-_EDGE:]


def _mark(line: Line) -> str:
    """What a line says but for its numbers; of a whole sentence they count: a list in words is no head."""
    if line.text.endswith((".", "!", "?")) and line.text.count(" ") >= _SENTENCE:
        return line.text.casefold()
    return _DIGITS.sub("#", line.text).casefold()


# -- columns --------------------------------------------------------------------------------------


def _in_columns(lines: list[Line]) -> list[Line]:
    """The lines with parts that stand beside each other in the order of columns, or put together again."""
    rows = _rows(lines)
    gutters = _gutters([row for row in rows if len(row) > 1])
    ordered: list[Line] = []
    columns: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        parts = _joined(row, gutters)
        if len(parts) == 1 and not columns:
            ordered += parts
        elif len(parts) == 1 and gutters and not _spans(parts[0], gutters):
            columns[_column(parts[0], gutters)] += parts
        else:
            if len(parts) == 1:
                ordered += [line for _, column in sorted(columns.items()) for line in column]
                columns.clear()
                ordered += parts
            else:
                for part in parts:
                    columns[_column(part, gutters)].append(part)
    return ordered + [line for _, column in sorted(columns.items()) for line in column]


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and (line.continues or _beside(rows[-1][-1], line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _beside(one: Line, other: Line) -> bool:
    """Whether a line stands to the right of another on one base."""
    return other.top > 0 and other.left >= one.right and abs(one.bottom - other.bottom) < 0.3 * one.height


def _gutters(cut: list[list[Line]]) -> list[float]:
    """Places at which many rows are cut into parts as long as prose: between columns, not between cells."""
    places = sorted(
        (one.right + other.left) / 2
        for row in cut
        for one, other in pairwise(row)
        if min(len(one.text), len(other.text)) >= _CUT_LENGTH
    )
    found: list[float] = []
    group: list[float] = []
    for place in [*places, float("inf")]:
        if group and place - group[-1] > 12:
            if len(group) >= _CUT_LINES:
                found.append(median(group))
            group = []
        group.append(place)
    return found


def _joined(row: list[Line], gutters: list[float]) -> list[Line]:
    """A row's parts, put together where no gutter is between them."""
    parts = [row[0]]
    for line in row[1:]:
        last = parts[-1]
        if any(last.right - 2 <= gutter <= line.left + 2 for gutter in gutters):
            parts.append(line._replace(continues=False))
        else:
            numbers = last.numbers + NO_NUMBER + line.numbers
            parts[-1] = last._replace(text=f"{last.text} {line.text}", right=line.right, numbers=numbers)
    return parts


def _spans(line: Line, gutters: list[float]) -> bool:
    return any(line.left < gutter < line.right for gutter in gutters)


def _column(line: Line, gutters: list[float]) -> int:
    return sum(gutter <= line.left + 2 for gutter in gutters)


# -- paragraphs -----------------------------------------------------------------------------------


class _Measure:
    """What is usual on a page: from line to line, and how far a column's lines reach."""

    def __init__(self, lines: list[Line]) -> None:
        steps = [
            one.top - other.top
            for one, other in pairwise(lines)
            if 0 < one.top - other.top < 3 * one.height and _beneath(one, other)
        ]
        self.step = median(steps) if steps else 0.0
        self._edges: dict[int, float] = defaultdict(float)
        for line in lines:
            self._edges[round(line.left / 20)] = max(self._edges[round(line.left / 20)], line.right)

    def edge(self, line: Line) -> float:
        """How far to the right the lines of this one's column reach."""
        bucket = round(line.left / 20)
        near = (self._edges[n] for n in (bucket - 1, bucket, bucket + 1) if n in self._edges)
        return max(near, default=line.right)


def _beneath(one: Line, other: Line) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 0


def _glue(
    before: Line | None, line: Line, measure: _Measure, words: Counter[str], *, crossing: bool
) -> tuple[str, bool]:
    """What comes between two lines, and whether the hyphen at the end of the first goes."""
    if before is None:
        return "", False
    if not line.top and not line.bottom:
        return "\n", False
    hyphened = _LAST.search(before.text)
    follows = _FIRST.match(line.text)
    if hyphened and follows:
        return "", not _keeps_hyphen(hyphened[1], follows[1], words)
    elsewhere = crossing or not _beneath(before, line) or line.top > before.top
    ends = _ends_there(before, line, measure) if elsewhere else _new_block(before, line, measure)
    return ("\n\n" if ends else " "), False


def _ends_there(before: Line, line: Line, measure: _Measure) -> bool:
    """Whether a paragraph ends with the last line of a column or page.

    One that reaches the edge goes on more often than not, even where a sentence ends with it: a last line
    stops short of the edge as a rule.
    """
    if not _ALIKE[0] < line.height / before.height < _ALIKE[1]:
        return True
    full = before.right >= measure.edge(before) - _SHORT * (measure.edge(before) - before.left)
    return not full and (_STOP.search(before.text) is not None or not line.text[:1].islower())


def _new_block(before: Line, line: Line, measure: _Measure) -> bool:
    """Whether a paragraph ends with `before`: by the space below, the size, the indent, the length."""
    if measure.step and before.top - line.top > 1.35 * measure.step:
        return True
    if not _ALIKE[0] < line.height / before.height < _ALIKE[1]:
        return True
    stopped = _STOP.search(before.text) is not None
    indent = line.left - before.left
    if stopped and indent > 0.7 * line.height:
        return True
    short = before.right < measure.edge(before) - _SHORT * (measure.edge(before) - before.left)
    return short and (stopped or before.right - before.left < 0.6 * (measure.edge(before) - before.left))


def _keeps_hyphen(one: str, other: str, words: Counter[str]) -> bool:
    """Whether the hyphen belongs to the word: by how the text writes it elsewhere."""
    if other[:1].isupper() or len(one) == 1:
        return True
    whole, hyphened = words[f"{one}{other}".casefold()], words[f"{one}-{other}".casefold()]
    if whole or hyphened:
        return hyphened > whole
    # Two words that the text knows on their own, long enough for that to be no accident.
    return len(one) > 3 and len(other) > 3 and words[one.casefold()] > 1 and words[other.casefold()] > 1
