"""A GTD-like table: START's 135 columns and ours, one row an incident, and what is no incident."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from sourcebook import __version__
from sourcebook.export.coding import NOT_HAPPENED, STATE, Coded, Party, attributions, listed
from sourcebook.export.countries import rows as table
from sourcebook.export.loss import Produced, Tally
from sourcebook.export.tables import Row, book, produce, tally_interval, tally_toll
from sourcebook.model import Attribution, MentionKind, Record, Status

#: Words of the channel of a claim of responsibility and the codebook's claim modes.
_CHANNELS: Final = (("video", 6, "Video"), ("letter", 1, "Letter"), ("call", 2, "Call (post-incident)"))
_ONLINE: Final = (7, "Posted to website, blog, etc.")
_MODE_UNKNOWN: Final = (10, "Unknown")
#: Properties of events that a row draws on.
_FACTS: Final = ("killed", "injured", "abducted", "weapon")
_MOST: Final = 3
_YES, _NO = 1, 0


def export(record: Record) -> Produced:
    """The table, its sibling of foiled and planned incidents, and what fails which criterion."""
    serial: Counter[str] = Counter()
    return produce(record, "gtd", _failing, lambda one, tally: _row(one, tally, serial), facts=_FACTS)


def _failing(one: Coded) -> str | None:
    """The criterion for inclusion that an event does not meet."""
    states = [p for p in one.attackers if p.kind in STATE]
    tests = (
        (one.event.type != "ASSAULT", "no violence or immediate threat of violence"),
        (one.event.status in NOT_HAPPENED, NOT_HAPPENED.get(one.event.status, "")),
        (bool(states) and not one.groups, "the perpetrators are not sub-national"),
        (_year(one) is None, "the year is not known"),
        (_criteria(one).count(_NO) > 1, "fewer than two of the three criteria can hold"),
    )
    return next((why for fails, why in tests if fails), None)


def _year(one: Coded) -> int | None:
    if one.earliest is None or one.latest is None or one.earliest.year != one.latest.year:
        return None
    return one.earliest.year


def _criteria(one: Coded) -> list[int | None]:
    """An aim beyond gain; meant to coerce or be heard of; outside warfare. None: the record does not tell."""
    political = _YES if one.groups else None
    heard = _YES if one.groups and (one.civilian or one.parties("claimant")) else None
    military = one.victims and all(p.kind is MentionKind.ARMED_GROUP for p in one.victims)
    return [political, heard, _NO if military else _YES if one.civilian else None]


def _row(one: Coded, tally: Tally, serial: Counter[str]) -> Row:
    tally_toll(tally, one)
    tally_toll(tally, one, "injured")
    if any(s not in ("narrated", "claimed") for s in (p.status for p in one.attackers)):
        tally.round(
            "how sure it is who did it", "guncertain is yes or no; x_attribution has the word", one.event.id
        )
    return (
        _when(one, tally, serial)
        | _where(one, tally)
        | _what(one)
        | _targets(one)
        | _perpetrators(one)
        | _claiming(one)
        | _toll(one)
        | _sources(one)
    )


def _when(one: Coded, tally: Tally, serial: Counter[str]) -> Row:
    first, last = one.earliest, one.latest
    month = first.month if first and last and first.month == last.month else 0
    day = first.day if first and month and one.window == 1 else 0
    stem = f"{_year(one):04d}{month:02d}{day:02d}"
    serial[stem] += 1
    if not day:
        tally_interval(tally, one, "iday or imonth is 0; the words are in approxdate and x_edtf")
    return {
        "eventid": f"{stem}{serial[stem]:04d}",
        "iyear": _year(one),
        "imonth": month,
        "iday": day,
        "approxdate": "" if day else one.when,
        "x_edtf": one.when,
    }


def _where(one: Coded, tally: Tally) -> Row:
    codes, country, point = book("gtd"), one.country, one.point
    region = country.gtd_region if country else ""
    if country and not country.gtd:
        tally.drop("country code", "the table of codes has none for it; the name is written", one.event.id)
    row = _names(one)
    if one.place is not None and one.place.name not in row.values():
        tally.drop("place", "it is no town, province, country or site by the record", one.event.id)
    return row | {
        "country": int(country.gtd) if country and country.gtd else None,
        "region": int(region) if region else None,
        "region_txt": codes["region"].get(region, ""),
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
        "specificity": codes["specificity"][one.precision],
    }


def _names(one: Coded) -> Row:
    return {
        "country_txt": one.country.name if one.country else "",
        "provstate": one.named_place("province"),
        "city": one.named_place("town") or "Unknown",
        "location": one.site,
    }


def _what(one: Coded) -> Row:
    attacks = _coded(one, "attack")
    weapons = _coded(one, "weapon")
    political, heard, outside = _criteria(one)
    row: Row = {
        "summary": one.summary(),
        "crit1": political,
        "crit2": heard,
        "crit3": outside,
        "doubtterr": _NO if None not in (political, heard, outside) else book("gtd")["unknown"],
        "success": {Status.ACCOMPLISHED: _YES}.get(
            one.event.status, None if one.event.status is Status.CLAIMED else _NO
        ),
        "suicide": int("suicide-attack" in one.event.modes),
        "ishostkid": _YES if "abduct" in one.event.modes else book("gtd")["unknown"],
        "x_status": one.event.status.value,
    }
    for name, found in (("attacktype", attacks), ("weaptype", weapons)):
        for n, (code, text) in enumerate(found[:_MOST], 1):
            row |= {f"{name}{n}": code, f"{name}{n}_txt": text}
    weapon = one.fact("weapon")
    row["weapdetail"] = listed(r.text for r in weapon.readings) if weapon else ""
    return row


def _coded(one: Coded, what: str) -> list[tuple[int, str]]:
    """Codes for the modes of an event, in the codebook's order; that for unknown if there are none."""
    entries: list[dict[str, Any]] = book("gtd")[what]
    found = [(e["code"], e["text"]) for e in entries if set(e["modes"]) & set(one.event.modes)]
    return found or [(e["code"], e["text"]) for e in entries if e["text"] == "Unknown"]


def _targets(one: Coded) -> Row:
    row: Row = {}
    hit = [(p.name, p.kind) for p in one.victims]
    hit += [(p.name, MentionKind.FACILITY) for p in one.places if p.role == "target"]
    for n, (name, kind) in enumerate(hit[:_MOST], 1):
        code, text = _target(name, kind)
        row |= {f"targtype{n}": code, f"targtype{n}_txt": text, f"target{n}": name}
    if not hit:
        code, text = book("gtd")["target"]["unknown"]
        row |= {"targtype1": code, "targtype1_txt": text}
    return row


def _target(name: str, kind: MentionKind | None) -> tuple[int, str]:
    words = set(name.casefold().replace("-", " ").split())
    for word, code, text in table("targets.tsv"):
        if word in words:
            return int(code), text
    codes = book("gtd")["target"]
    code, text = codes.get(kind.value if kind else "unknown", codes["unknown"])
    return code, text


def _perpetrators(one: Coded) -> Row:
    named = [p for p in one.attackers if p.named][:_MOST]
    row: Row = {"gname": "Unknown"}
    for n, party in enumerate(named, 1):
        row |= {"gname" if n == 1 else f"gname{n}": party.name, f"guncertain{n}": int(_suspected(party))}
    return row | {"x_attribution": attributions(one.event)}


def _suspected(party: Party) -> bool:
    return party.unsure


def _claiming(one: Coded) -> Row:
    claimants = one.parties("claimant")
    if not claimants:
        denied = any(
            p.role == "claimant" and p.attribution_status == "denied" for p in one.event.participants
        )
        return {"claimed": _NO if denied else book("gtd")["unknown"]}
    code, text = _mode(one)
    row: Row = {"claimed": _YES, "claimmode": code, "claimmode_txt": text}
    for n, _ in enumerate(claimants[1:_MOST], 2):
        row[f"claim{n}"] = _YES
    return row | {"compclaim": _YES if len({p.id or p.name for p in claimants if p.named}) > 1 else _NO}


def _mode(one: Coded) -> tuple[int, str]:
    """How responsibility was claimed, by the channel that the sources name."""
    for attribution in (a for c in one.claims for a in c.attribution if a.act == "claim-of-responsibility"):
        channel = _channel(one, attribution)
        for word, code, text in _CHANNELS:
            if word in channel:
                return code, text
        if channel:
            return _ONLINE
    return _MODE_UNKNOWN


def _channel(one: Coded, attribution: Attribution) -> str:
    mention = one.entries.mentions.get(attribution.channel) if attribution.channel else None
    return mention.exact.casefold() if mention else ""


def _toll(one: Coded) -> Row:
    killed, wounded = one.pick("gtd"), one.pick("gtd", "injured")
    held = one.quantities("killed")
    lows = [q.low for q in held if q.low is not None]
    highs = [q.high for q in held if q.high is not None]
    kidnapped = one.pick("gtd", "abducted")
    return {
        "nkill": killed.numbers["deaths"] if killed else None,
        "nwound": wounded.numbers["deaths"] if wounded else None,
        "nhostkid": kidnapped.numbers["deaths"] if kidnapped else None,
        "addnotes": one.told(killed),
        "x_nkill_low": min(lows, default=None),
        "x_nkill_high": max(highs) if highs and len(highs) == len(held) else None,
        "x_rule": killed.branch if killed else "",
    }


def _sources(one: Coded) -> Row:
    cites = {f"scite{n}": s.line() for n, s in enumerate(one.sources[:_MOST], 1)}
    unknown = book("gtd")["unknown"]
    aside = dict.fromkeys(("INT_LOG", "INT_IDEO", "INT_MISC", "INT_ANY"), unknown)
    return {
        **cites,
        **aside,
        "property": unknown,
        "dbsource": f"Sourcebook {__version__}",
        "x_statement_ids": listed(one.event.claims),
    }
