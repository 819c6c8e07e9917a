"""Paths to bytes: every file met is a `Raw` or a `Skipped`, one at a time, in sorted order."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read.members import INSIDE
from sourcebook.read.sniff import binary_kind
from sourcebook.read.sources import Row, SourcesTable, spelled

#: The most bytes that are read of one file of text, and of one in another format (a PDF, an archive).
LIMIT: Final = 20_000_000
LIMIT_PACKED: Final = 200_000_000

_HEAD: Final = 65_536

_KINDS: Final = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
#: Never wait on a pipe that took a file's place; Windows must not translate line ends.
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def raws(paths: Iterable[Path | str], given: SourcesTable | None = None) -> Iterator[Raw | Skipped]:
    """The files at `paths` and in the folders among them, lazily, sorted by path.

    `Raw.path` is relative to the folder that was given, or the file's own name; where two folders hold
    a file of one name, the later one gets its folder's name in front. Hidden files are read only when
    named themselves. A file reached twice is read once. Rows of `given` that no file answers to come
    last, as skipped.
    """
    walk = _Walk(given or SourcesTable())
    for path in sorted({os.fspath(path) for path in paths}):
        yield from walk.root(Path(path))
    yield from walk.unmatched()


def printable(path: str) -> str:
    """A file name as text that can be stored: bytes that are not UTF-8 become a backslash, x, two digits."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Walk:
    """What one walk has met so far."""

    def __init__(self, given: SourcesTable) -> None:
        self.given = given
        self.rows = given.index()
        self.table = str(Path(given.folder, given.name)) if given.name else ""
        self.inside: dict[str, list[Row]] = defaultdict(list)
        for row in self.given.rows:
            for above in list(PurePosixPath(spelled(row.path)).parents)[:-1]:
                self.inside[str(above)].append(row)
        self.matched: set[int] = set()
        self.names: set[str] = set()
        self.met: dict[tuple[int, int], str] = {}

    def root(self, path: Path) -> Iterator[Raw | Skipped]:
        """A path as the user gave it."""
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            yield _skipped(str(path), _reason(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.folder(path, path)
        else:
            yield from self.file(path, path.parent)

    def folder(self, folder: Path, root: Path) -> Iterator[Raw | Skipped]:
        """Everything in a folder and the folders inside it; a stack, since depth knows no limit."""
        stack = [folder]
        while stack:
            path = stack.pop()
            try:
                status = path.stat()
                inside = sorted(path.iterdir(), reverse=True) if self._new_folder(path, status) else None
            except (OSError, ValueError) as error:
                yield _skipped(_relative(path, root), _reason(error))
                continue
            if not stat.S_ISDIR(status.st_mode):
                yield from self.file(path, root)
            elif inside is None:
                yield _skipped(_relative(path, root), f"folder already read as {self.met[_key(status)]}")
            else:
                hidden = [child for child in inside if child.name.startswith(".")]
                yield from (
                    _skipped(_relative(child, root), "hidden; name it to have it read")
                    for child in reversed(hidden)
                )
                stack.extend(child for child in inside if not child.name.startswith("."))

    def _new_folder(self, path: Path, status: os.stat_result) -> bool:
        """Whether this is a folder not met before; a link back to a folder above is met already."""
        return stat.S_ISDIR(status.st_mode) and self._first(status, str(path)) is None

    def _first(self, status: os.stat_result, name: str) -> str | None:
        """The name under which this file or folder was met first; None if that is now."""
        first = self.met.get(_key(status))
        self.met.setdefault(_key(status), name)
        return first

    def file(self, path: Path, root: Path) -> Iterator[Raw | Skipped]:
        """One file that is not a folder."""
        name = _relative(path, root)
        try:
            row = self._row(path, name)
            if self.table and str(path.resolve()) == self.table:
                return  # the table of sources speaks of the documents; it is none of them
            data = self._bytes(path, name)
        except _Refused as refused:
            yield _skipped(name, str(refused))
            return
        except (OSError, ValueError) as error:
            yield _skipped(name, _reason(error))
            return
        yield Raw(data, self._unique(name, root), self._given(row, name))

    def _given(self, row: Row | None, name: str) -> dict[str, str]:
        """The file's row of the table, and under one key the rows that speak of what is in it."""
        inside = self.inside.get(spelled(name), [])
        given = self.given.given(row) if row else {}
        if inside:
            self.matched.update(found.line for found in inside)
            rows = {spelled(found.path): self.given.given(found) for found in inside}
            given[INSIDE] = msgspec.json.encode(rows).decode()
        return given

    def _bytes(self, path: Path, name: str) -> bytes:
        descriptor = os.open(path, _OPEN)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            kind = next((word for test, word in _KINDS if test(status.st_mode)), None)
            if kind:
                raise _Refused(f"not a file but {kind}")
            first = self._first(status, name)
            if first:
                raise _Refused(f"the same file as {first}, which was read")
            # Size first, so that a file of any size costs nothing; the limit again, since sizes can lie.
            head = file.read(_HEAD)
            limit = LIMIT_PACKED if binary_kind(head) else LIMIT
            data = head + file.read(limit + 1 - len(head)) if status.st_size <= limit else head
            if status.st_size > limit or len(data) > limit:
                raise _Refused(
                    f"too large: {max(status.st_size, len(data)):,} bytes, at most {limit:,} are read"
                )
            return data

    def _row(self, path: Path, name: str) -> Row | None:
        keys = (name, str(path), str(path.resolve()), path.name)
        row = next((self.rows[key] for key in map(spelled, keys) if key in self.rows), None)
        if row:
            self.matched.add(row.line)
        return row

    def _unique(self, name: str, root: Path) -> str:
        """`name`, with as much of the path to its folder in front as it takes to be the only one."""
        above = [part for part in root.resolve().parts if part != os.sep]
        unique = name
        while unique in self.names and above:
            unique = f"{printable(above.pop())}/{unique}"
        self.names.add(unique)
        return unique

    def unmatched(self) -> Iterator[Skipped]:
        """The rows of the table that no file answered to."""
        for row in self.given.rows:
            if row.line not in self.matched:
                yield _skipped(row.path, f"{self.given.name}, row {row.line}: no file of this path was given")


class _Refused(Exception):
    """A file that could be read but must not be; the message is the reason."""


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _relative(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix() if path != root else str(path)
    return printable(name)


def _skipped(path: str, why: str) -> Skipped:
    return Skipped(path=printable(path), stage="read", why=why)


def _reason(error: OSError | ValueError) -> str:
    """An operating system's error in words that say what to do."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
