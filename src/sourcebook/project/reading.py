"""Files read under guard: each in a worker that may die of it, those found within them in their turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Crew, Done, Engine, Job, Limits, Raw, Reader, Task
from sourcebook.read import answering, members
from sourcebook.read.answering import Answer
from sourcebook.read.kinds import is_harmless

#: The reader whose plain text is read without a guard.
_OWN: Final = "sourcebook.read.kinds:read"
_ANSWER: Final = "sourcebook.read.answering:prepare"
#: Up to so many bytes of plain text are read without a guard: even what costs the square of them is nothing.
_SMALL: Final = 200_000
#: Files in files in files: how deep it may go.
_DEEPEST: Final = 5
#: What the usual time is for, and the bytes that are looked through in each second beyond it.
_USUAL_BYTES: Final = 10_000_000
_BYTES_A_SECOND: Final = 1_000_000
#: The bytes that files which are given out together may come to.
_BATCH_BYTES: Final = 64_000_000


class Code(NamedTuple):
    """The reader: where it is, and itself."""

    target: str
    reader: Reader


def code(config: Config) -> Code:
    """The reader that the settings name."""
    return Code(
        plugins.target("reader", config.reader), cast("Reader", plugins.load("reader", config.reader))
    )


class Guard(NamedTuple):
    """Who reads, and what one file may cost."""

    engine: Engine
    seconds: float = 30
    memory: int = 2 << 30


class Leaf(NamedTuple):
    """One file of a tree, and what its reader said of it."""

    raw: Raw
    answer: Answer


@dataclass
class _Left:
    """How much may still be found within one file, however deep."""

    files: int = 2 * members.MOST_MEMBERS
    size: int = 2 * members.MOST_BYTES


@dataclass
class _Node:
    """A file, its reader's answer once there is one, and the files found in it."""

    raw: Raw
    root: int
    answer: Answer | None = None
    inside: list[_Node] = field(default_factory=list)

    def unfold(self, depth: int, left: _Left) -> None:
        """Take up the files found in this one, as far as may be."""
        answer = self.answer or Answer()
        refused: list[Skipped] = []
        for found in answer.members:
            left.files -= 1
            left.size -= len(found.data)
            if depth > _DEEPEST:
                refused.append(answering.refusal(found, f"more than {_DEEPEST} files deep"))
            elif left.files < 0 or left.size < 0:
                refused.append(answering.refusal(found, "too much in one file: the rest was not read"))
            else:
                self.inside.append(_Node(found, self.root))
        self.answer = Answer(answer.readings, (), (*answer.skipped, *refused))

    def leaves(self) -> Iterator[Leaf]:
        """This file and those in it, however deep."""
        yield Leaf(self.raw, self.answer or Answer())
        for node in self.inside:
            yield from node.leaves()


@dataclass
class _Batch:
    """Files read together, and how much was found in each of them so far."""

    roots: list[_Node] = field(default_factory=list)
    size: int = 0

    def is_full(self, most: int) -> bool:
        return len(self.roots) >= most or self.size >= _BATCH_BYTES


def trees(raws: Iterable[Raw], code: Code, guard: Guard) -> Iterator[list[Leaf]]:
    """For each file, in order: itself, then every file found in it, however deep, each with its answer.

    Short plain text is read here; nothing in it can hang or crash a reader of ours.

    Raises:
        EngineError: no worker can be started.
    """
    limits = Limits(seconds=guard.seconds, memory=guard.memory, tries=1, sealed=True)
    with guard.engine.crew(Task(_ANSWER, code.target.encode()), limits) as crew:
        for batch in _batches(raws, guard.engine.at_once):
            _read(batch, code, crew, guard.engine)
            yield from (list(root.leaves()) for root in batch.roots)


def _batches(raws: Iterable[Raw], most: int) -> Iterator[_Batch]:
    batch = _Batch()
    for raw in raws:
        batch.roots.append(_Node(raw, len(batch.roots)))
        batch.size += len(raw.data)
        if batch.is_full(most):
            yield batch
            batch = _Batch()
    if batch.roots:
        yield batch


def _read(batch: _Batch, code: Code, crew: Crew, engine: Engine) -> None:
    """Answers for all files of a batch, then for those found in them, and so on."""
    budgets = [_Left() for _ in batch.roots]
    round_, depth = batch.roots, 0
    while round_:
        guarded = {
            str(n): node for n, node in enumerate(round_) if not (engine.is_near and _read_here(node, code))
        }
        jobs = (
            Job(key, answering.encoded(node.raw), _extra_seconds(node.raw)) for key, node in guarded.items()
        )
        for done in crew.run(jobs):
            node = guarded[done.key]
            node.answer = _checked(node.raw, done)
        depth += 1
        for node in round_:
            node.unfold(depth, budgets[node.root])
        round_ = [inside for node in round_ for inside in node.inside]


def _extra_seconds(raw: Raw) -> float:
    return max(0, len(raw.data) - _USUAL_BYTES) / _BYTES_A_SECOND


def _read_here(node: _Node, code: Code) -> bool:
    if code.target != _OWN or len(node.raw.data) > _SMALL or not is_harmless(node.raw):
        return False
    node.answer = answering.answer(code.reader, node.raw)
    return True


def _checked(raw: Raw, done: Done) -> Answer:
    """An answer that may be kept; the reason as a skipped row where there is none."""
    why = done.why
    if why is None:
        try:
            found = answering.decoded(done.result or b"")
            why = answering.fault(raw, found)
        except UnreadableDocument as error:
            why = str(error)
    return Answer(skipped=(answering.refusal(raw, why),)) if why else found
