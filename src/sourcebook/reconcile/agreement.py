"""How two statements stand to one another: the deterministic procedure, rule by rule.

The steps are those of docs/reference/agreement.md: bounds first, then what could explain that they do not
meet. Each outcome names its rule. A relation of many readings is the gravest of its pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from sourcebook.model import DateValue, Days, EntityValue, Quantity, Relation, TextValue
from sourcebook.reconcile.statements import Statement

#: From harmless to grave.
GRAVITY: Final = (
    Relation.SINGLE,
    Relation.AGREED,
    Relation.COMPATIBLE,
    Relation.REFINEMENT,
    Relation.UPDATED,
    Relation.SCOPE,
    Relation.DEFINITION,
    Relation.WORDING,
    Relation.TENSION,
    Relation.INTERNAL,
    Relation.CONFLICT,
)

#: Two bounds this near to one another may be one figure rounded up and rounded down.
ROUNDING: Final = 0.1


class Verdict(NamedTuple):
    """How two statements stand, by which rule, and the part of the sentence that says why."""

    relation: Relation
    rule: str
    because: str


class Outcome(NamedTuple):
    """The gravest pair of several statements, and what was found of it."""

    verdict: Verdict
    left: Statement
    right: Statement


class Movement(NamedTuple):
    """When a figure may still move: an earlier report made by `until`, a later one `gap` days after it."""

    until: date
    gap: int = 1


def compare(statements: Sequence[Statement], movement: Movement | None = None) -> Outcome | None:
    """The gravest pair, the first such in the order given; None for fewer than two statements."""
    outcomes = [
        Outcome(pair(left, right, movement), left, right) for left, right in combinations(statements, 2)
    ]
    return max(outcomes, key=lambda o: GRAVITY.index(o.verdict.relation), default=None)


def pair(left: Statement, right: Statement, movement: Movement | None = None) -> Verdict:
    """How two statements about one property stand."""
    verdict = _by_value(left, right)
    if verdict.relation in (Relation.CONFLICT, Relation.WORDING, Relation.TENSION) and movement is not None:
        first, second = sorted((left, right), key=lambda s: _day(s.reported))
        if _moved(first.reported, second.reported, movement):
            when = f"{first.reported.edtf} and {second.reported.edtf}"  # type: ignore[union-attr]
            return Verdict(Relation.UPDATED, "later-report", f"they were reported at different times, {when}")
    return verdict


def _by_value(left: Statement, right: Statement) -> Verdict:
    if left.claim == right.claim and left.value != right.value:
        return Verdict(Relation.COMPATIBLE, "one-claim-names-both", "one sentence gives both together")
    match left.value, right.value:
        case (Quantity() as a, Quantity() as b):
            return _quantities(left, right, a, b)
        case (DateValue() as a, DateValue() as b):
            return _dates(left, right, a, b)
        case (EntityValue() as a, EntityValue() as b):
            return _others(left, right, same=a.entity == b.entity)
        case (TextValue() as a, TextValue() as b):
            return _others(left, right, same=a.text.casefold() == b.text.casefold())
    return Verdict(Relation.TENSION, "kinds-differ", "one gives a name and the other something else")


def _quantities(left: Statement, right: Statement, a: Quantity, b: Quantity) -> Verdict:
    if _bounds(a) == _bounds(b):
        return Verdict(Relation.AGREED, "same-bounds", "the figures are the same")
    if a.meets(b) and not _scopes_differ(left, right):
        if _usual_meet(a, b):
            return Verdict(Relation.COMPATIBLE, "bounds-meet", f"both allow {_overlap(a, b)}")
        return Verdict(
            Relation.TENSION,
            "usual-bounds-apart",
            "one number could satisfy both, but not as the words are used",
        )
    return _apart(left, right) or _rounded(left, right, a, b) or _conflict(left, right)


def _dates(left: Statement, right: Statement, a: DateValue, b: DateValue) -> Verdict:
    if (a.earliest, a.latest) == (b.earliest, b.latest) and a.earliest is not None:
        return Verdict(Relation.AGREED, "same-days", "the dates are the same")
    if _meet(a, b):
        return Verdict(Relation.REFINEMENT, "days-meet", "the one date lies within the other")
    if left.word and right.word and left.word.casefold() != right.word.casefold():
        because = f"“{left.word}” and “{right.word}” name different beginnings"
        return Verdict(Relation.DEFINITION, "words-define-differently", because)
    return _apart(left, right) or _conflict(left, right)


def _others(left: Statement, right: Statement, *, same: bool) -> Verdict:
    if same:
        return Verdict(Relation.AGREED, "same-value", "they say the same")
    if not (left.named and right.named):
        return Verdict(Relation.COMPATIBLE, "description-and-name", "a description does not rule out a name")
    return _apart(left, right) or _conflict(left, right)


def _apart(left: Statement, right: Statement) -> Verdict | None:
    """What may explain a difference before it is called a conflict."""
    if (
        left.document == right.document
        and left.speakers == right.speakers
        and not _scopes_differ(left, right)
    ):
        return Verdict(Relation.INTERNAL, "same-document", "one document says both")
    if _scopes_differ(left, right):
        first, second = (s.scope or "no such limit" for s in (left, right))
        return Verdict(
            Relation.SCOPE, "scope-words", f"they count different things: {first} against {second}"
        )
    return None


def _rounded(left: Statement, right: Statement, a: Quantity, b: Quantity) -> Verdict | None:
    low, high = (a, b) if (a.high or 0) < (b.low or 0) else (b, a)
    gap = (high.low or 0) - (low.high or 0)
    if not (a.wording or b.wording) or gap > ROUNDING * (high.low or 1):
        return None
    because = "the words round one figure up and the other down"
    if left.translated or right.translated:
        because += ", and one text reads as a translation"
    return Verdict(Relation.WORDING, "rounding", because)


def _conflict(left: Statement, right: Statement) -> Verdict:
    because = "no value could satisfy both"
    translated = [s for s in (left, right) if s.translated]
    if translated:
        because += (
            f", though {'both texts read' if len(translated) == 2 else 'one text reads'} as a translation"
        )
    return Verdict(Relation.CONFLICT, "bounds-apart", because)


def _scopes_differ(left: Statement, right: Statement) -> bool:
    return left.scope.casefold() != right.scope.casefold()


def _bounds(q: Quantity) -> tuple[int | None, ...]:
    return (q.low, q.high, q.usual_low, q.usual_high)


def _usual_meet(a: Quantity, b: Quantity) -> bool:
    lows = [n for n in (a.usual_low, b.usual_low) if n is not None]
    highs = [n for n in (a.usual_high, b.usual_high) if n is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _overlap(a: Quantity, b: Quantity) -> str:
    lows = [n for n in (a.low, b.low) if n is not None]
    highs = [n for n in (a.high, b.high) if n is not None]
    if lows and highs:
        return f"{max(lows)} to {min(highs)}" if max(lows) != min(highs) else str(max(lows))
    return f"{max(lows)} or more" if lows else f"{min(highs)} or fewer" if highs else "any number"


def _meet(a: DateValue, b: DateValue) -> bool:
    low: date | None = max(filter(None, (a.earliest, b.earliest)), default=None)
    high: date | None = min(filter(None, (a.latest, b.latest)), default=None)
    return low is None or high is None or low <= high


def _day(reported: Days | None) -> date:
    return (reported.latest if reported else None) or date.max


def _moved(first: Days | None, second: Days | None, movement: Movement) -> bool:
    """Whether the first was surely reported earlier, while the figure could still move."""
    if first is None or second is None or first.latest is None or second.earliest is None:
        return False
    return first.latest <= movement.until and (second.earliest - first.latest).days >= movement.gap
