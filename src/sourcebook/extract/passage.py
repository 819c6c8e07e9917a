"""A stretch of a document as spaCy parsed it: what every extractor of this stage works on."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from sourcebook.model import Document, Form, Mention, MentionKind, Quantity, Span, Timex


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed window of one document; `offset` is the code point at which the window starts.

    Masked code points were blanked before parsing, so token offsets plus `offset` are offsets into
    `document.text`. Sentences are `doc.sents`. `text` is the window's text, masks blanked: use it and
    not `doc.text`, which spaCy puts together anew from the tokens at each call.
    """

    document: Document
    doc: Doc
    offset: int = 0
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)

    def at(self, start: int, end: int) -> Span:
        """The span of window code points [start, end) in the document."""
        return self.document.span(self.offset + start, self.offset + end)

    def span(self, tokens: Tokens | Token) -> Span:
        """The span of some tokens in the document."""
        if isinstance(tokens, Token):
            return self.at(tokens.idx, tokens.idx + len(tokens))
        return self.at(tokens.start_char, tokens.end_char)

    def tokens(self, span: Span) -> Tokens | None:
        """The tokens of a span of the document, widened to whole tokens; None if outside."""
        return self.doc.char_span(span.start - self.offset, span.end - self.offset, alignment_mode="expand")

    def mention(
        self,
        tokens: Tokens | Token,
        kind: MentionKind,
        *,
        form: Form = Form.NAME,
        head: str = "",
        country: str | None = None,
        value: Timex | Quantity | None = None,
    ) -> Mention:
        """A mention of the words at `tokens`."""
        span = self.span(tokens)
        return Mention(
            span=span,
            exact=self.document.quote(span),
            kind=kind,
            form=form,
            head=head,
            country=country,
            value=value,
        )
