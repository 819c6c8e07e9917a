"""How many incidents, and how many killed or injured in them: a query over the incidents of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from sourcebook.text.lexicon import rows
from sourcebook.views.asking.incidents import Incident
from sourcebook.views.asking.places_asked import CALENDAR, Place, in_words
from sourcebook.views.asking.question import Question
from sourcebook.views.asking.reports import plain
from sourcebook.views.asking.whereabouts import Unit

#: How long after a day a report on what happened then comes out mostly.
_NEXT: Final = timedelta(days=1)
_PERSON: Final = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){0,3}")


class Query(Struct, frozen=True, kw_only=True):
    """What is counted: `counted` is incidents, killed or injured.

    `kind` is a kind of `lexicon/harm.tsv` ("" for any); `when` the first and last day; `town` the words of a
    place's name, `units` the first-order units that it may lie in, or that are asked about if there is no
    town, `land` the country of either; `people` the names, each with its words as they are spelled.
    """

    counted: str = "incidents"
    kind: str = ""
    when: tuple[date, date] | None = None
    town: str = ""
    units: frozenset[Unit] = frozenset()
    land: str = ""
    people: tuple[str, ...] = ()


#: What is counted by a question that asks for a toll.
_TOLLS: Final = MappingProxyType({"killed": "killing", "injured": "injuring"})


def query(asked: Question) -> Query | None:
    """What a question wants counted; None where it asks for something else or in terms that no report has."""
    if asked.about == "toll" and asked.name in _TOLLS:
        counted, kind = asked.name, _TOLLS[asked.name]
    elif asked.about == "count":
        counted, kind = "incidents", _kind(asked)
    else:
        return None
    found = in_words(asked.text)
    where, said = found or (Place(), frozenset())
    return Query(
        counted=counted,
        kind=kind,
        when=_days(asked),
        town=where.town,
        units=where.units,
        land=where.land,
        people=_people(asked.text, said),
    )


def _kind(asked: Question) -> str:
    kinds = {r[0]: r[1] for r in rows("sourcebook.views", "kinds_of_harm")}
    named = [kinds[w] for w in plain(asked.text).split() if kinds.get(w, "*") != "*"]
    return next(iter((*named, *(kinds[w] for w in sorted(asked.words) if kinds.get(w, "*") != "*"))), "")


def _days(asked: Question) -> tuple[date, date] | None:
    when = asked.when
    return (when.earliest, when.latest) if when and when.earliest and when.latest else None


def _people(text: str, places: frozenset[str]) -> tuple[str, ...]:
    """Names that are no place's: words with capitals that stand together, but for the first word."""
    found = [m[0] for m in _PERSON.finditer(text) if m.start()]
    return tuple(n for n in found if not set(n.split()) & (places | CALENDAR))


def fitting(incidents: Iterable[Incident], query: Query) -> list[Incident]:
    """The incidents that a query means, in their order."""
    return [i for i in incidents if _then(i, query) and _there(i, query) and _what(i, query)]


def number(found: Sequence[Incident], query: Query) -> int:
    """How many were asked for: incidents, or those who were killed or injured in them."""
    if query.counted == "incidents":
        return len(found)
    return sum(i.figure(query.counted) for i in found)


def _then(incident: Incident, query: Query) -> bool:
    if query.when is None:
        return True
    days = incident.days
    if days is None or days[0] > query.when[1] or days[1] < query.when[0]:
        return False
    # Where only the days before a report are known, a question about one day means those next to the report.
    vague, one_day = days[0] != days[1], query.when[0] == query.when[1]
    return not (vague and one_day) or days[1] - query.when[0] <= _NEXT


def _there(incident: Incident, query: Query) -> bool:
    """Whether the town is named and nothing speaks for another unit; or the unit or country is its own."""
    if query.town and not incident.names(query.town):
        return False
    if incident.unit is None:
        return bool(query.town) or not (query.units or query.land)
    if query.land and incident.unit[0] != query.land:
        return False
    return not query.units or incident.unit in query.units


def _what(incident: Incident, query: Query) -> bool:
    if not all(incident.involves(name) for name in query.people):
        return False
    return not query.kind or incident.is_of(query.kind)
