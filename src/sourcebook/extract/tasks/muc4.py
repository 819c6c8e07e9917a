"""Role fillers of one document in the form of MUC-4 (Du, Rush and Cardie 2021).

`predict_rules` takes fillers and events from the event claims; `predict_muc4` has the same events, and the
fillers that the tagger finds in the whole document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sourcebook.extract.encoder import read
from sourcebook.extract.encoder.proposals import fillers
from sourcebook.extract.pipeline import extract
from sourcebook.extract.tasks.casing import recased
from sourcebook.model import (
    Claim,
    Days,
    Document,
    Form,
    Mention,
    MentionId,
    MentionKind,
    Scope,
    Timex,
    document_id,
)
from sourcebook.ports import Context

_ROLES: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_STAGES: Final = {"accomplished": "ACCOMPLISHED", "attempted": "ATTEMPTED", "foiled": "ATTEMPTED"}
_TYPES: Final = (
    ("abduct", "KIDNAPPING"), ("explosives", "BOMBING"), ("destroy", "ARSON"),
)  # fmt: skip
_DETERMINERS: Final = re.compile(
    r"^(?:(?:the|a|an|some|several|many|two|three|four|five|six|seven|eight|nine|ten|another|other|these|those|his|"
    r"her|their|its|this|that|\d+|at|least|about|approximately|of)\s+){1,4}",
    re.IGNORECASE,
)


def predict_muc4(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with id, text and date to the row that the scorer reads; offsets are not asked for."""
    chosen = fillers(read(str(row["text"])))
    return {**predict_rules(row), "ree": {role: [[text] for text in chosen[role]] for role in _ROLES}}


def predict_rules(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same from the event claims alone."""
    text = recased(str(row["text"]))
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id=document_id(str(row["id"]), sha), path=str(row["id"]), sha256=sha, sequence=0, text=text,
        language="en", published=_day(row.get("date")),
    )  # fmt: skip
    found = extract(document, Context())
    mentions = {m.id: m for m in found.mentions}
    claims = [c for c in found.claims if c.predicate == "ASSAULT" and c.scope is not Scope.GENERIC]
    fillers = _pooled(_roles(c, mentions) for c in claims)
    return {
        "id": row["id"],
        "ree": {role: [[text] for text in fillers[role]] for role in _ROLES},
        "events": [_event(c, mentions) for c in claims if c.scope is Scope.SINGLE and c.antecedent is None],
    }


def _day(stamp: object) -> Days | None:
    if not isinstance(stamp, str) or re.match(r"\d{4}-\d\d-\d\d$", stamp) is None:
        return None
    day = date.fromisoformat(stamp)
    return Days(edtf=stamp, earliest=day, latest=day, basis="given as the document's date")


def _plain(mention: Mention) -> str:
    """The words without article, number or possessive."""
    words = " ".join(mention.exact.split())
    return _DETERMINERS.sub("", words).removesuffix("'s").strip(" \"'“”")


def _named(mention: Mention, mentions: Mapping[MentionId, Mention]) -> Mention:
    """What a pronoun or a description stands for, if that is a name in the text."""
    if mention.form is Form.PRONOUN and mention.antecedent is not None:
        return mentions.get(mention.antecedent, mention)
    return mention


def _roles(claim: Claim, mentions: Mapping[MentionId, Mention]) -> Iterable[tuple[str, str]]:
    for argument in claim.arguments:
        mention = _named(mentions[argument.mention], mentions)
        role = _role(argument.role, mention)
        text = _plain(mention)
        if role is not None and mention.form is not Form.PRONOUN and len(text) > 2:
            yield role, text


def _role(role: str, mention: Mention) -> str | None:
    kind = mention.kind
    if role in ("actor", "claimant", "suspect"):
        if kind is MentionKind.ARMED_GROUP and mention.form is Form.NAME:
            return "PerpOrg"
        if kind in (MentionKind.PEOPLE, MentionKind.PERSON) or mention.form is Form.NOMINAL:
            return "PerpInd" if kind is not MentionKind.PLACE else None
        return "PerpOrg" if kind in (MentionKind.ORGANIZATION, MentionKind.SECURITY_FORCE) else None
    if role == "target":
        return "Target" if kind is not MentionKind.PLACE else None
    if role == "recipient":
        return "Victim" if kind is MentionKind.PERSON and mention.form is Form.NAME else None
    return "Weapon" if role == "weapon" else None


def _pooled(fillers: Iterable[Iterable[tuple[str, str]]]) -> dict[str, list[str]]:
    """One entry an entity: a string that another of the role holds is the same entity."""
    found: dict[str, list[str]] = {role: [] for role in _ROLES}
    for role, text in (pair for pairs in fillers for pair in pairs):
        listed = found[role]
        lower = text.lower()
        if not any(lower in other.lower() or other.lower() in lower for other in listed):
            listed.append(text)
    return found


def _event(claim: Claim, mentions: Mapping[MentionId, Mention]) -> dict[str, Any]:
    kind = next((muc for mode, muc in _TYPES if mode in claim.modes), "ATTACK")
    days = [mentions[m].value for m in claim.fillers("date")]
    day = next((d.edtf for d in days if isinstance(d, Timex)), None)
    roles: dict[str, list[list[str]]] = {role: [] for role in _ROLES}
    for role, text in _roles(claim, mentions):
        roles[role].append([text])
    return {
        "type": kind,
        "stage": _STAGES.get(str(claim.status), "THREATENED"),
        "date": day,
        "location": [mentions[m].exact for m in claim.fillers("location")],
        "roles": roles,
    }
