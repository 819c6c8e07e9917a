"""Some claims with their fields as a form each: what a reviewer says that they should read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sourcebook.model import Claim, ClaimId, Mention, Quantity, Status, Timex
from sourcebook.model.vocabulary import EVENT_TYPES, TOLL_ROLES
from sourcebook.views import wording
from sourcebook.views.evidence import SURELY, Evidence
from sourcebook.web.book import Book
from sourcebook.web.pages.asking import Ask

_MOST: Final = 12
#: What can be put into every event claim, whether its words give it or not.
_ALWAYS: Final = ("killed", "injured", "date", "location", "actor")
_NAMES: Final = ("location", "target", "weapon", "actor", "claimant", "suspect", "recipient")


class Field(NamedTuple):
    """One field of a claim as it reads now. `kind` is choice, range, date or name."""

    name: str
    kind: str
    now: str
    low: int | None = None
    high: int | None = None
    choices: Sequence[tuple[str, str]] = ()


class Row(NamedTuple):
    """One claim: its words and its fields."""

    evidence: Evidence
    fields: Sequence[Field]


def context(ask: Ask) -> Mapping[str, Any]:
    """The claims of the address, each with what can be corrected in it."""
    book = ask.book
    wanted = list(dict.fromkeys(ask.of.split(",")))[:_MOST]
    claims = [book.entries.claims[ClaimId(i)] for i in wanted if i in book.entries.claims]
    back = ask.given.get("back", "")
    return {
        "title": "Correct",
        "rows": [Row(book.witness.of(c.id), list(_fields(book, c))) for c in claims],
        "of": ",".join(c.id for c in claims),
        "back": back if back.startswith("/") and not back.startswith("//") else "",
        "done": ask.word("done"),
    }


def _fields(book: Book, claim: Claim) -> Iterator[Field]:
    if claim.status is not None:
        yield Field("status", "choice", claim.status.value, choices=[(s.value, s.value) for s in Status])
    yield Field(
        "factuality",
        "choice",
        claim.factuality.value,
        choices=[(f.value, words.removeprefix("says that ")) for f, words in SURELY.items()],
    )
    held = {a.role: book.entries.mentions.get(a.mention) for a in claim.arguments}
    if claim.predicate in EVENT_TYPES:
        for role in (*dict.fromkeys((*_ALWAYS, *(r for r in held if r in (*TOLL_ROLES, *_NAMES)))),):
            yield _field(book, role, held.get(role))
    elif (value := held.get("value")) is not None and isinstance(value.value, Quantity | Timex):
        yield _field(book, "value", value)


def _field(book: Book, role: str, mention: Mention | None) -> Field:
    value = mention.value if mention else None
    if isinstance(value, Quantity):
        return Field(role, "range", wording.number(value), value.low, value.high)
    if isinstance(value, Timex):
        return Field(role, "date", value.edtf or "")
    if role in _NAMES:
        return Field(role, "name", book.entries.name(mention.id) or "" if mention else "")
    return Field(role, "date" if role == "date" else "range", "")
