"""The words that name an event, and the everyday senses that do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from sourcebook.extract.events import grammar
from sourcebook.extract.events.lexicon import Sense, triggers, weapons, words


class Trigger(NamedTuple):
    """An occurrence of a sense: its head and every token of the words, in text order."""

    head: Token
    tokens: tuple[Token, ...]
    sense: Sense

    @property
    def is_noun(self) -> bool:
        """Whether the event is named by a noun."""
        return self.sense.pos == "n"

    @property
    def span(self) -> Tokens:
        """From the first to the last word, if they are near; else the head alone."""
        first, last = self.tokens[0], self.tokens[-1]
        if last.i - first.i > 2 * len(self.tokens):
            return self.head.doc[self.head.i : self.head.i + 1]
        return self.head.doc[first.i : last.i + 1]

    @property
    def is_violent(self) -> bool:
        """Whether it is of type ASSAULT."""
        return self.sense.type == "ASSAULT"


def find(doc: Doc) -> list[Trigger]:
    """Every trigger of a text in order; of two that share a head, the one of more words."""
    found: list[Trigger] = []
    for sentence in doc.sents:
        inside = [t for token in sentence if (t := _at(token)) is not None]
        taken = {t for trigger in inside for t in trigger.tokens if t is not trigger.head}
        found += [t for t in inside if t.head not in taken and not _everyday(t, sentence)]
    return found


def _at(token: Token) -> Trigger | None:
    for pos, lemma in _readings(token):
        for sense in triggers().get((pos, lemma), ()):
            tokens = _match(token, sense)
            if tokens is not None and _fits(trigger := Trigger(token, tokens, sense)):
                return trigger
    return None


def _fits(trigger: Trigger) -> bool:
    """Whether the clause has what the sense needs; a verb of several senses takes the first that fits."""
    check = _CHECKS.get(trigger.sense.frame)
    return check is None or check(trigger)


def _readings(token: Token) -> Iterator[tuple[str, str]]:
    """Part of speech and lemma to look up: spaCy's, and a gerund's with an article as a noun."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        yield "n", lemma
        yield "n", lower
        if (
            token.dep_ in ("ROOT", "conj", "relcl", "ccomp")
            and token.tag_ in ("NN", "NNS")
            and _verb_like(token)
        ):
            yield "v", lemma
    elif token.pos_ in ("VERB", "AUX") and not _stated(token):
        if lower.endswith("ing") and (_nominal(token) or token.dep_ in ("pobj", "nsubj", "dobj")):
            yield "n", lower
        yield "v", lemma
        if lower.endswith("ed"):
            yield "v", _stem(lower)
    elif token.pos_ == "ADJ" and token.tag_ in ("VBN", "JJ") and lower.endswith("ed") and _predicative(token):
        yield "v", _stem(lower)


def _verb_like(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "dobj") for c in token.children)


def _nominal(token: Token) -> bool:
    return any(c.dep_ in ("det", "poss", "amod", "compound") for c in token.lefts)


def _predicative(token: Token) -> bool:
    return token.dep_ in ("acomp", "conj", "oprd", "ROOT") and not any(c.dep_ == "det" for c in token.lefts)


def _stem(lower: str) -> str:
    for stem in (lower[:-2], lower[:-1], lower[:-3] + "y"):
        if ("v", stem) in triggers():
            return stem
    return lower


def _match(token: Token, sense: Sense) -> tuple[Token, ...] | None:
    """The tokens of the sense's words around its head, or None if one is missing."""
    if len(sense.words) == 1:
        return (token,)
    found = [token]
    rest = [(w, sense.pos == "n" and i < sense.head) for i, w in enumerate(sense.words) if i != sense.head]
    for _ in range(len(rest)):
        near = ((w, _left(token, w) if before else _named(w, found)) for w, before in rest)
        hit = next(((w, t) for w, t in near if t is not None and t not in found), None)
        if hit is None:
            return None
        found.append(hit[1])
        rest = [(w, before) for w, before in rest if w != hit[0]]
    return tuple(sorted(found, key=lambda t: t.i)) if not rest else None


def _named(word: str, reach: list[Token]) -> Token | None:
    after = reach[0].i + 1
    if after < len(reach[0].doc) and _is(reach[0].doc[after], word):
        return reach[0].doc[after]
    for governor in reversed(reach):
        for child in governor.children:
            if child.dep_ not in ("nsubj", "relcl", "conj", "advcl") and _is(child, word):
                return child
    return None


def _stated(token: Token) -> bool:
    """Whether a participle tells a state, not an act: "12 wounded" after "left 5 dead and"."""
    around = {c.dep_ for c in token.children} & {"nsubj", "aux", "auxpass", "dobj"}
    return token.tag_ == "VBN" and token.dep_ != "ROOT" and around == {"nsubj"}


def _left(token: Token, word: str) -> Token | None:
    """A word before a noun within the same stretch of modifiers ("suicide - bombing")."""
    for i in range(token.i - 1, max(token.i - 4, -1), -1):
        near = token.doc[i]
        if _is(near, word):
            return near
        if near.pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT", "VERB"):
            return None
    return None


def _is(token: Token, word: str) -> bool:
    return word in (token.lemma_.lower(), token.lower_)


def _everyday(trigger: Trigger, sentence: Tokens) -> bool:
    """Whether the words have a sense here that is no event of this kind."""
    if _idiom(trigger):
        return True
    here = len({t.lemma_.lower() for t in sentence} & words("sport"))
    return trigger.is_violent and here >= _sporting(trigger)


def _sporting(trigger: Trigger) -> int:
    """How many words of sport make the sentence one of sport: the whole paragraph may tell."""
    around = trigger.head.doc[max(0, trigger.head.i - 60) : trigger.head.i + 60]
    return 1 if len({t.lemma_.lower() for t in around} & words("sport")) >= 2 else 99


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
    if not trigger.is_noun and _by_mishap(trigger):
        return True
    if before & {"accidental", "accidentally", "unintentional", "self-inflicted"}:
        return True
    if trigger.sense.frame == "sink" and {"nearly", "almost"} & {c.lower_ for c in head.lefts}:
        return True
    if before & words("body") or head.dep_ in ("compound", "amod") or head.ent_type_ in ("WORK_OF_ART",):
        return True
    after = {t.lemma_.lower() for _, t in grammar.prepositional(head)}
    if not trigger.is_noun and trigger.sense.frame == "clash" and after & words("collapse"):
        return True
    if not trigger.is_noun:
        after |= {t.lemma_.lower() for t in grammar.objects(head)}
        agents = {t.lemma_.lower() for t in grammar.subjects(head)}
        return bool(after & (words("abstract") | words("food") | words("arts"))) or bool(
            agents & words("abstract")
        )
    return bool(after & (words("abstract") | words("food")))


def _by_mishap(trigger: Trigger) -> bool:
    """Shot by accident, or shot oneself: no attack; blowing oneself up is one."""
    clauses = [trigger.head, *(c for c in trigger.head.children if c.dep_ == "advcl")]
    adverbs = {c.lower_ for clause in clauses for c in clause.children if c.dep_ == "advmod"}
    own = any(c.dep_ == "dobj" and c.lower_.endswith("self") for c in trigger.head.children)
    return bool(adverbs & {"accidentally", "accidently", "inadvertently", "unintentionally"}) or (
        own and len(trigger.tokens) == 1
    )


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


def is_weapon(token: Token) -> bool:
    """Whether the noun is a weapon, its compounds looked at first."""
    joined = " ".join(
        (*(c.lemma_.lower() for c in token.lefts if c.dep_ == "compound"), token.lemma_.lower())
    )
    found = weapons().get(joined) or weapons().get(token.lemma_.lower())
    return found is not None and found.kind == "weapon"


def _fires(trigger: Trigger) -> bool:
    """To fire, launch, throw or plant is an attack when the object is a weapon."""
    return any(_armament(t) for t in grammar.objects(trigger.head)) or (
        trigger.head.lemma_ == "fire"
        and any(p in ("at", "on", "into", "upon") for p, _ in grammar.prepositional(trigger.head))
        and not any(c.dep_ == "dobj" for c in trigger.head.children)
    )


def _armament(token: Token) -> bool:
    """A weapon, or a name that is said to be one's: "the Great Hammer, its heaviest bomb"."""
    return is_weapon(token) or any(is_weapon(c) for c in token.children if c.dep_ == "appos")


def _detonates(trigger: Trigger) -> bool:
    involved = [*grammar.subjects(trigger.head), *grammar.objects(trigger.head)]
    if len(trigger.tokens) > 1 and trigger.tokens[-1].lower_.endswith(("self", "selves")):
        return True
    return any(is_weapon(t) or _bomber(t) or ("n", t.lemma_.lower()) in triggers() for t in involved)


def _bomber(token: Token) -> bool:
    found = weapons().get(token.lemma_.lower())
    return found is not None and found.kind == "person"


def _kills(trigger: Trigger) -> bool:
    """Killed by violence, not by an accident or a disease."""
    sentence = {t.lemma_.lower() for t in trigger.head.sent}
    doers = {t.lemma_.lower() for t in grammar.subjects(trigger.head)} if not trigger.is_noun else set()
    return not sentence & words("collapse") and not doers & words("hazard") and not _of_thing(trigger)


def _of_thing(trigger: Trigger) -> bool:
    objects = grammar.objects(trigger.head)
    return bool(objects) and all(t.lemma_.lower() in words("abstract") for t in objects)


def _strikes(trigger: Trigger) -> bool:
    """Hit and strike as verbs need an armed doer or a weapon; of workers a strike is a protest."""
    head = trigger.head
    if head.lemma_.lower() not in ("strike", "hit", "target", "pound", "batter", "retaliate"):
        return True
    if trigger.is_noun:
        sentence = {t.lemma_.lower() for t in head.sent}
        return (not sentence & words("labour") and head.lemma_ == "strike") or any(
            p in ("on", "against") for p, _ in grammar.prepositional(head)
        )
    doers = grammar.subjects(head)
    return any(t.lemma_.lower() in words("armed") or is_weapon(t) or _event(t) for t in doers)


def _event(token: Token) -> bool:
    return any(s.type == "ASSAULT" for s in triggers().get(("n", token.lemma_.lower()), ()))


def _captures(trigger: Trigger) -> bool:
    """To capture, occupy or sack is one when a place is taken."""
    head = trigger.head
    if trigger.is_noun:
        taken = [t for p, t in grammar.prepositional(head) if p == "of"]
        return head.lemma_ not in ("fall", "liberation") or any(_territory(t) for t in taken)
    if len(trigger.tokens) > 1 and trigger.tokens[-1].lower_ in ("power", "control", "of"):
        return True
    return any(_territory(t) for t in grammar.objects(head))


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
    if head.lemma_.lower() not in ("fight", "battle", "engage", "confrontation", "combat", "fighting"):
        return True
    foes = {p for p, _ in grammar.prepositional(head)}
    objects = not trigger.is_noun and any(c.dep_ == "dobj" for c in head.children)
    purpose = any(c.dep_ in ("acl", "relcl") and c.tag_ == "VB" for c in head.children)
    sited = trigger.is_noun and bool(foes & {"in", "near", "outside", "of", "at", "around"})
    return not purpose and (objects or bool(foes & {"with", "against", "between"}) or sited)


def _warns(trigger: Trigger) -> bool:
    """A government or an embassy that warns people off: of no attack, or the attack would carry it."""
    head = trigger.head
    return (
        head.tag_ in ("VBD", "VBN")
        and any(c.dep_ == "dobj" for c in head.children)
        and not any(_event(t) for t in head.subtree)
        and any(t.lemma_.lower() in words("warner") or t.ent_type_ == "GPE" for t in grammar.subjects(head))
    )


def _seizes_people(trigger: Trigger) -> bool:
    """To seize hundreds of hostages is an abduction."""
    held = [grammar.counted(t) for t in grammar.objects(trigger.head)]
    return (
        bool(held)
        and all(t.lemma_.lower() in words("people") or t.ent_type_ == "PERSON" for t in held)
        and trigger.head.lemma_ == "seize"
    )


def _captured_person(trigger: Trigger) -> bool:
    """To capture a man is an arrest."""
    return any(
        t.lemma_.lower() in words("people") or t.ent_type_ == "PERSON"
        for t in map(grammar.counted, grammar.objects(trigger.head))
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


def _sinks(trigger: Trigger) -> bool:
    return any(
        t.lemma_.lower() in words("gathering") or t.pos_ == "PROPN" for t in grammar.objects(trigger.head)
    )


def _arrests(trigger: Trigger) -> bool:
    """Charging, trying and holding need a person who undergoes it."""
    if trigger.head.lemma_ not in ("charge", "try", "nab", "intern", "convict", "sentence"):
        return True
    return any(
        t.lemma_.lower() in words("people")
        or t.ent_type_ in ("PERSON", "NORP", "CARDINAL")
        or t.pos_ == "PRON"
        for t in grammar.objects(trigger.head)
    ) and (trigger.head.lemma_ != "try" or grammar.is_passive(trigger.head))


def _sets_free(trigger: Trigger) -> bool:
    return any(
        t.lemma_.lower() in words("people") or t.ent_type_ in ("PERSON", "NORP", "CARDINAL")
        for t in grammar.objects(trigger.head)
    )


def _damages(trigger: Trigger) -> bool:
    """A thing that can be wrecked is destroyed, not a career or an argument."""
    objects = grammar.objects(trigger.head)
    concrete = words("facility") | words("gathering")
    return _kills(trigger) and any(
        t.lemma_.lower() in concrete or t.ent_type_ in ("GPE", "FAC") for t in objects
    )


_CHECKS = {
    "fire": _fires,
    "detonate": _detonates,
    "kill": _kills,
    "die": _kills,
    "injure": _kills,
    "death": _kills,
    "attack": _strikes,
    "capture": _captures,
    "clash": _clashes,
    "confiscate": _confiscates,
    "fallto": _falls,
    "seizepeople": _seizes_people,
    "capturing": _captured_person,
    "walkout": _walks_out,
    "ruleout": _rules_out,
    "warn": _warns,
    "sink": _sinks,
    "retreat": _retreats,
    "arrest": _arrests,
    "release": _sets_free,
    "releasen": lambda trigger: any(p == "of" for p, _ in grammar.prepositional(trigger.head)),
    "destroy": _damages,
}
