"""A worker that meets bytes from strangers: no network, no programs, no files written."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import Any, Final

if sys.platform != "win32":
    import resource

#: What Python code here has no business doing. An attack on a C library does not pass by these; the
#: namespace without a network and the limit on written files are for that.
_REFUSED: Final = frozenset((
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn",
    "os.fork", "os.forkpty", "os.startfile", "webbrowser.open", "urllib.Request",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "shutil.rmtree",
))  # fmt: skip
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NEW_USER_AND_NETWORK: Final = 0x10000000 | 0x40000000  # unshare(2), CLONE_NEWUSER | CLONE_NEWNET


def seal() -> None:
    """Give up network, programs, writing and the terminal for the rest of this process.

    As far as the system lets it: a network namespace of its own needs Linux with user namespaces.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)
    if sys.platform != "win32":
        with suppress(ValueError, OSError):  # a lower limit is in force already
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.environ.clear()
    # Parsers complain of every line of a broken file; what matters comes back as a reason.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    # Without this a file opened for writing is left behind empty: the limit on size stops only its content.
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if writes or event in _REFUSED:
        raise PermissionError(f"a reader may not do this: {event}")
