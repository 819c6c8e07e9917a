"""Which words report, with which complements, and what kind of act they report."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.frames import PARTICLES
from sourcebook.extract.attribution.layout import SIGNATURE
from sourcebook.extract.grammar import children
from sourcebook.extract.wordlists import rows

#: The complement of a cue that each pattern of a frame stands for.
COMPLEMENT: Final = {
    "clause": "clause", "fronted": "clause", "parenthesis": "clause", "as": "clause", "adverb": "clause",
    "passive-clause": "clause", "noun-clause": "clause", "adjective-clause": "clause", "raised": "clause",
    "quotation": "speech", "infinitive": "infinitive", "object": "object", "passive": "object",
    "small-clause": "object",
}  # fmt: skip

RESPONSIBILITY: Final = frozenset(("responsibility", "credit", "culpability"))
CLAIMING: Final = frozenset(
    ("claim", "take", "accept", "admit", "assume", "acknowledge", "letter", "statement")
)
#: Who may speak in a heading: kinds of named entity, and titles.
SPEAKING: Final = frozenset(("PERSON", "ORG", "NORP", "GPE"))
TITLES: Final = frozenset(
    ("police", "army", "government", "ministry", "minister", "president", "report", "official")
)
#: Nouns that name an act of speech when somebody is said to deny or claim them.
PART_IN: Final = frozenset(("role", "involvement", "part", "hand", "link", "connection", "knowledge"))

#: Events that a group may claim as its work.
DEEDS: Final = frozenset(
    (
        "attack", "assault", "bombing", "blast", "explosion", "strike", "shooting", "killing", "murder",
        "assassination", "ambush", "raid", "kidnapping", "abduction", "operation", "massacre", "bomb",
        "hijacking", "suicide", "shelling", "beheading", "arson", "stabbing", "incident",
    )
)  # fmt: skip


class Cue(NamedTuple):
    """What a reporting word does: its act, and how sure its speaker is of what is reported."""

    act: str
    commitment: str
    takes: frozenset[str]


@cache
def cues() -> dict[tuple[str, str], Cue]:
    """The lexicon `cues.tsv` by lemma and part of speech."""
    return {(r[0], r[1]): Cue(r[2], r[3], frozenset(r[4].split())) for r in rows("cues")}


def look_up(token: Token) -> Cue | None:
    """What the lexicon says of a token, whatever its complement."""
    pos = {"AUX": "VERB", "PROPN": "NOUN"}.get(token.pos_, token.pos_)
    return cues().get((token.lemma_.lower(), pos))


def licensed(frame: Frame) -> Cue | None:
    """The cue of a frame whose complement is one with which that word reports."""
    if frame.pattern in ("according", SIGNATURE):
        return Cue("statement", "CT+", frozenset())
    if is_responsibility(frame):
        negated = is_negated(frame)
        return Cue(
            "denial" if negated else "claim-of-responsibility", "CT-" if negated else "CT+", frozenset()
        )
    if frame.pattern == "heading":
        return Cue("statement", "CT+", frozenset()) if _is_speaker(frame) else None
    if frame.pattern in VIEWS:
        return VIEWS[frame.pattern] if _is_view(frame) else None
    cue = look_up(frame.cue)
    if cue is None or not _is_report(frame, cue):
        return None
    if frame.pattern == "as" and "as" in cue.takes:
        return cue
    wanted = COMPLEMENT.get(frame.pattern) or frame.pattern.rpartition("-")[2]
    if frame.pattern == "raised":
        # "is said to", "are believed to": any verb of saying or belief can be raised.
        return cue
    if frame.pattern == "passive" and any(c.lower_ in cue.takes for c in children(frame.cue, "prep")):
        return cue
    return cue if wanted in cue.takes else None


#: "In X's view", "for X": a preposition that opens a sentence.
VIEWS: Final = {
    "front-in": Cue("belief", "PR+", frozenset()),
    "front-per": Cue("statement", "CT+", frozenset()),
}
VIEW_NOUNS: Final = frozenset(
    ("view", "opinion", "assessment", "judgment", "judgement", "estimation", "account", "words")
)


def _is_speaker(frame: Frame) -> bool:
    """Whether a heading names somebody, and a sentence follows: "Harrow Front: We did not attack"."""
    head = frame.source
    start, end = frame.contents[0]
    says = any(t.pos_ in ("VERB", "AUX") for t in frame.cue.doc[start:end])
    return head is not None and says and (head.ent_type_ in SPEAKING or head.lemma_.lower() in TITLES)


def _is_report(frame: Frame, cue: Cue) -> bool:
    """Whether a listed word reports here: "cites X as saying" does, "cites a rule" does not."""
    word, lemma = frame.cue, frame.cue.lemma_.lower()
    if word.pos_ == "NOUN":
        return not any(c.lower_ == "no" for c in word.children)
    if word.pos_ == "ADJ":
        return frame.source is not None
    if lemma == "consider" and word.tag_ == "VBG" and word.dep_ in ("prep", "advcl"):
        return False
    if frame.pattern not in ("object", "passive"):
        return True
    if lemma in ("quote", "cite"):
        return any(c.lower_ == "as" for c in word.children)
    if cue.act == "denial" and lemma != "deny":
        return any(look_up(c) or c.lemma_ in PART_IN for c in children(word, "dobj", "nsubjpass"))
    return True


def _is_view(frame: Frame) -> bool:
    if frame.pattern == "front-per":
        return True
    noun = frame.source
    return noun is not None and noun.lemma_.lower() in VIEW_NOUNS and bool(children(noun, "poss", "prep"))


def is_responsibility(frame: Frame) -> bool:
    """Whether a frame claims an act as one's own: "claimed responsibility", "letters of responsibility"."""
    cue = frame.cue
    lemma = cue.lemma_.lower()
    if lemma not in CLAIMING:
        return False
    if frame.pattern == "passive" and lemma == "claim":
        return frame.source is not None
    return responsibility(frame) is not None or (lemma == "claim" and deed(frame) is not None)


def deed(frame: Frame) -> Token | None:
    """The attack in "claimed the attack"."""
    return next((c for c in children(frame.cue, "dobj") if c.lemma_.lower() in DEEDS), None)


def is_negated(frame: Frame) -> bool:
    """Whether it was not said: "has not claimed", "no group has claimed"."""
    if any(c.dep_ == "neg" for c in frame.cue.children):
        return True
    return frame.source is not None and nobody(frame.source)


def nobody(source: Token) -> bool:
    """Whether a source is none: "no group", "nobody", "neither side"."""
    words = (
        source.lower_,
        *(c.lower_ for c in source.children if c.dep_ in ("det", "neg", "amod", "cc", "preconj")),
    )
    return any(w in ("no", "nobody", "none", "neither", "no-one") for w in words)


def responsibility(frame: Frame) -> Token | None:
    """The word "responsibility" where it is what a cue claims."""
    near = children(frame.cue, "dobj", "nsubjpass", "compound")
    for child in children(frame.cue, "prep"):
        near += children(child, "pobj")
    return next((t for t in near if t.lemma_.lower() in RESPONSIBILITY), None)


def phrase(cue: Token) -> tuple[int, int]:
    """The tokens of a cue with its auxiliaries, negation and particle: "has not claimed"."""
    if cue.lower_ == "according":
        return cue.i, cue.i + (2 if cue.i + 1 < len(cue.doc) and cue.nbor(1).lower_ == "to" else 1)
    near = [c.i for c in cue.children if c.dep_ in PARTICLES and abs(c.i - cue.i) <= 4]
    return min([cue.i, *near]), max([cue.i, *near]) + 1
