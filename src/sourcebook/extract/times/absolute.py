"""What rules make of dates that name a day, month, year, decade or century."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sourcebook.extract.times.calendar import Period, last_weekday, period, season
from sourcebook.extract.times.feasts import falls, feasts
from sourcebook.extract.times.scene import FAR, Found, Scene, candidates

_QUARTERS = {"Q": 4, "H": 2}


def full(scene: Scene) -> Found | None:
    """A day with its year, in words or numbers."""
    numeric = scene.value("iso", "slash")
    if numeric is not None:
        return _numeric(scene, numeric)
    year, month, day = scene.number("year"), scene.number("month"), scene.number("day", "ord")
    if year is None or month is None or day is None:
        return None
    at = scene.day(year, month, day)
    return scene.dated(period("D", at)) if at else None


def _numeric(scene: Scene, text: str) -> Found | None:
    if text[4:5] == "-":
        try:
            at = date.fromisoformat(text[:10])
        except ValueError:
            return None
        if "t" in text:
            return Found("TIME", text.upper(), period("D", at))
        return scene.dated(period("D", at))
    one, two, year = map(int, text.replace(".", "/").split("/"))
    if len(text.replace(".", "/").rpartition("/")[2]) == 2:
        year += 2000 if year < 50 else 1900
    readings = [(one, two)] if "." in text else [(two, one), (one, two)]
    days = sorted({d for day, month in readings if 1 <= month <= 12 and (d := scene.day(year, month, day))})
    if not days:
        return None
    if len(days) == 1:
        return scene.dated(period("D", days[0]))
    # 03/04/2021 is two days, a month apart: the text does not say which, so both stand.
    month_first = scene.day(year, one, two) or days[0]
    edtf = f"[{','.join(d.isoformat() for d in days)}]"
    both = Period("D", days[0], days[1], month_first.isoformat(), edtf)
    return Found("DATE", both.value, both, None, "explicit; day and month in either order")


def daymonth(scene: Scene) -> Found | None:
    """A day of a month without its year."""
    month, day = scene.number("month"), scene.number("day", "ord")
    if month is None or day is None or scene.day(None, month, day) is None:
        return None
    return partial(scene, "D", month, day)


def partial(scene: Scene, unit: str, month: int, day: int = 1) -> Found | None:
    """A day or month whose year the text leaves out."""
    name = f"{month:02}-{day:02}" if unit == "D" else f"{month:02}"
    fits = candidates(scene, unit, month, day)
    if scene.base is not None and fits:
        return scene.dated(fits[0], "year from the document's date", "document")
    if len(fits) == 1:
        return scene.dated(fits[0], "the only year between the latest explicit date and the as-of date")
    value = f"XXXX-{name}"
    if not fits:
        return Found("DATE", value, None, None, "year not stated, nothing bounds it")
    every = [scene.narrowed(p) for p in fits]
    edtf = f"[{','.join(p.edtf for p in fits)}]"
    either = Period(unit, every[0].first, every[-1].last, value, edtf)
    return Found("DATE", value, either, None, "any year between the latest explicit date and the as-of date")


def dayspan(scene: Scene) -> Found | None:
    """Two days of one month: "3-5 May 2020"."""
    month, year = scene.number("month"), scene.number("year")
    days = [int(w.value) for w in scene.words if w.kind in ("day", "ord")]
    if month is None or len(days) != 2 or days[0] >= days[1]:
        return None
    ends = [scene.day(year, month, day) for day in days]
    if None in ends:
        return None
    found = [_at(scene, year, month, day) for day in days]
    first, last = (f.period if f else None for f in found)
    if first is None or last is None:
        return Found("DATE", f"XXXX-{month:02}", None, None, "year not stated, nothing bounds it")
    whole = Period("D", first.first, last.last, first.value, f"{first.edtf}/{last.edtf}")
    return Found("DATE", whole.value, whole, found[0].anchor if found[0] else None, "from one day to another")


def _at(scene: Scene, year: int | None, month: int, day: int) -> Found | None:
    if year is None:
        return partial(scene, "D", month, day)
    at = scene.day(year, month, day)
    return scene.dated(period("D", at)) if at else None


def monthspan(scene: Scene) -> Found | None:
    """Two months of one year: "May and June 2014"."""
    year = scene.number("year")
    months = [int(w.value) for w in scene.words if w.kind == "month"]
    if year is None or months[0] >= months[-1]:
        return None
    first, last = (period("M", date(year, month, 1)) for month in (months[0], months[-1]))
    whole = Period("M", first.first, last.last, first.value, f"{first.edtf}/{last.edtf}")
    return Found("DATE", whole.value, whole, None, "explicit; from one month to another")


def yearspan(scene: Scene) -> Found | None:
    """Years written short: "1980-88"."""
    year, short = scene.number("year"), scene.number("num", "day")
    if year is None or short is None or not year % 100 < short < 100:
        return None
    first, last = (period("Y", date(y, 1, 1)) for y in (year, year - year % 100 + short))
    whole = Period("Y", first.first, last.last, first.value, f"{first.edtf}/{last.edtf}")
    return Found("DATE", whole.value, whole, None, "explicit; from one year to another")


def monthyear(scene: Scene) -> Found | None:
    """A month, season or quarter with its year."""
    year = scene.number("year")
    if year is None:
        return None
    name, code = scene.value("season"), next((w.text for w in scene.words if w.kind == "quarters"), None)
    if name is not None:
        return scene.dated(season(year, name))
    month = 3 * int(code[1]) - 2 if code else scene.number("month")
    return scene.dated(period("Q" if code else "M", date(year, month or 1, 1)))


def monthrel(scene: Scene) -> Found | None:
    """As in "July last year"."""
    month, unit = scene.number("month"), scene.value("unit")
    if unit != "Y" or month is None:
        return None
    if scene.base is None:
        return Found("DATE", f"XXXX-{month:02}", None, None, "document undated")
    year = scene.base.year + (-1 if scene.has("last") else 1 if scene.has("next") else 0)
    if not 1 <= year <= 9999:
        return None
    return scene.dated(period("M", date(year, month, 1)), "counted from the document's date", "document")


def month(scene: Scene) -> Found | None:
    """A month without its year."""
    number = scene.number("month")
    if number is None or _is_no_month(scene):
        return None
    if scene.has("next"):
        return partial(_spoken(scene, "future"), "M", number)
    if scene.has("last", "past") and scene.base:
        year = scene.base.year - (number >= scene.base.month)
        whole = period("M", date(year, number, 1))
        return scene.dated(whole, "counted from the document's date", "document")
    if scene.has("this") and scene.base:
        whole = period("M", date(scene.base.year, number, 1))
        return scene.dated(whole, "counted from the document's date", "document")
    return partial(scene, "M", number)


def _spoken(scene: Scene, tense: str) -> Scene:
    return replace(scene, tense=tense)


_TAKES_MONTH = frozenset(("by", "of", "to", "from", "and", "the", "approx", "after", "before", "weekof"))
_DOUBTFUL = frozenset(("may", "march", "mar.", "april", "june", "august"))


def _is_no_month(scene: Scene) -> bool:
    """Verbs and given names: "May" and "March" stand for a month only after a word that takes one."""
    word = next(w for w in scene.words if w.kind == "month")
    if len(word.text) == 3 and word.text != "may":
        return True  # "Jan" alone is a name; "25 Mar 2024" has rules of its own
    if word.text not in _DOUBTFUL or len(scene.words) > 1:
        return False
    if word.text in ("april", "june", "august"):
        return scene.after is not None and scene.after.text[:1].isalpha() and scene.tense == "name"
    return scene.before is None or scene.before.kind not in _TAKES_MONTH


def year(scene: Scene) -> Found | None:
    """A bare year. Numbers that only look like one are weeded out before (times_spans)."""
    if scene.has("unit") and scene.value("unit") != "Y":
        return None
    number = scene.number("year", "num")
    if number is None or not 1000 <= number <= 2100:
        return None
    return scene.dated(period("Y", date(number, 1, 1)))


def decade(scene: Scene) -> Found | None:
    """As in "the 1980s", "the '80s"."""
    text = scene.value("decade") or ""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 2 and text[0].isdigit() and not scene.has("the"):
        return None  # "in his 30s"
    start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return scene.dated(period("E", date(start, 1, 1)))


def century(scene: Scene) -> Found | None:
    """As in "the seventh century"; before the common era the days are out of the calendar's reach."""
    number = scene.number("ord", "num", "day")
    if scene.value("unit") != "C" or number is None or not 1 <= number <= 22:
        return None
    if scene.has("bc"):
        return Found("DATE", f"BC{number - 1:02}", None, None, "explicit; before the common era")
    return scene.dated(period("C", date(number * 100 - 50, 1, 1)))


def quarter(scene: Scene) -> Found | None:
    """Quarters and halves: "the third quarter of 2020", "the first half", "the year-ago quarter"."""
    if scene.has("half"):
        index = 2 if scene.has("last") else scene.number("ord")
        return _part(scene, "H", index)
    if not any(w.kind == "unit" and w.value == "Q" for w in scene.words):
        return _period_word(scene)
    back = 1 if scene.has("yearago") else 0
    if scene.has("ord"):
        return _part(scene, "Q", scene.number("ord"), back)
    return _year_back(scene.lasts["Q"]) if back and "Q" in scene.lasts else None


def _period_word(scene: Scene) -> Found | None:
    if scene.has("yearago") and scene.last is not None and scene.last.unit in ("Q", "Y", "M", "H"):
        return _year_back(scene.last)
    return None


def _year_back(whole: Period) -> Found:
    at = date(max(whole.first.year - 1, 1), whole.first.month, 1)
    return Found(
        "DATE",
        period(whole.unit, at).value,
        period(whole.unit, at),
        "text",
        "a year before the period named last",
    )


def _part(scene: Scene, unit: str, index: int | None, back: int = 0) -> Found | None:
    if index is None or not 1 <= index <= _QUARTERS[unit]:
        return None
    month = (index - 1) * 12 // _QUARTERS[unit] + 1
    stated = scene.number("year")
    basis = "explicit" if stated else "year from the document's date"
    if stated is None:
        if scene.base is None:
            return Found("DATE", f"XXXX-{unit}{index}", None, None, "document undated")
        stated = scene.base.year - (date(scene.base.year, month, 1) > scene.base)
        if scene.has("next", "last"):
            stated = scene.base.year + (1 if scene.has("next") else -1)
        elif scene.has("this"):
            stated = scene.base.year
    whole = period(unit, date(max(stated - back, 1), month, 1))
    return scene.dated(whole, basis, None if basis == "explicit" else "document")


def feast(scene: Scene) -> Found | None:
    """A feast, of a year or of the year that the text is about."""
    name = scene.value("feast") or ""
    rule = feasts().get(name)
    if rule is None or (scene.has("before", "after") and not _is_close(scene)):
        return None
    if rule.rule == "day":
        at = date.fromisoformat(rule.argument)
        return scene.dated(period("D", at), "explicit; a named day")
    stated = scene.number("year")
    if stated is not None:
        return _feast(scene, (stated,), "explicit")
    if scene.base is not None:
        years = [scene.base.year - 1, scene.base.year, scene.base.year + 1]
        return _feast(scene, years, "year from the document's date")
    if scene.years.floor and scene.years.ceiling:
        years = list(range(scene.years.floor.year - 1, scene.years.ceiling.year + 1))
        return _feast(scene, years, "any year between the latest explicit date and the as-of date")
    return Found(
        "DATE", _feast_value(rule.rule, rule.argument), None, None, "year not stated, nothing bounds it"
    )


def _is_close(scene: Scene) -> bool:
    """As in "shortly before Christmas"; plain "before Christmas" is an event's relation to the feast."""
    close = ("shortly", "just", "right", "immediately", "soon", "days", "weeks")
    return scene.has("approx") or (scene.before is not None and scene.before.text in close)


def _feast_value(rule: str, argument: str) -> str:
    return f"XXXX-{argument}" if rule == "fixed" else "XXXX-XX-XX"


def _feast(scene: Scene, years: Sequence[int], basis: str) -> Found | None:
    rule = feasts()[scene.value("feast") or ""]
    days = [d for y in years if 1 < y < 9999 and (d := falls(rule, y))]
    base = scene.base
    if base is not None and len(years) == 3:
        ahead = [d for d in days if d[1] >= base]
        soon = scene.tense == "future" and bool(ahead) and (ahead[0][0] - base).days < FAR
        days = ahead[:1] if soon or scene.has("next") else [d for d in days if d[0] <= base][-1:]
    elif scene.years.ceiling is not None and scene.years.floor is not None and len(years) > 1:
        every = [d for d in days if d[0] <= scene.years.ceiling]
        days = [d for d in every if d[1] >= scene.years.floor] or every[-1:]
    if not days:
        return None
    (first, _), (_, last) = days[0], days[-1]
    value = first.isoformat() if len(days) == 1 else _feast_value(rule.rule, rule.argument)
    first, last = _beside_feast(scene, first, last)
    whole = period("D", first) if first == last else Period("D", first, last, value, f"{first}/{last}")
    return Found("DATE", value, whole, "document" if base else None, basis)


def _beside_feast(scene: Scene, first: date, last: date) -> tuple[date, date]:
    """The day before for "the eve of"; two weeks for "shortly before"; a week either way for "around"."""
    if scene.has("eve"):
        return first - timedelta(days=1), first - timedelta(days=1)
    if scene.vague():
        return first - timedelta(days=7), last + timedelta(days=7)
    if scene.has("before"):
        return first - timedelta(days=14), first - timedelta(days=1)
    if scene.has("after"):
        return last + timedelta(days=1), last + timedelta(days=14)
    return first, last


def weekday_on(base: date, weekday: int, tense: str) -> date:
    """The weekday nearest before the day, the day itself included; after it in the future tense."""
    past = last_weekday(base, weekday)
    return past + timedelta(days=7) if tense == "future" and past != base else past
