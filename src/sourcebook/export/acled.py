"""An ACLED-like table: 31 columns in ACLED's order, one row an event, actors without direction."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial
from typing import Final

from sourcebook.export.coding import NOT_HAPPENED, STATE, Coded, Party, attributions, listed, number_of
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.tables import Row, book, produce, tally_interval, tally_toll
from sourcebook.model import MentionKind, Record, Status

_MONTH: Final = 31
_WEEK: Final = 7
_CIVILIANS: Final = 7


def export(record: Record) -> Produced:
    """The table, its sibling of foiled and planned events, and what ACLED would not hold."""
    code = partial(_row, as_of=record.as_of)
    return produce(record, "acled", _failing, code, facts=("killed",))


def _failing(one: Coded) -> str | None:
    if one.event.status in NOT_HAPPENED:
        return NOT_HAPPENED[one.event.status]
    if _kind(one) is None:
        return f"no ACLED event type for {one.event.type}"
    if one.window is None or one.window > _MONTH:
        return "the date is not known to the month"
    if one.country is None:
        return "the country is not known"
    return None


def _kind(one: Coded) -> list[str] | None:
    """Disorder type, event type, sub-event type."""
    for kind, mode, *found in book("acled")["events"]:
        if kind == one.event.type and (not mode or mode in one.event.modes):
            return list(found)
    if one.event.type != "ASSAULT":
        return None
    armed = {*STATE, MentionKind.ARMED_GROUP}
    both = any(p.kind in armed for p in one.victims)
    return list(book("acled")["armed" if both else "unarmed"])


def _row(one: Coded, tally: Tally, as_of: date | None) -> Row:
    disorder, kind, sub = _kind(one) or ["", "", ""]
    country = one.country
    pick = one.pick("acled")
    row: Row = {
        "event_id_cnty": f"{country.iso3 if country else ''}{number_of(one.event)}",
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        "civilian_targeting": "Civilian targeting"
        if one.civilian and disorder == "Political violence"
        else "",
        "iso": int(country.iso_numeric) if country and country.iso_numeric else "",
        "region": country.acled_region if country else "",
        "country": country.name if country else "",
        "source": one.publishers,
        "notes": _notes(one, one.told(pick)),
        "fatalities": pick.numbers.get("deaths") if pick else None,
        "tags": "" if one.event.status is Status.ACCOMPLISHED else one.event.status.value,
        "timestamp": int(datetime.combine(as_of, time(), UTC).timestamp()) if as_of else None,
    }
    tally_toll(tally, one)
    return row | _when(one, tally) | _where(one, tally) | _who(one, tally)


def _notes(one: Coded, told: str) -> str:
    """Who is only said to have had a part is named with the word for it: a cell for an actor has none."""
    said = attributions(one.event) if any(p.unsure for p in (*one.attackers, *one.victims)) else ""
    return " ".join(filter(None, (one.summary(), f"Parts: {said}." if said else "", told)))


def _when(one: Coded, tally: Tally) -> Row:
    window = one.window or 0
    day = one.middle
    if window > 1:
        tally_interval(tally, one, "ACLED has one day and a precision: the middle day is written")
    return {
        "event_date": day.isoformat() if day else "",
        "year": day.year if day else None,
        "time_precision": 1 if window == 1 else 2 if window <= _WEEK else 3,
    }


def _where(one: Coded, tally: Tally) -> Row:
    point = one.point
    if point is None:
        tally.drop("point", "the place is not known to a town: no stand-in is invented", one.event.id)
    place = one.place
    return {
        "admin1": one.named_place("province"),
        "admin2": one.named_place("district"),
        "location": one.named_place("town") or (place.name if place else ""),
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "geo_precision": book("acled")["geo_precision"].get(one.precision),
    }


def _who(one: Coded, tally: Tally) -> Row:
    codes: dict[str, int] = book("acled")["inter"]
    first = one.attackers[0] if one.attackers else None
    second = one.victims[0] if one.victims else None
    inter1 = codes.get(first.kind.value) if first and first.kind else None
    inter2 = codes.get(second.kind.value) if second and second.kind else None
    sides = sorted(code for code in (inter1, inter2) if code is not None)
    for party in one.attackers:
        if party.unsure:
            tally.drop("how sure it is who did it", "an actor is named or is not", one.event.id)
            break
    return {
        "actor1": _name(one, first),
        "assoc_actor_1": listed(p.name for p in one.attackers[1:]),
        "inter1": inter1,
        "actor2": "" if second is None else _name(one, second, inter2),
        "assoc_actor_2": listed(p.name for p in one.victims[1:]),
        "inter2": inter2,
        "interaction": "".join(map(str, sides)) + ("0" if len(sides) == 1 else "") if sides else "",
    }


def _name(one: Coded, party: Party | None, inter: int | None = None) -> str:
    where = one.country.name if one.country else ""
    if inter == _CIVILIANS:
        return f"Civilians ({where})"
    if party is None or not party.named:
        return f"Unidentified Armed Group ({where})" if one.event.type == "ASSAULT" else ""
    return party.name
