"""Deep grammar over spaCy's dependencies: who does, who undergoes, what governs what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.extract.events.voice import is_inverted, is_passive

_SUBJECTS: Final = frozenset(("nsubj", "csubj"))
_CLAUSES: Final = frozenset(("conj", "xcomp", "advcl"))
_AT_THE_HEAD: Final = frozenset(("near", "in", "outside", "around", "at", "inside", "off", "along"))
_RESOLVES: Final = frozenset(
    "decision plan attempt bid move threat pledge vow order effort intention".split()
)
_RELATIVE: Final = frozenset(("who", "which", "that", "whom", "whose", "where"))
_BEFORE: Final = frozenset(
    ("det", "amod", "compound", "nummod", "nmod", "poss", "quantmod", "advmod", "npadvmod", "punct", "case")
)
_PARTS: Final = frozenset(
    ("dozen", "hundred", "thousand", "score", "group", "number", "crowd", "member", "majority", "handful",
     "couple", "band", "gang", "squad", "series", "pair", "million", "unit", "quantity",
     "cache", "haul", "stash", "stockpile", "tonne", "ton", "kilo", "kilogram", "kilogramme", "gram")
)  # fmt: skip
_COPY: Final = frozenset(("appos",))
#: Verbs after whose object an infinitive tells what that object is to do.
_PRESSING: Final = frozenset(("pressure", "press", "urge", "push", "force", "compel", "persuade", "order"))


def before_noun(verb: Token) -> bool:
    """Whether a participle stands before the noun that it tells of."""
    return verb.dep_ in ("amod", "compound", "nmod") and verb.i < verb.head.i


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos_ in ("VERB", "AUX") and not any(c.dep_ in ("det", "poss") for c in token.lefts)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it."""
    return [token, *token.conjuncts] if token.dep_ != "conj" else [token, *_after(token)]


def _after(token: Token) -> list[Token]:
    found: list[Token] = []
    for child in token.rights:
        if child.dep_ == "conj":
            found += [child, *_after(child)]
    return found


def listed(token: Token) -> list[Token]:
    """The token and the nouns coordinated after it."""
    return [token, *(t for t in _after(token) if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"))]


def counted(token: Token) -> Token:
    """The noun that "thousands of", "a group of" or "two of" counts; any other token itself."""
    if token.pos_ not in ("NOUN", "NUM"):
        return token
    inner = [t for p, t in prepositional(token) if p == "of"]
    numeric = token.ent_type_ == "CARDINAL" or token.lemma_.lower() in _PARTS
    return inner[0] if inner and numeric else token


def referent(token: Token) -> Token:
    """A relative pronoun's noun; any other token itself."""
    if token.lower_ not in _RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    relative = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    if relative is None:
        return token
    if token.lower_ in ("who", "whom") and relative.head.ent_type_ in ("GPE", "LOC", "FAC", "DATE"):
        return _people_above(relative.head)
    if token.lower_ in ("who", "whom") and (held := _people_below(relative.head)) is not None:
        return held
    return _beside(token) or _one_of(relative) or relative.head


def _one_of(relative: Token) -> Token | None:
    """The one of "one of the rebels who was wounded"."""
    noun = relative.head
    singular = any(c.lower_ in ("was", "is", "has") for c in relative.children)
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if singular and noun.tag_ == "NNS" and above is not None and above.lower_ == "one" else None


def _people_below(noun: Token) -> Token | None:
    """The people of "the arrests of two men", after which "who" cannot mean the arrests."""
    if ("n", noun.lemma_.lower()) not in triggers():
        return None
    return next((t for p, t in prepositional(noun) if p == "of" and t.pos_ in ("NOUN", "PROPN")), None)


def _people_above(place: Token) -> Token:
    """Who "who" after a place is: the people that the place belongs to, else the clause's subject."""
    for above in place.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            break
        if above.lemma_.lower() in words("people") and above.tag_ == "NNS":
            return above
    return next(iter(_surface_subjects(clause(place))), place)


def _beside(pronoun: Token) -> Token | None:
    """The building right before "which", wherever the parser hangs the clause."""
    before = pronoun.nbor(-1) if pronoun.i > pronoun.sent.start else None
    sited = before is not None and before.lemma_.lower() in words("facility")
    return before if sited and pronoun.lower_ == "which" else None


def _own_subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _SUBJECTS and not _is_state_of(c) and not _is_phrase(c)]


def _is_phrase(token: Token) -> bool:
    """The "Near Tolvin" of "Near Tolvin, two strikes hit a bridge", which a parse takes for a name."""
    first = token.left_edge
    more = any(c.dep_ in ("nsubj", "nsubjpass") and c.i > token.i for c in token.head.children)
    return more and token.pos_ == "PROPN" and first.i < token.i and first.lower_ in _AT_THE_HEAD


def _is_state_of(token: Token) -> bool:
    """The Alaska of "a church in Lowell, Alaska was attacked", which a parse takes for a subject."""
    if token.pos_ != "PROPN" or token.i - token.sent.start < 3 or token.nbor(-1).text != ",":
        return False
    town = token.nbor(-2)
    more = any(c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i for c in token.head.children)
    return more and town.pos_ == "PROPN" and town.dep_ == "pobj" and town.ent_type_ in ("GPE", "LOC", "FAC")


def _passive_subjects(verb: Token) -> list[Token]:
    found = [c for c in verb.children if c.dep_ == "nsubjpass" and not _is_state_of(c)]
    return found or (_own_subjects(verb) if is_inverted(verb) else [])


def _agents(verb: Token) -> list[Token]:
    by = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    found = [p for c in by for p in c.children if p.dep_ == "pobj"]
    forced = [t for t in found if t.lower_ == "force" and not list(t.lefts)]
    if not forced:
        return [t for t in found if t.head.dep_ == "agent"]
    # "Taken over by force by armed men": the force is a manner, the men are the doers.
    inner = [
        p for t in forced for c in t.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"
    ]
    return [t for t in found if t not in forced] + inner


def _surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The surface subject, taken from the governing clause where the verb has none (control)."""
    own = _own_subjects(verb) or _passive_subjects(verb)
    if own or depth > 4:
        return own
    if verb.dep_ == "acl" and any(c.dep_ == "aux" for c in verb.lefts):
        return _resolved(verb, depth)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_.lower() in words("message"):
        return _surface_subjects(clause(verb.head), depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head]
    if (told := _told(verb)) is not None:
        return told
    if verb.dep_ == "xcomp":
        return _urged(verb.head) or _surface_subjects(verb.head, depth + 1)
    if verb.dep_ in _CLAUSES and verb.head.pos_ in ("VERB", "AUX"):
        return _surface_subjects(verb.head, depth + 1)
    if verb.dep_ == "pcomp":
        governor = next((a for a in verb.ancestors if a.pos_ in ("VERB", "AUX")), None)
        blamed = [c for c in governor.children if c.dep_ == "dobj"] if governor is not None else []
        charged = governor is not None and governor.lemma_ in ("accuse", "suspect", "convict", "acquit")
        if blamed and verb.head.lower_ in ("for", "of", "from") and (charged or verb.head.head not in blamed):
            return blamed
        return _surface_subjects(governor, depth + 1) if governor is not None else []
    return []


def _urged(verb: Token) -> list[Token]:
    """Who is to do what an infinitive under the verb tells: its object, or those that one appeals to."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if verb.lemma_ in ("appeal", "call") and not objects:
        return [t for p, t in prepositional(verb) if p in ("to", "on", "upon")]
    return objects


def _resolved(verb: Token, depth: int) -> list[Token]:
    """Who does what a noun's infinitive tells: the owner of a decision, else whoever the clause is about."""
    owner = [c for c in verb.head.lefts if c.dep_ == "poss"]
    if owner and verb.head.lemma_ in _RESOLVES:
        return owner  # the Front's decision to attack
    above = clause(verb.head)
    others = above.lemma_.lower() in words("foil") | words("telling") or _is_others(verb.head)
    return [] if others else _surface_subjects(above, depth + 1)


def _told(verb: Token) -> list[Token] | None:
    """Who does what an infinitive at a verb tells: whoever is pressed to; nobody, after others' plans."""
    if verb.dep_ != "advcl" or not any(c.tag_ == "TO" for c in verb.lefts):
        return None
    if verb.head.lemma_ in _PRESSING:
        return [c for c in verb.head.children if c.dep_ in ("dobj", "nsubjpass")]
    before = verb.left_edge.i - 1
    return [] if before >= verb.sent.start and _is_others(verb.doc[before]) else None


def _is_others(noun: Token) -> bool:
    """Not the troops' own: "the role of the troops in the Norland operation to free the town"."""
    owned = any(c.dep_ in ("amod", "compound", "poss") and c.ent_type_ in ("GPE", "NORP") for c in noun.lefts)
    return noun.dep_ == "pobj" and owned and ("n", noun.lemma_.lower()) not in triggers()


def _flat(tokens: list[Token]) -> list[Token]:
    return [t for token in tokens for t in listed(referent(token))]


def subjects(verb: Token) -> list[Token]:
    """Heads of the deep subject: an agent's by-phrase, or the subject of an active clause."""
    if is_passive(verb):
        return _flat(_agents(verb))
    if verb.dep_ == "conj" and not _own_subjects(verb) and is_passive(verb.head) and verb.tag_ == "VBG":
        return []
    surface = _surface_subjects(verb)
    if verb.dep_ in ("advcl", "conj") and not _own_subjects(verb) and _governor_passive(verb):
        return _flat(_agents(verb.head))
    before = any(t.i < verb.i for t in surface)
    # "Gunmen shot at an officer and his friend": a parse takes the friend for one of the gunmen.
    return [t for t in _flat(surface) if not (before and t.i > verb.i)]


def _governor_passive(verb: Token) -> bool:
    return verb.head.pos_ == "VERB" and is_passive(verb.head)


def objects(verb: Token) -> list[Token]:
    """Heads of the deep object: a passive's subject, or the object."""
    if is_passive(verb):
        return _flat(_surface_subjects(verb))
    if before_noun(verb):
        return [verb.head]  # the murdered priests
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    if verb.dep_ == "relcl" and not found and (own := _own_subjects(verb)):
        if own[0].lower_ in _RELATIVE:
            return _shared_object(verb)  # the government that has murdered and persecuted the clergy
        if any(c.dep_ == "prep" and not list(c.children) for c in verb.children):
            return []
        which = next((c for c in verb.lefts if c.lower_ in _RELATIVE), None)
        return [(_beside(which) if which is not None else None) or verb.head]
    if not found and verb.tag_ in ("VBD", "VBN", "VB"):
        return _shared_object(verb)
    return _flat(found)


def _shared_object(verb: Token) -> list[Token]:
    """The object of the verb right beside: "killed and wounded twelve"."""
    shared = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i == verb.i + 2]
    return _flat([o for c in shared for o in c.children if o.dep_ == "dobj"])


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition that depends on the token with the heads of its complement."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            if child.i and child.nbor(-1).lower_ in ("along", "together", "alongside"):
                continue
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from ((child.lower_, t) for t in listed(inner))
                elif inner.dep_ == "prep":
                    yield from (
                        (child.lower_, t) for p in inner.children if p.dep_ == "pobj" for t in listed(p)
                    )


def clause(token: Token) -> Token:
    """The verb of the clause that the token stands in, or the root."""
    current = token
    while current.head != current:
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return current
    return current


def lead(noun: Token) -> Token:
    """The noun that stands for this one in its clause: first conjunct, "series" of "a series of attacks"."""
    current = noun
    for _ in range(4):
        if current.dep_ == "conj" and current.head.pos_ in ("NOUN", "PROPN"):
            current = current.head
        elif (
            current.dep_ == "pobj"
            and current.head.lower_ == "of"
            and current.head.head.pos_ in ("NOUN", "NUM")
        ):
            current = current.head.head
        elif current.dep_ in _COPY:
            current = current.head
        else:
            break
    return current


def noun_phrase(head: Token) -> Tokens:
    """The head with what stands before it and belongs to it: no clauses, no prepositional phrases."""
    start = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        aged = child.lower_.endswith("old") and child.dep_ == "amod"  # a 14-year-old girl
        if child.dep_ not in _BEFORE or (child.ent_type_ in ("DATE", "TIME") and not aged):
            break
        start = min(start, child.left_edge.i)
    while start < head.i and (head.doc[start].dep_ in ("punct", "case") or head.doc[start].is_space):
        start += 1
    return head.doc[start : head.i + 1]


def is_definite(noun: Token) -> bool:
    """Whether the noun phrase refers back or to something known: the, this, a possessor."""
    return any(c.lower_ in ("the", "this", "that", "these", "those") or c.dep_ == "poss" for c in noun.lefts)


def auxiliaries(verb: Token) -> set[str]:
    """The auxiliaries of a verb; "shot or jailed" of "can be shot or jailed" has those of the first."""
    own = {c.lemma_.lower() for c in verb.children if c.dep_ in ("aux", "auxpass")}
    bare = verb.dep_ == "conj" and not own and verb.tag_ == verb.head.tag_ and verb.tag_ in ("VBN", "VB")
    told = bare and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return {c.lemma_.lower() for c in verb.head.children if c.dep_ in ("aux", "auxpass")} if told else own
