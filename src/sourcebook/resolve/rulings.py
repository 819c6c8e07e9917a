"""What the log of decisions means for today's claims and mentions.

A decision names claims or mentions as they were when it was taken. An extractor may have changed since, so
each is looked up again: by its id, else as the one claim of the same predicate (or mention of the same kind)
that overlaps the same words. What is found no longer is orphaned: listed, put up for review, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sourcebook.errors import NotFound
from sourcebook.model import (
    PAIRED,
    Anchor,
    Claim,
    ClaimId,
    Correction,
    Decision,
    DecisionId,
    DocumentId,
    Event,
    Form,
    Mention,
    MentionId,
    Proposal,
    Record,
    Skipped,
    Span,
    Verdict,
    content_id,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids of today that a reviewer ruled on, and the words for why."""

    left: str
    right: str
    why: str
    decision: DecisionId


@dataclass(frozen=True, slots=True)
class Amendment:
    """A claim of today that a reviewer said should read otherwise."""

    claim: ClaimId
    correction: Correction
    by: str
    decision: DecisionId


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions that stand, in today's ids.

    `same` and `different` hold pairs of claims (for events) and of mentions (for entities); an id's prefix
    tells which. `rejected` claims are left out of events and facts, `rejected_events` are claims whose whole
    event is left out. `unsure` pairs stay proposed. `skipped` and `proposals` list the orphaned.
    """

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    unsure: frozenset[frozenset[str]] = frozenset()
    rejected: frozenset[str] = frozenset()
    rejected_events: frozenset[ClaimId] = frozenset()
    accepted: frozenset[str] = frozenset()
    amendments: tuple[Amendment, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    def same_of(self, kind: str) -> tuple[Pair, ...]:
        """Pairs ruled the same, of claims ("c") or mentions ("m"), in the order of the log."""
        return tuple(p for p in self.same if p.left.startswith(f"{kind}-"))

    def apart(self, kind: str) -> frozenset[frozenset[str]]:
        """Pairs ruled different, of claims ("c") or mentions ("m")."""
        return frozenset(
            frozenset((p.left, p.right)) for p in self.different if p.left.startswith(f"{kind}-")
        )


def consequences(rulings: Rulings) -> tuple[object, ...]:
    """All that anything follows from, in a fixed order: accepting and being unsure change nothing."""
    return (
        rulings.same,
        rulings.different,
        sorted(rulings.rejected),
        sorted(rulings.rejected_events),
        rulings.amendments,
        rulings.skipped,
        rulings.proposals,
    )


class Orphan(NotFound):
    """A decision's anchor has no counterpart among today's claims or mentions."""


@dataclass(slots=True)
class _Evidence:
    """Today's claims and mentions, looked up by id and by document."""

    ids: set[str] = field(default_factory=set)
    spans: dict[tuple[str, DocumentId, str], list[tuple[Span, str]]] = field(default_factory=dict)

    def add(self, kind: str, identifier: str, span: Span, predicate: str) -> None:
        self.ids.add(identifier)
        self.spans.setdefault((kind, span.document, predicate), []).append((span, identifier))

    def find(self, anchor: Anchor) -> str:
        if anchor.id in self.ids:
            return anchor.id
        if anchor.document is None or anchor.start >= anchor.end:
            raise Orphan(f"{anchor.kind} {anchor.id} is gone")
        at = Span(anchor.document, anchor.start, anchor.end)
        near = self.spans.get((anchor.kind, anchor.document, anchor.predicate), [])
        found = [i for span, i in near if span == at] or [i for span, i in near if span.overlaps(at)]
        if len(found) == 1:
            return found[0]
        many = f"{len(found)} overlap" if found else "none overlaps"
        what = f"{anchor.predicate} {anchor.kind}".strip()
        raise Orphan(f"{what} at {at} {anchor.exact!r} is gone, and {many} those words today")


def read(decisions: Sequence[Decision], claims: Iterable[Claim], mentions: Iterable[Mention]) -> Rulings:
    """Which decisions stand and what they are about today; later ones overrule, undo cancels."""
    if not decisions:
        return Rulings()
    evidence = _Evidence()
    for claim in claims:
        evidence.add("claim", claim.id, claim.trigger, claim.predicate)
    for mention in mentions:
        evidence.add("mention", mention.id, mention.span, mention.kind)
    standing, lost = _standing(decisions)
    found: list[tuple[Decision, tuple[str, ...]]] = []
    for decision in standing:
        try:
            found.append((decision, _today(decision, evidence)))
        except Orphan as gone:
            lost.append((decision, str(gone)))
    pairs = _last((frozenset(ids), d, ids) for d, ids in found if d.verdict in PAIRED)
    verdicts = _last(
        (ids[0] + _of_event(d), d, ids) for d, ids in found if d.verdict in (Verdict.ACCEPT, Verdict.REJECT)
    )
    corrected = _last(((ids[0], d.correction.field), d, ids) for d, ids in found if d.correction is not None)
    whole = {d.id for d, _ in verdicts if _of_event(d)}
    return Rulings(
        same=_pairs(pairs, Verdict.SAME),
        different=_pairs(pairs, Verdict.DIFFERENT),
        unsure=frozenset(frozenset(ids) for d, ids in pairs if d.verdict is Verdict.UNSURE),
        rejected=frozenset(
            ids[0] for d, ids in verdicts if d.verdict is Verdict.REJECT and d.id not in whole
        ),
        rejected_events=frozenset(
            ClaimId(ids[0]) for d, ids in verdicts if d.verdict is Verdict.REJECT and d.id in whole
        ),
        accepted=frozenset(ids[0] for d, ids in verdicts if d.verdict is Verdict.ACCEPT),
        amendments=tuple(
            Amendment(ClaimId(ids[0]), d.correction, d.by, d.id) for d, ids in corrected if d.correction
        ),
        skipped=tuple(Skipped(path=d.id, stage="decide", why=f"orphaned: {why}") for d, why in lost),
        proposals=tuple(
            Proposal(
                kind="decision", about=(d.id, d.about[0]), score=1.0, why=f"{d.verdict} by {d.by}: {why}"
            )
            for d, why in lost
        ),
    )


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that no later undo cancels, in the order of the log."""
    return _standing(decisions)[0]


def _standing(decisions: Sequence[Decision]) -> tuple[list[Decision], list[tuple[Decision, str]]]:
    """The decisions that no later undo cancels (an undo may be undone), and the undos that name nothing."""
    known = {d.id for d in decisions}
    cancelled: set[str] = set()
    standing: list[Decision] = []
    lost: list[tuple[Decision, str]] = []
    for decision in reversed(decisions):
        if decision.id in cancelled:
            continue
        if decision.verdict is not Verdict.UNDO:
            standing.append(decision)
        elif decision.anchors[0].id in known:
            cancelled.add(decision.anchors[0].id)
        else:
            lost.append((decision, f"there is no decision {decision.anchors[0].id} to undo"))
    return standing[::-1], lost[::-1]


def _today(decision: Decision, evidence: _Evidence) -> tuple[str, ...]:
    ids = tuple(evidence.find(anchor) for anchor in decision.anchors)
    if len(ids) == 2 and ids[0] == ids[1]:
        raise Orphan(f"both things decided about are {ids[0]} today")
    if len({anchor.kind for anchor in decision.anchors}) > 1:
        raise Orphan("a claim and a mention cannot be compared")
    return ids


def _last(
    entries: Iterable[tuple[object, Decision, tuple[str, ...]]],
) -> list[tuple[Decision, tuple[str, ...]]]:
    """The last entry for each key, in the order of the log."""
    latest: dict[object, tuple[Decision, tuple[str, ...]]] = {}
    for key, decision, ids in entries:
        latest.pop(key, None)
        latest[key] = (decision, ids)
    return list(latest.values())


def _of_event(decision: Decision) -> str:
    """A mark that keeps a verdict on a whole event apart from one on the claim that stands for it."""
    return "/event" if decision.about[0].startswith("e-") else ""


def _pairs(found: Sequence[tuple[Decision, tuple[str, ...]]], verdict: Verdict) -> tuple[Pair, ...]:
    return tuple(
        Pair(ids[0], ids[1], f"{d.by} decided: {d.why}" if d.why else f"{d.by} decided", d.id)
        for d, ids in found
        if d.verdict is verdict
    )


def event_id(claim: ClaimId) -> str:
    """The id that an event would have if this claim were its earliest."""
    return content_id("e", claim)


def aliases(event: Event) -> frozenset[str]:
    """Every id that resolves to an event: its own, and those that its claims would have as events."""
    return frozenset((event.id, *map(event_id, event.claims)))


def anchors_for(record: Record, identifier: str, other: str | None = None) -> Anchor:
    """The anchor that stands for what a person names: event, entity, claim, mention or decision.

    An event is stood for by its earliest claim, an entity by its earliest mention by name, but never by the
    very claim or mention `other` that it is to be told apart from.

    Raises:
        NotFound: nothing in the record has that id.
    """
    if identifier.startswith("n-"):
        if any(d.id == identifier for d in record.decisions):
            return Anchor(kind="decision", id=identifier)
        raise NotFound(f"there is no decision {identifier!r}")
    if identifier.startswith("e-"):
        identifier = _representative(record, identifier, other)
    quoted = {d.id: d for d in record.documents}
    for claim in record.claims:
        if claim.id == identifier:
            return _anchor(
                "claim", claim.id, claim.trigger, quoted[claim.trigger.document].text, claim.predicate
            )
    for mention in record.mentions:
        if mention.id == identifier:
            text = quoted[mention.span.document].text
            return _anchor("mention", mention.id, mention.span, text, mention.kind)
    return _entity_anchor(record, identifier, other)


def _representative(record: Record, identifier: str, other: str | None) -> str:
    # Former ids are made from every claim: they are looked up only if no event bears the id today.
    event = next((e for e in record.events if e.id == identifier), None) or next(
        (e for e in record.events if identifier in aliases(e)), None
    )
    if event is None:
        raise NotFound(f"there is no event {identifier!r}")
    return next((c for c in event.claims if c != other), event.claims[0])


def _entity_anchor(record: Record, identifier: str, other: str | None) -> Anchor:
    entity = next((e for e in record.entities if e.id == identifier), None)
    if entity is None:
        raise NotFound(f"there is no event, actor, claim or mention {identifier!r}")
    order = {d.id: d.sequence for d in record.documents}
    held = set(entity.mentions) - {MentionId(other or "")} or set(entity.mentions)
    mention = min(
        (m for m in record.mentions if m.id in held),
        key=lambda m: (m.form is not Form.NAME, order[m.span.document], m.span),
    )
    text = next(d.text for d in record.documents if d.id == mention.span.document)
    return _anchor("mention", mention.id, mention.span, text, mention.kind)


def _anchor(kind: str, identifier: str, span: Span, text: str, predicate: str) -> Anchor:
    return Anchor(
        kind=kind,
        id=identifier,
        document=span.document,
        start=span.start,
        end=span.end,
        exact=text[span.start : span.end],
        # The plain word: a decision's id is made of it, and is made again of what the file gives back.
        predicate=str(predicate),
    )
