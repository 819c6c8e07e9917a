"""Syntactic functions over a spaCy parse: who is subject, object, owner or holder, whatever the voice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from spacy.tokens import Token

SUBJECTS: Final = ("nsubj", "nsubjpass")
OBJECTS: Final = ("dobj", "dative")
COPULAS: Final = frozenset(("be", "become", "remain", "stay"))

#: Verbs whose object is the subject of the infinitive after it: "ordered the unit to fight".
OBJECT_CONTROL: Final = frozenset(
    ("order", "urge", "ask", "tell", "force", "allow", "help", "persuade", "encourage", "command", "enable")
)

_DEPTH: Final = 6


def spread(tokens: Iterable[Token]) -> list[Token]:
    """The tokens and those coordinated with them, to the right, in text order."""
    found: dict[int, Token] = {}
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        if token.i not in found:
            found[token.i] = token
            waiting += [c for c in token.children if c.dep_ == "conj"]
    return [found[i] for i in sorted(found)]


def referent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.tag_ not in ("WDT", "WP"):
        return token
    clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    return clause.head if clause is not None else token


def passive(verb: Token) -> bool:
    """Whether the verb's surface subject is what the action is done to."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod", "advcl"):
        return True
    return verb.dep_ == "conj" and not has_subject(verb) and passive(verb.head)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in verb.children)


def subjects(verb: Token, depth: int = _DEPTH) -> list[Token]:
    """The surface subjects, inherited through coordination, participles and infinitives."""
    own = [referent(c) for c in verb.children if c.dep_ in SUBJECTS]
    if own or depth == 0:
        return spread(own)
    head = verb.head
    match verb.dep_:
        case "relcl":
            return [head]
        case "acl":
            return [head] if verb.tag_ in ("VBG", "VBN") else _controllers(head, depth)
        case "xcomp" if head.lemma_ in OBJECT_CONTROL:
            return spread(c for c in head.children if c.dep_ in OBJECTS) or subjects(head, depth - 1)
        case "conj" | "xcomp" | "advcl" | "ccomp":
            return subjects(head, depth - 1) if head.pos_ in ("VERB", "AUX") else []
        case "pcomp":
            return _controllers(head.head, depth)
        case "ROOT":
            return _severed(verb)
    return []


def _severed(verb: Token) -> list[Token]:
    """The subject that the parser cut off as a sentence of its own: "Front | seems to have been"."""
    first = min((verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i)))
    if first != verb.sent.start or first == 0 or verb.tag_ not in ("VBZ", "VBD", "VBP"):
        return []
    before = verb.doc[first - 1]
    return [before] if before.dep_ == "ROOT" and before.pos_ in ("PROPN", "NOUN", "PRON") else []


def _controllers(governor: Token, depth: int) -> list[Token]:
    """Who does the infinitive or gerund that hangs on a verb, or on the object of one ("a bid to")."""
    if governor.pos_ in ("VERB", "AUX"):
        return subjects(governor, depth - 1)
    owners = [c for c in governor.children if c.dep_ == "poss"]
    if owners:
        return spread(owners)
    if governor.dep_ in ("dobj", "pobj", "attr"):
        verb = governor.head if governor.dep_ != "pobj" else governor.head.head
        return subjects(verb, depth - 1) if verb.pos_ in ("VERB", "AUX") else []
    return []


def agents(verb: Token) -> list[Token]:
    """Who does what the verb says: its subject, or the "by" of a passive."""
    return after(verb, ("by",)) if passive(verb) else subjects(verb)


def patients(verb: Token) -> list[Token]:
    """What it is done to: the object, the subject of a passive, or the noun of a relative clause."""
    if passive(verb):
        return subjects(verb)
    objects = spread(referent(c) for c in verb.children if c.dep_ == "dobj")
    if objects or verb.dep_ != "relcl":
        return objects
    stranded = any(c.tag_ in ("WDT", "WP") and c.dep_ in SUBJECTS for c in verb.children)
    return [] if stranded or not has_subject(verb) else [verb.head]


def after(token: Token, prepositions: Collection[str]) -> list[Token]:
    """What follows the given prepositions that hang on the token, coordinated nouns included."""
    found = [
        c
        for preposition in _prepositions(token)
        if preposition.lower_ in prepositions
        for c in preposition.children
        if c.dep_ in ("pobj", "pcomp")
    ]
    return spread(referent(c) for c in found)


def _prepositions(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "ADV", "VERB"):
            yield child
            yield from (c for c in child.children if c.dep_ in ("prep", "conj") and c.pos_ == "ADP")


def clause(token: Token) -> Token:
    """The verb that heads the clause of the token, or the root if there is none."""
    for ancestor in (token, *token.ancestors):
        if ancestor.pos_ in ("VERB", "AUX") and ancestor.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return ancestor
    return token.sent.root


def copula(noun: Token) -> Token | None:
    """The copula whose predicate the noun is ("is the leader of"), if it is one."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ in ("attr", "acomp") and noun.head.lemma_ in COPULAS:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "at" and noun.head.head.lemma_ in COPULAS:
        return noun.head.head
    return None


def negated(token: Token) -> bool:
    """Whether the token's own words negate it: "not", "never", "no"."""
    return any(c.dep_ == "neg" or c.lower_ in ("no", "neither") for c in token.children)


def between(left: int, right: int, token: Token) -> list[Token]:
    """The tokens of the token's document from index `left` up to, not including, `right`."""
    return list(token.doc[left:right]) if left < right else []


def habitual(verb: Token) -> bool:
    """Whether the verb says how things stand rather than what once happened: "fights", "is fighting"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    if verb.tag_ == "VBG":
        return bool(auxiliaries & {"is", "are", "been", "'s", "’s", "was", "were"}) or verb.dep_ == "acl"
    return verb.tag_ == "VBN" and passive(verb) and bool(auxiliaries & {"is", "are"})


def examples(tokens: Iterable[Token]) -> list[Token]:
    """The tokens and what is given as examples of them: "groups such as A and B", "including C"."""
    found = list(tokens)
    for token in tokens if isinstance(tokens, list) else list(found):
        found += after(token, ("as", "including", "like")) if token.tag_ in ("NNS", "NNPS") else []
    return found


def phrase(token: Token) -> tuple[Token, Token]:
    """First and last token of what the token governs, without a relative clause or trailing mark."""
    last = token.right_edge
    cut = next((c for c in token.children if c.dep_ in ("relcl", "advcl", "punct") and c.i > token.i), None)
    if cut is not None and cut.dep_ != "punct":
        last = token.doc[cut.left_edge.i - 1]
    further = next((c for c in token.children if c.dep_ == "conj" and has_subject(c)), None)
    if further is not None and token.i < further.left_edge.i:
        last = token.doc[further.left_edge.i - 1]
        while last.i > token.i and (last.dep_ in ("cc", "prep") or last.is_punct):
            last = last.nbor(-1)
    while (
        last.i > token.i and (last.is_punct or last.pos_ == "SPACE") and last.text not in (")", "”", '"', "’")
    ):
        last = last.nbor(-1)
    return token.left_edge, last


def paragraph(left: Token, right: Token) -> bool:
    """Whether no blank line stands between two tokens."""
    return "\n" not in left.doc[min(left.i, right.i) : max(left.i, right.i) + 1].text
