"""A task as one process does it: prepared once, then one item after another."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Final

from sourcebook.ports import Done, Job, Task

_LONGEST_REASON: Final = 300

Call = Callable[[bytes], bytes]


def prepared(task: Task) -> Call:
    """The function that every item goes through."""
    module, _, name = task.function.partition(":")
    prepare: Callable[[bytes], Call] = getattr(importlib.import_module(module), name)
    return prepare(task.shared)


def done(call: Call, job: Job) -> Done:
    """What comes of one item; whatever goes wrong costs this one only."""
    try:
        return Done(job.key, call(job.payload), None)
    except RecursionError:
        return Done(job.key, None, "the text is nested too deeply")
    except Exception as error:  # whatever a plugin raises costs its own document only
        return Done(job.key, None, f"{type(error).__name__}: {error}"[:_LONGEST_REASON])
