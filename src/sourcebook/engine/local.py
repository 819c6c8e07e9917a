"""One task over many items: in this process, or in several that are watched.

A worker that dies, hangs or swells costs the one item it held, which comes back with the reason; the
others go on. `multiprocessing.Pool` would wait for ever for a worker that was killed.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Final

import msgspec

from sourcebook.engine import isolation
from sourcebook.engine.work import done, prepared
from sourcebook.errors import SourcebookError
from sourcebook.ports import Crew, Done, Job, Limits, Task

if sys.platform != "win32":
    import resource

#: Spawned, not forked: a fork would share the store's open file.
_SPAWN: Final = multiprocessing.get_context("spawn")
_PARENT_DEATH_SIGNAL: Final = 1  # prctl(2), PR_SET_PDEATHSIG
#: The most bytes that a worker may answer.
_LONGEST_ANSWER: Final = 1 << 30
#: A worker is given the next item while it is at one, so that it never waits; not if the item is so large
#: that it would not fit into the pipe, as then both ends could wait for each other.
_AHEAD: Final = 2
_AHEAD_BYTES: Final = 1 << 15
#: Libraries that would start a thread for each core in every worker.
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_AT_ONCE: Final = 256
#: Workers that may be killed one after the other before they are ready: by a system that is short of memory.
_STILLBORN: Final = 3


class EngineError(SourcebookError):
    """No worker could be started, so that nothing can be run."""


def default_workers() -> int:
    """Two where there are two cores to run on, else one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(2, cores)


class Local:
    """The engine of one machine. Without workers everything is done here, and nothing is limited."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = default_workers() if workers is None else workers

    @property
    def at_once(self) -> int:
        """So many files are read together: enough for every worker, few enough to hold in memory."""
        return _AT_ONCE

    @property
    def is_near(self) -> bool:
        """Everything is done in this machine."""
        return True

    @contextmanager
    def crew(self, task: Task, limits: Limits, /) -> Iterator[Crew]:
        """Workers for one task, ended with the `with`."""
        if self._workers < 1:
            yield Alone(task)
            return
        with Watched(task, limits, self._workers) as crew:
            yield crew


class Alone:
    """This process; the task is prepared when the first item comes."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        """The results, in the order of the jobs."""
        call = None
        for job in jobs:
            call = call or prepared(self._task)
            yield done(call, job)


class Watched:
    """Workers that stay for several runs, each replaced when it dies, hangs, swells or has done enough."""

    def __init__(self, task: Task, limits: Limits, workers: int) -> None:
        self._task = task
        self._limits = limits
        self._most = workers
        self._pool: list[_Worker] = []
        self._stillborn = 0

    def __enter__(self) -> Watched:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._pool:
            self._pool.pop().end()

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        """The results of all jobs, in order of completion; jobs are taken as workers become free.

        Raises:
            EngineError: a worker cannot be started.
        """
        waiting = _Waiting(jobs)
        while waiting.some() or any(w.held for w in self._pool):
            self._give_out(waiting)
            wait([w.pipe for w in self._pool] + [w.process.sentinel for w in self._pool], timeout=0.5)
            for place, worker in enumerate(self._pool):
                yield from self._look(place, worker, waiting)

    def _give_out(self, waiting: _Waiting) -> None:
        while len(self._pool) < self._most and waiting.some(len(self._pool) + 1):
            self._pool.append(_Worker(self._task, self._limits))
        for ahead in range(_AHEAD):
            for worker in self._pool:
                small = waiting.some() and len(waiting.first.job.payload) <= _AHEAD_BYTES
                if waiting.some() and worker.can_take(ahead, self._limits) and (small or not ahead):
                    worker.take(waiting.pop())

    def _look(self, place: int, worker: _Worker, waiting: _Waiting) -> Iterator[Done]:
        """What a worker has to say; it is replaced if it is no use any more."""
        answer = worker.heard()
        if answer is not None and not _swollen(answer):
            self._stillborn = 0
            yield answer
            if worker.has_done(self._limits):
                self._replace(place)
            return
        why = self._fault(worker) if answer is None else answer.why
        if why is None:
            return
        held = self._replace(place)
        waiting.put_back(held[1:])
        if held:
            yield from self._lost(held[0], why, waiting)

    def _fault(self, worker: _Worker) -> str | None:
        # Asked once: it may die between two questions.
        if worker.process.is_alive():
            return worker.overdue(self._limits)
        if worker.was_killed_unready and self._stillborn < _STILLBORN:
            self._stillborn += 1
            return "killed before it was ready"
        return worker.death()

    def _replace(self, place: int) -> list[_Held]:
        """Put a new worker in the place of one; what that had not done."""
        self._pool[place].end()
        held = list(self._pool[place].held)
        self._pool[place] = _Worker(self._task, self._limits)
        return held

    def _lost(self, held: _Held, why: str, waiting: _Waiting) -> Iterator[Done]:
        # A death may be an accident; what hangs or swells once does so again.
        if why.startswith("the worker died") and held.tried + 1 < self._limits.tries:
            waiting.put_back([_Held(held.job, held.tried + 1)])
        else:
            yield Done(held.job.key, None, why)


def _swollen(answer: Done) -> bool:
    return (answer.why or "").startswith("MemoryError")


class _Held:
    """A job on its way, and how often it was tried before."""

    __slots__ = ("job", "tried")

    def __init__(self, job: Job, tried: int = 0) -> None:
        self.job = job
        self.tried = tried


class _Waiting:
    """Jobs to come, taken from their source no sooner than they are wanted."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._source = iter(jobs)
        self._near: deque[_Held] = deque()

    def some(self, count: int = 1) -> bool:
        """Whether there are so many more."""
        while len(self._near) < count:
            job = next(self._source, None)
            if job is None:
                return False
            self._near.append(_Held(job))
        return True

    @property
    def first(self) -> _Held:
        """The next one; there must be some."""
        return self._near[0]

    def pop(self) -> _Held:
        """Take the next one."""
        return self._near.popleft()

    def put_back(self, held: Iterable[_Held]) -> None:
        """Those that a worker could not do come next."""
        self._near.extendleft(reversed(list(held)))


class _Worker:
    """One process, the jobs that it was given, and since when it is at the first of them."""

    def __init__(self, task: Task, limits: Limits) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, task, limits), daemon=True)
        with _uninterrupted():
            self.process.start()
        theirs.close()
        self.held: deque[_Held] = deque()
        self.count = 0
        self.ready = False
        self.since = time.monotonic()

    def can_take(self, ahead: int, limits: Limits) -> bool:
        """Whether it has just so many items, and may be given another."""
        return self.ready and len(self.held) == ahead and self.count < limits.jobs

    def has_done(self, limits: Limits) -> bool:
        """Whether it has done as much as one should: what a parser hoards goes with it."""
        return self.count >= limits.jobs and not self.held

    def take(self, held: _Held) -> None:
        if not self.held:
            self.since = time.monotonic()
        self.held.append(held)
        self.count += 1
        with suppress(OSError):  # it died: the next look at it says so
            self.pipe.send_bytes(msgspec.msgpack.encode(held.job))

    def heard(self) -> Done | None:
        """An answer, None if there is none yet."""
        try:
            if not self.pipe.poll():
                return None
            answer = msgspec.msgpack.decode(self.pipe.recv_bytes(_LONGEST_ANSWER), type=Done | None)
        except (EOFError, OSError, msgspec.MsgspecError):
            self._give_up()
            return None
        self.since = time.monotonic()
        if answer is None:
            self.ready = True
        elif not self.held or answer.key != self.held[0].job.key:
            self._give_up()
            return None
        elif not _swollen(answer):
            self.held.popleft()
        return answer

    def _give_up(self) -> None:
        """It closed its pipe or talks nonsense: the next look finds it dead."""
        self.process.join(1)
        self.process.kill()
        self.process.join()

    @property
    def was_killed_unready(self) -> bool:
        """Whether a signal ended it before it could be given anything: another may have more luck."""
        return not self.ready and (self.process.exitcode or 0) < 0

    def death(self) -> str:
        """Why it is no use any more, now that it is dead."""
        if not self.ready:
            raise EngineError(f"a worker could not start (exit code {self.process.exitcode})")
        return f"the worker died (exit code {self.process.exitcode})"

    def overdue(self, limits: Limits) -> str | None:
        """Why it is no use any more although it lives, None if it is."""
        spent = time.monotonic() - self.since
        if self.held and spent > limits.seconds + self.held[0].job.extra_seconds:
            return f"not done after {limits.seconds + self.held[0].job.extra_seconds:.0f} s"
        if not self.ready and spent > limits.start_seconds:
            raise EngineError(f"no worker was ready after {limits.start_seconds:g} s")
        return None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C is for the parent: a worker that is only starting would answer it with a traceback."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, task: Task, limits: Limits) -> None:
    """What a worker does: answer one job at a time until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    _confine(limits.memory)
    call = prepared(task)
    if limits.sealed:
        isolation.seal()
    pipe.send_bytes(msgspec.msgpack.encode(None))
    while True:
        try:
            job = msgspec.msgpack.decode(pipe.recv_bytes(), type=Job)
        except (EOFError, ConnectionError):
            return
        try:
            pipe.send_bytes(msgspec.msgpack.encode(done(call, job)))
        except (MemoryError, ConnectionError):
            return


def _confine(memory: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if sys.platform != "win32":
        with suppress(ValueError, OSError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
