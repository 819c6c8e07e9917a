"""Relations that go both ways: clashes between two, two that are allies; and "backed" compounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Mention


def find(cast: Cast) -> Iterator[claims.Found]:
    """Rivalries and alliances said of two at once."""
    nouns, verbs, backers = table.words("mutual_noun"), table.words("mutual_verb"), table.words("backed")
    for token in cast.having(nouns, verbs, backers):
        word = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN") and word in nouns:
            yield from _pairs(cast, token, nouns[word], _sides(token))
        elif token.pos_ == "VERB" and word in verbs and not _complement(token):
            yield from _pairs(cast, token, verbs[word], grammar.subjects(token))
        if token.lower_ in backers:
            yield from _backed(cast, token)


def _sides(noun: Token) -> list[Token]:
    verb = grammar.copula(noun)
    if verb is not None and noun.tag_ == "NNS":
        return grammar.subjects(verb)
    return grammar.after(noun, ("between", "among"))


def _complement(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "prep") and c.lower_ not in ("in", "on", "over") for c in verb.children)


def _pairs(cast: Cast, trigger: Token, predicate: str, sides: list[Token]) -> Iterator[claims.Found]:
    parties = cast.all(sides, people.PARTIES)
    if len(parties) != len(sides) or len(parties) < 2:
        return
    for left, right in permutations(parties, 2):
        if left.kind in people.ORGANISED and not engine.same(left, right):
            yield _claim(cast, predicate, trigger, (left, right))


def _claim(cast: Cast, predicate: str, trigger: Token, pair: tuple[Mention, Mention]) -> claims.Found:
    arguments = [("subject", pair[0]), ("object", pair[1]), *claims.times(cast, trigger)]
    return claims.claim(cast, predicate, claims.Said(trigger, engine.anchor(trigger)), arguments)


def _backed(cast: Cast, word: Token) -> Iterator[claims.Found]:
    """As in "Iran-backed militia": the backer before the hyphen, the backed after it."""
    if word.i < 2 or word.nbor(-1).text not in ("-", "–"):
        return
    backer = cast.ending(word.i - 1, people.PARTIES)
    backed = cast.at(word.head, people.ORGANISED) or cast.starting(word.i + 1, people.ORGANISED)
    if backer is not None and backed is not None and not engine.same(backed, backer):
        yield claims.claim(cast, "ally", claims.Said(word, None), [("subject", backed), ("object", backer)])
