"""What kind of actor a name or a noun stands for: by its words, by its neighbours, by the parser's label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.names.chunks import Chunk, Word
from sourcebook.extract.names.lexicon import (
    given_names,
    heads,
    key,
    modifiers,
    nouns,
    organizations,
    titles,
    word_set,
)
from sourcebook.model import MentionKind

PERSON = MentionKind.PERSON
ARMED = MentionKind.ARMED_GROUP
ORGANIZATION = MentionKind.ORGANIZATION
FORCE = MentionKind.SECURITY_FORCE

_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9][A-Za-z0-9]{0,6}|(?:[A-Z]\.){2,6}|[A-Z]{1,6}[0-9]{1,3}")
#: Nouns so general that only a modifier makes them a kind of actor for a name beside them.
_GENERAL: Final = frozenset(
    (
        *(
            "group",
            "organization",
            "organisation",
            "network",
            "movement",
            "agency",
            "unit",
            "member",
            "leader",
        ),
        *("wing", "organ", "body", "force", "service", "channel"),
    )
)
#: Nouns that describe an actor only with a modifier: "secret services", "American intelligence".
_BARE: Final = frozenset(("service", "agency", "intelligence"))
#: General nouns that, right before a name, make it that of an armed group all the same.
_BEFORE_NAMES: Final = frozenset(("group", "network", "faction", "movement"))
#: Nouns of groups that a name of a region may follow, as their own.
_CALLED: Final = frozenset(
    ("offshoot", "affiliate", "branch", "militia", "outfit", "franchise", "subgroup", "splinter")
)
_LINKS: Final = frozenset(("of", "for", "in", "against", "de", "du", "para", "pour"))
_PEOPLES: Final = frozenset(("NORP", "GPE"))
_LIST_DEPS: Final = frozenset(("conj", "appos", "pobj", "prep"))
_LIST_PREPS: Final = frozenset(("like", "as", "including"))


class Guess(NamedTuple):
    """A kind and how strongly it is held; the strongest in a document decides for all."""

    kind: MentionKind
    strength: float


def acronym(text: str) -> bool:
    """Whether the words are an acronym or a hyphenated short form: "HF", "HF-K", "U.N."."""
    parts = [p for p in re.split(r"[-‐‑] ?", text) if p]
    return any(_ACRONYM.fullmatch(p) for p in parts) and all(
        p.isupper() or _ACRONYM.fullmatch(p) for p in parts
    )


def by_words(chunk: Chunk, written: str, label: str) -> Guess | None:
    """The kind that the words of a name give by themselves; `label` is the parser's entity label."""
    known = organizations().get(key(written))
    if known is not None:
        return Guess(known, 5)
    if creed(chunk):
        return Guess(MentionKind.PEOPLE, 4.5)
    if not_actor(chunk):
        return None
    person = _person(chunk, label)
    if person:
        return person
    kind = _head_kind(chunk)
    if kind:
        return Guess(kind, 4)
    begins = _known_beginning(key(written))
    if begins:
        return Guess(begins, 3.5)
    crowd = nouns().get((chunk[-1].lower.removesuffix("s"), "plural")) if len(chunk) > 1 else None
    return Guess(crowd, 2.2) if crowd and chunk[-1].lower.endswith("s") else None


def _person(chunk: Chunk, label: str) -> Guess | None:
    lowers = [w.lower for w in chunk]
    rest = [w for w in lowers if w not in titles()]
    if lowers[0] in titles() and rest and not any(w in heads() for w in rest):
        return Guess(PERSON, 4)
    if lowers[0] in given_names() and len(lowers) > 1:
        if label == "PERSON":
            return Guess(PERSON, 4.2)
        return Guess(PERSON, 2.5) if not _head_kind(chunk) else None
    return None


def _head_kind(chunk: Chunk) -> MentionKind | None:
    """By the head words: the last one before "of"; any word of armed struggle makes an army a group."""
    lowers = [w.lower for w in chunk]
    if len(lowers) < 2 and lowers[0] not in ("peshmerga", "parliament", "congress", "senate"):
        return None
    cut = next((n for n, w in enumerate(lowers) if w in _LINKS and n), len(lowers))
    kinds = [heads()[w] for w in lowers[:cut] if w in heads()] or [heads()[w] for w in lowers if w in heads()]
    if not kinds:
        return None
    if kinds[-1] is FORCE and ARMED in kinds:
        return ARMED
    return MentionKind.MEDIA if kinds[-1] is ORGANIZATION and MentionKind.MEDIA in kinds else kinds[-1]


def _known_beginning(words: tuple[str, ...]) -> MentionKind | None:
    """The kind of a well-known name that this one adds words to, before or after."""
    for length in range(len(words) - 1, 0, -1):
        for part in (words[:length], words[-length:]):
            if part in organizations() and (length > 1 or len(part[0]) > 3):
                return organizations()[part]
    return None


def not_actor(chunk: Chunk) -> bool:
    """Names of faiths and ideas, of sites and of landscape, of vessels, and titles alone."""
    lowers = [w.lower for w in chunk]
    return (
        lowers[-1] in word_set("faith")
        or all(w in word_set("creed") for w in lowers)
        or lowers[-1] in word_set("site")
        or all(w in titles() for w in lowers)
        or lowers == ["social", "media"]
        or lowers[0] in word_set("vessel")
    )


def creed(chunk: Chunk) -> bool:
    """Followers of a faith: "Sunni Muslims", "Christians"."""
    last = chunk[-1].lower
    return last.endswith("s") and last.rstrip("s") in word_set("creed")


def by_label(chunk: Chunk, written: str, label: str) -> Guess | None:
    """The kind that the parser's own label suggests, the weakest of all signs."""
    shouted = len(chunk) > 1 and all(w.text.isupper() and len(w.text) > 2 and w.gap != "-" for w in chunk)
    if not_actor(chunk) or shouted:
        return None
    if (
        label == "PERSON"
        and (len(chunk) > 1 or chunk[0].lower in given_names())
        and not (acronym(written) or _branch(chunk))
    ):
        return Guess(PERSON, 1)
    if acronym(written) or _branch(chunk):
        return Guess(ORGANIZATION, 0.5)
    if label == "NORP" and written.endswith("s"):
        return Guess(MentionKind.PEOPLE, 1)
    if label in ("ORG", "PRODUCT") and len(chunk) > 1:
        return Guess(ORGANIZATION, 0.8)
    return None


def _branch(chunk: Chunk) -> bool:
    """An unknown acronym with a word hung on: "HF-North", "HF- North"."""
    short = chunk[0].text
    return len(chunk) == 2 and chunk[0].gap == "-" and acronym(short) and key(short) not in organizations()


def described(noun: Token) -> MentionKind | None:
    """The kind of actor that a common noun with its modifiers describes: "the rebel group"."""
    number = "plural" if "Number=Plur" in str(noun.morph) else "singular"
    kind = nouns().get((noun.lemma_.lower(), number))
    if kind is None and number == "singular":
        kind = nouns().get((noun.lower_, "plural"))
    changed = modified(noun)
    if kind is None:
        return changed if noun.lemma_.lower() in _GENERAL else None
    if noun.lemma_.lower() in _BARE and not changed:
        return (
            kind
            if noun.lemma_ == "intelligence" and any(t.ent_type_ in _PEOPLES for t in noun.lefts)
            else None
        )
    if noun.lemma_.lower() in _GENERAL and changed:
        return changed
    return kind


def described_before(name: Tokens) -> Token | None:
    """The noun of a group right before a name, past a quotation mark: "the offshoot X"."""
    at = name.start - 1
    if at > 0 and name.doc[at].text in "“\"‘'":
        at -= 1
    after = name.doc[name.end] if name.end < len(name.doc) else None
    if at < 0 or (after is not None and after.pos_ == "NOUN" and name.root.head == after):
        return None
    noun = name.doc[at]
    fits = noun.lemma_.lower() in _CALLED and noun.tag_ == "NN" and described(noun) is ARMED
    return noun if fits else None


def modified(noun: Token) -> MentionKind | None:
    """The kind that a modifier before the noun gives it, if one does."""
    lowers = [t.lower_ for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod")]
    return next((modifiers()[w] for w in reversed(lowers) if w in modifiers()), None)


def by_context(tokens: Tokens, after: Word | None) -> Guess | None:
    """The kind that the words around a name give: apposition, a noun beside it, a list, what it does."""
    root = tokens.root
    signs: Iterable[Callable[[], MentionKind | None]] = (
        lambda: _beside(tokens, after),
        lambda: _apposed(root),
        lambda: _listed(root),
        lambda: _acting(root),
    )
    return next((Guess(kind, 3) for sign in signs if (kind := sign()) is not None), None)


def _telling(noun: Token) -> MentionKind | None:
    """The kind that a noun tells of the name beside it, None where the noun is too general."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    kind = described(noun)
    return None if noun.lemma_.lower() in _GENERAL and not modified(noun) else kind


def _beside(tokens: Tokens, after: Word | None) -> MentionKind | None:
    """A noun right before ("the militia X", "expert X") or right after ("X militants", "X news agency")."""
    doc = tokens.doc
    if tokens.start > 0:
        before = doc[tokens.start - 1]
        if before.pos_ == "NOUN" and (before.head in tokens or before.dep_ in ("compound", "nmod", "appos")):
            kind = _telling(before) or (ARMED if before.lemma_ in _BEFORE_NAMES else None)
            if kind is not None:
                return kind
    if after is None or tokens.root.dep_ not in ("compound", "nmod", "amod") or after.token.i < tokens.end:
        return None
    noun = tokens.root.head
    if noun.i < tokens.end or noun.i > tokens.end + 3:
        return None
    kind = _telling(noun) or (ARMED if noun.lemma_ in ("group", "network", "faction", "cell") else None)
    return kind if kind in (ARMED, MentionKind.MEDIA, FORCE) and not noun.lemma_.endswith("soldier") else None


def _apposed(root: Token) -> MentionKind | None:
    """A noun in apposition ("X, a rebel group") or as its predicate ("X is a rebel group")."""
    for noun in (c for c in root.children if c.dep_ == "appos"):
        if (kind := _telling(noun)) is not None:
            return kind
    if root.dep_ == "appos" and (kind := _telling(root.head)) is not None:
        return kind
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        for noun in (c for c in root.head.children if c.dep_ == "attr"):
            if (kind := _telling(noun)) is not None:
                return kind
    return None


def _listed(root: Token) -> MentionKind | None:
    """The noun that a list is of: "outlets include X and Y", "rebel groups such as X, Y and Z"."""
    at = root
    for _ in range(8):
        step, at = at.dep_, at.head
        if step == "dobj" and at.lemma_ == "include":
            subjects = [c for c in at.children if c.dep_ == "nsubj"]
            return described(subjects[0]) if subjects else None
        if step in ("prep", "appos") and at.pos_ == "NOUN":
            return _telling(at) or described(at)
        named = at.lower_ == "of" and at.head.pos_ == "PROPN"
        if step not in _LIST_DEPS or (at.pos_ == "ADP" and at.lower_ not in _LIST_PREPS and not named):
            return None
    return None


def _acting(root: Token) -> MentionKind | None:
    """What only armed groups do: claim responsibility for an attack."""
    if root.dep_ == "nsubj" and root.head.lemma_ == "claim":
        claimed = [c.lemma_ for c in root.head.children if c.dep_ == "dobj"]
        return ARMED if "responsibility" in claimed else None
    return None


def strongest(guesses: Sequence[Guess]) -> MentionKind:
    """The kind held most strongly; among equals the one guessed most often, then the first by name."""
    top = max(g.strength for g in guesses)
    best = [g.kind for g in guesses if g.strength == top]
    return min(best, key=lambda k: (-best.count(k), k))
