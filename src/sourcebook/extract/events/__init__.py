"""Event claims: triggers, types, modes and roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract import factuality
from sourcebook.extract.events import (
    adjuncts,
    blame,
    fillers,
    grammar,
    links,
    lists,
    roles,
    scope,
    tolls,
    triggers,
    verbal,
    voice,
)
from sourcebook.extract.events.blame import Blame
from sourcebook.extract.events.drafts import Draft, modes
from sourcebook.extract.events.fillers import Filler
from sourcebook.extract.events.outcome import Said, judged
from sourcebook.extract.events.roles import Slot
from sourcebook.extract.events.trigger import Trigger
from sourcebook.extract.notes import Notes
from sourcebook.model import Argument, Claim, Factuality, Form, Mention, MentionKind, Scope, Span, Status
from sourcebook.ports import Extraction


def find(notes: Notes) -> Extraction:
    """The event claims of a passage, and the mentions that were made to carry their values."""
    drafts = [d for sentence, found in _sentences(notes) for d in _drafts(notes, sentence, found)]
    drafts.sort(key=lambda d: (d.words.start, d.words.end, d.kind))
    linked = links.antecedents(drafts)
    drafts, linked = links.without_strays(drafts, linked)
    alone = [_claim(notes, draft) for draft in drafts]
    claims = [
        _linked(claim, draft, alone[link] if link is not None else None)
        for claim, draft, link in zip(alone, drafts, linked, strict=True)
    ]
    known = {m.id for m in notes.mentions}
    made = {m.id: m for d in drafts for _, m in d.fillers if m.id not in known}
    return Extraction(tuple(made.values()), tuple(claims))


def _sentences(notes: Notes) -> list[tuple[Tokens, list[Trigger]]]:
    found: dict[int, list[Trigger]] = {}
    for trigger in triggers.find(notes.passage.doc):
        if not _inside_name(notes, trigger):
            found.setdefault(trigger.head.sent.start, []).append(trigger)
    return [(s, found.get(s.start, [])) for s in notes.passage.doc.sents]


def _inside_name(notes: Notes, trigger: Trigger) -> bool:
    """A month of March, a party called Jihad: the word is part of a name or a date."""
    if trigger.head.ent_type_ == "DATE":
        return True
    timed = MentionKind.TIME if trigger.sense.frame != "capture" else None  # the fall of a town is no autumn
    over = notes.covering(trigger.head, *fillers.ACTORS, *([timed] if timed else []))
    return any(
        (m.kind is timed and m.exact.lower() != trigger.head.lower_)
        or (m.form is Form.NAME and trigger.is_noun)
        for m in over
    )


def _drafts(notes: Notes, sentence: Tokens, found: Sequence[Trigger]) -> list[Draft]:
    heads = {t: trigger for trigger in found for t in trigger.tokens}
    hosted = tolls.hosts(found)
    ties = blame.find(sentence, heads)
    spent = frozenset(s.token for tie in ties for s in tie.slots if s.via == "tied")
    filled = _filled(notes, sentence, found, hosted, spent)
    plots = {hosted.get(t.head, t).head: t.head for t in found if t.sense.frame == "plot"}
    claimed = {b.about.head for b in ties if b.kind == "claim" and b.about is not None}
    _inherit(filled, found, heads)
    events: list[Draft | None] = []
    for t in found:
        if t.head in hosted:
            continue
        about = Said(t.head, plots.get(t.head), claimed=t.head in claimed)
        listed = lists.items(notes, t, tuple(filled[t.head]), heads)
        made = (_event(notes, i.trigger, i.fillers, about) for i in listed)
        events += [d._replace(listed=t.head, definite=False) for d in made if d is not None]
        if not any(i.trigger is t for i in listed):
            own = {f for i in listed for f in i.fillers if f[0] in ("date", "location", "target")}
            whole = _event(notes, t, tuple(f for f in filled[t.head] if f not in own), about)
            many = whole is not None and listed and whole.scope is Scope.SINGLE
            events.append(whole._replace(scope=Scope.AGGREGATE) if whole and many else whole)
    kept = {d.head: d for d in events if d is not None}
    told = [d for b in ties if (d := _blamed(notes, b, kept)) is not None]
    spoken = {d.head for d in told}
    return [*(d for d in kept.values() if d.head not in spoken), *told]


def _inherit(
    filled: Mapping[Token, dict[Filler, None]], found: Sequence[Trigger], heads: Mapping[Token, Trigger]
) -> None:
    """What is an example of many attacks is the deed of those who did the many."""
    for trigger in found:
        whole = lists.governed(trigger, heads)
        if whole is not None and not any(role == "actor" for role, _ in filled[trigger.head]):
            doers = {f: None for f in filled.get(whole.head, ()) if f[0] == "actor"}
            filled[trigger.head].update(doers)


def _filled(
    notes: Notes,
    sentence: Tokens,
    found: Sequence[Trigger],
    hosted: Mapping[Token, Trigger],
    spent: frozenset[Token],
) -> dict[Token, dict[Filler, None]]:
    """The fillers of every trigger that stands for itself, with those of the triggers that it hosts."""
    heads = {t: trigger for trigger in found for t in trigger.tokens}
    filled: dict[Token, dict[Filler, None]] = {t.head: {} for t in found}

    def add(trigger: Trigger, fillers_: Sequence[Filler]) -> None:
        owner = hosted.get(trigger.head, trigger)
        filled[owner.head].update(dict.fromkeys(fillers_))

    for trigger in found:
        slots = [s for s in roles.slots(trigger) if s.token not in spent]
        if trigger.head in hosted and tolls.is_afar(trigger, hosted[trigger.head]):
            slots = [s for s in slots if s.role != "actor"]
        add(trigger, _fill(notes, slots, owner=hosted.get(trigger.head, trigger)))
        if trigger.is_noun and (number := fillers.count(notes, trigger.head)) is not None:
            role = "arrested" if trigger.sense.frame == "arrestn" else "attack_count"
            add(trigger, [(role, number)])
        about = blame.suspects(trigger, heads)
        if about is not None:
            add(about[0], _fill(notes, about[1], owner=about[0]))
    for warned, by in blame.warnings(sentence, heads):
        add(warned, _fill(notes, by, owner=warned))
    for head, placed in adjuncts.place(notes, sentence, found).items():
        add(heads[head], placed)
    used = [m for fs in filled.values() for _, m in fs if m.kind is MentionKind.QUANTITY]
    for head, counted in tolls.counted(notes, sentence, heads, used).items():
        add(heads[head], counted)
    return filled


def _fill(notes: Notes, slots: Sequence[Slot], *, owner: Trigger) -> list[Filler]:
    outside = [s for s in slots if s.token not in owner.tokens]
    return [filler for slot in outside for filler in fillers.fill(notes, slot)]


def _event(notes: Notes, trigger: Trigger, found: tuple[Filler, ...], about: Said) -> Draft | None:
    listed = _tidy(tuple(f for f in found if _plausible(notes, trigger, f)), trigger.sense.type)
    if not _meant(trigger, listed):
        return None
    sure, status = judged(notes, about, listed)
    if trigger.sense.frame == "defuse" and status is Status.ACCOMPLISHED:
        sure, status = Factuality.CERTAINLY_NOT, Status.FOILED
    return Draft(
        head=trigger.head,
        words=trigger.span,
        type=_type(trigger),
        modes=modes(trigger, listed),
        fillers=listed,
        scope=scope.of(trigger, listed),
        factuality=sure,
        status=status,
        definite=grammar.is_definite(trigger.head if trigger.is_noun else trigger.head.head)
        and (trigger.is_noun or grammar.before_noun(trigger.head)),
        same=_same(trigger, listed),
        named=_named(notes, trigger),
        frame=trigger.sense.frame,
    )


def _plausible(notes: Notes, trigger: Trigger, filler: Filler) -> bool:
    """No paper or agency attacks anybody, and nobody's name holds the word for what befell him."""
    role, mention = filler
    if role in ("actor", "recipient") and mention.exact.strip(".").isdigit():
        return False  # the number of an item of a list
    if role == "actor" and trigger.is_violent and mention.kind is MentionKind.MEDIA:
        return False
    told = trigger.head.lemma_.lower() in trigger.sense.words  # not the site of an item of a list
    held = ("actor", "recipient", "location", "target") if told else ("actor", "recipient")
    if not trigger.is_noun and grammar.before_noun(trigger.head) and role == "recipient":
        return True  # the murdered priests
    return role not in held or not mention.span.covers(notes.passage.span(trigger.head))


def _type(trigger: Trigger) -> str:
    """To say that one will help or visit is to agree to it."""
    kind = trigger.sense.type
    promised = kind in ("AID", "SUPPORT", "CONSULT", "CONCEDE", "COOPERATE") and not trigger.is_noun
    return "AGREE" if promised and verbal.promised(trigger.head) else kind


def _named(notes: Notes, trigger: Trigger) -> frozenset[str]:
    """Words of a name before the noun that are no doer's: the "Harbour Hall" attack."""
    actors = (MentionKind.PERSON, MentionKind.ARMED_GROUP, MentionKind.PEOPLE, MentionKind.GOVERNMENT)
    return frozenset(
        t.lower_
        for c in trigger.head.lefts
        if c.dep_ in ("compound", "poss", "nmod", "amod") and trigger.is_noun
        for t in c.subtree
        if t.pos_ == "PROPN"
        and t.ent_type_ != "DATE"
        and not notes.covering(t, *actors)
        and t.lower_ not in ("city", "town", "the", "us", "u.s.")
    )


def _same(trigger: Trigger, found: Sequence[Filler]) -> Token | None:
    """Coordinated verbs of one doer tell of one occurrence, unless the second has its own place or date."""
    verb = trigger.head
    apart = {role for role, _ in found} & {"location", "date"} or "abduct" in trigger.sense.modes
    if trigger.is_noun or not trigger.is_violent or verb.dep_ != "conj" or apart:
        return None
    return verb.head if not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) else None


def _tidy(found: Sequence[Filler], kind: str) -> tuple[Filler, ...]:
    """In order of role and place; nobody is both the doer and the victim, and no party is the place."""
    parties = [
        m.span
        for role, m in found
        if role == "actor" or (role == "recipient" and kind in verbal.SPOKEN | {"ASSAULT"})
    ]
    actors = {m.id for role, m in found if role == "actor"}
    weapons = {m.span for role, m in found if role == "weapon"}
    places = [m.span for role, m in found if role == "location"]

    def kept(role: str, m: Mention) -> bool:
        if role == "recipient":
            return m.id not in actors and not (m.form is Form.PRONOUN and m.antecedent in actors)
        if role == "target":
            return m.span not in weapons
        if role != "location":
            return True
        spoken = kind in verbal.SPOKEN
        if any(p == m.span or (spoken and p.overlaps(m.span)) for p in parties):
            return False
        return not any(
            p.covers(m.span) and p != m.span for p in places
        )  # the Saint Kell of Saint Kell Street

    listed = dict.fromkeys(f for f in found if kept(*f))
    return tuple(sorted(listed, key=lambda f: (f[0], f[1].span, f[1].kind)))


def _meant(trigger: Trigger, found: Sequence[Filler]) -> bool:
    """Verbal and diplomatic acts need somebody who acts; an arrest needs somebody who is arrested."""
    filled = {role for role, _ in found}
    kind = trigger.sense.type
    if kind == "ASSAULT":
        if trigger.sense.frame in ("die", "death", "toll"):
            return False
        return trigger.sense.frame != "anaphor" or grammar.is_definite(trigger.head)
    if trigger.sense.frame == "warn":
        return "source-of-warning" in filled and bool(filled & {"recipient", "date"})
    if trigger.sense.frame == "capture" and len(trigger.tokens) > 1:
        return True
    if trigger.sense.frame == "arrestn" and grammar.is_definite(trigger.head):
        return True
    if kind == "COERCE":
        return bool(filled & {"actor", "recipient", "arrested", "target"})
    if kind == "PROTEST":
        return bool(filled & {"actor", "location", "date", "recipient", "target"})
    if kind in ("CONSULT", "AID") and all(map(verbal.is_private, (m for r, m in found if r == "actor"))):
        return False
    if trigger.sense.frame == "release":
        return "actor" in filled or ("recipient" in filled and voice.is_passive(trigger.head))
    return "actor" in filled


def _blamed(notes: Notes, tie: Blame, kept: Mapping[Token, Draft]) -> Draft | None:
    """A claim of responsibility or an accusation, as a claim about the attack."""
    about = kept.get(tie.about.head) if tie.about is not None else None
    found: list[Filler] = []
    for slot in tie.slots:
        found += _party(notes, slot)
    if not found and tie.kind != "claim":
        return None
    sure, status = factuality.assess(notes, tie.said)
    if tie.kind == "claim":
        nobody = bool(tie.slots) and not found
        denied = nobody or sure.denies or tie.head.lemma_ in ("deny", "disclaim", "reject")
        status = Status.DENIED if denied else Status.CLAIMED
    scope_ = about.scope if about is not None else Scope.SINGLE
    if scope.is_unreal(tie.head):
        scope_ = Scope.GENERIC
    doc = tie.head.doc
    return Draft(
        head=tie.head,
        words=doc[tie.tokens[0].i : tie.tokens[-1].i + 1],
        type=about.type if about is not None else "ASSAULT",
        modes=about.modes if about is not None else (),
        fillers=_tidy(found, "ASSAULT"),
        scope=scope_,
        factuality=sure
        if not (tie.kind == "claim" and status is Status.DENIED)
        else Factuality.CERTAINLY_NOT,
        status=status,
        definite=True,
        kind=tie.kind,
        about=tie.about.head if tie.about is not None else None,
    )


def _party(notes: Notes, slot: Slot) -> list[Filler]:
    if slot.role == "channel":
        mention = notes.headed_by(slot.token, MentionKind.MEDIA)
        return [("channel", mention)] if mention is not None else []
    if any(c.lower_ in ("no", "neither") for c in slot.token.lefts) or slot.token.lower_ in (
        "nobody",
        "none",
    ):
        return []
    probe = fillers.fill(notes, Slot("actor", slot.token, "subj"))
    return [(slot.role, m) for role, m in probe if role == "actor"]


def _linked(claim: Claim, draft: Draft, antecedent: Claim | None) -> Claim:
    """The claim with its antecedent; a tie to an attack that is nowhere told is generic."""
    if antecedent is not None:
        return msgspec.structs.replace(claim, antecedent=antecedent.id)
    if draft.kind != "event" and claim.scope is Scope.SINGLE:
        return msgspec.structs.replace(claim, scope=Scope.GENERIC)
    return claim


def _claim(notes: Notes, draft: Draft) -> Claim:
    span = notes.passage.span(draft.words)
    return Claim(
        predicate=draft.type,
        trigger=span,
        evidence=_evidence(notes, draft),
        modes=draft.modes,
        arguments=tuple(Argument(role, m.id) for role, m in draft.fillers),
        attribution=notes.speakers(span),
        factuality=draft.factuality,
        status=draft.status,
        scope=draft.scope,
    )


def _evidence(notes: Notes, draft: Draft) -> Span:
    """The sentence without the white space around it."""
    sentence = draft.head.sent
    start, end = sentence.start, sentence.end
    while end - 1 > start and sentence.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and sentence.doc[start].is_space:
        start += 1
    return notes.passage.span(sentence.doc[start:end])
