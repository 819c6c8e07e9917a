"""An actor, event or document by what a person would type: an id, a name, some words of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sourcebook.errors import NotFound
from sourcebook.model import Document, Entity, Event, Record

T = TypeVar("T", Entity, Event)

_MOST_SHOWN = 8


def actor(record: Record, words: str) -> Entity:
    """The one entity that `words` names: by id, else by a name of it, else by part of a name.

    Raises:
        NotFound: none does, or several do; the message lists them.
    """
    return _one("actor", words, record.entities, lambda e: e.called)


def event(record: Record, words: str) -> Event:
    """The one event that `words` names: by id, else by words of its label and places.

    Raises:
        NotFound: none does, or several do; the message lists them.
    """
    return _one("event", words, record.events, lambda e: (f"{e.label} {' '.join(p.name for p in e.places)}",))


def _one(kind: str, words: str, among: Sequence[T], names: Callable[[T], tuple[str, ...]]) -> T:
    wanted = words.casefold().strip()
    tests: tuple[Callable[[T], bool], ...] = (
        lambda thing: thing.id == words,
        lambda thing: wanted in (n.casefold() for n in names(thing)),
        lambda thing: any(_says(n, wanted) for n in names(thing)),
    )
    for test in tests:
        found = [thing for thing in among if test(thing)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"{len(found)} {kind}s answer to {words!r}; give an id: {_listed(found)}")
    raise NotFound(f"no {kind} answers to {words!r}; `sourcebook {kind}s FILE` lists them")


def _says(name: str, wanted: str) -> bool:
    """Whether every word wanted begins a word of the name."""
    parts = name.casefold().replace("-", " ").split()
    return bool(wanted) and all(any(p.startswith(w) for p in parts) for w in wanted.replace("-", " ").split())


def _listed(found: Iterable[Entity | Event]) -> str:
    shown = [f"{x.id} ({x.name if isinstance(x, Entity) else x.label})" for x in found]
    more = f" and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    return ", ".join(shown[:_MOST_SHOWN]) + more


def documents(record: Record, words: str) -> list[Document]:
    """The documents whose id, path or title `words` is or is part of.

    Raises:
        NotFound: there is none.
    """
    wanted = words.casefold()
    found = [
        d for d in record.documents if d.id == words or wanted in f"{d.path}\n{d.title or ''}".casefold()
    ]
    if not found:
        raise NotFound(f"no document answers to {words!r}; `sourcebook stats FILE` lists them")
    return found
