"""One function over many documents: in this process, or in several that are watched.

A worker that dies, hangs or swells costs the one document it held, which comes back with the reason; the
others go on. `multiprocessing.Pool` would wait for ever for a worker that was killed.
"""

from __future__ import annotations

import ctypes
import importlib
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final, NamedTuple

import msgspec

from sourcebook.engine import isolation
from sourcebook.errors import SourcebookError

if sys.platform != "win32":
    import resource

#: Spawned, not forked: a fork would share the store's open file.
_SPAWN: Final = multiprocessing.get_context("spawn")
_PARENT_DEATH_SIGNAL: Final = 1  # prctl(2), PR_SET_PDEATHSIG
_LONGEST_REASON: Final = 300
#: The most bytes that a sealed worker may answer.
_LONGEST_ANSWER: Final = 1 << 30


class EngineError(SourcebookError):
    """No worker could be started, so that nothing can be run."""


class Limits(NamedTuple):
    """What one call may cost: seconds, seconds to start a worker, bytes of memory, calls of one item.

    `sealed` is for calls that meet bytes from strangers: their workers have no network, start no
    programs and write no files, and must answer in bytes, which are never unpickled here.
    """

    seconds: float = 120
    start_seconds: float = 180
    memory: int = 4 << 30
    tries: int = 2
    sealed: bool = False


class Done(NamedTuple):
    """What came of one job: its result, or the reason why there is none."""

    key: str
    result: Any
    why: str | None


class Job(NamedTuple):
    """The arguments of one call, the key that its result comes back with, and seconds beyond the usual."""

    key: str
    arguments: tuple[Any, ...]
    extra_seconds: float = 0
    tried: int = 0


def default_workers() -> int:
    """Two where there are two cores to run on, else one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(2, cores)


def run(
    function: str, jobs: Iterable[Job], *, workers: int = 0, limits: Limits | None = None
) -> Iterator[Done]:
    """The results of `function` ("module:name") in order of completion.

    With no workers the calls are made here, one after another: nothing is limited, and an exception
    costs its own document only.

    Raises:
        EngineError: a worker cannot be started.
    """
    with Crew(function, workers=workers, limits=limits) as crew:
        yield from crew.run(jobs)


def _named(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _called(call: Callable[..., Any], job: Job) -> Done:
    try:
        return Done(job.key, call(*job.arguments), None)
    except RecursionError:
        return Done(job.key, None, "the text is nested too deeply")
    except Exception as error:  # whatever a plugin raises costs its own document only
        return Done(job.key, None, _reason(error))


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST_REASON]


def _serve(pipe: Connection, function: str, limits: Limits) -> None:
    """What a worker does: answer one job at a time until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _confine(limits.memory)
    call = _named(function)
    if limits.sealed:
        isolation.seal()
    _send(pipe, None, sealed=limits.sealed)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        try:
            _send(pipe, _called(call, job), sealed=limits.sealed)
        except MemoryError:
            return


def _send(pipe: Connection, done: Done | None, *, sealed: bool) -> None:
    if sealed:
        pipe.send_bytes(msgspec.msgpack.encode(done))
    else:
        pipe.send(done)


def _receive(pipe: Connection, *, sealed: bool) -> Done | None:
    if not sealed:
        answer: Done | None = pipe.recv()
        return answer
    try:
        return msgspec.msgpack.decode(pipe.recv_bytes(_LONGEST_ANSWER), type=Done | None)
    except msgspec.MsgspecError as error:
        raise OSError("an answer that cannot be read") from error


def _confine(memory: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if sys.platform != "win32":
        with suppress(ValueError, OSError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class _Worker:
    """One process, the job that it holds, and since when."""

    def __init__(self, function: str, limits: Limits) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, function, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.ready = False
        self.since = time.monotonic()

    def take(self, job: Job) -> None:
        self.job, self.since = job, time.monotonic()
        with suppress(OSError):  # it died: the next look at it says so
            self.pipe.send(job)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Crew:
    """Workers that stay for several runs, each replaced when it dies, hangs or swells."""

    def __init__(self, function: str, *, workers: int = 0, limits: Limits | None = None) -> None:
        self._function = function
        self._limits = limits or Limits()
        self._most = workers
        self._pool: list[_Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._pool:
            self._pool.pop().end()

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """The results of all jobs, in order of completion. One run at a time.

        Raises:
            EngineError: a worker cannot be started.
        """
        if self._most < 1:
            call = _named(self._function)
            yield from (_called(call, job) for job in jobs)
            return
        queue, pool = deque(jobs), self._pool
        while len(pool) < min(self._most, len(queue)):
            pool.append(self._start())
        while queue or any(w.job for w in pool):
            for worker in pool:
                if worker.ready and worker.job is None and queue:
                    worker.take(queue.popleft())
            wait([w.pipe for w in pool] + [w.process.sentinel for w in pool], timeout=0.5)
            for place, worker in enumerate(pool):
                yield from self._look(pool, place, worker, queue)

    def _start(self) -> _Worker:
        return _Worker(self._function, self._limits)

    def _look(self, pool: list[_Worker], place: int, worker: _Worker, queue: deque[Job]) -> Iterator[Done]:
        """What a worker has to say, or why it is replaced."""
        done = self._heard(worker)
        if done is not None and not (done.why or "").startswith("MemoryError"):
            yield done
            return
        why = done.why if done is not None else self._fault(worker)
        if why is None:
            return
        job = worker.job
        worker.end()
        pool[place] = self._start()
        if job is None:
            return
        # A death may be an accident; what hangs or swells once does so again.
        if why.startswith("the worker died") and job.tried + 1 < self._limits.tries:
            queue.append(job._replace(tried=job.tried + 1))
        else:
            yield Done(job.key, None, why)

    def _heard(self, worker: _Worker) -> Done | None:
        try:
            if not worker.pipe.poll():
                return None
            answer = _receive(worker.pipe, sealed=self._limits.sealed)
        except (EOFError, OSError):
            worker.process.join(5)
            return None
        if answer is None:
            worker.ready = True
        elif not (answer.why or "").startswith("MemoryError"):
            worker.job = None
        return answer

    def _fault(self, worker: _Worker) -> str | None:
        """Why a worker is no use any more, None if it is."""
        spent = time.monotonic() - worker.since
        if not worker.process.is_alive():
            if not worker.ready:
                raise EngineError(f"a worker could not start (exit code {worker.process.exitcode})")
            return f"the worker died (exit code {worker.process.exitcode})"
        if worker.job is not None and spent > self._limits.seconds + worker.job.extra_seconds:
            return f"not done after {self._limits.seconds + worker.job.extra_seconds:.0f} s"
        if not worker.ready and spent > self._limits.start_seconds:
            raise EngineError(f"no worker was ready after {self._limits.start_seconds:g} s")
        return None
