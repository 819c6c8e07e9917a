"""The engine that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.ports import Engine


def engine(config: Config) -> Engine:
    """The engine that runs the stages, with as many workers as the settings say."""
    made = cast("Callable[[int | None], Engine]", plugins.load("engine", config.engine))
    return made(config.workers)
