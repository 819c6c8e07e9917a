"""Prints how a served record bears three readers, two reviewers and a build into the same file, all at once.

    PYTHONPATH=src python benchmarks/load.py [SECONDS] [DOCUMENTS]

`serve` and `build` are processes of their own, as they are for users; the pile is that of big_pile.py. The
readers ask for page after page, at first alone (the quiet to compare with), then while ten documents at a
time are built into the file and each reviewer leaves out a claim every other second, then until the pages show
all of that and a little longer. A decision is lost if it was answered for and is not in the log at the end.
"""

from __future__ import annotations

import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final

import big_pile

from sourcebook import project
from sourcebook.model import Record

RUN: Final = (sys.executable, "-m", "sourcebook")
MENU: Final = (
    "/", "/events", "/actors", "/map", "/timeline", "/network", "/contested", "/ask", "/sources", "/coverage",
    "/about", "/review", "/search?q=attack",
)  # fmt: skip
READERS: Final = 3
REVIEWERS: Final = ("Ilse", "Odo")
#: How long a reader looks at a page, and a reviewer at a claim.
LOOKS, THINKS = 0.2, 2.0
BUILDS: Final = 8
#: How long to wait at most for what was built and decided to be shown, and to read on then.
SETTLES, AFTER = 90.0, 8.0
#: So many kinds of page are told of by themselves.
SLOWEST: Final = 5


class Client:
    """A browser without scripts; keeps how long each page took, and what was refused."""

    def __init__(self, base: str, cookies: http.cookiejar.CookieJar) -> None:
        self.base, self.cookies = base, cookies
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        self.times: list[tuple[float, str]] = []
        self.refused: list[str] = []
        #: Events and actors that are not there any more: joined with others since the pages were chosen.
        self.gone: list[str] = []

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.base + path, body, {"Origin": self.base} if form else {})
        began = time.perf_counter()
        try:
            with self.opener.open(request, timeout=60) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as error:
            page = error.read().decode()
            kept = self.gone if error.code == 404 else self.refused
            kept.append(f"{error.code} {path} {re.sub('<[^>]+>', ' ', page)[-300:]}")
        self.times.append((time.perf_counter() - began, path))
        return page


class Reviewer(Client):
    """Leaves out claims, signed; `sent` are those that were answered for."""

    def __init__(self, base: str, cookies: http.cookiejar.CookieJar, name: str) -> None:
        super().__init__(base, cookies)
        self.name = name
        self.sent: list[str] = []

    def review(self, claims: Sequence[str], until: float) -> None:
        found = re.search(r'name="token" value="([^"]+)"', self.ask("/review"))
        token = found[1] if found else ""
        for claim in claims:
            if time.monotonic() > until:
                return
            form = {"verdict": "reject", "about": claim, "by": self.name, "back": "/review", "token": token}
            if f"reject by <bdi>{self.name}" in self.ask("/decide", form):
                self.sent.append(claim)
            time.sleep(THINKS)


def read(client: Client, paths: Sequence[str], over: Callable[[], bool]) -> None:
    for path in cycle(paths):
        if over():
            return
        client.ask(path)
        time.sleep(LOOKS)


def reading(
    clients: Sequence[Client], paths: Sequence[str], over: Callable[[], bool]
) -> list[Callable[[], None]]:
    """What each reader does: the same pages, each from another one on."""
    return [lambda n=n, c=c: read(c, turned(paths, n), over) for n, c in enumerate(clients)]  # type: ignore[misc]


def after(seconds: float) -> Callable[[], bool]:
    """Whether so much time has passed since now."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


@contextmanager
def served(file: Path) -> Iterator[tuple[str, http.cookiejar.CookieJar]]:
    """The address of a server, and the cookies of a browser that opened it."""
    command = [*RUN, "serve", str(file), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            cookies = http.cookiejar.CookieJar()
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
            browser.open(address, timeout=60).close()
            yield address.partition("/?")[0], cookies
        finally:
            server.terminate()


def together(jobs: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def load(file: Path, more: Path, seconds: float) -> None:
    record = project.record(file)
    paths, claims = pages(record), [c.id for c in record.claims]
    with served(file) as (base, cookies):
        quiet = [Client(base, cookies) for _ in range(READERS)]
        together(reading(quiet, paths, after(seconds / 3)))
        tell("alone", quiet)
        readers = [Client(base, cookies) for _ in range(READERS)]
        reviewers = [Reviewer(base, cookies, name) for name in REVIEWERS]
        built: list[tuple[int, str]] = []
        until = time.monotonic() + seconds
        together([
            *reading(readers, paths, after(seconds)),
            *(lambda n=n, r=r: r.review(claims[n::2], until) for n, r in enumerate(reviewers)),  # type: ignore[misc]
            lambda: build(file, more, built, until),
        ])  # fmt: skip
        later = [Client(base, cookies) for _ in range(READERS)]
        shown = settle(later, paths)
    tell("while others decide and build", readers)
    tell("    decisions", reviewers)
    tell("until it is shown, and after", later)
    print("by kind, all three times:")
    tell_kinds([*quiet, *readers, *later])
    judge(file, [*quiet, *readers, *later, *reviewers], reviewers, built, len(record.documents))
    print(f"the pages show {shown} documents at the end")


def settle(clients: Sequence[Client], paths: Sequence[str]) -> str:
    """Read until the record shown is that of the file, and for a while after; how many documents it has."""
    over = threading.Event()
    watch = Client(clients[0].base, clients[0].cookies)

    def wait() -> None:
        latest = time.monotonic() + SETTLES
        while time.monotonic() < latest and json.loads(watch.ask("/state"))["waiting"]:
            time.sleep(1)
        time.sleep(AFTER)
        over.set()

    together([wait, *reading(clients, paths, over.is_set)])
    found = re.search(r"<strong>(\d+)</strong> documents?</li>", watch.ask("/"))
    return found[1] if found else "no"


def turned(paths: Sequence[str], number: int) -> list[str]:
    """The same pages from another one on."""
    at = number * len(paths) // READERS
    return [*paths[at:], *paths[:at]]


def build(file: Path, more: Path, built: list[tuple[int, str]], until: float) -> None:
    for folder in sorted(more.iterdir()):
        if time.monotonic() > until:
            return
        command = [*RUN, "build", str(folder), "-o", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        built.append((done.returncode, done.stderr))


def pages(record: Record) -> list[str]:
    told = sorted(record.events, key=lambda e: (-len(e.claims), e.id))
    named = sorted(record.entities, key=lambda e: (-len(e.mentions), e.id))
    return [
        *MENU,
        *(f"/event/{e.id}" for e in told[:20]),
        *(f"/actor/{e.id}" for e in named[:20]),
        *(f"/reader/{d.id}" for d in record.documents[:20]),
    ]


def tell(label: str, clients: Sequence[Client]) -> None:
    times = sorted(t for c in clients for t in c.times)
    p50, p95, p99 = (at_share([t for t, _ in times], share) for share in (0.5, 0.95, 0.99))
    slow = ", ".join(f"{path} {t * 1000:.0f}" for t, path in times[-3:])
    print(f"{label:32} {len(times):5} pages: p50 {p50:4.0f}, p95 {p95:4.0f}, p99 {p99:4.0f} ms; worst {slow}")


def at_share(times: Sequence[float], share: float) -> float:
    """What so great a share of times lies below, in milliseconds."""
    return sorted(times)[int(len(times) * share)] * 1000


def tell_kinds(clients: Sequence[Client]) -> None:
    """The five kinds of page that take longest."""
    kinds: dict[str, list[float]] = {}
    for taken, path in (t for c in clients for t in c.times):
        kinds.setdefault("/" + re.split("[/?]", path)[1], []).append(taken)
    worst = sorted(kinds.items(), key=lambda kind: -at_share(kind[1], 0.99))[:SLOWEST]
    for kind, times in worst:
        p50, p99 = at_share(times, 0.5), at_share(times, 0.99)
        print(f"    {kind:12} {len(times):4} times: p50 {p50:4.0f}, p99 {p99:4.0f} ms")


def judge(
    file: Path,
    clients: Sequence[Client],
    reviewers: Sequence[Reviewer],
    built: list[tuple[int, str]],
    had: int,
) -> None:
    after = project.record(file)
    refused = [r for c in clients for r in c.refused]
    locked = sum("locked" in r for r in refused) + sum("locked" in said for _, said in built)
    log = {(d.by, d.about[0]) for d in after.decisions}
    sent = [(r.name, claim) for r in reviewers for claim in r.sent]
    lost = [s for s in sent if s not in log]
    failed = sum(code not in (0, 3) for code, _ in built)
    print(f"{len(after.documents) - had} documents added in {len(built)} builds, {failed} failed")
    gone = sum(len(c.gone) for c in clients)
    print(f"{len(sent)} decisions kept, {len(lost)} lost; {len(refused)} requests refused, {locked} locked")
    print(f"{gone} pages asked for of what was joined with something else meanwhile")
    for line in dict.fromkeys(refused[:5]):
        print("refused:", line)


def main() -> None:
    """Make the piles, build the first, and load it."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    count = sys.argv[2] if len(sys.argv) > 2 else "100"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make = [sys.executable, big_pile.__file__]
        subprocess.run([*make, count, str(root / "first")], check=True, stdout=subprocess.DEVNULL)
        for number in range(BUILDS):
            command = [*make, "10", str(root / "more" / str(number)), str(number + 50)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        file = root / "load.sourcebook"
        subprocess.run([*RUN, "build", str(root / "first"), "-o", str(file)], check=True, capture_output=True)
        load(file, root / "more", seconds)


if __name__ == "__main__":
    main()
