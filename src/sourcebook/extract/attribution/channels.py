"""Through which medium a statement came: "on Telegram", "in a statement carried by the agency"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.attribution.speakers import bare, core
from sourcebook.extract.grammar import children
from sourcebook.extract.notes import Notes
from sourcebook.extract.wordlists import rows
from sourcebook.model import Form, Mention, MentionKind

CARRYING: Final = frozenset(("on", "in", "via", "through", "over", "by", "to", "using", "at"))
CARRIED: Final = frozenset(
    (
        "carry",
        "publish",
        "release",
        "post",
        "distribute",
        "circulate",
        "air",
        "broadcast",
        "share",
        "issue",
        "report",
    )
)


@cache
def forms() -> dict[str, str]:
    """Words for media and forms of publication: service, medium or form."""
    return {r[0]: r[1] for r in rows("channels")}


def find(notes: Notes, cue: Token, source: Mention | None) -> Mention | None:
    """The mention of the medium that carried what a cue reports; a new one if it was no known mention."""
    for noun in _nouns(cue):
        known = notes.headed_by(noun, MentionKind.MEDIA)
        form = forms().get(noun.lemma_.lower()) or forms().get(noun.lower_)
        if known is not None and known != source:
            return known
        if form is not None and (known is None or known != source):
            return _mention(notes, noun, form)
    return None


def _nouns(cue: Token) -> Iterator[Token]:
    """What the prepositions of a cue govern; a carrier ("carried by X") before what it carried."""
    for preposition in children(cue, "prep", "agent"):
        if preposition.lower_ not in CARRYING:
            continue
        for noun in children(preposition, "pobj"):
            for verb in children(noun, "acl", "relcl"):
                if verb.lemma_ in CARRIED:
                    yield from (n for by in children(verb, "agent", "prep") for n in children(by, "pobj"))
            yield from (
                n
                for by in children(noun, "prep")
                if by.lower_ in ("on", "via", "to")
                for n in children(by, "pobj")
            )
            yield noun


def _mention(notes: Notes, noun: Token, form: str) -> Mention:
    tokens = core(noun)
    kind = MentionKind.IDEA if form == "form" else MentionKind.MEDIA
    named = Form.NAME if noun.pos_ == "PROPN" or form == "service" else Form.NOMINAL
    return notes.passage.mention(tokens, kind, form=named, head=bare(tokens).text)
