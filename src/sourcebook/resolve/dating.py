"""When undated documents were written, and what that and other documents say of the dates of events.

A document without a date was written on or after the latest day that it reports as past, by the as-of date
if there is one, and within a week of an event whose date another document gives and which it names by its
weekday alone. Nothing else is assumed, and every bound says what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sourcebook.model import Claim, ClaimId, Days, Document, DocumentId, Mention, Span, Status, Timex
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.pile import Pile
from sourcebook.resolve.events.when import UNKNOWN, When

#: A date without its year is one of about the half year before the text that has it.
HALF_A_YEAR = 183
_WEEK = timedelta(days=6)
_HAPPENED = frozenset((Status.ACCOMPLISHED, Status.CLAIMED, Status.FOILED, Status.ATTEMPTED))
_PAST = ("explicit", "explicit; a named day")


class Window(NamedTuple):
    """The days on which a document may have been written, each end with its reason and where it was read."""

    first: date | None = None
    last: date | None = None
    after: str = ""
    until: str = ""
    span: Span | None = None


class Told(NamedTuple):
    """Claims, the group that each is in, and when each group was, as far as is known by now."""

    claims: Sequence[Claim]
    group_of: Mapping[ClaimId, ClaimId]
    whens: Mapping[ClaimId, When]

    def when(self, claim: ClaimId) -> When:
        """When the event of a claim was."""
        return self.whens.get(self.group_of.get(claim, claim), UNKNOWN)


def windows(pile: Pile, told: Told, as_of: date | None) -> dict[DocumentId, Window]:
    """When each document was written."""
    found = {d.id: _start(d, as_of) for d in pile.documents.values()}
    undated = {i for i, d in pile.documents.items() if d.published is None}
    for mention in pile.mentions.values():
        on = _named_day(mention)
        if on is not None and mention.span.document in undated:
            at = mention.span.document
            found[at] = _after(found[at], on, "after the latest dated event it reports", mention.span)
    for claim in told.claims:
        at = claim.trigger.document
        when = told.when(claim.id)
        if at in undated and claim.status in _HAPPENED and claim.factuality.asserts and when.earliest:
            why = "after the latest dated event it reports"
            found[at] = _after(found[at], when.earliest, why, claim.trigger)
    for claim in told.claims:
        if claim.trigger.document in undated:
            at = claim.trigger.document
            found[at] = _weekday(found[at], claim, told, pile)
    return found


def _start(document: Document, as_of: date | None) -> Window:
    own = document.published
    if own is not None:
        return Window(own.earliest, own.latest, own.basis, own.basis, own.span)
    return Window(None, as_of, "", "not after the as-of date" if as_of else "")


def _named_day(mention: Mention) -> date | None:
    value = mention.value
    if isinstance(value, Timex) and value.type in ("DATE", "TIME") and value.basis in _PAST:
        return value.earliest
    return None


def _after(window: Window, on: date, why: str, span: Span) -> Window:
    """The window from a day on, unless that is later than the document can be."""
    if (window.first and on <= window.first) or (window.last and on > window.last):
        return window
    return window._replace(first=on, after=f"{why}, {on.isoformat()}", span=span)


def _weekday(window: Window, claim: Claim, told: Told, pile: Pile) -> Window:
    """Within a week of an event that the document names by weekday alone, and that others date."""
    when = told.when(claim.id)
    on = when.earliest
    if when.length != 1 or on is None:
        return window
    for mention in claim.fillers("date"):
        noted = pile.mentions.get(mention)
        if noted is None or not isinstance(noted.value, Timex):
            continue
        contradicted = window.first is not None and window.first > on + _WEEK
        if not contradicted and events_when.read(noted.value, noted.exact).weekday == on.isoweekday():
            why = f"weekday of a dated event (\u201c{noted.exact}\u201d, {on.isoformat()})"
            window = _after(window, on, why, noted.span)
            if window.last is None or window.last > on + _WEEK:
                window = window._replace(last=on + _WEEK, until=f"within a week of the {why}")
    return window


def dated(pile: Pile, found: Mapping[DocumentId, Window]) -> dict[DocumentId, Days]:
    """The windows of undated documents in the model's form; a document that nothing bounds is left out."""
    made = {}
    for identifier, document in pile.documents.items():
        window = found[identifier]
        if document.published is not None or (window.first is None and window.last is None):
            continue
        bounds = events_when.edtf(When(window.first, window.last))
        basis = "; ".join(dict.fromkeys(w for w in (window.after, window.until) if w))
        made[identifier] = Days(
            edtf=bounds, earliest=window.first, latest=window.last, basis=basis, span=window.span
        )
    return made


def narrow(pile: Pile, told: Told, found: Mapping[DocumentId, Window]) -> dict[ClaimId, When]:
    """What each claim says of its event's time, now that its document and the events beside it are dated."""
    near = _by_document(told.claims)
    made = {}
    for claim in told.claims:
        whole = UNKNOWN
        for mention in claim.fillers("date"):
            noted = pile.mentions.get(mention)
            if noted is None or not isinstance(noted.value, Timex):
                continue
            if noted.value.anchor == "event":
                when = _from_event(noted.value, told, near.get(claim.trigger.document, ()))
            else:
                when = _from_document(noted, noted.value, found[claim.trigger.document], told.when(claim.id))
            whole = events_when.meet(whole, when) or whole
        made[claim.id] = whole
    return made | _counted(pile, told, near, made)


def _counted(
    pile: Pile, told: Told, near: Mapping[DocumentId, Sequence[Claim]], made: Mapping[ClaimId, When]
) -> dict[ClaimId, When]:
    """Times counted from an event that date another one of their sentence, if that has no date of its own."""
    counted = {}
    for noted in pile.mentions.values():
        value = noted.value
        if isinstance(value, Timex) and value.anchor == "event" and value.event is not None:
            said = near.get(noted.span.document, ())
            for claim in _beside(noted, value.event, said, told):
                if not made[claim.id].known:
                    counted[claim.id] = _from_event(value, told, said)
    return counted


def _beside(mention: Mention, event: Span, near: Iterable[Claim], told: Told) -> list[Claim]:
    """The one other event of the sentence: what happened "two weeks before the raid" is not the raid."""
    inside = [c for c in near if c.evidence.covers(mention.span)]
    raid = {told.group_of.get(c.id) for c in inside if c.trigger.overlaps(event)}
    others = [c for c in inside if told.group_of.get(c.id) not in raid]
    return others if len({told.group_of.get(c.id) for c in others}) == 1 else []


def _from_document(noted: Mention, value: Timex, window: Window, known: When) -> When:
    when = events_when.read(value, noted.exact)
    back = events_when.ago(value, noted.exact)
    if back is not None and (window.first or window.last) and when.length != 1:
        written = When(window.first, window.last)
        why = f"\u201c{noted.exact}\u201d, counted from when the document was written"
        counted = events_when.shift(written, -back[1], -back[0], why)
        return events_when.meet(counted, when) or counted
    if not when.open_pattern or window.first is None:
        return when
    last = min((d for d in (window.last, known.latest) if d), default=None)
    if last is None or last < window.first - timedelta(days=HALF_A_YEAR):
        return when
    reach = 7 if when.weekday else HALF_A_YEAR
    why = f"\u201c{noted.exact}\u201d in a document written {_words(window)}"
    return events_when.within(when, window.first - timedelta(days=reach), last, why)


def _words(window: Window) -> str:
    if window.first and window.last:
        return f"between {window.first.isoformat()} and {window.last.isoformat()}"
    return f"on or after {window.first}"


def _from_event(value: Timex, told: Told, near: Iterable[Claim]) -> When:
    """So long before or after the event whose trigger the expression names, where that is dated."""
    unit, number = value.value[-1:], value.value[1:-1]
    if value.value[:1] != "P" or value.event is None:
        return UNKNOWN
    counted = events_when.span_of(number, unit)
    about = next((c for c in near if c.trigger.overlaps(value.event)), None)
    if about is None or counted is None or not told.when(about.id).bounded:
        return UNKNOWN
    low, high = counted if value.direction == "after" else (-counted[1], -counted[0])
    return events_when.shift(told.when(about.id), low, high, f"{value.basis}, itself dated")


def _by_document(claims: Iterable[Claim]) -> dict[DocumentId, list[Claim]]:
    found: dict[DocumentId, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.trigger.document, []).append(claim)
    return found
