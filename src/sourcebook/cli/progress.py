"""Progress on stderr: one line that is overwritten in a terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
import time

import click

_EVERY_SECONDS = 0.2
_PATIENCE_SECONDS = 2.0


class Line:
    """Tells what is done, how fast, and how long it will take; silent if told to be."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent or not sys.stderr.isatty()
        self._step = ""
        self._began = time.monotonic()
        self._told = 0.0

    def __call__(self, step: str, done: int, of: int) -> None:
        """One step further."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._began, self._told = step, now, 0.0
        if self._silent or (now - self._told < _EVERY_SECONDS and done != of):
            return
        self._told = now
        click.echo(f"\r\x1b[K{self._words(done, of, now - self._began)}", err=True, nl=False)

    def _words(self, done: int, of: int, spent: float) -> str:
        count = f" {done:,} of {of:,}" if of else f" {done:,}" if done else ""
        words = f"{self._step}{count}"
        if spent > _PATIENCE_SECONDS and done:
            words += f", {done / spent:.1f} a second"
            if of > done:
                words += f", {_minutes((of - done) * spent / done)} left"
        return words

    def end(self) -> None:
        """Leave the line empty for what comes next."""
        if not self._silent and self._step:
            click.echo("\r\x1b[K", err=True, nl=False)


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
