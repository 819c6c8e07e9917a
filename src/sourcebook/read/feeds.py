"""RSS, RDF, Atom and JSON feeds: each entry a document, dated by what the feed says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import entities
from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read import html
from sourcebook.read.encodings import decode
from sourcebook.read.page import Page, Part
from sourcebook.read.xml import feed

_ENTRIES: Final = 20_000
#: Elements of an entry by their meaning, the one to be believed first; the rest is not asked.
_TEXTS: Final = ("encoded", "content", "description", "summary", "content_html", "content_text")
_DATES: Final = ("pubDate", "published", "date_published", "issued", "date", "created")
_FIRST: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("title", ("title",)), ("author", ("creator", "author", "name")), ("url", ("link", "url", "origLink")),
)  # fmt: skip
_UPDATED: Final = ("updated", "modified", "date_modified")
_ENCODING: Final = re.compile(rb"<\?xml[^>]{1,80}encoding=[\"']([\w.:-]{2,40})")
#: Entities that HTML has and XML has not; an ampersand that begins no entity.
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE: Final = re.compile(r"&(?!#?\w{1,31};)")
_TEXTUAL: Final = frozenset((*_TEXTS, "title", "summary"))


class _Feed:
    """An XML target that gathers entries, each as its elements' texts by name, and the feed's own."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []
        self.own: dict[str, str] = {}
        self._entry: dict[str, str] | None = None
        self._open: list[str] = []
        self._markup = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._markup:
            # XHTML within an Atom entry: written out again, for the reader of pages.
            self._text(f"<{name}>")
        elif name in ("item", "entry"):
            self._entry = {}
            if len(self.entries) < _ENTRIES:
                self.entries.append(self._entry)
        elif name == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
            self._into().setdefault("link", attributes["href"])
        elif name in _TEXTUAL and attributes.get("type", "").endswith("xhtml"):
            self._markup = name
        self._open.append(name)

    def end(self, name: str) -> None:
        """An element ends."""
        self._open.pop()
        if self._markup and name == self._markup and name not in self._open:
            self._markup = ""
        elif self._markup:
            self._text(f"</{name}>")
        elif name in ("item", "entry"):
            self._entry = None

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if self._open:
            self._text(text.replace("&", "&amp;").replace("<", "&lt;") if self._markup else text)

    def _into(self) -> dict[str, str]:
        return self.own if self._entry is None else self._entry

    def _text(self, text: str) -> None:
        name = self._markup or self._open[-1]
        into = self._into()
        into[name] = (into.get(name, "") + text)[:2_000_000]


def entries(raw: Raw) -> Iterator[Part | Skipped]:
    """The entries of a feed in RSS, RDF or Atom.

    Raises:
        UnreadableDocument: it declares entities, or has no entry.
    """
    target = _Feed()
    broken = feed(_mended(raw.data), target, doctype=True, encoding="utf-8")
    if not target.entries:
        raise UnreadableDocument(broken or "a feed without entries")
    own = " ".join(target.own.get("title", "").split())
    yield from parts(raw, target.entries, own)
    if broken:
        yield Skipped(path=f"{raw.path}, after entry {len(target.entries)}", stage="read", why=broken)


def _mended(data: bytes) -> bytes:
    """The feed in UTF-8, with what most feeds get wrong put right: entities of HTML, and bare ampersands."""
    declared = _ENCODING.search(data[:200])
    text = decode(data, declared=declared[1].decode("ascii") if declared else None).text
    text = _ENTITY.sub(lambda found: entities.html5.get(f"{found[1]};", found[0]), text)
    return _BARE.sub("&amp;", text).lstrip().encode("utf-8", "replace")


def parts(raw: Raw, found: list[dict[str, str]], feed_title: str) -> Iterator[Part | Skipped]:
    """Entries as documents, given the texts of each one's elements by name."""
    for number, entry in enumerate(found, 1):
        name = f"entry-{number:04}"
        page = _page(entry, feed_title)
        if page is None:
            yield Skipped(path=f"{raw.path}/{name}", stage="read", why="an entry without text")
        else:
            yield Part(name, page)


def _page(entry: dict[str, str], feed_title: str) -> Page | None:
    texts = [_plain(entry[name]) for name in _TEXTS if entry.get(name, "").strip()]
    body = max(texts, key=len, default="")
    title = _plain(entry.get("title", "")).replace("\n", " ")
    text = "\n\n".join(part for part in (title, body if body != title else "") if part)
    if not text:
        return None
    said: dict[str, tuple[str, str]] = {}
    for field, names in _FIRST:
        given = next((name for name in names if entry.get(name, "").strip()), None)
        if given:
            said[field] = (" ".join(_plain(entry[given]).split()), f"feed entry {given}")
    for field, names in (("published", _DATES), ("modified", _UPDATED)):
        given = next((name for name in names if day(entry.get(name, ""))), None)
        if given:
            said[field] = (day(entry[given]), f"feed entry {given}")
    if feed_title:
        said["publisher"] = (feed_title, "title of the feed")
    said["title"] = (title, "feed entry title")
    kept = {field: value for field, value in said.items() if value[0]}
    return Page(
        f"{text}\n", "utf-8", (), {f: v for f, (v, _) in kept.items()}, {f: w for f, (_, w) in kept.items()}
    )


def _plain(text: str) -> str:
    """The paragraphs of an entry's text, which is a piece of a page as often as not."""
    if "<" not in text and "&" not in text:
        return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
    try:
        return html.page_of(f"<body>{text}</body>", "utf-8").text.strip()
    except UnreadableDocument:
        return ""


def day(written: str) -> str:
    """A feed's date (RFC 3339, or RFC 822 as RSS has it) as an ISO time with its zone, "" if it is none."""
    written = " ".join(written.split())[:100]
    if written[:4].isdecimal():
        return written
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
