"""From a word that fills a role to the mention that does, made anew where none was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.armament import is_weapon
from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.extract.events.roles import Slot
from sourcebook.extract.notes import Notes
from sourcebook.extract.quantities import is_part
from sourcebook.extract.quantities.count import count_of
from sourcebook.extract.quantities.units import effects
from sourcebook.gazetteer import country
from sourcebook.model import Form, Mention, MentionKind, Quantity
from sourcebook.model.vocabulary import TOLL_ROLES

Filler = tuple[str, Mention]

#: Kinds of mention that may act or be acted upon.
ACTORS: Final = (
    MentionKind.PERSON,
    MentionKind.ARMED_GROUP,
    MentionKind.ORGANIZATION,
    MentionKind.GOVERNMENT,
    MentionKind.SECURITY_FORCE,
    MentionKind.MEDIA,
    MentionKind.PEOPLE,
)
_SITES: Final = (MentionKind.PLACE, MentionKind.FACILITY)
_VAGUE: Final = frozenset(
    ("people", "person", "other", "more", "dozen", "hundred", "thousand", "score", "life", "victim")
)
_EMPTY: Final = frozenset(
    (
        "it",
        "this",
        "that",
        "which",
        "what",
        "there",
        "these",
        "those",
        "itself",
        "themselves",
        "himself",
        "herself",
        "oneself",
    )
)
_PARTIES: Final = ("actor", "claimant", "suspect", "accuser", "source-of-warning")
_STATES: Final = frozenset(("u.s.", "us", "uk", "u.k.", "eu", "nato", "u.s", "usa", "un"))


def fill(notes: Notes, slot: Slot) -> list[Filler]:
    """The roles and mentions that a slot stands for; none where the words name nothing."""
    if slot.role in TOLL_ROLES:
        return list(_toll(notes, slot))
    if slot.role == "any":
        return list(_modifier(notes, slot.token))
    if slot.role == "hit":
        struck = words("gathering") | words("facility")
        return fill(notes, slot._replace(role="target")) if slot.token.lemma_.lower() in struck else []
    mention = _mention(notes, slot.token, slot.role)
    if mention is None:
        return []
    if slot.via in ("poss", "comp") and slot.role == "actor":
        return list(_modifier(notes, slot.token))
    return list(_routed(slot, mention))


def _routed(slot: Slot, mention: Mention) -> Iterator[Filler]:
    """A target that is a person is a recipient; a bomb that kills is the weapon, not the actor."""
    role, kind = slot.role, mention.kind
    if kind is MentionKind.TIME:
        if slot.via in ("of", "poss"):
            yield "date", mention
    elif kind is MentionKind.QUANTITY:
        return
    elif kind is MentionKind.WEAPON:
        if role in ("actor", "weapon") or (role == "recipient" and slot.via == "with"):
            yield "weapon", mention
    elif role in ("target", "hurt"):
        yield from _struck(slot, mention)
    elif _may_be(role, mention):
        yield role, mention


def _struck(slot: Slot, mention: Mention) -> Iterator[Filler]:
    """What was hit; a blast at a village, near a town was there, a shooting at the Blue Lantern hit that."""
    kind = mention.kind
    if slot.via == "at" and kind is MentionKind.IDEA:
        yield from [("target", mention)] if mention.head in words("gathering") else []
    elif slot.via in ("at", "near", "outside", "inside") and kind is MentionKind.PLACE:
        yield "location", mention
    elif slot.via == "on" and kind is MentionKind.IDEA and slot.token.lemma_.lower() in words("land"):
        return
    elif slot.via == "at" and kind is MentionKind.ORGANIZATION:
        yield "target", mention
    else:
        yield from _attacked(mention)


def _may_be(role: str, mention: Mention) -> bool:
    """Whether a mention of this kind may fill the role; an embassy may warn, but a market attacks nobody."""
    kind = mention.kind
    if role in ("source-of-warning", "accuser", "recipient"):
        return kind is not MentionKind.IDEA
    if role in _PARTIES:
        seat = kind is MentionKind.FACILITY and mention.name.lower().split()[-1] in words("body_politic")
        return seat or kind not in (MentionKind.IDEA, MentionKind.FACILITY)
    return role == "location" and kind in _SITES


def _attacked(mention: Mention) -> Iterator[Filler]:
    if mention.kind in ACTORS and mention.name.lower().split()[-1] not in words("facility"):
        yield "recipient", mention
    else:
        yield "target", mention
        if mention.kind in _SITES:
            yield "location", mention


def _modifier(notes: Notes, token: Token) -> Iterator[Filler]:
    """What stands before a noun: the Moscow attack, Friday's attack, a rocket attack, the Front's attack."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is not None and after.head == token.head and after.lemma_ in ("police", "army", "military"):
        return  # a Norland police raid is not the country's
    mention = notes.headed_by(token) or next(iter(notes.covering(token)), None)
    armed = mention is not None and mention.kind in (MentionKind.WEAPON, MentionKind.ORGANIZATION)
    if mention is None or (armed and (is_weapon(token) or mention.kind is MentionKind.WEAPON)):
        mention = _mention(notes, token, "weapon") if is_weapon(token) else mention
    if mention is None:
        mention = _made(notes, token, "actor") if token.dep_ == "poss" else None
    if mention is None:
        return
    if mention.kind is MentionKind.TIME:
        yield "date", mention
    elif mention.kind is MentionKind.WEAPON:
        yield "weapon", mention
    elif mention.kind in _SITES:
        state = (
            token.lower_ in _STATES or token.pos_ == "ADJ" or (token.dep_ == "poss" and _acts(token, mention))
        )
        yield ("actor" if state else "location"), mention
        if mention.kind is MentionKind.FACILITY and not state:
            yield "target", mention
    elif mention.kind in ACTORS:
        yield "actor", mention


def _acts(token: Token, mention: Mention) -> bool:
    """A country before its attack does it, unless the attack is the worst of the country's."""
    if mention.form is Form.PRONOUN:
        return True  # its withdrawal, its invasion: of the country that "its" stands for
    ranked = any(t.tag_ in ("JJS", "RBS") or t.lower_ in ("first", "history") for t in token.head.lefts)
    return country(mention.name) is not None and not ranked


def _toll(notes: Notes, slot: Slot) -> Iterator[Filler]:
    """Who was killed, hurt, taken: the count as the toll, and the people as recipient."""
    counted, summed = count(notes, slot.token), _summed(notes, slot.token)
    if counted is not None and not summed:
        yield slot.role, counted
        parts = (t for p, t in grammar.prepositional(slot.token) if p == "including")
        yield from ((slot.role, m) for t in parts if (m := count(notes, t)) is not None and _is_part(m))
    if slot.token.lemma_.lower() in _VAGUE or slot.token.pos_ == "NUM":
        return
    mention = _mention(notes, slot.token, "recipient")
    if mention is not None and mention.kind in ACTORS:
        yield "recipient", mention
        if counted is None and not summed:
            made = _single(notes, slot.token, mention)
            yield from [(slot.role, made)] if made is not None else []


def _is_part(mention: Mention) -> bool:
    return isinstance(mention.value, Quantity) and is_part(mention.value)


def count(notes: Notes, token: Token) -> Mention | None:
    """The quantity mention that counts a noun or stands for it ("12 people", "dozens", "12 of them")."""
    direct = notes.headed_by(token, MentionKind.QUANTITY)
    if direct is not None:
        return direct
    left = token.doc[token.left_edge.i : token.i + 1]
    inside = notes.within(notes.passage.span(left), MentionKind.QUANTITY)
    counting = [m for m in inside if _counts(notes, m, token)]
    if counting:
        return counting[-1]
    return next(iter(notes.covering(token, MentionKind.QUANTITY)), None)


def _counts(notes: Notes, mention: Mention, token: Token) -> bool:
    tokens = notes.passage.tokens(mention.span)
    if tokens is None:
        return False
    root = tokens.root
    return root == token or root.head == token or root.head.head == token


def _summed(notes: Notes, token: Token) -> bool:
    """Whether the count of the noun before, to which this one is joined, has this one in it."""
    first = token
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
    if token.dep_ != "conj" or first.pos_ not in ("NOUN", "PROPN") or count(notes, first) is not None:
        return False
    whole = count_of(first)
    return whole is not None and whole.low is not None and token in grammar.listed(first)


def _single(notes: Notes, token: Token, who: Mention) -> Mention | None:
    """Who was killed, said without a number: "a policeman", "the mayor and his wife", a name."""
    value = count_of(token)
    if value is None and who.kind is MentionKind.PERSON and who.form is Form.NAME:
        value = Quantity(low=1, high=1, usual_low=1, usual_high=1, unit="person", of=None, wording="")
    if value is None or value.low is None:
        return None
    phrase = grammar.noun_phrase(token)
    beside = (
        t
        for t in grammar.listed(token)
        if t.lower_ not in effects() and ("n", t.lemma_.lower()) not in triggers()
    )
    joined = list(beside) if value.low != 1 else []
    return notes.passage.mention(
        token.doc[phrase.start : max((t.i for t in joined), default=token.i) + 1],
        MentionKind.QUANTITY,
        form=Form.NOMINAL,
        value=value,
    )


def _mention(notes: Notes, token: Token, role: str) -> Mention | None:
    if token.lower_.endswith(("self", "selves")):
        return None
    if notes.headed_by(token, *ACTORS) is None:
        token = grammar.counted(token)
    if token.lower_ in _EMPTY and notes.headed_by(token) is None:
        return None
    kinds = (*ACTORS, *_SITES, MentionKind.WEAPON, MentionKind.TIME, MentionKind.IDEA)
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        named = notes.headed_by(token.head, *ACTORS)
        if named is not None and named.form is Form.NAME:
            return named
    named = _apposed(notes, token) if role in ("actor", "recipient", "suspect") else None
    if named is not None:
        return named
    found = notes.headed_by(token, *_SITES) if role == "target" else None
    found = found or notes.headed_by(token, *kinds)
    if found is None and token.pos_ == "PROPN":
        found = next(iter(notes.covering(token, *kinds)), None)
    mistaken = (MentionKind.ORGANIZATION, MentionKind.PERSON, MentionKind.FACILITY)
    if found is not None and found.kind in mistaken and role in ("actor", "weapon") and is_weapon(token):
        return _made(notes, token, role)
    return found or _made(notes, token, role)


def _apposed(notes: Notes, token: Token) -> Mention | None:
    """The name that stands after a description: "the mayor of the town, Anders Kell"."""
    near = [token, *(t for p, t in grammar.prepositional(token) if p == "of")]
    names = [c for t in near for c in t.rights if c.dep_ == "appos" and c.pos_ == "PROPN"]
    if token.pos_ != "NOUN" or not names:
        return None
    return notes.headed_by(names[0], MentionKind.PERSON, MentionKind.ARMED_GROUP)


def _made(notes: Notes, token: Token, role: str) -> Mention | None:
    """A mention of a noun phrase that nothing else has taken for one."""
    if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ in ("DATE", "TIME"):
        return None
    kind = _kind(token, role)
    if kind is None:
        return None
    return notes.passage.mention(
        grammar.noun_phrase(token), kind, form=Form.NOMINAL, head=token.lemma_.lower()
    )


def _kind(token: Token, role: str) -> MentionKind | None:
    lemma = token.lemma_.lower()
    if is_weapon(token):
        return MentionKind.WEAPON
    if lemma in words("people") or (token.pos_ == "PROPN" and lemma.removesuffix("s") in words("people")):
        return MentionKind.PEOPLE
    if lemma in words("facility"):
        return MentionKind.FACILITY
    if lemma in words("part"):
        return None
    if ("n", lemma) in triggers() and lemma not in words("gathering"):
        return None
    if role == "target":
        named = token.pos_ == "PROPN" and not token.is_lower
        return MentionKind.PLACE if named else MentionKind.IDEA
    return None
