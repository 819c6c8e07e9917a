"""What the sentence around a time expression says: its tense, the event beside it, and what is no time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from sourcebook.extract.tables import rows
from sourcebook.extract.times.words import Word

_STEPS = 8
_FUTURE_HEADS = frozenset(
    (
        "expect",
        "plan",
        "schedule",
        "set",
        "due",
        "intend",
        "hope",
        "vow",
        "threaten",
        "prepare",
        "aim",
        "want",
        "slate",
    )
)
_TAKES_YEAR = frozenset(
    (
        "by",
        "of",
        "to",
        "from",
        "and",
        "mod",
        "modlater",
        "approx",
        "earlier",
        "later",
        "fiscal",
        "after",
        "before",
    )
)
_QUANTIFIES = frozenset(
    ("more than", "less than", "fewer than", "at least", "up to", "nearly", "almost", "over", "under", "some")
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
    return (_tense(verb) if verb is not None else ""), direct


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
        return "future" if _expected(verb) else _past_or_blank(verb)
    if verb.tag_ == "VBN" and helpers & {"has", "have", "'ve", "’ve"}:
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "present"
    if verb.tag_ == "VBN" and not helpers:
        return "future" if verb.lemma_.lower() in _FUTURE_HEADS else "past"
    return _outer(verb) if verb.tag_ in ("VBN", "VBG") and verb.head != verb else ""


def _outer(verb: Token) -> str:
    """The tense of the clause that a participle is part of."""
    outer, _ = _verb(verb.head)
    if outer is None or outer.i == verb.i or outer.tag_ in ("VBN", "VBG"):
        return ""
    return _tense(outer)


#: Nouns whose date lies ahead of the past clause that they stand in ("missed the Jan. 14 deadline").
_SET_AHEAD = frozenset(
    ("deadline", "election", "vote", "referendum", "hearing", "summit", "expiry", "maturity")
)
_WILL = frozenset(("will", "shall", "'ll", "’ll", "wo", "would"))


def _expected(verb: Token) -> bool:
    head = verb.head
    return head.lemma_.lower() in _FUTURE_HEADS or (head.lemma_ == "be" and head.tag_ in ("VBZ", "VBP"))


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


@cache
def _counted(*classes: str) -> frozenset[str]:
    return frozenset(w for kind, _, words in rows("units.tsv") if kind in classes for w in words.split("|"))


@cache
def _numbered() -> frozenset[str]:
    return frozenset(word for row in rows("numbered.tsv") for word in row[0].split("|"))


def is_year(doc: Doc, found: Sequence[Word], before: Word | None, after: Word | None) -> bool:
    """Whether a four-digit number alone is a year, not a count ("2014 people"), a size or part of a name."""
    word = next((w for w in found if w.kind == "year"), None)
    if word is None or (len(found) > 1 and not {w.kind for w in found} <= {"the", "approx", "year"}):
        return True
    tokens = doc.char_span(word.start, word.end, alignment_mode="expand")
    token = tokens[0] if tokens else None
    if token is None or (before is not None and before.text in ("$", "£", "€", "#", "no", "rs", ".")):
        return False
    if after is not None and (after.text in _counted("measure", "money", "percent")):
        return False
    if _is_counted(token) or _is_name(token, word, before):
        return False
    quantified = before is not None and before.text in _QUANTIFIES
    quantified = quantified or any(w.kind == "approx" and w.value != "APPROX" for w in found)
    led = before is not None and before.kind in _TAKES_YEAR
    return not quantified and (led or 1900 <= int(word.value) <= 2050)


def _is_counted(token: Token) -> bool:
    """A head noun that is counted in the plural: "2014 people"."""
    head = token.head
    if token.dep_ != "nummod" or head.i <= token.i or head.tag_ not in ("NNS", "NNPS"):
        return False
    return head.lower_ in _counted("person", "fighter", "force", "animal", "measure", "money")


def _is_name(token: Token, word: Word, before: Word | None) -> bool:
    """Right after a name or a word that takes a number: "Windows 2000", "Room 1408", "Resolution 1973"."""
    if (
        before is None
        or before.kind != "other"
        or before.end + 1 < word.start
        or not before.text[:1].isalpha()
    ):
        return False
    if before.text in _numbered():
        return True
    return token.ent_type_ in ("PRODUCT", "WORK_OF_ART", "LAW", "FAC") and token.nbor(-1).text[:1].isupper()
