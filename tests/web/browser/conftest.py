"""A real Chromium, the app on a free port, and what the browser complained of or asked others for."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from sourcebook.web import app
from sourcebook.web.patience import Patience
from sourcebook.web.safety import Session
from sourcebook.web.shelf import Settle
from web import questions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; where none is installed, and only there, these tests are skipped."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Running:
    """The app over one file, and its address that opens it once; `settle` as in `app.make`."""

    def __init__(self, path: Path, settle: Settle | None = questions.rebuild) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.session = Session(port=self.port)
        self.base = f"http://127.0.0.1:{self.port}"
        self.opens = f"{self.base}/?token={self.session.token}"
        served = app.make(path, self.session, settle=settle)
        config = uvicorn.Config(served, http=Patience, log_level="error", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]})

    def __enter__(self) -> Running:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        return self

    def __exit__(self, *error: object) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.listener.close()


class Watched:
    """A page, with every error it met and every address it asked of others."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.faults: list[str] = []
        page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.faults.append(str(e)))
        page.on(
            "request", lambda r: None if r.url.startswith((base, "file://")) else self.faults.append(r.url)
        )

    def go(self, path: str) -> Any:
        """Open a page of the app."""
        return self.page.goto(f"{self.base}{path}")


@pytest.fixture
def running(own: Path) -> Iterator[Running]:
    """The app over a copy of the example."""
    with Running(own) as made:
        yield made


@pytest.fixture
def opened(chromium: Any, running: Running) -> Iterator[Callable[..., Watched]]:
    """Opens the app in a new window; at the end nothing may have gone wrong or gone out."""
    made: list[tuple[Any, Watched]] = []

    def open_one(**options: Any) -> Watched:
        context = chromium.new_context(**options)
        context.set_default_timeout(6_000)
        watched = Watched(context.new_page(), running.base)
        made.append((context, watched))
        watched.page.goto(running.opens)
        return watched

    yield open_one
    for context, watched in made:
        context.close()
        assert watched.faults == []
