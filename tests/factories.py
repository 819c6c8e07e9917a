"""Small hand-made documents, mentions and claims: what tests of resolution and reconciliation start from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from sourcebook.model import (
    Anchor,
    Argument,
    Attribution,
    Claim,
    ClaimId,
    Correction,
    Days,
    Decision,
    Document,
    Factuality,
    Form,
    Mention,
    MentionId,
    MentionKind,
    Quantity,
    Scope,
    Span,
    Status,
    Timex,
    Verdict,
    document_id,
)


def quantity(low: int | None, high: int | None = None, wording: str = "") -> Quantity:
    """`quantity(12)` is exactly 12; `quantity(12, None, "at least")` is 12 or more."""
    if high is None and not wording:
        high = low
    return Quantity(low=low, high=high, usual_low=low, usual_high=high, unit="person", wording=wording)


def day(text: str, basis: str = "explicit") -> Timex:
    """A time whose words give a day, a month ("2031-05") or a year."""
    parts = [int(p) for p in text.split("-")]
    year, month, dom = (*parts, 0, 0)[:3]
    first = date(year, month or 1, dom or 1)
    if dom:
        last = first
    elif month:
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
    else:
        last = date(year, 12, 31)
    return Timex(type="DATE", value=text, edtf=text, earliest=first, latest=last, basis=basis)


def published(text: str) -> Days:
    """A document's own date."""
    on = date.fromisoformat(text)
    return Days(edtf=text, earliest=on, latest=on, basis="dateline")


class Writing:
    """A document under construction: mentions and claims are made of its own words."""

    def __init__(self, text: str, *, path: str = "a.txt", sequence: int = 0, on: str | None = None) -> None:
        sha = f"{hash_of(path + text):064x}"
        self.document = Document(
            id=document_id(path, sha),
            path=path,
            sha256=sha,
            sequence=sequence,
            text=text,
            published=published(on) if on else None,
        )
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def span(self, words: str, nth: int = 0) -> Span:
        """Where the words stand for the nth time."""
        at = -1
        for _ in range(nth + 1):
            at = self.document.text.index(words, at + 1)
        return self.document.span(at, at + len(words))

    def mention(
        self,
        words: str,
        kind: MentionKind,
        *,
        nth: int = 0,
        form: Form = Form.NAME,
        head: str = "",
        country: str | None = None,
        value: Timex | Quantity | None = None,
    ) -> MentionId:
        """Add a mention; the same words and kind again give the same mention."""
        made = Mention(
            span=self.span(words, nth),
            exact=words,
            kind=kind,
            form=form,
            head=head,
            country=country,
            value=value,
        )
        if made.id not in {m.id for m in self.mentions}:
            self.mentions.append(made)
        return made.id

    def group(self, words: str, nth: int = 0) -> MentionId:
        """An armed group."""
        return self.mention(words, MentionKind.ARMED_GROUP, nth=nth)

    def place(self, words: str, nth: int = 0) -> MentionId:
        """A place."""
        return self.mention(words, MentionKind.PLACE, nth=nth)

    def facility(self, words: str, nth: int = 0) -> MentionId:
        """A building or the like."""
        return self.mention(words, MentionKind.FACILITY, nth=nth)

    def time(self, words: str, value: Timex, nth: int = 0) -> MentionId:
        """A time."""
        return self.mention(words, MentionKind.TIME, nth=nth, value=value)

    def number(self, words: str, value: Quantity, nth: int = 0) -> MentionId:
        """A number."""
        return self.mention(words, MentionKind.QUANTITY, nth=nth, value=value)

    def said(
        self, source: MentionId | None, content: str, *, kind: str = "official", cue: str | None = None
    ) -> Attribution:
        """Somebody said what the words `content` hold."""
        return Attribution(
            source=source, kind=kind, content=self.span(content), cue=self.span(cue) if cue else None
        )

    def claim(
        self,
        trigger: str,
        predicate: str = "ASSAULT",
        *,
        nth: int = 0,
        modes: tuple[str, ...] = (),
        by: tuple[Attribution, ...] = (),
        factuality: Factuality = Factuality.CERTAIN,
        status: Status | None = Status.ACCOMPLISHED,
        scope: Scope = Scope.SINGLE,
        antecedent: ClaimId | None = None,
        extractor: str = "test-1",
        **roles: MentionId | tuple[MentionId, ...],
    ) -> ClaimId:
        """Add a claim; roles are keyword arguments, `source_of_warning` for `source-of-warning`."""
        span = self.span(trigger, nth)
        arguments = [
            Argument(role.replace("source_of_warning", "source-of-warning"), mention)
            for role, given in roles.items()
            for mention in (given if isinstance(given, tuple) else (given,))
        ]
        made = Claim(
            predicate=predicate,
            trigger=span,
            evidence=self._sentence(span),
            modes=modes,
            arguments=tuple(arguments),
            attribution=by,
            factuality=factuality,
            status=status,
            scope=scope,
            antecedent=antecedent,
            extractor=extractor,
        )
        self.claims.append(made)
        return made.id

    def _sentence(self, span: Span) -> Span:
        text = self.document.text
        start = max(text.rfind(". ", 0, span.start) + 2, text.rfind("\n", 0, span.start) + 1, 0)
        if text.rfind(". ", 0, span.start) < 0:
            start = max(text.rfind("\n", 0, span.start) + 1, 0)
        stop = text.find(".", span.end)
        return self.document.span(start, stop + 1 if stop >= 0 else len(text))


def hash_of(text: str) -> int:
    """A number made from text, the same in every run."""
    total = 7
    for letter in text:
        total = (total * 1_000_003 + ord(letter)) % (1 << 255)
    return total


def claim_anchor(writing: Writing, identifier: ClaimId) -> Anchor:
    """The anchor that a reviewer's decision about a claim is stored with."""
    claim = next(c for c in writing.claims if c.id == identifier)
    span = claim.trigger
    return Anchor(
        kind="claim",
        id=claim.id,
        document=span.document,
        start=span.start,
        end=span.end,
        exact=writing.document.quote(span),
        predicate=claim.predicate,
    )


def mention_anchor(writing: Writing, identifier: MentionId) -> Anchor:
    """The anchor that a reviewer's decision about a mention is stored with."""
    mention = next(m for m in writing.mentions if m.id == identifier)
    return Anchor(
        kind="mention",
        id=mention.id,
        document=mention.span.document,
        start=mention.span.start,
        end=mention.span.end,
        exact=mention.exact,
        predicate=mention.kind,
    )


class Log:
    """A log of decisions under construction, chained as the store chains it."""

    def __init__(self) -> None:
        self.entries: list[Decision] = []
        self._minutes = count()

    def decide(
        self,
        verdict: Verdict,
        *anchors: Anchor,
        why: str = "because",
        correction: Correction | None = None,
        about: tuple[str, ...] = (),
    ) -> Decision:
        """Append a decision by the reviewer R. Ayo."""
        entry = Decision(
            about=about or tuple(a.id for a in anchors),
            anchors=anchors,
            verdict=verdict,
            by="R. Ayo",
            at=datetime(2031, 6, 1, 12, next(self._minutes) % 60, tzinfo=UTC),
            why=why,
            correction=correction,
            previous=self.entries[-1].id if self.entries else "",
        )
        self.entries.append(entry)
        return entry

    def undo(self, decision: Decision) -> Decision:
        """Append an entry that cancels another."""
        return self.decide(Verdict.UNDO, Anchor(kind="decision", id=decision.id))
