"""A question as a query: what is asked, of whom, of which kind of event, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Final

from msgspec import Struct

from sourcebook.extract.language import model
from sourcebook.extract.pipeline import extract
from sourcebook.model import (
    DateValue,
    Document,
    EntityId,
    MentionKind,
    Record,
    Timex,
    document_id,
)
from sourcebook.ports import Context
from sourcebook.text.lexicon import rows

_WORD: Final = re.compile(r"\w+")
_LONGEST_NAME: Final = 8
#: How alike (0 to 1) a word must be to a name that it misspells, and how long it must be to be taken for one.
_CLOSE: Final = 0.88
_LONG_ENOUGH: Final = 6
_PLACES: Final = frozenset((MentionKind.PLACE, MentionKind.FACILITY))
#: Names too common to be taken for a name when written without a capital.
_CAPITAL: Final = re.compile(r"[A-Z]")

#: Entities by the words of each of their names.
Names = Mapping[tuple[str, ...], list[EntityId]]


class Question(Struct, frozen=True, kw_only=True):
    """What a question asks.

    `about` is toll, count, event, actor, says, silent or page; `name` the property, "*" for any. `actors` and
    `places` are entities that the words name, in order; `when` the days that they give. `types` and `modes`
    are the kinds of event (none: any), `words` what else is said of it, in base forms. `unknown` are names
    that no entity has.
    """

    text: str
    about: str
    name: str
    actors: tuple[EntityId, ...] = ()
    places: tuple[EntityId, ...] = ()
    when: DateValue | None = None
    types: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    ahead: bool = False


def question(text: str, record: Record, *, as_of: date | None = None, names: Names | None = None) -> Question:
    """Read a question against the names of a record, `names_of` it, where they are at hand."""
    parsed = model()(text)
    lemmas = [t.lemma_.lower() for t in parsed if not t.is_punct and not t.is_space]
    about, name = _asked(" ".join(lemmas))
    entities = {e.id: e for e in record.entities}
    when, timed = _when(text, as_of)
    named, left = _named(text, names or names_of(record))
    named = [e for e in named if not timed.issuperset(words(entities[e].name))]
    spelled = {w for e in named for a in entities[e].called for w in words(a)}
    kinds = [row for lemma in lemmas for row in _kinds() if row[0] == lemma]
    return Question(
        text=text,
        about=about,
        name=name,
        actors=tuple(e for e in named if entities[e].kind not in _PLACES),
        places=tuple(e for e in named if entities[e].kind in _PLACES),
        when=when,
        types=frozenset(r[1] for r in kinds if r[1] != "*"),
        modes=frozenset(r[2] for r in kinds if r[2] != "*"),
        words=frozenset(
            w for w in lemmas if len(w) > 2 and w not in _empty() and w not in timed and w not in spelled
        ),
        unknown=_unknown(left, timed),
        ahead=any(t.tag_ == "MD" and t.lemma_.lower() == "will" for t in parsed),
    )


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [w.casefold() for w in _WORD.findall(text)]


def _asked(lemmas: str) -> tuple[str, str]:
    for about, name, pattern in rows("sourcebook.views", "questions"):
        if re.search(pattern, lemmas):
            return about, name
    return "event", "happened"


@cache
def _kinds() -> tuple[tuple[str, ...], ...]:
    return rows("sourcebook.views", "kinds_of_event")


@cache
def _empty() -> frozenset[str]:
    """Words that say nothing of which event is meant."""
    return frozenset(row[0] for row in rows("sourcebook.views", "question_words"))


def names_of(record: Record) -> Names:
    """Every name of every entity by its words: whose own name it is first, then the oftenest mentioned."""
    found: dict[tuple[str, ...], list[EntityId]] = {}
    named = (e for e in record.entities if not e.name.split()[-1].islower())  # "Many people" is no name
    ranked = sorted(named, key=lambda e: -len(e.mentions))
    own = ((e.name, e.id) for e in ranked)
    others = ((name, e.id) for e in ranked for name in e.called[1:])
    for name, entity in (*own, *others):
        key = tuple(w for w in words(name) if w != "the")
        if key and _CAPITAL.search(name) and entity not in found.setdefault(key, []):
            found[key].append(entity)
    return found


def _named(text: str, names: Names) -> tuple[list[EntityId], list[str]]:
    """The entities that the words name, the longest name first taken; and the capitalised words left over."""
    spelled = _WORD.findall(text)
    found: list[EntityId] = []
    left: list[str] = []
    at = 0
    while at < len(spelled):
        for size in range(min(_LONGEST_NAME, len(spelled) - at), 0, -1):
            key = tuple(w.casefold() for w in spelled[at : at + size])
            if key in names and (size > 1 or spelled[at][:1].isupper()):
                found.append(names[key][0])
                at += size
                break
        else:
            close = _misspelt(spelled[at : at + _LONGEST_NAME], names) if spelled[at][:1].isupper() else None
            if close:
                found.append(names[close][0])
            elif at and spelled[at][:1].isupper():
                left.append(spelled[at])
            at += len(close or " ")
    return list(dict.fromkeys(found)), left


def _misspelt(
    spelled: Sequence[str], names: Mapping[tuple[str, ...], list[EntityId]]
) -> tuple[str, ...] | None:
    """The name that the first words come close to: "Harow Front", "Dunmarow"."""
    for size in range(len(spelled), 0, -1):
        said = " ".join(spelled[:size]).casefold()
        if len(said) < _LONG_ENOUGH:
            return None
        like = {" ".join(n): n for n in names if len(n) == size and n[0][:1] == said[:1]}
        near = get_close_matches(said, sorted(like), n=1, cutoff=_CLOSE)
        if near:
            return like[near[0]]
    return None


def _when(text: str, as_of: date | None) -> tuple[DateValue | None, frozenset[str]]:
    """The days that the question names, and the words that do."""
    document = Document(id=document_id("question", text), path="question", sha256="", sequence=0, text=text)
    times = [
        (m.exact, m.value)
        for m in extract(document, Context(as_of)).mentions
        if isinstance(m.value, Timex)
        and m.value.type in ("DATE", "TIME")
        and m.value.earliest
        and m.value.latest
    ]
    if not times:
        return None, frozenset()
    timex = times[0][1]
    said = frozenset(w for exact, _ in times for w in words(exact))
    return DateValue(edtf=timex.edtf, earliest=timex.earliest, latest=timex.latest), said


def _unknown(left: Iterable[str], timed: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in left if w.casefold() not in timed and w.casefold() not in _empty() and len(w) > 1)
