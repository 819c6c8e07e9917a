"""Names and descriptions of actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from spacy.tokens import Span as Tokens

from sourcebook.extract.names import kinds
from sourcebook.extract.names.aliases import aliases
from sourcebook.extract.names.chunks import Chunk, Word, chunks, words
from sourcebook.extract.names.defined import BRACKET, abbreviates, definitions, joined
from sourcebook.extract.names.kinds import Guess
from sourcebook.extract.names.lexicon import heads, key, longest_known, organizations, titles, word_set
from sourcebook.extract.names.nominals import descriptions, pronouns
from sourcebook.extract.names.sites import by_site
from sourcebook.extract.passage import Passage
from sourcebook.model import Form, Mention, MentionKind

__all__ = ["aliases", "find"]


class Name(NamedTuple):
    """A stretch that may be a name: its words, the text, and the kinds guessed of it."""

    chunk: Chunk
    written: str
    head: str
    guesses: tuple[Guess, ...]


def find(passage: Passage, places: Sequence[Mention]) -> list[Mention]:
    """Every entity mentioned: the places given, and actors by name, description and pronoun.

    A longer name of an actor swallows the places inside it ("Harrow Province Front").
    """
    run = words(passage.doc)
    named = _decided(passage, _candidates(passage, run, places), places)
    named += _people_like_places(named, places)
    named += _branches(passage, named, places)
    taken = _points(named)
    kept = [p for p in places if taken.isdisjoint(range(p.span.start, p.span.end))]
    nominals = descriptions(passage, [*named, *kept])
    taken = _points(n for n in nominals if n.country)
    kept = [p for p in kept if p.form is Form.NAME or p.span.start not in taken]
    return sorted([*named, *kept, *nominals, *pronouns(passage)], key=lambda m: (m.span, m.kind))


def _branches(passage: Passage, named: Sequence[Mention], places: Sequence[Mention]) -> list[Mention]:
    """Groups called by where they are: "the HF offshoot Norland", "the offshoot “Norland Province”".

    The name to compare by has the name that the description holds before it: "HF Norland".
    """
    found = []
    for place in (p for p in places if p.form is Form.NAME and p.kind is MentionKind.PLACE):
        tokens = passage.tokens(place.span)
        noun = kinds.described_before(tokens) if tokens is not None else None
        if noun is not None:
            phrase = passage.at(noun.left_edge.idx, noun.idx + len(noun))
            base = [m.exact for m in named if phrase.covers(m.span) and m.kind is MentionKind.ARMED_GROUP]
            head = " ".join((*base[:1], place.exact))
            found.append(replace(place, kind=MentionKind.ARMED_GROUP, head=head, country=None))
    return found


def _people_like_places(named: Sequence[Mention], places: Sequence[Mention]) -> list[Mention]:
    """Towns that are the surname of somebody named in full: "Lt. Tom Reading ... Reading"."""
    surnames = {key(m.head)[-1] for m in named if m.kind is MentionKind.PERSON and len(key(m.head)) > 1}
    return [
        replace(p, kind=MentionKind.PERSON, head=p.exact, country=None)
        for p in places
        if p.form is Form.NAME and p.kind is MentionKind.PLACE and p.exact.lower() in surnames
    ]


def _points(mentions: Iterable[Mention]) -> set[int]:
    """The code points that the mentions cover."""
    return {i for m in mentions for i in range(m.span.start, m.span.end)}


def _candidates(passage: Passage, run: Sequence[Word], places: Sequence[Mention]) -> list[Name]:
    """Runs of capitals, well-known names and defined names, joined where they overlap."""
    index = {w.start: n for n, w in enumerate(run)}
    spans = [(index[c[0].start], index[c[-1].start]) for c in chunks(run)]
    spans = _merged([*spans, *_known(run)])
    spans = _merged([*spans, *joined(passage.text, run, spans)])
    placed = _points(places)
    pieces = [p for low, high in spans for p in _pieces(tuple(run[low : high + 1]), passage, placed)]
    return [_name(passage, run, index, piece, placed) for piece in pieces]


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _known(run: Sequence[Word]) -> list[tuple[int, int]]:
    """Where widely known names stand, the longest first."""
    found: list[tuple[int, int]] = []
    at = 0
    lowers = [w.lower.replace("'", "").replace("’", "") for w in run]
    while at < len(run):
        longest = longest_known().get(lowers[at], 0) if run[at].text[0].isupper() or lowers[at] == "al" else 0
        for length in range(min(longest, len(run) - at), 1, -1):
            within = all(w.gap for w in run[at : at + length - 1])
            if within and tuple(lowers[at : at + length]) in organizations():
                found.append((at, at + length - 1))
                at += length - 1
                break
        at += 1
    return found


def _pieces(chunk: Chunk, passage: Passage, places: Container[int]) -> list[Chunk]:
    """The chunk without a leading adjective of place where a person or an acronym follows, cut at titles."""
    chunk = _trimmed(chunk)
    covered = [_placed(w, passage, places) for w in chunk]
    if not chunk or _ordinary(chunk):
        return []
    if all(covered):
        alone = passage.offset + chunk[-1].end not in places
        known = organizations().get(key(_text(chunk, passage)))
        return [chunk] if alone and len(chunk) > 1 and known is MentionKind.ORGANIZATION else []
    lead = next(n for n, c in enumerate(covered) if not c)
    rest = chunk[lead:]
    if lead and (rest[0].lower in titles() or kinds.acronym(_text(rest, passage))):
        return _pieces(rest, passage, places)
    defined = _defined_tail(chunk, passage.text)
    if defined:
        if _holds(chunk, defined):
            return [chunk, chunk[defined:]]
        return [*_pieces(chunk[:defined], passage, places), chunk[defined:]]
    if _bare_adjective(chunk, passage):
        return [chunk[1:]]
    cut = next((n for n, w in enumerate(chunk) if n and _opens_person(chunk, n)), None)
    if not cut:
        return [chunk]
    start = cut
    while start and chunk[start - 1].lower in word_set("portfolio"):
        start -= 1
    return [*_pieces(chunk[:start], passage, places), chunk[cut:]]


def _holds(chunk: Chunk, at: int) -> bool:
    """Whether the words before are part of a longer name: "Joint Staff of the Northern Pact (NP)"."""
    links = at > 1 and chunk[at - 1].lower in ("of", "the") and chunk[at - 1].gap == " "
    return links and any(w.lower in heads() for w in chunk[:at])


def _defined_tail(chunk: Chunk, text: str) -> int:
    """Where the part begins that an acronym abbreviates: "Staff of the Harrow League (HL)"."""
    bracket = BRACKET.match(text, chunk[-1].end)
    if not bracket or not kinds.acronym(bracket[1]) or abbreviates(bracket[1], _written(chunk, text)):
        return 0
    for n in range(len(chunk) - 1, 0, -1):
        if not chunk[n].capital or chunk[n - 1].gap == "-":
            continue
        if abbreviates(bracket[1], _written(chunk[n:], text)):
            return n
    return 0


def _bare_adjective(chunk: Chunk, passage: Passage) -> bool:
    """An adjective of faith before a well-known name ("Sunni Hamas"), a word that opens a sentence."""
    whole = key(_text(chunk, passage))
    if len(chunk) < 2 or whole in organizations() or chunk[0].gap != " ":
        return False
    if chunk[0].lower in word_set("creed"):
        return whole[1:] in organizations()
    first = chunk[0].token
    opens = first.is_sent_start or first.i == 0
    return bool(opens) and first.pos_ in ("ADJ", "VERB", "NOUN") and not first.ent_type_


def _trimmed(chunk: Chunk) -> Chunk:
    """Without links and particles left over at the end."""
    last = len(chunk)
    while last and not (chunk[last - 1].capital or chunk[last - 1].text[0].isdigit()):
        last -= 1
    return chunk[:last]


def _ordinary(chunk: Chunk) -> bool:
    """One word that is no name: an adjective of faith, or any word with the capital of its sentence."""
    word = chunk[0]
    if len(chunk) > 1 or (word.lower,) in organizations() or word.text.isupper():
        return False
    opens = word.token.is_sent_start or word.token.i == 0
    return word.lower in word_set("creed") or (bool(opens) and word.token.pos_ in ("ADJ", "VERB", "NOUN"))


def _opens_person(chunk: Chunk, at: int) -> bool:
    """A title in the middle of a run with a name after it; an office needs a name of two words."""
    if chunk[at].lower not in titles():
        return False
    after = [w.lower for w in chunk[at + 1 :] if w.capital]
    if any(not w.capital and w.lower not in word_set("particle") for w in chunk[at + 1 :]):
        return False
    office = titles()[chunk[at].lower].sort == "office"
    return (
        len(after) >= 1 + office
        and not (office and any(w in heads() or w in titles() for w in after))
        and chunk[at - 1].lower not in titles()
        and chunk[at - 1].gap == " "
        and chunk[at].gap == " "
    )


def _placed(word: Word, passage: Passage, places: Container[int]) -> bool:
    return passage.offset + word.start in places or word.token.ent_type_ == "NORP"


def _text(chunk: Chunk, passage: Passage) -> str:
    return _written(chunk, passage.text)


def _written(chunk: Chunk, text: str) -> str:
    return text[chunk[0].start : chunk[-1].end]


def _name(
    passage: Passage, run: Sequence[Word], index: dict[int, int], chunk: Chunk, placed: Container[int]
) -> Name:
    written = _text(chunk, passage)
    tokens = _tokens(passage, chunk)
    after = index[chunk[-1].start] + 1
    follower = run[after] if after < len(run) and chunk[-1].gap == " " else None
    labels = [t.ent_type_ for t in tokens if t.ent_type_]
    label = max(sorted(set(labels)), key=labels.count) if labels else ""
    guesses = [
        kinds.by_words(chunk, written, label),
        kinds.by_context(tokens, follower),
        by_site(chunk, tokens, label, lambda t: passage.offset + t.idx in placed),
        kinds.by_label(chunk, written, label),
    ]
    return Name(chunk, written, _head(chunk, passage), tuple(g for g in guesses if g))


def _tokens(passage: Passage, chunk: Chunk) -> Tokens:
    return passage.doc[chunk[0].token.i : chunk[-1].token.i + 1]


def _head(chunk: Chunk, passage: Passage) -> str:
    """The name without honorific, rank and office."""
    first = next((n for n, w in enumerate(chunk[:-1]) if w.lower not in titles()), len(chunk) - 1)
    return _text(chunk[first:], passage)


def _decided(passage: Passage, candidates: Sequence[Name], places: Sequence[Mention]) -> list[Mention]:
    """Mentions of the names whose kind is known, from the strongest sign anywhere in the passage."""
    shouting = _shouting(passage.text)
    located = {key(p.exact) for p in places if p.form is Form.NAME and p.kind is not MentionKind.PEOPLE}
    held: dict[tuple[str, ...], list[Guess]] = defaultdict(list)
    for name in candidates:
        held[key(name.head)] += name.guesses
    for long, short in definitions(passage.text, [(n.written, n.chunk[-1].end) for n in candidates]):
        shared = [*held[key(long)], *held[key(short)]]
        held[key(long)] = held[key(short)] = shared
    _short_forms(held)
    surnames = {
        part: Guess(MentionKind.PERSON, 3.1)
        for n in candidates
        if len(key(n.head)) > 1
        and kinds.strongest(held[key(n.head)] or n.guesses or _NOBODY) is MentionKind.PERSON
        for part in (key(n.head)[-1:], key(n.head)[:1])
    }
    mentions = []
    for name in candidates:
        guesses = [*held[key(name.head)], *(g for k, g in surnames.items() if k == key(name.head))]
        weak = all(g.strength < 2 for g in guesses)
        if guesses and not (weak and (key(name.head) in located or shouting)):
            mentions.append(_mention(passage, name, kinds.strongest(guesses)))
    return mentions


def _shouting(text: str) -> bool:
    """Whether a text is in capitals throughout, as old wires are: capitals are then no sign of a name."""
    return 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))


def _short_forms(held: dict[tuple[str, ...], list[Guess]]) -> None:
    """An acronym without a sign of its own goes by a longer name that begins with its letters."""
    strong = {k: kinds.strongest(g) for k, g in held.items() if g and max(x.strength for x in g) >= 3}
    for short in [k for k, g in held.items() if g and all(x.strength < 1 for x in g)]:
        for long, kind in strong.items():
            letters = "".join(w[0] for w in long)
            begins = len(short) == 1 and len(long) > 1 and letters.startswith(short[0])
            if begins or (len(short) > 1 and short[:1] == long):
                held[short].append(Guess(kind, 1.5))
                break


_NOBODY = (Guess(MentionKind.ORGANIZATION, 0),)


def _mention(passage: Passage, name: Name, kind: MentionKind) -> Mention:
    span = passage.at(name.chunk[0].start, name.chunk[-1].end)
    head = name.head if kind is MentionKind.PERSON else name.written
    return Mention(span=span, exact=passage.document.quote(span), kind=kind, form=Form.NAME, head=head)
