"""Which mentions the words of a parse stand for: the lookups that every relation module shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook.extract.notes import Notes
from sourcebook.model import Form, Mention, MentionKind, Span

K = MentionKind

#: Organised actors: what an actor claim may be about.
ORGANISED: Final = frozenset((K.ARMED_GROUP, K.ORGANIZATION, K.GOVERNMENT, K.SECURITY_FORCE, K.MEDIA))
#: What may stand on the other side of a rivalry, an alliance, an allegiance.
PARTIES: Final = ORGANISED | {K.PERSON, K.PLACE}
HUMANS: Final = frozenset((K.PERSON, K.PEOPLE))
PLACES: Final = frozenset((K.PLACE, K.FACILITY))
ENTITIES: Final = ORGANISED | HUMANS | PLACES

_DEFINITE: Final = frozenset(("the", "these", "those", "both", "its", "their"))
#: Marks that the tokenizer leaves at the end of a word.
MARKS: Final = "”\"'"
_PAIRS: Final = (("“", "”"), ("(", ")"))
_LONGEST_IDEA: Final = 40


class Cast:
    """The mentions of a passage by the token that heads them, by first and by last token."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.passage = notes.passage
        self._headed: dict[int, list[Mention]] = defaultdict(list)
        self._covering: dict[int, list[Mention]] = defaultdict(list)
        self._starting: dict[int, list[Mention]] = defaultdict(list)
        self._ending: dict[int, list[Mention]] = defaultdict(list)
        self._tokens: dict[str, Tokens] = {}
        self._worded: dict[str, list[Token]] = defaultdict(list)
        for token in self.passage.doc:
            lemma = token.lemma_.lower()
            for word in {lemma, lemma.rstrip(MARKS), token.lower_}:
                self._worded[word].append(token)
        self._known = {m.id: m for m in notes.mentions}
        for mention in notes.mentions:
            tokens = self.passage.tokens(mention.span)
            if tokens is None or not len(tokens):
                continue
            self._tokens[mention.id] = tokens
            self._headed[tokens.root.i].append(mention)
            self._starting[tokens.start].append(mention)
            self._ending[tokens.end].append(mention)
            for token in tokens:
                self._covering[token.i].append(mention)

    def having(self, *tables: Container[str]) -> list[Token]:
        """The tokens whose lemma or form is a word of any of the tables, in order: others cost nothing."""
        found = {
            token.i: token
            for word, tokens in self._worded.items()
            if any(word in table for table in tables)
            for token in tokens
        }
        return [found[i] for i in sorted(found)]

    def tokens(self, mention: Mention) -> Tokens:
        """The tokens of a mention of this passage."""
        return self._tokens[mention.id]

    def at(self, token: Token, kinds: Iterable[MentionKind]) -> Mention | None:
        """The mention of one of the kinds that the token heads; failing that the shortest that holds it."""
        kinds = frozenset(kinds)
        headed = [m for m in self._headed[token.i] if self.kind(m) in kinds]
        if headed:
            return max(headed, key=_length)
        around = [m for m in self._covering[token.i] if m.kind in kinds]
        return min(around, key=_length) if around else None

    def kind(self, mention: Mention) -> MentionKind:
        """The kind of what is meant: of a pronoun, that of what it refers to ("she" of a group)."""
        if mention.form is Form.PRONOUN and mention.kind is K.PERSON and mention.antecedent in self._known:
            return self._known[mention.antecedent].kind
        return mention.kind

    def indefinite(self, mention: Mention) -> bool:
        """Whether the mention describes some of a kind rather than one: "several groups", "militants"."""
        root = self.tokens(mention).root
        if mention.form is not Form.NOMINAL or root.tag_ != "NNS":
            return False
        return not any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in root.children)

    def named_in(self, mention: Mention, kinds: Iterable[MentionKind]) -> list[Mention]:
        """The named mentions of some kinds inside a description."""
        if mention.form is not Form.NOMINAL:
            return []
        return [m for m in self.within(mention.span, kinds) if m.form is Form.NAME and m.span != mention.span]

    def all(self, tokens: Iterable[Token], kinds: Iterable[MentionKind]) -> list[Mention]:
        """The mentions at several tokens, each once, in order."""
        found = (self.at(token, kinds) for token in tokens)
        return list({m.id: m for m in found if m is not None}.values())

    def starting(self, index: int, kinds: Iterable[MentionKind]) -> Mention | None:
        """The longest mention that starts at the token index."""
        return max((m for m in self._starting[index] if m.kind in kinds), key=_length, default=None)

    def ending(self, index: int, kinds: Iterable[MentionKind]) -> Mention | None:
        """The shortest mention whose last token is the one before the index."""
        return min((m for m in self._ending[index] if m.kind in kinds), key=_length, default=None)

    def covering(self, token: Token, kinds: Iterable[MentionKind]) -> list[Mention]:
        """Every mention that holds the token, shortest first."""
        return sorted((m for m in self._covering[token.i] if m.kind in kinds), key=_length)

    def within(self, span: Span, kinds: Iterable[MentionKind]) -> list[Mention]:
        """Mentions wholly inside the span."""
        return self.notes.within(span, *sorted(kinds))

    def idea(self, first: Token, last: Token) -> Mention:
        """A mention made to carry words that are no entity: an aim, an ideology, a scope."""
        end = min(last.i + 1, first.i + _LONGEST_IDEA)
        for opening, closing in _PAIRS:
            words = [t.text for t in first.doc[first.i : end]]
            following = first.doc[end].text if end < len(first.doc) else ""
            end += words.count(opening) > words.count(closing) and following == closing
        return self.passage.mention(first.doc[first.i : end], K.IDEA, form=Form.NOMINAL)


def _length(mention: Mention) -> tuple[int, str]:
    return mention.span.end - mention.span.start, mention.kind
