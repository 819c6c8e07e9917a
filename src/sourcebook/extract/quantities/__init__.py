"""Numbers and their bounds.

`find` gives the quantities of a passage, `count_of` the number of those a noun phrase names ("a soldier",
"his wife and three children"). How words become bounds is in `bounds`, what is
counted in `units`. A number within another ("including 13 soldiers") has a wording that
starts with "including": see `is_part`. Ordinals, ages, addresses, model and telephone numbers are no
quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.passage import Passage
from sourcebook.extract.quantities.bounds import Bounds, Number, numbers, within
from sourcebook.extract.quantities.count import count_of
from sourcebook.extract.quantities.units import counted, effect, lemma, unit_class
from sourcebook.extract.tables import rows
from sourcebook.model import Mention, MentionKind, Quantity

__all__ = ["count_of", "find", "is_part", "unit_class"]

_NO_NUMBERS: Final = re.compile(
    r"https?://\S{1,500}|\S{1,100}@\S{1,100}|\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){2,5}(?![\w,])"
    r"|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,3}(?:\.\d{1,4})?°|\b[A-Za-z]{1,8}-?\d[\w-]{0,8}"
)
_PAIR: Final = re.compile(
    r"\s?(?:-|–|—)\s?|\s(?:to|or|and)\s(?:around\s|about\s|perhaps\s|even\s)?", re.IGNORECASE
)
_CHANGED: Final = frozenset(
    (
        "rise",
        "increase",
        "climb",
        "fall",
        "drop",
        "go",
        "raise",
        "grow",
        "jump",
        "decline",
        "decrease",
        "revise",
        "shrink",
        "soar",
        "reduce",
        "up",
        "down",
        "change",
        "expand",
    )
)
_MONEY: Final = frozenset("$€£¥₽₹")


def is_part(quantity: Quantity) -> bool:
    """Whether the number is a part of another one ("including 13 soldiers"), not a total."""
    return quantity.wording.startswith("including")


def find(passage: Passage, times: Sequence[Mention]) -> list[Mention]:
    """The quantities of a passage that are no part of a time expression."""
    text = passage.text
    taken = sorted((m.span.start - passage.offset, m.span.end - passage.offset) for m in times)
    taken += [m.span() for m in _NO_NUMBERS.finditer(text)]
    singles = [n for n in numbers(text) if not any(s < n.end and n.start < e for s, e in taken)]
    found = (_quantity(passage, text, n) for n in _pairs(passage, text, singles))
    return [m for m in found if m is not None]


def _pairs(passage: Passage, text: str, singles: Sequence[Number]) -> Iterator[Number]:
    """The numbers, with "30 to 40" and "between 12 and 15" made one."""
    waiting = None
    for number in singles:
        both = _pair(passage, text, waiting, number) if waiting is not None else None
        if both is not None:
            waiting = both
            continue
        if waiting is not None:
            yield waiting
        waiting = number
    if waiting is not None:
        yield waiting


def _pair(passage: Passage, text: str, left: Number, right: Number) -> Number | None:
    join = text[left.end : right.core_start]
    low, most = left.bounds.low, right.bounds.high
    about = low is None and left.core.isdigit()
    low = int(left.core) if about else low
    if not _PAIR.fullmatch(join) or low is None or most is None or low >= most:
        return None
    if not about and left.bounds.high != low:
        return None
    word = join.strip().lower().split(" ")[0]
    lead = re.search(
        r"\b(between|from|anywhere between|anything from)\s$", text[: left.start][-24:], re.IGNORECASE
    )
    if word == "and" and lead is None:
        return None
    if word == "to" and _is_change(passage, left):
        return None
    start = left.start if lead is None else left.start - len(lead[0])
    wording = left.wording or (lead[1].lower() if lead else word)
    bounds = Bounds(None, None, low, most) if about else within(low, most)
    return Number(start, right.end, bounds, wording, right.core, right.core_start)


def _is_change(passage: Passage, number: Number) -> bool:
    """Whether "from 12 to 15" tells of a change, not of a range: "rose from 12 to 15"."""
    tokens = passage.doc.char_span(number.start, number.end, alignment_mode="expand")
    if tokens is None:
        return False
    for back in range(1, min(7, tokens.start) + 1):
        token = passage.doc[tokens.start - back]
        if token.lemma_.lower() in _CHANGED:
            return True
        if token.is_sent_start:
            break
    return False


def _quantity(passage: Passage, text: str, number: Number) -> Mention | None:
    """The mention of a number, None if it counts nothing."""
    doc = passage.doc
    tokens = doc.char_span(number.core_start, number.end, alignment_mode="expand")
    if tokens is None or _is_label(text, number, tokens[0]):
        return None
    token = tokens.root
    noun = counted(token) or counted(tokens[-1])
    unit = _unit(text, number, noun)
    of = effect(tokens[-1] if noun is None else noun, token)
    if _is_nothing(number, token, noun, of) or unit_class(unit) == "time":
        return None
    if of in _PERSONAL and unit in (None, "other"):
        unit = "person"
    low, high, usual_low, usual_high = number.bounds
    value = Quantity(
        low=low,
        high=high,
        usual_low=usual_low,
        usual_high=usual_high,
        unit=unit,
        of=of,
        wording=number.wording,
    )
    end = number.end
    if noun is not None and 0 < noun.idx + len(noun) - end < _FAR:
        end = noun.idx + len(noun)
    span = passage.at(number.start, end)
    return Mention(span=span, exact=passage.document.quote(span), kind=MentionKind.QUANTITY, value=value)


_FAR: Final = 60
_PERSONAL: Final = frozenset(
    ("killed", "injured", "killed-or-injured", "abducted", "arrested", "missing", "displaced")
)
_ABSTRACT: Final = frozenset(("no", "zero", "none", "no one", "nobody"))


def _unit(text: str, number: Number, noun: Token | None) -> str | None:
    before, after = text[max(number.core_start - 1, 0) : number.core_start], text[number.end : number.end + 1]
    if before in _MONEY or re.search(r"\b(?:US|USD|EUR|GBP|Rs\.?)\s?\$?$", text[: number.core_start][-6:]):
        return "dollar" if before == "$" else "money"
    if after == "%":
        return "percent"
    return lemma(noun) if noun is not None else None


@cache
def _labels() -> frozenset[str]:
    return frozenset(word for row in rows("numbered.tsv") for word in row[0].split("|"))


def _is_label(text: str, number: Number, token: Token) -> bool:
    """Ages, addresses, ranks, lists and names: a number that names and does not count."""
    before, after = text[: number.core_start], text[number.end :]
    line = before.rpartition("\n")[2].strip()
    if not line and after[:2] in (". ", ") ", ".\t"):
        return True
    if re.match(r"-(?:[a-z]+(?:st|nd|rd|th)|first|second|third)\b", after) or before[-1:] == "#":
        return True
    previous = token.nbor(-1) if token.i else None
    if previous is None or number.wording:
        return False
    if previous.lower_ in ("aged", "age", "ages"):
        return True
    if previous.lemma_ == "be" and any(t.lower_ in ("he", "she", "i", "who") for t in previous.lefts):
        return token.head.i <= token.i  # "when he was 17"
    if previous.text == "," and after[:1] in (",", ")") and token.i > 1 and token.nbor(-2).pos_ == "PROPN":
        return True
    counts = token.dep_ == "nummod" and token.head.i > token.i and unit_class(token.head.lower_) is not None
    named = previous.lower_.rstrip(".") in _labels() or (
        previous.pos_ == "PROPN" and previous.is_title and number.core.isdigit()
    )
    return named and not counts and before[-1:] == " "


def _is_nothing(number: Number, token: Token, noun: Token | None, of: str | None) -> bool:
    """Words that are numbers only beside the right noun: "one", "no", "both", "few"."""
    core = number.core
    if core in _ABSTRACT:
        return of is None or (
            noun is not None and unit_class(noun.lower_) not in ("person", "fighter", "force")
        )
    if core in ("many", "few", "numerous"):
        return noun is None and of is None
    if core == "both":
        return token.dep_ in ("preconj", "cc:preconj", "cc") or token.nbor(1).pos_ == "CCONJ"
    if core == "one":
        alone = noun is None and of is None
        return (
            alone
            or token.tag_ in ("PRP", "NN")
            or (token.i > 0 and token.nbor(-1).lower_ in ("no", "this", "that", "any", "every", "the"))
        )
    return False
