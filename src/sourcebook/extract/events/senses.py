"""Whether the clause has what a sense of a word needs: a foe, a weapon, a person held, a place taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.events import armament, grammar, undergone, verbal, voice
from sourcebook.extract.events.lexicon import triggers, words
from sourcebook.extract.events.trigger import Trigger


def fits(trigger: Trigger) -> bool:
    """Whether the clause has what the sense needs; a word of several senses takes the first that fits."""
    if (own := _WORDS.get(trigger.sense.words[trigger.sense.head])) is not None and not own(trigger):
        return False
    check = _CHECKS.get(trigger.sense.frame)
    return check is None or check(trigger)


def _retreats(trigger: Trigger) -> bool:
    """To pull out or back is a retreat when nothing is pulled; to withdraw from talks is none."""
    left = {t.lemma_.lower() for p, t in grammar.prepositional(trigger.head) if p == "from"}
    if left & {
        "talk",
        "dialogue",
        "negotiation",
        "race",
        "treaty",
        "agreement",
        "election",
        "contest",
        "deal",
    }:
        return False
    return trigger.head.lemma_ != "pull" or not any(c.dep_ == "dobj" for c in trigger.head.children)


def _strikes(trigger: Trigger) -> bool:
    """Hit and strike as verbs need an armed doer or a weapon; of workers a strike is a protest."""
    head = trigger.head
    if head.lemma_ == "rake":
        return any(p == "with" for p, _ in grammar.prepositional(head))
    if head.lemma_.lower() not in ("strike", "hit", "target", "pound", "batter", "retaliate"):
        return True
    if trigger.is_noun:
        sentence = {t.lemma_.lower() for t in head.sent}
        return ((not _of_labour(trigger) or _is_flown(sentence)) and head.lemma_ == "strike") or any(
            p in ("on", "against") for p, _ in grammar.prepositional(head)
        )
    doers = grammar.subjects(head)
    return any(t.lemma_.lower() in words("armed") or armament.is_weapon(t) or _event(t) for t in doers)


def _event(token: Token) -> bool:
    return any(s.type == "ASSAULT" for s in triggers().get(("n", token.lemma_.lower()), ()))


def _of_labour(trigger: Trigger) -> bool:
    """A strike is a protest where workers are spoken of, or where it is general or of hunger."""
    beside = {t.lemma_.lower() for t in (*trigger.head.lefts, *trigger.head.conjuncts)}
    told = beside & {"general", "hunger", "demonstration", "protest", "rally"}
    return bool(told or {t.lemma_.lower() for t in trigger.head.sent} & words("labour"))


def _captures(trigger: Trigger) -> bool:
    """To capture, occupy or sack is one when a place is taken."""
    head = trigger.head
    if trigger.is_noun:
        taken = [t for p, t in grammar.prepositional(head) if p == "of"]
        if any(t.lower_ in _COLLAPSED for t in taken):
            return False
        return head.lemma_ not in ("fall", "liberation") or any(_territory(t) for t in taken)
    if len(trigger.tokens) > 1 and trigger.tokens[-1].lower_ in ("power", "control", "of"):
        return True
    if head.lemma_ == "take" and len(trigger.tokens) == 1:
        takers = {t.lemma_.lower() for t in grammar.subjects(head)}
        forces = words("armed") | {"force", "fighter", "it", "they", "coalition", "alliance"}
        towns = [t for t in grammar.objects(head) if t.ent_type_ == "GPE" or t.lemma_.lower() in _TOWNS]
        return bool(towns) and bool(takers & forces)
    return any(_territory(t) for t in grammar.objects(head))


_TOWNS: Final = frozenset(
    "town city village capital base barracks stronghold airport garrison outpost".split()
)
#: What falls without being taken: the fall of a union, an empire, a wall.
_COLLAPSED: Final = frozenset(
    ("union", "empire", "wall", "dynasty", "monarchy", "dictatorship", "shah", "tsar")
)


def _mobilizes(trigger: Trigger) -> bool:
    """Troops, police and arms are deployed; software and money are too."""
    used = {t.lemma_.lower() for t in grammar.objects(trigger.head)}
    return trigger.is_noun or trigger.head.lemma_ != "deploy" or not used or not used <= _USED


_USED: Final = frozenset(
    "update software patch system tool app technology code strategy tactic resource fund airbag".split()
)


def _intervenes(trigger: Trigger) -> bool:
    """A state that intervenes in a country does so by force where it is said, or where soldiers are."""
    head = trigger.head
    if len(trigger.tokens) > 1:
        return True
    where = any(p == "in" and t.ent_type_ == "GPE" for p, t in grammar.prepositional(head))
    doers = [
        t
        for t in grammar.subjects(head)
        if t.ent_type_ in ("GPE", "NORP") or t.lemma_.lower() in words("armed")
    ]
    return where and bool(doers)


def _falls(trigger: Trigger) -> bool:
    """A town falls to an army, not a price to a low."""
    takers = [t for p, t in grammar.prepositional(trigger.head) if p == "to"]
    return any(_territory(t) for t in grammar.subjects(trigger.head)) and any(
        t.ent_type_ in ("ORG", "NORP", "PERSON") or t.lemma_.lower() in words("people") for t in takers
    )


def _territory(token: Token) -> bool:
    """A place, a building, or something else that can be taken and held."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("GPE", "LOC", "FAC"):
        return True
    return lemma in words("facility") | words("gathering") | words("land")


def _clashes(trigger: Trigger) -> bool:
    """A fight needs a foe: to fight for a cause is none; clashes may stand by a place."""
    head = trigger.head
    if head.lemma_.lower() == "encounter":
        return _armed_foe(head)
    if head.lemma_.lower() not in ("fight", "battle", "engage", "confrontation", "combat", "fighting"):
        return True
    foes = {p for p, _ in grammar.prepositional(head)}
    objects = not trigger.is_noun and any(c.dep_ == "dobj" for c in head.children)
    purpose = any(c.dep_ in ("acl", "relcl") and c.tag_ == "VB" for c in head.children)
    if not trigger.is_noun and any(t.lemma_.lower() in _FOUGHT for t in grammar.objects(head)):
        return False
    sited = trigger.is_noun and bool(foes & {"in", "near", "outside", "of", "at", "around"})
    return not purpose and (objects or bool(foes & {"with", "against", "between"}) or sited)


def _armed_foe(noun: Token) -> bool:
    """An encounter with the police or between soldiers and rebels; not one with a friend."""
    foes = [t for p, t in grammar.prepositional(noun) if p in ("with", "between")]
    forces = words("armed") | {"force", "personnel", "commando", "ranger", "trooper", "cadre", "maoist"}
    return any(t.lemma_.lower() in forces for t in foes)


#: What firemen and doctors fight.
_FOUGHT: Final = frozenset(
    "fire blaze flame inferno wildfire disease illness infection injury case charge fear urge".split()
)


def _asks(trigger: Trigger) -> bool:
    """Somebody asks for something: history demands nothing of anybody, and who presses ahead asks nobody."""
    head = trigger.head
    if trigger.is_noun:
        return True
    onward = any(
        c.lower_ in ("ahead", "on", "forward") and c.dep_ in ("prt", "advmod") for c in head.children
    )
    called_in = head.lemma_ == "call" and len(trigger.tokens) == 2 and trigger.tokens[1].i - head.i > 2
    if (
        (head.lemma_ == "press" and onward)
        or called_in
        or any(t.lemma_ == "anonymity" for t in grammar.objects(head))
    ):
        return False
    asking = {t.lemma_.lower() for t in grammar.subjects(head)}
    return not asking or not asking <= words("circumstance")


#: With these a strike is one from the air or of guns, whoever flies.
_FLOWN: Final = frozenset(
    "airstrike bomber fighter aircraft jet drone artillery missile rocket bomb coalition target".split()
)


def _protests(trigger: Trigger) -> bool:
    """Workers strike, crowds demonstrate; skill is demonstrated, and a picket may be a post of the police."""
    head = trigger.head
    if head.lemma_ == "demonstrate" and not trigger.is_noun:
        return not grammar.objects(head) and not any(c.dep_ in ("ccomp", "oprd") for c in head.children)
    if head.lemma_ == "rally":
        if not trigger.is_noun:
            return not grammar.objects(head)  # to rally the base
        near = head.doc[max(0, head.i - 40) : head.i + 40]
        return len({t.lemma_.lower() for t in near} & words("campaign") - {"rally"}) < 2
    if head.lemma_ == "picket" and trigger.is_noun:
        inside = {t.lemma_.lower() for t in head.sent}
        return bool(inside & (words("labour") | {"protest", "protester", "demonstration", "strike"}))
    if head.lemma_ != "strike" or len(trigger.tokens) > 1:
        return True
    return _of_labour(trigger) and not _is_flown({t.lemma_.lower() for t in head.sent})


def _is_flown(lemmas: set[str]) -> bool:
    return bool(lemmas & _FLOWN) and not lemmas & {"worker", "union", "pay"}


def _warns(trigger: Trigger) -> bool:
    """A government or an embassy that warns people off: of no attack, or the attack would carry it."""
    head = trigger.head
    return (
        head.tag_ in ("VBD", "VBN")
        and any(c.dep_ == "dobj" for c in head.children)
        and not any(_event(t) for t in head.subtree)
        and any(t.lemma_.lower() in words("warner") or t.ent_type_ == "GPE" for t in grammar.subjects(head))
    )


def _walks_out(trigger: Trigger) -> bool:
    """Workers walk out; a customer who does so protests against nothing."""
    return any(
        t.lemma_.lower() in words("labour") | {"student", "pupil"} for t in grammar.subjects(trigger.head)
    )


def _rules_out(trigger: Trigger) -> bool:
    """A minister rules out talks; investigators who rule out a report reject nothing."""
    told = {t.lemma_.lower() for t in grammar.objects(trigger.head)}
    return not told & {
        "report",
        "possibility",
        "theory",
        "cause",
        "motive",
        "involvement",
        "play",
        "terrorism",
    }


def _confiscates(trigger: Trigger) -> bool:
    return not _captures(trigger)


def _arrests(trigger: Trigger) -> bool:
    """Charging, trying and holding need a person who undergoes it."""
    if trigger.head.lemma_ not in ("charge", "try", "nab", "intern", "convict", "sentence", "hand"):
        return True
    return any(
        t.lemma_.lower() in words("people")
        or t.ent_type_ in ("PERSON", "NORP", "CARDINAL")
        or t.pos_ == "PRON"
        for t in grammar.objects(trigger.head)
    ) and (trigger.head.lemma_ != "try" or voice.is_passive(trigger.head))


def _convicts(trigger: Trigger) -> bool:
    """A conviction that it is so is a belief; prior arrests are a man's record."""
    if any(c.lower_ in ("prior", "previous", "past", "earlier") for c in trigger.head.lefts):
        return False
    held = any(c.dep_ in ("acl", "relcl", "ccomp") for c in trigger.head.children)
    return trigger.head.lemma_ != "conviction" or not held


def _rams(trigger: Trigger) -> bool:
    """A lorry rams a gate; a name may be Ram."""
    near = {p for p, _ in grammar.prepositional(trigger.head)}
    moved = words("gathering") & {t.lemma_.lower() for t in grammar.subjects(trigger.head)}
    return bool(moved) or bool(near & {"into", "with"})


def _calls_up(trigger: Trigger) -> bool:
    """Reservists are called up; a friend is too."""
    if trigger.sense.words != ("call", "up"):
        return True
    return bool({t.lemma_.lower() for t in grammar.objects(trigger.head)} & (words("armed") | _DRAFTED))


_DRAFTED: Final = frozenset(
    "reservist reserve conscript guard recruit veteran brigade unit force man".split()
)


def _takes_life(trigger: Trigger) -> bool:
    """Who takes his own life attacks nobody."""
    return not any(c.lower_ == "own" for t in trigger.tokens for c in t.lefts)


def _appeals(trigger: Trigger) -> bool:
    """A government appeals for calm; in court it appeals against an acquittal."""
    at_law = {"acquittal", "verdict", "conviction", "sentence", "ruling", "judgment", "court", "tribunal"}
    heard = {t.lemma_.lower() for t in trigger.head.subtree} | {trigger.head.head.lemma_}
    return not (trigger.is_noun and heard & (at_law | {"dismiss", "uphold"}))


def _boards(trigger: Trigger) -> bool:
    """Commandos board a ship; a passenger boards a train."""
    doers = {t.lemma_.lower() for t in grammar.subjects(trigger.head)}
    return bool(doers & (words("armed") | {"commando", "marine", "guard", "navy", "force"}))


def _hosts(trigger: Trigger) -> bool:
    """A government hosts talks, not tea."""
    held = {t.lemma_.lower() for t in grammar.objects(trigger.head)}
    return trigger.is_noun or not held & (words("gathering") - {"meeting", "rally", "ceremony"})


def _prosecutes(trigger: Trigger) -> bool:
    """The prosecution of somebody; without one it is the side that accuses in court."""
    return any(p in ("of", "for") for p, _ in grammar.prepositional(trigger.head))


#: What single words need, whatever their frame.
_WORDS: Mapping[str, Callable[[Trigger], bool]] = {
    "ram": _rams,
    "call": _calls_up,
    "take": _takes_life,
    "life": _takes_life,
    "appeal": _appeals,
    "board": _boards,
    "host": _hosts,
    "prosecution": _prosecutes,
}
_CHECKS: Mapping[str, Callable[[Trigger], bool]] = {
    "protest": _protests,
    "abduct": undergone.holds,
    "capturen": lambda trigger: any(
        t.ent_type_ == "PERSON" or t.lemma_.lower() in words("people")
        for p, t in grammar.prepositional(trigger.head)
        if p == "of"
    ),
    "fire": armament.fires,
    "detonate": armament.detonates,
    "kill": undergone.kills,
    "request": _asks,
    "die": undergone.kills,
    "injure": undergone.hurts,
    "death": undergone.kills,
    "attack": _strikes,
    "capture": _captures,
    "clash": _clashes,
    "confiscate": _confiscates,
    "offer": lambda trigger: verbal.offers(trigger.head),
    "willing": lambda trigger: verbal.is_willing(trigger.head),
    "must": lambda trigger: verbal.demands(trigger.head),
    "allow": lambda trigger: verbal.allows(trigger.head),
    "refuse": lambda trigger: trigger.is_noun or verbal.refuses(trigger.head),
    "investigate": lambda trigger: verbal.investigates(trigger.head),
    "concede": lambda trigger: verbal.concedes(trigger.head),
    "defuse": lambda trigger: any(armament.is_weapon(t) for t in grammar.objects(trigger.head)),
    "visit": lambda trigger: verbal.visits(trigger.head),
    "fallto": _falls,
    "seizepeople": undergone.seizes_people,
    "capturing": undergone.captured_person,
    "walkout": _walks_out,
    "intervene": _intervenes,
    "mobilize": _mobilizes,
    "ruleout": _rules_out,
    "warn": _warns,
    "sink": undergone.sinks,
    "retreat": _retreats,
    "arrest": _arrests,
    "arrestn": _convicts,
    "release": undergone.sets_free,
    "releasen": lambda trigger: any(p == "of" for p, _ in grammar.prepositional(trigger.head)),
    "destroy": undergone.damages,
}
