"""How surely a speaker commits to an event, and what became of it.

The value is composed along the path from whoever vouches for the event down to its word, by what each word on
the way implies of the one below: implicative and factive signatures after Nairn, Condoravdi and Karttunen
(2006), values after FactBank (Sauri and Pustejovsky 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.attribution.cues import look_up
from sourcebook.extract.factuality.path import Node, definite, path
from sourcebook.extract.factuality.signs import Operator, Sign, flipped, through, weakest
from sourcebook.extract.notes import Notes
from sourcebook.model import Attribution, Factuality, Status

#: Cues with which a group speaks of its own acts.
OWN_ACTS: Final = frozenset(("claim", "boast", "announce", "say", "declare", "confirm", "state"))
#: Statuses that no word nearer to the event takes back: a foiled plan stays foiled.
COME_TO_NOTHING: Final = frozenset((Status.FOILED, Status.ATTEMPTED))
PRONOUNS: Final = frozenset(("it", "they", "he", "she", "we", "i"))


class Judgement(NamedTuple):
    """A value, a status, and the words that moved either."""

    value: Factuality
    status: Status | None
    words: tuple[str, ...]


def assess(notes: Notes, predicate: Token) -> tuple[Factuality, Status]:
    """The commitment of the innermost speaker to the event at `predicate`, and its status."""
    judged = judge(notes, predicate)
    return judged.value, judged.status or _plain(judged.value)


def explain(notes: Notes, predicate: Token) -> tuple[str, ...]:
    """The words that moved the assessment, outermost first; empty for a plain assertion."""
    return judge(notes, predicate).words


def judge(notes: Notes, predicate: Token) -> Judgement:
    """The assessment with its reasons."""
    nodes = path(predicate)
    start = _spoken(notes, predicate, nodes)
    return _own_act(notes, predicate, nodes, composed(nodes, start))


def composed(nodes: Sequence[Node], start: Judgement) -> Judgement:
    """The value at the first node of a path, given that of whoever stands above the last."""
    value, status, words = start
    for node in reversed(nodes):
        link = node.link
        if link is not None and link.sign is not None:
            if link.cue:
                # The cue's own negation is read here, what stands above the cue belongs to another speaker.
                for word, acting in _negations(link.word):
                    value, status = _act(value, status, acting)
                    words = (*words, word)
            before = value, status
            value, status = _below(link.sign, value, status)
            if (value, status) != before or link.cue:
                words = (*words, link.word.text)
        for token, acting in node.acting:
            value, status = _act(value, status, acting)
            words = (*words, token.text)
    if value is Factuality.UNCOMMITTED and status is Status.DENIED:
        status = None
    return Judgement(value, status, words)


def _negations(cue: Token) -> list[tuple[str, Operator]]:
    return [(t.text, o) for t, o in path(cue)[0].acting if o.kind == "negation"]


def _below(sign: Sign, value: Factuality, status: Status | None) -> tuple[Factuality, Status | None]:
    """What a word makes of the event below it; one that has come to nothing already stays so."""
    if status in COME_TO_NOTHING and sign.holds is not Factuality.CERTAIN:
        return value, status
    result = through(sign, value)
    if value is Factuality.UNCOMMITTED and status is Status.HYPOTHETICAL and result is value:
        return value, status
    if sign.status is not None:
        # Who did not try did not attempt: the status is then that of the value alone.
        if value is Factuality.UNCOMMITTED and result is not value:
            return result, None
        return result, None if value.denies and sign.holds != sign.fails else sign.status
    return result, None if result is Factuality.CERTAIN else status


def _act(value: Factuality, status: Status | None, acting: Operator) -> tuple[Factuality, Status | None]:
    if acting.kind == "negation":
        if status is Status.DENIED:
            return flipped(value), status
        return flipped(value), status if value is Factuality.UNCOMMITTED else Status.DENIED
    if status in COME_TO_NOTHING:
        return value, status
    if acting.value.denies:
        return acting.value, acting.status or status
    if acting.kind == "modal" and acting.status is Status.PLANNED and value is not Factuality.CERTAIN:
        return weakest(value, acting.value), status or Status.HYPOTHETICAL
    return weakest(value, acting.value), acting.status or status


def _spoken(notes: Notes, predicate: Token, nodes: Sequence[Node]) -> Judgement:
    """What the innermost speaker's cue gives where it is not on the path: "reportedly"."""
    plain = Judgement(Factuality.CERTAIN, None, ())
    chain = notes.speakers(notes.passage.span(predicate))
    if not chain or any(n.link is not None and n.link.cue for n in nodes):
        return plain
    cue = _cue(notes, chain[-1])
    known = look_up(cue) if cue is not None else None
    seen = {n.token for n in nodes} | {word for n in nodes for word, _ in n.acting}
    if cue is None or known is None or cue in seen:
        return plain
    value = Factuality(known.commitment)
    if value is Factuality.CERTAINLY_NOT and definite(predicate):
        # "denied any role in the ambush": there was an ambush.
        return plain
    if known.commitment != Factuality.CERTAIN and _is_aside(nodes[-1].token):
        return plain
    denied = Status.DENIED if value is Factuality.CERTAINLY_NOT else None
    return Judgement(value, denied, () if value is Factuality.CERTAIN else (cue.text,))


def _is_aside(verb: Token) -> bool:
    """Hard to imagine that a practice that has been condemned can go on: it has been condemned."""
    told = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} & {
        "has",
        "have",
        "had",
        "was",
        "were",
    }
    relative = verb.dep_ == "relcl" and any(c.lower_ in ("who", "which", "that") for c in verb.lefts)
    return relative and (verb.tag_ == "VBD" or bool(told))


def _cue(notes: Notes, said: Attribution) -> Token | None:
    tokens = notes.passage.tokens(said.cue) if said.cue is not None else None
    return tokens.root if tokens is not None else None


def _own_act(notes: Notes, predicate: Token, nodes: Sequence[Node], judged: Judgement) -> Judgement:
    """An act that its own author reports is claimed: "the group said it had killed ten soldiers"."""
    if judged.status is not None or not judged.value.asserts or len(nodes) != 1:
        return judged
    link = nodes[0].link
    if link is None or not link.cue or link.word.lemma_ not in OWN_ACTS:
        return judged
    chain = notes.speakers(notes.passage.span(predicate))
    armed = bool(chain) and chain[-1].kind == "armed_group"
    actor = next((c for c in predicate.children if c.dep_ == "nsubj"), None)
    own = actor is not None and actor.lower_ in PRONOUNS
    if own and (armed or link.word.lemma_ in ("claim", "boast")):
        return judged._replace(status=Status.CLAIMED)
    return judged


def _plain(value: Factuality) -> Status:
    """The status that follows from a value alone."""
    if value.denies:
        return Status.DENIED
    if value in (Factuality.CERTAIN, Factuality.PROBABLE):
        return Status.ACCOMPLISHED
    return Status.HYPOTHETICAL
