"""What reviewers decided: which decisions stand, what two of them decided both, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from msgspec import Struct

from sourcebook.model import PAIRED, Anchor, Decision, Verdict
from sourcebook.resolve.rulings import standing

__all__ = [
    "Agreement",
    "Unit",
    "agreement",
    "alpha",
    "anchors",
    "last",
    "pairs_ruled",
    "second",
    "standing",
    "units",
]


class Unit(Struct, frozen=True, kw_only=True):
    """One thing that was decided about, and what each reviewer said last."""

    about: tuple[str, ...]
    field: str
    said: dict[str, str]


class Agreement(Struct, frozen=True, kw_only=True):
    """How far reviewers agree on what at least two of them decided.

    `alpha` is Krippendorff's for nominal data: 1 is full agreement, 0 what chance would give; None where
    nothing was decided twice, or everything that was got one and the same verdict.
    """

    reviewers: tuple[str, ...]
    units: int
    agreed: int
    alpha: float | None
    differing: tuple[Unit, ...]


def agreement(log: Sequence[Decision]) -> Agreement:
    """How far the reviewers of a log agree."""
    both = [u for u in units(log) if len(u.said) > 1]
    differing = tuple(u for u in both if len(set(u.said.values())) > 1)
    return Agreement(
        reviewers=tuple(sorted({name for u in both for name in u.said})),
        units=len(both),
        agreed=len(both) - len(differing),
        alpha=alpha([list(u.said.values()) for u in both]),
        differing=differing,
    )


def units(log: Sequence[Decision]) -> list[Unit]:
    """Everything decided about, with the last standing word of each reviewer, in the order of the log."""
    said: dict[tuple[tuple[str, ...], str], dict[str, str]] = {}
    for decision in standing(log):
        about = anchors(decision)
        change = decision.correction
        field = change.field if change else "" if decision.verdict in PAIRED else "stands"
        value = change.value if change else decision.verdict.value
        said.setdefault((about, field), {})[decision.by] = value
    return [Unit(about=about, field=field, said=names) for (about, field), names in said.items()]


def anchors(decision: Decision) -> tuple[str, ...]:
    """The claims or mentions that a decision is about, a pair in one order."""
    return tuple(sorted(a.id for a in decision.anchors))


def alpha(values: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data, from the values that each unit was given.

    K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section E: one less the disagreement
    observed over that expected, both from the matrix of coincidences. Units with one value tell nothing.
    """
    totals: Counter[Hashable] = Counter()
    differing = 0.0
    for unit in (Counter(v) for v in values):
        size = unit.total()
        if size < 2:
            continue
        totals += unit
        differing += sum(n * (size - n) for n in unit.values()) / (size - 1)
    everything = totals.total()
    expected = everything**2 - sum(n * n for n in totals.values())
    return 1 - (everything - 1) * differing / expected if expected else None


def second(log: Sequence[Decision], by: str) -> list[tuple[Anchor, Anchor]]:
    """Pairs that others decided and this reviewer has not: what a second reading is about."""
    pairs: dict[tuple[str, ...], tuple[Anchor, Anchor]] = {}
    own: set[tuple[str, ...]] = set()
    for decision in standing(log):
        if decision.verdict in PAIRED:
            one, other = decision.anchors
            pairs[anchors(decision)] = (one, other)
            if decision.by == by:
                own.add(anchors(decision))
    return [pair for key, pair in pairs.items() if key not in own]


def last(log: Sequence[Decision], by: str) -> str:
    """The id of a reviewer's last standing decision, "" if there is none."""
    return next((d.id for d in reversed(standing(log)) if d.by == by), "")


def pairs_ruled(decisions: Iterable[Decision]) -> Mapping[frozenset[str], Verdict]:
    """The last verdict on each pair, as it was named when it was decided."""
    return {frozenset(d.about): d.verdict for d in decisions if d.verdict in PAIRED}
