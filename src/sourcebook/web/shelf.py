"""The book of one file while others write to it.

Pages never wait for the file. A decision goes into the log and into the book in memory; a process of its
own then derives the record anew, and a thread loads it when it is whole. Until then the pages show the
record as it was, and say so.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import Final, NamedTuple

from sourcebook.errors import InUse, SourcebookError, StoreError
from sourcebook.model import Correction, Decision, DecisionId, Verdict
from sourcebook.project import deriving, reviewing
from sourcebook.web.book import Book

#: How often a file that others write to is looked at.
_LOOK_SECONDS: Final = 1.0
#: How often the record is derived for one decision, should others write meanwhile.
_TRIES: Final = 2
#: Pages are served before the record is derived.
_NICENESS: Final = 5

Settle = Callable[[Path], object]


class State(NamedTuple):
    """How far the record is behind the log: decisions not worked in, and what kept it from being done."""

    waiting: int
    trouble: str


class Shelf:
    """Holds the book of one file, and brings it up to date in the background."""

    def __init__(self, path: Path, settle: Settle | None = None) -> None:
        self.path = path
        self._settle = settle or apart
        self._changed = Condition()
        self._book: Book | None = None
        self._seen: tuple[int, int] | None = None
        self._looked = 0.0
        self._working = False
        self._trouble = ""
        self._known: deriving.Derived | None = None
        self._settled: set[DecisionId] = set()

    def book(self) -> Book:
        """The record, at most a moment and the decisions under way behind the file."""
        # Without the lock: every page asks several times, and who waits for a lock waits for all threads.
        book = self._book
        if book is None:
            return self._loaded()
        if monotonic() - self._looked > _LOOK_SECONDS:
            self._look()
        return book

    def _loaded(self) -> Book:
        with self._changed:
            if self._book is None:
                with uncollected():
                    self._known = deriving.held(self.path, keep=True)
                    self._seen = self._stamp()
                    self._book = Book(self._known.record, self.path.name)
                    self._book.warm()
            return self._book

    def _look(self) -> None:
        with self._changed:
            self._looked = monotonic()
            if self._stamp() != self._seen:
                self._start()

    def decide(
        self,
        verdict: Verdict,
        about: tuple[str, ...],
        *,
        signed: reviewing.Signed,
        correction: Correction | None = None,
    ) -> Decision:
        """Put a decision into the log, and have worked out what follows from it.

        Raises:
            NotFound: nothing has that id.
            InputError: nobody signed, both ids name one thing, or the correction does not fit the claim.
        """
        held = self.book().record
        decision = reviewing.note(self.path, held, verdict, about, signed=signed, correction=correction)
        with self._changed:
            self._book = self.book().noted(decision)
            self._start()
        return decision

    def state(self) -> State:
        """How far the record is behind the log."""
        return State(len(self.book().waiting), self._trouble)

    def settled(self, seconds: float) -> bool:
        """Wait until every decision taken here is worked in; whether it was in that time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._working, seconds)

    def _stamp(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_size

    def _start(self) -> None:
        if not self._working:
            self._working = True
            Thread(target=self._work, name="sourcebook-shelf", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._changed:
                waiting, self._seen = self.book().waiting, self._stamp()
            try:
                self._catch_up([d.id for d in waiting])
                trouble = ""
            except InUse as error:
                # Whoever writes for so long ends some time.
                self._trouble = str(error)
                continue
            except (SourcebookError, OSError) as error:
                trouble = str(error)
            with self._changed:
                if trouble or all(d in waiting for d in self.book().waiting):
                    self._working, self._trouble, self._looked = False, trouble, monotonic()
                    self._changed.notify_all()
                    return

    def _catch_up(self, waiting: list[DecisionId]) -> None:
        """Derive what follows from decisions taken here, load what was derived."""
        fresh = set(waiting) - self._settled
        for _ in range(_TRIES if fresh else 1):
            if fresh:
                self._settle(self.path)
            if self._took_newer():
                break
        self._settled |= fresh

    def _took_newer(self) -> bool:
        with uncollected():
            book = self.book()
            derived = deriving.newer(self.path, self._known) if self._known else None
            if derived is None or self._known is None:
                return False
            if derived.record.events is self._known.record.events:
                fresh = book.logged(derived.record.decisions)
            else:
                fresh = Book(derived.record, self.path.name)
                fresh.warm(book)
            self._take(fresh, derived)
        return True

    def _take(self, fresh: Book, derived: deriving.Derived) -> None:
        known = {d.id for d in derived.record.decisions}
        with self._changed:
            fresh.answered = self.book().answered
            for decision in self.book().waiting:
                fresh = fresh if decision.id in known else fresh.noted(decision)
            self._book, self._known = fresh, derived


@contextmanager
def uncollected() -> Iterator[None]:
    """Load a record without the collector of cycles, of which it has none: a look for them stops every page.

    With 10,000 events that is half a second each time, and the loading takes twice as long. What is there at
    the end is never looked at again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def apart(path: Path) -> None:
    """Derive the record in a process of its own, so that pages are not slowed by it.

    Raises:
        StoreError: it could not be done.
    """
    context = get_context("spawn")
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=_rebuild, args=(path, told), daemon=True)
    process.start()
    told.close()
    try:
        why, in_use = heard.recv()
    except EOFError:
        why, in_use = f"the process that derives the record of {path} ended early", False
    process.join()
    if why:
        raise InUse(why) if in_use else StoreError(why)


def _rebuild(path: Path, told: Connection) -> None:
    os.nice(_NICENESS)
    Thread(target=_end_with_parent, daemon=True).start()
    why, in_use = "", False
    try:
        deriving.settle(path)
    except SourcebookError as error:
        why, in_use = str(error), isinstance(error, InUse)
    with suppress(BrokenPipeError):  # nobody waits for it any more
        told.send((why, in_use))


def _end_with_parent() -> None:
    """Stop where the app stops: what is half done is not in the file, and is done at the next start."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
