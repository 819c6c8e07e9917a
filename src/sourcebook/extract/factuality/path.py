"""The words between an event and whoever vouches for it, from the event upwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.attribution.cues import CLAIMING, RESPONSIBILITY, Cue, look_up, nobody
from sourcebook.extract.factuality.signs import Operator, Sign, operator, sign_of
from sourcebook.extract.grammar import RELATIVES, children
from sourcebook.model import Factuality, Status

CERTAIN: Final = Sign(Factuality.CERTAIN, Factuality.CERTAINLY_NOT)
OPEN: Final = Sign(Factuality.UNCOMMITTED, Factuality.UNCOMMITTED)
PURPOSE: Final = Sign(Factuality.UNCOMMITTED, Factuality.UNCOMMITTED, Status.PLANNED)
AVOIDED: Final = Sign(Factuality.CERTAINLY_NOT, Factuality.CERTAINLY_NOT)
CLAIMED: Final = Sign(Factuality.CERTAIN, Factuality.CERTAINLY_NOT, Status.CLAIMED)
#: "Claimed the attack" and "has not claimed the attack" both take for granted that there was one.
GIVEN: Final = Sign(Factuality.CERTAIN, Factuality.CERTAIN)
FAILED: Final = Sign(Factuality.CERTAINLY_NOT, Factuality.CERTAIN, Status.ATTEMPTED)

#: Clauses with these openers are taken for granted: what is said of the main clause does not reach them.
GRANTED: Final = frozenset(("when", "after", "since", "because", "although", "though", "while", "as", "once"))
#: Prepositions through which a plan, a threat or a verb reaches the event it is about.
ABOUT: Final = frozenset(("of", "for", "on", "against", "about", "to", "at", "with", "from", "in", "over"))
#: Verbs that say of an event no more than that it takes place.
OCCURRING: Final = frozenset(
    ("occur", "happen", "take", "come", "follow", "ensue", "begin", "start", "continue")
)
#: With these, "would" tells what came to pass: "would later become".
AFTERWARDS: Final = frozenset(("later", "eventually", "subsequently", "ultimately", "finally", "soon"))
#: Nouns of which a clause says what they are: the clause holds whether the noun fits or not.
FACTS: Final = frozenset(
    ("coincidence", "surprise", "secret", "accident", "wonder", "fact", "shame", "tragedy")
)
LONGEST: Final = 12


class Link(NamedTuple):
    """What the word above does to the one below; None where the one below stands for itself."""

    word: Token
    sign: Sign | None
    complement: str
    cue: bool = False


class Node(NamedTuple):
    """A word on the way, what stands with it, and the link to the word above."""

    token: Token
    acting: tuple[tuple[Token, Operator], ...]
    link: Link | None


def path(predicate: Token, *, past_cues: bool = False) -> list[Node]:
    """The nodes from an event up to the cue that reports it, or to where a clause stands by itself."""
    found: list[Node] = []
    at: Token | None = predicate
    while at is not None and len(found) < LONGEST:
        link = _link(at)
        before = (
            found[-1].token
            if found and found[-1].link is not None and found[-1].link.complement == "conj"
            else None
        )
        acting = (a for a in _acting(at) if before is None or not _is_apart(before, at, a[1]))
        found.append(Node(at, tuple(acting), link))
        at = link.word if link is not None and (past_cues or not link.cue) else None
    return found


# Links -----------------------------------------------------------------------------------------------------


def _is_apart(joined: Token, verb: Token, acting: Operator) -> bool:
    """Neither was in the deal, and both vowed to go on: what denies one clause does not deny the next."""
    if acting.kind != "negation" or joined.pos_ not in ("VERB", "AUX"):
        return False
    own = bool(children(joined, "nsubj", "nsubjpass"))
    helped = {c.lemma_.lower() for c in children(verb, "aux")} & {"do", "can", "could", "will", "would"}
    return own or (joined.tag_ == "VBD" and bool(helped))


def _link(token: Token) -> Link | None:
    head, dep = token.head, token.dep_
    if head == token:
        return None
    if dep in ("ccomp", "xcomp", "acl", "acomp", "oprd", "attr", "relcl", "csubj"):
        return _clause(token, head)
    if dep == "pcomp":
        return _after_preposition(head)
    if dep in ("dobj", "nsubjpass", "compound", "pobj", "nsubj", "amod"):
        return _noun(token, head)
    if dep == "conj":
        return Link(head, CERTAIN, "conj")
    if dep == "advcl":
        return _adverbial(token, head)
    return None


def _clause(token: Token, head: Token) -> Link | None:
    complement = _complement(token)
    quality = next(iter(children(head, "acomp")), None) if head.lemma_ == "be" else None
    if quality is not None and quality != token and token.dep_ in ("ccomp", "xcomp", "csubj"):
        # "It is possible that": the adjective, not the verb, is what the clause depends on.
        given = sign_of(quality, complement)
        return Link(quality, given or (OPEN if complement == "infinitive" else CERTAIN), complement)
    if head.lemma_ == "be" and complement == "clause" and _is_no_chance(head):
        return Link(head, GIVEN, complement)
    if token.dep_ in ("acl", "relcl") and complement not in ("infinitive", "clause"):
        return None
    if token.dep_ in ("acomp", "attr", "oprd"):
        return Link(head, CERTAIN, token.dep_) if token.dep_ != "oprd" else None
    sign = _going(head, complement) or sign_of(head, complement)
    cue = look_up(head)
    if cue is not None and (complement == "clause" or complement in cue.takes):
        return Link(head, sign or _reported(_hearsay(head, cue)), complement, cue=True)
    if sign is None and complement == "infinitive" and (against := sign_of(head, "object")) is not None:
        # "foiled a plot to": the parser hangs the infinitive on the verb.
        sign = against if against.status is Status.FOILED else None
    if sign is None and complement == "infinitive":
        raised = cue is not None and bool(children(head, "auxpass"))
        sign = _reported(_hearsay(head, cue)) if raised and cue is not None else OPEN
        return Link(head, sign, complement, cue=raised)
    return Link(head, sign or CERTAIN, complement)


def _is_no_chance(verb: Token) -> bool:
    """It is no coincidence that three men were killed: they were, whether it is one or not."""
    return any(c.lemma_.lower() in FACTS for c in children(verb, "attr"))


def _hearsay(verb: Token, cue: Cue) -> str:
    """The commitment that a cue lends: less where nobody is named who said so ("is said to")."""
    unnamed = bool(children(verb, "auxpass")) and not children(verb, "agent")
    return Factuality.PROBABLE if unnamed and cue.commitment == Factuality.CERTAIN else cue.commitment


def _going(head: Token, complement: str) -> Sign | None:
    if head.lower_ in ("going", "gon") and complement == "infinitive":
        return Sign(Factuality.PROBABLE, Factuality.PROBABLY_NOT, Status.PLANNED)
    return None


def _complement(token: Token) -> str:
    if any(c.tag_ == "TO" for c in token.children):
        return "infinitive"
    if token.dep_ in ("ccomp", "csubj") or children(token, "mark"):
        return "clause"
    return "gerund" if token.tag_ == "VBG" else "bare"


def _reported(commitment: str) -> Sign:
    """A cue as a signature: what its speaker holds, and what is left when the cue is negated."""
    value = Factuality(commitment)
    if value is Factuality.CERTAINLY_NOT:
        return Sign(value, Factuality.POSSIBLE, Status.DENIED)
    if value is Factuality.PROBABLE:
        return Sign(value, Factuality.PROBABLY_NOT)
    return Sign(value, Factuality.UNCOMMITTED)


def _after_preposition(preposition: Token) -> Link | None:
    above = preposition.head
    if preposition.lower_ in ("without", "instead", "than"):
        return Link(preposition, AVOIDED, "without")
    cue = look_up(above)
    if cue is not None and preposition.lower_ in cue.takes:
        return Link(above, _reported(_hearsay(above, cue)), "gerund", cue=True)
    sign = sign_of(above, "gerund") or (sign_of(above, "infinitive") if above.pos_ == "NOUN" else None)
    return Link(above, sign, "gerund") if sign is not None and preposition.lower_ in ABOUT else None


def _noun(token: Token, head: Token) -> Link | None:
    if head.pos_ == "ADP":
        if head.head == head:
            return None
        preposition, above = head, head.head
        if above.lemma_.lower() in RESPONSIBILITY:
            return _responsibility(token, above)
        if preposition.lower_ == "without":
            return Link(preposition, AVOIDED, "without")
        if preposition.lower_ not in ABOUT:
            return None
    else:
        above = head
    return _object(token, above)


def _object(token: Token, above: Token) -> Link | None:
    if token.dep_ == "nsubj":
        return _subject(above)
    lemma = above.lemma_.lower()
    if lemma == "claim" and above.pos_ == "VERB" and token.dep_ in ("dobj", "nsubjpass"):
        return Link(above, GIVEN if definite(token) else CLAIMED, "object", cue=True)
    sign = sign_of(above, "object")
    if sign is None or token.dep_ == "amod":
        return None
    if sign.status is Status.FOILED and definite(token):
        sign = sign._replace(unknown=Factuality.CERTAIN)
    return Link(above, sign, "object")


def _subject(verb: Token) -> Link | None:
    """A noun as a subject: it shares the fate of "happened" and "failed", not of other verbs."""
    if verb.lemma_ == "fail" and not children(verb, "xcomp"):
        return Link(verb, FAILED, "subject")
    sign = sign_of(verb, "object")
    if sign is not None and sign.status is Status.FOILED and not children(verb, "dobj", "ccomp", "xcomp"):
        # A headline without its auxiliary: "Attack on bridge prevented".
        return Link(verb, sign, "object")
    if verb.lemma_ in OCCURRING and not children(verb, "xcomp"):
        return Link(verb, CERTAIN, "subject")
    return None


def _responsibility(token: Token, noun: Token) -> Link | None:
    verb = noun.head
    if verb.lemma_.lower() in CLAIMING:
        return Link(verb, GIVEN if definite(token) else CLAIMED, "responsibility", cue=True)
    if verb.lemma_.lower() == "deny":
        return Link(
            verb, Sign(Factuality.CERTAIN, Factuality.CERTAIN, Status.DENIED), "responsibility", cue=True
        )
    return None


def _headline(noun: Token) -> tuple[Token, Operator] | None:
    """A participle that ends a line without a finite verb: "Attack on bridge prevented"."""
    if noun.dep_ != "ROOT":
        return None
    words = [t for t in noun.sent if t.is_alpha]
    if (
        not words
        or words[-1].tag_ not in ("VBN", "VBD")
        or any(t.tag_ in ("VBZ", "VBP", "MD") for t in words)
    ):
        return None
    sign = sign_of(words[-1], "object")
    if sign is None or sign.status is None:
        return None
    return words[-1], Operator("described", sign.holds, sign.status)


def definite(noun: Token) -> bool:
    """Whether a noun speaks of something already known to have been: "the attack", "Friday's attack"."""
    articles = {c.lower_ for c in children(noun, "det")}
    return bool(articles & {"the", "this", "that", "these", "those", "both"}) or bool(children(noun, "poss"))


def _adverbial(token: Token, head: Token) -> Link | None:
    marks = {c.lower_ for c in children(token, "mark")}
    if GRANTED & {c.lower_ for c in children(token, "mark", "advmod")}:
        return None
    if any(c.tag_ == "TO" for c in token.children):
        sign = sign_of(head, "infinitive")
        return Link(head, sign or PURPOSE, "infinitive" if sign else "purpose")
    if token.tag_ == "VBG" and not marks:
        return Link(head, CERTAIN, "participle")
    return None


# What stands with a word -----------------------------------------------------------------------------------


def _acting(token: Token) -> Iterator[tuple[Token, Operator]]:
    for child in token.children:
        found = _child(token, child)
        if found is not None:
            # "no soldier was killed": the word that moved it is "no".
            yield next((c for c in child.children if operator("negation", c)), child), found
    if token.dep_ == "advcl" and _awaited(token):
        yield token, Operator("marker", Factuality.UNCOMMITTED, Status.HYPOTHETICAL)
    if token.dep_ == "advcl" and token.tag_ == "VBN" and token.left_edge.lower_ in ("had", "should", "were"):
        yield token.left_edge, Operator("conditional", Factuality.UNCOMMITTED, Status.HYPOTHETICAL)
    yield from _sentence(token)
    if token.pos_ in ("NOUN", "PROPN"):
        yield from _described(token)


def _child(token: Token, child: Token) -> Operator | None:
    dep = child.dep_
    if dep == "aux":
        return _modal(token, child) if child.tag_ == "MD" else None
    if _only(child):
        return None
    if dep == "neg" or (dep in ("advmod", "det", "preconj") and operator("negation", child)):
        return operator("negation", child) or Operator("negation", Factuality.CERTAINLY_NOT)
    if dep in ("nsubj", "nsubjpass", "dobj") and token.pos_ in ("VERB", "AUX") and nobody(child):
        return Operator("negation", Factuality.CERTAINLY_NOT)
    if dep == "advmod":
        return operator("adverb", child)
    if dep == "mark":
        return operator("marker", child)
    if dep in ("amod", "compound") and token.pos_ in ("NOUN", "PROPN"):
        return operator("modifier", child)
    if dep == "advcl" and any(c.lower_ in ("if", "unless") for c in children(child, "mark")):
        return Operator("conditional", Factuality.UNCOMMITTED, Status.HYPOTHETICAL)
    return None


def _awaited(verb: Token) -> bool:
    """Until the army has taken the town: it has not yet."""
    marks = {c.lower_ for c in children(verb, "mark")}
    now = verb.tag_ in ("VBZ", "VBP") or any(c.lower_ in ("has", "have") for c in children(verb, "aux"))
    return bool(marks & {"until", "till"}) and now


def _only(child: Token) -> bool:
    """Not only, not just: what follows is so, and more."""
    after = child.i + 1
    return (
        child.lower_ == "not"
        and after < len(child.doc)
        and child.doc[after].lower_ in ("only", "just", "merely")
    )


def _modal(verb: Token, modal: Token) -> Operator | None:
    """A modal; "would" below a past-tense cue is the "will" of that time, "would later" is what happened."""
    if modal.lower_ in ("would", "should") and any(
        c.lower_ in ("have", "’ve", "'ve") for c in children(verb, "aux")
    ):
        return Operator("modal", Factuality.PROBABLY_NOT, Status.HYPOTHETICAL)
    if modal.lower_ == "would" and any(c.lower_ in AFTERWARDS for c in children(verb, "advmod")):
        return None
    if modal.lower_ == "would" and verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN"):
        return Operator("modal", Factuality.PROBABLE, Status.PLANNED)
    return operator("modal", modal)


def _sentence(token: Token) -> Iterator[tuple[Token, Operator]]:
    """What the sentence is: a question or a command, if the word is its main verb."""
    if token.dep_ not in ("ROOT", "conj") or token.pos_ not in ("VERB", "AUX"):
        return
    last = token.sent[-1]
    while last.i > token.i and (last.is_space or last.is_quote):
        last = last.nbor(-1)
    if last.text == "?" and any(t.tag_ in ("WRB", "WP", "WDT") for t in token.sent[:3]):
        # "Why did they attack?" takes for granted that they did.
        return
    if last.text == "?":
        yield last, Operator("question", Factuality.UNCOMMITTED, Status.HYPOTHETICAL)
    elif token.tag_ == "VB" and token.dep_ == "ROOT" and not children(token, "nsubj", "nsubjpass", "aux"):
        yield token, Operator("command", Factuality.UNCOMMITTED, Status.HYPOTHETICAL)


def _described(noun: Token) -> Iterator[tuple[Token, Operator]]:
    """Clauses that say what became of a noun: "an attack planned for May", "a raid that failed"."""
    headline = _headline(noun)
    if headline is not None:
        yield headline
    for verb in children(noun, "acl", "relcl"):
        passive = verb.tag_ == "VBN" and (verb.dep_ == "acl" or children(verb, "auxpass"))
        sign = sign_of(verb, "object") if passive else None
        if verb.lemma_ == "fail" and any(c.lower_ in RELATIVES for c in verb.children):
            sign = FAILED
        if sign is not None and sign.status is not None:
            yield verb, Operator("described", sign.holds, sign.status)
    if noun.i and noun.i + 1 < len(noun.doc) and noun.nbor(1).is_quote:
        start = next((i for i in range(noun.i - 1, max(noun.i - 4, -1), -1) if noun.doc[i].is_quote), None)
        if start is not None:
            yield noun.doc[start], Operator("scare-quotes", Factuality.POSSIBLE)
