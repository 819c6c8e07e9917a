"""Where the arguments of a trigger stand: agent, patient, owner, holder, after a preposition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.relations import grammar, table
from sourcebook.extract.relations.cast import ORGANISED, Cast
from sourcebook.model import Form, Mention, MentionKind

Kinds = Collection[MentionKind]

#: Verbs that give somebody a name or an office.
NAMING: Final = frozenset(
    ("appoint", "name", "elect", "declare", "make", "crown", "proclaim", "choose", "select", "anoint", "call")
)
_SKIPPED: Final = frozenset((")", "(", '"', "'", "“", "”", "‘", "’", "'s", "’s", "-", "–"))
_MODIFIERS: Final = frozenset(("compound", "amod", "nmod", "nummod", "advmod", "poss", "case", "punct"))
_REACH: Final = 6
_SOME: Final = frozenset(("several", "some", "many", "other", "others", "few", "both"))
_STANCES: Final = ("anti-", "pro-", "non-", "counter-")
#: Verbs that say what somebody is taken for: "sees them as enemies".
VIEWING: Final = frozenset(("see", "view", "regard", "consider", "perceive", "treat", "describe"))
#: What a prepositional phrase of a trigger may hang on instead of the trigger.
_HOMES: Final = ("dobj", "attr", "acomp", "oprd", "prep", "advmod", "prt", "nsubjpass")


def fill(cast: Cast, trigger: Token, slots: Iterable[str], kinds: Kinds) -> list[Mention]:
    """The mentions in the first slot that is filled."""
    for slot in slots:
        found = _fill(cast, trigger, slot, kinds)
        if found:
            return found
    return []


def _fill(cast: Cast, trigger: Token, slot: str, kinds: Kinds) -> list[Mention]:
    name, _, words = slot.partition(":")
    if name == "prep":
        return cast.all(grammar.examples(_after(trigger, words.split(","))), kinds)
    return _SLOTS[name](cast, trigger, kinds)


def _agent(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    found = _actors(cast, trigger, kinds)
    return found or (_beside(cast, trigger, kinds) if trigger.tag_ == "VBG" else [])


def _patient(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    found = cast.all(grammar.examples(grammar.patients(trigger)), kinds)
    return found or (_beside(cast, trigger, kinds) if trigger.tag_ == "VBN" else [])


def _self(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    single = trigger.tag_ in ("NN", "NNP") and any(c.dep_ in ("det", "poss") for c in trigger.children)
    return cast.all([trigger], kinds) if single else []


def _viewer(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    verb = viewing(trigger)
    return cast.all(grammar.agents(verb), kinds) if verb is not None else []


def _viewed(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    verb = viewing(trigger)
    return cast.all(grammar.patients(verb), kinds) if verb is not None else []


def _contained(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    return [m for t in grammar.patients(trigger) for m in _inside(cast, t, kinds)]


def _haver(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    return cast.all(havers(trigger), kinds)


def _after(trigger: Token, prepositions: Collection[str]) -> list[Token]:
    """A parser hangs a prepositional phrase on the verb, its object or its particle: all are looked at."""
    verb = grammar.copula(trigger)
    homes = [trigger, *(c for c in trigger.children if c.dep_ in _HOMES)]
    homes += [verb] if verb is not None else []
    return [token for home in homes for token in grammar.after(home, prepositions)]


def _actors(cast: Cast, verb: Token, kinds: Kinds) -> list[Mention]:
    """The agents; of "its membership" the owner, of "two of them, including X" also X."""
    found: list[Mention] = []
    for token in grammar.agents(verb):
        if token.lemma_.lower() in table.words("measure"):
            found += owners(cast, token, kinds)
        else:
            found += cast.all([token, *grammar.after(token, ("including",))], kinds)
    return found


def _inside(cast: Cast, token: Token, kinds: Kinds) -> list[Mention]:
    """Names inside the phrase of the token, those of a relative clause left out."""
    span = cast.passage.span(token.doc[token.left_edge.i : token.right_edge.i + 1])
    clauses = [t for t in token.subtree if t.dep_ == "relcl"]
    aside = [cast.passage.span(t.doc[t.left_edge.i : t.right_edge.i + 1]) for t in clauses]
    named = (m for m in cast.within(span, kinds) if m.form is Form.NAME)
    return [m for m in named if not any(a.covers(m.span) for a in aside)]


def viewing(noun: Token) -> Token | None:
    """The verb of "sees them as enemies", from the noun."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "as":
        return None
    return next((a for a in noun.head.ancestors if a.lemma_ in VIEWING), None)


def _subjects(cast: Cast, trigger: Token, kinds: Kinds) -> list[Mention]:
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else grammar.copula(trigger)
    if verb is not None:
        return cast.all(grammar.subjects(verb), kinds)
    return cast.all([trigger.head], kinds) if trigger.dep_ in ("amod", "relcl", "acl") else []


def _beside(cast: Cast, verb: Token, kinds: Kinds) -> list[Mention]:
    """What a participle after a comma says more of, where the parser lost it: "the Front, based in"."""
    start = verb.i
    while start > verb.sent.start and verb.doc[start - 1].pos_ == "ADV":
        start -= 1
    if verb.tag_ not in ("VBG", "VBN") or start == verb.sent.start or verb.doc[start - 1].text != ",":
        return []
    found = cast.ending(start - 1, kinds)
    return [found] if found is not None else []


def havers(noun: Token) -> list[Token]:
    """Who has, builds, keeps what the noun names: "the group has a base in"."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ == "dobj" and noun.head.lemma_ in table.words("have"):
        return grammar.agents(noun.head)
    return []


def _whose(possessor: Token) -> Token:
    """The possessor; of "the Front, whose members" the Front."""
    if possessor.lower_ != "whose":
        return possessor
    return next((a.head for a in possessor.ancestors if a.dep_ == "relcl"), possessor)


def owners(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """Whose the noun is: "the group's N", "the N of the group", "the Delta Front N"."""
    for token in (noun, *_coordinated(noun)):
        found = cast.all((_whose(c) for c in token.children if c.dep_ == "poss"), kinds)
        found = found or cast.all(grammar.after(token, ("of",)), kinds)
        found = found or _left(cast, token, kinds)
        if found:
            return found
    return []


def _coordinated(noun: Token) -> Iterator[Token]:
    yield from (t for t in noun.conjuncts if t.pos_ == "NOUN")


def _left(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """The mention that stands before the noun as a modifier, other modifiers between them."""
    for index in range(noun.i, max(noun.sent.start, noun.i - _REACH), -1):
        found = cast.ending(index, kinds)
        if found is not None:
            return [found] if _modifies(cast, found) else []
        before = noun.doc[index - 1]
        if before.text not in _SKIPPED and (before.dep_ not in _MODIFIERS or before.text in (",", ";", ":")):
            break
    return []


def _modifies(cast: Cast, mention: Mention) -> bool:
    """Whether the mention says whose the noun is: no quantifier, and not the X of "anti-X"."""
    tokens = cast.tokens(mention)
    before = tokens.doc[max(0, tokens.start - 2) : tokens.start].text.lower()
    opposed = tokens[0].lower_.startswith(_STANCES) or before.endswith(_STANCES)
    return tokens.root.pos_ not in ("DET", "NUM") and tokens.root.lower_ not in _SOME and not opposed


def holders(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """Who is said to be the noun: apposition, title, predicate, "as N", "named N"."""
    sources = (_titled, _predicated, _apposed, _appointed)
    return next((found for source in sources if (found := source(cast, noun, kinds))), [])


def _titled(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """As in "commander Ann Orr", "the offshoot Delta Front"; the mention may hold the title."""
    around = [m for m in cast.covering(noun, kinds) if m.form is Form.NAME and cast.tokens(m).root != noun]
    if around and cast.tokens(around[0]).root.i > noun.i:
        return around[:1]
    index = noun.i + 1
    while index < len(noun.doc) and noun.doc[index].text in _SKIPPED and noun.doc[index].text != "(":
        index += 1
    found = cast.starting(index, kinds)
    return [found, *_more(cast, found, kinds)] if found is not None and _one_phrase(cast, noun, found) else []


def _one_phrase(cast: Cast, noun: Token, mention: Mention) -> bool:
    """Whether the noun and the mention after it are parts of one noun phrase."""
    root = cast.tokens(mention).root
    return noun.head == root or root.head == noun or noun.head == root.head or root.dep_ == "appos"


def _more(cast: Cast, mention: Mention, kinds: Kinds) -> list[Mention]:
    root = cast.tokens(mention).root
    return [m for m in cast.all(grammar.spread([root]), kinds) if m != mention]


def _apposed(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    found = cast.all((c for c in noun.children if c.dep_ == "appos"), kinds)
    if not found and noun.dep_ == "appos":
        found = cast.all([noun.head], kinds)
    return found or _comma(cast, noun, kinds)


def _comma(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """Apposition that the parser missed: "Ann Orr, head of", "the head of the Front, Ann Orr,"."""
    start = noun.i
    while (
        start > noun.sent.start
        and noun.doc[start - 1].dep_ in (*_MODIFIERS, "det")
        and (noun.doc[start - 1].text != ",")
    ):
        start -= 1
    if start > noun.sent.start and noun.doc[start - 1].text in (",", "("):
        comma = start - 1 if noun.doc[start - 2].text != ")" else start - 2
        before = cast.ending(comma, kinds)
        if before is not None:
            return [before]
    ends = [cast.tokens(m).end for m in owners(cast, noun, ORGANISED) if cast.tokens(m).end > noun.i]
    end = max((noun.i + 1, *ends))
    if end + 1 < len(noun.doc) and noun.doc[end].text == ",":
        following = cast.starting(end + 1, kinds)
        closed = following is not None and _closed(cast, following)
        return [following] if following is not None and closed else []
    return []


def _closed(cast: Cast, mention: Mention) -> bool:
    """Whether a comma or the like ends the apposition, so that it is no list or new clause."""
    tokens = cast.tokens(mention)
    if tokens.end >= len(tokens.doc):
        return False
    following = tokens.doc[tokens.end]
    verbal = mention.kind is MentionKind.PERSON and following.pos_ in ("VERB", "AUX")
    return verbal or following.text in (",", ".", ")", ";")


def _predicated(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    verb = grammar.copula(noun)
    if verb is not None:
        return cast.all(grammar.subjects(verb), kinds)
    if noun.dep_ == "nsubj" and noun.head.lemma_ in grammar.COPULAS:
        return cast.all(grammar.spread(c for c in noun.head.children if c.dep_ in ("attr", "acomp")), kinds)
    return []


def _appointed(cast: Cast, noun: Token, kinds: Kinds) -> list[Mention]:
    """As in "appointed Ann Orr as its N", "served as N", "named Ann Orr N"."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.head.lower_ == "one":
        noun = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        verb = noun.head.head
        before = cast.ending(noun.head.i, kinds)
        if before is not None:
            return [before]
        if verb.lemma_ in ("succeed", "replace"):
            return cast.all(grammar.agents(verb), kinds)
        if verb.pos_ == "VERB":
            return cast.all(grammar.patients(verb), kinds) or cast.all(grammar.subjects(verb), kinds)
        return cast.all([verb], kinds) or cast.all((c for c in verb.children if c.dep_ == "poss"), kinds)
    if noun.dep_ in ("oprd", "dobj", "attr") and noun.head.lemma_ in NAMING:
        return _left(cast, noun, kinds) or [
            m for m in cast.all(grammar.patients(noun.head), kinds) if cast.tokens(m).root != noun
        ]
    return []


_SLOTS: Final[Mapping[str, Callable[[Cast, Token, Kinds], list[Mention]]]] = MappingProxyType(
    {
        "agent": _agent,
        "patient": _patient,
        "subject": _subjects,
        "of": owners,
        "holder": holders,
        "self": _self,
        "have": _haver,
        "viewer": _viewer,
        "viewed": _viewed,
        "inside": _contained,
    }
)
