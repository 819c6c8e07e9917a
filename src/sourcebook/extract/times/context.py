"""What the sentence around a time expression says: its tense, and the event beside it."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

_STEPS = 8
_FUTURE_HEADS = frozenset(
    "expect plan schedule set due intend hope vow threaten prepare aim want slate".split()
)
#: Verbs whose date is that of what they speak of, and it was still to come when they were done.
_SETS_A_DAY = frozenset(("plan", "schedule", "slate", "reschedule", "postpone", "delay", "adjourn"))
_MOVES = frozenset(("extend", "postpone", "delay", "defer", "adjourn", "reschedule", "move", "push", "put"))
#: Words before a noun whose time lies ahead ("the slated visit in September").
_PLANNED = frozenset(
    ("planned", "slated", "scheduled", "proposed", "expected", "upcoming", "forthcoming", "coming", "looming")
)


class Beside(NamedTuple):
    """The event that a duration is counted from: before or after it, and its trigger."""

    direction: str
    trigger: Token


def tense(doc: Doc, start: int, end: int) -> tuple[str, bool]:
    """Past, present or future ("" where nothing tells) of the clause that holds the code points.

    The second answer is whether the verb dates it: not through an adjective ("payable") or a deadline.
    """
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return "", False
    close = _close(doc, tokens.start)
    verb, direct = (close, True) if close is not None else _verb(tokens.root)
    if verb is not None and (_sets(verb, tokens) or _is_planned(tokens.root)):
        return "future", direct
    return (_tense(verb) if verb is not None else ""), direct


def _sets(verb: Token, date: Tokens) -> bool:
    """Whether the verb sets the day rather than being done on it: "planned a rally on Sunday"."""
    start = date.start
    if verb.lemma_.lower() == "set" and verb.i == start - 1 and any(t.like_num for t in date):
        return verb.tag_ == "VBD" or any(t.dep_ == "aux" for t in verb.children)
    if verb.lemma_.lower() not in _SETS_A_DAY or verb.i >= start - 1:
        return verb.lemma_.lower() in _SETS_A_DAY and verb.tag_ == "VBN"
    between = verb.doc[verb.i + 1 : start]
    return any(t.dep_ == "dobj" or t.lower_ in ("for", "until", "to") for t in between)


def is_arranged(doc: Doc, start: int, end: int) -> bool:
    """Whether a present verb bears the day: "the two meet on Monday", not "more than on Monday"."""
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return False
    head = tokens.root.head
    if head.lower_ == "on" and head.pos_ == "ADP":
        head = head.head
    elif tokens.root.dep_ != "npadvmod":
        return False
    return head.pos_ == "VERB" and head.tag_ in ("VBZ", "VBP") and _tense(head) == "present"


def _is_planned(token: Token) -> bool:
    """Whether the date belongs to something that is said to be planned."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            return False
        if any(t.lower_ in _PLANNED and t.dep_ in ("amod", "compound") for t in token.children):
            return token.pos_ == "NOUN" and token.ent_type_ != "DATE"
        token = token.head
    return False


def is_moved(doc: Doc, start: int) -> bool:
    """Whether a day after "to" is one that something was moved to: "extended the offer to Nov. 20"."""
    tokens = doc.char_span(start, start + 1, alignment_mode="expand")
    verb = _verb(tokens.root)[0] if tokens is not None else None
    return verb is not None and verb.lemma_.lower() in _MOVES


def is_lifted(doc: Doc, start: int) -> bool:
    """Whether an "until" is over, as what it held back has happened: "until Thursday, nobody had spoken"."""
    tokens = doc.char_span(start, start + 1, alignment_mode="expand")
    verb = _verb(tokens.root)[0] if tokens is not None else None
    if verb is None or _tense(verb) != "past":
        return False
    held = any(t.dep_ == "neg" for t in verb.children)
    return held or any(t.lower_ == "had" and t.dep_ in ("aux", "ROOT") for t in verb.children)


def _close(doc: Doc, start: int) -> Token | None:
    """A past verb right before ("announced Wednesday", "met on Friday"): nearer than any parse."""
    for back in (1, 2):
        token = doc[start - back] if start >= back else None
        if token is None or token.tag_ in ("VBD", "VBN"):
            return token
        if token.pos_ != "ADP":
            return None
    return None


def _verb(token: Token) -> tuple[Token | None, bool]:
    direct = True
    for step in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            return token, direct
        if token.head == token:
            return None, False
        direct = direct and (step == 0 or not (token.pos_ == "ADJ" or token.lemma_.lower() in _SET_AHEAD))
        token = token.head
    return None, False


def _tense(verb: Token) -> str:
    helpers = {t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass")}
    if helpers & _WILL or (verb.lower_ == "going" and "to" not in helpers):
        return "future"
    if verb.tag_ == "VBD" or helpers & {"was", "were", "had", "did"}:
        return "past"
    if "to" in helpers:
        if _expected(verb):
            return "" if _lapsed(verb.head) else "future"
        return _past_or_blank(verb)
    if verb.tag_ == "VBN" and helpers & {"has", "have", "'ve", "’ve"}:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBG" and helpers & {"is", "are", "am", "'re", "'s"}):
        return "present"
    if verb.tag_ == "VBN" and not helpers:
        after = {t.lower_ for t in verb.children}
        done = verb.lower_ == "set" and bool(after & {"on", "in", "by"}) and "for" not in after
        return "future" if verb.lemma_.lower() in _FUTURE_HEADS and not done else "past"
    return _outer(verb) if verb.tag_ in ("VBN", "VBG") and verb.head != verb else ""


def _outer(verb: Token) -> str:
    """The tense of the clause that a participle is part of."""
    outer, _ = _verb(verb.head)
    if outer is None or outer.i == verb.i or outer.tag_ in ("VBN", "VBG"):
        return ""
    return _tense(outer)


#: Nouns whose date lies ahead of the past clause that they stand in ("missed the Jan. 14 deadline").
_SET_AHEAD = frozenset(
    "deadline date election vote poll referendum hearing trial summit expiry maturity handover".split()
)
_WILL = frozenset(("will", "shall", "'ll", "’ll", "wo", "would"))


def _expected(verb: Token) -> bool:
    head = verb.head
    return head.lemma_.lower() in _FUTURE_HEADS or (head.lemma_ == "be" and head.tag_ in ("VBZ", "VBP"))


def _lapsed(verb: Token) -> bool:
    """As in "had been due to expire Friday": a plan that is over, or was changed."""
    near = [*verb.children, *(verb.head.children if verb.pos_ == "ADJ" else ())]
    return any(t.lower_ == "had" and t.dep_ == "aux" for t in near)


def _past_or_blank(verb: Token) -> str:
    return "past" if verb.dep_ == "xcomp" and verb.head.tag_ == "VBD" else ""


def beside(doc: Doc, end: int) -> Beside | None:
    """The event that the words after code point `end` count from: "before gunmen stormed"."""
    at = doc.char_span(end - 1, end, alignment_mode="expand")
    if at is None or at.end >= len(doc):
        return None
    token = doc[at.end]
    directions = {"before": "before", "after": "after", "following": "after", "prior": "before"}
    direction = directions.get(token.lower_)
    if direction is None:
        return None
    trigger = _trigger(token)
    return (
        Beside(direction, trigger)
        if trigger is not None and trigger.ent_type_ not in ("DATE", "TIME")
        else None
    )


def _trigger(preposition: Token) -> Token | None:
    if preposition.dep_ == "mark":
        return preposition.head if preposition.head.i > preposition.i else None
    inside = [
        t for t in preposition.children if t.i > preposition.i and t.dep_ in ("pobj", "pcomp", "prep", "dobj")
    ]
    if inside and inside[0].dep_ == "prep":
        return _trigger(inside[0])
    if inside:
        return inside[0]
    head = preposition.head
    return head if head.pos_ == "VERB" and head.i > preposition.i else None
