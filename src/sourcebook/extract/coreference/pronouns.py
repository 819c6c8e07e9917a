"""Whom a pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sourcebook.extract.coreference.scene import (
    GROUPS,
    SUBJECTS,
    Noticed,
    Scene,
    best,
    recent,
    singular,
    singular_group,
    the_actor,
    word_sets,
)
from sourcebook.extract.names.lexicon import given_names, key, titles
from sourcebook.model import Form, MentionKind

_NEUTER: Final = GROUPS | {MentionKind.PLACE}


def of_pronoun(one: Noticed, scene: Scene) -> Noticed | None:
    """Whom "he", "it", "they", "both" or "the latter" stands for, where that is clear."""
    sets = word_sets()
    lower = one.root.lower_
    if lower in sets["he"] | sets["she"]:
        gender = "m" if lower in sets["he"] else "f"
        people = [c for c in recent(one, scene, 1) if _person(c, gender)]
        return best(one, people, scene) if people or gender == "m" else _translated(one, scene)
    if lower in sets["it"]:
        return _it(one, scene)
    if lower in sets["they"]:
        near = [c for c in recent(one, scene, 1) if _several(c, scene) and not (_held(one) and _body(c))]
        return _subject(one, scene, near)
    if lower in sets["last"] | sets["first"]:
        return _of_two(one, scene)
    return _both(one, scene) if lower in sets["pair"] else None


#: What is done to people and not to courts and ministries.
_DONE_TO_PEOPLE: Final = frozenset(
    "arrest detain charge try release free convict sentence jail imprison kill wound injure hurt".split()
)
_BODIES: Final = frozenset("court ministry parliament embassy bank company agency university school".split())


def _held(one: Noticed) -> bool:
    """Whether the pronoun stands for somebody who is arrested, tried, freed or hurt."""
    passive = one.root.dep_ in ("nsubjpass", "dobj")
    return passive and one.root.head.lemma_.lower() in _DONE_TO_PEOPLE


def _body(noticed: Noticed) -> bool:
    return noticed.mention.form is Form.NOMINAL and noticed.root.lemma_.lower() in _BODIES


def _it(one: Noticed, scene: Scene) -> Noticed | None:
    """The nearest actor that stands out, else, of what only actors do and own, the one the text is about."""
    if one.root.dep_ == "poss" and one.root.head.lemma_.lower() in _STATES_OWN:
        state = _partner(one, scene)
        if state is not None:
            return state
    near = [c for c in recent(one, scene, 1) if _thing(c)]
    if one.root.dep_ == "poss" and one.root.head.lemma_.lower() in _MEASURED:
        near = [c for c in near if not _estimates(c)]
    found = _subject(one, scene, near)
    return found or (the_actor(one, scene) if _acts(one, scene) else None)


def _partner(one: Noticed, scene: Scene) -> Noticed | None:
    """The state of "a deal with Norland and help with its withdrawal": whoever helps is not who withdraws."""
    preposition = one.root.head.head
    if one.root.head.dep_ != "pobj" or preposition.lower_ != "with":
        return None
    states = (
        b
        for b in reversed(recent(one, scene, 0))
        if b.kind in (MentionKind.PLACE, MentionKind.GOVERNMENT) and b.mention.form is Form.NAME
    )
    return next((b for b in states if b.root.dep_ in ("pobj", "dobj")), None)


#: What is estimated of a group, and words for doing so.
_MEASURED: Final = frozenset(("strength", "size", "membership", "number"))
_ESTIMATING: Final = frozenset(("put", "estimate", "assess", "reckon", "believe", "calculate"))


def _estimates(noticed: Noticed) -> bool:
    """Whether an actor is, or is named with, whoever estimates something: nobody estimates their own side."""
    at = noticed.root
    while at.dep_ not in SUBJECTS and at.head.i != at.i and at.pos_ != "VERB":
        at = at.head
    return at.dep_ in SUBJECTS and at.head.lemma_.lower() in _ESTIMATING


#: What states have and armed groups seldom do.
_STATES_OWN: Final = frozenset(
    ("withdrawal", "pullout", "evacuation", "invasion", "occupation", "government")
)


def _acts(one: Noticed, scene: Scene) -> bool:
    """Whether the pronoun does or owns what only actors do or own, and no text that speaks stands before."""
    head = one.root.head.lemma_.lower()
    said = [scene.blocked.get(n) for n in (one.sentence, one.sentence - 1)]
    if any(s and s.i < one.root.i and singular(s) and s.lemma_.lower() in word_sets()["text"] for s in said):
        return False
    doing = one.root.dep_ == "nsubj" and head in word_sets()["acting"]
    return doing or (one.root.dep_ == "poss" and head in word_sets()["owned"])


def _translated(one: Noticed, scene: Scene) -> Noticed | None:
    """An organisation that a translation calls "she": no woman is named, and only actors do what she does."""
    women = any(_person(b, "f") and b.mention.form is not Form.PRONOUN for b in recent(one, scene, 4))
    if women or not _acts(one, scene):
        return None
    return best(one, [c for c in recent(one, scene, 1) if c.kind in GROUPS and _thing(c)], scene)


def _both(one: Noticed, scene: Scene) -> Noticed | None:
    """The two last described as two."""
    for earlier in reversed(recent(one, scene, 1)):
        if any(c.dep_ == "conj" and c.pos_ == "NOUN" for c in earlier.root.children):
            return None  # two men and a woman
        counted = {t.lower_ for t in earlier.root.lefts if t.dep_ == "nummod"}
        if earlier.mention.form is Form.NOMINAL and counted & {"two", "2"} and not singular(earlier.root):
            return earlier
    return None


def _of_two(one: Noticed, scene: Scene) -> Noticed | None:
    """The first or the last of the two actors that the words before have named."""
    for distance in (0, 1):
        named = [
            b
            for b in scene.before
            if b.sentence == one.sentence - distance and b.mention.form is Form.NAME
            if b.kind in GROUPS | {MentionKind.PERSON}
        ]
        order = list(dict.fromkeys(b.who for b in named))
        if len(order) == 2:
            who = order[one.root.lower_ in word_sets()["last"]]
            return next(b for b in named if b.who == who)
        if order:
            return None
    return None


def _subject(one: Noticed, scene: Scene, near: list[Noticed]) -> Noticed | None:
    """The best of the same sentence, else of the one before unless its subject is no actor at all."""
    here = [c for c in near if c.sentence == one.sentence]
    stranger = scene.blocked.get(one.sentence)
    if here and not (stranger is not None and stranger.i < one.root.i and not _possessed(here, stranger)):
        found = best(one, here, scene)
        if found is not None or one.root.dep_ not in SUBJECTS:
            return found
    if stranger is not None and stranger.i < one.root.i:
        return None
    if one.sentence - 1 in scene.blocked and not _possessed(near, scene.blocked[one.sentence - 1]):
        return None
    return best(one, [c for c in near if c.sentence < one.sentence], scene)


def _possessed(near: Iterable[Noticed], stranger: object) -> bool:
    """Whether an actor owns the subject: "HF's strategy has changed. It now ..."."""
    return any(c.root.dep_ == "poss" and c.root.head == stranger for c in near)


def _person(noticed: Noticed, gender: str) -> bool:
    if noticed.kind is not MentionKind.PERSON:
        return False
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["he" if gender == "m" else "she"]
    words = key(noticed.mention.exact)
    told = {titles()[w].gender for w in words if w in titles()} | {
        given_names().get(w, "-") for w in words[:2]
    }
    return gender in told or not told - {"-"}


def _thing(noticed: Noticed) -> bool:
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["it"] and noticed.who != str(noticed.mention.id)
    if noticed.kind is MentionKind.PLACE:
        return noticed.mention.country is not None and noticed.root.dep_ in SUBJECTS
    return noticed.kind in _NEUTER and singular_group(noticed)


def _several(noticed: Noticed, scene: Scene) -> bool:
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["they"] and noticed.who != str(noticed.mention.id)
    if noticed.mention.form is Form.NOMINAL:
        return noticed.kind is not MentionKind.FACILITY and not singular(noticed.root)
    return noticed.kind is MentionKind.PEOPLE or noticed.who in scene.plural
