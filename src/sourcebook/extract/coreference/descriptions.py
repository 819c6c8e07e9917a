"""Whom a description is of: a name beside it, or an actor spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sourcebook.extract.coreference.scene import (
    GROUPS,
    SUBJECTS,
    Noticed,
    Scene,
    best,
    disjoint,
    recent,
    singular,
    singular_group,
    the_actor,
    word_sets,
)
from sourcebook.extract.coreference.syntax import beside
from sourcebook.extract.names.lexicon import key, titles
from sourcebook.model import Form, Mention, MentionKind

#: Words before a noun that set apart whoever it is of from whoever was spoken of.
_OTHERS: Final = frozenset(
    ("splinter", "breakaway", "rival", "dissident", "other", "new", "second", "opposing")
)
_ARRESTED: Final = frozenset(("arrest", "detain", "charge", "hold", "capture", "apprehend", "round"))
_SEIZED: Final = frozenset(("kidnap", "abduct", "seize", "take", "hold"))
_STRUCK: Final = frozenset(
    ("kill", "murder", "shoot", "stab", "wound", "injure", "beat", "behead", "execute")
)
#: What people are called for what befell them.
_UNDERGONE: Final = {
    "suspect": _ARRESTED, "detainee": _ARRESTED, "prisoner": _ARRESTED, "captive": _SEIZED,
    "hostage": _SEIZED, "victim": _STRUCK,
}  # fmt: skip
#: Those of them that make it an offshoot of the other.
_SPLIT: Final = frozenset(("splinter", "breakaway", "dissident"))
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those"))


def named_beside(one: Noticed, noticed: Sequence[Noticed]) -> Noticed | None:
    """A name in apposition to the description, inside it, or of which it is the predicate."""
    part = one.root.lemma_.lower() in word_sets()["part"]
    if not singular(one.root) and one.root.lemma_.lower() in word_sets()["collective"]:
        return None
    for root, inside in beside(one.root):
        for other in noticed:
            named = other.mention.form is Form.NAME and other.root.i == root.i
            if (
                named
                and _alike(one.mention, other.mention)
                and not (inside and (part or not _joins(one, other)))
            ):
                return other
    return None


def _joins(one: Noticed, name: Noticed) -> bool:
    """Whether a name inside is the actor: "the HF group", "HF fighters", not "anti-HF groups"."""
    lemma = one.root.lemma_.lower()
    words = {t.lower_ for t in one.root.subtree}
    apart = words & {"former", "ex", "anti", "pro", "other", "rival", "-"}
    if apart and not name.mention.exact.count("-"):
        return False
    group = lemma in word_sets()["collective"] and singular(one.root)
    return one.kind is name.kind and (group or lemma in word_sets()["fighters"])


def _alike(left: Mention, right: Mention) -> bool:
    if left.kind is MentionKind.MEDIA or left.kind is MentionKind.PERSON or right.kind is MentionKind.PERSON:
        return left.kind is right.kind
    return right.kind in GROUPS or right.kind is left.kind


def of_description(one: Noticed, scene: Scene) -> Noticed | None:
    """Whom a description without a name beside it refers back to."""
    sets = word_sets()
    lemma = one.root.lemma_.lower()
    lefts = {t.lower_ for t in one.root.lefts}
    if lefts & sets["parent"]:
        return _parent(scene)
    if lefts & _SPLIT and lefts & _DEFINITE and one.kind in GROUPS and singular(one.root):
        return _offshoot(one, scene)
    if not lefts & _DEFINITE or lemma in sets["part"] - {"affiliate", "network"}:
        return None
    if lefts & _OTHERS:
        return None
    if lemma in sets["collective"] and one.kind in GROUPS and singular(one.root):
        return _the_group(one, scene)
    if one.kind is MentionKind.PERSON and (held := _same_office(one, scene)) is not None:
        return held
    return _same_people(one, scene) or _undergone(one, scene)


def _the_group(one: Noticed, scene: Scene) -> Noticed | None:
    """An actor of this sentence or the one before, of the last few, or the one that the text is about."""
    wide = one.root.lemma_.lower().startswith("organi") or one.kind is not MentionKind.ARMED_GROUP
    like = GROUPS if wide else frozenset((MentionKind.ARMED_GROUP,))
    last = [c for c in recent(one, scene, 4) if singular_group(c)]
    like = like if any(c.kind in like for c in last) else like | {MentionKind.ORGANIZATION}
    fitting = [c for c in last if c.kind in like]
    near = [c for c in fitting if one.sentence - c.sentence < 2]
    harmed = _harmed(one, near)
    if harmed is not None:
        return harmed if harmed.who == scene.about else None
    return best(one, near or fitting, scene) or (the_actor(one, scene) if not wide or not near else None)


def _harmed(one: Noticed, near: Sequence[Noticed]) -> Noticed | None:
    """The actor against whom the other of two acted in the sentence before: "it executed HF fighters".

    The description then stands as likely for the one as for the other, unless it acts itself.
    """
    if one.root.dep_ in SUBJECTS:
        return None
    for candidate in reversed(near):
        at = candidate.root
        while at.dep_ in ("compound", "nmod", "poss", "conj", "appos", "amod"):
            at = at.head
        struck = at.dep_ in ("dobj", "nsubjpass") and at.head.lemma_ in word_sets()["hostile"]
        if struck and candidate.mention.form is Form.NAME and len({c.who for c in near}) > 1:
            return candidate
    return None


def _parent(scene: Scene) -> Noticed | None:
    """The one group that the text calls some group an offshoot or affiliate of."""
    parents: dict[str, Noticed] = {}
    for child in (b for b in scene.before if b.root.lemma_.lower() in word_sets()["part"]):
        for root, inside in beside(child.root):
            for other in scene.before:
                if inside and other.root.i == root.i and other.kind in GROUPS:
                    parents[other.who] = other
    return next(iter(parents.values())) if len(parents) == 1 else None


def _offshoot(one: Noticed, scene: Scene) -> Noticed | None:
    """The splinter group: as before; else what is called an offshoot; else the other of two named groups."""
    said = [
        b for b in scene.before if {t.lower_ for t in b.root.lefts} & _SPLIT and b.who != str(b.mention.id)
    ]
    if said:
        return said[-1]
    named = {
        b.who: b for b in scene.before if b.mention.form is Form.NAME and b.kind is MentionKind.ARMED_GROUP
    }
    called = {b.who for b in scene.before if b.root.lemma_.lower() in word_sets()["part"]} & set(named)
    left = called if len(called) == 1 else set(named) - disjoint(one, scene)
    return named[left.pop()] if len(left) == 1 and len(named) == 2 else None


def _same_office(one: Noticed, scene: Scene) -> Noticed | None:
    """The person named with the office that the description gives: "President Ardel ... the president"."""
    lemma = one.root.lemma_.lower()
    if lemma not in titles():
        return None
    holders = {
        b.who: b
        for b in scene.before
        if b.kind is MentionKind.PERSON and b.mention.form is Form.NAME and lemma in key(b.mention.exact)[:-1]
    }
    return next(iter(holders.values())) if len(holders) == 1 else None


def _others(one: Noticed, earlier: Noticed) -> bool:
    """Whether names before the nouns set them apart: "the Front leaders" are not "the Brigade leaders"."""
    left, right = ({t.lower_ for t in n.root.lefts if t.pos_ == "PROPN"} for n in (one, earlier))
    return bool(left and right) and not left & right


def _undergone(one: Noticed, scene: Scene) -> Noticed | None:
    """The suspects, the hostages, the victims: who was arrested, seized or killed just before."""
    done = _UNDERGONE.get(one.root.lemma_.lower())
    if done is None:
        return None
    found = [
        b
        for b in recent(one, scene, 2)
        if b.root.dep_ in ("dobj", "nsubjpass")
        and b.root.head.lemma_ in done
        and b.kind in (MentionKind.PERSON, MentionKind.PEOPLE)
        and singular(b.root) == singular(one.root)
    ]
    return found[-1] if len({b.who for b in found}) == 1 else None


def _same_people(one: Noticed, scene: Scene) -> Noticed | None:
    """An earlier description of some people by the same noun, or by another word for attackers."""
    lemma = one.root.lemma_.lower()
    attackers = word_sets()["attackers"]
    for earlier in reversed(recent(one, scene, 6)):
        word = earlier.root.lemma_.lower()
        same = word == lemma or (word in attackers and lemma in attackers)
        plain = earlier.mention.form is Form.NOMINAL and earlier.kind not in (
            MentionKind.PLACE,
            MentionKind.FACILITY,
        )
        if same and plain and singular(earlier.root) == singular(one.root) and not _others(one, earlier):
            return earlier
    return None
