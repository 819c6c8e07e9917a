"""Whether what a verb tells is done by its subject or to it, where parse or headline leave that open."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

_STRUCK: Final = frozenset(
    ("shot", "stabbed", "killed", "wounded", "injured", "kidnapped", "arrested", "beaten")
)
#: Verbs that need somebody to whom it is done, so that their only party is that one.
_TRANSITIVE: Final = frozenset(
    "kill murder wound injure kidnap abduct assassinate slay behead execute arrest detain massacre".split()
)
_HIT_IN: Final = frozenset("head chest back leg arm face neck stomach abdomen torso shoulder foot".split())
#: What may follow the participle of a headline: "shot in the head", "killed while asleep".
_PLACED: Final = frozenset(("in", "near", "outside", "while", "during", "by", "multiple"))
_WHO: Final = frozenset(("who", "which", "that", "whom", "whose", "where"))


def is_passive(verb: Token) -> bool:
    """Whether the surface subject of the verb is its deep object."""
    if any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children):
        return True
    if is_inverted(verb):
        return True
    if _joined_active(verb):
        return False
    bare = not any(c.dep_ in ("aux", "nsubj", "dobj") for c in verb.children)
    if verb.tag_ == "VBN" and (verb.dep_ in ("acl", "oprd") or (verb.dep_ in ("xcomp", "ccomp") and bare)):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
        and verb.head.pos_ == "VERB"
        and is_passive(verb.head)
    )


def is_inverted(verb: Token) -> bool:
    """Whether a subject without "was" is the one to whom it was done."""
    return _headline_passive(verb) or _reduced(verb) or _bereft(verb)


def _bereft(verb: Token) -> bool:
    """The priests murdered in the north; dozens more wounded; a teenager shot in the head: by others."""
    if verb.tag_ not in ("VBD", "VBN", "JJ") or any(
        c.dep_ in ("dobj", "aux") or (c.dep_ == "ccomp" and c.i > verb.i) for c in verb.children
    ):
        return False
    if not any(c.dep_ == "nsubj" and c.lower_ not in _WHO for c in verb.lefts):
        return False
    if any(c.dep_ == "conj" and any(o.dep_ == "dobj" for o in c.children) for c in verb.rights):
        return False
    if verb.lemma_.lower() in _TRANSITIVE or verb.lower_ in ("wounded", "injured"):
        return True
    hit = any(t.lemma_ in _HIT_IN for c in verb.rights if c.lower_ == "in" for t in c.children)
    return verb.lower_ in ("shot", "stabbed") and (hit or any(c.lower_ == "fatally" for c in verb.lefts))


def _joined_active(verb: Token) -> bool:
    """Militants shot at and snatched away a rifle: a parse hangs both on the militants as if done to them."""
    if verb.tag_ != "VBN" or verb.dep_ != "acl":
        return False
    joined = [c for c in verb.rights if c.dep_ == "conj" and c.pos_ == "VERB"]
    return verb.head.dep_ == "ROOT" and any(o.dep_ == "dobj" for c in joined for o in c.children)


def _reduced(verb: Token) -> bool:
    """A boy shot on Sunday did not suffer: the parser takes the participle for the verb of the sentence."""
    if verb.lower_ not in _STRUCK or any(c.dep_ in ("dobj", "aux", "auxpass", "cc") for c in verb.children):
        return False
    main = (c for c in verb.rights if c.dep_ in ("advcl", "ccomp") and c.pos_ in ("VERB", "AUX"))
    return any(
        (c.tag_ in ("VBD", "VBZ") or any(a.tag_ in ("VBD", "VBZ", "MD") for a in c.lefts))
        and not any(a.dep_ in ("nsubj", "nsubjpass", "mark", "advmod") for a in c.lefts)
        for c in main
    )


def _headline_passive(verb: Token) -> bool:
    """Boy shot in the head, Two killed near the border: a headline leaves out "was"."""
    after = verb.doc[verb.i + 1 : verb.i + 2]
    stated = any(c.dep_ in ("dobj", "aux", "auxpass", "ccomp") for c in verb.children)
    ends = not after.text or after.text in (",", ";", ".", "and") or after[0].pos_ == "SPACE"
    placed = bool(after.text) and after[0].lower_ in _PLACED
    struck = verb.lower_ in _STRUCK
    return (
        struck
        and not stated
        and (ends or placed)
        and any(c.dep_ == "nsubj" for c in verb.lefts)
        and (verb.tag_ in ("VBD", "VBN") and not verb.sent.text.rstrip().endswith((".", "!", "?", '"', "”")))
    )
