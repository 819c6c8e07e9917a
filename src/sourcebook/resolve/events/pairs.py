"""Which groups of claims are worth comparing: those that share something, never all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sourcebook.resolve.events.sketch import Sketch

#: A block up to this size is compared pair by pair, a larger one in a window over its dates.
_SMALL = 40
_WINDOW = 12
#: Blocks beyond this size tell nothing: what their members share is everywhere.
_LARGEST = 4000
_LAST = date.max


def keys(sketch: Sketch) -> Iterator[str]:
    """What a group shares with those that it may be one event with."""
    kind = sketch.family
    for word in sketch.words:
        yield f"{kind} word {word}"
    for site in sketch.sites:
        yield f"{kind} site {site.key}"
    for country in sketch.countries:
        yield f"{kind} {sketch.stage} country {country}"
    for who in sketch.doers | sketch.done_to | sketch.beside:
        yield f"{kind} who {who}"
    for role, toll in sketch.tolls:
        if (toll.low or toll.high or 0) >= 5:
            yield f"{kind} {role} {toll.low} {toll.high}"
    if sketch.when.length == 1:
        yield f"{kind} on {sketch.when.earliest}"


def pairs(sketches: Mapping[str, Sketch], *, within_document: bool) -> Iterator[tuple[str, str]]:
    """Pairs of group names to compare, each once, left before right; of one document only, or of any."""
    blocks: dict[str, list[str]] = {}
    for name, sketch in sketches.items():
        shared: Iterable[str] = keys(sketch)
        if within_document:
            shared = (f"{d} {sketch.family}" for d in sketch.documents)
        for key in shared:
            blocks.setdefault(key, []).append(name)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        members = blocks[key]
        if not 1 < len(members) <= _LARGEST:
            continue
        members.sort(key=lambda n: (sketches[n].when.earliest or _LAST, n))
        for left, right in _near(members, sketches):
            pair = (left, right) if left < right else (right, left)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _near(members: list[str], sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Pairs of a block in the order of their dates, as far apart as two dates may be for one event."""
    reach = len(members) if len(members) <= _SMALL else _WINDOW
    for n, left in enumerate(members):
        end = sketches[left].when.latest
        for right in members[n + 1 : n + 1 + reach]:
            start = sketches[right].when.earliest
            if end and start and (start - end).days > 1:
                # those after begin later still, but the undated come last in a small block
                if len(members) > _SMALL:
                    break
                continue
            yield left, right
