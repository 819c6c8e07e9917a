"""The same pages as files: read-only, opening from disk, searched by an index of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from sourcebook import project
from sourcebook.errors import InputError
from sourcebook.views import redaction
from sourcebook.views.draw import world
from sourcebook.views.marks import lines, pieces
from sourcebook.web import rendering
from sourcebook.web.book import Book
from sourcebook.web.links import Filed
from sourcebook.web.pages import EITHER, MENU, PAGES, SINGLE, evidence
from sourcebook.web.pages.asking import Ask

#: Lies in the folder, so that a second run knows that it may replace what is there.
_MARKER: Final = "made-by-sourcebook.txt"
_ONE_DIGIT: Final = 4_000

Progress = Callable[[str, int, int], None]


def write(path: Path, out: Path, *, profile: str = "none", progress: Progress | None = None) -> int:
    """Write the site of a sourcebook into a folder; how many pages it has.

    Raises:
        InputError: the folder holds something else, or cannot be written.
    """
    record = redaction.redacted(project.record(path), profile)
    book = Book(record, path.name)
    try:
        _clear(out)
        return _Site(book, out, profile).write(progress or _silent)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}") from error


def _silent(step: str, done: int, of: int) -> None:
    del step, done, of


def _clear(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; name a folder")
    if out.is_dir() and any(out.iterdir()):
        if not (out / _MARKER).is_file():
            raise InputError(f"{out} holds something else; name an empty or a new folder")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARKER).write_text("Made by `sourcebook site`, which replaces what is in this folder.\n", "utf-8")


class _Site:
    """Writes the pages of one book."""

    def __init__(self, book: Book, out: Path, profile: str) -> None:
        self.book = book
        self.out = out
        self.links = Filed()
        claims = len(book.record.claims)
        self.digits = 1 if claims < _ONE_DIGIT else 2
        self.shared: dict[str, object] = {
            "menu": [m for m in MENU if m[0] != "review"],
            "digits": self.digits,
            "profile": redaction.PROFILES[profile] if profile != "none" else "",
        }

    def write(self, progress: Progress) -> int:
        """All of it."""
        with as_file(files("sourcebook.web") / "static") as static:
            shutil.copytree(static, self.out / "static")
        for name in world.FILES:
            (self.out / "static" / f"geo-{name}.js").write_bytes(world.script(name))
        jobs = list(self._jobs())
        for number, (name, of) in enumerate(jobs, 1):
            self._page(name, of)
            progress("writing pages", number, len(jobs))
        self._cards()
        self._index()
        return len(list(self.out.glob("*.html")))

    def _jobs(self) -> Iterator[tuple[str, str]]:
        record = self.book.record
        yield from (
            (name, "") for name in PAGES if (name not in SINGLE or name in EITHER) and name != "evidence"
        )
        yield from (("event", e.id) for e in record.events)
        yield from (("actor", e.id) for e in record.entities)
        yield from (("reader", d.id) for d in record.documents)
        yield from (("dossier", e.id) for e in record.entities if e.id in self.book.facts)
        tied = {*self.book.ties, *self.book.events_with}
        yield from (("network", e.id) for e in record.entities if e.id in tied)

    def _page(self, name: str, of: str) -> None:
        """One page; each part of a list is a file."""
        page, number, last = PAGES[name], 1, 1
        while number <= last:
            context = page.context(Ask(self.book, self.links, {"page": str(number)}, of))
            last = int(context.get("last", 1))
            self._file(self.links.page(name, of, page=str(number)), page.template, context, here=name)
            number += 1

    def _file(self, name: str, template: str, context: Mapping[str, Any], *, here: str) -> None:
        given = {**self.shared, **context, "here": here}
        html = rendering.render(template, book=self.book, links=self.links, **given)
        (self.out / name).write_text(html, "utf-8")

    def _cards(self) -> None:
        """Evidence in parts by the first digits of its id, loaded when a value is opened."""
        parts: dict[str, dict[str, str]] = {}
        wanted = {c.id for c in self.book.record.claims} | self.links.asked
        for identifier in sorted(wanted):
            context = evidence.context(Ask(self.book, self.links, {"of": identifier}))
            html = rendering.render("cards.html", book=self.book, links=self.links, **context)
            parts.setdefault(identifier[2 : 2 + self.digits], {})[identifier] = html
        for part, held in sorted(parts.items()):
            self._script(f"cards-{part}.js", "sourcebookHold", held)

    def _index(self) -> None:
        """Names, events and paragraphs, with where each is."""
        record = self.book.record
        rows: list[Sequence[str]] = [
            ("name", e.name, self.links.page("actor", e.id), "; ".join(e.called)) for e in record.entities
        ]
        rows += [("event", e.label, self.links.page("event", e.id), "") for e in record.events]
        for document in record.documents:
            whole = pieces(document.text, 0, len(document.text), marks=())
            for number, line in enumerate(lines(whole), 1):
                text = "".join(p.text for p in line).strip()
                address = f"{self.links.page('reader', document.id)}#p{number}"
                rows.append(("text", document.title or document.path, address, text))
        shown = [[rendering.visible(text) for text in row] for row in rows]
        self._script("search.js", "sourcebookIndex", shown)

    def _script(self, name: str, call: str, held: object) -> None:
        # JSON is JavaScript but for these two line ends; "<" must not end a script that somebody inlines.
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        for character in "\u2028\u2029<":
            text = text.replace(character, f"\\u{ord(character):04x}")
        (self.out / "static" / name).write_text(f"{call}({text});\n", "utf-8")
