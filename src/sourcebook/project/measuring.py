"""Predictions for public data sets, in the form that their scorers read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from inspect import signature
from pathlib import Path
from typing import Any, TextIO

from sourcebook import plugins
from sourcebook.errors import InputError, UnknownPlugin
from sourcebook.project.telling import Progress

Row = dict[str, Any]


def benchmark(
    task: str, source: Path, out: Path, *, documents: Path | None = None, progress: Progress | None = None
) -> int:
    """Write a prediction for each row of `source`; gives back how many there are.

    A task whose function takes one row is asked row by row; one that takes rows and documents is
    asked once for all.

    Raises:
        UnknownPlugin: the task is not installed.
        InputError: a file cannot be read or written, or a line is not JSON.
    """
    try:
        predict = plugins.load("task", task)
    except ModuleNotFoundError as error:
        raise UnknownPlugin("task", task, [n for n in plugins.names("task") if n != task]) from error
    rows = list(_rows(source))
    count = 0
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            for count, made in enumerate(_predicted(predict, rows, documents), 1):
                file.write(json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n")
                if progress:
                    progress(task, count, len(rows))
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}") from error
    return count


def _predicted(predict: Callable[..., Any], rows: list[Row], documents: Path | None) -> Iterable[Row]:
    if len(signature(predict).parameters) == 1:
        return map(predict, rows)
    if documents is None:
        raise InputError("this task needs its documents: give --documents FILE")
    found: Iterable[Row] = predict(rows, list(_rows(documents)))
    return found


def _rows(path: Path) -> Iterator[Row]:
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _row(path, number, line)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def _opened(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{path}, line {number}: not an object")
    return row
