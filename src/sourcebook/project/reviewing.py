"""What waits for a decision, and putting one into the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sourcebook.config import Config
from sourcebook.errors import InputError
from sourcebook.model import PAIRED, Anchor, Claim, Correction, Decision, Record, Verdict
from sourcebook.project.deriving import derive_into, record, settle_into
from sourcebook.resolve import amendments, rulings
from sourcebook.store import excerpts
from sourcebook.store.store import Store

#: By whom, when, and why.
Signed = tuple[str, datetime, str]


class Question(Struct, frozen=True, kw_only=True):
    """One thing to decide. `worth` is higher where more hangs on it and the score says less."""

    kind: str
    score: float
    one: str
    other: str
    why: str
    worth: float
    about: tuple[str, str]


def queue(path: Path, config: Config | None = None) -> list[Question]:
    """What waits for a decision, the most worth deciding first."""
    return questions(record(path, config))


def questions(held: Record) -> list[Question]:
    """What of a record waits for a decision, the most worth deciding first."""
    names: dict[str, str] = {e.id: e.label for e in held.events}
    names |= {e.id: e.name for e in held.entities}
    weights: dict[str, int] = {e.id: len(e.claims) for e in held.events}
    weights |= {e.id: len(e.mentions) for e in held.entities}
    found = [
        Question(
            kind=p.kind,
            score=round(p.score, 3),
            one=f"{names.get(p.about[0], '')} ({p.about[0]})".strip(),
            other=f"{names.get(p.about[1], '')} ({p.about[1]})".strip(),
            why=p.why,
            worth=round((1 - abs(2 * p.score - 1)) * min(weights.get(i, 1) for i in p.about), 3),
            about=p.about,
        )
        for p in held.proposals
    ]
    return sorted(found, key=lambda q: (q.kind != "decision", -q.worth, q.about))


def decide(
    path: Path,
    verdict: Verdict,
    about: tuple[str, ...],
    *,
    signed: Signed,
    correction: Correction | None = None,
) -> Decision:
    """Append a decision, signed (by whom, when, why), and derive what follows from it.

    Raises:
        NotFound: nothing has that id.
        InputError: nobody signed, both ids name one thing, or the correction does not fit the claim.
    """
    config = Config()
    # One transaction around reading and writing: of two who decide at once, the second sees the first's.
    with Store(path) as store, store.transaction():
        now = _near(store, about) or _current(store, config)
        decision = _append(store, _draft(now, verdict, about, signed=signed, correction=correction))
        settle_into(store, config)
    return decision


def decide_each(
    path: Path, given: Mapping[str, tuple[Verdict, str]], *, by: str, at: datetime
) -> list[Decision]:
    """Append a decision about each of several claims (verdict, why), all of them or none; derive once.

    One that says of a claim what the last decision about it says already is left out.

    Raises:
        NotFound: nothing has one of the ids.
        InputError: nobody signed.
    """
    _name(by)
    config = Config()
    made: list[Decision] = []
    with Store(path) as store, store.transaction():
        last = {entry.about: entry.verdict for entry in store.decisions()}
        now = _current(store, config)
        for about, (verdict, why) in given.items():
            if last.get((about,)) is not verdict:
                draft = _draft(now, verdict, (about,), signed=(by, at, why), correction=None)
                made.append(_append(store, draft))
        settle_into(store, config)
    return made


def note(
    path: Path,
    held: Record,
    verdict: Verdict,
    about: tuple[str, ...],
    *,
    signed: Signed,
    correction: Correction | None = None,
) -> Decision:
    """Append a decision about a record in memory, and leave what follows from it to whoever derives next.

    Raises:
        NotFound: nothing has that id.
        InputError: nobody signed, both ids name one thing, or the correction does not fit the claim.
    """
    draft = _draft(held, verdict, about, signed=signed, correction=correction)
    with Store(path) as store, store.transaction():
        return _append(store, draft)


def _draft(
    now: Record,
    verdict: Verdict,
    about: tuple[str, ...],
    *,
    signed: Signed,
    correction: Correction | None,
) -> Decision:
    """A decision that follows nothing yet."""
    by, when, why = signed
    name = _name(by)
    anchors = _anchors(now, verdict, about)
    if correction is not None:
        amendments.check(_claim(now, anchors[0]), correction)
    return Decision(
        about=about, anchors=anchors, verdict=verdict, by=name, at=when, why=why, correction=correction
    )


def _name(by: str) -> str:
    """Who decides, as it is kept."""
    if not by.strip():
        raise InputError("a decision needs a name: give --by, or set SOURCEBOOK_REVIEWER")
    return by.strip()


def _append(store: Store, draft: Decision) -> Decision:
    """The decision at the end of the log, whoever wrote there last."""
    decision = replace(draft, previous=store.last_decision())
    store.append(decision)
    return decision


def _current(store: Store, config: Config) -> Record:
    return derive_into(store, config) if store.derived_name() is None else store.record()


def _near(store: Store, about: tuple[str, ...]) -> Record | None:
    """Of the record what tells of the events in question; None if other things are asked about."""
    events = {one for one in about if not one.startswith("n-")}
    if store.derived_name() is None or not all(one.startswith("e-") for one in events):
        return None
    near = store.read(lambda db: excerpts.around_events(db, events))
    # Former ids are found by looking through every event.
    if not events <= {e.id for e in near.events}:
        return None
    return replace(near, decisions=tuple(store.decisions()))


def _anchors(now: Record, verdict: Verdict, about: tuple[str, ...]) -> tuple[Anchor, ...]:
    if verdict is Verdict.UNDO and not about[0].startswith("n-"):
        raise InputError(f"{about[0]} is no decision; `sourcebook review log` lists them")
    first = rulings.anchors_for(now, about[0])
    if verdict not in PAIRED:
        return (first,)
    second = rulings.anchors_for(now, about[1], first.id)
    if first.id == second.id:
        raise InputError(f"{about[0]} and {about[1]} are one and the same")
    return (first, second)


def _claim(now: Record, anchor: Anchor) -> Claim:
    claim = next((c for c in now.claims if c.id == anchor.id), None)
    if claim is None:
        raise InputError("only a claim can be corrected; give the id of one, or of an event")
    return claim


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the log, as it is shown."""

    at: str
    by: str
    verdict: str
    about: tuple[str, ...]
    correction: str
    why: str
    id: str

    @classmethod
    def of(cls, decision: Decision) -> Entry:
        """A decision as a line."""
        change = decision.correction
        return cls(
            at=decision.at.isoformat(timespec="seconds"),
            by=decision.by,
            verdict=decision.verdict.value,
            about=decision.about,
            correction=f"{change.field} = {change.value}" if change else "",
            why=decision.why,
            id=decision.id,
        )


def as_json(value: str) -> str:
    """A value as typed: JSON stays what it is, plain words become a JSON text."""
    try:
        msgspec.json.decode(value)
    except msgspec.DecodeError:
        return msgspec.json.encode(value).decode()
    return value
