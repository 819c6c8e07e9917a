"""Which candidate frames report somebody's words or mind: a linear model with named features.

The weights are in `lexicon/attribution_weights.tsv`; `training/attribution.py` remakes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Token

from sourcebook.extract.attribution.cues import licensed, look_up
from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.layout import SIGNATURE, is_transcript
from sourcebook.extract.attribution.speakers import nouns
from sourcebook.extract.wordlists import weights

MODEL: Final = "attribution_weights"
PRONOUNS: Final = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "who", "one", "me", "us", "him", "her", "them")
)

#: Cues beside which another verb of the sentence is more often part of what is said.
SPEECH: Final = frozenset(
    ("say", "tell", "argue", "add", "claim", "note", "write", "ask", "think", "believe", "suggest", "warn")
)
#: Parts of speech whose words say something about the construction rather than the topic.
CLOSED: Final = frozenset(("ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "ADV"))

CERTAIN: Final = 9.0


def score(frame: Frame) -> float:
    """Log odds that a frame is an attribution; what no other reading is open to needs no model."""
    if frame.pattern == SIGNATURE or is_transcript(frame):
        return CERTAIN
    table = weights(MODEL)
    return sum(table.get(f, 0.0) for f in features(frame))


def features(frame: Frame) -> Iterator[str]:
    """What the model looks at, as readable names."""
    cue, pattern = frame.cue, frame.pattern
    # A name is no evidence: the model is to work on texts about other people than those it was fitted on.
    lemma = cue.lemma_.lower() if cue.pos_ != "PROPN" else "NAME"
    holder = _holder(frame.source)
    yield "bias"
    yield f"lemma={lemma}"
    yield f"pos={cue.pos_}"
    yield f"pattern={pattern}"
    yield f"lemma+pattern={lemma}|{pattern}"
    yield f"holder={holder}"
    yield f"pattern+holder={pattern}|{holder}"
    yield f"lemma+holder={lemma}|{holder}"
    yield f"tag={cue.tag_}"
    yield f"tag+pattern={cue.tag_}|{pattern}"
    yield f"dep={cue.dep_}"
    yield f"dep+pattern={cue.dep_}|{pattern}"
    yield f"direct={frame.direct}|{pattern}"
    known, listed = licensed(frame), look_up(cue)
    yield f"licence={known.act if known else 'none'}"
    yield f"licence+pattern={known.act if known else 'none'}|{pattern}"
    yield f"listed={listed.act if listed else 'none'}|{cue.pos_}"
    if frame.source is not None and frame.source.pos_ == "NOUN":
        yield f"holder-lemma={frame.source.lemma_.lower()}"
    yield from _about_content(frame)
    yield from _about_cue(cue)
    yield from _about_place(frame, lemma)


def _about_place(frame: Frame, lemma: str) -> Iterator[str]:
    """Where the frame stands: what the holder is, how far off, inside what, beside which other cues."""
    cue, source, pattern = frame.cue, frame.source, frame.pattern
    kind = _kind(source)
    yield f"holder-kind={kind}|{pattern}"
    yield f"lemma+holder-kind={lemma}|{kind}"
    if cue.pos_ == "NOUN":
        yield f"ending={lemma[-4:]}|{pattern}"
    elif cue.pos_ == "VERB":
        yield f"tag+holder={cue.tag_}|{kind}|{pattern}"
    others = [t for t in cue.sent if t.i != cue.i and t.lemma_ in SPEECH and t.pos_ == "VERB"]
    yield f"others={min(len(others), 2)}|{pattern}"
    yield f"under-speech={any(t.is_ancestor(cue) for t in others)}|{cue.pos_}|{pattern}"
    yield f"quoted={_in_quotes(cue)}|{pattern}"
    if source is not None:
        yield f"gap={max(-6, min(source.i - cue.i, 6))}|{pattern}"
    last = cue.sent[-1]
    yield f"sentence-end={last.text if last.is_punct else 'word'}|{pattern}"
    yield from _size(frame, lemma)


def _size(frame: Frame, lemma: str) -> Iterator[str]:
    """How long the content is, and what its last part is headed by."""
    size = sum(e - s for s, e in frame.contents)
    bucket = min(size, 3) if size < 4 else 4 if size < 8 else 8 if size < 16 else 16
    yield f"lemma+size={lemma}|{bucket}"
    yield f"size+pattern={bucket}|{frame.pattern}"
    for start, end in frame.contents[-1:]:
        head = frame.cue.doc[start:end].root
        yield f"lemma+content={lemma}|{head.pos_}|{head.dep_}"
        yield f"content-tag={head.tag_}|{frame.pattern}"
        helpers = "+".join(sorted({t.lower_ for t in head.children if t.dep_ == "aux"}))
        yield f"content-aux={helpers}|{frame.pattern}"


def _in_quotes(cue: Token) -> bool:
    return sum(t.is_quote for t in cue.doc[cue.sent.start : cue.i]) % 2 == 1


def _kind(source: Token | None) -> str:
    if source is None:
        return "none"
    if source.pos_ == "PRON":
        return source.lower_
    if source.ent_type_:
        return source.ent_type_
    return nouns().get(source.lemma_.lower(), source.tag_)


def _holder(source: Token | None) -> str:
    if source is None:
        return "none"
    if source.lower_ in PRONOUNS:
        return source.lower_
    if source.ent_type_:
        return source.ent_type_
    return source.pos_


def _about_content(frame: Frame) -> Iterator[str]:
    doc: Doc = frame.cue.doc
    size = sum(e - s for s, e in frame.contents)
    yield f"size={min(size, 3) if size < 4 else 4 if size < 8 else 8 if size < 16 else 16}"
    yield f"parts={len(frame.contents)}"
    if not frame.contents:
        return
    start, end = frame.contents[-1]
    head = doc[start:end].root
    if doc[start].pos_ in CLOSED:
        yield f"content-first={doc[start].lower_}"
    yield f"content-pos={head.pos_}|{frame.pattern}"
    yield f"content-entity={head.ent_type_}|{head.pos_}"
    if head.pos_ in ("NOUN", "VERB"):
        yield f"content-lemma={head.lemma_.lower()}"
    marks = sum(doc[i].is_quote for s, e in frame.contents for i in range(s, e))
    yield f"marks={min(marks, 2)}"


def _about_cue(cue: Token) -> Iterator[str]:
    lemma = cue.lemma_.lower()
    for child in cue.children:
        if child.dep_ in ("neg", "aux", "prt", "auxpass"):
            yield f"{child.dep_}={child.lower_}"
            if child.dep_ == "prt":
                yield f"phrase={lemma} {child.lower_}"
        elif child.dep_ == "prep":
            yield f"lemma+prep={lemma}|{child.lower_}"
        elif child.dep_ == "dobj" and child.pos_ == "NOUN":
            yield f"lemma+object={lemma}|{child.lemma_.lower()}"
        elif child.dep_ == "mark":
            yield f"mark={child.lower_}"
    if cue.head != cue and cue.head.pos_ != "PROPN":
        yield f"above={cue.dep_}|{cue.head.lemma_.lower()}"
    after = cue.nbor(1) if cue.i + 1 < len(cue.doc) else cue
    follow = after.lower_ if after.pos_ in CLOSED else after.pos_
    yield f"next={follow}"
    yield f"lemma+next={lemma}|{follow}"


def chosen(frames: Sequence[Frame], threshold: float = 0.0) -> list[Frame]:
    """The frames that score at least `threshold`, one a cue and one a content."""
    scored = sorted(((score(f), -f.cue.i, f) for f in frames), key=lambda s: s[:2], reverse=True)
    kept: dict[int, Frame] = {}
    below: dict[int, list[Frame]] = defaultdict(list)
    for value, _, frame in scored:
        if value < threshold or frame.cue.i in kept:
            continue
        above = kept.get(frame.cue.head.i)
        near = [*below[frame.cue.i], *([above] if above is not None else [])]
        if not any(_same(frame, other) for other in near):
            kept[frame.cue.i] = frame
            below[frame.cue.head.i].append(frame)
    return [kept[i] for i in sorted(kept)]


def _same(frame: Frame, other: Frame) -> bool:
    """Whether two frames, one on a word right above the other's, report the same."""
    return frame.source == other.source and bool(set(frame.contents) & set(other.contents))
