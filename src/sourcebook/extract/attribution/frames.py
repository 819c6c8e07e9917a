"""Places in a sentence where a cue, a source and a content could be: the candidates of attribution.

A frame is read off spaCy's dependency parse and nothing else; whether it reports somebody's words is
decided in `choice`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Token

from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.layout import DASHES, heading, signature
from sourcebook.extract.grammar import (
    HOPS,
    PASSIVE_SUBJECTS,
    RELATIVES,
    SUBJECTS,
    Range,
    antecedent,
    children,
    has_words,
    merged,
    subject,
    subtree,
    trimmed,
    without,
)
from sourcebook.extract.quotations import Quotation, quotations

#: Verbs whose subject makes the claim or has the view that their object names.
MAKING: Final = frozenset(
    ("make", "give", "issue", "express", "have", "voice", "send", "publish", "hold", "release")
)
#: Verbs with which one voices the claim, the doubt or the support that is their object.
VOICING: Final = frozenset(
    "make give issue express have voice reject raise show offer renew repeat share level lodge deliver "
    "reiterate release air cast sound signal unveil sign present announce outline answer deny post submit "
    "feature".split()
)
#: Nouns for one who takes a side: "has been a supporter of the plan".
SIDES: Final = frozenset("supporter opponent critic advocate proponent backer admirer believer".split())
#: Prepositions with which a content goes on after an object.
TAILS: Final = frozenset(("of", "for", "as", "with", "to", "from", "on", "over"))
#: Dependents of a cue that make one cue phrase with it.
PARTICLES: Final = frozenset(("aux", "auxpass", "neg", "prt"))
#: Marks that may stand between a cue and the speech that follows or precedes it.
BEFORE_SPEECH: Final = frozenset((",", ":", "-", "–", "—", "that"))
AFTER_SPEECH: Final = frozenset((",", "-", "–", "—"))
#: Complements too slight to keep a cue from taking the quotation next to it.
UNSETTLED: Final = frozenset(("bare", "advcl", "acomp", "object"))


def frames(doc: Doc) -> list[Frame]:
    """Every candidate of a parsed text, in order of the cue."""
    quoted = quotations(doc)
    found: list[Frame] = []
    for token in doc:
        found.extend(_at(token))
    return _with_quotations(found, [q for q in quoted if q.long], doc)


def _at(token: Token) -> Iterator[Frame]:
    pos = token.pos_
    if token.text in DASHES:
        yield from signature(token)
    elif pos == "ADP" or token.lower_ == "according":
        yield from _preposition(token)
    elif pos in ("VERB", "AUX"):
        if token.dep_ not in ("aux", "auxpass"):
            yield from _verb(token)
    elif pos in ("NOUN", "PROPN"):
        yield from _noun(token)
    elif pos == "ADJ":
        yield from _adjective(token)
    elif pos == "ADV":
        yield from _adverb(token)
    elif token.text == ":":
        yield from heading(token)


def _around(head: Token, cue: Token) -> tuple[Range, ...]:
    return tuple(
        r for part in without(subtree(head), subtree(cue)) if has_words(cue.doc, r := trimmed(cue.doc, part))
    )


# Verbs -----------------------------------------------------------------------------------------------------


def _verb(verb: Token) -> Iterator[Frame]:
    passive = next((c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS), None)
    if passive is not None or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        yield from _passive(verb, passive)
        return
    by = children(verb, "agent") if verb.tag_ == "VBN" and verb.dep_ == "advcl" else []
    agent = next((p for a in by for p in children(a, "pobj")), None) or subject(verb)
    pattern, contents = _complement(verb)
    yield Frame(verb, pattern, agent, contents)


def _complement(verb: Token) -> tuple[str, tuple[Range, ...]]:
    subjects = children(verb, *SUBJECTS)
    after = any(c.dep_ in ("ccomp", "dobj") and c.i > verb.i for c in verb.children)
    if len(subjects) == 2 and subjects[1].i < verb.i and not after:
        # A misparse of "The convoy left at dawn, a survivor recalled": both subjects hang on the last verb.
        return "fronted", (trimmed(verb.doc, (subjects[0].left_edge.i, subjects[1].left_edge.i)),)
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    if clause is not None:
        return ("fronted" if clause.i < verb.i else "clause"), _clause(verb, clause)
    if _is_parenthesis(verb):
        resumed = (trimmed(verb.doc, (verb.i + 1, c.right_edge.i + 1)) for c in _resumed(verb))
        return "parenthesis", (*_around(verb.head, verb), *resumed)
    if verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        return "as", _around(verb.head, verb)
    return _lesser(verb)


def _clause(verb: Token, clause: Token) -> tuple[Range, ...]:
    start, end = subtree(clause)
    if start < verb.i:
        # "The pier, she said, was shut": the parser hangs the second half on either verb.
        parts = [trimmed(verb.doc, r) for r in without((start, end), _core(verb))]
        parts += [trimmed(verb.doc, (verb.i + 1, c.right_edge.i + 1)) for c in _resumed(verb)]
        return tuple(r for r in parts if r[0] < r[1])
    return (trimmed(verb.doc, (start, end)),)


def _resumed(verb: Token) -> list[Token]:
    """Second halves that the parser hung on the cue: "came from the north, Orr added, and left"."""
    if verb.i + 1 == len(verb.doc) or verb.nbor(1).text != ",":
        return []
    return [c for c in children(verb, "conj") if not any(k.dep_ in SUBJECTS for k in c.children)]


def _core(verb: Token) -> Range:
    """A cue and its subject, which a fronted content never includes."""
    near = [verb, *(c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in PARTICLES)]
    spans = [subtree(t) if t != verb else (t.i, t.i + 1) for t in near]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _is_parenthesis(verb: Token) -> bool:
    if verb.dep_ not in ("parataxis", "ccomp", "dep") or verb.head == verb:
        return False
    if verb.dep_ == "parataxis":
        return True
    start = verb.left_edge.i
    before = verb.doc[start - 1].text if start else ""
    return verb.dep_ == "ccomp" and verb.i > verb.head.i and before in (",", "—", "–", "”", '"')


def _lesser(verb: Token) -> tuple[str, tuple[Range, ...]]:
    """Complements below a clause: infinitive, object with what follows it, preposition, adjective."""
    doc = verb.doc
    for deps, pattern in ((("xcomp",), "infinitive"), (("dobj", "attr", "oprd"), "object")):
        found = children(verb, *deps)
        if found:
            objects = children(verb, "dobj") if pattern == "infinitive" else []
            start = min(t.left_edge.i for t in (*found, *objects))
            end = max(t.right_edge.i for t in (*found, *_tail(verb, found[-1])))
            name = pattern if pattern == "object" or _has_to(found[0]) else "small-clause"
            return name, (trimmed(doc, (start, end + 1)),)
    for preposition in children(verb, "prep"):
        inner = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
        if inner is not None and preposition.i > verb.i:
            return f"prep-{preposition.lower_}", (trimmed(doc, subtree(inner)),)
    extra = next((c for c in verb.children if c.dep_ in ("advcl", "acomp") and c.i > verb.i), None)
    if extra is not None:
        return extra.dep_, (trimmed(doc, subtree(extra)),)
    end = verb.sent.end
    rest = trimmed(doc, (min(verb.i + 1, end), end))
    return "bare", (rest,) if has_words(doc, rest) else ()


def _tail(verb: Token, last: Token) -> list[Token]:
    """What a content goes on with after an object: "accused the army *of killing*"."""
    return [c for c in verb.children if c.i > last.i and c.dep_ == "prep" and c.lower_ in TAILS]


def _has_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def _passive(verb: Token, patient: Token | None) -> Iterator[Frame]:
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    source = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    doc = verb.doc
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    if clause is not None:
        yield Frame(verb, "passive-clause", source, (trimmed(doc, subtree(clause)),))
        return
    head = patient if patient is not None else verb.head
    raised = next((c for c in verb.children if c.dep_ in ("xcomp", "oprd")), None)
    phrase = (
        (head.left_edge.i, head.i + 1)
        if patient is None
        else subtree(antecedent(head))
        if head.head != verb
        else subtree(head)
    )
    if head.lower_ in RELATIVES and verb.dep_ == "relcl":
        phrase = (verb.head.left_edge.i, verb.head.i + 1)
    parts = [trimmed(doc, phrase)]
    if raised is not None:
        parts.append(trimmed(doc, subtree(raised)))
    parts += [trimmed(doc, subtree(t)) for t in _tail(verb, verb) if raised is None and source is None]
    yield Frame(verb, "raised" if raised is not None else "passive", source, tuple(parts))


# Nouns, adjectives, adverbs, prepositions, headings --------------------------------------------------------


def _noun(noun: Token) -> Iterator[Frame]:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    doc = noun.doc
    for child in noun.children:
        if child.i <= noun.i:
            continue
        if child.dep_ == "ccomp" or (child.dep_ in ("acl", "relcl") and _marked(child)):
            yield Frame(noun, "noun-clause", owner or _maker(noun), (trimmed(doc, subtree(child)),))
            return
    for child in noun.children:
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ != "by":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                yield Frame(
                    noun, f"noun-{child.lower_}", owner or _maker(noun), (trimmed(doc, subtree(inner)),)
                )
                return
    if owner is not None:
        yield Frame(noun, "noun-bare", owner, ((noun.i, noun.i + 1),))


def _marked(clause: Token) -> bool:
    return any(c.dep_ == "mark" or c.tag_ == "TO" for c in clause.children)


def _maker(noun: Token) -> Token | None:
    """Who makes a claim or has a view: "a claim by X", "reports from X", or the subject of "made"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "among"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in MAKING:
        return next((p for a in children(noun.head, "agent") for p in children(a, "pobj")), None)
    if noun.dep_ == "dobj" and noun.head.lemma_ in VOICING:
        return subject(noun.head)
    if noun.dep_ == "attr" and noun.lemma_.lower() in SIDES:
        return subject(noun.head)
    return None


def _adjective(word: Token) -> Iterator[Frame]:
    clause = next((c for c in word.children if c.dep_ in ("ccomp", "xcomp") and c.i > word.i), None)
    prep = next((c for c in word.children if c.dep_ == "prep" and c.i > word.i), None)
    inner = (
        clause
        if clause is not None
        else next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
        if prep
        else None
    )
    if inner is None:
        return
    holder = subject(word.head) if word.dep_ == "acomp" else None
    pattern = "adjective-clause" if inner == clause else f"adjective-{prep.lower_ if prep else ''}"
    yield Frame(word, pattern, holder, (trimmed(word.doc, subtree(inner)),))


def _adverb(word: Token) -> Iterator[Frame]:
    if word.dep_ != "advmod" or not word.lower_.endswith("ly"):
        return
    parts = _around(word.head, word)
    if parts:
        yield Frame(word, "adverb", None, parts)


def _preposition(word: Token) -> Iterator[Frame]:
    inner = next((c for c in word.children if c.dep_ == "pobj"), None)
    if word.lower_ in ("according", "per"):
        to = next((c for c in word.children if c.dep_ == "prep"), word)
        inner = next((c for c in to.children if c.dep_ == "pobj"), inner)
    if inner is None:
        return
    if word.lower_ == "according":
        yield Frame(word, "according", inner, _rest_of_sentence(word))
    elif word.i < word.head.i:
        yield Frame(word, f"front-{word.lower_}", inner, _around(word.head, word))


def _rest_of_sentence(word: Token) -> tuple[Range, ...]:
    """The clause that "according to" qualifies: its sentence, or the clause above it inside a longer one."""
    clause = _clause_of(word.head) if word.head != word else word
    if clause == word or clause.dep_ == "ROOT":
        sent = word.sent
        parts = without((sent.start, sent.end), subtree(word))
        return tuple(r for part in parts if has_words(word.doc, r := trimmed(word.doc, part)))
    return _around(clause, word)


def _clause_of(token: Token) -> Token:
    at = token
    for _ in range(HOPS):
        if at.pos_ in ("VERB", "AUX") or at.head == at:
            break
        at = at.head
    return at


# Quotations ------------------------------------------------------------------------------------------------


def _with_quotations(found: Iterable[Frame], quoted: Sequence[Quotation], doc: Doc) -> list[Frame]:
    """Frames whose contents take in the whole of a quotation that they touch from outside."""
    return [_quoting(frame, quoted, doc) for frame in found]


def _quoting(frame: Frame, quoted: Sequence[Quotation], doc: Doc) -> Frame:
    if any(q.start <= frame.cue.i < q.end for q in quoted):
        return frame
    touched = [q for q in quoted if any(q.start < e and s < q.end for s, e in frame.contents)]
    if not touched and frame.cue.pos_ == "VERB" and frame.pattern in UNSETTLED:
        touched = _adjacent(frame, quoted, doc)
        if touched:
            frame = frame._replace(pattern="quotation", contents=())
    if not touched:
        return frame
    parts = merged([*frame.contents, *((q.start, q.end) for q in touched)])
    parts = [r for part in parts for r in without(part, (frame.cue.i, frame.cue.i + 1))]
    return frame._replace(contents=tuple(parts), direct=_is_direct(parts, touched))


def _adjacent(frame: Frame, quoted: Sequence[Quotation], doc: Doc) -> list[Quotation]:
    """The quotation right before or after a cue and its subject: '"...," said X', 'X said: "..."'."""
    start, end = _core(frame.cue)
    while end < len(doc) and (doc[end].text in BEFORE_SPEECH or doc[end].is_space):
        end += 1
    while start > 0 and doc[start - 1].text in AFTER_SPEECH:
        start -= 1
    return [q for q in quoted if q.start == end or q.end == start]


def _is_direct(parts: Sequence[Range], touched: Sequence[Quotation]) -> bool:
    total = sum(e - s for s, e in parts)
    return sum(q.end - q.start for q in touched) >= 0.8 * total
