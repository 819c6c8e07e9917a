"""What an attack did, told by another verb: "an attack that killed 12", "opened fire, wounding three"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.events import grammar
from sourcebook.extract.events.adjuncts import in_clause
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.lexicon import words
from sourcebook.extract.events.trigger import Trigger
from sourcebook.extract.notes import Notes
from sourcebook.model import Mention, MentionKind, Quantity
from sourcebook.model.vocabulary import TOLL_ROLES

Heads = Mapping[Token, Trigger]

_EFFECTS: Final = frozenset(("kill", "die", "injure", "destroy", "death", "toll"))
_HOSTING: Final = frozenset(("in", "by", "during", "after", "following", "from", "when", "at", "of"))
_STATES: Final = {
    "dead": "killed", "killed": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured",
    "missing": "missing", "abducted": "abducted", "kidnapped": "abducted", "arrested": "arrested",
    "detained": "arrested",
    "deaths": "killed", "fatalities": "killed", "injuries": "injured",
}  # fmt: skip


def is_effect(trigger: Trigger) -> bool:
    """Whether the words tell a result that another trigger may own."""
    return trigger.is_violent and trigger.sense.frame in _EFFECTS


def hosts(found: Sequence[Trigger]) -> dict[Token, Trigger]:
    """For each trigger that tells of another's occurrence, by its head, that other one."""
    heads = {t: trigger for trigger in found for t in trigger.tokens}
    hosted = {t.head: host for t in found if t.is_violent and (host := _host(t, heads)) is not None}
    for trigger in found:
        beside = next((c for c in trigger.head.children if c.dep_ == "conj" and c in hosted), None)
        if beside is not None and is_effect(trigger) and trigger.head not in hosted:
            hosted[trigger.head] = hosted[beside]
    return {head: _last(host, hosted) for head, host in hosted.items() if _last(host, hosted).head != head}


def _last(host: Trigger, hosted: Mapping[Token, Trigger]) -> Trigger:
    for _ in range(5):
        if host.head not in hosted:
            break
        host = hosted[host.head]
    return host


def _host(trigger: Trigger, heads: Heads) -> Trigger | None:
    for rule in (_of_subject, _of_relative, _of_phrase, _of_participle, _of_governor):
        host = rule(trigger, heads)
        if (
            host is not None
            and host.head != trigger.head
            and host.is_violent
            and host.sense.frame not in ("war", "plot")
            and (host.sense.frame != "anaphor" or grammar.is_definite(host.head))
        ):
            return host
    return None


def _noun(token: Token, heads: Heads) -> Trigger | None:
    """The violent noun that the token is, or that it counts ("a series of attacks")."""
    trigger = heads.get(token)
    if trigger is None and token.lemma_.lower() in words("collective"):
        trigger = next((heads[t] for p, t in grammar.prepositional(token) if p == "of" and t in heads), None)
    return trigger if trigger is not None and trigger.is_noun and trigger.is_violent else None


def _of_subject(trigger: Trigger, heads: Heads) -> Trigger | None:
    """The attack killed twelve; the attack left a trail of deaths."""
    verb = trigger.head
    if trigger.is_noun:
        verb = grammar.clause(trigger.head)
        if not is_effect(trigger) or trigger.head.dep_ not in ("dobj", "pobj", "conj"):
            return None
    doers = grammar.subjects(verb)
    doers += [t for above in _resulted(verb) for t in grammar.subjects(above)]
    busy = [c for s in doers for c in s.children if c.dep_ == "relcl" and c != verb and is_effect(trigger)]
    told = (_noun(s, heads) for s in doers)
    return next((t for t in (*told, *(heads.get(c) for c in busy)) if t is not None), None)


def _resulted(verb: Token) -> list[Token]:
    """The attack resulted in nine villagers killed: the verb of which the toll is what came of it."""
    preposition = verb.head.head
    came = verb.dep_ == "acl" and verb.head.dep_ == "pobj" and preposition.lower_ == "in"
    return [preposition.head] if came and preposition.head.lemma_ in ("result", "end") else []


def _of_relative(trigger: Trigger, heads: Heads) -> Trigger | None:
    """An attack in which three soldiers died."""
    verb = trigger.head
    if trigger.is_noun or verb.dep_ not in ("relcl", "acl") or not is_effect(trigger):
        return None
    return _noun(verb.head, heads) or _above(verb.head, heads)


def _above(noun: Token, heads: Heads) -> Trigger | None:
    """The attack of "an attack on a mosque in the north that killed three", whatever noun the parse takes."""
    current = noun
    if noun.ent_type_ == "DATE":
        return None  # "since 2017, when a general was killed"
    for _ in range(6):
        if current.dep_ not in ("pobj", "prep", "conj") or current.head == current:
            return None
        current = current.head
        if current in heads:
            return _noun(current, heads)
    return None


def _of_phrase(trigger: Trigger, heads: Heads) -> Trigger | None:
    """Twelve were killed in the attack; three deaths in the bombing; they set off an explosion."""
    phrases = [(p, t) for token in trigger.tokens for p, t in grammar.prepositional(token)]
    caused = [t for _, t in phrases if t.lemma_ in ("result", "consequence")]
    phrases += [("in", inner) for t in caused for p, inner in grammar.prepositional(t) if p == "of"]
    if trigger.sense.frame == "plot":
        after = list(trigger.head.doc[trigger.head.i + 1 : trigger.head.i + 3])
        return heads.get(after[1]) if len(after) == 2 and after[0].lower_ == "to" else None
    beside = (c for c in trigger.head.children if c.dep_ == "conj" and c.tag_ == "VBN" and c not in heads)
    phrases += [(p, t) for c in beside for p, t in grammar.prepositional(c)]
    if not trigger.is_noun:
        if (when := _when(trigger, heads)) is not None:
            return when
        phrases += [
            ("in", t) for t in grammar.objects(trigger.head) if trigger.sense.frame in ("detonate", "fire")
        ]
    elif not is_effect(trigger):
        return None
    found = [t for p, noun in phrases if p in _HOSTING and (t := _noun(noun, heads)) is not None]
    return next((t for t in found if t.sense.frame not in ("death", "plot")), None)


def _when(trigger: Trigger, heads: Heads) -> Trigger | None:
    """Three were wounded when rebels ambushed their convoy."""
    verbs = [trigger.head, *(c for c in trigger.head.children if c.dep_ == "conj")]
    clauses = [c for verb in verbs for c in verb.children if c.dep_ == "advcl" and c in heads]
    marked = [c for c in clauses if any(m.lower_ in ("when", "as") for m in c.lefts)]
    return heads[marked[0]] if marked and is_effect(trigger) else None


def _of_participle(trigger: Trigger, heads: Heads) -> Trigger | None:
    """The nearest violent word before ", killing twelve", wherever the parser hangs the participle."""
    verb = trigger.head
    if trigger.is_noun or not is_effect(trigger) or verb.tag_ != "VBG" or verb.i == 0:
        return None
    if verb.nbor(-1).text not in (",", "and", "-", "–", "—") or any(c.dep_ == "aux" for c in verb.children):
        return None
    before = [heads[t] for t in verb.doc[verb.sent.start : verb.i] if t in heads]
    violent = [t for t in before if t.is_violent and t.sense.frame not in ("war", "plot")]
    return violent[-1] if violent else None


def _of_governor(trigger: Trigger, heads: Heads) -> Trigger | None:
    """They opened fire, killing twelve; he carried out an attack, wounding three; it killed and hurt."""
    verb = trigger.head
    if trigger.is_noun or verb.dep_ not in ("advcl", "conj", "xcomp", "acl", "ccomp", "dep"):
        return None
    result = is_effect(trigger) and (verb.tag_ == "VBG" or verb.dep_ == "xcomp")
    governor = verb.head
    same = verb.dep_ == "conj" and is_effect(trigger) and not any(c.dep_ == "mark" for c in verb.children)
    if not (result or same) or _own_occasion(verb):
        return None
    above = heads.get(governor)
    if above is not None:
        told = is_effect(above) or result or above.sense.frame == "shoot"
        return above if above.is_violent and told else None
    clause = governor if governor.pos_ in ("VERB", "AUX") else grammar.clause(governor)
    return in_clause(clause, heads) if result else None


def is_afar(trigger: Trigger, host: Trigger) -> bool:
    """Whether a participle stands under another clause than its attack: its subject is that clause's.

    "Police hunt a man who left a device that exploded, wounding thirteen": the police wounded nobody.
    """
    verb, above = trigger.head, trigger.head.head
    if verb.tag_ == "VBG" and verb.dep_ == "acl" and verb.i and verb.nbor(-1).text == ",":
        return verb.head not in host.tokens  # they fired at him and a friend, killing both
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "conj"):
        return False
    inner = host.head.dep_ in ("relcl", "acl") or any(a.dep_ in ("relcl", "acl") for a in host.head.ancestors)
    return not host.is_noun and host.head != above and inner


def _own_occasion(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj",) for c in verb.children) and verb.dep_ == "advcl"


def counted(
    notes: Notes, sentence: Tokens, heads: Heads, used: Sequence[Mention]
) -> dict[Token, tuple[Filler, ...]]:
    """Tolls that no verb's frame has taken: "left 5 dead and 12 wounded", "with three injured", by owner."""
    found: dict[Token, list[Filler]] = {}
    for mention in notes.within(notes.passage.span(sentence), MentionKind.QUANTITY):
        tokens = notes.passage.tokens(mention.span)
        if tokens is None or any(m.span.covers(mention.span) for m in used):
            continue
        role = _effect(mention, tokens)
        owner = _owner(tokens.root, heads) if role is not None else None
        if role is not None and owner is not None:
            found.setdefault(owner.head, []).append((role, mention))
    return {head: tuple(fillers) for head, fillers in found.items()}


def _effect(mention: Mention, tokens: Tokens) -> str | None:
    if tokens.root.lemma_.lower() in words("land") | words("facility"):
        return None  # 35 died in attacks on four towns
    if isinstance(mention.value, Quantity) and mention.value.of in TOLL_ROLES:
        return mention.value.of
    following = tokens.doc[tokens.start : min(tokens.end + 4, tokens.sent.end)]
    for token in following:
        if token.lower_ in _STATES:
            return _STATES[token.lower_]
        if token.i >= tokens.end and token.pos_ in ("VERB", "PUNCT", "CCONJ"):
            return None
    return None


def _owner(root: Token, heads: Heads) -> Trigger | None:
    """The violent trigger on the way up, or the subject of the verb that is met there."""
    current = root
    for _ in range(8):
        if current in heads:
            return heads[current] if heads[current].is_violent else None
        if current.pos_ in ("VERB", "AUX"):
            found = in_clause(current, heads)
            if found is not None:
                return found if found.is_violent else None
            if current.dep_ not in ("conj", "advcl", "ccomp"):
                return None
        if current.head == current:
            return None
        current = current.head
    return None
