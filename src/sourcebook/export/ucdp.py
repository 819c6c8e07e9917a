"""A UCDP GED-like table: 49 columns, low, best and high, and why an event is no UCDP event."""

from __future__ import annotations

from math import floor
from typing import Final

from sourcebook.export.coding import CIVIL, NOT_HAPPENED, STATE, Coded, Party, listed, number_of
from sourcebook.export.countries import codes
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.tables import Row, book, produce, tally_interval, tally_toll
from sourcebook.gazetteer import country as country_of
from sourcebook.model import MentionKind, Record, Status

_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_CELLS_A_DEGREE: Final = 2
_CELLS_A_ROW: Final = 720


def export(record: Record) -> Produced:
    """The table, its sibling of foiled and planned events (none meets the criteria), and the excluded."""
    return produce(record, "ucdp", _failing, _row, facts=("killed",))


def _failing(one: Coded) -> str | None:
    """The first criterion of the definition of an event that this one does not meet."""
    tests = (
        (one.event.type != "ASSAULT", "no use of armed force"),
        (one.event.status in NOT_HAPPENED, NOT_HAPPENED.get(one.event.status, "")),
        (one.event.status is not Status.ACCOMPLISHED, f"it is {one.event.status.value}, not carried out"),
        (_sides(one) is None, "no organised actor is named"),
        (not _deaths(one), "no direct death in best, low or high"),
        (one.country is None, "the country is not known"),
        (_date_prec(one) is None, "the date is not known to a year"),
    )
    return next((why for fails, why in tests if fails), None)


def _deaths(one: Coded) -> bool:
    pick = one.pick("ucdp")
    return pick is not None and any(n for n in pick.numbers.values())


def _date_prec(one: Coded) -> int | None:
    windows = book("ucdp")["windows"]
    window = one.window
    return next((code for days, code in windows if window is not None and window <= days), None)


def _sides(one: Coded) -> tuple[int, str, str, bool] | None:
    """Type of violence, side a, side b, whether side a is a government."""
    group = one.groups[0] if one.groups else None
    state = next((p for p in one.attackers if p.kind in STATE), None)
    hit_state = next((p for p in one.victims if p.kind in STATE), None)
    hit_group = next((p for p in one.victims if p.kind is MentionKind.ARMED_GROUP and p.named), None)
    if group and hit_state:
        return _STATE_BASED, _government(one, hit_state), group.name, True
    if state and hit_group:
        return _STATE_BASED, _government(one, state), hit_group.name, True
    if group and hit_group and group.id != hit_group.id:
        return _NON_STATE, min(group.name, hit_group.name), max(group.name, hit_group.name), False
    attacker = group or state
    if attacker and all(p.kind in CIVIL or p.kind is None for p in one.victims):
        name = _government(one, attacker) if attacker is state else attacker.name
        return _ONE_SIDED, name, "Civilians", attacker is state
    return None


def _government(one: Coded, party: Party) -> str:
    """UCDP names the government, not its army."""
    named = codes(found.code) if (found := country_of(party.name)) else one.country
    return f"Government of {named.name}" if named else party.name


def _row(one: Coded, tally: Tally) -> Row:
    kind, side_a, side_b, of_state = _sides(one) or (0, "", "", False)
    country = one.country
    tally_toll(tally, one)
    tally.drop("label", "a row has the headlines of its sources", one.event.id)
    if any(p.unsure for p in one.attackers):
        tally.drop("how sure it is who did it", "a side is named or the row is excluded", one.event.id)
    row: Row = {
        "id": number_of(one.event),
        "relid": one.event.id,
        "code_status": "Clear",
        "type_of_violence": kind,
        "dyad_name": f"{side_a} - {side_b}",
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": len(one.sources),
        "source_article": listed(s.line() for s in one.sources),
        "source_office": one.publishers,
        "source_date": listed(s.published for s in one.sources),
        "source_headline": listed(s.title for s in one.sources),
        "source_original": listed(_speakers(one)),
        "adm_1": one.named_place("province"),
        "adm_2": one.named_place("district"),
        "country": country.name if country else "",
        "country_id": int(country.gw) if country and country.gw else None,
        "region": country.ucdp_region if country else "",
        "event_clarity": 1,
        "gwnoa": int(country.gw) if of_state and country and country.gw else None,
    }
    return row | _when(one, tally) | _where(one, tally) | _figures(one, kind)


def _speakers(one: Coded) -> list[str]:
    """Those whom the reports quote, not the publishers."""
    return [s for claim in one.claims for s in one.entries.speakers(claim)[1:]]


def _when(one: Coded, tally: Tally) -> Row:
    if one.when not in (f"{one.earliest}/{one.latest}", f"{one.earliest}"):
        tally_interval(tally, one, "the words of the date are not held, its first and last day are")
    return {
        "year": one.earliest.year if one.earliest else None,
        "date_prec": _date_prec(one),
        "date_start": f"{one.earliest} 00:00:00.000" if one.earliest else "",
        "date_end": f"{one.latest} 00:00:00.000" if one.latest else "",
    }


def _where(one: Coded, tally: Tally) -> Row:
    place, point = one.place, one.point
    if point is None:
        tally.drop("point", "the place is not known to a town: no centre of a unit is invented", one.event.id)
    return {
        "where_prec": book("ucdp")["where_prec"].get(one.precision, 6),
        "where_coordinates": place.name if place else "",
        "where_description": place.location.basis if place else "",
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "geom_wkt": f"POINT ({point[1]} {point[0]})" if point else "",
        "priogrid_gid": _cell(*point) if point else None,
    }


def _cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: half degrees, counted from the south-west corner, from 1."""
    row = floor((lat + 90) * _CELLS_A_DEGREE)
    return row * _CELLS_A_ROW + floor((lon + 180) * _CELLS_A_DEGREE) + 1


def _figures(one: Coded, kind: int) -> Row:
    """Best is the sum of the four; who the dead are is not told, but where only civilians are hit."""
    pick = one.pick("ucdp")
    numbers = pick.numbers if pick else {}
    best = numbers.get("best")
    civil = kind == _ONE_SIDED and one.civilian
    return {
        "deaths_a": 0 if best is not None else None,
        "deaths_b": 0 if best is not None else None,
        "deaths_civilians": best if civil else 0,
        "deaths_unknown": 0 if civil else best,
        "best": best,
        "high": numbers.get("high"),
        "low": numbers.get("low"),
    }
