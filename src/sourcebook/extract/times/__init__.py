"""Time expressions: TIMEX3 to EDTF with anchor and basis.

`clock` settles what relative and partial expressions count from, `find` gives the mentions of a passage,
`estimate` the days on which an undated document may have been written. The words and rules are in
`lexicon/times.tsv` and `lexicon/times_grammar.tsv`, what rules make of a match in `absolute`
and `relative`. The document's date never dates an event by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec
from spacy.tokens import Doc

from sourcebook.extract.passage import Passage
from sourcebook.extract.times import context as around
from sourcebook.extract.times import doubts
from sourcebook.extract.times.calendar import Period
from sourcebook.extract.times.grammar import Match, readings
from sourcebook.extract.times.scene import Found, Scene, Years
from sourcebook.extract.times.words import Word, words
from sourcebook.model import Days, Mention, MentionKind, Span, Timex
from sourcebook.ports import Context

#: What a date that stands by itself, and is not spoken of as to come, has for its basis.
_PAST: Final = frozenset(("explicit", "explicit; a named day"))
_AHEAD: Final = "explicit; spoken of as to come"
#: Rules whose answer in an undated document is bounded by the days on which it may have been written.
_BOUNDED: Final = frozenset(("unitrel", "ago", "span"))
#: Rules whose match may start with an article that is the noun's ("the Aug. 7 attack").
_NO_ARTICLE: Final = frozenset(("full", "daymonth", "monthyear"))
#: Words before a date that lies ahead of the clause's own time.
_DEADLINES: Final = frozenset(("until", "till", "as", "by", "through"))
_RATED: Final = frozenset(("duration", "each"))
_AGED: Final = frozenset(("duration", "bare"))
_LENGTH: Final = frozenset(("duration", "bare", "relative"))


class Clock(NamedTuple):
    """What relative and partial expressions count from: the document's own date, or what bounds it.

    `day` is the document's own date, None if it carries none. Then `floor` is the earliest day of its latest
    explicit date in the past, read at `span`, and `ceiling` the day by which it was written.
    """

    day: Days | None
    floor: date | None = None
    ceiling: date | None = None
    span: Span | None = None


def clock(passages: Sequence[Passage], context: Context) -> Clock:
    """The document's date if it carries one, else the days it may have been written on."""
    published = passages[0].document.published if passages else None
    if published is not None and not (_counts(published.earliest) and _counts(published.latest)):
        return Clock(None)
    if not passages or (published is not None and published.latest is not None):
        return Clock(published)
    context = context if _counts(context.as_of) else Context()
    blind = Clock(None)
    latest = _latest((m for p in passages for m in points(p, blind)), context.as_of)
    if latest is None:
        return Clock(None, None, context.as_of)
    return Clock(None, latest[0], context.as_of, latest[1])


def _counts(day: date | None) -> bool:
    """Whether centuries can be counted either way from the day without leaving the calendar."""
    return day is None or 1000 <= day.year <= 9000


def find(passage: Passage, clock: Clock) -> list[Mention]:
    """The time expressions of a passage; two that bound one stretch ("from March to May") are one mention."""
    return ranges(passage, points(passage, clock))


def estimate(mentions: Sequence[Mention], published: Days | None, context: Context) -> Days | None:
    """The days on which a document may have been written; None where nothing bounds them.

    A document's own date needs no estimate. Else it was written on or after the latest dated day that it
    reports as past, and up to the as-of date.
    """
    if published is not None:
        return published
    latest = _latest(mentions, context.as_of)
    if latest is None and context.as_of is None:
        return None
    first, span = latest or (None, None)
    after = "after the latest dated event it reports" if first else ""
    until = "up to the as-of date" if context.as_of else ""
    edtf = f"{first.isoformat() if first else '..'}/{context.as_of.isoformat() if context.as_of else '..'}"
    basis = ", ".join(b for b in (after, until) if b)
    return Days(edtf=edtf, earliest=first, latest=context.as_of, basis=basis, span=span)


def _latest(mentions: Iterable[Mention], as_of: date | None) -> tuple[date, Span] | None:
    """The latest first day of a date that stands by itself and is past."""
    days = [
        (m.value.earliest, m.span)
        for m in mentions
        if isinstance(m.value, Timex)
        and m.value.type in ("DATE", "TIME")
        and m.value.basis in _PAST
        and m.value.earliest is not None
        and (as_of is None or m.value.earliest <= as_of)
    ]
    return max(days, default=None)


def points(passage: Passage, clock: Clock) -> list[Mention]:
    """Every single time expression of a passage, ranges not joined: TIMEX3's view of the text."""
    found = words(passage.text)
    reader = _Reader(passage, clock, found)
    made = readings(found, reader.scenes, reader.merge)
    return [_mention(passage, found, match, one) for match, one in made]


class _Reader:
    """Reads one passage from left to right, and keeps the periods named last, by unit."""

    def __init__(self, passage: Passage, clock: Clock, found: Sequence[Word]) -> None:
        self.passage, self.clock, self.words = passage, clock, found
        self.lasts: dict[str, Period] = {}
        self.ahead = False

    def scenes(self, match: Match) -> Iterator[Scene]:
        """What the rule sees: once for each end of the days that the document may be of."""
        inside = self.words[match.start : match.end]
        before = self.words[match.start - 1] if match.start else None
        after = self.words[match.end] if match.end < len(self.words) else None
        doc = self.passage.doc
        if _is_none(self.passage, match.rule, inside, before, after):
            return
        tense, direct = around.tense(doc, inside[inside[0].kind == "the"].start, inside[-1].end)
        tense = _ahead_of(doc, before, inside, tense)
        if match.rule == "weekday" and tense == "present" and around.is_arranged(doc, *_ends(inside)):
            tense = "future"
        direct = direct and not (before is not None and before.text in _DEADLINES)
        self.ahead = tense == "future"
        for years in self._years(match.rule):
            yield Scene(inside, before, after, years, dict(self.lasts), tense, direct)

    def _years(self, rule: str) -> list[Years]:
        day, floor, ceiling = self.clock.day, self.clock.floor, self.clock.ceiling
        if day is not None and day.latest is not None:
            ends = dict.fromkeys((day.earliest or day.latest, day.latest))
            return [Years(end) for end in ends]
        if rule in _BOUNDED and floor is not None and ceiling is not None:
            return [Years(end) for end in dict.fromkeys((floor, ceiling))]
        return [Years(None, floor, ceiling)]

    def merge(self, found: list[Found]) -> Found:
        """One reading out of those for either end; it becomes what "that year" refers to."""
        one = found[0] if len(found) == 1 else _either(found)
        if self.clock.day is None and len(found) > 1:
            one = one._replace(
                basis="document undated: counted from every day on which it may have been written"
            )
        if one.basis == "explicit" and self.ahead:
            one = one._replace(basis=_AHEAD)
        if one.period is not None and one.type in ("DATE", "TIME") and not self._is_behind(one):
            self.lasts |= {"": one.period, one.period.unit: one.period}
        return one

    def _is_behind(self, one: Found) -> bool:
        """A look back ("a year earlier") from a period that the text goes on to speak of."""
        last = self.lasts.get("")
        return (
            one.anchor == "text"
            and one.period is not None
            and last is not None
            and one.period.first < last.first
        )


def _ends(inside: Sequence[Word]) -> tuple[int, int]:
    return inside[0].start, inside[-1].end


def _is_none(
    passage: Passage, rule: str, inside: Sequence[Word], before: Word | None, after: Word | None
) -> bool:
    """Whether the words name no time, whatever they match."""
    doc, text = passage.doc, passage.text
    if rule == "year" and not doubts.is_year(doc, inside, before, after):
        return True
    if rule in _RATED and doubts.is_rate(doc, inside):
        return True
    if rule in _AGED and doubts.is_age(text, after):
        return True
    return doubts.is_named_day(inside, before) or doubts.is_title(doc, text, inside)


def _ahead_of(doc: Doc, before: Word | None, inside: Sequence[Word], tense: str) -> str:
    """Deadlines lie ahead of the past that sets them: "put off until May", not "until May, it had"."""
    if before is not None and before.text == "to" and around.is_moved(doc, inside[0].start):
        return "future"
    if before is None or before.text not in _DEADLINES:
        return tense
    if before.text == "by":
        return tense if tense == "past" else "future"
    if before.text == "through":
        return tense if inside[0].kind in ("weekday", "year") else "future"
    return tense if around.is_lifted(doc, before.start) else "future"


def _either(found: list[Found]) -> Found:
    """What holds whichever reading is right: the days of all of them."""
    periods = [f.period for f in found if f.period is not None]
    if len(periods) < len(found) or len({f.value for f in found}) == 1:
        return found[-1]
    first, last = min(p.first for p in periods), max(p.last for p in periods)
    value = re.sub(r"\d", "X", found[-1].value) if found[-1].type == "DATE" else found[-1].value
    return found[-1]._replace(
        value=value, period=periods[-1]._replace(first=first, last=last, edtf=f"{first}/{last}")
    )


def _mention(passage: Passage, found: Sequence[Word], match: Match, made: Found) -> Mention:
    inside = found[match.start : match.end]
    if inside[0].kind == "the" and match.rule in _NO_ARTICLE and inside[1].kind != "season":
        inside = inside[1:]
    start, end = inside[0].start, inside[-1].end
    whole = made.period
    timex = Timex(
        type=made.type,
        value=made.value,
        edtf=whole.edtf if whole else None,
        earliest=whole.first if whole else None,
        latest=whole.last if whole else None,
        anchor=made.anchor,
        basis=made.basis,
    )
    if match.rule in _LENGTH:
        timex = _from_event(passage, timex, end)
    span = passage.at(start, end)
    return Mention(span=span, exact=passage.document.quote(span), kind=MentionKind.TIME, value=timex)


def _from_event(passage: Passage, timex: Timex, end: int) -> Timex:
    """A duration with "before" or "after" counts from the event, whose days are not known here."""
    beside = around.beside(passage.doc, end) if timex.type == "DURATION" else None
    if beside is None:
        return timex
    basis = f"counted {beside.direction} the event \u201c{beside.trigger.text}\u201d"
    event = passage.span(beside.trigger)
    return msgspec.structs.replace(
        timex, anchor="event", basis=basis, direction=beside.direction, event=event
    )


_JOIN: Final = re.compile(r"\s{0,9}(?:-|–|—|to|until|till|through|and)\s{0,9}(?:the\s{1,9})?", re.IGNORECASE)
_LEAD: Final = re.compile(r"\b(between|from)\s+(?:the\s+)?$", re.IGNORECASE)


def ranges(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with "between 2019 and 2021" and the like joined into one."""
    joined: list[Mention] = []
    for mention in mentions:
        both = _join(passage, joined[-1], mention) if joined else None
        if both is None:
            joined.append(mention)
        else:
            joined[-1] = both
    return joined


def _join(passage: Passage, left: Mention, right: Mention) -> Mention | None:
    text = passage.document.text
    between = text[left.span.end : right.span.start]
    if len(between) > 12 or not _JOIN.fullmatch(between):
        return None
    led = _LEAD.search(text[max(left.span.start - 16, 0) : left.span.start])
    word = between.strip().lower().split(" ")[0]
    if (word == "and" and not (led and led[1].lower() == "between")) or (word == "to" and led is None):
        return None
    value = _interval(left.value, right.value)
    if value is None:
        return None
    span = passage.document.span(left.span.start, right.span.end)
    return Mention(span=span, exact=passage.document.quote(span), kind=MentionKind.TIME, value=value)


def _interval(left: object, right: object) -> Timex | None:
    if (
        not isinstance(left, Timex)
        or not isinstance(right, Timex)
        or (left.type, right.type) != ("DATE", "DATE")
    ):
        return None
    if left.earliest is None or right.latest is None or "/" in f"{left.edtf}{right.edtf}":
        return None
    if left.earliest.year != right.latest.year and left.anchor == "document" and right.basis == "explicit":
        left = _in_year(left, right.latest.year)
    if left.earliest is None or left.earliest > right.latest:
        return None
    return Timex(
        type="DATE",
        value=f"{left.value}/{right.value}",
        edtf=f"{left.edtf}/{right.edtf}",
        earliest=left.earliest,
        latest=right.latest,
        anchor=left.anchor,
        basis=right.basis if left.basis == right.basis else f"{left.basis}; {right.basis}",
    )


def _in_year(timex: Timex, year: int) -> Timex:
    """The first end of "March to May 2020": its year is the one stated at the other end."""
    try:
        first = timex.earliest and timex.earliest.replace(year=year)
        last = timex.latest and timex.latest.replace(year=year)
    except ValueError:
        return timex
    at = f"{year:04}"
    return msgspec.structs.replace(
        timex,
        value=at + timex.value[4:],
        edtf=at + (timex.edtf or "")[4:],
        earliest=first,
        latest=last,
        basis="explicit",
    )
