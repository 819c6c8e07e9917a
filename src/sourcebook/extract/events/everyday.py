"""Everyday senses of the words of violence: sport, computing, film, mishaps, fires, floods, labour."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Span as Tokens

from sourcebook.extract.events import grammar, rhetoric, verbal
from sourcebook.extract.events.lexicon import triggers, weapons, words
from sourcebook.extract.events.trigger import Trigger

#: How many tokens around a word tell what a text is about there.
_AROUND: Final = 60
#: Results that a flood or a quake has as an attack has them.
_RESULTS: Final = frozenset(("injure", "die", "destroy", "death", "kill"))
_ATTACKS: Final = frozenset(("attack", "bombing", "shooting", "killing", "clash"))
_MISHAPS: Final = frozenset(
    ("accidentally", "accidental", "inadvertently", "unintentionally", "unintentional")
)
_ACCIDENTS: Final = _MISHAPS | {"accident", "mishap"}
_BY_MISHAP: Final = frozenset(("shooting", "shoot", "anaphor", "kill", "injure"))
_PROTESTING: Final = frozenset(
    "against protest protester demand outside embassy release denounce activist".split()
)
_BOMBED: Final = frozenset(
    ("air", "airstrike", "missile", "drone", "bomb", "target", "jet", "aircraft", "military")
)


def is_meant(trigger: Trigger, sentence: Tokens) -> bool:
    """Whether the words have a sense here that is no event of this kind."""
    if _idiom(trigger) or rhetoric.is_said(trigger):
        return True
    at, doc = trigger.head.i, trigger.head.doc
    inside, before = _lemmas(sentence), _lemmas(doc[max(0, at - _AROUND) : at])
    around = before | _lemmas(doc[at : at + _AROUND])
    if _of_sport(trigger, inside, around):
        return True
    if not trigger.is_violent and trigger.sense.frame != "capture":
        return False
    if trigger.sense.words == ("damage",) and _of_nobody(trigger, around):
        return True
    nouns = {t.lemma_.lower() for t in (*doc[max(0, at - _AROUND) : at], *sentence) if t.pos_ != "VERB"}
    return (
        len(around & words("computing")) >= (2 if inside & words("computing") else 3)
        or _of_labour(trigger, around)
        or _of_nature(trigger, before | inside, nouns)
        or (trigger.sense.frame in ("shooting", "shoot", "capture") and len(around & words("cinema")) >= 2)
        or (trigger.sense.frame in _BY_MISHAP and _is_mishap(before, inside))
    )


def _of_sport(trigger: Trigger, inside: set[str], around: set[str]) -> bool:
    """A match is told of here; whoever is hurt where players are spoken of is hurt in play."""
    told = len(around & words("sport"))
    hurt = trigger.sense.frame in ("injure", "retreat") and told > 1 and not _armed(around)
    return hurt or (told > 1 and bool(inside & words("sport")))


def _of_nobody(trigger: Trigger, around: set[str]) -> bool:
    """A line was damaged: by nobody, and nobody armed is spoken of."""
    return not grammar.subjects(trigger.head) and not _armed(around) and not around & words("bloodshed")


def _is_mishap(before: set[str], inside: set[str]) -> bool:
    """Told as an accident here or just before, and not as no accident."""
    told = inside & _ACCIDENTS or before & _MISHAPS
    return bool(told) and not inside & {"not", "no", "n't", "never", "rule", "attack", "gunman", "militant"}


def _lemmas(tokens: Tokens) -> set[str]:
    return {t.lemma_.lower() for t in tokens}


def _of_labour(trigger: Trigger, around: set[str]) -> bool:
    """A strike of which unions and workers are spoken, and no bombs."""
    plain = trigger.is_noun and trigger.head.lemma_ == "strike" and trigger.head.tag_ == "NN"
    told = len(around & words("labour"))
    return plain and not around & _BOMBED and (told > 1 or not _armed(around))


def _of_nature(trigger: Trigger, around: set[str], nouns: set[str]) -> bool:
    """Hurt and damaged where a quake or a crash has just been told, nobody does it and nobody is armed."""
    told = around & words("collapse") or _fires(around)
    if trigger.sense.frame not in _RESULTS or not told:
        return False
    doers = [] if trigger.is_noun else grammar.subjects(trigger.head)
    return not doers and not _armed(nouns - {"fire"})


def _fires(lemmas: set[str]) -> bool:
    """Whether something burns: a blaze, or a fire that breaks out."""
    return bool(lemmas & {"blaze", "inferno", "firefighter", "fireman"}) or {"fire", "break"} <= lemmas


def _armed(lemmas: set[str]) -> bool:
    """Whether somebody armed, a weapon or an attack is spoken of."""
    return any(
        w in words("armed") or ((found := weapons().get(w)) is not None and found.kind == "weapon")
        for w in lemmas
    ) or any(
        s.type == "ASSAULT" and s.frame in _ATTACKS for w in lemmas for s in triggers().get(("n", w), ())
    )


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
    if (not trigger.is_noun and _by_mishap(trigger)) or _shot_out(trigger) or _for_the_dead(trigger):
        return True
    if before & {"accidental", "accidentally", "unintentional", "self-inflicted"}:
        return True
    if head.lemma_ == "hang" and any(c.dep_ in ("prt", "advmod") for c in head.rights):
        return True  # hanging out, hanging around
    if trigger.sense.frame == "sink" and {"nearly", "almost"} & {c.lower_ for c in head.lefts}:
        return True
    if (
        before & words("body")
        or (head.dep_ == "compound" and trigger.is_noun)
        or head.ent_type_ in ("WORK_OF_ART",)
    ):
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


def _shot_out(trigger: Trigger) -> bool:
    """To shoot it out; prices shoot up; a politician fires back."""
    bare = not grammar.objects(trigger.head) and not trigger.is_noun
    apart = {c.lower_ for c in trigger.head.rights if c.dep_ in ("prt", "advmod")}
    if trigger.sense.frame == "fire":
        said = {t.lemma_ for p, t in grammar.prepositional(trigger.head) if p == "at"}
        return bare and "back" in apart and bool(said & {"comment", "remark", "critic", "criticism", "claim"})
    return trigger.sense.frame == "shoot" and ("out" in apart or (bare and "up" in apart))


def _for_the_dead(trigger: Trigger) -> bool:
    """A vigil for somebody who died, against nothing."""
    inside = _lemmas(trigger.head.sent)
    return any(t.lemma_ == "vigil" for t in trigger.tokens) and not inside & _PROTESTING


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
