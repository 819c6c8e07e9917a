"""What has been found in a passage so far: mentions and speech, and how to look them up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.passage import Passage
from sourcebook.model import Attribution, Mention, MentionId, MentionKind, Span


class Notes:
    """The mentions of one passage in text order, and its attributions, widest content first."""

    def __init__(
        self, passage: Passage, mentions: Iterable[Mention], speech: Iterable[Attribution] = ()
    ) -> None:
        self.passage = passage
        self.mentions: Sequence[Mention] = sorted(mentions, key=lambda m: (m.span, m.kind))
        self.speech: Sequence[Attribution] = sorted(
            speech, key=lambda a: (a.content.start - a.content.end, a.content.start)
        )
        self._starts = [m.span.start for m in self.mentions]
        self._by_id = {m.id: m for m in self.mentions}
        self._longest = max((m.span.end - m.span.start for m in self.mentions), default=0)

    def __getitem__(self, identifier: MentionId) -> Mention:
        return self._by_id[identifier]

    def within(self, span: Span, *kinds: MentionKind) -> list[Mention]:
        """Mentions that lie wholly inside `span`, of the given kinds if any are given."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        return [
            m for m in self.mentions[low:high] if m.span.end <= span.end and (not kinds or m.kind in kinds)
        ]

    def covering(self, token: Token, *kinds: MentionKind) -> list[Mention]:
        """Mentions whose span holds the token, shortest first."""
        at = self.passage.span(token)
        low = bisect_left(self._starts, at.start - self._longest)
        high = bisect_left(self._starts, at.end)
        found = [m for m in self.mentions[low:high] if m.span.covers(at) and (not kinds or m.kind in kinds)]
        return sorted(found, key=lambda m: (m.span.end - m.span.start, m.kind))

    def headed_by(self, token: Token, *kinds: MentionKind) -> Mention | None:
        """The longest mention whose syntactic head is the token, if there is one."""
        found = [m for m in self.covering(token, *kinds) if self._head(m) == token]
        return found[-1] if found else None

    def _head(self, mention: Mention) -> Token | None:
        tokens: Tokens | None = self.passage.tokens(mention.span)
        return tokens.root if tokens is not None else None

    def speakers(self, span: Span) -> tuple[Attribution, ...]:
        """The chain of speakers whose content holds `span`, outermost first."""
        return tuple(a for a in self.speech if a.content.covers(span))
