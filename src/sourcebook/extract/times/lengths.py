"""What rules make of lengths of time: how long, how long ago, how often."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sourcebook.extract.times.calendar import Period, add, period
from sourcebook.extract.times.scene import COUNTED, Found, Scene

_BLANK = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}


def unknown(unit: str, basis: str = "document undated") -> Found:
    """A date whose unit is known and whose days are not."""
    return Found("DATE", _BLANK.get(unit, "XXXX"), None, "document", basis)


_LENGTH = {"Y": "P{}Y", "M": "P{}M", "W": "P{}W", "D": "P{}D", "Q": "P{}Q", "E": "P{}E", "C": "P{}C",
           "TH": "PT{}H", "TM": "PT{}M", "TS": "PT{}S"}  # fmt: skip


def length(scene: Scene) -> str | None:
    """The duration in TIMEX3's form: "P3D", "PT1M30S", "PXW"."""
    fortnight = scene.number("fortnight")
    unit = "W" if fortnight or scene.has("weekof") else scene.value("unit")
    if unit is None or unit not in _LENGTH:
        return None
    count = _count(scene)
    if count is None:
        return None
    if fortnight:
        count = count * 2 if isinstance(count, int) else "X"
    if unit == "Q" and scene.plural and any(w.text == "-" for w in scene.words):
        return None
    if scene.has("half") or scene.value("frac"):
        return _and_a_half(unit, int(count) if isinstance(count, int) else 0, scene)
    if isinstance(count, int) and unit == "E":
        return f"P{count * 10}Y"
    if isinstance(count, int) and unit == "C":
        return f"P{count * 100}Y"
    return _LENGTH[unit].format(count)


def _count(scene: Scene) -> int | str | None:
    if scene.has("few"):
        return "X"
    if scene.has("couple"):
        return 2
    text = scene.value("num", "day", "dec", "frac", "year", "one")
    if text is not None:
        if "/" in text:
            return int(text.replace("-", " ").partition(" ")[0]) if text.endswith(("-1/2", " 1/2")) else None
        return int(float(text)) if float(text).is_integer() else text
    return "X" if scene.plural else 1


_SMALLER = {"Y": "P{}Y6M", "TH": "PT{}H30M", "TM": "PT{}M30S", "D": "P{}DT12H", "E": "P{}Y"}
_HALVES = {"Y": "P6M", "TH": "PT30M", "TM": "PT30S", "D": "PT12H", "E": "P5Y", "C": "P50Y", "M": "P2W"}


def _and_a_half(unit: str, count: int, scene: Scene) -> str | None:
    if not scene.has("and", "num", "day", "frac"):
        return _HALVES.get(unit)
    return _SMALLER[unit].format(count) if unit in _SMALLER else None


def ago(scene: Scene) -> Found | None:
    """As in "two weeks ago": the unit that lies so far back, and half a unit around the exact distance."""
    unit = "W" if scene.has("fortnight") else scene.value("unit", "weekend") or ""
    count = _count(scene)
    if count is None or scene.base is None:
        return Found(
            "DATE", "PAST_REF", None, "document", "document undated" if count else "how long is not stated"
        )
    if isinstance(count, str) or (not scene.has("a", "one", "num", "day", "few", "couple", "dec")):
        return Found("DATE", "PAST_REF", None, "document", "how long is not stated")
    if unit.startswith("T"):
        return _hours(scene, unit, count)
    if unit == "E":
        unit, count = "Y", count * 10
    last = scene.last
    if unit == "Y" and count == 1 and last is not None and last.unit == "Q":
        # Of a quarter just named, "a year ago" is the same quarter of the year before, or that very quarter.
        return _from_last(last, unit, -1 if (scene.base - last.first).days < _COMPARED else 0)
    if scene.has("fortnight"):
        count *= 2
    whole = back(scene.base, unit, -count)
    return whole and Found("DATE", whole.value, whole, "document", COUNTED)


def _hours(scene: Scene, unit: str, count: int) -> Found:
    """Hours or minutes ago: the document's day, or as many days before as fit."""
    base = scene.base or date.min
    days = count // 24 if unit == "TH" else 0
    first = add("D", base, -days - 1) or base
    whole = Period("D", first, base, base.isoformat(), f"{first}/{base}")
    return Found("TIME", _LENGTH[unit].format(count), whole, "document", COUNTED)


def back(base: date, unit: str, count: int) -> Period | None:
    """The unit `count` units from a day; weeks and longer with half a unit around the exact distance."""
    day = add(unit, base, count)
    if day is None:
        return None
    whole = period(unit, day)
    if unit == "D":
        return whole
    half = {"W": 3, "WE": 0, "M": 15, "Q": 45, "Y": 182, "E": 1826, "C": 18262}.get(unit, 0)
    near, far = add("D", day, -half) or day, add("D", day, half) or day
    limit = base - timedelta(days=1) if count < 0 else date.max
    if unit == "W":
        return Period("W", near, min(far, limit), whole.value, f"{near}/{min(far, limit)}")
    first, last = min(whole.first, near), min(max(whole.last, far), max(limit, day))
    return whole._replace(first=first, last=last, edtf=whole.edtf + ("" if unit == "WE" else "~"))


#: A quarter so many days back is what the text compares with, not what it reports.
_COMPARED: Final = 330


def relative(scene: Scene) -> Found | None:
    """As in "two weeks earlier", "a year later": from the date named last."""
    value = length(scene)
    if value is None:
        return None
    if not scene.has("earlier", "later"):
        led = scene.after is not None and scene.after.kind in ("before", "after")
        return Found("DURATION", value, None, None, "how long") if led else None
    unit = "W" if scene.has("fortnight") else scene.value("unit") or ""
    count = _count(scene)
    if not scene.has("a", "one", "num", "day", "couple") or scene.last is None or not isinstance(count, int):
        return Found("DURATION", value, None, None, "how long")
    sign = -1 if scene.has("earlier") else 1
    if (
        scene.last.unit == "Q"
        and count == 1
        and scene.base
        and (scene.base - scene.last.first).days >= _COMPARED
    ):
        sign = 0
    return _from_last(scene.last, unit, sign * count * (2 if scene.has("fortnight") else 1))


def _from_last(last: Period, unit: str, count: int) -> Found | None:
    if unit.startswith("T") or not unit:
        return None
    day = add(unit, last.first, count)
    if day is None:
        return None
    finer = last.unit if unit in ("Y", "M", "Q") and last.unit in ("D", "W", "M", "Q") else unit
    if last.unit in ("Y", "M") and unit in ("D", "W"):
        return Found("DATE", _BLANK[unit], None, "text", "counted from a date that is not known to the day")
    whole = period(finer, day)
    return Found("DATE", whole.value, whole, "text", "counted from the date named last")


def span(scene: Scene) -> Found | None:
    """As in "the past two years": a duration that ends or starts at the document's date."""
    value = (
        length(scene) if scene.has("a", "one", "num", "day", "few", "couple", "year", "fortnight") else None
    )
    unit = scene.value("unit") or "W"
    if value is None:
        if unit not in _LENGTH or not scene.plural:
            return None
        value = _LENGTH[unit].format("X")
    ahead = scene.has("next")
    loose = "X" in value
    if not scene.has("few") and loose:
        ref = "FUTURE_REF" if ahead else "PAST_REF"
        return Found("DATE", ref, None, "document", "how long is not stated")
    if not loose and scene.base is not None and not unit.startswith("T"):
        return Found("DURATION", value, _reach(scene, unit, ahead=ahead), "document", COUNTED)
    return Found(
        "DURATION", value, None, "document", "how long is not stated" if loose else "document undated"
    )


def gone_by(scene: Scene, unit: str) -> Found | None:
    """As in "the past decade": the ten years up to the document's date, not the decade before its own."""
    if scene.base is None:
        return unknown(unit)
    value = "P10Y" if unit == "E" else "P100Y"
    return Found("DURATION", value, _reach(scene, unit, ahead=False), "document", COUNTED)


def _reach(scene: Scene, unit: str, *, ahead: bool) -> Period | None:
    base, count = scene.base, _count(scene)
    if base is None or not isinstance(count, int):
        return None
    other = add(unit, base, count if ahead else -count)
    if other is None:
        return None
    first, last = sorted((base, other))
    return Period(unit, first, last, base.isoformat(), f"{first}/{last}")


def duration(scene: Scene) -> Found | None:
    """How long something lasts."""
    if scene.has("a") and scene.value("unit") == "Q" and scene.after and scene.after.kind in ("of", "the"):
        return None
    value = length(scene)
    some_day = scene.tense == "future" and [w.text for w in scene.words] == ["one", "day"]
    if some_day and scene.after is not None and scene.after.kind not in ("before", "after"):
        return Found("DATE", "FUTURE_REF", None, "document", "when is not stated")
    return Found("DURATION", value, None, None, "how long") if value else None


def bare(scene: Scene) -> Found | None:
    """As in "for years": plural units alone."""
    unit = scene.value("unit") or ""
    led = scene.before is not None and scene.before.kind == "mod"
    if not scene.plural or unit not in _LENGTH or unit in ("Q", "TS") or led:
        return None
    return Found("DURATION", _LENGTH[unit].format("X"), None, None, "how long is not stated")


def each(scene: Scene) -> Found | None:
    """What recurs: "every Friday", "each year", "daily"."""
    value = scene.value("every")
    if value is None:
        value = _recurs(scene)
    return Found("SET", value, None, None, "recurs") if value else None


def _recurs(scene: Scene) -> str | None:
    part = scene.value("part", "parts")
    suffix = f"T{part}" if part else ""
    if scene.has("weekday", "weekdays"):
        return f"XXXX-WXX-{scene.number('weekday', 'weekdays')}{suffix}"
    if scene.has("month"):
        return f"XXXX-{scene.number('month'):02}"
    if scene.has("season", "seasons"):
        return f"XXXX-{scene.value('season', 'seasons')}"
    if scene.has("weekend"):
        return "XXXX-WXX-WE"
    if part:
        return f"XXXX-XX-XX{suffix}"
    unit = scene.value("unit")
    count = scene.number("num", "day", "other") or 1
    return _LENGTH[unit].format(count) if unit in _LENGTH else None
