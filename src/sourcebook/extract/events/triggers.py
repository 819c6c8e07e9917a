"""The words that name an event, and the everyday senses that do not."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from sourcebook.extract.events import grammar, senses, verbal
from sourcebook.extract.events.lexicon import Sense, triggers, words
from sourcebook.extract.events.trigger import Trigger


def find(doc: Doc) -> list[Trigger]:
    """Every trigger of a text in order; of two that share a head, the one of more words."""
    found: list[Trigger] = []
    for sentence in doc.sents:
        inside = [t for token in sentence if (t := _at(token)) is not None]
        taken = {t for trigger in inside for t in trigger.tokens if t != trigger.head}
        found += [t for t in inside if t.head not in taken and not _everyday(t, sentence)]
    return found


def _at(token: Token) -> Trigger | None:
    for pos, lemma in _readings(token):
        for sense in triggers().get((pos, lemma), ()):
            tokens = _match(token, sense)
            if tokens is not None and senses.fits(trigger := Trigger(token, tokens, sense)):
                return trigger
    return None


def _readings(token: Token) -> Iterator[tuple[str, str]]:
    """Part of speech and lemma to look up: spaCy's, and a gerund's with an article as a noun."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        yield "n", lemma
        yield "n", lower
        if (
            token.dep_ in ("ROOT", "conj", "relcl", "ccomp")
            and token.tag_ in ("NN", "NNS")
            and _verb_like(token)
        ):
            yield "v", lemma
    elif token.pos_ in ("VERB", "AUX") and not _stated(token):
        if lower.endswith("ing") and (_nominal(token) or token.dep_ in ("pobj", "nsubj", "dobj")):
            yield "n", lower
        yield "v", lemma
        if lower.endswith("ed"):
            yield "v", _stem(lower)
    elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd") and ("a", lower) in triggers():
        yield "a", lower
    elif token.pos_ == "ADJ" and token.tag_ in ("VBN", "JJ") and lower.endswith("ed") and _predicative(token):
        yield "v", _stem(lower)


def _verb_like(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "dobj") for c in token.children)


def _nominal(token: Token) -> bool:
    return any(c.dep_ in ("det", "poss", "amod", "compound") for c in token.lefts)


def _predicative(token: Token) -> bool:
    return token.dep_ in ("acomp", "conj", "oprd", "ROOT") and not any(c.dep_ == "det" for c in token.lefts)


def _stem(lower: str) -> str:
    for stem in (lower[:-2], lower[:-1], lower[:-3] + "y"):
        if ("v", stem) in triggers():
            return stem
    return lower


def _match(token: Token, sense: Sense) -> tuple[Token, ...] | None:
    """The tokens of the sense's words around its head, or None if one is missing."""
    if len(sense.words) == 1:
        return (token,)
    found = [token]
    rest = [(w, sense.pos == "n" and i < sense.head) for i, w in enumerate(sense.words) if i != sense.head]
    for _ in range(len(rest)):
        near = ((w, _left(token, w) if before else _named(w, found)) for w, before in rest)
        hit = next(((w, t) for w, t in near if t is not None and t not in found), None)
        if hit is None:
            return None
        found.append(hit[1])
        rest = [(w, before) for w, before in rest if w != hit[0]]
    return tuple(sorted(found, key=lambda t: t.i)) if not rest else None


def _named(word: str, reach: list[Token]) -> Token | None:
    after = reach[0].i + 1
    if after < len(reach[0].doc) and _is(reach[0].doc[after], word):
        return reach[0].doc[after]
    for governor in reversed(reach):
        for child in governor.children:
            early = (
                child.pos_ in ("ADP", "PART") and child.i < governor.i
            )  # "on Friday they called" is no "call on"
            if child.dep_ not in ("nsubj", "relcl", "conj", "advcl") and not early and _is(child, word):
                return child
    return None


def _stated(token: Token) -> bool:
    """Whether a participle tells a state, not an act: "12 wounded" after "left 5 dead and"."""
    around = {c.dep_ for c in token.children} & {"nsubj", "aux", "auxpass", "dobj"}
    return token.tag_ == "VBN" and token.dep_ != "ROOT" and around == {"nsubj"}


def _left(token: Token, word: str) -> Token | None:
    """A word before a noun within the same stretch of modifiers ("suicide - bombing")."""
    for i in range(token.i - 1, max(token.i - 4, -1), -1):
        near = token.doc[i]
        if _is(near, word):
            return near
        if near.pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT", "VERB"):
            return None
    return None


def _is(token: Token, word: str) -> bool:
    return word in (token.lemma_.lower(), token.lower_)


def _everyday(trigger: Trigger, sentence: Tokens) -> bool:
    """Whether the words have a sense here that is no event of this kind."""
    if _idiom(trigger):
        return True
    if not trigger.is_violent:
        return False
    return any(_in_field(trigger, sentence, words(field)) for field in ("sport", "computing"))


def _in_field(trigger: Trigger, sentence: Tokens, field: frozenset[str]) -> bool:
    """Whether a word of the field stands in the sentence, and another in it or in the paragraph around."""
    if not {t.lemma_.lower() for t in sentence} & field:
        return False
    around = trigger.head.doc[max(0, trigger.head.i - 60) : trigger.head.i + 60]
    return len({t.lemma_.lower() for t in around} & field) >= 2


def _idiom(trigger: Trigger) -> bool:
    """A heart attack, a war on poverty, a film that is shot, an ad campaign."""
    head = trigger.head
    before = {t.lemma_.lower() for t in head.lefts if t.dep_ in ("compound", "amod", "nmod", "npadvmod")}
    if (
        head.i > 1
        and head.nbor(-1).text == "-"
        and head.nbor(-2).lower_ in ("pre", "anti", "post", "non", "self")
    ):
        return True
    if not trigger.is_noun and _by_mishap(trigger):
        return True
    if before & {"accidental", "accidentally", "unintentional", "self-inflicted"}:
        return True
    if head.lemma_ == "hang" and any(c.dep_ in ("prt", "advmod") for c in head.rights):
        return True  # hanging out, hanging around
    if trigger.sense.frame == "sink" and {"nearly", "almost"} & {c.lower_ for c in head.lefts}:
        return True
    if before & words("body") or head.dep_ in ("compound", "amod") or head.ent_type_ in ("WORK_OF_ART",):
        return True
    after = {t.lemma_.lower() for _, t in grammar.prepositional(head)}
    if not trigger.is_noun and trigger.sense.frame == "clash" and after & words("collapse"):
        return True
    if trigger.sense.type in verbal.VERBAL:
        return False
    if not trigger.is_noun:
        after |= {t.lemma_.lower() for t in grammar.objects(head)}
        agents = {t.lemma_.lower() for t in grammar.subjects(head)}
        return bool(after & (words("abstract") | words("food") | words("arts"))) or bool(
            agents & words("abstract")
        )
    return bool(after & (words("abstract") | words("food")))


def _by_mishap(trigger: Trigger) -> bool:
    """Shot by accident, or shot oneself: no attack; blowing oneself up is one."""
    head = trigger.head
    clauses = [
        head,
        *(c for c in head.children if c.dep_ == "advcl"),
        *([head.head] if head.dep_ == "conj" else []),
    ]
    adverbs = {c.lower_ for clause in clauses for c in clause.children if c.dep_ == "advmod"}
    if any(
        t.lemma_.lower() in ("accident", "mishap")
        for p, t in grammar.prepositional(head)
        if p in ("in", "by")
    ):
        return True
    own = any(c.dep_ == "dobj" and c.lower_.endswith("self") for c in trigger.head.children)
    return bool(adverbs & {"accidentally", "accidently", "inadvertently", "unintentionally"}) or (
        own and len(trigger.tokens) == 1
    )
