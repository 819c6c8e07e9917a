"""Who said what: sources, cues and contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc, Token

from sourcebook.extract.attribution import channels
from sourcebook.extract.attribution.choice import chosen, score
from sourcebook.extract.attribution.cues import (
    PART_IN,
    Cue,
    deed,
    is_responsibility,
    licensed,
    nobody,
    phrase,
    responsibility,
)
from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.frames import frames
from sourcebook.extract.attribution.speakers import author_of, kind_of, mention_of, new_mention
from sourcebook.extract.grammar import RELATIVES, Range, children, subtree, trimmed
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.extract.quotations import Quotation, quotations
from sourcebook.model import Attribution, Mention, MentionId

#: Log odds below which a frame is dropped although its cue reports with such a complement.
DOUBTFUL: Final = -3.0


class Speech(NamedTuple):
    """The attributions of a passage, and the mentions of sources and channels that were not known before."""

    attributions: list[Attribution]
    mentions: list[Mention]


class Reported(NamedTuple):
    """A frame that reports, and what its cue does."""

    frame: Frame
    cue: Cue


def find(passage: Passage, notes: Notes) -> Speech:
    """The attributions of a passage in text order."""
    doc = passage.doc
    told = reported(doc)
    scribe = _Scribe(notes)
    written = [w for r in told if (w := scribe.write(r)) is not None]
    loose = _uncued(doc, told)
    written += [w for quotation in loose if (w := scribe.go_on(quotation, told)) is not None]
    written.sort(key=lambda a: (a.content, a.cue.start if a.cue else 0))
    return Speech(written, sorted(scribe.added.values(), key=lambda m: (m.span, m.kind)))


def reported(doc: Doc) -> list[Reported]:
    """The frames that report words, beliefs or claims, in order of the cue."""
    cues = {f: cue for f in frames(doc) if f.contents and (cue := licensed(f)) is not None}
    likely = [f for f in cues if _explicit(f) or score(f) >= DOUBTFUL]
    return [Reported(f, cues[f]) for f in chosen(likely, threshold=float("-inf"))]


def _explicit(frame: Frame) -> bool:
    if is_responsibility(frame):
        return True
    if frame.pattern.startswith("noun-"):
        return frame.pattern == "noun-clause"
    return frame.pattern not in ("object", "passive", "small-clause")


class _Scribe:
    """Writes attributions down, and remembers the mentions that it had to make."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.added: dict[MentionId, Mention] = {}
        self.kinds: dict[MentionId, str] = {}

    def write(self, report: Reported) -> Attribution | None:
        """The attribution that a frame stands for."""
        frame, cue = report
        doc, passage = frame.cue.doc, self.notes.passage
        start, end = content(frame)
        if start >= end:
            return None
        source = self._source(frame)
        channel = channels.find(self.notes, frame.cue, source)
        if channel is not None:
            self._keep(channel)
        first, last = phrase(frame.cue)
        return Attribution(
            source=source.id if source is not None else None,
            kind=self.kinds[source.id] if source is not None else "anonymous",
            content=passage.span(doc[start:end]),
            cue=passage.span(doc[first:last]),
            act=_act(frame, cue),
            direct=frame.direct,
            channel=channel.id if channel is not None else None,
        )

    def go_on(self, quotation: Quotation, told: Sequence[Reported]) -> Attribution | None:
        """A quotation without a cue: whoever was quoted before, in this or the last paragraph, goes on."""
        doc, passage = self.notes.passage.doc, self.notes.passage
        before = [r.frame for r in told if r.frame.source is not None and r.frame.cue.i < quotation.start]
        last = before[-1] if before else None
        between = doc[last.cue.i : quotation.start].text if last is not None else ""
        source = self._source(last) if last is not None and between.count("\n\n") <= 1 else None
        return Attribution(
            source=source.id if source is not None else None,
            kind=self.kinds[source.id] if source is not None else "anonymous",
            content=passage.span(doc[quotation.start : quotation.end]),
            direct=True,
        )

    def _source(self, frame: Frame) -> Mention | None:
        head = frame.source
        if head is None or nobody(head):
            return None
        if frame.pattern == "front-in":
            head = _holder(head)
        author = author_of(self.notes, head)
        head = author if author is not None else head
        known = mention_of(self.notes, head)
        kind = kind_of(head, known, frame.cue)
        mention = known if known is not None else new_mention(self.notes, head, kind)
        if known is None:
            self._keep(mention)
        earlier = self.kinds.get(mention.antecedent) if mention.antecedent is not None else None
        self.kinds.setdefault(mention.id, earlier or kind)
        return mention

    def _keep(self, mention: Mention) -> None:
        if mention not in self.notes.mentions:
            self.added[mention.id] = mention


def _holder(noun: Token) -> Token:
    """Whose view it is: "in X's view", "in the view of X"."""
    owners = children(noun, "poss") or [n for p in children(noun, "prep") for n in children(p, "pobj")]
    return owners[0] if owners else noun


def content(frame: Frame) -> Range:
    """The stretch from the first to the last word of what is reported."""
    doc = frame.cue.doc
    claimed = responsibility(frame)
    if claimed is not None:
        event = _claimed(claimed, frame.cue)
        return trimmed(doc, subtree(event)) if event is not None else (claimed.i, claimed.i + 1)
    if is_responsibility(frame) and (event := deed(frame)) is not None:
        return trimmed(doc, subtree(event))
    contents = [
        c for c in frame.contents if c[1] - c[0] > 1 or doc[c[0]].lower_ not in RELATIVES
    ] or frame.contents
    start, end = min(s for s, _ in contents), max(e for _, e in contents)
    if doc[start].lower_ in ("that", "of", "on") and doc[start].dep_ in ("mark", "prep") and end - start > 1:
        start += 1
    return start, end


def _claimed(claimed: Token, cue: Token) -> Token | None:
    """The event in "responsibility for the event"; the parser hangs "for" on the noun or on the verb."""
    for owner in (claimed, cue, *(c for c in children(cue, "prep"))):
        for preposition in children(owner, "prep"):
            if preposition.lower_ == "for":
                return next(iter(children(preposition, "pobj", "pcomp")), None)
    return None


def _act(frame: Frame, cue: Cue) -> str:
    head = next(iter(children(frame.cue, "dobj")), None)
    if (
        cue.act == "statement"
        and frame.cue.lemma_ == "reject"
        and head is not None
        and head.lemma_ in PART_IN
    ):
        return "denial"
    return cue.act


def _uncued(doc: Doc, told: Sequence[Reported]) -> list[Quotation]:
    covered = [r for report in told for r in report.frame.contents]
    return [
        q
        for q in quotations(doc)
        if q.long and _is_sentence(doc, q) and not any(s < q.end and q.start < e for s, e in covered)
    ]


def _is_sentence(doc: Doc, quotation: Quotation) -> bool:
    """Whether somebody speaks: a title or a name in quotation marks has no finite verb."""
    return any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in range(quotation.start, quotation.end))
