"""How likely two groups of claims are about one event: a sum of weighed comparisons, each with its reason.

Additive log-odds after Fellegi and Sunter (1969), agreement on something rare weighing more than on something
that half the pile shares. The weights are data: `lexicon/event_weights.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp, fsum
from typing import NamedTuple

from sourcebook.model import Quantity
from sourcebook.ports import Score
from sourcebook.resolve.coref.documents import Alike
from sourcebook.resolve.events import when as events_when
from sourcebook.resolve.events.exclusions import near, towns_apart
from sourcebook.resolve.events.rarity import Rarity, spots
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.events.votes import Site
from sourcebook.resolve.events.when import When
from sourcebook.resolve.tables import table

#: Comparisons that hold two reports to one occurrence; all others hold of many at once.
_PARTICULAR = frozenset(
    f"{kind}.{name}"
    for kind, names in (
        ("time", ("same_day", "same_week", "same_month", "calendar_day", "next_day", "weekday")),
        ("place", ("site", "town", "near", "within", "country")),
        ("actor", ("same", "branch", "state")),
        ("toll", ("same", "meets")),
        ("recipient", ("same",)),
        ("target", ("person",)),
        ("documents", ("alike",)),
        ("known", ("same",)),
        ("warning", ("same",)),
    )
    for name in names
)
#: Code points within which a report tells what it is about.
LEAD = 500
#: Likeness of two documents from which it tells, and from which it tells no more.
LEAST_ALIKE, MOST_ALIKE = 0.25, 0.55
#: Code points within which "the attack" follows what it refers to.
NEXT = 300


class Weight(NamedTuple):
    """What a comparison adds to the log-odds, and the words that say it."""

    value: float
    words: str


class Part(NamedTuple):
    """One comparison that was made: its weight's name, how much of it counts, a detail for the reason."""

    name: str
    strength: float = 1.0
    detail: str = ""


class Setting(NamedTuple):
    """What comparisons draw on beside two sketches: rarities, kinship of actors, likeness of documents."""

    rarity: Rarity
    kin: frozenset[frozenset[str]] = frozenset()
    alike: Alike | None = None


@cache
def weights() -> Mapping[str, Weight]:
    """The table of weights."""
    return {
        row[0]: Weight(float(row[1]), row[2] if len(row) > 2 else "") for row in table("event_weights.tsv")
    }


def compare(one: Sketch, two: Sketch, setting: Setting) -> list[Part]:
    """Every comparison that has something to say."""
    parts = [
        *_time(one.when, two.when),
        *_place(one, two, setting.rarity),
        *_actors(one, two, setting),
        *_words(one, two, setting.rarity),
        *_tolls(one, two),
        *_manner(one, two, setting.rarity),
        *_told(one, two, setting),
    ]
    held = bool(one.documents & two.documents or one.named & two.named)
    # Of a plot that came to nothing often no more is told than the country: enough to ask a person.
    undone = not held and one.stage == two.stage == "undone"
    held = held or (undone and any(p.name == "country.involved" for p in parts))
    if not held and not any(p.name in _PARTICULAR for p in parts):
        parts.append(Part("particular.none"))
    return parts


def score(parts: Sequence[Part]) -> Score:
    """The probability that the parts amount to, and the reasons in words, weightiest first."""
    table = weights()
    said = sorted(parts, key=lambda p: (-abs(table[p.name].value * p.strength), p.name))
    words = (
        f"{table[p.name].words}{f' ({p.detail})' if p.detail else ''}" for p in said if table[p.name].words
    )
    return Score(round(probability(total(parts)), 3), "; ".join(words))


def total(parts: Iterable[Part]) -> float:
    """The log-odds that the parts add up to, the bias aside."""
    table = weights()
    return sum(table[p.name].value * p.strength for p in parts)


def probability(added: float) -> float:
    """The probability that log-odds on top of the bias amount to."""
    return 1 / (1 + exp(-added - weights()["bias"].value))


def _time(one: When, two: When) -> list[Part]:
    if not one.known or not two.known:
        return []
    both = events_when.meet(one, two)
    if both is None:
        return [Part("time.next_day")] if events_when.gap(one, two) else []
    if one.bounded and two.bounded:
        return [_overlap(max(one.length or 1, two.length or 1), events_when.edtf(both) or "")]
    if one.day and two.day and one.month == two.month:
        return [Part("time.calendar_day")]
    if one.month and one.month == two.month:
        return [Part("time.calendar_month")]
    if one.weekday and one.weekday == two.weekday:
        return [Part("time.weekday")]
    return [_pattern(one, two)] if one.open_pattern or two.open_pattern else [Part("time.overlap")]


def _pattern(one: When, two: When) -> Part:
    """A date without a year beside one with: as telling as the calendar day it names."""
    open_one, full = (one, two) if one.open_pattern else (two, one)
    if open_one.day and full.length == 1:
        return Part("time.calendar_day")
    if open_one.month and (full.length or 999) <= 31:
        return Part("time.calendar_month")
    if open_one.weekday and full.length == 1:
        return Part("time.weekday")
    return Part("time.overlap")


def _overlap(longest: int, text: str) -> Part:
    for name, most in (("same_day", 1), ("same_week", 7), ("same_month", 31), ("same_year", 366)):
        if longest <= most:
            return Part(f"time.{name}", 1.0, text)
    return Part("time.overlap")


def _place(one: Sketch, two: Sketch, rarity: Rarity) -> list[Part]:
    parts = _same_place(one, two, rarity)
    shared = _spots(one, two)
    if shared:
        parts.append(Part("place.spot", max(rarity.of("spot", s) for s in shared)))
    if one.halls and two.halls and not any(a & b for a in one.halls for b in two.halls):
        parts.append(Part("place.other_site"))
    if not shared and towns_apart(one, two):
        parts.append(Part("place.other_name"))
    return parts


def _spots(one: Sketch, two: Sketch) -> set[str]:
    """What both have it done to, in a town that both name."""
    words = one.words & two.words
    mine, theirs = ({s.key for s in k.main_sites if s.fine} if words else set() for k in (one, two))
    return spots(mine & theirs, words)


def _same_place(one: Sketch, two: Sketch, rarity: Rarity) -> list[Part]:
    mine, theirs = one.main_sites, two.main_sites
    shared = {a.key: a for a in mine} if mine else {}
    common = [shared[b.key] for b in theirs if b.key in shared]
    fine = [s for s in common if s.fine]
    if fine:
        best = max(fine, key=lambda s: (s.precision == "site", rarity.of("site", s.key), s.key))
        name = "place.site" if best.precision == "site" else "place.town"
        return [Part(name, _scaled(rarity.of("site", best.key)))]
    if any(near(a, b) for a in mine for b in theirs if a.fine and b.fine):
        return [Part("place.near")]
    lands = {a.country for a in mine if a.country} & {b.country for b in theirs if b.country}
    if common or lands:
        if not common and _other_units(mine, theirs):
            return [Part("place.outside")]
        if any(s.fine for s in mine) != any(s.fine for s in theirs):
            return [Part("place.within")]
        telling = [rarity.of("site", s.key) for s in common] + [rarity.of("country", c) for c in lands]
        return [Part("place.country", _scaled(max(telling)))]
    involved = one.countries & two.countries
    if involved:
        return [Part("country.involved", max(_scaled(rarity.of("country", c)) for c in involved))]
    return []


def _other_units(mine: Iterable[Site], theirs: Iterable[Site]) -> bool:
    """Whether each lies in a province that the tables know, and in none that the other lies in."""
    here, there = ({(s.country, s.unit) for s in those if s.unit} for those in (mine, theirs))
    return bool(here and there) and not here & there


def _actors(one: Sketch, two: Sketch, setting: Setting) -> list[Part]:
    parts = []
    mine, theirs = one.main_doers, two.main_doers
    common = mine & theirs
    if common:
        parts.append(Part("actor.same", max(_scaled(setting.rarity.of("who", e)) for e in common)))
    elif any(frozenset((a, b)) in setting.kin for a in mine for b in theirs):
        parts.append(Part("actor.branch"))
    elif one.sides & two.sides:
        parts.append(Part("actor.state"))
    elif mine and theirs:
        parts.append(Part("actor.other"))
    victims = one.done_to & two.done_to
    if victims:
        parts.append(Part("recipient.same", max(_scaled(setting.rarity.of("who", e)) for e in victims)))
    honoured = one.honoured & two.honoured
    if honoured:
        parts.append(Part("target.person", max(_scaled(setting.rarity.of("who", e)) for e in honoured)))
    beside = (one.beside & two.beside) - common - victims - honoured
    if beside and not one.sentences & two.sentences:
        telling = sorted((setting.rarity.of("who", e) for e in beside), reverse=True)
        parts.append(Part("people.around", min(sum(r**2 for r in telling[:2]), 1.5)))
    return parts


def _words(one: Sketch, two: Sketch, rarity: Rarity) -> list[Part]:
    parts = []
    common = one.words & two.words
    if common:
        telling = sorted(common, key=lambda w: (-rarity.of("word", w), w))[:3]
        parts.append(
            Part("words.target", sum(rarity.of("word", w) for w in telling), ", ".join(sorted(telling)))
        )
    elif one.words and two.words and not one.words & two.around and not two.words & one.around:
        parts.append(Part("words.none"))
    if one.sentences & two.sentences:
        return parts
    mentioned = (one.words & two.around) | (two.words & one.around)
    if mentioned:
        telling = sorted(mentioned, key=lambda w: (-rarity.of("around", w), w))[:3]
        weighed = sum(rarity.of("around", w) ** 2 for w in telling)
        parts.append(Part("words.mentioned", weighed, ", ".join(sorted(telling))))
    around = one.around & two.around
    if around:
        # exact, so that the order of a set does not show
        weighed = fsum(rarity.of("around", w) ** 2 for w in around)
        parts.append(Part("words.around", min(weighed, 4.0)))
    return parts


def _tolls(one: Sketch, two: Sketch) -> list[Part]:
    """The comparison that tells most, over every figure of one and the other for one effect."""
    pairs = [(a, b) for role, a in one.tolls for other, b in two.tolls if role == other]
    names = {_figures(a, b) for a, b in pairs}
    for name in ("same", "meets", "small", "apart", "far"):
        if name in names:
            return [Part(f"toll.{name}")]
    return []


def _figures(one: Quantity, two: Quantity) -> str:
    here, there = _middle(one), _middle(two)
    if one.meets(two):
        if min(here, there) < 5:
            return "small"
        return "same" if here == there else "meets"
    return "far" if max(here, there) > 3 * max(min(here, there), 1) else "apart"


def _middle(quantity: Quantity) -> int:
    for n in (quantity.low, quantity.usual_low, quantity.usual_high, quantity.high):
        if n is not None:
            return n
    return 0


def _manner(one: Sketch, two: Sketch, rarity: Rarity) -> list[Part]:
    parts = [Part("type.same", rarity.of("type", one.family))]
    if one.modes and two.modes:
        parts.append(
            Part("modes.same" if _kindred(one.main_modes) & _kindred(two.main_modes) else "modes.other")
        )
    if one.triggers & two.triggers:
        parts.append(Part("trigger.same"))
    if one.statuses & two.statuses:
        parts.append(Part("status.same"))
    if one.warned and two.warned:
        parts.append(Part("warning.same"))
    if one.documents & two.documents:
        if one.headline != two.headline:
            parts.append(Part("document.headline"))
        parts.append(Part("document.sentence" if one.sentences & two.sentences else "document.same"))
        if _counts(one, two) or _counts(two, one):
            parts.append(Part("document.tally"))
        elif _follows(one, two) or _follows(two, one):
            parts.append(Part("document.next"))
    return parts


def _told(one: Sketch, two: Sketch, setting: Setting) -> list[Part]:
    """Across documents: whether they tell of one incident, and whether both speak of something known."""
    if one.documents & two.documents:
        return []
    parts = []
    leading = setting.alike is not None and _leads(one) and _leads(two)
    alike = setting.alike.of(one.documents, two.documents) if setting.alike and leading else 0.0
    if alike > LEAST_ALIKE:
        parts.append(Part("documents.alike", min((alike - LEAST_ALIKE) / (MOST_ALIKE - LEAST_ALIKE), 1.0)))
    agents = one.doers & two.doers or one.sides & two.sides
    if one.definite and two.definite and one.triggers & two.triggers and agents:
        parts.append(Part("known.same", setting.rarity.of("type", one.family) ** 2))
    return parts


def _leads(sketch: Sketch) -> bool:
    """Whether a report opens with it: likeness of whole reports is of what they are about."""
    return any(start < LEAD for _, start in sketch.spots)


def _kindred(modes: frozenset[str]) -> frozenset[str]:
    """Modes with their like: a suicide attack is most often a bombing, and is told as one."""
    return modes | {"explosives"} if "suicide-attack" in modes else modes


def _follows(earlier: Sketch, later: Sketch) -> bool:
    """Whether one speaks of "the attack" a sentence or two after the other tells of it."""
    return later.definite and _soon(earlier, later)


def _counts(earlier: Sketch, later: Sketch) -> bool:
    """Whether one only counts victims a sentence or two after the other tells of what befell them."""
    return later.tally and not earlier.tally and _soon(earlier, later)


def _soon(earlier: Sketch, later: Sketch) -> bool:
    return any(
        document == other and 0 < at - start <= NEXT
        for document, start in earlier.spots
        for other, at in later.spots
    )


def _scaled(rarity: float) -> float:
    """Agreement on the most common value still counts for something."""
    return 0.35 + 0.65 * rarity
