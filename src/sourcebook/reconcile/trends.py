"""Developments of an actor: two are at odds where one thing goes up and down in the same days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Final

import msgspec

from sourcebook.model import DateValue, Fact, Relation, Timex
from sourcebook.reconcile.agreement import Outcome, Verdict
from sourcebook.reconcile.making import told
from sourcebook.reconcile.statements import Material, Statement
from sourcebook.text.lexicon import rows

_WORD: Final = re.compile(r"[a-z]{2,30}")
#: Developments compared with one another at most: the first told.
_MOST: Final = 60


def trend(material: Material, made: Fact, found: Sequence[Statement]) -> Fact:
    """A fact about trends: each at its own time, unless two of them cannot hold of the same days."""
    if len(made.readings) < 2:
        return made
    odd = next(
        (o for pair in combinations(found[:_MOST], 2) if (o := _at_odds(material, *pair)) is not None), None
    )
    if odd is None:
        return msgspec.structs.replace(
            made,
            relation=Relation.COMPATIBLE,
            rule="several-may-hold",
            explanation=f"The sources tell of {len(made.readings)} developments, each at its own time.",
        )
    return msgspec.structs.replace(
        made,
        relation=odd.verdict.relation,
        rule=odd.verdict.rule,
        explanation=told(material, odd.left, odd.right, odd.verdict),
        cites=(odd.left.claim, odd.right.claim),
    )


def _at_odds(material: Material, left: Statement, right: Statement) -> Outcome | None:
    """Two statements of which one has a thing rise that the other has fall, at a time that both name."""
    one, other = _said(left.text), _said(right.text)
    opposite = one["up"] != other["up"] and one["down"] != other["down"] and one["up"] != one["down"]
    if not opposite or not one["of"] & other["of"] or not _same_days(material, left, right):
        return None
    what = min(one["of"] & other["of"])
    because = f"one has {_whole(what, left.text)} rise that the other has fall in the same days"
    internal = left.document == right.document and left.speakers == right.speakers
    relation = Relation.INTERNAL if internal else Relation.CONFLICT
    return Outcome(Verdict(relation, "up-and-down", because), left, right)


def _said(text: str) -> Mapping[str, frozenset[str]]:
    """Which ways a text has things go, and what: by the beginnings of its words; ways as one mark each."""
    words = _WORD.findall(text.casefold())
    met = {
        kind: frozenset(start for start in starts if any(w.startswith(start) for w in words))
        for kind, starts in _starts().items()
    }
    return met | {way: frozenset((way,)) if met[way] else frozenset() for way in ("up", "down")}


@cache
def _starts() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, start in rows("sourcebook.reconcile", "trends"):
        found[kind] = (*found.get(kind, ()), start)
    return found


def _whole(start: str, text: str) -> str:
    words: list[str] = _WORD.findall(text.casefold())
    return next(w for w in words if w.startswith(start))


def _same_days(material: Material, left: Statement, right: Statement) -> bool:
    """Whether both are dated, to days that meet."""
    days = [_days(material, s) for s in (left, right)]
    one, other = days
    if one is None or other is None:
        return False
    return not (
        (one.earliest and other.latest and one.earliest > other.latest)
        or (other.earliest and one.latest and other.earliest > one.latest)
    )


def _days(material: Material, each: Statement) -> DateValue | None:
    claim = material.claims[each.claim]
    for role in ("date", "from"):
        identifier = claim.filler(role)
        mention = material.mentions.get(identifier) if identifier else None
        if mention is not None and isinstance(mention.value, Timex) and mention.value.earliest:
            return DateValue(
                edtf=mention.value.edtf, earliest=mention.value.earliest, latest=mention.value.latest
            )
    return None
