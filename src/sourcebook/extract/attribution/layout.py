"""Who speaks by the look of the page: a name before a colon, a name under a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.grammar import trimmed
from sourcebook.extract.quotations import SHORT

#: Longest heading in front of a colon, in tokens.
HEADING: Final = 9
#: From so many tokens on, what follows a town and a colon is a report and not what is said there.
TOLD: Final = 12
#: Dashes before the name under a quotation, and the longest such name in tokens.
DASHES: Final = frozenset(("-", "--", "–", "—", "―"))
NAME: Final = 5
SIGNATURE: Final = "signature"
#: Words in capitals before a colon that are no speaker.
NOTICES: Final = frozenset(
    "update updated updates correction note notes editor editors watch breaking related video photo photos "
    "exclusive live more read see poll opinion analysis full text report".split()
)


def heading(mark: Token) -> Iterator[Frame]:
    """Somebody before a colon at the head of a line, and what follows: "Harrow Front: We did not attack"."""
    doc = mark.doc
    start = mark.i
    while start > 0 and mark.i - start <= HEADING and "\n" not in doc[start - 1].text:
        start -= 1
    line_starts = start == 0 or "\n" in doc[start - 1].text
    end = mark.i + 1
    while end < len(doc) and "\n" not in doc[end].text and end < mark.i + 60:
        end += 1
    speaker = doc[start : mark.i]
    if not line_starts or not len(speaker) or any(t.pos_ == "VERB" for t in speaker):
        return
    content = trimmed(doc, (mark.i + 1, end))
    if _is_dateline(speaker.root, mark, content):
        return
    if content[1] - content[0] >= 3:
        yield Frame(mark, "heading", speaker.root, (content,))


def _is_dateline(root: Token, mark: Token, content: tuple[int, int]) -> bool:
    """The town at the head of a report, after which a sentence of some length begins: nobody speaks."""
    long = content[1] - content[0] > TOLD
    begins = mark.i + 1 < len(mark.doc) and bool(mark.nbor(1).is_sent_start)
    return root.ent_type_ in ("", "GPE", "LOC") and begins and long


def signature(dash: Token) -> Iterator[Frame]:
    """A paragraph in quotation marks that is signed after a dash: "We left at night." — Ada Orr."""
    doc, close = dash.doc, dash.i - 1
    while close > 0 and doc[close].is_space:
        close -= 1
    if close < 0 or not doc[close].is_quote:
        return
    start = close
    while start > 0 and "\n" not in doc[start - 1].text:
        start -= 1
    name, end = _name(doc, dash.i + 1)
    if name < end and close - start > SHORT and doc[start].is_quote:
        yield Frame(dash, SIGNATURE, doc[name:end].root, ((start, close + 1),), direct=True)


def _name(doc: Doc, start: int) -> tuple[int, int]:
    """The tokens of a name that ends its line or clause; none if something else stands there."""
    while start < len(doc) and doc[start].is_space and "\n" not in doc[start].text:
        start += 1
    end = start
    while end < len(doc) and end - start < NAME and (doc[end].pos_ == "PROPN" or doc[end].is_title):
        end += 1
    closed = end == len(doc) or doc[end].is_space or doc[end].text in (".", ",", "(")
    return (start, end) if closed else (start, start)


def is_transcript(frame: Frame) -> bool:
    """Whether a heading is the speaker of a transcript, in capitals: "ORR: Well, we left at night"."""
    if frame.pattern != "heading" or frame.source is None:
        return False
    start, end = frame.contents[0]
    speaker = [t for t in frame.cue.doc[frame.source.left_edge.i : frame.cue.i] if t.is_alpha]
    shouted = all(t.is_upper for t in frame.cue.doc[start:end] if t.is_alpha)
    named = 0 < len(speaker) <= 3 and all(t.is_upper and len(t) > 2 for t in speaker)
    return named and not shouted and not any(t.lower_ in NOTICES for t in speaker)
