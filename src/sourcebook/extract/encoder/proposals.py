"""Role fillers that the tagger proposes, as strings, and the choice among them by a small linear model.

The choice looks at scores, places and overlaps only, never at the words of a name: it has no memory of
the names in the texts that it was fitted on.
"""

from __future__ import annotations

import json
import math
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sourcebook.extract.encoder import ROLES, Scores
from sourcebook.extract.shipped import WEIGHTS
from sourcebook.extract.wordlists import rows

#: A span below this chance is not looked at; nor is one of more wordpieces.
LEAST: Final = 0.03
_LONGEST: Final = 24
_ENDS: Final = 3
#: Most letters between a name and the same name in brackets.
_BRACKET: Final = 3
_PUNCTUATION: Final = str.maketrans("", "", string.punctuation + "“”‘’")
_ARTICLE: Final = re.compile(r"\b(?:a|an|the)\b")
_AFTER_HEAD: Final = re.compile(r" (?:of|from|in|at|on) ")
_WORD: Final = re.compile(r"\w+")
_LINKS: Final = "-'’"
#: Inside one word: a hyphen, or an apostrophe that opens no genitive.
_LINKED: Final = re.compile(r"[^\W\d_](?:-|['’](?![sS]\b))[^\W\d_]")
_GENITIVE: Final = re.compile(r"['’][sS]\b")
_JOINING: Final = frozenset("a an the of in on at by and or to from for with".split())
_SMALL: Final = frozenset("of in on at by and or to from for with his her their its".split())

Features = dict[str, float]
Fillers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Proposal:
    """One wording that may fill a role: its chance and place (code point) wherever it was proposed."""

    role: str
    text: str
    plain: str
    chances: tuple[float, ...]
    places: tuple[int, ...]

    @property
    def best(self) -> float:
        """Its highest chance."""
        return max(self.chances)

    @property
    def words(self) -> frozenset[str]:
        """Its words without those that only join others."""
        return frozenset(self.plain.split()) - _SMALL

    @property
    def head(self) -> str:
        """Its last word before a preposition, without the s of a plural."""
        return (_AFTER_HEAD.split(self.plain)[0].split() or [""])[-1].removesuffix("s")


def plain(text: str) -> str:
    """Small letters without punctuation and articles, for comparing wordings."""
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def spans(scores: Scores, role: str) -> Iterator[tuple[int, int, float]]:
    """Spans of code points, widened to whole words, with their chance, in text order."""
    marks = scores.head(role)
    begin, inside = marks[:, 1], marks[:, 2]
    for first in map(int, (begin > LEAST).nonzero()[0]):
        chance = float(begin[first])
        ends: list[tuple[float, int]] = []
        for after in range(first + 1, min(len(marks), first + _LONGEST) + 1):
            follows = float(inside[after]) if after < len(marks) else 0.0
            ends.append((chance * (1 - follows), after))
            chance *= follows
            if chance < LEAST:
                break
        for whole, after in sorted(ends, key=lambda e: (-e[0], e[1]))[:_ENDS]:
            start, end = _whole_words(scores, first, after)
            if whole > LEAST and start < end:
                yield start, end, whole


def _whole_words(scores: Scores, first: int, after: int) -> tuple[int, int]:
    start, end = scores.offsets[first][0], scores.offsets[after - 1][1]
    while start > 0 and _joined(scores.text, start):
        start -= 1
    while end < len(scores.text) and _joined(scores.text, end):
        end += 1
    return _trimmed(scores.text, start, end)


def _joined(text: str, at: int) -> bool:
    """Whether the letters on both sides belong to one word; hyphens and apostrophes are part of it."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    return _LINKED.match(text, at - 2 if before in _LINKS else at - 1) is not None if at > 1 else False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without joining words, articles, punctuation and a genitive's s at either end."""
    words = [m for m in _WORD.finditer(text, start, end) if m.group().lower() not in _JOINING]
    while len(words) > 1 and _GENITIVE.match(text, words[-1].start() - 1, words[-1].end()):
        words.pop()
    return (words[0].start(), words[-1].end()) if words else (start, start)


def proposals(scores: Scores) -> list[Proposal]:
    """Every wording proposed for every role once."""
    found: dict[tuple[str, str], dict[tuple[int, int], float]] = defaultdict(dict)
    for role in ROLES:
        for start, end, chance in spans(scores, role):
            same = found[role, plain(scores.text[start:end])]
            same[start, end] = max(chance, same.get((start, end), 0.0))
    made = []
    for (role, words), places in found.items():
        if words:
            start, end = min(places)
            starts = tuple(s for s, _ in places)
            made.append(Proposal(role, scores.text[start:end], words, tuple(places.values()), starts))
    return sorted(made, key=lambda p: (ROLES.index(p.role), -p.best, p.places[0], p.plain))


def _log_odds(chance: float) -> float:
    return math.log((chance + 1e-6) / (1 - chance + 1e-6))


@cache
def _collectives() -> frozenset[str]:
    """Nouns that describe an actor without naming one, without the s of a plural."""
    return frozenset(row[0] for row in rows("actor_nouns"))


def fixed(scores: Scores, made: Sequence[Proposal]) -> list[Features]:
    """What speaks for each proposal, whatever else is chosen."""
    whole = plain(scores.text)
    top: dict[str, float] = defaultdict(float)
    by_words: dict[str, dict[str, float]] = defaultdict(dict)
    for p in made:
        top[p.role] = max(top[p.role], p.best)
        by_words[p.plain][p.role] = p.best
    return [_fixed(p, scores, made, top, _Around(whole.count(p.plain) or 1, by_words[p.plain])) for p in made]


@dataclass(frozen=True)
class _Around:
    written: int
    roles: Mapping[str, float]


def _fixed(
    p: Proposal, scores: Scores, made: Sequence[Proposal], top: Mapping[str, float], around: _Around
) -> Features:
    rivals = [o for o in made if o is not p and o.role == p.role]
    odds = _log_odds(p.best)
    return {
        "odds": odds,
        "chance": p.best,
        "sum": math.log(sum(p.chances) + 1e-3),
        "count": math.log(len(p.chances)),
        "written": math.log(around.written),
        "likely": sum(c > 0.3 for c in p.chances) / around.written,
        "first": min(p.places) / max(1, len(scores.text)),
        "words": float(len(p.plain.split())),
        "top odds": _log_odds(top[p.role]),
        "of top": p.best / (top[p.role] + 1e-6),
        "other role": max((c for r, c in around.roles.items() if r != p.role), default=0.0),
        "longer": max((o.best for o in rivals if f" {p.plain} " in f" {o.plain} "), default=0.0) - p.best,
        "shorter": max((o.best for o in rivals if f" {o.plain} " in f" {p.plain} "), default=0.0) - p.best,
        "collective": float(p.head in _collectives()),
        "any": scores.kinds["ANY"],
        "kind": max(chance for kind, chance in scores.kinds.items() if kind != "ANY"),
        f"is {p.role}": 1.0,
        f"odds {p.role}": odds,
    }


def beside(p: Proposal, kept: Sequence[Proposal]) -> Features:
    """What speaks against a proposal when others of its role are already chosen."""
    if not kept:
        return {}
    shared = [len(p.words & k.words) / max(1, len(p.words | k.words)) for k in kept]
    return {
        "kept": float(len(kept)),
        "holds": float(any(p.words and (p.words <= k.words or k.words <= p.words) for k in kept)),
        "shared": max(shared),
        "same head": float(any(p.head == k.head for k in kept)),
        "same name": float(any(_same_name(p, k) for k in kept)),
        "both collective": float(p.head in _collectives() and any(k.head in _collectives() for k in kept)),
    }


def _same_name(one: Proposal, other: Proposal) -> bool:
    """Whether one is made of the other's first letters, or stands beside it: "the Harrow Front (HF)"."""
    first, second = sorted((one.plain, other.plain), key=len)
    if len(first) > 1 and first == "".join(w[0] for w in second.split() if w not in _SMALL):
        return True
    return any(
        0 <= after - before - len(p.text) <= _BRACKET
        for p, q in ((one, other), (other, one))
        for before in p.places
        for after in q.places
    )


@dataclass(frozen=True)
class Choice:
    """A linear model over named features, and the chance from which a proposal of a role is taken."""

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """Between 0 and 1."""
        total = self.weights["bias"] + sum(self.weights.get(n, 0.0) * v for n, v in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def choose(self, made: Sequence[Proposal], features: Sequence[Features], role: str) -> list[Proposal]:
        """The proposals taken for a role, the likeliest first, each judged beside those before it."""
        own = [(p, f) for p, f in zip(made, features, strict=True) if p.role == role]
        kept: list[Proposal] = []
        for p, f in sorted(own, key=lambda pair: -self.chance(pair[1])):
            if self.chance({**f, **beside(p, kept)}) >= self.thresholds[role]:
                kept.append(p)
        return kept


@cache
def choice(name: str = "fillers.json") -> Choice:
    """The fitted model of `weights/<name>`."""
    stored = json.loads(WEIGHTS.joinpath(name).read_text(encoding="utf-8"))
    return Choice(stored["weights"], stored["thresholds"])


def fillers(scores: Scores) -> Fillers:
    """The wordings chosen for every role."""
    made = proposals(scores)
    features = fixed(scores, made)
    return {role: [p.text for p in choice().choose(made, features, role)] for role in ROLES}
