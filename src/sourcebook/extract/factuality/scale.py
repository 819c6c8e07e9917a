"""Commitment as a number from -3 (did not happen) to 3 (happened), as readers judge it.

A linear model over the parts that the composed value is made of; its weights are in
`lexicon/factuality_weights.tsv` and `training/factuality.py` remakes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.attribution.cues import look_up
from sourcebook.extract.factuality import Judgement, composed
from sourcebook.extract.factuality.path import Node, path
from sourcebook.extract.grammar import children, subject
from sourcebook.extract.wordlists import weights
from sourcebook.model import Factuality

MODEL: Final = "factuality_weights"
LIMIT: Final = 3.0
#: The composed value as a number, and how much it weighs beside the fitted one: the judgements that the model
#: was fitted on are few and from reviews and mail, so rules keep a say.
POINTS: Final = {
    Factuality.CERTAIN: 3.0, Factuality.PROBABLE: 2.0, Factuality.POSSIBLE: 1.0,
    Factuality.CERTAINLY_NOT: -3.0, Factuality.PROBABLY_NOT: -2.0, Factuality.POSSIBLY_NOT: -1.0,
    Factuality.CERTAIN_WHETHER: 0.0, Factuality.UNCOMMITTED: 0.0,
}  # fmt: skip
TRUST: Final = 0.15
PLAIN: Final = Judgement(Factuality.CERTAIN, None, ())


def scale(predicate: Token) -> float:
    """How sure a reader of the whole sentence is that the event at a token happened, from -3 to 3."""
    table = weights(MODEL)
    # Exact whatever the order of a set: the same text gives the same number in every process.
    value = math.fsum(table.get(f, 0.0) for f in features(predicate))
    fitted = max(-LIMIT, min(LIMIT, value))
    return (1 - TRUST) * fitted + TRUST * POINTS[composed(path(predicate, past_cues=True), PLAIN).value]


def features(predicate: Token) -> set[str]:
    """What the model looks at, as readable names."""
    nodes = path(predicate, past_cues=True)
    return {"bias", *_composed(predicate, nodes), *_steps(nodes), *_form(predicate), *_around(predicate)}


def _composed(predicate: Token, nodes: Sequence[Node]) -> Iterator[str]:
    whole, near = composed(nodes, PLAIN), composed(path(predicate), PLAIN)
    yield f"value={whole.value}"
    yield f"near={near.value}"
    yield f"status={whole.status}"
    yield f"value+tag={whole.value}|{predicate.tag_}"
    yield f"length={min(len(nodes), 4)}"


def _steps(nodes: Sequence[Node]) -> Iterator[str]:
    for depth, node in enumerate(nodes):
        place = "here" if depth == 0 else "above"
        for word, acting in node.acting:
            yield f"{acting.kind}|{place}"
            yield f"{acting.kind}={word.lower_}|{place}"
            yield f"acting={acting.value}|{place}"
        link = node.link
        if link is None:
            continue
        yield f"link={link.complement}|{place}"
        if link.sign is not None:
            yield f"sign={link.sign.holds}{link.sign.fails}|{link.complement}|{place}"
        if link.word.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            yield f"word={link.word.lemma_.lower()}|{link.complement}"
        if link.cue and (cue := look_up(link.word)) is not None:
            yield f"cue={cue.act}|{cue.commitment}"
        yield f"above-tag={link.word.tag_}|{link.complement}"


def _form(predicate: Token) -> Iterator[str]:
    yield f"tag={predicate.tag_}"
    yield f"dep={predicate.dep_}"
    yield f"tag+dep={predicate.tag_}|{predicate.dep_}"
    if predicate.pos_ != "PROPN":
        yield f"lemma={predicate.lemma_.lower()}"
    helping = [c.lower_ for c in children(predicate, "aux", "auxpass")]
    yield f"aux={'+'.join(helping)}|{predicate.tag_}"
    doer = subject(predicate)
    if doer is None:
        yield f"subject=none|{predicate.tag_}"
    elif doer.pos_ == "PRON":
        yield f"subject={doer.lower_}"
        yield f"subject={doer.lower_}|{predicate.tag_}"
    else:
        yield f"subject={doer.tag_}|{predicate.tag_}"


def _around(predicate: Token) -> Iterator[str]:
    head = predicate.head
    if head != predicate and head.pos_ != "PROPN":
        yield f"head={predicate.dep_}|{head.lemma_.lower()}"
        yield f"head-tag={predicate.dep_}|{head.tag_}"
    for child in predicate.children:
        if child.dep_ in ("mark", "advmod", "prt", "neg", "prep", "cc", "dobj", "npadvmod"):
            word = child.lower_ if child.dep_ != "dobj" else child.tag_
            yield f"{child.dep_}={word}"
    last = predicate.sent[-1].text
    yield f"end={last if not last.isalnum() else 'word'}"
    root = predicate.sent.root
    yield f"root={root.tag_}"
    yield f"root-is={'self' if root == predicate else 'other'}|{predicate.tag_}"
    if predicate.sent[0].lower_ in ("if", "when", "please", "do", "what", "how", "why", "where", "who"):
        yield f"first={predicate.sent[0].lower_}"
