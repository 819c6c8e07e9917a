"""Answers about events: how many were killed, who did it by whose word, when, where, how many there were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from sourcebook.model import CONTESTED, Event, Fact, MentionKind, Participant, Quantity, Reading, Status
from sourcebook.views import wording
from sourcebook.views.asking import of_incidents
from sourcebook.views.asking.answer import Draft
from sourcebook.views.asking.question import Question

#: Events that are named one by one in an answer.
_NAMED: Final = 5
_VERBS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "killed": "killed",
        "injured": "wounded",
        "arrested": "arrested",
        "abducted": "abducted",
        "missing": "missing",
    }
)
_CAME_TO_PASS: Final = frozenset((Status.ACCOMPLISHED, Status.CLAIMED))
_SAID_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "claimed": "claimed it",
        "convicted": "was convicted of it",
        "acquitted": "was acquitted of it",
        "on-trial": "is on trial for it",
        "charged": "was charged with it",
        "accused": "is accused of it",
        "suspected": "is suspected of it",
        "intercepted": "is tied to it by an intercepted message",
        "denied": "denies it",
        "narrated": "is named as having done it",
    }
)
_ROLES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "actor": frozenset(("actor", "suspect", "claimant")),
        "suspect": frozenset(("actor", "suspect", "claimant")),
        "claimant": frozenset(("claimant",)),
        "denial": frozenset(("actor", "suspect", "claimant")),
        "recipient": frozenset(("recipient",)),
        "warning": frozenset(("source-of-warning",)),
    }
)


def tell(draft: Draft, asked: Question) -> None:
    """Answer a question about an event: of the one that is meant, or of each that fits as well."""
    if asked.name in _OWN_WAY:
        _OWN_WAY[asked.name](draft, asked)
        return
    best = draft.shelf.best(asked)
    for event in best[:2]:
        draft.events.append(event.id)
        _PROPERTIES.get(asked.name, _fact)(draft, event, asked.name)
    for event in draft.shelf.events(asked)[:_NAMED] if best else ():
        if not draft.sentences:  # nothing is said of the likeliest: what is of one that fits less well
            draft.events.append(event.id)
            _PROPERTIES.get(asked.name, _fact)(draft, event, asked.name)


def deeds(draft: Draft, asked: Question) -> None:
    """What an actor is said to have done or claimed, for one of whom nothing else is said."""
    for event in draft.shelf.record.events:
        for each in event.participants:
            if each.entity in asked.actors[:1] and len(draft.sentences) < _NAMED - 2:
                draft.values.append(each.role)
                draft.say(
                    f"{each.name} is named as {each.role} of {event.label} ({each.attribution_status})",
                    each.claims,
                )


def arrests(draft: Draft, asked: Question) -> list[Event]:
    """The arrests that a question means: those told of beside the attack that fits, else those that fit."""
    attack = draft.shelf.best(replace(asked, types=asked.types - {"COERCE"}, modes=frozenset()))[:1]
    told = {d for e in attack for d in e.documents}
    arrested = [e for e in draft.shelf.record.events if e.type == "COERCE" and told.intersection(e.documents)]
    return arrested or [e for e in draft.shelf.events(asked) if e.type == "COERCE"]


def _arrested(draft: Draft, asked: Question) -> None:
    """Who was arrested over what the question names."""
    for event in arrests(draft, asked)[:2]:
        draft.events.append(event.id)
        _people(draft, event, "recipient")


def _warned(draft: Draft, asked: Question) -> None:
    """Who warned of what the question names; a warning seldom says where, so the nearest will do."""
    told = replace(asked, types=frozenset())
    ranked = [*draft.shelf.events(told), *draft.shelf.nearest(told)]
    warnings = (e for e in ranked if any(p.role == "source-of-warning" for p in e.participants))
    for event in list({e.id: e for e in warnings}.values())[:2]:
        draft.events.append(event.id)
        _people(draft, event, "warning")


_OWN_WAY: Final = MappingProxyType({"arrest": _arrested, "warning": _warned})


def toll(draft: Draft, asked: Question) -> None:
    """How many were killed, wounded, arrested: what the sources say, or which figure was left."""
    if of_incidents.toll(draft, asked):
        return
    of_arrests = asked.name == "arrested" and asked.types > {"COERCE"}
    for event in (arrests(draft, asked) if of_arrests else draft.shelf.best(asked))[:2]:
        fact = _fact_of(draft, event, asked.name)
        if fact is not None:
            draft.events.append(event.id)
            _toll(draft, event, fact)


def count(draft: Draft, asked: Question) -> None:
    """How many incidents or events fit, each named; what was foiled or planned is counted apart."""
    if of_incidents.count(draft, asked):
        return
    found = [e for e in draft.shelf.events(asked) if _is_meant(e, asked)]
    found = [e for e in found if not asked.modes or asked.modes & set(e.modes)]
    found = [e for e in found if all(draft.shelf.does(e, a) for a in asked.actors)]
    if found:
        labels = [_called(e) for e in found[:_NAMED]]
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        draft.events += [e.id for e in found]
        draft.values.append(str(len(found)))
        claims = [e.claims[0] for e in found]
        draft.say(f"The documents tell of {len(found)}: {'; '.join(labels)}{more}", claims)
    for actor in asked.actors:
        for fact in draft.shelf.facts.get(actor, ()):
            if fact.property in ("attacks_count", "plots_count"):
                for reading in fact.readings:
                    draft.values.append(draft.shown(reading))
                    draft.say(f"{draft.who(reading.speakers)} counted “{_text(reading)}”", reading.claims)


def says(draft: Draft, asked: Question) -> None:
    """Who says so: every answer with its speakers."""
    name = "killed" if asked.name == "*" else asked.name
    subjects: list[str] = (
        [*asked.actors] if name in ("strength", "leader") else [e.id for e in draft.shelf.best(asked)[:1]]
    )
    for subject in subjects:
        for fact in draft.shelf.facts.get(subject, ()):
            if fact.property == name and fact.rule != "part-of-a-total":
                readings = _meant(fact, asked)
                draft.values += [s for r in readings for s in r.speakers]
                draft.contested |= fact.relation in CONTESTED
                listed = "; ".join(f"{draft.who(r.speakers)}: “{_text(r)}”" for r in readings)
                draft.say(listed, [r.claims[0] for r in readings])


def _meant(fact: Fact, asked: Question) -> Sequence[Reading]:
    """The readings that give a number of the question, or all."""
    numbers = {int(w) for w in asked.words if w.isdecimal()} | {
        int(w.replace(",", "")) for w in asked.text.split() if w.replace(",", "").isdecimal()
    }
    given = [
        r for r in fact.readings if isinstance(r.value, Quantity) and {r.value.low, r.value.high} & numbers
    ]
    return given or fact.readings


def silent(draft: Draft, asked: Question) -> None:
    """Which documents tell of an event and give no figure."""
    for event in draft.shelf.best(asked)[:1]:
        fact = _fact_of(draft, event, asked.name)
        told = {d for r in fact.readings for d in r.documents} if fact else set()
        without = [d for d in event.documents if d not in told]
        claims = [c for c in event.claims if draft.shelf.entries.claims[c].trigger.document in without]
        draft.events.append(event.id)
        draft.values += [draft.shelf.entries.documents[d].path for d in without]
        if without:
            verb = "tells" if len(without) == 1 else "tell"
            draft.say(f"{', '.join(draft.where(d) for d in without)} {verb} of it without a figure", claims)


def _toll(draft: Draft, event: Event, fact: Fact) -> None:
    verb = _VERBS[fact.property]
    differ = fact.relation in CONTESTED
    draft.contested |= differ
    last = fact.readings[fact.preferred] if fact.preferred is not None else None
    if last is not None:
        draft.values.append(_figure(last))
        draft.say(
            f"{_called(event)}: the last figure is {_figure(last)} {verb}, by {draft.who(last.speakers)}",
            last.claims,
        )
    elif len(fact.readings) == 1:
        only = fact.readings[0]
        draft.values.append(_figure(only))
        draft.say(f"{_called(event)}: “{_text(only)}” {verb}, by {draft.who(only.speakers)}", only.claims)
    else:
        draft.values += [_figure(r) for r in fact.readings]
        listed = "; ".join(f"“{_text(r)}” ({draft.who(r.speakers)})" for r in fact.readings)
        draft.say(f"{_called(event)}, {verb}: {listed}", [r.claims[0] for r in fact.readings])
    if differ:
        draft.say(f"The sources differ ({fact.relation.value}): {fact.explanation}", fact.cites)


def _fact(draft: Draft, event: Event, name: str) -> None:
    """A property of an event as a fact: date, place, weapon, target."""
    fact = _fact_of(draft, event, name)
    if fact is None:
        return
    shown = list(dict.fromkeys(draft.shown(r) for r in fact.readings))
    draft.values += shown
    draft.contested |= fact.relation in CONTESTED
    draft.say(f"{_called(event)}, {name}: {'; '.join(shown)}", [r.claims[0] for r in fact.readings])
    if fact.relation in CONTESTED:
        draft.say(f"The sources differ ({fact.relation.value}): {fact.explanation}", fact.cites)


def _date(draft: Draft, event: Event, name: str) -> None:
    if event.date is None or not wording.days(event.date):
        return
    fact = _fact_of(draft, event, name)
    claims = [r.claims[0] for r in fact.readings] if fact else list(event.claims[:1])
    draft.values.append(wording.days(event.date))
    basis = event.date.basis.replace("explicit", "as the text has it")
    draft.say(f"{_undated(event)}: {wording.days(event.date)} ({basis})", claims)
    if fact is not None and fact.relation in CONTESTED:
        draft.contested = True
        draft.say(f"The sources differ ({fact.relation.value}): {fact.explanation}", fact.cites)


def _people(draft: Draft, event: Event, name: str) -> None:
    """Who has a role in an event, by whose word, each status apart."""
    held = [p for p in event.participants if p.role in _ROLES[name] and _is_wanted(p, name)]
    if name not in ("recipient", "warning"):  # an embassy may warn
        held = [p for p in held if not _is_place(draft, p)]
    named = [p for p in held if p.entity and p.name[:1].isupper()] or held
    for each in named[:3]:
        draft.values.append(each.name)
        speakers = [
            s for c in each.claims[:2] for s in draft.shelf.entries.speakers(draft.shelf.entries.claims[c])
        ]
        by = draft.who(list(dict.fromkeys(s for s in speakers if s != each.name)))
        if name == "recipient":
            draft.say(f"{_called(event)}: to {each.name}, by {by}", each.claims)
        elif name == "warning":
            draft.say(f"{_called(event)}: {each.name} warned, by {by}", each.claims)
        else:
            draft.say(f"{each.name} {_SAID_OF[each.attribution_status]}, by {by}", each.claims)
    fact = _fact_of(draft, event, "actor")
    draft.contested |= bool(fact and fact.relation in CONTESTED)


def _is_place(draft: Draft, each: Participant) -> bool:
    entity = draft.shelf.entries.entities.get(each.entity) if each.entity else None
    return entity is not None and entity.kind in (MentionKind.PLACE, MentionKind.FACILITY)


def _is_wanted(each: Participant, name: str) -> bool:
    denied = each.attribution_status in ("denied", "acquitted")
    if name == "suspect":
        return each.attribution_status in (
            "accused",
            "suspected",
            "charged",
            "on-trial",
            "convicted",
            "intercepted",
        )
    return denied if name == "denial" else True


def _summary(draft: Draft, event: Event, _name: str) -> None:
    """What happened, what became of it, and the toll."""
    draft.values.append(event.label)
    outcome = event.status.value
    draft.say(f"{event.label}: {outcome}, told by {_documents(event)}", event.claims[:2])
    fact = _fact_of(draft, event, "killed")
    if fact is not None:
        _toll(draft, event, fact)


def _documents(event: Event) -> str:
    number = len(event.documents)
    return f"{number} document{'' if number == 1 else 's'}"


def _fact_of(draft: Draft, event: Event, name: str) -> Fact | None:
    return next(
        (
            f
            for f in draft.shelf.facts.get(event.id, ())
            if f.property == name and f.rule != "part-of-a-total"
        ),
        None,
    )


def _is_meant(event: Event, asked: Question) -> bool:
    unfinished = {"foil", "foiled", "plan", "planned", "plot", "prevent", "thwart"} & asked.words
    if unfinished or "plot" in asked.text.casefold():
        return event.status in (Status.FOILED, Status.PLANNED, Status.ATTEMPTED, Status.THREATENED)
    return event.status in _CAME_TO_PASS


def _undated(event: Event) -> str:
    day = wording.days(event.date)
    return event.label.removesuffix(f", {day}") if day else event.label


def _called(event: Event) -> str:
    return event.label


def _figure(reading: Reading) -> str:
    shown = wording.number(reading.value) if isinstance(reading.value, Quantity) else "?"
    return _text(reading) if shown == "?" else shown


def _text(reading: Reading) -> str:
    return " ".join(reading.text.split())


_PROPERTIES: Final[Mapping[str, Callable[[Draft, Event, str], None]]] = MappingProxyType(
    {
        "actor": _people,
        "suspect": _people,
        "claimant": _people,
        "denial": _people,
        "warning": _people,
        "recipient": _people,
        "date": _date,
        "happened": _summary,
        "status": _summary,
    }
)
