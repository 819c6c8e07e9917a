"""A dossier as Markdown and as one HTML file, its citations written so that they can be checked again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

from sourcebook.export.dossier_pictures import Picture, pictures
from sourcebook.model import ClaimId, DocumentId
from sourcebook.views import phrases
from sourcebook.views.dossier import Citation, Cited, Dossier, Sentence

#: The end of a citation in Markdown: [^1]: "words" (path, characters 10-20 of d-0123; claims c-0123, c-4567)
_NOTE: Final = re.compile(
    r"(?P<start>\d{1,10})-(?P<end>\d{1,10}) of (?P<document>d-\w{1,40});"
    r" claims (?P<claims>[\w, -]{1,20000})\)"
)
_MARK: Final = re.compile(r"\[\^(\d{1,6})\]")

_STYLE: Final = (
    "body{font:16px/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#1b1b1b;background:#fff}"
    "h1,h2{font-family:system-ui,sans-serif;line-height:1.2}sup a{text-decoration:none}"
    "ol{font-size:.87rem;padding-left:1.5rem}q{font-style:italic}code{font-size:.8rem}"
    "figure{margin:1rem 0;padding:.6rem;background:#fff;color:#1b1b1b;border:1px solid #d8d5cd}"
    "figure svg{width:100%;height:auto;display:block}figcaption{font-size:.8rem;margin-top:.4rem}"
    "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#15181c}a{color:#8ab4f8}}"
    "@media print{body{margin:0;max-width:none}}"
)


_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


class Written(NamedTuple):
    """What a dossier file says: its citations by number, and its sentences with the numbers they bear."""

    citations: dict[str, Citation]
    sentences: list[tuple[str, tuple[str, ...]]]
    gaps: list[str]


# -- Markdown -------------------------------------------------------------------------------------


def markdown(dossier: Dossier) -> str:
    """The dossier as Markdown with footnotes."""
    return "\n".join(_markdown(dossier)) + "\n"


def _markdown(dossier: Dossier) -> Iterator[str]:
    numbers = {citation: n for n, citation in enumerate(dossier.citations(), 1)}
    paths = {d.id: d.path for d in dossier.documents}
    yield f"# {_plain(dossier.subject)}"
    for section in dossier.sections:
        yield f"\n## {section.title}\n"
        for sentence in section.sentences:
            marks = "".join(f"[^{numbers[c]}]" for c in sentence.citations)
            yield f"- {_plain(sentence.text)} {marks}"
    if dossier.gaps:
        yield "\n## What the documents don't say\n"
        yield from (f"* {phrases.gap(question)}" for question in dossier.gaps)
    yield "\n## Documents\n"
    for document in dossier.documents:
        title = f", {_plain(document.title)}" if document.title else ""
        when = f", {document.published}" if document.published else ""
        rating = f"reliability {document.reliability}; " if document.reliability else ""
        where = f"({rating}{_plain(document.path)}; SHA-256 {document.sha256})"
        yield f"1. {_plain(document.publisher)}{title}{when} {where}"
    yield "\n## Citations\n"
    for citation, number in numbers.items():
        yield (
            f'[^{number}]: "{_plain(" ".join(citation.exact.split()))}" ({_plain(paths[citation.document])}, '
            f"characters {citation.start}-{citation.end} of {citation.document}; "
            f"claims {', '.join(citation.claims)})\n"
        )


def _plain(text: str) -> str:
    """Text in which Markdown and HTML see nothing but text; `_spoken` takes it back."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def _spoken(text: str) -> str:
    return re.sub(r"\\([\\`*_{}\[\]<>#|])", r"\1", text)


def read_markdown(text: str) -> Written:
    """The citations and sentences of a dossier in Markdown."""
    citations: dict[str, Citation] = {}
    sentences: list[tuple[str, tuple[str, ...]]] = []
    gaps: list[str] = []
    for line in text.splitlines():
        head, _, tail = line.rstrip().rpartition(", characters ")
        note = _NOTE.fullmatch(tail) if head.startswith("[^") else None
        if note:
            number, _, words = head.rpartition('" (')[0].partition(': "')
            claims = tuple(ClaimId(c.strip()) for c in note["claims"].split(","))
            citations[number[2:-1]] = Citation(
                claims, DocumentId(note["document"]), int(note["start"]), int(note["end"]), _spoken(words)
            )
        elif line.startswith("- "):
            sentences.append((line[2:], tuple(_MARK.findall(line))))
        elif line.startswith("* "):
            gaps.append(line[2:])
    return Written(citations, sentences, gaps)


# -- HTML -----------------------------------------------------------------------------------------


def page(dossier: Dossier) -> str:
    """The dossier as one HTML file that needs nothing else."""
    title = html.escape(dossier.subject)
    numbers = {citation: n for n, citation in enumerate(dossier.citations(), 1)}
    paths = {d.id: d.path for d in dossier.documents}
    body = [f"<h1>{title}</h1>"]
    for section in dossier.sections:
        sentences = "".join(_sentence(s, numbers) for s in section.sentences)
        body.append(f"<h2>{html.escape(section.title)}</h2>\n{sentences}")
    body += [_figure(picture) for picture in pictures(dossier)]
    if dossier.gaps:
        lines = "".join(f'<p class="gap">{html.escape(phrases.gap(q))}</p>\n' for q in dossier.gaps)
        body.append(f"<h2>What the documents don't say</h2>\n{lines}")
    rows = "".join(
        f"<li>{html.escape(', '.join(filter(None, (d.publisher, d.title, d.published, _rating(d)))))}"
        f" <code>{html.escape(d.path)}</code> <code>SHA-256 {d.sha256}</code></li>\n"
        for d in dossier.documents
    )
    body.append(f"<h2>Documents</h2>\n<ul>{rows}</ul>")
    notes = "".join(_note(c, n, paths[c.document]) for c, n in numbers.items())
    body.append(f"<h2>Citations</h2>\n<ol>{notes}</ol>")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body>\n{chr(10).join(body)}\n</body></html>\n"
    )


def _figure(picture: Picture) -> str:
    name, alt = html.escape(picture.title), html.escape(picture.alt)
    caption = f"<figcaption>{html.escape(picture.caption)}</figcaption>"
    return f'<h2>{name}</h2>\n<figure role="img" aria-label="{alt}">{picture.svg}{caption}</figure>'


def _rating(document: Cited) -> str:
    return f"reliability {document.reliability}" if document.reliability else ""


def _sentence(sentence: Sentence, numbers: dict[Citation, int]) -> str:
    marks = "".join(f'<a href="#c{numbers[c]}">{numbers[c]}</a> ' for c in sentence.citations)
    return f'<p class="said">{html.escape(sentence.text)} <sup>{marks.strip()}</sup></p>\n'


def _note(citation: Citation, number: int, path: str) -> str:
    return (
        f'<li id="c{number}" data-document="{citation.document}" data-start="{citation.start}"'
        f' data-end="{citation.end}" data-claims="{" ".join(citation.claims)}">'
        f"<q>{html.escape(citation.exact)}</q> {html.escape(path)},"
        f" characters {citation.start}-{citation.end}</li>\n"
    )


def read_page(text: str) -> Written:
    """The citations and sentences of a dossier in HTML."""
    reader = _PageReader()
    reader.feed(text)
    return Written(reader.citations, reader.sentences, reader.gaps)


class _PageReader(HTMLParser):
    """Collects what `page` writes."""

    def __init__(self) -> None:
        super().__init__()
        self.citations: dict[str, Citation] = {}
        self.sentences: list[tuple[str, tuple[str, ...]]] = []
        self.gaps: list[str] = []
        self._kind = ""
        self._note: dict[str, str] | None = None
        self._words: list[str] | None = None
        self._marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a sentence, a mark, a citation or its words."""
        given = {name: value or "" for name, value in attrs}
        if tag == "li" and "data-claims" in given:
            self._note = given
        elif tag == "q" or (tag == "p" and given.get("class") in ("said", "gap")):
            self._words, self._marks, self._kind = [], [], given.get("class", "")
        elif tag == "a" and given.get("href", "").startswith("#c"):
            self._marks.append(given["href"][2:])

    def handle_data(self, data: str) -> None:
        """Collect words."""
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close a sentence or the words of a citation."""
        if self._words is None or tag not in ("p", "q"):
            return
        words = "".join(self._words)
        if tag == "p" and self._kind == "gap":
            self.gaps.append(words)
        elif tag == "p":
            self.sentences.append((words, tuple(self._marks)))
        elif self._note is not None:
            note = self._note
            self.citations[note["id"][1:]] = Citation(
                tuple(ClaimId(c) for c in note["data-claims"].split()),
                DocumentId(note["data-document"]),
                int(note["data-start"]),
                int(note["data-end"]),
                words,
            )
        self._words = None
