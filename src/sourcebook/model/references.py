"""What a reference list says of actors and places: Entry, ReferenceList. Never a claim of a document.

A list links and enriches what documents name. It counts as no document, no origin and no figure.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct, field

from sourcebook.model.evidence import Days, MentionKind, content_id


class Entry(Struct, frozen=True, kw_only=True, dict=True):
    """One entry of a reference list, as its owner has it.

    `list` is the list's name, `id` the entry's id there, `row` its line. `kind` is None where the list is
    silent. `weak` are names that do not tell who is meant: shown, never matched. `actor_kind` is the owner's
    word for the kind of actor, `country` an ISO 3166-1 alpha-2 code, `parent` the id of the entry of the same
    list that it belongs to or lies in. `lat` and `lon` are WGS 84 degrees, `precision` is as in `Location`.
    `identifiers` are ids elsewhere, by scheme: wikidata, geonames, opensanctions.
    """

    list: str
    id: str
    row: int
    name: str
    kind: MentionKind | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    actor_kind: str | None = None
    country: str | None = None
    since: Days | None = field(default=None, name="from")
    until: Days | None = None
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    identifiers: dict[str, str] = {}
    note: str | None = None

    @cached_property
    def ref(self) -> str:
        """What names the entry beyond its list: `l-` and 12 hexadecimal digits."""
        return content_id("l", self.list, self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that tell who or what is meant, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


class ReferenceList(Struct, frozen=True, kw_only=True, dict=True):
    """A list that somebody gave beside the documents.

    `format` is csv, followthemoney, opensanctions or wikidata; `licence` its owner's words; `size` is the
    number of its entries. `entries` are all of them where a record is still evidence; a derived record keeps
    those that were linked, with its entities.
    """

    name: str
    sha256: str
    format: str
    size: int
    licence: str | None = None
    entries: tuple[Entry, ...] = ()

    @cached_property
    def id(self) -> str:
        """From its name and bytes."""
        return content_id("l", self.name, self.sha256)


class Listed(Struct, frozen=True, kw_only=True):
    """An entry that an entity is linked to, and why in words."""

    entry: Entry
    why: str
