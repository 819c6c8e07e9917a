"""Many pairs of groups compared: here, or cut up for whatever engine there is, with the same answers.

A pair's comparison depends on two sketches and on what `Setting` holds of them. So a batch of pairs, with the
sketches, counts and texts' vectors that they need, goes out as bytes and its answers come back as bytes.
Pairs are put in the order of their days first: those of one batch are then about the same few groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final, NamedTuple, Protocol

import msgspec

from sourcebook.ports import Crew, Job, Limits, Sharing, Task
from sourcebook.resolve.coref.documents import Alike, Vector
from sourcebook.resolve.events.exclusions import never
from sourcebook.resolve.events.rarity import Rarity
from sourcebook.resolve.events.score import Part, Setting, compare, total
from sourcebook.resolve.events.sketch import Sketch

#: What an engine does with a batch.
PREPARE: Final = "sourcebook.resolve.events.comparing:prepare"
_LIMITS: Final = Limits(seconds=600)
#: Pairs of one batch.
_BATCH: Final = 20_000

Pair = tuple[str, str]


class Compared(NamedTuple):
    """The place of a pair in the list given, what was compared of it, and the log-odds that it makes."""

    place: int
    parts: tuple[Part, ...]
    total: float


class Comparer(Protocol):
    """Who compares pairs of groups."""

    def __call__(
        self, pairs: Sequence[Pair], sketches: Mapping[str, Sketch], setting: Setting, least: float, /
    ) -> Iterable[Compared]:
        """Those pairs that may be one and whose log-odds are `least` or more, in the order given."""
        ...


def here(
    pairs: Iterable[Pair], sketches: Mapping[str, Sketch], setting: Setting, least: float, /
) -> Iterator[Compared]:
    """Compared in this process."""
    for place, (left, right) in enumerate(pairs):
        one, two = sketches[left], sketches[right]
        if never(one, two) is not None:
            continue
        parts = tuple(compare(one, two, setting))
        added = total(parts)
        if added >= least:
            yield Compared(place, parts, added)


@contextmanager
def comparer(sharing: Sharing | None) -> Iterator[Comparer]:
    """Pairs are compared by an engine's workers where there are many; without an engine, here."""
    if sharing is None:
        yield here
        return
    with sharing.engine.crew(Task(PREPARE), _LIMITS) as crew:
        yield Shared(crew, sharing.least)


class Shared:
    """Pairs given out in batches. What no worker could do is done here: an engine changes no answer."""

    def __init__(self, crew: Crew, few: int, batch: int = _BATCH) -> None:
        self._crew = crew
        self._few = few
        self._batch = batch

    def __call__(
        self, pairs: Sequence[Pair], sketches: Mapping[str, Sketch], setting: Setting, least: float, /
    ) -> Iterable[Compared]:
        """Those pairs that may be one and whose log-odds are `least` or more, in the order given."""
        if len(pairs) < self._few:
            return here(pairs, sketches, setting, least)
        ordered = _by_day(pairs, sketches)
        batches = [ordered[n : n + self._batch] for n in range(0, len(ordered), self._batch)]
        jobs = (
            Job(str(n), _encoded([pairs[p] for p in places], sketches, setting, least))
            for n, places in enumerate(batches)
        )
        found: list[Compared] = []
        for done in self._crew.run(jobs):
            places = batches[int(done.key)]
            if done.result is None:
                made: Iterable[Compared] = here([pairs[p] for p in places], sketches, setting, least)
            else:
                made = msgspec.msgpack.decode(done.result, type=list[Compared])
            found += (one._replace(place=places[one.place]) for one in made)
        return sorted(found, key=lambda c: c.place)


def _by_day(pairs: Sequence[Pair], sketches: Mapping[str, Sketch]) -> list[int]:
    """The places of the pairs, those of the earliest groups first, the undated last."""
    days = {name: ((sketch.when.earliest or date.max).toordinal(), name) for name, sketch in sketches.items()}
    return sorted(range(len(pairs)), key=lambda p: sorted((days[pairs[p][0]], days[pairs[p][1]])))


class _Batch(msgspec.Struct, array_like=True):
    """Pairs by the numbers of their sketches, and all that comparing them draws on."""

    sketches: list[Sketch]
    pairs: list[tuple[int, int]]
    least: float
    groups: int
    counts: dict[str, dict[str, int]]
    kin: list[tuple[str, ...]]
    vectors: dict[str, Vector] | None


def _encoded(pairs: Sequence[Pair], sketches: Mapping[str, Sketch], setting: Setting, least: float) -> bytes:
    number = {name: n for n, name in enumerate(dict.fromkeys(name for pair in pairs for name in pair))}
    chosen = [sketches[name] for name in number]
    doers = frozenset().union(*(s.doers for s in chosen))
    return msgspec.msgpack.encode(
        _Batch(
            sketches=chosen,
            pairs=[(number[left], number[right]) for left, right in pairs],
            least=least,
            groups=setting.rarity.groups,
            counts=setting.rarity.counts(chosen),
            kin=[tuple(sorted(pair)) for pair in setting.kin if pair <= doers],
            vectors=_vectors(setting.alike, chosen),
        )
    )


def _vectors(alike: Alike | None, sketches: Iterable[Sketch]) -> dict[str, Vector] | None:
    return alike.vectors(d for s in sketches for d in s.documents) if alike else None


def prepare(_: bytes) -> Callable[[bytes], bytes]:
    """What an engine does with every batch."""
    decoder = msgspec.msgpack.Decoder(_Batch)

    def answer(given: bytes) -> bytes:
        batch = decoder.decode(given)
        setting = Setting(
            Rarity.counted(batch.counts, batch.groups),
            frozenset(frozenset(pair) for pair in batch.kin),
            None if batch.vectors is None else Alike.given(batch.vectors),
        )
        sketches = {str(n): sketch for n, sketch in enumerate(batch.sketches)}
        pairs = ((str(left), str(right)) for left, right in batch.pairs)
        return msgspec.msgpack.encode(list(here(pairs, sketches, setting, batch.least)))

    return answer
