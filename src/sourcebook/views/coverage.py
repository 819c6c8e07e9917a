"""What became of every number, date and capitalised word: used, context, masked, ordinary, unhandled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from msgspec import Struct

from sourcebook.model import Document, DocumentId, Mention, MentionId, Record, Span
from sourcebook.text import lexicon
from sourcebook.text.dates import MONTH

#: Every account that is given, in the order of the summary.
ACCOUNTS: Final = ("used", "context", "boilerplate", "footnote-mark", "ordinary", "unhandled")

_NUMBER_WORDS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|scores|hundreds?|"
    "thousands?|millions?"
)
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TOKEN: Final = re.compile(
    rf"(?P<date>\b{_WEEKDAY}s?\b|\b{MONTH}\b|\b(?:1[89]|20)\d\d(?!\d)(?![.,]\d)|\b\d{{1,4}}-\d{{1,2}}-\d{{1,4}}\b)"
    rf"|(?P<number>\d{{1,20}}(?:[.,]\d{{1,20}}){{0,6}}|\b(?:{_NUMBER_WORDS})\b)"
    r"|(?P<word>\b[^\W\d_][\w'’-]{0,80})",
    re.IGNORECASE,
)
_START: Final = re.compile(r"(?:^|[.!?:;…\n]|\n[ \t>*#•-]{1,10})[\"'“”‘’()\[\]\s]{0,10}$")


class Row(Struct, frozen=True, kw_only=True):
    """One number, date or run of capitalised words, and what became of it."""

    document: str
    start: int
    end: int
    exact: str
    kind: str
    account: str
    why: str


class Summary(Struct, frozen=True, kw_only=True):
    """How many of a document's numbers, dates and names went where."""

    document: str
    used: int
    context: int
    boilerplate: int
    footnote_mark: int
    ordinary: int
    unhandled: int


class _Token(NamedTuple):
    start: int
    end: int
    kind: str
    account: str
    why: str


def rows(record: Record, documents: Iterable[DocumentId] | None = None) -> list[Row]:
    """Every number, date and capitalised name, in document and text order, each with its account."""
    wanted = None if documents is None else set(documents)
    uses = _uses(record)
    lower = _lower_case(record.documents)
    by_document: dict[DocumentId, list[Mention]] = {}
    for mention in record.mentions:
        by_document.setdefault(mention.span.document, []).append(mention)
    words = _words(record)
    found: list[Row] = []
    for document in record.documents:
        if wanted is None or document.id in wanted:
            account = _Account(
                document, by_document.get(document.id, []), uses, words.get(document.id, []), lower
            )
            found += _merged(document, account.tokens())
    return found


def summary(found: Iterable[Row]) -> list[Summary]:
    """Counts by document, in the order in which the rows come."""
    counted: dict[str, Counter[str]] = {}
    for row in found:
        counted.setdefault(row.document, Counter())[row.account.replace("-", "_")] += 1
    return [
        Summary(document=document, **{a.replace("-", "_"): counts[a.replace("-", "_")] for a in ACCOUNTS})
        for document, counts in counted.items()
    ]


def _uses(record: Record) -> dict[MentionId, str]:
    """Mentions that a claim needs, pronouns followed to their names, each with the first such claim."""
    antecedent = {m.id: m.antecedent for m in record.mentions}
    uses: dict[MentionId, str] = {}
    for claim in record.claims:
        needed = [(a.mention, f"{a.role} of {claim.id}") for a in claim.arguments]
        needed += [(a.source, f"speaker of {claim.id}") for a in claim.attribution if a.source]
        needed += [(a.channel, f"channel of {claim.id}") for a in claim.attribution if a.channel]
        for mention, why in needed:
            at: MentionId | None = mention
            while at is not None and at not in uses:
                uses[at] = why
                at = antecedent.get(at)
    return uses


def _words(record: Record) -> dict[DocumentId, list[tuple[Span, str]]]:
    """Stretches that a claim of each document rests on without a mention: triggers and cues."""
    found: dict[DocumentId, list[tuple[Span, str]]] = {}
    for claim in record.claims:
        held = found.setdefault(claim.trigger.document, [])
        held.append((claim.trigger, f"trigger of {claim.id}"))
        held += [(a.cue, f"cue of {claim.id}") for a in claim.attribution if a.cue]
    return found


def _lower_case(documents: Iterable[Document]) -> frozenset[str]:
    """Words that stand somewhere in lower case, or are no names anyhow: their capital means nothing."""
    found = {w for d in documents for w in re.findall(r"\b[^\W\d_A-Z][^\W\d_]{0,40}\b", d.text)}
    return frozenset(found.union(word for (word,) in lexicon.rows("sourcebook.views", "ordinary")))


class _Account:
    """Accounts for the tokens of one document."""

    def __init__(
        self,
        document: Document,
        mentions: list[Mention],
        uses: dict[MentionId, str],
        words: list[tuple[Span, str]],
        lower: frozenset[str],
    ) -> None:
        self.document = document
        self.lower = lower
        size = len(document.text)
        #: For each code point the best account so far: later layers lie over earlier ones.
        self.layers: list[tuple[str, str] | None] = [None] * size
        for mention in mentions:
            if mention.id not in uses:
                self._lay(
                    mention.span.start,
                    mention.span.end,
                    "context",
                    f"{mention.kind.replace('_', ' ')} in no claim",
                )
        for span, what in (
            (document.title_span, "title"),
            (document.author_span, "author"),
            (document.published.span if document.published else None, "date"),
        ):
            if span is not None:
                self._lay(span.start, span.end, "context", f"{what} of the document")
        for span, what in words:
            self._lay(span.start, span.end, "used", what)
        for mention in sorted(mentions, key=lambda m: m.span.start - m.span.end):
            if mention.id in uses:
                self._lay(mention.span.start, mention.span.end, "used", uses[mention.id])
        for mask in document.masks:
            kind = "footnote-mark" if mask.why == "footnote-mark" else "boilerplate"
            self._lay(mask.start, mask.end, kind, mask.why)

    def _lay(self, start: int, end: int, account: str, why: str) -> None:
        end = min(end, len(self.layers))
        self.layers[start:end] = [(account, why)] * (end - start)

    def tokens(self) -> Iterator[_Token]:
        """Every token to account for, in text order."""
        text = self.document.text
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or ""
            word = match.group()
            if kind == "word":
                if not word[0].isupper():
                    continue
                kind = "name"
            elif kind == "date" and word[0].islower():
                continue  # "may", "march", "second of sun"
            start, end = match.span()
            laid = next((x for x in self.layers[start:end] if x is not None), None)
            account, why = laid or self._unlaid(kind, start, word)
            yield _Token(start, end, kind, account, why)

    def _unlaid(self, kind: str, start: int, word: str) -> tuple[str, str]:
        if kind == "name":
            before = self.document.text[max(0, start - 14) : start]
            if len(word) == 1 or word.casefold() in self.lower:
                opens = start == 0 or _START.search(before) is not None
                return "ordinary", "start of a sentence" if opens else "a word that also stands in lower case"
        return "unhandled", "no mention covers it"


def _merged(document: Document, tokens: Iterable[_Token]) -> Iterator[Row]:
    """Neighbouring tokens with one account as one row."""
    runs: list[list[_Token]] = []
    for token in tokens:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and (last.kind, last.account, last.why) == (token.kind, token.account, token.why)
            and document.text[last.end : token.start] in (" ", "-", "\u00a0", ". ")
        ):
            runs[-1].append(token)
        else:
            runs.append([token])
    for run in runs:
        start, end = run[0].start, run[-1].end
        yield Row(
            document=document.path,
            start=start,
            end=end,
            exact=document.text[start:end],
            kind=run[0].kind,
            account=run[0].account,
            why=run[0].why,
        )
