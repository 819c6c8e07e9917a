"""How many occurrences the words count together: days, tolls and plurals that tell one from several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger
from sourcebook.model import Form, Quantity, Timex
from sourcebook.model.vocabulary import TOLL_ROLES

#: A date within so many days fixes one occurrence of a noun in the plural ("clashes on Sunday").
FEW_DAYS: Final = 4
#: A stretch longer than this is a period: what is counted over it is no single occurrence.
_PERIOD: Final = 45
#: So many are not killed by one act that has neither day nor place.
_MANY: Final = 2000
_ALWAYS_PLURAL: Final = frozenset(
    (
        "clash",
        "fighting",
        "protest",
        "demonstration",
        "riot",
        "talk",
        "shelling",
        "gunfire",
        "unrest",
        "hostility",
        "rioting",
        "negotiation",
    )
)
#: Of fighting: it goes on, and is no single clash.
_LASTING: Final = frozenset(("continued", "ongoing", "continuing", "frequent", "daily", "intermittent"))


def days(fillers: Sequence[Filler]) -> int | None:
    """How many days the narrowest date covers."""
    dates = [m.value for role, m in fillers if role == "date" and isinstance(m.value, Timex)]
    return min((n for value in dates if (n := _length(value)) is not None), default=None)


def _length(value: Timex) -> int | None:
    """Days from first to last; of "January" of one of some years, those of one January."""
    if value.edtf and value.edtf.startswith("["):
        first = value.edtf.strip("[]").split(",")[0]
        return {10: 0, 7: 30}.get(len(first))
    return (value.latest - value.earliest).days if value.latest and value.earliest else None


def has_toll(fillers: Sequence[Filler]) -> bool:
    """Whether somebody was killed, hurt, taken."""
    return any(role in TOLL_ROLES for role, _ in fillers)


def is_fixed(fillers: Sequence[Filler]) -> bool:
    """A toll or a date of few days."""
    length = days(fillers)
    return has_toll(fillers) or (length is not None and length <= FEW_DAYS)


def is_many(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """Whether several occurrences are told of together."""
    head = trigger.head
    length = days(fillers)
    before = {c.lemma_.lower() for c in head.lefts}
    if trigger.is_noun and before & words("twin"):
        return False
    if length is not None and length > _PERIOD and trigger.is_noun and head.tag_ == "NNS":
        return True
    if any(c.lemma_.lower() in words("often") for c in head.children) or _several_times(fillers):
        return True
    if not trigger.is_noun:
        return _many_objects(trigger, fillers)
    if head.tag_ == "NNS" and any(m.exact.lower().startswith("both") for _, m in fillers):
        return True
    lasting = {c.lower_ for noun in (head, grammar.lead(head)) for c in noun.lefts} & _LASTING
    if (before & words("many") and head.tag_ == "NNS") or (lasting and head.lemma_.lower() in _ALWAYS_PLURAL):
        return True
    counted = grammar.lead(head).lemma_.lower() in words("collective") and grammar.lead(head) != head
    if counted or _of_many(trigger, fillers):
        return True
    if head.tag_ not in ("NNS", "NNPS") or (trigger.sense.frame == "arrestn" and grammar.is_definite(head)):
        return False
    if any(c.dep_ == "nummod" for c in head.lefts) and trigger.sense.frame != "arrestn":
        return True
    plain = head.lemma_.lower() in _ALWAYS_PLURAL and any(role in ("date", "location") for role, _ in fillers)
    return not plain and not is_fixed(fillers)


def _of_many(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """The destruction of targets, on no day and without a number: that of one after the other."""
    done = [t for p, t in grammar.prepositional(trigger.head) if p == "of"]
    bare = [
        t for t in done if t.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "poss") for c in t.lefts)
    ]
    fixed = any(role in ("date", "actor") for role, _ in fillers)
    return trigger.sense.frame == "razing" and bool(bare) and not fixed


def _several_times(fillers: Sequence[Filler]) -> bool:
    """In 1995 and 1996: years apart are several occurrences."""
    years = {m.value.edtf for role, m in fillers if role == "date" and isinstance(m.value, Timex)}
    return len(years) > 1 and all(y is not None and len(y) == 4 and y.isdigit() for y in years)


def _masses(fillers: Sequence[Filler]) -> bool:
    """Murdered millions, on no day and at no place."""
    if any(role in ("date", "location") for role, _ in fillers):
        return False
    tolls = [m.value for role, m in fillers if role == "killed"]
    return any(isinstance(v, Quantity) and v.low is not None and v.low >= _MANY for v in tolls)


def _lasting(verb: Token) -> bool:
    """Has fought the army since 2019: a period, not an occurrence."""
    clauses = [verb, *(c for c in verb.children if c.dep_ == "advcl")]
    since = any(
        c.lower_ == "since" for v in clauses for c in v.children if c.dep_ in ("prep", "mark", "advmod")
    )
    often = verb.lemma_ in ("fight", "attack", "target", "battle")
    many = any(t.tag_ == "NNS" for t in grammar.objects(verb))
    return since and "have" in grammar.auxiliaries(verb) and (often or many)


def _one_victim(fillers: Sequence[Filler]) -> bool:
    """A commander assassinated in a year that is named is one occurrence, however wide the year."""
    tolls = [m.value for role, m in fillers if role in TOLL_ROLES]
    return bool(tolls) and all(isinstance(v, Quantity) and v.high == 1 for v in tolls)


def _many_objects(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """Killing "several leaders" at no time and place is many occurrences; so is fighting them since 2019."""
    length = days(fillers)
    placed = any(role in ("location", "target", "actor") for role, _ in fillers)
    long = length is not None and length > _PERIOD and not _one_victim(fillers)
    if _lasting(trigger.head) or _masses(fillers) or (has_toll(fillers) and not placed and long):
        return True
    if any(role in TOLL_ROLES and m.form is not Form.NOMINAL for role, m in fillers):
        return False
    if has_toll(fillers) and any(r in ("date", "location") for r, _ in fillers):
        return False
    if any(role in ("date", "location") for role, _ in fillers):
        length = days(fillers)
        return length is not None and length > 370
    if trigger.sense.frame in ("fire", "detonate") or any(role == "source-of-warning" for role, _ in fillers):
        return False
    told = trigger.head.tag_ == "VBD" and any(role == "actor" for role, _ in fillers)
    several = told and any(c.lower_ == "several" for t in grammar.objects(trigger.head) for c in t.lefts)
    plural = [
        t
        for t in grammar.objects(trigger.head)
        if not several and (t.tag_ == "NNS" or t.lower_ in ("both", "many", "several"))
    ]
    quantified = [t for t in plural if any(c.dep_ == "nummod" or c.lower_ == "the" for c in t.lefts)]
    return trigger.sense.type in ("ASSAULT", "COERCE") and bool(plural) and not quantified
