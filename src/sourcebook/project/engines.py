"""The engine that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.ports import Engine, Sharing

#: Pairs from which a cluster's start and its Parquet files are worth it.
_MANY: Final = 50_000


def engine(config: Config) -> Engine:
    """The engine that runs the stages, with as many workers as the settings say."""
    made = cast("Callable[[int | None], Engine]", plugins.load("engine", config.engine))
    return made(config.workers)


def sharing(config: Config) -> Sharing | None:
    """Who compares pairs of events, and from how many on; None where this process does it alone."""
    if config.shared_pairs is not None:
        return Sharing(engine(config), config.shared_pairs) if config.shared_pairs else None
    runs_on = engine(config)
    return None if runs_on.is_near else Sharing(runs_on, _MANY)
