"""What the extractors of speech and commitment read off a dependency parse: ranges, dependents, subjects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc, Token

Range = tuple[int, int]

SUBJECTS: Final = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS: Final = frozenset(("nsubjpass", "csubjpass"))
#: Relations through which a verb without a subject of its own shares that of its head.
SHARING: Final = frozenset(("conj", "xcomp", "advcl", "dep", "pcomp", "prep", "parataxis"))
#: Verbs whose object does what an infinitive below them says.
OBJECT_CONTROL: Final = frozenset(
    ("ask", "urge", "tell", "lead", "force", "accuse", "order", "want", "allow")
)
#: How far up a chain of such verbs the subject is looked for.
HOPS: Final = 5
RELATIVES: Final = frozenset(("who", "which", "that", "whom"))
PUNCTUATION: Final = frozenset((",", ";", ":", "-", "–", "—", ".", "\n", " "))


def subtree(token: Token) -> Range:
    """The tokens that a token governs, from left edge to right edge."""
    return token.left_edge.i, token.right_edge.i + 1


def trimmed(doc: Doc, span: Range) -> Range:
    """A range without white space and separating marks at its ends."""
    start, end = span
    while start < end and (doc[start].text in PUNCTUATION or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in PUNCTUATION or doc[end - 1].is_space):
        end -= 1
    return start, end


def without(outer: Range, inner: Range) -> tuple[Range, ...]:
    """What is left of a range on both sides of another."""
    left, right = (outer[0], min(outer[1], inner[0])), (max(outer[0], inner[1]), outer[1])
    return tuple(r for r in (left, right) if r[0] < r[1])


def children(token: Token, *deps: str) -> list[Token]:
    """The dependents of a token in some relations, in order."""
    return [c for c in token.children if c.dep_ in deps]


def subject(verb: Token) -> Token | None:
    """Who does what a verb says, looked for up the chain of verbs that share a subject."""
    at = verb
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not children(verb, "aux"):
        return None
    for _ in range(HOPS):
        own = next((c for c in reversed(list(at.children)) if c.dep_ in SUBJECTS), None)
        if own is not None:
            return antecedent(own)
        if at.dep_ in ("acl", "relcl"):
            return at.head if at.tag_ == "VBG" or at.dep_ == "relcl" else None
        passive = next((c for c in at.children if c.dep_ in PASSIVE_SUBJECTS), None)
        if passive is not None:
            return None if at == verb else antecedent(passive)
        given = next((c for c in at.children if c.dep_ in ("dobj", "dative")), None)
        if at != verb and at.lemma_ in OBJECT_CONTROL and given is not None:
            return given
        if at.head == at or not (at.dep_ in SHARING or _is_predicate(at)):
            return None
        if at.dep_ == "prep" and at.lower_ in ("as", "of"):
            # "quotes a commander as saying", "accuses the army of killing".
            quoted = next(iter(children(at.head, "dobj", "nsubjpass")), None)
            if quoted is not None:
                return antecedent(quoted)
        at = at.head
    return None


def _is_predicate(word: Token) -> bool:
    """As in "was *able* to tout", "stopped *short* of calling": between a verb and the one below it."""
    return (
        word.dep_ in ("acomp", "advmod") and word.pos_ in ("ADJ", "ADV") and word.head.pos_ in ("VERB", "AUX")
    )


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, or the token itself."""
    if token.lower_ in RELATIVES and token.head.dep_ == "relcl":
        return token.head.head
    return token


def has_words(doc: Doc, span: Range) -> bool:
    """Whether a range holds anything but marks and white space."""
    return any(doc[i].is_alpha or doc[i].like_num for i in range(*span))


def merged(spans: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that touch or overlap made one."""
    out: list[Range] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
