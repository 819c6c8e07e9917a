"""How two statements stand to one another: the deterministic procedure, rule by rule.

The steps are those of docs/reference/agreement.md: bounds first, then what could explain that they do not
meet. Each outcome names its rule. A relation of many readings is the gravest of its pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from sourcebook.model import DateValue, Days, EntityId, EntityValue, Quantity, Relation, TextValue
from sourcebook.reconcile.statements import Statement, alike

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

_WEEK: Final = 7
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
    """When a figure may still move: an earlier report made by `until`, a later one `gap` days after it.

    Where `falls` is not set, a later and lower figure replaces an earlier one only if its words correct it
    or its publisher gave both: a toll rises by itself, but does not fall.
    """

    until: date
    gap: int = 1
    falls: bool = True


class Setting(NamedTuple):
    """What is known of the matter beside the statements: whether it moves, and which entity holds which."""

    movement: Movement | None = None
    holding: Callable[[EntityId, EntityId], str | None] = lambda _one, _other: None


#: Nothing is known beside the statements.
ALONE: Final = Setting()

#: How many different answers are set against one another; of more, those at both ends of the range.
_MOST: Final = 40


def compare(statements: Sequence[Statement], setting: Setting = ALONE) -> Outcome | None:
    """The gravest pair, the first such in the order given; None for fewer than two statements."""
    outcomes = (
        Outcome(pair(left, right, setting), left, right)
        for left, right in combinations(_distinct(statements), 2)
    )
    return max(outcomes, key=lambda o: GRAVITY.index(o.verdict.relation), default=None)


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Of statements that say the same, the first and those reported first and last: a bounded number."""
    groups: dict[tuple[object, ...], list[tuple[int, Statement]]] = defaultdict(list)
    for place, each in enumerate(statements):
        groups[(alike(each.value), each.scope.casefold(), each.named, each.recalled)].append((place, each))
    chosen = list(groups.values())
    if len(chosen) > _MOST:
        chosen.sort(key=lambda g: _size(g[0][1]))
        chosen = [*chosen[: _MOST // 2], *chosen[-_MOST // 2 :]]
    kept: dict[int, Statement] = {}
    for group in chosen:
        by_day = sorted(group, key=lambda g: _day(g[1].reported))
        elsewhere = next((g for g in group if g[1].document != group[0][1].document), group[0])
        kept |= dict((group[0], elsewhere, by_day[0], by_day[-1]))
    return [kept[place] for place in sorted(kept)]


def _size(each: Statement) -> tuple[int, int]:
    match each.value:
        case Quantity():
            return (size(each.value), 0)
        case DateValue():
            first = each.value.earliest or each.value.latest
            return (first.toordinal() if first else 0, 0)
    return (0, each.at)


def size(value: Quantity) -> int:
    """The number that a figure is nearest to saying."""
    known = (value.low, value.usual_low, value.usual_high, value.high)
    return next((n for n in known if n is not None), 0)


_MOVES: Final = frozenset((Relation.CONFLICT, Relation.WORDING, Relation.TENSION, Relation.INTERNAL))


def pair(left: Statement, right: Statement, setting: Setting = ALONE) -> Verdict:
    """How two statements about one property stand."""
    verdict = _by_value(left, right, setting)
    if verdict.relation not in _MOVES or setting.movement is None:
        return verdict
    if left.recalled or right.recalled:
        return Verdict(Relation.UPDATED, "replaced-in-words", "the one is given as the figure before")
    first, second = sorted((left, right), key=lambda s: _day(s.reported))
    if verdict.relation is not Relation.INTERNAL and _moved(first, second, setting.movement):
        return Verdict(Relation.UPDATED, "later-report", _how_it_moved(first, second))
    return verdict


def _how_it_moved(first: Statement, second: Statement) -> str:
    days = [s.reported.edtf if s.reported else None for s in (first, second)]
    said = f"the later report, of {days[1]} and not {days[0]},"
    if second.correction and isinstance(second.value, Quantity):
        return f"{said} corrects the earlier (“{second.correction}”)"
    return f"{said} replaces the earlier"


def _by_value(left: Statement, right: Statement, setting: Setting) -> Verdict:
    if left.claim == right.claim and left.value != right.value:
        return Verdict(Relation.COMPATIBLE, "one-claim-names-both", "one sentence gives both together")
    match left.value, right.value:
        case (Quantity() as a, Quantity() as b):
            return _quantities(left, right, a, b)
        case (DateValue() as a, DateValue() as b):
            return _dates(left, right, a, b)
        case (EntityValue() as a, EntityValue() as b):
            held = setting.holding(a.entity, b.entity) if a.entity != b.entity else None
            if held and left.named and right.named:
                return Verdict(Relation.REFINEMENT, "part-and-whole", held)
            return _others(left, right, same=a.entity == b.entity)
        case (TextValue() as a, TextValue() as b):
            return _others(left, right, same=a.text.casefold() == b.text.casefold())
    if not (left.named and right.named):
        return Verdict(Relation.COMPATIBLE, "description-and-name", "a description does not rule out a name")
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
    if _loosely(left, right, a, b):
        return Verdict(Relation.COMPATIBLE, "loose-week", "“last week” may be the last seven days")
    if left.word and right.word and left.word.casefold() != right.word.casefold():
        because = f"“{left.word}” and “{right.word}” name different beginnings"
        return Verdict(Relation.DEFINITION, "words-define-differently", because)
    return _apart(left, right) or _conflict(left, right)


def _loosely(left: Statement, right: Statement, a: DateValue, b: DateValue) -> bool:
    """Whether one is told by its week only, and the days are no further apart than a week."""
    if not any("week" in s.text.casefold() for s in (left, right)):
        return False
    low = max(filter(None, (a.earliest, b.earliest)), default=None)
    high = min(filter(None, (a.latest, b.latest)), default=None)
    return low is not None and high is not None and (low - high).days <= _WEEK


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
        which = "both texts read" if len(translated) == 2 else "one text reads"
        because += f", though {which} as a translation"
    parties = list(dict.fromkeys(s.party for s in (left, right) if s.party))
    if parties:
        verb = "has an interest" if len(parties) == 1 else "have each an interest"
        because += f"; {' and '.join(parties)} {verb} in the matter"
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


def _moved(first: Statement, second: Statement, movement: Movement) -> bool:
    """Whether the first was surely reported earlier, while the figure could still move, and did move."""
    before, after = first.reported, second.reported
    if before is None or after is None or before.latest is None or after.earliest is None:
        return False
    if before.latest > movement.until or (after.earliest - before.latest).days < movement.gap:
        return False
    if movement.falls or second.correction or (first.publisher and first.publisher == second.publisher):
        return True
    a, b = first.value, second.value
    return isinstance(a, Quantity) and isinstance(b, Quantity) and size(b) > size(a)
