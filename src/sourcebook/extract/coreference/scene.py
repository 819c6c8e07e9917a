"""What coreference looks at: the mentions of a passage in order, and who the text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Token

from sourcebook.extract.coreference.syntax import arguments_of, below, within
from sourcebook.extract.names.defined import definitions, shortens
from sourcebook.extract.names.lexicon import key, rows
from sourcebook.extract.passage import Passage
from sourcebook.extract.quotations import Quotation, quotations
from sourcebook.model import Form, Mention, MentionKind

GROUPS: Final = frozenset(
    (
        MentionKind.ARMED_GROUP,
        MentionKind.ORGANIZATION,
        MentionKind.MEDIA,
        MentionKind.GOVERNMENT,
        MentionKind.SECURITY_FORCE,
    )
)
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
#: How much a mention stands out by its place in the clause (Lappin and Leass 1994, simplified).
_RANKS: Final = {"nsubj": 3.0, "nsubjpass": 3.0, "dobj": 1.6, "attr": 1.6, "pobj": 1.3, "poss": 1.6}
#: A subject of a subordinate clause stands out less than that of the main one.
_SUBORDINATE: Final = frozenset(("advcl", "relcl", "acl", "pcomp"))
#: The best antecedent has to be better than the next by this factor.
_MARGIN: Final = 1.25
#: What it adds, for a description, to be the actor that the whole text is about.
_DOMINANCE: Final = 0.5
#: So near to a quotation stands who says it.
_BESIDE: Final = 8
#: Names that the actor of a text needs; how many times those of the next, or, in the title, what share.
_FEWEST, _TIMES, _SHARE = 3, 2.0, 0.6


class Noticed(NamedTuple):
    """A mention with its head token, the number of its sentence, and who and of what kind it is here."""

    mention: Mention
    root: Token
    sentence: int
    who: str
    rank: float
    kind: MentionKind


class Scene(NamedTuple):
    """What has been noticed so far and in all, how often each actor is named, subjects that are no actors.

    `about` is the actor that the text is about throughout, if there is one.
    """

    before: list[Noticed]
    all: Sequence[Noticed]
    topic: Mapping[str, float]
    blocked: Mapping[int, Token]
    plural: frozenset[str]
    about: str | None
    quoted: Sequence[Quotation]


@cache
def word_sets() -> Mapping[str, frozenset[str]]:
    """The sets of words that decide what refers back to what."""
    sets: dict[str, set[str]] = {}
    for word, name in rows("coreference.tsv"):
        sets.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in sets.items()}


def scene(passage: Passage, mentions: Sequence[Mention]) -> Scene:
    """The scene before anything has been referred to."""
    noticed = _notice(passage, mentions)
    named = [n for n in noticed if n.mention.form is Form.NAME]
    groups = Counter(n.who for n in named if n.kind in GROUPS)
    people = Counter(n.who for n in named if n.kind is MentionKind.PERSON)
    topic = {who: count / groups.total() for who, count in groups.items()}
    topic |= {who: count / people.total() for who, count in people.items()}
    return Scene(
        [], noticed, topic, _strangers(passage, noticed), _plural(noticed), _about(noticed, passage),
        quotations(passage.doc),
    )  # fmt: skip


def _notice(passage: Passage, mentions: Sequence[Mention]) -> list[Noticed]:
    numbers = {t.i: n for n, s in enumerate(passage.doc.sents) for t in (s.root,)}
    entities = [m for m in mentions if m.kind.is_entity]
    long = _long_forms(passage, [m for m in entities if m.form is Form.NAME])
    noticed = []
    for mention in sorted(entities, key=lambda m: (m.span, m.kind)):
        tokens = passage.tokens(mention.span)
        if tokens is None or not len(tokens):
            continue
        root = tokens.root
        who = long.get(key(mention.name), " ".join(key(mention.name)))
        if mention.form is not Form.NAME:
            who = str(mention.id)
        elif mention.kind is MentionKind.PERSON:
            who = key(mention.name)[-1] if key(mention.name) else who
        number = numbers.get(root.sent.root.i, 0)
        noticed.append(Noticed(mention, root, number, who, _rank(root), mention.kind))
    return noticed


def _long_forms(passage: Passage, named: Sequence[Mention]) -> dict[tuple[str, ...], str]:
    """Short forms to the name they stand for: "HF" in "Harrow Front (HF)", "HF-K" beside "Harrow Front K"."""
    ends = [(m.exact, m.span.end - passage.offset) for m in named]
    long = {key(short): " ".join(key(name)) for name, short in definitions(passage.text, ends)}
    forms = sorted({m.exact for m in named if m.kind in GROUPS})
    for short in (f for f in forms if key(f) not in long):
        full = {" ".join(key(f)) for f in forms if shortens(short, f)}
        if len(full) == 1:
            long[key(short)] = full.pop()
    return long


def _rank(root: Token) -> float:
    if root.dep_ == "poss" and root.head.dep_ in SUBJECTS:
        return 2.2
    if root.dep_ in ("conj", "appos"):
        return 0.8 * _RANKS.get(root.head.dep_, 1.0)
    lower = 0.75 if root.dep_ in SUBJECTS and root.head.dep_ in _SUBORDINATE else 1.0
    return lower * _RANKS.get(root.dep_, 0.8)


def _strangers(passage: Passage, noticed: Sequence[Noticed]) -> dict[int, Token]:
    """Sentence number to its main subject where that is no actor: "The attack", "The letter"."""
    known = {n.root.i for n in noticed}
    return {
        number: child
        for number, sentence in enumerate(passage.doc.sents)
        for child in sentence.root.children
        if child.dep_ in SUBJECTS and child.i not in known and child.pos_ in ("NOUN", "PROPN")
    }


def _plural(noticed: Sequence[Noticed]) -> frozenset[str]:
    """Actors whose name takes plural verbs mostly: "the Redshirts are", "the Front were"."""
    votes: Counter[str] = Counter()
    for one in noticed:
        if one.root.dep_ in SUBJECTS and not any(c.dep_ == "conj" for c in one.root.children):
            votes[one.who] += _agreement(one.root)
    return frozenset(who for who, count in votes.items() if count > 0)


def _agreement(root: Token) -> int:
    """1 for a verb that is plural by its form, -1 for a singular one, 0 where the form does not tell."""
    verbs = [root.head, *(c for c in root.head.children if c.dep_ in ("aux", "auxpass"))]
    if any(v.lower_ in ("is", "was", "has", "does") or v.tag_ == "VBZ" for v in verbs):
        return -1
    return int(any(v.lower_ in ("are", "were", "have") or v.tag_ == "VBP" for v in verbs))


def _about(noticed: Sequence[Noticed], passage: Passage) -> str | None:
    """The one organised actor that the text is about: named far more than any other, or in the title."""
    names = [n for n in noticed if n.mention.form is Form.NAME and n.kind in GROUPS]
    counts = Counter(n.who for n in names)
    most = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    if not most:
        return None
    titled = {n.who for n in names if passage.offset == 0 and n.sentence == 0 and n.rank > 1}
    opening = [who for who in titled if counts[who] >= max(_FEWEST, _SHARE * most[0][1])]
    if len(opening) == 1:
        return opening[0]
    enough = most[0][1] > _FEWEST and (len(most) == 1 or most[0][1] >= _TIMES * most[1][1])
    return most[0][0] if enough else None


def recent(one: Noticed, scene: Scene, sentences: int) -> list[Noticed]:
    """What was noticed in the same sentence and so many before it, without what it cannot be."""
    apart = disjoint(one, scene)
    found = []
    for earlier in reversed(scene.before):
        if one.sentence - earlier.sentence > sentences:
            break
        if earlier.who not in apart and not earlier.mention.span.overlaps(one.mention.span):
            found.append(earlier)
    return found[::-1]


def disjoint(one: Noticed, scene: Scene) -> set[str]:
    """Who the words of the sentence rule out: other arguments of one verb, and names below it in its clause.

    "It fought the Front" and "It came under attack by the Front" are of somebody else than the Front.
    """
    if one.root.lower_.endswith(("self", "selves")):
        return set()
    others = arguments_of(one.root)
    return _quoting(one, scene) | {
        o.who
        for o in scene.all
        if o.sentence == one.sentence
        and o.root.i != one.root.i
        and (
            o.root.i in others
            or (o.mention.form is Form.NAME and (below(one.root, o.root) or within(o.root) in others))
        )
    }


def _quoting(one: Noticed, scene: Scene) -> set[str]:
    """Who is quoted with the pronoun: nobody says "she" of herself."""
    quote = next((q for q in scene.quoted if q.start < one.root.i < q.end), None)
    if quote is None or one.mention.form is not Form.PRONOUN:
        return set()
    return {
        o.who
        for o in scene.all
        if one.sentence - 1 <= o.sentence <= one.sentence
        and not quote.start < o.root.i < quote.end
        and quote.start - _BESIDE < o.root.i < quote.end + _BESIDE
        and o.root.dep_ in SUBJECTS
        and o.root.head.lemma_ in word_sets()["saying"]
    }


def best(one: Noticed, near: Sequence[Noticed], scene: Scene) -> Noticed | None:
    """The candidate that stands out, by place in the clause, nearness and how much the text is about it."""
    described = one.mention.form is Form.NOMINAL
    scores: dict[str, float] = {}
    latest: dict[str, Noticed] = {}
    for candidate in near:
        distance = one.sentence - candidate.sentence
        rank = candidate.rank * (0.35 if _speaks_of(candidate, one, near) else 1.0)
        about = 0.9 * scene.topic.get(candidate.who, 0.0) + _DOMINANCE * described * (
            candidate.who == scene.about
        )
        scores[candidate.who] = max(rank * 0.62**distance + about, scores.get(candidate.who, 0.0))
        if candidate.mention.form is Form.NAME or candidate.who not in latest:
            latest[candidate.who] = candidate
    ranked = sorted(scores.items(), key=lambda s: (-s[1], s[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
        return None
    return latest[ranked[0][0]]


def _speaks_of(candidate: Noticed, one: Noticed, near: Iterable[Noticed]) -> bool:
    """Whether a candidate only speaks of another, who stands in what is said, before the pronoun."""
    if one.kind is not MentionKind.PERSON or candidate.root.dep_ not in SUBJECTS:
        return False
    said = [c for c in candidate.root.head.children if c.dep_ == "ccomp" and c.is_ancestor(one.root)]
    return any(
        c.who != candidate.who and c.root.i < one.root.i and verb.is_ancestor(c.root)
        for verb in said
        for c in near
    )


def the_actor(one: Noticed, scene: Scene) -> Noticed | None:
    """The actor that the text is about, unless a rival stands in this sentence, or out in the one before."""
    before = [b for b in scene.before if b.mention.form is Form.NAME]
    last = next((b for b in reversed(before) if b.who == scene.about), None)
    if last is None or last.who in disjoint(one, scene):
        return None
    rivals = (
        b.who != scene.about
        and b.kind is last.kind
        and (b.sentence == one.sentence or (one.sentence - b.sentence == 1 and b.rank >= _RANKS["dobj"]))
        for b in before
    )
    return None if any(rivals) else last


def singular(root: Token) -> bool:
    """Whether a noun is not plural by its form."""
    return "Number=Plur" not in str(root.morph)


def singular_group(noticed: Noticed) -> bool:
    """A name, a pronoun, or a description in the singular."""
    return noticed.mention.form is not Form.NOMINAL or singular(noticed.root)
