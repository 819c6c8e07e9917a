"""Who speaks: the mention that a source's noun phrase is or holds, and the kind of speaker it names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.grammar import children
from sourcebook.extract.notes import Notes
from sourcebook.extract.wordlists import rows
from sourcebook.model import NOT_ENTITIES, Form, Mention, MentionKind

ENTITIES: Final = tuple(k for k in MentionKind if k not in NOT_ENTITIES)

#: The kind of speaker that a mention of each kind is, if no noun says more.
BY_MENTION: Final = {
    MentionKind.ARMED_GROUP: "armed_group", MentionKind.GOVERNMENT: "government",
    MentionKind.PLACE: "government", MentionKind.SECURITY_FORCE: "security_force",
    MentionKind.MEDIA: "media", MentionKind.PEOPLE: "people", MentionKind.ORGANIZATION: "organization",
    MentionKind.FACILITY: "organization", MentionKind.PERSON: "person", MentionKind.IDEA: "document",
}  # fmt: skip

#: The kind of mention that a speaker of each kind is.
BY_SPEAKER: Final = {
    "armed_group": MentionKind.ARMED_GROUP, "government": MentionKind.GOVERNMENT, "media": MentionKind.MEDIA,
    "security_force": MentionKind.SECURITY_FORCE, "people": MentionKind.PEOPLE, "document": MentionKind.IDEA,
    "organization": MentionKind.ORGANIZATION,
}  # fmt: skip

BY_ENTITY: Final = {"ORG": "organization", "GPE": "government", "NORP": "people", "PERSON": "person"}

NAMELESS: Final = (
    "anonym",
    "not to be named",
    "not to be identified",
    "not be named",
    "be identified",
    "be named",
)
LEARNED: Final = frozenset(
    ("institute", "university", "college", "centre", "center", "school", "tank", "foundation")
)
PRONOUNS: Final = {
    "they": "people", "we": "people", "i": "person", "he": "person", "she": "person", "it": "organization",
    "who": "person",
}  # fmt: skip
#: Parts of a noun phrase that are not the name: what is said of it afterwards.
AFTERWARDS: Final = frozenset(("relcl", "acl", "appos", "advcl", "punct", "parataxis", "cc", "conj"))


@cache
def nouns() -> dict[str, str]:
    """Nouns that name a speaker, and the kind."""
    return {r[0]: r[1] for r in rows("speakers")}


def mention_of(notes: Notes, head: Token) -> Mention | None:
    """The known mention that a noun phrase is, or failing that holds at its head."""
    headed = notes.headed_by(head, *ENTITIES)
    if headed is not None:
        return headed
    covering = notes.covering(head, *ENTITIES)
    return covering[0] if covering else None


def author_of(notes: Notes, head: Token) -> Token | None:
    """Who wrote the report, survey or estimate that is cited: "a report by the UN", "UN estimates"."""
    if head.pos_ != "NOUN" or nouns().get(head.lemma_.lower()) != "document":
        return None
    own = [c for c in head.lefts if c.dep_ in ("poss", "compound", "nmod")]
    by = [
        t
        for p in children(head, "prep")
        if p.lower_ in _BY or (p.lower_ == "of" and head.lemma_.lower() in _FINDINGS)
        for t in children(p, "pobj")
    ]
    return next((t for t in (*by, *own) if _may_write(notes, t)), None)


def _may_write(notes: Notes, token: Token) -> bool:
    named = token.pos_ == "PROPN" and token.ent_type_ in ("ORG", "PERSON")
    return named or notes.headed_by(token, *_AUTHORS) is not None


_BY: Final = frozenset(("by", "from"))
_FINDINGS: Final = frozenset(
    ("report", "study", "survey", "estimate", "assessment", "investigation", "inquiry")
)
_AUTHORS: Final = (
    MentionKind.PERSON, MentionKind.GOVERNMENT, MentionKind.SECURITY_FORCE, MentionKind.ORGANIZATION,
    MentionKind.MEDIA, MentionKind.ARMED_GROUP,
)  # fmt: skip


def new_mention(notes: Notes, head: Token, kind: str) -> Mention:
    """A mention for a source that none of the known ones is."""
    tokens = core(head)
    form = Form.PRONOUN if head.pos_ == "PRON" else Form.NAME if head.pos_ == "PROPN" else Form.NOMINAL
    what = BY_SPEAKER.get(kind, MentionKind.PERSON)
    return notes.passage.mention(tokens, what, form=form, head=bare(tokens).text)


def core(head: Token) -> Tokens:
    """A noun phrase up to its head and the prepositional phrases that belong to the name."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in AFTERWARDS:
            continue
        if child.i < head.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            end = child.right_edge.i + 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    return head.doc[start:end]


def bare(tokens: Tokens) -> Tokens:
    """A noun phrase without its article or possessive."""
    skip = 1 if len(tokens) > 1 and tokens[0].pos_ in ("DET", "PRON") else 0
    return tokens[skip:]


def kind_of(head: Token, mention: Mention | None, cue: Token) -> str:
    """The kind of speaker, by the most telling of the words around the head."""
    phrase = head.doc[head.left_edge.i : head.right_edge.i + 1].text.lower()
    around = phrase + " " + " ".join(t.lower_ for c in children(cue, "prep") for t in c.subtree)
    if any(words in around for words in NAMELESS):
        return "anonymous"
    told = next((nouns()[w] for w in _titles(head) if w in nouns()), None)
    if told == "document" and head.pos_ == "PROPN":
        told = None  # the author of the report, who stands before it
    if mention is not None and mention.kind is not MentionKind.PERSON:
        return _refined(BY_MENTION.get(mention.kind, "organization"), told)
    if told is not None:
        return told
    if _works_in_learning(head):
        return "expert"
    if mention is not None:
        return BY_MENTION.get(mention.kind, "person")
    return PRONOUNS.get(head.lower_) or BY_ENTITY.get(head.ent_type_, "person")


def _refined(kind: str, told: str | None) -> str:
    """An official, an expert or a commander may be mentioned as part of the body they belong to."""
    return told if told in ("official", "expert", "witness", "anonymous") else kind


def _titles(head: Token) -> Iterator[str]:
    """Nouns that describe a head: itself, what stands before a name, and appositions."""
    yield head.lemma_.lower()
    yield head.lower_
    for child in head.children:
        if child.dep_ in ("compound", "appos", "amod", "nmod"):
            yield child.lemma_.lower()
            yield from (c.lemma_.lower() for c in child.children if c.dep_ in ("compound", "conj", "appos"))
    if head.dep_ in ("appos", "compound"):
        yield head.head.lemma_.lower()


def _works_in_learning(head: Token) -> bool:
    near = (t.lower_ for c in children(head, "prep", "appos") for t in c.subtree)
    return head.ent_type_ == "PERSON" and any(w in LEARNED for w in near)
