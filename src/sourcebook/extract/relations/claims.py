"""Makes claims: evidence, speakers, commitment, and the times of the trigger's clause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract import factuality
from sourcebook.extract.relations import grammar, table
from sourcebook.extract.relations.cast import ORGANISED, Cast
from sourcebook.model import Argument, Claim, Factuality, Form, Mention, MentionKind, Span

_ORDER: Final = ("subject", "object", "value", "date", "from", "until", "location", "scope")
_SINCE: Final = frozenset(("since", "from"))
_UNTIL: Final = frozenset(("until", "till", "to", "through"))


class Found(NamedTuple):
    """A claim and the mentions that fill it, those made to carry words among them."""

    claim: Claim
    mentions: tuple[Mention, ...]


class Said(NamedTuple):
    """A trigger and how its words commit the speaker.

    `anchor` is the verb that asserts it; None where the words take it for granted ("the group's leader
    Ann Orr"), so that what is said of the sentence is not said of the relation.
    """

    trigger: Token
    anchor: Token | None
    last: Token | None = None


def claim(
    cast: Cast, predicate: str, said: Said, arguments: Iterable[tuple[str, Mention]], *, sure: float = 1.0
) -> Found:
    """The claim that the arguments stand in the relation that the trigger names."""
    chosen = list(
        dict.fromkeys((role, _lifted(cast, m) if role == "subject" else m) for role, m in arguments)
    )
    trigger = _trigger(cast, said)
    spans = [m.span for _, m in chosen]
    commitment = _commitment(cast, said)
    made = Claim(
        predicate=predicate,
        trigger=trigger,
        evidence=_evidence(cast, [trigger, *spans]),
        arguments=tuple(
            Argument(role, m.id) for role, m in sorted(chosen, key=lambda a: (_ORDER.index(a[0]), a[1].span))
        ),
        attribution=cast.notes.speakers(trigger),
        factuality=commitment,
        confidence=sure,
    )
    return Found(made, tuple(m for _, m in chosen))


def _lifted(cast: Cast, mention: Mention) -> Mention:
    """What a description that is a predicate or an apposition is said of: the X of "X is a group"."""
    if mention.form is not Form.NOMINAL or mention.antecedent is not None:
        return mention
    root = cast.tokens(mention).root
    verb = grammar.copula(root)
    heads = grammar.subjects(verb) if verb is not None else [root.head] if root.dep_ == "appos" else []
    found = [m for m in cast.all(heads, ORGANISED) if not m.span.overlaps(mention.span)]
    return found[0] if found else mention


def _trigger(cast: Cast, said: Said) -> Span:
    last = said.last if said.last is not None and said.last.i > said.trigger.i else said.trigger
    return cast.passage.span(said.trigger.doc[said.trigger.i : last.i + 1])


def _evidence(cast: Cast, spans: list[Span]) -> Span:
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    tokens = cast.passage.tokens(cast.passage.document.span(start, end))
    if tokens is None:
        return spans[0]
    first, last = tokens[0].sent, tokens[-1].sent
    return cast.passage.span(tokens.doc[first.start : last.end])


def _commitment(cast: Cast, said: Said) -> Factuality:
    hedged = _hedge(said.trigger)
    if hedged is not None:
        return hedged
    if said.anchor is None:
        return Factuality.CERTAIN
    return factuality.assess(cast.notes, said.anchor)[0]


def _hedge(trigger: Token) -> Factuality | None:
    """As in "the alleged leader": the noun's own modifiers, whatever its clause says."""
    hedges = table.words("hedge")
    found = [
        hedges[c.lower_] for c in trigger.children if c.lower_ in hedges and c.dep_ in ("amod", "advmod")
    ]
    return Factuality(found[0]) if found else None


def times(cast: Cast, trigger: Token) -> list[tuple[str, Mention]]:
    """The times that date the trigger: those of its own phrase or of the verb it belongs to."""
    found: list[tuple[str, Mention]] = []
    for mention in cast.within(cast.passage.span(trigger.sent), (MentionKind.TIME,)):
        root = cast.tokens(mention).root
        governor, preposition = _governor(root)
        homes = (trigger, *_homes(trigger))
        if governor in homes or any(_reaches(governor, home) for home in homes):
            within = governor not in homes and any(a.lower_ == "since" for a in governor.ancestors)
            found.append(("from" if within else _role(preposition), mention))
    return found


def _homes(trigger: Token) -> tuple[Token, ...]:
    """The words whose times are the trigger's: its copula, its object, the verb that it is object of."""
    homes = [c for c in trigger.children if c.dep_ in ("dobj", "attr", "prt")]
    if trigger.pos_ in ("NOUN", "PROPN", "ADJ"):
        verb = grammar.copula(trigger)
        homes = [verb] if verb is not None else []
    elif trigger.dep_ == "xcomp":
        homes.append(trigger.head)
    return tuple(homes)


def _governor(token: Token) -> tuple[Token, str]:
    """What a time expression hangs on, and the preposition between, outermost first."""
    preposition = ""
    while token.dep_ in (
        "pobj",
        "pcomp",
        "prep",
        "nmod",
        "compound",
        "nummod",
        "amod",
        "quantmod",
        "npadvmod",
    ):
        if token.dep_ == "prep":
            preposition = preposition or token.lower_
        at_phrase = token.dep_ in ("prep", "npadvmod")
        token = token.head
        if at_phrase and token.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            break
    later = token.dep_ in ("advmod", "tmod") and token.pos_ not in ("VERB", "AUX")
    return (token.head, preposition) if later else (token, preposition)


def _reaches(token: Token, trigger: Token) -> bool:
    """Whether the noun is inside an argument of the trigger, no other verb or "of" between."""
    while token.dep_ in ("pobj", "prep", "dobj", "attr", "oprd") and token.lower_ != "of":
        token = token.head
        if token == trigger:
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _role(preposition: str) -> str:
    if preposition in _SINCE:
        return "from"
    return "until" if preposition in _UNTIL else "date"
