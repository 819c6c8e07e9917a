"""spaCy's small English pipeline: loaded once, run over windows of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Token
from thinc.api import NumpyOps

from sourcebook import gazetteer
from sourcebook.extract import version
from sourcebook.extract.passage import Passage
from sourcebook.extract.ruler import quick
from sourcebook.extract.wordlists import rows
from sourcebook.model import Document
from sourcebook.text.masks import blank

#: Longest window in code points. spaCy's time is linear but its memory is not small: a
#: million characters end in its error E088.
WINDOW: Final = 50_000

#: Longest line, in code points, that counts as wrapped by hand or machine and not as a paragraph.
_WIDEST: Final = 120
#: A line is full if it has this share of the width that the text is wrapped at.
_WRAPPED: Final = 0.7
_ENDS: Final = '.!?:”"’)]'

#: Short names that the parser takes for the little words they look like: it goes by the lower-cased form,
#: so they are given the form of another short name.
_CAPITALS: Final = frozenset(("IS", "WHO", "IT"))

#: Verbs that the tagger takes for nouns, and a verb of the same form that it knows.
_VERBS: Final = {"retook": "took"}
#: "new delhi: the court ...": the town at the head of a report, and how long the report goes on at least.
_DATELINE: Final = re.compile(r"\s{0,20}([^\W\d_][^\W\d_.'’-]{1,30}(?: [^\W\d_]{1,20}){0,2}) ?: (?=\S.{80})")
#: "KABUL (Agency) - A bomb ...", "LOWELL, Ohio — The police ...": the same, with a dash.
_DASHED: Final = re.compile(
    r"\s{0,20}([^\W\d_][^\W\d_.'’-]{1,30}(?: [^\W\d_]{1,20}){0,2})"
    r"(?:, [^\W\d_][\w.]{1,15}(?: [^\W\d_][\w.]{1,15})?)?"
    r"(?: ?\([^()\n]{2,40}\))? ?[-–—]{1,2} (?=[^\Wa-z_].{40})"
)


@cache
def model() -> Language:
    """The pipeline, loaded once a process."""
    return _with_numpy(spacy.load(version.model()[0]))


def _with_numpy(nlp: Language) -> Language:
    """The pipeline with its products of matrices by NumPy.

    Its own library takes two to five times as long for matrices of this size, a third of the whole parse.
    """
    # Of its own: the one that layers come with is shared by all that is loaded in a process.
    numpy = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, TrainablePipe):
            for layer in pipe.model.walk():
                if isinstance(layer.ops, NumpyOps):
                    layer.ops = numpy
    return nlp


@cache
def _pipes() -> tuple[Callable[[Doc], Doc], ...]:
    return tuple(quick(pipe) for _, pipe in model().pipeline)


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """[start, end) of stretches of at most `size`, cut at the last paragraph, line or space."""
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start, end) for mark in ("\n\n", "\n", " "))
            end = next((cut + 1 for cut in cuts if cut > start), end)
        yield start, end
        start = end


def paragraph_starts(text: str) -> frozenset[int]:
    """Code points at which a new paragraph, heading or list line begins: no sentence runs across one.

    A blank line always parts. A single line end parts unless the text is hard-wrapped, that is, unless the
    line before it is about as long as lines get in this text and does not end like a sentence.
    """
    starts: set[int] = set()
    lines = text.split("\n")
    full = _WRAPPED * max(_common_width(lines), 1)
    at = 0
    for before, line in pairwise(lines):
        at += len(before) + 1
        if line.strip() and not (before.strip() and len(before) >= full and before.strip()[-1] not in _ENDS):
            starts.add(at + len(line) - len(line.lstrip()))
    return frozenset(starts)


@cache
def _spoken() -> frozenset[str]:
    """Nouns that name a speaker: Police is a town as well."""
    return frozenset(row[0] for row in rows("speakers"))


def datelines(text: str, starts: Iterable[int]) -> frozenset[int]:
    """Code points at which a report begins after the town that it is from ("new delhi: the court ...")."""
    found = (pattern.match(text, start) for start in (0, *starts) for pattern in (_DATELINE, _DASHED))
    return frozenset(
        m.end() for m in found if m is not None and m[1].lower() not in _spoken() and _is_town(m)
    )


def _is_town(match: re.Match[str]) -> bool:
    """A name that is known, or one that is set in capitals before a dash as datelines are."""
    known = any(p.own_name for p in gazetteer.lookup(match[1]))
    return known or (match.re is _DASHED and match[1].isupper())


def _common_width(lines: Sequence[str]) -> int:
    """The width that a hard-wrapped text is wrapped at: its longest line, if that is no whole paragraph."""
    longest = max(map(len, lines), default=0)
    return longest if longest <= _WIDEST else 10 * longest


def _shouted(token: Token) -> bool:
    """Whether the words beside it are in capitals too: a headline, where "IS" is a verb."""
    beside = token.doc[max(token.i - 1, 0) : token.i + 2]
    return any(t.is_upper and len(t) > 1 for t in beside if t.i != token.i)


def parsed(text: str) -> Doc:
    """A window as parsed: no sentence runs across a paragraph."""
    nlp = model()
    doc = nlp.make_doc(text)
    starts = paragraph_starts(text)
    starts |= datelines(text, starts)
    for token in doc:
        if token.idx in starts and token.i:
            token.is_sent_start = True
        if token.text in _CAPITALS and not _shouted(token):
            token.norm_ = "un"
        if token.lower_ in _VERBS:
            token.norm_ = _VERBS[token.lower_]
    for pipe in _pipes():
        doc = pipe(doc)
    return doc


def parse(document: Document) -> list[Passage]:
    """The document as parsed windows; masked stretches are blanked, so no offset moves."""
    text = blank(document.text, document.masks)
    return [
        Passage(document, parsed(text[start:end]), start)
        for start, end in windows(text)
        if text[start:end].strip()
    ]
