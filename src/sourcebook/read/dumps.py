"""Dumps of articles: CSV, a JSON list, JSON Lines, JSON feeds; each row a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read import feeds, html, tables
from sourcebook.read.encodings import decode
from sourcebook.read.page import Page, Part, line_ends

_ROWS: Final = 50_000
_CELL: Final = 5_000_000


def rows(raw: Raw) -> Iterator[Part | Skipped]:
    """The articles of a CSV table whose first row names its columns.

    Raises:
        UnreadableDocument: no column is one of texts.
    """
    text = decode(raw.data).text.lstrip("\r\n")
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=tables.delimiter(text.split("\n", 1)[0]))
    header = [name.strip() for name in next(reader, [])]
    found = tables.columns(header, tables.given_columns(raw.given))
    if "text" not in found:
        raise UnreadableDocument(f"a table without a column of texts; it has: {', '.join(header)[:200]}")
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > _ROWS:
                yield _refused(raw, f"rows from {number} on", f"more than {_ROWS:,} rows in one table")
                return
            if any(cells):
                yield _article(raw, f"row-{number:05}", dict(zip(header, cells, strict=False)), found)
    except csv.Error as error:
        yield _refused(raw, f"rows after {number}", f"no CSV: {error}")


def articles(raw: Raw) -> Iterator[Part | Skipped]:
    """The articles of a JSON list, of JSON Lines, or the entries of a JSON feed.

    Raises:
        UnreadableDocument: nothing in it has a text.
    """
    data = raw.data.removeprefix(b"\xef\xbb\xbf")
    try:
        whole = msgspec.json.decode(data)
    except msgspec.DecodeError:
        yield from _json_lines(raw, data)
        return
    if isinstance(whole, dict) and "jsonfeed.org" in str(whole.get("version", "")):
        found = [_entry(item) for item in _objects(whole.get("items"))]
        yield from feeds.parts(raw, found, str(whole.get("title") or ""))
        return
    own = tables.given_columns(raw.given)
    objects = list(_articles_in(whole, own))
    if not objects:
        raise UnreadableDocument("JSON that is no list of articles: there is no reader for it")
    for number, found_one in enumerate(objects[:_ROWS], 1):
        yield _article(raw, f"item-{number:05}", *_flat(found_one, own))
    if len(objects) > _ROWS:
        yield _refused(raw, f"items from {_ROWS + 1} on", f"more than {_ROWS:,} items in one list")


def _articles_in(whole: Any, own: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Objects with a text: the list itself, one object alone, or the first list in an object that has any."""
    lists = [whole] if isinstance(whole, list) else [[whole]]
    if isinstance(whole, dict):
        lists += [value for value in whole.values() if isinstance(value, list)]
    for candidates in lists:
        objects = list(_objects(candidates))
        if any("text" in tables.columns(list(one), own) for one in objects[:20]):
            yield from objects
            return


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    yield from (one for one in (values if isinstance(values, list) else ()) if isinstance(one, dict))


def _json_lines(raw: Raw, data: bytes) -> Iterator[Part | Skipped]:
    nothing = True
    own = tables.given_columns(raw.given)
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        if number > _ROWS:
            yield _refused(raw, f"lines from {number} on", f"more than {_ROWS:,} lines in one file")
            return
        name = f"line-{number:05}"
        try:
            found = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            yield _refused(raw, name, f"no JSON: {error}")
            continue
        if not isinstance(found, dict) or "text" not in tables.columns(list(found), own):
            yield _refused(raw, name, "no object with a text")
            continue
        nothing = False
        yield _article(raw, name, *_flat(found, own))
    if nothing:
        raise UnreadableDocument("JSON Lines without a text: there is no reader for it")


def _flat(found: dict[str, Any], own: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """An object's values as words, and its columns."""
    return {key: _said(value) for key, value in found.items()}, tables.columns(list(found), own)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_said(one) for one in value[:20] if not isinstance(one, list))))
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return (
        value
        if isinstance(value, str)
        else ""
        if value is None or isinstance(value, dict | list)
        else str(value)
    )


def _entry(item: dict[str, Any]) -> dict[str, str]:
    authors = item.get("authors") or item.get("author")
    return {key: _said(value) for key, value in item.items()} | (
        {"author": _said(authors)} if authors else {}
    )


def _article(raw: Raw, name: str, cells: dict[str, str], found: dict[str, str]) -> Part | Skipped:
    """One row as a document: its title, then its text."""
    said = {field: cells.get(column, "").strip() for field, column in found.items()}
    text = _text(said.pop("text", ""))
    title = " ".join(said.get("title", "").split())
    if not text:
        return _refused(raw, name, "a row without a text")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    if "published" in said:
        said["published"] = feeds.day(said["published"]) or said["published"]
    kept = {field: value[:500] for field, value in said.items() if value}
    where = {field: f"column {found[field]}" for field in kept}
    return Part(name, Page(f"{text}\n", "utf-8", (), kept, where))


def _text(cell: str) -> str:
    if "</p>" in cell or "<br" in cell or "</div>" in cell:
        try:
            return html.page_of(f"<body>{cell}</body>", "utf-8").text.strip()
        except UnreadableDocument:
            return ""
    return line_ends(cell).replace("\0", "\N{REPLACEMENT CHARACTER}").strip()


def _refused(raw: Raw, name: str, why: str) -> Skipped:
    return Skipped(path=f"{raw.path}/{name}", stage="read", why=why)
