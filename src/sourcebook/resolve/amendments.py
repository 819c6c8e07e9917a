"""Claims as a reviewer said they should read: a copy with one field changed, beside the kept original.

The claim keeps its id, so whatever leads to it still does; its `extractor` names the reviewer and the
decision. A changed number or date is a copy of the mention with another value; what had no mention before
gets one at the claim's trigger, with the reviewer's words as its `head`: every value quotes its document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from sourcebook.errors import InputError, SourcebookError
from sourcebook.model import (
    Argument,
    Claim,
    ClaimId,
    Correction,
    Document,
    Factuality,
    Form,
    Mention,
    MentionId,
    MentionKind,
    Proposal,
    Quantity,
    Scope,
    Skipped,
    Span,
    Status,
    Timex,
)
from sourcebook.model.vocabulary import EVENT_ROLES, MODES, TOLL_ROLES
from sourcebook.resolve.rulings import Amendment

T = TypeVar("T")

_COUNTS = frozenset((*TOLL_ROLES, "attack_count"))
_NAMES = {
    "place": ("location", MentionKind.PLACE),
    "location": ("location", MentionKind.PLACE),
    "target": ("target", MentionKind.FACILITY),
    "weapon": ("weapon", MentionKind.WEAPON),
    "actor": ("actor", MentionKind.ARMED_GROUP),
    "claimant": ("claimant", MentionKind.ARMED_GROUP),
    "suspect": ("suspect", MentionKind.PERSON),
    "recipient": ("recipient", MentionKind.PEOPLE),
}


class Amended(NamedTuple):
    """Mentions and claims as ruled; which claims were changed; the corrections that could not be applied."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    changed: frozenset[ClaimId]
    skipped: tuple[Skipped, ...]
    proposals: tuple[Proposal, ...]


def apply(
    amendments: Iterable[Amendment],
    documents: Iterable[Document],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
) -> Amended:
    """The evidence as the reviewers' corrections have it."""
    texts = {d.id: d.text for d in documents}
    noted = {m.id: m for m in mentions}
    said = {c.id: c for c in claims}
    changed: set[ClaimId] = set()
    refused: list[tuple[Amendment, str]] = []
    for amendment in amendments:
        claim = said[amendment.claim]
        try:
            new, mention = _amend(claim, amendment.correction, noted, texts[claim.trigger.document])
        except SourcebookError as wrong:
            refused.append((amendment, str(wrong)))
            continue
        if mention is not None:
            noted[mention.id] = mention
        said[claim.id] = replace(
            new, extractor=f"reviewer {amendment.by}, {amendment.decision}", confidence=1.0
        )
        changed.add(claim.id)
    return Amended(
        tuple(noted.values()),
        tuple(said.values()),
        frozenset(changed),
        tuple(Skipped(path=a.decision, stage="decide", why=f"not applied: {why}") for a, why in refused),
        tuple(
            Proposal(kind="decision", about=(a.decision, a.claim), score=1.0, why=f"not applied: {why}")
            for a, why in refused
        ),
    )


def check(claim: Claim, correction: Correction) -> None:
    """Whether a correction can be applied to a claim.

    Raises:
        InputError: no such field, or not a value of that field.
    """
    _amend(claim, correction, {}, " " * claim.evidence.end)


def _amend(
    claim: Claim, correction: Correction, mentions: dict[MentionId, Mention], text: str
) -> tuple[Claim, Mention | None]:
    value = _json(correction.value)
    field = correction.field
    if field in _PLAIN:
        return _PLAIN[field](claim, value), None
    if field in _COUNTS:
        return _valued(claim, field, mentions, text, quantity(value))
    if field == "date":
        return _valued(claim, field, mentions, text, days(value))
    if field == "value":
        return _revalued(claim, mentions, value)
    if field in _NAMES:
        return _named(claim, *_NAMES[field], text, value)
    known = sorted((*_PLAIN, *_COUNTS, "date", "value", *_NAMES))
    raise InputError(f"a claim has no field {field!r} to correct; there are: {', '.join(known)}")


def _json(text: str) -> object:
    try:
        decoded: object = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
    return decoded


def _one(kind: Callable[[Any], T], value: object, known: Iterable[str]) -> T:
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"{value!r} is not one of {', '.join(known)}") from None


def _status(claim: Claim, value: object) -> Claim:
    return replace(claim, status=_one(Status, value, Status))


def _factuality(claim: Claim, value: object) -> Claim:
    return replace(claim, factuality=_one(Factuality, value, Factuality))


def _scope(claim: Claim, value: object) -> Claim:
    return replace(claim, scope=_one(Scope, value, Scope))


def _modes(claim: Claim, value: object) -> Claim:
    given = tuple(str(m) for m in value) if isinstance(value, list) else (str(value),)
    known = MODES.get(claim.predicate, ())
    if not set(given) <= set(known):
        raise InputError(f"modes of {claim.predicate} are: {', '.join(known) or 'none'}")
    return replace(claim, modes=given)


_PLAIN = {"status": _status, "factuality": _factuality, "scope": _scope, "modes": _modes}


def _valued(
    claim: Claim, role: str, mentions: dict[MentionId, Mention], text: str, value: Quantity | Timex
) -> tuple[Claim, Mention]:
    """The claim with one filler of `role`, whose mention has the new value."""
    old = mentions.get(claim.filler(role) or MentionId(""))
    kind = MentionKind.TIME if isinstance(value, Timex) else MentionKind.QUANTITY
    if old is not None and old.kind is kind:
        mention = replace(old, value=value)
    else:
        mention = _added(claim, role, text, kind)
        mention = replace(mention, value=value)
    others = tuple(a for a in claim.arguments if a.role != role)
    return replace(claim, arguments=(*others, Argument(role, mention.id))), mention


def _revalued(
    claim: Claim, mentions: dict[MentionId, Mention], value: object
) -> tuple[Claim, Mention | None]:
    """An actor claim with another number or date; the mention stays put, so the claim keeps its id."""
    old = mentions.get(claim.filler("value") or MentionId(""))
    if old is None or not isinstance(old.value, Quantity | Timex):
        raise InputError("the claim has no number or date as its value")
    new = quantity(value) if isinstance(old.value, Quantity) else days(value)
    return claim, replace(old, value=new)


def _named(claim: Claim, role: str, kind: MentionKind, text: str, value: object) -> tuple[Claim, Mention]:
    if isinstance(value, dict):
        kind = _one(MentionKind, value.get("kind", kind), MentionKind)
        value = value.get("name")
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{role} takes a name")
    mention = replace(_added(claim, role, text, kind), head=value.strip())
    others = tuple(a for a in claim.arguments if a.role != role)
    return replace(claim, arguments=(*others, Argument(role, mention.id))), mention


def _added(claim: Claim, role: str, text: str, kind: MentionKind) -> Mention:
    """A mention for a role that had none, from the trigger on.

    A mention is told from others by its span and kind, so each role's ends at another code point.
    """
    at = claim.trigger
    span = Span(at.document, at.start, min(at.end + EVENT_ROLES.index(role), len(text)))
    return Mention(span=span, exact=text[span.start : span.end], kind=kind, form=Form.NAME)


def quantity(value: object) -> Quantity:
    """A number, or an object with low and high (null is open), as a reviewer writes it.

    Raises:
        InputError: it is neither.
    """
    bounds: dict[str, Any] = value if isinstance(value, dict) else {"low": value, "high": value}
    low, high = bounds.get("low"), bounds.get("high")
    if any(n is not None and (isinstance(n, bool) or not isinstance(n, int)) for n in (low, high)):
        raise InputError(f"{value!r} is neither a whole number nor low and high")
    if low is None and high is None:
        raise InputError("a quantity needs low or high")
    return Quantity(
        low=low,
        high=high,
        usual_low=bounds.get("usual_low", low),
        usual_high=bounds.get("usual_high", high),
        unit=bounds.get("unit", "person"),
        wording="corrected by a reviewer",
    )


def days(value: object) -> Timex:
    """A day, month, year or interval "a/b" in EDTF, as a reviewer writes it.

    Raises:
        InputError: it is none of these.
    """
    ends = [_bounds(part) for part in str(value).split("/")]
    earliest, latest = ends[0][0], ends[-1][1]
    if len(ends) > 2 or earliest > latest:
        raise InputError(f"{value!r} is not a date or an interval")
    text = str(value)
    return Timex(
        type="DATE", value=text, edtf=text, earliest=earliest, latest=latest, basis="corrected by a reviewer"
    )


def _bounds(text: str) -> tuple[date, date]:
    try:
        parts = [int(p) for p in text.split("-")]
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) == 2:
            after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
            return date(parts[0], parts[1], 1), after - timedelta(days=1)
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    except (ValueError, TypeError, IndexError):
        raise InputError(f"{text!r} is not a date: write 2024, 2024-03 or 2024-03-22") from None
