"""What an HTML page states about itself: JSON-LD (schema.org), Open Graph, <meta>, <time>, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from selectolax.lexbor import LexborHTMLParser

from sourcebook.text.dates import parse

#: schema.org types that are a report.
_REPORTS: Final = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "Report BlogPosting LiveBlogPosting ScholarlyArticle SocialMediaPosting WebPage".split()
)
#: field, attribute that names it, name: Open Graph first, then what other vocabularies call it.
_META: Final = (
    ("title", "property", "og:title"), ("title", "name", "twitter:title"), ("title", "name", "dc.title"),
    ("author", "name", "author"), ("author", "property", "article:author"), ("author", "name", "dc.creator"),
    ("publisher", "property", "og:site_name"), ("publisher", "name", "dc.publisher"),
    ("publisher", "name", "application-name"),
    ("published", "property", "article:published_time"), ("published", "name", "date"),
    ("published", "name", "pubdate"), ("published", "name", "dc.date"),
    ("published", "name", "dcterms.created"),
    ("published", "itemprop", "datePublished"), ("url", "property", "og:url"),
)  # fmt: skip


def stated(tree: LexborHTMLParser) -> tuple[dict[str, str], dict[str, str]]:
    """Title, author, publisher, published, url and language as far as stated, and where each stands."""
    values: dict[str, str] = {}
    where: dict[str, str] = {}
    for field, value, place in (*_json_ld(tree), *_meta(tree), *_elements(tree)):
        value = " ".join(value.split())[:500]
        unusable = not value or (field == "published" and parse(value) is None)
        # An author given as an address is a link to a profile, not a name.
        if field not in values and not unusable and not (field == "author" and "://" in value):
            values[field], where[field] = value, place
    return values, where


def _json_ld(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        try:
            content = msgspec.json.decode(script.text())
        except (msgspec.DecodeError, RecursionError):
            continue  # a broken block states nothing; the other places are still asked
        for node in _nodes(content):
            kinds = node.get("@type")
            if not set(kinds if isinstance(kinds, list) else [kinds]) & _REPORTS:
                continue
            names = (
                ("title", "headline"), ("author", "author"), ("publisher", "publisher"),
                ("published", "datePublished"), ("url", "url"), ("language", "inLanguage"),
            )  # fmt: skip
            yield from ((field, _name(node.get(key)), f"JSON-LD {key}") for field, key in names)


def _nodes(content: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, the members of a list, the members of @graph."""
    for node in content if isinstance(content, list) else [content]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()
            )


def _name(value: Any) -> str:
    """A name given as words, as an object with a name, or as a list of either."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(one) for one in value[:10] if not isinstance(one, list))))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _meta(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    tags: dict[tuple[str, str], str] = {}
    for node in tree.css("meta[content]")[:300]:
        for attribute in ("property", "name", "itemprop"):
            name = node.attributes.get(attribute)
            if name:
                tags.setdefault((attribute, name.casefold()), node.attributes.get("content") or "")
    for field, attribute, name in _META:
        yield field, tags.get((attribute, name.casefold()), ""), f"meta {name}"


def _elements(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    for selector in ("time[itemprop=datePublished]", "article time[datetime]", "time[datetime]"):
        node = tree.css_first(selector)
        if node:
            yield "published", node.attributes.get("datetime") or node.text(), "time element"
    title = tree.css_first("head > title")
    yield "title", title.text() if title else "", "title of the page"
    link = tree.css_first("link[rel=canonical]")
    yield "url", (link.attributes.get("href") or "") if link else "", "canonical link"
    root = tree.root
    code = (root.attributes.get("lang") or "") if root else ""
    yield "language", code.partition("-")[0].casefold(), "lang attribute"
