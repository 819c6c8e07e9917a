"""HTML: the canonical text is the page's title and the paragraphs of its main part; the rest is furniture.

Parsing is selectolax's (Lexbor, the HTML standard's own algorithm); what counts as furniture is a
word list (`lexicon/furniture.tsv`). See docs/decisions for why no larger library is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sourcebook.errors import UnreadableDocument
from sourcebook.read.encodings import decode
from sourcebook.read.metadata import stated
from sourcebook.read.page import Page, line_ends
from sourcebook.text.lexicon import rows

_LOOKS: Final = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAGS: Final = re.compile(rb"<(?:p|div|br|h[1-6]|a|article|span|li|ul|meta|title)[\s>/]", re.IGNORECASE)
_CLOSES: Final = re.compile(rb"</(?:p|div|h[1-6]|a|article|span|li|ul|title)>", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{1,200}?charset=[\"' ]{0,2}([\w:-]{2,40})", re.IGNORECASE)
_HEAD: Final = 4_096
_BLOCKS: Final = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th "
    "body address figure center details summary hr br".split()
)
_NEVER_FURNITURE: Final = frozenset(("html", "body", "main", "article", "p", "h1", "time"))
_NAME_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BLANKS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
#: A block of which links make up more than this, and that is no sentence, is a list of links.
_LINKED: Final = 0.5
_SENTENCE: Final = re.compile(r"[.!?…][”\"')]{0,2}$")
#: The part of a page's paragraphs that <article> or <main> must hold to be taken for the report.
_MAIN: Final = 0.4


def looks(data: bytes) -> bool:
    """Whether these bytes are an HTML page or a piece of one."""
    head = data[:_HEAD].replace(b"\0", b"")
    return bool(_LOOKS.search(head)) or (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
        and len(_TAGS.findall(head)) >= 1
        and bool(_CLOSES.search(head))
    )


def page(data: bytes) -> Page:
    """Title, then the main part's paragraphs with an empty line between.

    Raises:
        UnreadableDocument: the page has no text of its own.
    """
    charset = _CHARSET.search(data[:_HEAD])
    text, encoding = decode(data, declared=charset[1].decode("ascii", "ignore") if charset else None)
    return page_of(text, encoding)


def page_of(text: str, encoding: str) -> Page:
    """The same of a page that was decoded already.

    Raises:
        UnreadableDocument: the page has no text of its own.
    """
    tree = LexborHTMLParser(line_ends(text))
    says, where = stated(tree)
    paragraphs = _paragraphs(tree)
    if not paragraphs:
        raise UnreadableDocument("an HTML page without paragraphs of text")
    heading = tree.css_first("h1")
    title = _flat(heading.text()) if heading else ""
    title = title or says.get("title", "")
    if title:
        says, where = (
            {**says, "title": title},
            {**where, "title": "heading of the page" if heading else where["title"]},
        )
        paragraphs = [title, *(block for block in paragraphs if block != title)]
    return Page("\n\n".join(paragraphs) + "\n", encoding, (), says, where)


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


@cache
def _furniture() -> dict[str, frozenset[str]]:
    return {where: frozenset(words.split()) for where, words in rows("sourcebook.read", "furniture")}


def _is_furniture(node: LexborNode) -> bool:
    tag = node.tag or ""
    if tag in _furniture()["tag"]:
        return True
    if tag in _NEVER_FURNITURE:
        return False
    attributes = node.attributes
    if (
        attributes.get("role") in _furniture()["role"]
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
    ):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return any(word.casefold() in _furniture()["name"] for word in _NAME_WORD.findall(named[:300]))


def _paragraphs(tree: LexborHTMLParser) -> list[str]:
    """The blocks of the main part, or of the whole body where no part is marked as the main one."""
    body = tree.body
    if body is None:
        return []
    whole = list(_blocks(body))
    size = sum(map(len, whole))
    for selector in ("article", "main", "[role=main]"):
        parts = [list(_blocks(node)) for node in tree.css(selector)[:50]]
        best = max(parts, key=lambda blocks: sum(map(len, blocks)), default=[])
        if best and sum(map(len, best)) >= _MAIN * size:
            return best
    return whole


def _blocks(root: LexborNode) -> Iterator[str]:
    """The text of each block under `root` in order, furniture and lists of links left out."""
    pieces: list[str] = []
    linked = 0
    for event, node in _walk(root):
        if event == "text":
            words = node.text_content or ""
            pieces.append(words)
            if _inside_link(node):
                linked += len(words.strip())
        elif (node.tag or "") in _BLOCKS:
            yield from _block(pieces, linked)
            pieces, linked = [], 0
    yield from _block(pieces, linked)


def _block(pieces: list[str], linked: int) -> Iterator[str]:
    text = _flat("".join(pieces))
    if text and not (linked > _LINKED * len(text) and not _SENTENCE.search(text)):
        yield text


def _inside_link(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag == "a":
            return True
        parent = parent.parent
    return False


def _walk(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Text nodes and the opening and closing of elements, in document order, without recursion."""
    stack: list[tuple[str, LexborNode]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        if event == "close":
            yield event, node
        elif node.is_text_node:
            yield "text", node
        elif node.is_element_node and (node is root or not _is_furniture(node)):
            yield "open", node
            stack.append(("close", node))
            children = [("open", child) for child in node.iter(include_text=True)]
            stack.extend(reversed(children))
