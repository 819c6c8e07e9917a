"""Claims that two names are of one actor: "X (Y)", "X, also known as Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sourcebook.extract.names.defined import BRACKET, abbreviates
from sourcebook.extract.notes import Notes
from sourcebook.model import Argument, Claim, Form, Mention, MentionKind, Span

_OPENS = (
    r"(?:who |which |that )?(?:(?:is|was|are|were|has been|had been|came to be|became|later|then|now|once) )?"
)
_ADVERBS = r"(?:(?:also|better|formerly|otherwise|commonly|widely|previously|locally|usually|often) ){0,2}"
_KNOWN = r"known (?:in \w{1,20} |locally |simply |by (?:its|the|his|her) \w{1,20} )?(?:as|by)"
_CALLED = (
    r"called|nicknamed|dubbed|referred to as|abbreviated (?:as|to)|operating as|calling itself"
    r"|renamed(?: as)?|going by the name(?: of)?|whose (?:real|full) name (?:is|was)"
)
_CUE = re.compile(
    rf"[”\"]?,? (?:{_OPENS}{_ADVERBS}(?:{_KNOWN}|{_CALLED})|a\.?k\.?a\.?|alias|formerly|or)"
    r"[,:]? (?:the |simply |by )?[“\"‘']?"
)
_ACTORS: Final = frozenset(k for k in MentionKind if k.is_entity) - {MentionKind.PLACE, MentionKind.FACILITY}


def aliases(notes: Notes) -> list[Claim]:
    """Claims of the predicate `alias`: subject is the name that is introduced first, object the other."""
    actors = [m for m in notes.mentions if m.kind in _ACTORS and m.form is not Form.PRONOUN]
    starts = {m.span.start: m for m in actors if m.form is Form.NAME}
    return [claim for m in actors for claim in _of(notes, m, starts)]


def _of(notes: Notes, mention: Mention, starts: dict[int, Mention]) -> Iterator[Claim]:
    text = notes.passage.text
    offset = notes.passage.offset
    end = mention.span.end - offset
    bracket = BRACKET.match(text, end)
    if bracket and mention.form is Form.NAME:
        other = starts.get(offset + bracket.start(1))
        if other and _inner(notes, mention, other):
            return
        if other and other.span.end == offset + bracket.end(1) and _fits(mention, other):
            yield _claim(
                notes, mention, other, (text.index(bracket[0].lstrip("”\"’' ")[0], end), bracket.end())
            )
        return
    cue = _CUE.match(text, end)
    other = starts.get(offset + cue.end()) if cue else None
    if (
        cue
        and other
        and (cue[0].strip(" ,“\"‘'") not in ("or", "or the") or _either(mention, other, text, offset))
    ):
        words = cue[0].strip(" ,“\"‘'”:")
        start = text.index(words, cue.start())
        yield _claim(notes, mention, other, (start, start + len(words)))


def _inner(notes: Notes, mention: Mention, other: Mention) -> bool:
    """Whether the bracket is of a name that ends the mention: "Joint Staff of the Northern Pact (NP)"."""
    return any(
        m.form is Form.NAME and m.span.end == mention.span.end and abbreviates(other.name, m.name)
        for m in notes.within(mention.span)
        if m.span != mention.span
    )


def _fits(mention: Mention, other: Mention) -> bool:
    """Two names of one kind, or a name and its initials; "Jones (Reuters)" is neither."""
    return (
        mention.kind == other.kind
        or abbreviates(other.name, mention.name)
        or abbreviates(mention.name, other.name)
    )


def _either(mention: Mention, other: Mention, text: str, offset: int) -> bool:
    """Whether "or" gives another name of the same: "X, or Y," does; "X or Y" names two."""
    closed = text[other.span.end - offset : other.span.end - offset + 1] in (",", ")", "”")
    commaed = text[mention.span.end - offset : mention.span.end - offset + 1] == ","
    return abbreviates(other.name, mention.name) or (closed and commaed and mention.kind == other.kind)


def _claim(notes: Notes, subject: Mention, other: Mention, trigger: tuple[int, int]) -> Claim:
    at: Span = notes.passage.at(*trigger)
    sentence = notes.passage.tokens(subject.span)
    evidence = notes.passage.span(sentence.sent) if sentence is not None else at
    low = min(evidence.start, subject.span.start)
    high = max(evidence.end, other.span.end, at.end)
    arguments: Sequence[Argument] = (Argument("subject", subject.id), Argument("object", other.id))
    return Claim(
        predicate="alias",
        trigger=at,
        evidence=notes.passage.document.span(low, high),
        arguments=tuple(arguments),
        attribution=notes.speakers(at),
    )
