"""Dates and places of a sentence, each with the trigger that it depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events import grammar, verbal
from sourcebook.extract.events.armament import is_weapon
from sourcebook.extract.events.fillers import ACTORS, Filler
from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.extract.events.trigger import Trigger
from sourcebook.extract.notes import Notes
from sourcebook.gazetteer import country
from sourcebook.model import Mention, MentionKind, Timex

_SITE_PREPOSITIONS: Final = frozenset(
    ("in", "at", "near", "outside", "inside", "on", "around", "across", "off", "within", "along", "by", "to",
     "between", "of", "through", "north", "south", "east", "west", "beside", "under", "opposite", "into",
     "for", "against", "close")
)  # fmt: skip
_FIGHTS: Final = frozenset(("clash", "shooting"))
_LOCATIVE: Final = frozenset(("in", "near", "outside", "around"))
_SETTLEMENTS: Final = frozenset(
    ("town", "city", "village", "district", "province", "region", "neighbourhood", "neighborhood", "suburb",
     "hamlet", "port", "county", "state", "island", "valley", "department", "municipality", "settlement")
)  # fmt: skip
_NOT_PLACES: Final = tuple(k for k in MentionKind if k not in (MentionKind.PERSON, MentionKind.IDEA))
_MILES: Final = frozenset(("mile", "kilometre", "kilometer", "km", "metre", "meter", "yard"))
_ORDER: Final = frozenset(("before", "after", "since", "until", "when", "while"))
#: What a day stands before and is still the time: Friday prayers, Sunday night, the 3 May anniversary.
_HOURS: Final = frozenset(
    "prayer night morning afternoon evening noon midnight dawn dusk eve weekend".split()
)
_STATED: Final = frozenset(
    ("foil", "thwart", "prevent", "avert", "disrupt", "arrest", "claim", "plan", "plot", "warn")
)
#: Verbs whose date is that of what was done at once by order, or that one tells of oneself.
_ORDERING: Final = frozenset(("order", "direct", "instruct", "claim", "admit", "boast", "acknowledge"))
_SAYING: Final = frozenset(
    ("say", "announce", "report", "declare", "reveal", "disclose", "claim", "warn", "confirm")
)

Placed = Mapping[Token, tuple[Filler, ...]]


def place(notes: Notes, sentence: Tokens, found: Sequence[Trigger]) -> Placed:
    """Dates and locations by trigger head: each goes to what it depends on, never across a clause."""
    heads = {t: trigger for trigger in found for t in trigger.tokens}
    placed: dict[Token, list[Filler]] = {}
    span = notes.passage.span(sentence)
    known = notes.within(span, MentionKind.TIME, MentionKind.PLACE, MentionKind.FACILITY)
    for mention in (*known, *_unknown_places(notes, sentence)):
        tokens = notes.passage.tokens(mention.span)
        if tokens is None:
            continue
        timed = mention.kind is MentionKind.TIME
        if not (_is_when if timed else _is_where)(notes, mention, tokens, heads):
            continue
        owner = (_when(tokens, heads) if timed else None) or _owner(tokens.root, heads, timed=timed)
        if timed and owner is not None:
            owner = _looked_into(tokens, owner, heads)
            if _of_other(tokens.root, owner):
                continue
        if owner is None and not timed:
            owner = _of_held(tokens.root, heads)
        if owner is not None and (timed or not _of_matter(tokens.root, owner)):
            placed.setdefault(owner.head, []).append(("date" if timed else "location", mention))
            if mention.kind is MentionKind.FACILITY and owner.is_noun and _aimed_at(tokens.root):
                placed[owner.head].append(("target", mention))
    return {head: tuple(fillers) for head, fillers in placed.items()}


def _is_when(notes: Notes, mention: Mention, tokens: Tokens, heads: Mapping[Token, Trigger]) -> bool:
    """Whether a time dates something here: it is no part of a name or of a market's."""
    if tokens.root in heads or not _dates(mention, tokens) or _of_wounds(tokens.root):
        return False
    named = notes.covering(tokens.root, *ACTORS, MentionKind.FACILITY)
    return not _bare(tokens) and not any(m.span != mention.span for m in named)


def _of_wounds(root: Token) -> bool:
    """Whether it is the day on which a victim died of wounds: later than what wounded them."""
    verb = next((t for t in root.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in words("succumb"):
        return False
    return any(
        p in ("of", "from", "to") and t.lemma_.lower() in words("wound")
        for p, t in grammar.prepositional(verb)
    )


def _is_where(notes: Notes, mention: Mention, tokens: Tokens, heads: Mapping[Token, Trigger]) -> bool:
    """Whether a place says where: it neither acts, nor describes an act, nor is what is measured from."""
    del notes
    root = tokens.root
    if root in heads or root.pos_ not in ("NOUN", "PROPN") or _bare(tokens) or _does(root, mention.kind):
        return False
    if root.ent_type_ == "NORP" and root.dep_ in ("compound", "amod", "nmod"):
        return False  # the Norland border
    if root.head in heads and root.dep_ in ("compound", "amod", "poss", "nmod"):
        return False
    if root.dep_ == "nsubj" and root.head in heads and is_weapon(root):
        return False  # a mine that explodes
    return not _is_offset(root) and not _goes_on(tokens)


def _of_matter(root: Token, owner: Trigger) -> bool:
    """The place of what is condemned, demanded or agreed on, which is not where somebody says so."""
    for above in root.ancestors:
        if above in owner.tokens:
            return False
        against = above.dep_ == "prep" and above.lower_ in ("against", "over", "about")
        other = above.pos_ == "NOUN" and above.lemma_.lower() not in _SETTLEMENTS | words("facility")
        if against if owner.sense.type == "PROTEST" else other and owner.sense.type in verbal.SPOKEN:
            return True
    return False


def _unknown_places(notes: Notes, sentence: Tokens) -> list[Mention]:
    """Names after "in", "near" and the like that no reference table knows: villages, passes, wards."""
    found: list[Mention] = []
    for token in sentence:
        if token.pos_ != "PROPN" or token.dep_ != "pobj" or len(token) < 2 or not _locates(token.head):
            continue
        taken = notes.covering(token, *_NOT_PLACES)
        ranked = token.lemma_.lower() in ("degree", "amendment") or token.ent_type_ in ("ORDINAL", "LAW")
        if token.ent_type_ not in ("DATE", "TIME", "EVENT", "WORK_OF_ART") and not taken and not ranked:
            found.append(notes.passage.mention(_name(token), MentionKind.PLACE))
    return found


def _locates(preposition: Token) -> bool:
    """In, near; or the "of" of "the town of"."""
    of_site = preposition.lower_ == "of" and preposition.head.lemma_.lower() in _SETTLEMENTS
    return of_site or preposition.lower_ in _LOCATIVE


def _name(token: Token) -> Tokens:
    start = token.i
    while start and token.doc[start - 1].pos_ == "PROPN" and token.doc[start - 1].head in (token, token.head):
        start -= 1
    return token.doc[start : token.i + 1]


def _does(root: Token, kind: MentionKind) -> bool:
    """A country that is the subject of its clause acts there; it "saw" or "suffered" what was in it."""
    verb = root.head
    if kind is MentionKind.FACILITY and root.lemma_.lower() not in words("warner"):
        return False
    active = root.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX")
    return active and verb.lemma_.lower() not in words("undergo") | words("strike")


def _bare(tokens: Tokens) -> bool:
    """In prison, in court, at school: a state rather than a site."""
    root = tokens.root
    return (
        len(tokens) == 1
        and root.pos_ == "NOUN"
        and root.lemma_.lower() in words("bare")
        and (not any(c.dep_ in ("det", "poss", "compound") for c in root.lefts))
    )


def _is_offset(root: Token) -> bool:
    """The town of "20 miles east of the town": what is measured from is not where it was."""
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in ("of", "from", "away"):
        return False
    before = root.doc[max(preposition.i - 4, root.sent.start) : preposition.i]
    return any(t.lemma_.lower() in _MILES and t.i and t.nbor(-1).like_num for t in before)


def _goes_on(tokens: Tokens) -> bool:
    """Part of a longer name: the "Bay" of "Pell Bay Apartments", the "First" of "the First Degree"."""
    after = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    if after is not None and after.lower_ in ("degree", "amendment"):
        return True
    longer = after is not None and after.pos_ == "PROPN" and after.tag_ == "NNPS" and after.ent_type_ != "GPE"
    return len(tokens) == 1 and longer and tokens.root.pos_ == "PROPN"


def _aimed_at(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ in ("on", "against")


def _dates(mention: Mention, tokens: Tokens) -> bool:
    """Whether a time says when: no duration, no set, and no "two weeks" of "two weeks before he left"."""
    if isinstance(mention.value, Timex) and mention.value.type not in ("DATE", "TIME"):
        return False
    after = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    return after is None or after.lower_ not in _ORDER or (after.dep_ != "mark" and after.dep_ != "prep")


def _owner(root: Token, heads: Mapping[Token, Trigger], *, timed: bool) -> Trigger | None:
    current = root
    if timed and _of_noun(root, heads):
        return None
    for _ in range(12):
        if current in heads:
            return heads[current]
        if current != root and current.pos_ in ("VERB", "AUX") and grammar.is_verbal(current):
            meanwhile = current.dep_ == "advcl" and any(c.lower_ in ("as", "while") for c in current.lefts)
            return (
                heads.get(current.head)
                if meanwhile
                else in_clause(current, heads, timed=timed, before=root.i < current.i)
            )
        if not timed and current.dep_ == "prep" and current.lower_ == "of" and current.head in heads:
            return heads[current.head]
        if not timed and current.lower_ == "by" and root.dep_ in ("compound", "amod", "nmod"):
            return None  # a raid by Norland special forces
        if not timed and (not _leads_on(current) or _of_person(current)):
            return None
        if current.head == current:
            return None
        current = current.head
    return None


def _of_noun(root: Token, heads: Mapping[Token, Trigger]) -> bool:
    """Recent comments, Sunday's paper: the time is the noun's, and the noun tells of nothing here."""
    noun = root.head
    first = root.left_edge
    fixed = first.i > root.sent.start and first.nbor(-1).lower_ in ("the", "its", "their", "this", "a")
    bound = root.dep_ in ("amod", "poss") or (root.dep_ in ("compound", "nmod") and fixed)
    own = bound and noun.pos_ in ("NOUN", "PROPN") and noun not in heads and noun.ent_type_ != "DATE"
    return own and noun.lemma_.lower() not in words("collective") | words("gathering") | _HOURS


def _when(tokens: Tokens, heads: Mapping[Token, Trigger]) -> Trigger | None:
    """In 2017, when they took the town: the clause that the date opens."""
    after = [t for t in tokens.doc[tokens.end : tokens.end + 2] if t.text != ","]
    if not after or after[0].lower_ != "when":
        return None
    return heads.get(after[0].head)


def _looked_into(tokens: Tokens, owner: Trigger, heads: Mapping[Token, Trigger]) -> Trigger:
    """Police are investigating a shooting Friday: the day of an attack that is looked into is its own."""
    before = heads.get(tokens.doc[tokens.start - 1]) if tokens.start else None
    known = before is not None and before.is_noun and before.is_violent
    return before if before is not None and known and owner.sense.frame == "investigate" else owner


def _of_other(root: Token, owner: Trigger) -> bool:
    """Arrested on Monday over a death at a home on 18 March: the day of the noun; the verb has its own."""
    if owner.is_noun or root.dep_ != "pobj" or root.head.head.pos_ not in ("NOUN", "PROPN"):
        return False
    own = [c for c in owner.head.children if c.ent_type_ == "DATE" and c.dep_ == "npadvmod"]
    own += [t for p, t in grammar.prepositional(owner.head) if p == "on" and t.ent_type_ == "DATE"]
    return any(t != root and t.i < root.i for t in own)


def _of_held(root: Token, heads: Mapping[Token, Trigger]) -> Trigger | None:
    """The arrest of supporters of the group in X: where the people are is where they were taken."""
    current = root
    for _ in range(8):
        if current in heads:
            return heads[current] if heads[current].sense.frame == "arrestn" else None
        if current.head == current or current.dep_ not in ("pobj", "prep", "conj"):
            return None
        current = current.head
    return None


def _leads_on(token: Token) -> bool:
    """Whether a place that depends through this word still says where: not "the mayor of X", not "from X"."""
    if token.dep_ == "prep" and token.lower_ not in _SITE_PREPOSITIONS:
        # In an encounter with soldiers near the town.
        fights = triggers().get(("n", token.head.lemma_), ())
        return token.lower_ == "with" and any(s.frame in _FIGHTS for s in fights)
    if token.dep_ == "prep" and token.lower_ == "of":
        noun = token.head
        if noun.ent_type_ == "PERSON":
            return False  # Kell of Norland
        return noun.lemma_.lower() in words("facility") | words("part") | {
            "outskirt",
            "north",
            "south",
            "east",
            "west",
        } or (
            noun.pos_ == "PROPN"
            or noun.lemma_.lower() in ("side", "edge", "coast", "border", "region", "suburb")
        )
    of_people = token.head.lemma_.lower() in words("people") or token.head.ent_type_ == "PERSON"
    of_people = of_people or (token.dep_ == "poss" and token.head.dep_ == "nsubj")  # Norland's ministry urged
    of_people = of_people or _of_state(token)
    return not (token.dep_ in ("compound", "amod", "poss") and of_people)


def _of_person(token: Token) -> bool:
    """What stands beside a name and says who that is: "Kell, a student at the high school"."""
    return (
        token.dep_ == "appos"
        and token.lemma_.lower() not in _SETTLEMENTS
        and (token.head.ent_type_ == "PERSON" or token.lemma_.lower() in words("people"))
    )


def _of_state(token: Token) -> bool:
    """The U.S. of "a U.S. congressman", "the U.S. military": whose, and not where."""
    noun = token.head
    sited = noun.lemma_.lower() in words("facility") | words("part") | words("land") | words("gathering")
    common = noun.pos_ == "NOUN" and noun.dep_ not in ("compound", "amod") and not sited
    return token.dep_ in ("compound", "amod", "nmod") and common and country(token.text) is not None


def in_clause(
    verb: Token, heads: Mapping[Token, Trigger], *, timed: bool = False, before: bool = True
) -> Trigger | None:
    """The trigger that a clause of another verb is about: its subject, its object, or what it says."""
    if verb in heads:
        return heads[verb]
    lemma = verb.lemma_.lower()
    if lemma in _SAYING and timed and before and (said := _said(verb, heads)) is not None:
        return said
    if lemma in words("light") and verb.dep_ == "acl" and verb.head in heads:
        return heads[verb.head]
    if lemma in _telling():
        first = () if lemma == "follow" and timed else ("nsubjpass",)  # the raid was followed today by others
        parts = [c for c in verb.children if c.dep_ in ("dobj", "nsubj", *first, "attr")]
        near = [t for c in parts for t in grammar.listed(c)]
        near += [t for p, t in grammar.prepositional(verb) if p in ("in", "during", "by")]
        found = (heads.get(t) or _partitive(t, heads) for t in near)
        told = next((t for t in found if t is not None), None)
        if told is not None or lemma not in _ORDERING:
            return told
    return next((heads[c] for c in verb.children if c.dep_ == "xcomp" and c in heads), None)


@cache
def _telling() -> frozenset[str]:
    """Verbs whose clause is about the attack that is their subject or object."""
    return frozenset().union(
        *(words(c) for c in ("light", "foil", "occur", "undergo", "strike", "happening", "repel"))
    )


def _partitive(token: Token, heads: Mapping[Token, Trigger]) -> Trigger | None:
    inner = [t for p, t in grammar.prepositional(token) if p == "of"]
    return next((heads[t] for t in inner if t in heads), None)


def _said(verb: Token, heads: Mapping[Token, Trigger]) -> Trigger | None:
    """A report's date stands for a foiled or planned attack, an arrest, a claim, which are known by it."""
    for content in verb.children:
        if content.dep_ in ("ccomp", "xcomp"):
            if content in heads and content.dep_ == "xcomp" and verb.lemma_.lower() in _ORDERING:
                return heads[content]
            if content in heads and heads[content].sense.type == "COERCE":
                return heads[content]
            if content.lemma_.lower() in _STATED or verb.lemma_.lower() == "warn":
                inner = [t for t in content.subtree if t in heads]
                return heads[inner[0]] if inner else None
    return None
