"""What was read, and where in it: Source, Document, Span, Mention.

Evidence never changes. A corrected page is another Document; a better extractor makes
other Mentions. Ids are made from content, so the same input always gets the same id.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, NewType

from msgspec import Struct

from sourcebook.errors import ModelError, SpanError

SourceId = NewType("SourceId", str)
DocumentId = NewType("DocumentId", str)
MentionId = NewType("MentionId", str)


def content_id(prefix: str, *parts: str) -> str:
    """A short id made from content: `prefix-` and 12 hexadecimal digits of SHA-256."""
    return f"{prefix}-{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'replace')).hexdigest()[:12]}"


#: Nothing that separates folders, names a drive, leads up, ends a line or opens a tag.
_ID: Final = re.compile(r"[\w-][\w .-]{0,99}")


def check_id(identifier: str) -> None:
    """Refuse what is no id: pages and files are named by ids, and a sourcebook may come from a stranger.

    Raises:
        ModelError: it holds more than letters, digits, hyphens, dots and blanks.
    """
    if not _ID.fullmatch(identifier):
        raise ModelError(f"an id is made of letters, digits, hyphens and dots, got {identifier[:100]!r}")


class Reliability(StrEnum):
    """How far a source can be relied on, by its record (Admiralty code, letter)."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_JUDGE = "F"


class Span(Struct, frozen=True, order=True, gc=False):
    """Code points [start, end) of one document: W3C TextPositionSelector."""

    document: DocumentId
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"span needs 0 <= start < end, got [{self.start}, {self.end})")

    def __str__(self) -> str:
        return f"{self.document}:{self.start}-{self.end}"

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.document == other.document and self.start < other.end and other.start < self.end


class Days(Struct, frozen=True, kw_only=True):
    """When something was, as far as is known: EDTF and the days it may cover.

    Both bounds are included; None means open or unknown. `basis` says in words how the bounds
    were got; `span` is where that was read, if it was read. Standard: EDTF (ISO 8601-2).
    """

    edtf: str | None
    earliest: date | None
    latest: date | None
    basis: str
    span: Span | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ModelError(f"earliest {self.earliest} is after latest {self.latest}")

    def meets(self, other: Days) -> bool:
        """Whether one day could satisfy both; an open bound excludes nothing."""
        return not (self.earliest and other.latest and self.earliest > other.latest) and not (
            other.earliest and self.latest and other.earliest > self.latest
        )


class SourceKind(StrEnum):
    """What kind of body publishes."""

    NEWSPAPER = "newspaper"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    WEBSITE = "website"
    GOVERNMENT = "government"
    RESEARCH = "research"
    NGO = "ngo"
    ARMED_GROUP = "armed_group"
    SOCIAL_MEDIA = "social_media"
    UNKNOWN = "unknown"


class Source(Struct, frozen=True, kw_only=True):
    """Who publishes: a newspaper, an agency, a ministry, an armed group's channel.

    `reliability` is set by a person (`rated_by`) or is None; the package never sets it.
    """

    id: SourceId
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    country: str | None = None
    interest: str | None = None
    reliability: Reliability | None = None
    rated_by: str | None = None


class Mask(Struct, frozen=True, order=True):
    """Code points [start, end) that are not the document's own prose, and why.

    `why` is one of: navigation, caption, byline, boilerplate, footnote-mark, markup, comment,
    disclaimer, audio-player, source-line. Masked text stays where it is: no offset moves.
    """

    start: int
    end: int
    why: str


class Document(Struct, frozen=True, kw_only=True):
    """One text as one source published it.

    `text` is the canonical text: every offset in the package counts Unicode code points into
    it and nothing else. `sha256` is that of the bytes as they were read. `path` is relative to
    the folder that was given. `sequence` is the order in which documents entered the sourcebook:
    an entity or event keeps the id it got from the earliest document that speaks of it. `container`
    is the path of the file that it was found in (a mail, an archive), None for a file of its own.
    `file_dates` are dates of the file, not of the report: created, modified, retrieved; each basis says
    which. `page_starts` are the offsets at which the pages of a paged document begin. `licence` and
    `handling` are the owner's words about what may be done with it. `translation_of` is the document of the
    same file that a translator plugin made this one of; offsets count into the translation.
    """

    id: DocumentId
    path: str
    sha256: str
    sequence: int
    text: str
    source: SourceId | None = None
    title: str | None = None
    title_span: Span | None = None
    author: str | None = None
    author_span: Span | None = None
    url: str | None = None
    published: Days | None = None
    language: str | None = None
    translated: bool = False
    translated_why: str | None = None
    translation_of: DocumentId | None = None
    encoding: str = "utf-8"
    masks: tuple[Mask, ...] = ()
    container: str | None = None
    file_dates: tuple[Days, ...] = ()
    page_starts: tuple[int, ...] = ()
    licence: str | None = None
    handling: str | None = None

    def __post_init__(self) -> None:
        check_id(self.id)

    def quote(self, span: Span) -> str:
        """The words at `span`.

        Raises:
            SpanError: the span is of another document or runs past the end of this one.
        """
        if span.document != self.id or span.end > len(self.text):
            raise SpanError(f"{span} is not within document {self.id} ({len(self.text)} code points)")
        return self.text[span.start : span.end]

    def span(self, start: int, end: int) -> Span:
        """The span [start, end) of this document."""
        span = Span(self.id, start, end)
        self.quote(span)
        return span


def document_id(path: str, sha256: str) -> DocumentId:
    """From where a document was and what bytes it held: the same bytes elsewhere are another."""
    return DocumentId(content_id("d", path, sha256))


class MentionKind(StrEnum):
    """What a mention mentions. The first nine are kinds of entity; the rest are not resolved."""

    PERSON = "person"
    ARMED_GROUP = "armed_group"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    SECURITY_FORCE = "security_force"
    MEDIA = "media"
    PEOPLE = "people"
    PLACE = "place"
    FACILITY = "facility"
    TIME = "time"
    QUANTITY = "quantity"
    WEAPON = "weapon"
    IDEA = "idea"

    @property
    def is_entity(self) -> bool:
        """Whether mentions of this kind are resolved to entities."""
        return self not in NOT_ENTITIES


NOT_ENTITIES = frozenset((MentionKind.TIME, MentionKind.QUANTITY, MentionKind.WEAPON, MentionKind.IDEA))


class Form(StrEnum):
    """How an entity is mentioned: by name, by description ("the group") or by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Timex(Struct, frozen=True, kw_only=True, tag="time", tag_field="is"):
    """A time expression: its TIMEX3 type and value, and the days it may cover.

    `earliest` and `latest` are both included; None is open or unknown. `anchor` is the mention
    or event that a relative expression counts from, "document" for the document's own date, None
    for an expression that stands by itself. An expression that counts from an event ("hours after the raid",
    anchor "event") keeps how long in `value`, before or after in `direction`, and the event's
    trigger word in `event`; its days are for the resolver. `basis` says in words how the days were got.
    Standards: TimeML TIMEX3 for `type` and `value`, EDTF (ISO 8601-2) for `edtf`.
    """

    type: str  # DATE, TIME, DURATION, SET
    value: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: str | None = None
    basis: str = "explicit"
    direction: str | None = None
    event: Span | None = None


class Quantity(Struct, frozen=True, kw_only=True, tag="quantity", tag_field="is"):
    """A number as stated: hard bounds that the words exclude beyond, and usual bounds.

    Bounds are included; None is open. "at least 137" is hard [137, None]; "almost 100" is hard
    [None, 99] and usual [90, 99]; "dozens" is hard [24, None] and usual [24, 99]; 12 is [12, 12]
    four times. `unit` is what is counted in the singular ("person", "fighter", "percent"), `of` the
    effect or property if the words state one ("killed", "injured", "member"). `wording` is
    the words that set the bounds ("at least", "almost", "dozens"), "" for a bare number.
    """

    low: int | None
    high: int | None
    usual_low: int | None = None
    usual_high: int | None = None
    unit: str | None = None
    of: str | None = None
    wording: str = ""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ModelError(f"quantity has low {self.low} above high {self.high}")

    def meets(self, other: Quantity) -> bool:
        """Whether one number could satisfy the hard bounds of both."""
        lows = [n for n in (self.low, other.low) if n is not None]
        highs = [n for n in (self.high, other.high) if n is not None]
        return not lows or not highs or max(lows) <= min(highs)


class Mention(Struct, frozen=True, kw_only=True, dict=True):
    """A stretch of text that refers to something.

    `antecedent` is an earlier or later mention in the same document that this one refers back
    to ("the group" to "Harrow Front"). `country` is an ISO 3166-1 alpha-2 code where the words
    themselves give one ("Tajik", "Russian authorities"). `head` is the name without article, rank, honorific.
    """

    span: Span
    exact: str
    kind: MentionKind
    form: Form = Form.NAME
    head: str = ""
    country: str | None = None
    antecedent: MentionId | None = None
    value: Timex | Quantity | None = None

    # Asked for at every look-up: hashed once, beside the fields, so that it is no part of equality or JSON.
    @cached_property
    def id(self) -> MentionId:
        """Says where it is and what kind, so that it survives a change of extractor."""
        return MentionId(content_id("m", str(self.span), self.kind))

    @property
    def name(self) -> str:
        """The name to compare by: `head`, or the exact words."""
        return self.head or self.exact
