"""What a group wants and what it believes: aims and ideologies, as words."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from sourcebook.extract.relations import cast as people
from sourcebook.extract.relations import claims, engine, grammar, slots, table
from sourcebook.extract.relations.cast import Cast
from sourcebook.model import Form, Mention


def find(cast: Cast) -> Iterator[claims.Found]:
    """Aims and ideologies."""
    verbs, nouns, creeds = table.words("aim_verb"), table.words("aim_noun"), table.words("creed_verb")
    adjectives = table.words("creed")
    for token in cast.having(verbs, nouns, creeds, adjectives):
        word = token.lemma_.lower()
        if token.pos_ == "VERB" and word in verbs:
            yield from _by_verb(cast, token, verbs[word])
        elif token.pos_ == "NOUN" and word in nouns:
            yield from _by_noun(cast, token)
        if token.pos_ == "VERB" and word in creeds:
            yield from _creed(cast, token, creeds[word])
        elif token.lower_ in adjectives:
            yield from _described(cast, token)


def _by_verb(cast: Cast, verb: Token, frame: str) -> Iterator[claims.Found]:
    subjects = cast.all(grammar.agents(verb), people.ORGANISED)
    content = _content(verb, frame)
    if not subjects or content is None:
        return
    for subject in subjects:
        yield _said(cast, "aim", claims.Said(verb, verb), (subject, *grammar.phrase(content)))


def _content(verb: Token, frame: str) -> Token | None:
    """The infinitive, the object or the phrase that says what is wanted, by the frame of the verb."""
    for part in frame.split(","):
        if part == "to":
            found = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and _infinitive(c)), None)
        elif part == "obj":
            objects = (c for c in verb.children if c.dep_ == "dobj" and c.pos_ != "PRON")
            found = next((c for c in objects if c.lemma_.lower() not in table.words("no_aim")), None)
        else:
            found = next(
                (t for t in grammar.after(verb, (part,)) if t.pos_ in ("NOUN", "VERB", "PROPN")), None
            )
            found = found if found is None or found.ent_type_ not in ("DATE", "GPE", "TIME") else None
        if found is not None and found.i > verb.i and grammar.paragraph(verb, found):
            return found
    return None


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children) and not any(
        c.dep_ == "nsubj" for c in verb.children
    )


def _by_noun(cast: Cast, noun: Token) -> Iterator[claims.Found]:
    """As in "Its goal is to rule", "with the aim of ruling", "its intention to rule"."""
    content = _complement(noun)
    if content is None:
        return
    owners = slots.owners(cast, noun, people.ORGANISED) or _implied(cast, noun)
    verb = noun.head if noun.dep_ == "nsubj" else None
    for owner in owners[:1]:
        if not cast.passage.tokens(owner.span) or content.i not in range(*_bounds(cast, owner)):
            yield _said(cast, "aim", claims.Said(noun, verb), (owner, *grammar.phrase(content)))


def _bounds(cast: Cast, mention: Mention) -> tuple[int, int]:
    tokens = cast.tokens(mention)
    return tokens.start, tokens.end


def _complement(noun: Token) -> Token | None:
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        found = next(
            (c for c in noun.head.children if c.dep_ in ("xcomp", "attr", "ccomp") and c.i > noun.i), None
        )
        return found if found is None or found.pos_ in ("VERB", "NOUN", "AUX") else None
    infinitive = next((c for c in noun.children if c.dep_ in ("acl", "xcomp") and _infinitive(c)), None)
    gerund = next((t for t in grammar.after(noun, ("of",)) if _gerund(t)), None)
    return infinitive or gerund


def _gerund(token: Token) -> bool:
    """Whether the token is a gerund, or the object that a parser made the head of one."""
    return token.tag_ == "VBG" or any(c.tag_ == "VBG" and c.dep_ == "amod" for c in token.children)


def _implied(cast: Cast, noun: Token) -> list[Mention]:
    """Whose aim it is where nothing says: the subject of the clause, or of the sentence before."""
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB":
        return cast.all(grammar.subjects(noun.head.head), people.ORGANISED)
    definite = any(c.lower_ == "the" for c in noun.children)
    if noun.dep_ != "nsubj" or not definite or noun.sent.start == 0:
        return []
    return previous(cast, noun)


def previous(cast: Cast, token: Token) -> list[Mention]:
    """The organised subject of the sentence before, in the same paragraph."""
    before = token.doc[token.sent.start - 1] if token.sent.start else None
    if before is None or not grammar.paragraph(before, token):
        return []
    found = cast.all(grammar.subjects(before.sent.root), people.ORGANISED)
    return found or cast.all((t for t in before.sent if t.dep_ == "poss"), people.ORGANISED)[:1]


def _creed(cast: Cast, verb: Token, preposition: str) -> Iterator[claims.Found]:
    found = grammar.after(verb, (preposition,)) if preposition else grammar.patients(verb)
    for subject in cast.all(grammar.agents(verb), people.ORGANISED):
        for noun in found[:1]:
            first, last = grammar.phrase(noun)
            if any(creedal(t) for t in noun.doc[first.i : last.i + 1]):
                yield _said(cast, "ideology", claims.Said(verb, verb), (subject, first, last))


def creedal(token: Token) -> bool:
    """Whether the word names a creed."""
    return token.lower_ in table.words("creed") or token.lower_ in table.words("creed_name")


def _described(cast: Cast, adjective: Token) -> Iterator[claims.Found]:
    """As in "X is a Marxist group", "X, an Islamist outfit", "the Salafist movement X"."""
    noun = adjective.head
    while noun.dep_ in ("amod", "compound") and noun.head.i > noun.i:
        noun = noun.head
    named = any(
        m.form is Form.NAME for m in cast.covering(adjective, people.ORGANISED) if m.exact != adjective.text
    )
    if (named and _capital(adjective)) or _continued(adjective):
        return
    if (
        noun.lemma_.lower() not in table.words("group_noun")
        or adjective.i > noun.i
        or adjective.dep_ == "conj"
    ):
        return
    groups = slots.holders(cast, noun, people.ORGANISED)
    groups = groups or [m for m in cast.all([noun], people.ORGANISED) if noun.tag_ in ("NN", "NNP")]
    for group in groups[:1]:
        first = adjective if adjective.i == noun.i else _first(adjective)
        yield _said(cast, "ideology", claims.Said(adjective, engine.anchor(noun)), (group, first, adjective))


def _capital(adjective: Token) -> bool:
    """Whether the word is part of a name such as "Islamist Union" rather than said of it."""
    after = adjective.doc[adjective.i + 1 : adjective.i + 2]
    return adjective.text[:1].isupper() and after.text[:1].isupper()


def _continued(adjective: Token) -> bool:
    """Whether a hyphen joins the adjective to another creed, which then speaks for both."""
    doc, index = adjective.doc, adjective.i
    return index + 2 < len(doc) and doc[index + 1].text in ("-", "–") and creedal(doc[index + 2])


def _first(adjective: Token) -> Token:
    """The hyphenated beginning of a creed: "Marxist-Leninist"."""
    first = adjective
    while (
        first.i >= 2 and first.nbor(-1).text in ("-", "–") and first.nbor(-2).pos_ in ("ADJ", "NOUN", "PROPN")
    ):
        first = first.nbor(-2)
    return first


def _said(cast: Cast, predicate: str, said: claims.Said, found: tuple[Mention, Token, Token]) -> claims.Found:
    subject, first, last = found
    idea = cast.idea(first, last)
    return claims.claim(cast, predicate, said, [("subject", subject), ("value", idea)])
