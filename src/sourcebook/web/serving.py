"""A sourcebook served to this computer's browser."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn

from sourcebook.errors import InputError
from sourcebook.web import app
from sourcebook.web.patience import Patience
from sourcebook.web.safety import Session

#: Loopback and nothing else: the record is nobody's business on the network.
HOST: Final = "127.0.0.1"


def serve(path: Path, *, port: int, opens: bool, reviewer: str, tell: Callable[[str], None]) -> None:
    """Serve the sourcebook at `path` until interrupted; `tell` gets the address that opens it, once.

    Raises:
        InputError: the port is taken.
        StoreError: the file is no sourcebook, or damaged.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise InputError(f"port {port} is taken; give another with --port, or 0 for any") from error
        # Whoever opens the address before the server takes it up waits for it, and is not turned away.
        listener.listen()
        bound = listener.getsockname()[1]
        session = Session(port=bound)
        shelf_app = app.make(path, session, reviewer=reviewer, rehearses=True)
        address = f"http://{HOST}:{bound}/?token={session.token}"
        tell(address)
        if opens:
            webbrowser.open(address)
        settings = uvicorn.Config(
            shelf_app,
            http=Patience,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
        )
        uvicorn.Server(settings).run(sockets=[listener])
