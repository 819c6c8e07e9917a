"""What rules make of dates that count from the document or from what it named last."""

from __future__ import annotations

from datetime import date, timedelta

from sourcebook.extract.times.absolute import partial, weekday_on
from sourcebook.extract.times.calendar import Period, add, period
from sourcebook.extract.times.calendar import season as season_of
from sourcebook.extract.times.lengths import gone_by, unknown
from sourcebook.extract.times.scene import COUNTED, Found, Scene

#: From this many days on, a weekday named in the past is not the document's own day.
_WEEK = timedelta(days=7)
_DAYBREAK = "06:00"
#: Marks that a sentence ends with.
_CLOSES = frozenset(".!?\"'”’")


def weekday(scene: Scene) -> Found | None:
    """As in "Friday", "last Friday", "Friday night"."""
    number = scene.number("weekday") or 1
    part = scene.value("part")
    suffix = f"T{part}" if part else ""
    if scene.base is None:
        return Found(
            "TIME" if part else "DATE",
            f"XXXX-WXX-{number}{suffix}",
            None,
            "document",
            "weekday, document undated",
        )
    if scene.has("unit"):
        return _beside_weekday(scene, number)
    if scene.previous and scene.last is not None:
        before = scene.last.first - timedelta(days=(scene.last.first.isoweekday() - number) % 7 or 7)
        return _of_day(before, part, "text")
    if scene.has("following") and scene.last is not None:
        day = scene.last.last + timedelta(days=(number - scene.last.last.isoweekday()) % 7 or 7)
        return _of_day(day, part, "text")
    tense = "future" if scene.has("next") or (scene.has("this") and scene.tense != "past") else scene.tense
    day = weekday_on(scene.base, number, "past" if scene.has("last", "past") else tense)
    if day == scene.base and scene.has("last", "next", "past"):
        day += _WEEK if scene.has("next") else -_WEEK
    return _of_day(day, part)


def _beside_weekday(scene: Scene, number: int) -> Found | None:
    """As in "the day before last Tuesday"."""
    if scene.base is None or scene.value("unit") != "D":
        return None
    day = weekday_on(scene.base, number, "past" if scene.has("last") else scene.tense)
    beside = add("D", day, -1 if scene.has("before") else 1)
    return _of_day(beside, None) if beside else None


def _of_day(day: date, part: str | None, anchor: str = "document") -> Found:
    whole = period("D", day)
    basis = COUNTED if anchor == "document" else "counted from the date named last"
    if part and part != "DT":
        return Found("TIME", f"{whole.value}T{part}", whole, anchor, basis)
    return Found("DATE", whole.value, whole, anchor, basis)


def deictic(scene: Scene) -> Found | None:
    """As in "yesterday", "tonight", "this morning", "the day before yesterday"."""
    shift = scene.number("deictic") or 0
    part = "NI" if scene.has("tonight") else scene.value("part")
    if scene.has("last") and not scene.has("deictic"):
        shift = -1
    if scene.has("before", "after"):
        shift += -1 if scene.has("before") else 1
    if shift == 0 and part is None and _nowadays(scene):
        return Found("DATE", "PRESENT_REF", None, "document", "now, as the document has it")
    if scene.base is None:
        return unknown("D")
    day = add("D", scene.base, shift)
    return _of_day(day, part) if day else None


def _nowadays(scene: Scene) -> bool:
    """As in "Today, they are the government": present without a day."""
    return scene.tense == "present" and scene.base is None


def clock(scene: Scene) -> Found | None:
    """A time of the day, of a stated, relative or unstated day."""
    hour = _hour(scene)
    alone = scene.has("the") and not scene.has("weekday", "deictic", "clock", "day")
    goes_on = scene.after is not None and (
        (alone and scene.after.kind == "of") or (scene.has("of") and scene.after.text == ",")
    )
    if hour is None or goes_on:
        return None  # "the night of 12 May", "the night of Friday, May 12": dated by what follows
    day = _clock_day(scene)
    if day is None:
        return Found("TIME", f"XXXX-XX-XXT{hour}", None, None, "day not stated")
    return Found("TIME", f"{day.value}T{hour}", day, "document", COUNTED)


def _hour(scene: Scene) -> str | None:
    noon = scene.value("noon")
    if noon:
        return noon
    part = scene.value("dawn", "part", "overnight")
    if part and not scene.has("day", "clock"):
        return part
    text, add_hours = scene.value("clock") or scene.value("day"), scene.number("meridiem")
    if scene.has("part") and text is not None:
        add_hours = 0 if part == "MO" else 12
    if text is None or (add_hours is None and ":" not in text):
        return None
    hour, _, minutes = text.partition(":")
    at = int(hour)
    if add_hours is not None:
        at = at % 12 + add_hours
    return f"{at:02}:{minutes or '00'}" if at <= 24 else None


def _clock_day(scene: Scene) -> Period | None:
    month = scene.number("month")
    if month:
        days = [int(w.value) for w in scene.words if w.kind in ("day", "ord")]
        year = scene.number("year")
        if year:
            at = scene.day(year, month, days[-1])
            return period("D", at) if at else None
        found = partial(scene, "D", month, days[-1]) if scene.day(None, month, days[-1]) else None
        return found.period if found else None
    if scene.has("weekday"):
        found = weekday(scene)
        return found.period if found else None
    if scene.base is None:
        return None
    if scene.has("dawn") and scene.last is not None and scene.last.unit == "D":
        return scene.last
    day = add("D", scene.base, (scene.number("deictic") or 0) + _is_next_morning(scene))
    return period("D", day) if day else None


def _is_next_morning(scene: Scene) -> bool:
    """As in "will leave at 4 in the morning": small hours to come are those of the next day."""
    hour = _hour(scene) or ""
    return scene.tense == "future" and not scene.has("deictic") and "00:" < hour < _DAYBREAK


def unitrel(scene: Scene) -> Found | None:
    """As in "last week", "this year", "next month", "the weekend", "early this week", "year-end"."""
    unit = scene.value("unit", "weekend", "season") or "Y"
    if unit.startswith("T") or scene.plural or (unit == "D" and scene.has("the") and scene.has("next")):
        return None
    if scene.previous:
        return _previous(scene, unit)
    if unit in ("E", "C") and any(w.text == "past" for w in scene.words):
        return gone_by(scene, unit)
    bare = not scene.has("this", "next", "last", "past", "yearend")
    if bare:
        return _the_unit(scene, unit)
    if scene.base is None:
        return unknown(unit)
    shift = 1 if scene.has("next") else -1 if scene.has("last", "past") else 0
    if scene.has("season"):
        return _season(scene, unit, shift)
    if unit == "WE":
        return scene.dated(_weekend(scene, scene.base, shift), COUNTED, "document")
    day = add(unit, scene.base, shift)
    return scene.dated(period(unit, day), COUNTED, "document") if day else None


def _previous(scene: Scene, unit: str) -> Found | None:
    """As in "the previous day": counted from what the text named last, never from the document."""
    day = add(unit, scene.last.first, -1) if scene.last is not None and unit != "WE" else None
    if day is None or (scene.last is not None and unit in ("D", "W") and scene.last.unit not in ("D", "W")):
        return unknown(unit, "counted from a date that is not known")
    return Found("DATE", period(unit, day).value, period(unit, day), "text", "before the date named last")


def _weekend(scene: Scene, base: date, shift: int) -> Period:
    """The weekend meant: with no word for it, the last one in the past, this week's in the future."""
    this = period("WE", base)
    if shift == 0 and not scene.has("this"):
        shift = -1 if base < this.first and scene.tense != "future" else 0
    return period("WE", base + _WEEK * shift)


def _the_unit(scene: Scene, unit: str) -> Found | None:
    """As in "the year", "the quarter", "the summer": what the text named last, or the document's own."""
    if unit == "WE":
        return (
            scene.dated(_weekend(scene, scene.base, 0), COUNTED, "document") if scene.base else unknown("WE")
        )
    if scene.has("season"):
        return _season(scene, unit, 0) if _is_season(scene) else None
    if unit == "Y" and scene.after is not None and scene.after.text in ("ended", "ending"):
        return Found("DURATION", "P1Y", None, None, "how long")
    if unit == "D":
        return _in_the_day(scene)
    if not (scene.mod or unit == "Q" or _is_within(scene)):
        return None
    last = scene.lasts.get(unit)
    if last is not None and (scene.base is None or last.first <= scene.base):
        return scene.dated(last, "the one named last", "text")
    if scene.base is None:
        return unknown(unit) if scene.mod else None
    return scene.dated(period(unit, scene.base), COUNTED, "document") if unit != "Q" or scene.mod else None


def _in_the_day(scene: Scene) -> Found | None:
    """As in "later in the day": the day that the text speaks of."""
    if not scene.has("earlier", "later", "modlater"):
        return None
    if scene.last is not None and scene.last.unit == "D":
        return Found("DATE", scene.last.value, scene.last, "text", "the one named last")
    return _of_day(scene.base, None) if scene.base else unknown("D")


def _is_within(scene: Scene) -> bool:
    """As in "the worst raid of the year": the running one, not "the year after", "the week of talks"."""
    loose = scene.after is not None and (scene.after.kind in _GOES_ON or scene.after.text in ("when", "that"))
    return _is_led(scene, "in", "of", "for", "during", "throughout", "over", "through") and not loose


_GOES_ON = frozenset(("before", "after", "of", "earlier", "ago", "to", "a", "one"))


def _is_season(scene: Scene) -> bool:
    """Not "the Arab Spring", not "a fall"."""
    name = next(w for w in scene.words if w.kind == "season")
    named = (
        scene.before is not None and scene.before.kind == "other" and scene.before.text not in ("in", "of")
    )
    return not named or name.text in ("winter", "summer", "autumn")


def season(scene: Scene) -> Found | None:
    """A season without its year."""
    name = next(w for w in scene.words if w.kind == "season")
    led = scene.before is not None and scene.before.text in ("in", "by", "since", "until", "of", "this")
    if not (led or scene.has("mod")) or (name.text == "fall" and not scene.has("the", "mod")):
        return None
    return _season(scene, name.value, 0) if _is_season(scene) else None


def _season(scene: Scene, code: str, shift: int) -> Found:
    if scene.base is None:
        return Found("DATE", f"XXXX-{code}", None, "document", "document undated")
    year = scene.base.year
    begun = season_of(year, code).first <= scene.base
    if shift < 0:
        over = season_of(year, code).last < scene.base
        year -= 0 if over else 1
    elif shift > 0:
        year += 1 if begun else 0
    elif not begun and scene.tense == "past" and not scene.has("this"):
        year -= 1
    return scene.dated(season_of(year, code), COUNTED, "document")


def unitthat(scene: Scene) -> Found | None:
    """As in "that year", "the following month": counted from what the text named last."""
    unit = scene.value("unit", "weekend") or ("D" if scene.has("part") else "")
    if scene.last is None and scene.has("next") and unit == "D":
        return unknown("D", "counted from a date that is not known")
    if scene.last is None or not unit or unit.startswith("T"):
        return None
    if scene.has("before"):
        return _unit_before(scene, unit)
    if scene.has("part") or (scene.has("next") and unit == "D"):
        return _next_day(scene)
    if scene.has("next"):
        return None
    if scene.has("following"):
        day = add(unit, scene.last.last, 1)
        return (
            Found("DATE", period(unit, day).value, period(unit, day), "text", "after the date named last")
            if day
            else None
        )
    if unit in ("D", "W") and scene.last.unit not in ("D", "W"):
        return None
    if unit in scene.lasts:
        return scene.dated(scene.lasts[unit], "the one named last", "text")
    whole = period(unit, scene.last.first)
    return scene.dated(whole, "the one named last", "text")


def _unit_before(scene: Scene, unit: str) -> Found | None:
    """As in "down from 450 the year before", not "the year before the war"."""
    ends = scene.after is None or scene.after.kind in ("sign", "break") or scene.after.text in (".", ";", ":")
    if not ends or scene.last is None or (unit in ("D", "W") and scene.last.unit not in ("D", "W")):
        return None
    day = add(unit, scene.last.first, -1)
    whole = period(unit, day) if day else None
    return whole and Found("DATE", whole.value, whole, "text", "before the date named last")


def _next_day(scene: Scene) -> Found | None:
    """As in "the next day", "the following morning": after the day that the text named last."""
    last = scene.last
    day = add("D", last.first, 1) if last is not None and last.unit == "D" else None
    return _of_day(day, scene.value("part"), "text") if day else None


def partof(scene: Scene) -> Found | None:
    """As in "the first week of March 2020", "the last day of May"."""
    month, unit = scene.number("month"), "W" if scene.has("weekof") else scene.value("unit")
    index = 0 if scene.has("last") else scene.number("ord")
    if month is None or index is None or unit not in ("W", "D"):
        return None
    stated = scene.number("year")
    whole = period("M", date(stated, month, 1)) if stated else _month(scene, month)
    if whole is None:
        return unknown(unit, "year not stated")
    size = 7 if unit == "W" else 1
    first = (
        whole.last - timedelta(days=size - 1)
        if not index
        else whole.first + timedelta(days=size * (index - 1))
    )
    last = first + timedelta(days=size - 1)
    if last > whole.last:
        return None
    part = period(unit, first)
    edtf = part.edtf if size == 1 else f"{first}/{last}"
    return Found("DATE", part.value, part._replace(first=first, last=last, edtf=edtf), None, "explicit")


def _month(scene: Scene, month: int) -> Period | None:
    found = partial(scene, "M", month)
    return found.period if found is not None and not found.value.startswith("X") else None


def weekof(scene: Scene) -> Found | None:
    """As in "the week of March 6"."""
    month, day = scene.number("month"), scene.number("day", "ord")
    if month is None or day is None or scene.day(None, month, day) is None:
        return None
    stated = scene.number("year")
    at = scene.day(stated, month, day) if stated else None
    if at is None:
        found = partial(scene, "D", month, day)
        at = found.period.first if found and found.period else None
    return scene.dated(period("W", at)) if at else unknown("W")


def _is_led(scene: Scene, *words: str) -> bool:
    return scene.before is not None and scene.before.text in words


def _is_shortly(scene: Scene) -> bool:
    """As in "soon after", "soon became": a short time after what the text told, not after the document."""
    if scene.words[0].text != "soon":
        return False
    compared = scene.before is not None and scene.before.text in ("as", "too", "how")
    return compared or scene.tense == "past" or (scene.after is not None and scene.after.kind == "after")


def _is_filler(scene: Scene) -> bool:
    """The "now" of "Now, he says, it is different": it turns to the next point."""
    opens = scene.before is None or scene.before.kind == "break" or scene.before.text in _CLOSES
    return scene.words[0].text == "now" and opens and scene.after is not None and scene.after.text == ","


def refs(scene: Scene) -> Found | None:
    """Words for now, the past and the future without a measure."""
    text = scene.words[0].text
    if scene.has("unit"):
        ref = "FUTURE_REF" if scene.has("futureadj") else "PAST_REF"
        return (
            Found("DATE", ref, None, "document", "how long is not stated")
            if text in ("recent", "future")
            else None
        )
    if scene.has("the"):
        alone = scene.after is None or not scene.after.text[:1].isalpha()
        alone = alone or (scene.after is not None and scene.after.kind == "other" and _is_led(scene, "in"))
        ref = "PAST_REF" if alone and scene.words[-1].text == "past" else ""
    elif scene.has("this", "past"):
        ref = {"current": "PRESENT_REF", "recent": "PAST_REF"}.get(text, "")
    else:
        idle = _is_shortly(scene) or _is_filler(scene)
        ref = "" if idle else scene.value("present", "pastref", "futureref") or ""
    return Found("DATE", ref, None, "document", "how long is not stated") if ref else None
