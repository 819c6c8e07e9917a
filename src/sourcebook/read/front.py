"""What a text says of itself at its head and foot: title, byline, date line, dateline, publisher.

Only what is written there, each with where it stands; nothing is guessed from the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sourcebook.model import Mask
from sourcebook.text.dates import MONTH, Written, parse
from sourcebook.text.lines import Line, lines


class Found(NamedTuple):
    """Words of the text and where they stand."""

    start: int
    end: int
    text: str


class Dated(NamedTuple):
    """A date that the text puts on itself. `rank` orders what to believe: published, bare, as of, updated."""

    start: int
    end: int
    written: Written
    basis: str
    rank: int


class Front(NamedTuple):
    """What was found, and the lines that say it."""

    title: Found | None = None
    author: Found | None = None
    published: Dated | None = None
    publisher: Found | None = None
    masks: tuple[Mask, ...] = ()


_TOP: Final = 10
_FOOT: Final = 4
_DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\.?,?[ -][12]\d{{3}}"
    rf"|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}}"
    r"|[12]\d{3}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}[./]\d{1,2}[./][12]\d{3})"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_CLOCK: Final = (
    r"(?:at )?\d{1,2}(?:[:.]\d{2}(?::\d{2})?)? ?(?:[ap]\.?m\.?|o[’']clock|h(?:rs)?)?"
    r"(?: ?\(?(?-i:[A-Z]{2,5}|[+-]\d{2}:?\d{2})\)?)?"
)
_LABEL: Final = (
    r"(?P<label>as of|(?:first |originally )?(?:published|posted|issued|released|filed)"
    r"|(?:last )?(?:updated|modified|edited|revised)|date|dated|created|this story is from)"
    r"(?: (?:on|at))? ?:? ?"
)
_DATE_PART: Final = re.compile(
    rf"(?:{_LABEL})?(?:{_CLOCK},? )?{_WEEKDAY}(?P<date>{_DATE})(?:,? {_CLOCK})?\.?", re.IGNORECASE
)
_NAME: Final = r"[A-Z][\w.’'-]{0,30}(?: (?:[A-Z][\w.’'-]{0,30}|de|van|von|al|bin|el|da|di|la|der|ul)){0,4}"
_NAMES: Final = rf"{_NAME}(?:(?:,|,? and| &) {_NAME}){{0,6}}"
_BY: Final = re.compile(
    r"(?:By|BY|by|Written by|Text by|Words by|Authors?:|Reporter:|(?:Reporting|Writing)(?: by)?:?) "
    rf"?(?P<names>{_NAMES})(?:,? (?:in|for|at) {_NAME})?"
    r"(?:,? [\w ]{0,20}(?:writer|correspondent|editor|reporter))?,?"
)
_CREDIT: Final = re.compile(rf"\(?(?:Reporting|Written|Reported) by:? (?P<names>{_NAMES})")
_CREDIT_COLON: Final = re.compile(
    rf"(?:Reporting|Reporters?|Authors?|Text|Story|Words|Written|Written by) ?: ?(?P<names>{_NAMES})"
)
_SPLIT: Final = re.compile(r"\s{0,3}[|·•]\s{0,3}| [–—/-] ")
_SHORT_DATE: Final = rf"(?i:{MONTH}\.? \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}\.?(?: \d{{2}}(?:\d{{2}})?)?)"
#: "VESK, March 3 (Agency) -": a place in capitals or one to three words, then a day or an agency or both.
_DATELINE: Final = re.compile(
    r"(?P<place>(?:[A-Z][A-Z.’'-]{1,20}(?: [A-Z][A-Z.’'-]{0,20}){0,3})"
    r"(?: \([A-Z ]{3,20}\))?(?:, [A-Z][\w.’' -]{1,30})??"
    r"|[A-Z][a-z’'-]{2,20}(?: [A-Z][a-z’'-]{1,20}){0,2})"
    rf"(?:,? \(?(?P<date>{_SHORT_DATE})\)?)?"
    r"(?: ?[(/](?P<agency>[A-Z][\w.& -]{1,40})[)/])? ?(?:--|—|–|-|:|_) {0,2}(?=\S)"
)
_PUBLISHER: Final = (
    r"(?P<name>[A-Z][\w&’'.-]{0,30}(?: (?:[A-Z][\w&’'.-]{0,30}|of|for|the|and|on|in|de|&)){0,8})"
)
_IMPRINT: Final = re.compile(rf"[*_]{{0,3}}{_PUBLISHER}, (?i:{_WEEKDAY}(?P<date>{_DATE}))[*_]{{0,3}}")
_PUBLISHERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:reflect|represent)(?:s|ing)? (?:the )?(?:(?:official|editorial) )?"
        r"(?:views?|opinions?|positions?|polic(?:y|ies)|stance|those)"
        rf"(?:,? (?:and |or )?[a-z]{{1,15}}){{0,3}}? of (?:the )?{_PUBLISHER}",
        rf"(?:[Oo]riginally|[Ff]irst) (?:published|appeared|posted) (?:by|in|on|at) (?:the )?{_PUBLISHER}",
        r"(?:©|\(c\)|Copyright)(?: ?©)?,? ?(?:[12]\d{3}(?:[–-][12]\d{3})?,? )?"
        rf"(?:by )?(?:the )?{_PUBLISHER}",
    )
)


def find(text: str, masks: Sequence[Mask]) -> Front:
    """What the head and the foot of `text` say, where `masks` are its boilerplate."""
    every = list(lines(text))
    hidden = {mask.start: mask for mask in masks}
    dates: list[Dated] = []
    author: Found | None = None
    found: list[Mask] = []
    for line in every[:_TOP] + every[max(_TOP, len(every) - _FOOT) :]:
        mask = hidden.get(line.start)
        if mask and mask.end >= line.end:
            author = author or _credited(line)
            continue
        parts = list(_parts(line, labelled=line not in every[:_TOP]))
        if parts:
            dates += [part for part in parts if isinstance(part, Dated)]
            author = author or next((part for part in parts if isinstance(part, Found)), None)
            found.append(Mask(line.start, line.end, "byline"))
        elif line in every[:_TOP]:
            found += _dateline(line, dates)
    best = min(dates, key=lambda dated: (dated.rank, dated.start), default=None)
    title = _title(every, hidden, {mask.start for mask in found})
    return Front(title, author, best, _publisher(text, masks), tuple(found))


def _parts(line: Line, *, labelled: bool) -> Iterator[Found | Dated]:
    """The bylines and dates that make up the whole of a line; nothing if anything else is in it."""
    if len(line.text) > 200:
        return
    if not labelled and (imprint := _imprint(line)):
        yield imprint
        return
    found: list[Found | Dated] = []
    at = 0
    for piece in [*_SPLIT.finditer(line.text), None]:
        stop = piece.start() if piece else len(line.text)
        part = _part(line.text[at:stop], line.start + at, labelled=labelled)
        if part is None:
            return
        found.append(part)
        at = piece.end() if piece else stop
    yield from found


def _part(text: str, start: int, *, labelled: bool) -> Found | Dated | None:
    dated = _DATE_PART.fullmatch(text.strip())
    if dated and (dated["label"] or not labelled):
        return _dated(dated, start + len(text) - len(text.lstrip()))
    by = _BY.fullmatch(text)
    if by and not labelled and " " in by["names"]:
        return Found(start + by.start("names"), start + by.end("names"), by["names"])
    return None


def _imprint(line: Line) -> Dated | None:
    """The date of a line that is a name and a date: "Delta Institute, 9 June 2019"."""
    found = _IMPRINT.fullmatch(line.text)
    dated = _dated(found, line.start) if found else None
    return dated._replace(basis="date beside a name on a line of its own") if dated else None


def _dated(found: re.Match[str], start: int) -> Dated | None:
    written = parse(found["date"])
    if written is None:
        return None
    label = (found.groupdict().get("label") or "").casefold()
    rank = (
        1 if not label else 2 if label == "as of" else 3 if re.search("updat|modif|edit|revis", label) else 0
    )
    basis = f"date line “{found['label']}”" if label else "date on a line of its own"
    return Dated(start + found.start("date"), start + found.end("date"), written, basis, rank)


def _credited(line: Line) -> Found | None:
    """The author in a credit at head or foot: "Reporting: A", "(Reporting by A in B; Editing by C)"."""
    found = _CREDIT.match(line.text) or _CREDIT_COLON.fullmatch(line.text)
    if not found:
        return None
    return Found(line.start + found.start("names"), line.start + found.end("names"), found["names"])


def _dateline(line: Line, dates: list[Dated]) -> list[Mask]:
    """The mask of "VESK, March 3 (Agency) -" at the head of a line; a date with its year joins `dates`."""
    found = _DATELINE.match(line.text)
    if not found or not (found["date"] or found["agency"]) or found.end() > 120:
        return []
    day = re.sub(r"(?<= )\d\d$", lambda two: ("19" if two[0] > "49" else "20") + two[0], found["date"] or "")
    written = parse(day)
    if written:
        start, end = (line.start + at for at in found.span("date"))
        dates.append(Dated(start, end, written, "dateline", 1))
    return [Mask(line.start, line.start + found.end(), "source-line")]


def _title(every: list[Line], hidden: dict[int, Mask], front: set[int]) -> Found | None:
    """The first line that is neither masked nor byline or date, if it reads like a headline."""
    for i, line in enumerate(every[:_TOP]):
        mask = hidden.get(line.start)
        if line.start in front or (mask and mask.end >= line.end):
            continue
        start = mask.end if mask else line.start
        words = line.text[start - line.start :]
        after = every[i + 1] if i + 1 < len(every) else None
        return Found(start, line.end, words) if after and _headline(words, line, after) else None
    return None


def _headline(words: str, line: Line, after: Line) -> bool:
    if len(words) > 180 or words.count(" ") > 28 or not re.search(r"[^\W\d_]", words):
        return False
    if words[-1] in ",;:" or (words[-1] == "." and not _stopped(words, line, after)):
        return False
    if not re.match(r"[\W_]{0,3}(?:[^\W_a-z]|\d|[a-z][A-Z])", words):
        return False
    if line.blank_after:
        return True
    # Without an empty line below, it may be the first row of a paragraph that was wrapped.
    wrapped = len(words) > 50 and not after.blank_after and abs(len(after.text) - len(line.text)) < 20
    return not after.text[0].islower() and not wrapped


def _stopped(words: str, line: Line, after: Line) -> bool:
    """A headline may end in "U.S."; some publishers close every headline with a full stop."""
    short = words.count(" ") < 14 and ". " not in words and line.blank_after
    return bool(re.search(r"\.[A-Z]\.$", words)) or (short and len(after.text) > 1.5 * len(words))


def _publisher(text: str, masks: Sequence[Mask]) -> Found | None:
    """Who publishes, where a disclaimer, a note of first publication or a copyright line says so."""
    for pattern in _PUBLISHERS:
        for mask in masks:
            found = pattern.search(text, mask.start, mask.end) if mask.end - mask.start < 700 else None
            if found:
                name = re.sub(
                    r"(?: (?:of|for|the|and|on|in|de|&|All|Rights|Reserved)|\.)+$", "", found["name"]
                )
                return Found(found.start("name"), found.start("name") + len(name), name)
    return None
