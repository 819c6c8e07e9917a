"""Writes of SQLite that fail when told to: its system calls replaced, as its authors' tests do.

By xSetSystemCall of its VFS. The files and the SQLite are real; only what the system answers is not.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from typing import Final

_SKIPPED: Final = 13  # methods of a VFS before those of system calls: xOpen to xCurrentTimeInt64


class _Vfs(Structure):
    pass


_Set = CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_void_p)
_Get = CFUNCTYPE(c_void_p, POINTER(_Vfs), c_char_p)
_Vfs._fields_ = [
    ("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
    ("own", c_void_p), ("methods", c_void_p * _SKIPPED), ("set_call", _Set), ("get_call", _Get),
]  # fmt: skip

_PWRITE = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t, c_int64, use_errno=True)
_WRITE = CFUNCTYPE(c_ssize_t, c_int, c_void_p, c_size_t, use_errno=True)
_TRUNCATE = CFUNCTYPE(c_int, c_int, c_int64, use_errno=True)
_UNLINK = CFUNCTYPE(c_int, c_char_p, use_errno=True)
#: What changes a file, by the name that SQLite has for it.
_KINDS: Final = {
    b"pwrite64": _PWRITE, b"pwrite": _PWRITE, b"write": _WRITE, b"ftruncate": _TRUNCATE, b"unlink": _UNLINK,
}  # fmt: skip


class Disk:
    """How many writes were asked for, and which fails: that one alone, or all that follow as well."""

    def __init__(self, number: int, code: int, *, for_good: bool) -> None:
        self.asked = 0
        self.number = number
        self.code = code
        self.for_good = for_good

    def refuses(self) -> bool:
        """Whether the write that is asked for now fails."""
        self.asked += 1
        return self.asked == self.number or (self.for_good and 0 < self.number < self.asked)


@contextmanager
def failing(number: int = 0, code: int = errno.ENOSPC, *, for_good: bool = False) -> Iterator[Disk]:
    """SQLite's write of that number fails with `code`; none for 0.

    With `for_good` so do all after it, so that the files are left as a program would that was killed there.
    """
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    disk = Disk(number, code, for_good=for_good)
    kept = []
    for name, kind in _KINDS.items():
        real = vfs.contents.get_call(vfs, name)
        if real:
            made = kind(_refusing(kind(real), disk))
            kept.append(made)
            vfs.contents.set_call(vfs, name, ctypes.cast(made, c_void_p))
    try:
        yield disk
    finally:
        for name in _KINDS:
            vfs.contents.set_call(vfs, name, None)
        # Whoever was called while it was taken away is done with it now.
        kept.clear()


def _refusing(real, disk):
    def call(*arguments):
        if disk.refuses():
            ctypes.set_errno(disk.code)
            return -1
        return real(*arguments)

    return call
