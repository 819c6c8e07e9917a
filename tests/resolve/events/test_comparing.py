"""Pairs of events compared by an engine: the same answers as in this process, whatever its workers do."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest
from tests.resolve.reports import raid, record

from sourcebook.engine.local import Local
from sourcebook.ports import Crew, Done, Job, Limits, Sharing, Task
from sourcebook.resolve.events import comparing
from sourcebook.resolve.resolution import resolve

TOWNS = ("Norrby", "Sundal", "Estvik", "Holmen")
REPORTS = [
    raid(f"{n:02d}.txt", n, town=TOWNS[n % 4], toll=10 + n % 3, when=when)
    for n in range(24)
    for when in [f"2031-{1 + n % 5:02d}-02" if n % 7 else None]
]
EVIDENCE = record(*(w for w, _ in REPORTS))
ALONE = resolve(EVIDENCE)


class Counting:
    """An engine that counts what it is given, and loses every item whose number it is told to."""

    at_once = 1
    is_near = False

    def __init__(self, lost: Callable[[int], bool] = lambda _: False) -> None:
        self.given = 0
        self._lost = lost

    @contextmanager
    def crew(self, task: Task, limits: Limits) -> Iterator[Crew]:
        with Local(0).crew(task, limits) as crew:
            self._crew = crew
            yield self

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for n, job in enumerate(jobs):
            self.given += 1
            yield (
                Done(job.key, None, "the worker died") if self._lost(n) else next(iter(self._crew.run([job])))
            )


def test_an_engine_makes_the_same_events_as_this_process() -> None:
    engine = Counting()
    assert resolve(EVIDENCE, Sharing(engine, 1)) == ALONE
    assert engine.given > 1
    assert 1 < len(ALONE.events) < len(EVIDENCE.claims)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_the_size_of_a_batch_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing.Shared.__init__, "__defaults__", (size,))
    engine = Counting()
    assert resolve(EVIDENCE, Sharing(engine, 1)) == ALONE
    assert engine.given > 4


def test_few_pairs_are_not_given_out() -> None:
    engine = Counting()
    assert resolve(EVIDENCE, Sharing(engine, 1_000_000)) == ALONE
    assert engine.given == 0


def test_what_a_worker_could_not_do_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing.Shared.__init__, "__defaults__", (5,))
    engine = Counting(lost=lambda n: n % 2 == 0)
    assert resolve(EVIDENCE, Sharing(engine, 1)) == ALONE
    assert engine.given > 4


def dying(_: bytes) -> Callable[[bytes], bytes]:
    def do(_: bytes) -> bytes:
        os._exit(3)

    return do


def test_workers_that_die_of_it_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "PREPARE", f"{__name__}:dying")
    assert resolve(EVIDENCE, Sharing(Local(1), 1)) == ALONE
