"""Markdown: the canonical text is the source, its markup masked (the common parts of CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sourcebook.model import Mask
from sourcebook.read.encodings import decode
from sourcebook.read.page import Page, line_ends

#: Front matter: `---`, lines of `key: value`, `---`, at the very top.
_MATTER: Final = re.compile(
    r"\A---[ \t]{0,9}\n(?P<body>(?:[^\n]{0,1000}\n){0,60}?)(?:---|\.\.\.)[ \t]{0,9}(?:\n|\Z)"
)
_KEY: Final = re.compile(r"^(?P<key>[A-Za-z_-]{1,30}):[ \t]{1,9}(?P<value>\S[^\n]{0,900})$", re.MULTILINE)
_KEYS: Final = {
    "title": "title", "author": "author", "authors": "author", "date": "published", "published": "published",
    "publisher": "publisher", "source": "publisher", "url": "url", "link": "url", "lang": "language",
    "language": "language",
}  # fmt: skip
_FENCE: Final = re.compile(r"[ ]{0,3}(```|~~~)")
#: Marks at the head of a line: heading, quotation, bullet, number of a list, rule, underline of a heading.
_LINE_HEAD: Final = re.compile(
    r"[ \t]{0,12}(?:#{1,6}(?=[ \t])|(?:>[ \t]?){1,6}|[-*+](?=[ \t])|\d{1,3}[.)](?=[ \t]))"
)
_RULE: Final = re.compile(
    # A bar between cells is a must: else a long row of dashes could be cut up in countless ways.
    r"[ ]{0,3}(?:(?:[-*_=][ \t]{0,3}){3,200}"
    r"|\|?[ \t]{0,3}:?-{3,60}:?[ \t]{0,3}(?:\|[ \t]{0,3}:?-{3,60}:?[ \t]{0,3}){0,40}\|?)[ \t]{0,9}$"
)
_HEADING: Final = re.compile(
    r"^[ ]{0,3}#[ \t]{1,3}(?P<title>[^\n#][^\n]{0,200}?)[ \t]{0,9}#{0,6}$", re.MULTILINE
)
#: Inside a line: comments, pictures, the target of a link, its brackets, emphasis, code, tags, escapes.
_INLINE: Final = (
    re.compile(r"<!--.{0,2000}?-->", re.DOTALL),
    re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)"),
    re.compile(r"(?<=\])(?:\([^()\n]{0,600}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?\)|\[[^\]\n]{0,60}\])"),
    re.compile(r"\[(?=[^\]\n]{1,400}\][(\[])|(?<!\\)\](?=[(\[])"),
    re.compile(
        r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`{1,3}"
    ),
    re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,300})?/?>|<(?=https?://)"),
    re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>~|-])"),
    re.compile(r"(?<!\\)\|"),
    re.compile(r"^[ ]{0,3}\[[^\]\n]{1,60}\]:[^\n]{1,600}$", re.MULTILINE),
)
_SIGNS: Final = (
    (2, re.compile(r"^#{1,6} \S", re.MULTILINE)),
    (2, re.compile(r"(?<!!)\[[^\]\n]{1,300}\]\((?:https?:|/|#|mailto:)[^)\n]{0,600}\)")),
    (1, re.compile(r"(?<!\w)(?:\*\*|__)[^*_\n]{1,200}(?:\*\*|__)(?!\w)")),
    (1, re.compile(r"^>{1,3} \S", re.MULTILINE)),
    (2, re.compile(r"^```", re.MULTILINE)),
    (2, re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{1,600}\)")),
    (1, re.compile(r"^[*+-] \S[^\n]{0,300}\n[*+-] \S", re.MULTILINE)),
)
_SAMPLE: Final = 20_000
_ENOUGH: Final = 2


def looks(text: str) -> bool:
    """Whether `text` is written in Markdown: a heading, a link, a fence, or two weaker signs."""
    sample = text[:_SAMPLE]
    matter = _MATTER.match(sample)
    if matter and _KEY.search(matter["body"]):
        return True
    return sum(weight for weight, sign in _SIGNS if sign.search(sample)) >= _ENOUGH


def page(data: bytes) -> Page:
    """The whole file, its markup masked."""
    text, encoding = decode(data)
    text = line_ends(text)
    stated, stated_in = _stated(text)
    return Page(text, encoding, tuple(_merged(_markup(text))), stated, stated_in)


def _stated(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the front matter states, and where."""
    matter = _MATTER.match(text)
    stated: dict[str, str] = {}
    stated_in: dict[str, str] = {}
    for found in _KEY.finditer(matter["body"]) if matter else ():
        key = _KEYS.get(found["key"].casefold())
        if key:
            stated[key] = found["value"].strip().strip("\"'")
            stated_in[key] = f"front matter, {found['key']}"
    heading = _HEADING.search(text, matter.end() if matter else 0)
    if heading and "title" not in stated:
        stated["title"], stated_in["title"] = heading["title"], "first heading"
    return stated, stated_in


def _markup(text: str) -> Iterator[tuple[int, int]]:
    matter = _MATTER.match(text)
    at = matter.end() if matter else 0
    if matter:
        yield 0, at
    fenced = False
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        fence = _FENCE.match(line)
        if fence or fenced or _RULE.match(line):
            yield at, stop
            fenced = fenced != bool(fence)
        else:
            head = _LINE_HEAD.match(line)
            if head:
                yield at, at + head.end()
        at = stop + 1
    for pattern in _INLINE:
        yield from (found.span() for found in pattern.finditer(text))


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[Mask]:
    start = end = 0
    for left, right in sorted(span for span in spans if span[0] < span[1]):
        if left > end:
            if start < end:
                yield Mask(start, end, "markup")
            start = left
        end = max(end, right)
    if start < end:
        yield Mask(start, end, "markup")
