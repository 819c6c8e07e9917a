"""Whether the words tell of one occurrence, of several counted together, or of a kind of thing."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from sourcebook.extract.events import grammar, plurality, verbal
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger
from sourcebook.model import Form, MentionKind, Scope
from sourcebook.model.vocabulary import TOLL_ROLES


def of(trigger: Trigger, fillers: Sequence[Filler]) -> Scope:
    """The scope of a trigger with these roles."""
    if trigger.sense.type in verbal.VERBAL and _spoken(trigger, fillers):
        return Scope.SINGLE
    if _generic(trigger, fillers) or _to_the_public(trigger, fillers):
        return Scope.GENERIC
    if plurality.is_many(trigger, fillers):
        return Scope.AGGREGATE
    return Scope.SINGLE if _grounded(trigger, fillers) else Scope.GENERIC


def _to_the_public(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """A call on "young people everywhere" is no occurrence between two parties."""
    asked = [m for role, m in fillers if role == "recipient"]
    dated = any(role == "date" for role, _ in fillers)
    return (
        trigger.sense.type == "REQUEST"
        and not dated
        and bool(asked)
        and all(m.exact.split()[-1].lower() in words("public") for m in asked)
    )


def _spoken(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """Is demanding, has been investigating, will support: under way or promised by a party, so told once."""
    verb = trigger.head
    if trigger.is_noun or _to_the_public(trigger, fillers) or _asked(verb):
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    under_way = verb.tag_ == "VBG" and bool(helpers & {"is", "are", "was", "were", "been"})
    named = any(role == "actor" and m.form is not Form.PRONOUN for role, m in fillers)
    often = any(c.lemma_.lower() in words("often") for c in verb.children)
    return named and not often and (under_way or verbal.promised(verb) or trigger.sense.frame == "willing")


def _grounded(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    """Something beside a doer must be said of one occurrence: where, when, whom, with what result."""
    roles = {role for role, _ in fillers}
    if roles & {"location", "date", "target", "recipient", *TOLL_ROLES}:
        return True
    if trigger.is_noun:
        return grammar.is_definite(trigger.head)
    head = trigger.head
    decided = head.dep_ == "xcomp" and head.head.lemma_ in ("decide", "agree", "choose", "vote")
    told = (head.head if decided else head).tag_ in ("VBD", "VBN")
    return bool(roles & {"actor", "weapon"}) and told


def _generic(trigger: Trigger, fillers: Sequence[Filler]) -> bool:
    if trigger.sense.frame == "war":
        return True
    head = trigger.head
    governor = grammar.clause(head) if trigger.is_noun else head
    if {c.lower_ for c in head.lefts if c.dep_ == "det"} & words("generic_det"):
        return not plurality.has_toll(fillers)
    if trigger.is_noun:
        return _generic_noun(head, governor, fillers, trigger.sense.frame)
    return _generic_verb(head, fillers)


def _fixed_day(fillers: Sequence[Filler]) -> bool:
    length = plurality.days(fillers)
    return length is not None and length <= plurality.FEW_DAYS


def _generic_noun(noun: Token, governor: Token, fillers: Sequence[Filler], trigger_frame: str) -> bool:
    lead = grammar.lead(noun)
    if _of_purpose(lead) or _of_able(lead) or _at_all_times(fillers):
        return True
    if noun.lemma_ in ("fight", "struggle") and not any(
        role in ("date", "location", *TOLL_ROLES) for role, _ in fillers
    ):
        return True
    dealt = trigger_frame == "arrestn" and not _fixed_day(fillers) and not grammar.is_definite(noun)
    if dealt and not any(c.dep_ == "nummod" for c in noun.lefts):
        return not any(role in ("location", "date") for role, _ in fillers)
    if noun.tag_ in ("NNS", "NNPS"):
        return not plurality.is_fixed(fillers) and _present_or_modal(governor)
    bare = not any(c.dep_ in ("det", "poss", "nummod", "compound", "amod", "nmod") for c in noun.lefts)
    if bare and noun.tag_ == "NN" and not ({"of", "on"} & {p for p, _ in grammar.prepositional(noun)}):
        return not plurality.is_fixed(fillers) and not any(role == "location" for role, _ in fillers)
    indefinite = any(c.lower_ in ("a", "an") for c in noun.lefts)
    return indefinite and _modal(governor) and not plurality.is_fixed(fillers)


def _at_all_times(fillers: Sequence[Filler]) -> bool:
    """During riots in the past: whichever there were."""
    return any(role == "date" and m.exact.lower() in ("the past", "past years") for role, m in fillers)


def _of_purpose(noun: Token) -> bool:
    """The threat, risk or capability of an attack."""
    return noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in words("purpose")


def _of_able(noun: Token) -> bool:
    """Capable of carrying out an attack."""
    return any(a.lemma_.lower() in words("able") for a in _near(noun, 4))


def _near(token: Token, count: int) -> list[Token]:
    found: list[Token] = []
    current = token
    while current.head != current and len(found) < count:
        current = current.head
        if current.dep_ in ("ccomp", "relcl", "ROOT") and current.pos_ == "VERB":
            break
        found.append(current)
    return found


def _modal(verb: Token) -> bool:
    return bool(grammar.auxiliaries(verb) & words("modal")) or (
        verb.dep_ in ("xcomp", "advcl", "acl")
        and "to" in {c.lower_ for c in verb.children if c.dep_ == "aux"}
        and verb.head.lemma_.lower() in words("wish") | words("able") | words("purpose")
    )


def _present_or_modal(verb: Token) -> bool:
    return _modal(verb) or (verb.tag_ in ("VBP", "VBZ") and not grammar.auxiliaries(verb))


def is_unreal(verb: Token) -> bool:
    """Whether the verb tells a habit or a possibility: "could claim responsibility"."""
    return _habitual(verb) or bool(grammar.auxiliaries(verb) & words("modal") - {"would"})


def is_failure(verb: Token) -> bool:
    """Whether what the verb tells was not achieved: failed, unable or too slow to prevent it."""
    above = verb.head
    if verb.dep_ in ("xcomp", "advcl", "acl"):
        helpless = above.lemma_.lower() in ("fail", "unable", "powerless", "failure", "inability")
        return helpless or any(t.lower_ == "too" for t in above.lefts)
    negated = any(c.dep_ == "neg" for c in verb.children)
    return negated and "could" in {c.lower_ for c in verb.children if c.dep_ == "aux"}


def _habitual(verb: Token) -> bool:
    if any(c.lemma_.lower() in words("often") for c in verb.children if c.dep_ == "advmod"):
        return True
    forms = {c.tag_ for c in verb.children if c.dep_ == "aux"}
    progressive = verb.tag_ == "VBG" and bool(forms & {"VBP", "VBZ", "VBN", "VBD"})
    return progressive and "be" in grammar.auxiliaries(verb)


def _aim(verb: Token) -> bool:
    """Doing it as such, not an occurrence: "ousting them as a goal", "fighting them is unpopular"."""
    named = verb.dep_ in ("nsubj", "csubj") or (
        verb.dep_ == "conj" and verb.head.dep_ in ("nsubj", "csubj") and verb.head.tag_ == "VBG"
    )
    goal = any(p == "as" and t.lemma_ in ("goal", "aim", "objective") for p, t in grammar.prepositional(verb))
    return verb.tag_ == "VBG" and (named or goal)


def _intent(verb: Token, fillers: Sequence[Filler]) -> bool:
    """Men who wanted to attack a certain thing: a plan of theirs, not a wish of anybody's."""
    above = verb.head
    sited = any(r in ("target", "location") and m.kind is not MentionKind.IDEA for r, m in fillers)
    meant = above.lemma_.lower() in ("want", "intend", "plan", "aim") and above.tag_ in ("VBD", "VBN")
    return verb.dep_ == "xcomp" and meant and above.dep_ == "relcl" and sited


def _anybody(verb: Token, fillers: Sequence[Filler]) -> bool:
    """Those fighting the group: whoever does, at whatever time."""
    named = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.pos_ in ("PRON", "DET")
    return named and not any(role in ("date", *TOLL_ROLES) for role, _ in fillers)


def _career(verb: Token) -> bool:
    """Fought in both wars: a life told, no fight."""
    fought = (t for p, t in grammar.prepositional(verb) if p == "in")
    return verb.lemma_ in ("fight", "serve") and any(t.lemma_ in ("war", "conflict", "jihad") for t in fought)


def _generic_verb(verb: Token, fillers: Sequence[Filler]) -> bool:
    if _aim(verb) or _career(verb) or _anybody(verb, fillers):
        return True
    if _intent(verb, fillers):
        return False
    if _modal(verb) or _asked(verb) or (verb.dep_ == "advcl" and verb.tag_ == "VBG" and _modal(verb.head)):
        return True
    if plurality.is_fixed(fillers):
        return False
    if _habitual(verb):
        return True
    auxiliaries = grammar.auxiliaries(verb)
    if any(role == "date" for role, _ in fillers) and verb.tag_ in ("VBP", "VBZ"):
        return False
    if verb.tag_ in ("VBP", "VBZ") and "have" not in auxiliaries:
        return not _headline(verb)
    if verb.tag_ in ("VB", "VBG") and verb.dep_ in (
        "xcomp",
        "acl",
        "pcomp",
        "advcl",
        "csubj",
        "relcl",
        "ROOT",
        "conj",
    ):
        return _unreal(verb, fillers)
    if verb.tag_ == "VBN" and any(c.tag_ in ("VBP", "VBZ") and c.dep_ == "auxpass" for c in verb.children):
        return not _headline(verb)
    return False


def _asked(verb: Token) -> bool:
    return verb.sent.text.rstrip().endswith("?")


def _headline(verb: Token) -> bool:
    """A headline or a lead in the present tense: no full stop within it, or at the head of the text."""
    sentence = verb.sent
    return sentence.text.rstrip()[-1:] not in ".!?" and len(sentence) < 25


def _unreal(verb: Token, fillers: Sequence[Filler]) -> bool:
    """An infinitive is real under a real verb; under a wish it is a plan if its object is definite."""
    sites = any(
        role in ("target", "location", "recipient") and m.kind is not MentionKind.IDEA for role, m in fillers
    )
    for above in _near(verb, 3):
        lemma = above.lemma_.lower()
        if lemma in words("able") or (lemma in words("purpose") and not sites):
            return True
        if lemma in words("wish"):
            return not (sites and above.dep_ == "relcl")
    above = verb.head.head
    if verb.dep_ == "acl" and above.lemma_ == "have" and above.tag_ in ("VBP", "VBZ"):
        return True  # we have an army to defend the people
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of" and above.lemma_ in ("business", "habit", "art"):
        return True
    return (
        verb.dep_ == "csubj"
        or verb.head.dep_ == "csubj"
        or (verb.dep_ == "pcomp" and verb.head.head.lemma_ == "charge")
        or (verb.dep_ == "pcomp" and not sites and not plurality.has_toll(fillers))
    )
