"""Whether the words take it for granted that an act took place: "asked about the shooting", "who did it"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

_OVER: Final = frozenset(("about", "regarding", "concerning", "over"))
_TELL: Final = frozenset(
    "speak talk ask question interview testify know information detail tell inform call come".split()
)
_INVOLVED: Final = frozenset(
    "involve implicate link connect wanted want charge suspect accuse participate complicit role".split()
)
_INQUIRIES: Final = frozenset("investigation inquiry enquiry probe investigate inquire probe".split())
_ANSWERING: Final = frozenset(
    "accountable responsible punish punishment justice blame compensation compensate apologise apologize"
    " revenge avenge".split()
)
_ASKED: Final = frozenset(("who", "why", "how", "what", "which"))
_DONE: Final = frozenset(("plan", "orchestrate", "mastermind", "organise", "organize", "plot"))


def is_granted(noun: Token) -> bool:
    """Whether a noun phrase that is known ("the shooting", "the Tolvin attack") is only spoken about."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if _investigated(noun) or _told_of(noun) or _met_with(noun):
        return True
    return _is_known(noun) and (
        _called(noun)
        or _dates(noun)
        or _asked_about(noun)
        or _took_part(noun)
        or _who_did(noun)
        or _was_planned(noun)
        or _answered_for(noun)
    )


def is_background(noun: Token) -> bool:
    """Who was not tried for the bombing, or had no part in it: there was one, whatever is denied."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ != "NN" or noun.dep_ != "pobj" or not _is_known(noun):
        return False
    return noun.head.lower_ in ("for", "in", "over", "after", "during", "behind", "with", "about", "since")


def _is_known(noun: Token) -> bool:
    before = list(noun.lefts)
    named = any(c.lower_ in ("the", "this") or (c.dep_ == "compound" and c.pos_ == "PROPN") for c in before)
    return named and not any(c.tag_ == "VBN" or c.lower_ in ("any", "such", "next") for c in before)


def _investigated(noun: Token) -> bool:
    """Whoever wants an inquiry into an attack takes it for real."""
    above = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ in ("into", "of") and above.lemma_ in _INQUIRIES


def _told_of(noun: Token) -> bool:
    """An attack that killed thirteen: it did, whatever is asked about it."""
    clauses = (c for c in noun.rights if c.dep_ == "relcl" and c.tag_ == "VBD")
    return any(not any(a.dep_ in ("aux", "neg") for a in c.lefts) for c in clauses)


def _met_with(noun: Token) -> bool:
    """A man of interest in a deadly shooting; seen at a protest organised by a preacher."""
    deadly = any(c.lower_ in ("deadly", "fatal", "bloody") for c in noun.lefts)
    if noun.dep_ != "pobj" or noun.tag_ != "NN":
        return False
    held = any(c.dep_ == "acl" and any(a.dep_ == "agent" for a in c.children) for c in noun.rights)
    return (deadly and noun.head.lower_ in ("in", "over", "after")) or (
        held and noun.head.lower_ in ("during", "at", "amid")
    )


def _answered_for(noun: Token) -> bool:
    """Hold them accountable for the attack, ask who could be behind it: there was one."""
    if noun.dep_ == "dobj":
        return noun.head.lemma_ == "surround"
    if noun.dep_ != "pobj":
        return False
    above = noun.head.head
    return noun.head.lower_ == "behind" or (noun.head.lower_ == "for" and above.lemma_.lower() in _ANSWERING)


def _called(noun: Token) -> bool:
    """Who calls the attack an outrage takes it for real."""
    return noun.dep_ == "dobj" and any(c.dep_ == "oprd" for c in noun.head.children)


def _dates(noun: Token) -> bool:
    """Whether the riots after the raid will be looked into: the raid dates them."""
    return (
        noun.tag_ in ("NN", "NNP")
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("after", "since", "following")
    )


def _asked_about(noun: Token) -> bool:
    """Who is asked to speak about the shooting, or will be questioned over it, is told that there was one."""
    if noun.tag_ != "NN" or noun.dep_ != "pobj" or noun.head.lower_ not in _OVER:
        return False
    above = noun.head.head
    return bool({above.lemma_, above.head.lemma_, above.head.head.lemma_} & _TELL)


def _took_part(noun: Token) -> bool:
    """Allegedly involved in the attack: what is alleged is the part, not the attack."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("in", "with", "to")
        and noun.head.head.lemma_ in _INVOLVED
    )


def _who_did(noun: Token) -> bool:
    """It is not clear who carried out the killings."""
    verb = noun.head
    asked = any(c.lower_ in _ASKED and c.dep_ in ("nsubj", "advmod") for c in verb.lefts)
    return noun.dep_ in ("dobj", "nsubj", "nsubjpass") and verb.dep_ in ("ccomp", "csubj", "pcomp") and asked


def _was_planned(noun: Token) -> bool:
    """The attack was planned by the council: a plan that is told after the act, unless it is for a day."""
    verb = noun.head
    if (
        noun.dep_ != "nsubjpass"
        or verb.lemma_ not in _DONE
        or any(c.lower_ in ("for", "to") for c in verb.children)
    ):
        return False
    by = any(c.lower_ in ("by", "on", "at", "in") and c.dep_ in ("agent", "prep") for c in verb.children)
    return by and any(c.lower_ in ("was", "were") for c in verb.children)
