"""Answers that count: how many incidents there were, and how many people were killed or hurt in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sourcebook.model import ClaimId, Document, Entity, MentionKind, Span
from sourcebook.views.asking import counting
from sourcebook.views.asking.answer import Draft
from sourcebook.views.asking.counting import Query
from sourcebook.views.asking.incidents import Incident, Reported
from sourcebook.views.asking.question import Question

#: Incidents that are named one by one in an answer.
_NAMED: Final = 5
#: Words that mean one incident, whatever else fits.
_ONE: Final = re.compile(
    r"\b(?:in|by|during|from|of) (?:the|this|that) [^?]{0,80}\b(?:attack|shooting|bombing|blast|explosion|"
    r"ambush|raid|strike|massacre|clash|siege|fire|stabbing|killing)\b"
)
_VERBS: Final = {"killed": "killed", "injured": "hurt"}
#: Words of a question that ask for what did not come to pass.
_UNFINISHED: Final = frozenset(("foil", "foiled", "plan", "planned", "plot", "prevent", "thwart"))
_PEOPLE: Final = frozenset((MentionKind.PERSON, MentionKind.PEOPLE, MentionKind.PLACE, MentionKind.FACILITY))


def count(draft: Draft, asked: Question) -> bool:
    """Say how many incidents fit, each named; whether there was anything to say."""
    wanted = counting.query(asked)
    if wanted is None or not _is_for_incidents(draft, asked):
        return False
    found = counting.fitting(draft.shelf.incidents, wanted)
    if not any(isinstance(i, Reported) for i in found):
        return False  # what only overviews tell of is counted by the events of the record
    draft.values.append(str(len(found)))
    _say(draft, found, f"The documents tell of {len(found)}", wanted)
    return True


def toll(draft: Draft, asked: Question) -> bool:
    """Add up the tolls of several incidents; whether there were several."""
    wanted = counting.query(asked)
    if wanted is None or asked.types or _ONE.search(asked.text) or not _is_for_incidents(draft, asked):
        return False
    if not (wanted.when or wanted.town or wanted.units or wanted.land):
        return False
    found = counting.fitting(draft.shelf.incidents, wanted)
    if len(found) < 2 or not any(isinstance(i, Reported) for i in found):
        return False
    total = counting.number(found, wanted)
    draft.values.append(str(total))
    several = f"The documents tell of {len(found)} incidents in which {total} were {_VERBS[wanted.counted]}"
    _say(draft, found, several, wanted)
    return True


def _is_for_incidents(draft: Draft, asked: Question) -> bool:
    """Not what a group did, nor what was foiled, nor kinds of attack that only events tell apart."""
    actors = [draft.shelf.entries.entities[a] for a in asked.actors]
    unfinished = asked.words & _UNFINISHED or "plot" in asked.text.casefold()
    return not unfinished and all(_is_no_group(a) for a in actors) and asked.modes <= {"firearms"}


def _is_no_group(entity: Entity) -> bool:
    return entity.kind in _PEOPLE


def _say(draft: Draft, found: Sequence[Incident], told: str, wanted: Query) -> None:
    draft.events += [e.id for i in found for e in i.events]
    labels = [_called(i, wanted) for i in found[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    draft.quote(f"{told}: {'; '.join(labels)}{more}", [_shown(draft, i) for i in found])


def _called(incident: Incident, wanted: Query) -> str:
    """A report's headline, an event's label; with its figure where figures are added up."""
    label = _headline(incident.documents[0]) if isinstance(incident, Reported) else incident.events[0].label
    return label if wanted.counted == "incidents" else f"{label} ({incident.figure(wanted.counted)})"


def _headline(document: Document) -> str:
    return " ".join((document.title or document.text.strip().split("\n")[0]).split())


def _shown(draft: Draft, incident: Incident) -> tuple[Span, ClaimId | None]:
    """The words that tell of it: the headline where it stands in the text, or a claim's."""
    first = incident.documents[0]
    if isinstance(incident, Reported):
        line = first.text.lstrip().split("\n")[0]
        start = first.text.index(line) if line else 0
        return first.title_span or Span(first.id, start, max(start + len(line.rstrip()), start + 1)), None
    claim = draft.shelf.entries.claims[incident.events[0].claims[0]]
    return claim.evidence, claim.id
