"""Within-document coreference: which mention a description or pronoun refers back to.

Precision goes before recall: where two antecedents are about as likely, none is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from msgspec.structs import replace
from spacy.tokens import Token

from sourcebook.extract.coreference_syntax import beside
from sourcebook.extract.names_defined import definitions
from sourcebook.extract.names_lexicon import given_names, key, rows, titles
from sourcebook.extract.passage import Passage
from sourcebook.model import Form, Mention, MentionId, MentionKind

_GROUPS: Final = frozenset(
    (
        MentionKind.ARMED_GROUP,
        MentionKind.ORGANIZATION,
        MentionKind.MEDIA,
        MentionKind.GOVERNMENT,
        MentionKind.SECURITY_FORCE,
    )
)
_NEUTER: Final = _GROUPS | {MentionKind.PLACE}
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those"))
_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
#: How much a mention stands out by its place in the clause (Lappin and Leass 1994, simplified).
_RANKS: Final = {"nsubj": 3.0, "nsubjpass": 3.0, "dobj": 1.6, "attr": 1.6, "pobj": 1.3, "poss": 1.6}
#: The best antecedent has to be better than the next by this factor.
_MARGIN: Final = 1.25


class Noticed(NamedTuple):
    """A mention with its head token, the number of its sentence, and who it is in this document."""

    mention: Mention
    root: Token
    sentence: int
    who: str
    rank: float


class Scene(NamedTuple):
    """What has been noticed so far, how often each actor is named, and subjects that are no actors."""

    before: list[Noticed]
    topic: Mapping[str, float]
    blocked: Mapping[int, Token]
    plural: frozenset[str]


@cache
def word_sets() -> Mapping[str, frozenset[str]]:
    """The sets of words that decide what refers back to what."""
    sets: dict[str, set[str]] = {}
    for word, name in rows("coreference.tsv"):
        sets.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in sets.items()}


def link(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with `antecedent` where one is clear; a pronoun takes its antecedent's kind."""
    noticed = _notice(passage, mentions)
    names = Counter(n.who for n in noticed if n.mention.form is Form.NAME and n.mention.kind in _GROUPS)
    total = sum(names.values()) or 1
    scene = Scene(
        [],
        {who: count / total for who, count in names.items()},
        _strangers(passage, noticed),
        _plural(noticed),
    )
    found: dict[MentionId, Noticed] = {}
    for one in noticed:
        antecedent = _antecedent(one, scene, noticed)
        if antecedent is not None:
            found[one.mention.id] = antecedent
            one = one._replace(who=antecedent.who)
        scene.before.append(one)
    return [_with(m, found) for m in mentions]


def _with(mention: Mention, found: Mapping[MentionId, Noticed]) -> Mention:
    """The mention with the end of its chain as antecedent, a name where the chain has one."""
    seen = {mention.id}
    last = found.get(mention.id)
    if last is None:
        return mention
    while last.mention.form is not Form.NAME and last.mention.id in found and last.mention.id not in seen:
        seen.add(last.mention.id)
        last = found[last.mention.id]
    if last.mention.id == mention.id or last.mention.form is Form.PRONOUN:
        return mention
    kind = last.mention.kind if mention.form is Form.PRONOUN else mention.kind
    return replace(mention, antecedent=last.mention.id, kind=kind)


def _notice(passage: Passage, mentions: Sequence[Mention]) -> list[Noticed]:
    numbers = {t.i: n for n, s in enumerate(passage.doc.sents) for t in (s.root,)}
    entities = [m for m in mentions if m.kind.is_entity]
    ends = [(m.exact, m.span.end - passage.offset) for m in entities if m.form is Form.NAME]
    long = {key(short): " ".join(key(name)) for name, short in definitions(passage.text, ends)}
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
        noticed.append(Noticed(mention, root, numbers.get(root.sent.root.i, 0), who, _rank(root)))
    return noticed


def _rank(root: Token) -> float:
    if root.dep_ == "poss" and root.head.dep_ in _SUBJECTS:
        return 2.2
    if root.dep_ in ("conj", "appos"):
        return 0.8 * _RANKS.get(root.head.dep_, 1.0)
    return _RANKS.get(root.dep_, 0.8)


def _strangers(passage: Passage, noticed: Sequence[Noticed]) -> dict[int, Token]:
    """Sentence number to its main subject where that is no actor: "The attack", "The letter"."""
    known = {n.root.i for n in noticed}
    return {
        number: child
        for number, sentence in enumerate(passage.doc.sents)
        for child in sentence.root.children
        if child.dep_ in _SUBJECTS and child.i not in known and child.pos_ in ("NOUN", "PROPN")
    }


def _plural(noticed: Sequence[Noticed]) -> frozenset[str]:
    """Actors whose name takes a plural verb somewhere: "the Redshirts are", "the Front were"."""
    return frozenset(n.who for n in noticed if n.root.dep_ in _SUBJECTS and _takes_plural(n.root))


def _takes_plural(root: Token) -> bool:
    if any(c.dep_ == "conj" for c in root.children):
        return False
    verbs = [root.head, *(c for c in root.head.children if c.dep_ in ("aux", "auxpass"))]
    return any(v.lower_ in ("are", "were", "have") or v.tag_ == "VBP" for v in verbs)


def _antecedent(one: Noticed, scene: Scene, noticed: Sequence[Noticed]) -> Noticed | None:
    if one.mention.form is Form.NAME or one.mention.kind in (MentionKind.PLACE, MentionKind.FACILITY):
        return None
    if one.mention.form is Form.PRONOUN:
        return _of_pronoun(one, scene)
    return _named_beside(one, noticed) or _of_description(one, scene)


def _named_beside(one: Noticed, noticed: Sequence[Noticed]) -> Noticed | None:
    """A name in apposition to the description, inside it, or of which it is the predicate."""
    part = one.root.lemma_.lower() in word_sets()["part"]
    if not _singular(one.root) and one.root.lemma_.lower() in word_sets()["collective"]:
        return None
    for root, inside in beside(one.root):
        for other in noticed:
            named = other.mention.form is Form.NAME and other.root.i == root.i
            if (
                named
                and _alike(one.mention, other.mention)
                and not (inside and (part or not _joins(one, other)))
            ):
                return other
    return None


def _joins(one: Noticed, name: Noticed) -> bool:
    """Whether a name inside is the actor: "the HF group", "HF fighters", not "anti-HF groups"."""
    lemma = one.root.lemma_.lower()
    words = {t.lower_ for t in one.root.subtree}
    apart = words & {"former", "ex", "anti", "pro", "other", "rival", "-"}
    if apart and not name.mention.exact.count("-"):
        return False
    group = lemma in word_sets()["collective"] and _singular(one.root)
    return one.mention.kind is name.mention.kind and (group or lemma in word_sets()["fighters"])


def _alike(left: Mention, right: Mention) -> bool:
    if left.kind is MentionKind.MEDIA or left.kind is MentionKind.PERSON or right.kind is MentionKind.PERSON:
        return left.kind is right.kind
    return right.kind in _GROUPS or right.kind is left.kind


def _of_description(one: Noticed, scene: Scene) -> Noticed | None:
    sets = word_sets()
    lemma = one.root.lemma_.lower()
    lefts = {t.lower_ for t in one.root.lefts}
    if lefts & sets["parent"]:
        return _parent(scene)
    if not lefts & _DEFINITE or lemma in sets["part"] - {"affiliate", "network"}:
        return None
    if lemma in sets["collective"] and one.mention.kind in _GROUPS and _singular(one.root):
        wide = lemma.startswith("organi") or one.mention.kind is not MentionKind.ARMED_GROUP
        like = _GROUPS if wide else frozenset((MentionKind.ARMED_GROUP,))
        recent = [c for c in _recent(one, scene, 4) if _singular_group(c)]
        like = like if any(c.mention.kind in like for c in recent) else like | {MentionKind.ORGANIZATION}
        near = [c for c in recent if c.mention.kind in like]
        return _best(one, near, scene)
    if one.mention.kind is MentionKind.PERSON:
        return _same_office(one, scene) or _same_people(one, scene)
    return _same_people(one, scene)


def _parent(scene: Scene) -> Noticed | None:
    """The one group that the text calls some group an offshoot or affiliate of."""
    parents: dict[str, Noticed] = {}
    for child in (b for b in scene.before if b.root.lemma_.lower() in word_sets()["part"]):
        for root, inside in beside(child.root):
            for other in scene.before:
                if inside and other.root.i == root.i and other.mention.kind in _GROUPS:
                    parents[other.who] = other
    return next(iter(parents.values())) if len(parents) == 1 else None


def _same_office(one: Noticed, scene: Scene) -> Noticed | None:
    """The person named with the office that the description gives: "President Ardel ... the president"."""
    lemma = one.root.lemma_.lower()
    if lemma not in titles():
        return None
    holders = {
        b.who: b
        for b in scene.before
        if b.mention.kind is MentionKind.PERSON
        and b.mention.form is Form.NAME
        and lemma in key(b.mention.exact)[:-1]
    }
    return next(iter(holders.values())) if len(holders) == 1 else None


def _same_people(one: Noticed, scene: Scene) -> Noticed | None:
    """An earlier description of some people by the same noun, or by another word for attackers."""
    lemma = one.root.lemma_.lower()
    attackers = word_sets()["attackers"]
    for earlier in reversed(_recent(one, scene, 6)):
        word = earlier.root.lemma_.lower()
        same = word == lemma or (word in attackers and lemma in attackers)
        plain = earlier.mention.form is Form.NOMINAL and earlier.mention.kind not in (
            MentionKind.PLACE,
            MentionKind.FACILITY,
        )
        if same and plain and _singular(earlier.root) == _singular(one.root):
            return earlier
    return None


def _of_pronoun(one: Noticed, scene: Scene) -> Noticed | None:
    sets = word_sets()
    lower = one.root.lower_
    if lower in sets["he"] | sets["she"]:
        near = [c for c in _recent(one, scene, 1) if _person(c, "m" if lower in sets["he"] else "f")]
        return _best(one, near, scene)
    if lower in sets["it"]:
        return _subject(one, scene, [c for c in _recent(one, scene, 1) if _thing(c)])
    if lower in sets["they"]:
        return _subject(one, scene, [c for c in _recent(one, scene, 1) if _several(c, scene)])
    return None


def _subject(one: Noticed, scene: Scene, near: list[Noticed]) -> Noticed | None:
    """The best of the same sentence, else of the one before unless its subject is no actor at all."""
    here = [c for c in near if c.sentence == one.sentence]
    stranger = scene.blocked.get(one.sentence)
    if here and not (stranger is not None and stranger.i < one.root.i and not _possessed(here, stranger)):
        best = _best(one, here, scene)
        if best is not None or one.root.dep_ not in _SUBJECTS:
            return best
    if stranger is not None and stranger.i < one.root.i:
        return None
    if one.sentence - 1 in scene.blocked and not _possessed(near, scene.blocked[one.sentence - 1]):
        return None
    return _best(one, [c for c in near if c.sentence < one.sentence], scene)


def _possessed(near: Iterable[Noticed], stranger: Token) -> bool:
    """Whether an actor owns the subject: "HF's strategy has changed. It now ..."."""
    return any(c.root.dep_ == "poss" and c.root.head == stranger for c in near)


def _recent(one: Noticed, scene: Scene, sentences: int) -> list[Noticed]:
    """What was noticed in the same sentence and so many before it, without what it cannot be."""
    found = []
    for earlier in reversed(scene.before):
        if one.sentence - earlier.sentence > sentences:
            break
        if not _barred(one, earlier):
            found.append(earlier)
    return found[::-1]


def _barred(one: Noticed, other: Noticed) -> bool:
    """Two arguments of one verb are two actors, and what holds the pronoun is not what it stands for."""
    if other.mention.span.overlaps(one.mention.span):
        return True
    reflexive = one.root.lower_.endswith(("self", "selves"))
    arguments = ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "iobj")
    verb = one.root.head.head if one.root.dep_ == "pobj" else one.root.head
    while verb.dep_ == "xcomp" and verb.head != verb and one.root.dep_ not in _SUBJECTS:
        verb = verb.head
    shared = other.root.head == verb and other.root.dep_ in arguments and one.root.dep_ in arguments
    return shared and not reflexive


def _best(one: Noticed, near: Sequence[Noticed], scene: Scene) -> Noticed | None:
    """The candidate that stands out, by place in the clause, nearness and how much the text is about it."""
    scores: dict[str, float] = {}
    latest: dict[str, Noticed] = {}
    for candidate in near:
        distance = one.sentence - candidate.sentence
        score = candidate.rank * 0.62**distance + 0.9 * scene.topic.get(candidate.who, 0.0)
        scores[candidate.who] = max(score, scores.get(candidate.who, 0.0))
        if candidate.mention.form is Form.NAME or candidate.who not in latest:
            latest[candidate.who] = candidate
    ranked = sorted(scores.items(), key=lambda s: (-s[1], s[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
        return None
    return latest[ranked[0][0]]


def _singular(root: Token) -> bool:
    return "Number=Plur" not in str(root.morph)


def _singular_group(noticed: Noticed) -> bool:
    return noticed.mention.form is not Form.NOMINAL or _singular(noticed.root)


def _person(noticed: Noticed, gender: str) -> bool:
    if noticed.mention.kind is not MentionKind.PERSON:
        return False
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["he" if gender == "m" else "she"]
    words = key(noticed.mention.exact)
    told = {titles()[w].gender for w in words if w in titles()} | {
        given_names().get(w, "-") for w in words[:2]
    }
    return gender in told or not told - {"-"}


def _thing(noticed: Noticed) -> bool:
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["it"] and noticed.who != str(noticed.mention.id)
    if noticed.mention.kind is MentionKind.PLACE:
        return noticed.mention.country is not None and noticed.root.dep_ in _SUBJECTS
    return noticed.mention.kind in _NEUTER and _singular_group(noticed)


def _several(noticed: Noticed, scene: Scene) -> bool:
    if noticed.mention.form is Form.PRONOUN:
        return noticed.root.lower_ in word_sets()["they"] and noticed.who != str(noticed.mention.id)
    if noticed.mention.form is Form.NOMINAL:
        return noticed.mention.kind is not MentionKind.FACILITY and not _singular(noticed.root)
    return noticed.mention.kind is MentionKind.PEOPLE or noticed.who in scene.plural
