"""Names of places, sites by name and description, and words for peoples and countries.

A name is taken for a place where a reference table knows it and the text treats it so: spaCy's tagger
calls it one, or a locative preposition stands before it. Which of several namesakes is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from sourcebook import gazetteer
from sourcebook.extract.passage import Passage
from sourcebook.model import Form, Mention, MentionKind

#: A run of capitalised words, with the small particles that names of places hold.
_RUN: Final = re.compile(
    r"[^\W\d_a-zà-ÿ][\w’'.]{0,30}(?:(?:[ -]{1,2}(?:de|la|el|al|ez|es|i|e|as|ash|us|of|the|do|da|du)){0,2}"
    r"[ -][^\W\d_a-zà-ÿ][\w’'.]{0,30}){0,5}"
)
_WORD: Final = re.compile(r"[\w’'.]+")
_ABBREVIATION: Final = re.compile(r"(?:^|\W)(?:\w\.){2,5}$")
_LOCATIVE: Final = frozenset(
    (
        "in near at from to into around outside across toward towards within throughout inside of "
        "via over against between and or off on for"
    ).split()
)
_PLACE_LABELS: Final = frozenset(("GPE", "LOC", "FAC"))
_PERSON_LABELS: Final = frozenset(("PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"))
_BIG_FROM: Final = 100_000
#: "Kunar province", "the city of Dal": what follows or leads a name and belongs to its mention.
_UNIT_WORDS: Final = frozenset(
    "province provinces district region city town village governorate oblast county".split()
)
#: A town that only an alternate name matches has to be of some size to be believed without a tagger.
_KNOWN_FROM: Final = 15_000


def find(passage: Passage) -> list[Mention]:
    """The places, sites and demonyms of a passage, none overlapping another of its own kind."""
    named = list(_named(passage))
    sites = list(_sites(passage))
    taken = [site.span for site in sites if site.form is Form.NAME]
    kept = [m for m in named if not any(span.covers(m.span) for span in taken)]
    return sorted([*kept, *sites], key=lambda m: (m.span, m.kind))


@cache
def facility_nouns() -> dict[str, str]:
    """Nouns of sites (one or two words) and the class of each."""
    text = files("sourcebook.extract").joinpath("lexicon/facilities.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def _named(passage: Passage) -> Iterator[Mention]:
    for run in _RUN.finditer(passage.text):
        words = [(run.start() + w.start(), run.start() + w.end()) for w in _WORD.finditer(run.group())]
        yield from _of_run(passage, words)


def _of_run(passage: Passage, words: list[tuple[int, int]]) -> Iterator[Mention]:
    first = 0
    while first < len(words):
        if passage.text[slice(*words[first])] == "The":
            first += 1
            continue
        for last in range(len(words), first, -1):
            found = _read(passage, words[first][0], words[last - 1][1])
            if found is not None:
                yield found
                first = last
                break
        else:
            first += 1


def _read(passage: Passage, start: int, end: int) -> Mention | None:
    name = passage.text[start:end]
    for ending in ("’s", "'s", "’", "'"):
        name = name.removesuffix(ending)
    if name.endswith(".") and not _ABBREVIATION.search(name):
        name = name.rstrip(".")
    tokens = passage.doc.char_span(start, start + len(name)) if len(name) > 1 else None
    if tokens is None:
        return None
    return (
        _country_or_people(passage, name, tokens)
        or _well_known_unit(passage, name, tokens)
        or _region_or_town(passage, name, tokens)
    )


def _country_or_people(passage: Passage, name: str, tokens: Tokens) -> Mention | None:
    codes = gazetteer.adjective(name)
    land = gazetteer.country(name) if len(name) > 1 else None
    short = name.isupper() and len(name) < 4
    if land is not None and (name[0].isupper()) and not (short and _is_pronoun(tokens)):
        if not codes and _inside_person(tokens):
            return None
        return passage.mention(tokens, MentionKind.PLACE, head=land.name, country=land.code)
    if not codes:
        return None
    code = codes[0] if len(codes) == 1 and codes[0] else None
    head = gazetteer.countries()[code].name if code else ""
    if _is_noun(tokens):
        return passage.mention(tokens, MentionKind.PEOPLE, head=name, country=code)
    kind = MentionKind.PLACE if code else MentionKind.PEOPLE
    return passage.mention(tokens, kind, form=Form.NOMINAL, head=head, country=code)


def _well_known_unit(passage: Passage, name: str, tokens: Tokens) -> Mention | None:
    inside = gazetteer.unit(name) if name[0].isupper() else None
    if inside is None or _inside_person(tokens):
        return None
    return passage.mention(_with_unit(tokens), MentionKind.PLACE, head=name, country=inside)


def _region_or_town(passage: Passage, name: str, tokens: Tokens) -> Mention | None:
    area = gazetteer.region(name)
    if area is not None and not _inside_person(tokens):
        single = area.countries[0] if len(area.countries) == 1 else None
        return passage.mention(tokens, MentionKind.PLACE, head=area.name, country=single)
    if not _treated_as_place(name, tokens) and not _well_known(name, tokens):
        return None
    candidates = gazetteer.lookup(_without_unit(name))
    tagged = all(t.ent_type_ in _PLACE_LABELS for t in tokens)
    if not tagged and not any(p.own_name or p.population >= _KNOWN_FROM for p in candidates):
        return None
    if not candidates and not (tagged and _whole_entity(tokens) and _led(tokens)):
        return None
    widened = _with_unit(tokens)
    return passage.mention(widened, MentionKind.PLACE, head=_without_unit(name))


def _without_unit(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _UNIT_WORDS else name


def _with_unit(tokens: Tokens) -> Tokens:
    doc = tokens.doc
    after = doc[tokens.end] if tokens.end < len(doc) else None
    if after is not None and after.lower_ in _UNIT_WORDS and after.dep_ != "ROOT":
        return doc[tokens.start : tokens.end + 1]
    return tokens


def _treated_as_place(name: str, tokens: Tokens) -> bool:
    if name.isupper() and len(name) < 4:
        return False
    if any(t.ent_type_ in _PERSON_LABELS for t in tokens):
        return False
    if any(t.ent_type_ in _PLACE_LABELS for t in tokens):
        return True
    named = all(t.pos_ in ("PROPN", "NOUN", "ADJ", "PUNCT", "ADP", "DET") for t in tokens)
    return named and tokens[0].pos_ == "PROPN" and _led(tokens)


def _well_known(name: str, tokens: Tokens) -> bool:
    """A name that the tagger made nothing or an organisation of, but that is a province's or a big town's."""
    if any(t.pos_ != "PROPN" or t.ent_type_ not in ("", "ORG") for t in tokens):
        return False
    if tokens[0].ent_type_ and not _whole_entity(tokens):
        return False
    return any(
        p.own_name and (p.kind == "province" or p.population >= _BIG_FROM) for p in gazetteer.lookup(name)
    )


def _led(tokens: Tokens) -> bool:
    """Whether a locative preposition, or such a one and an article, stands before the words."""
    before = [t.lower_ for t in tokens.doc[max(tokens.start - 2, 0) : tokens.start]]
    if before and before[-1] in ("the", ","):
        before.pop()
    return bool(before) and before[-1] in _LOCATIVE


def _whole_entity(tokens: Tokens) -> bool:
    entity = _entity(tokens[0])
    return entity is not None and (entity.start, entity.end) == (tokens.start, tokens.end)


def _inside_person(tokens: Tokens) -> bool:
    """Whether a person's name goes on beyond the words: "Jordan Pell" is no country."""
    entity = _entity(tokens[0])
    if entity is None or tokens[0].ent_type_ != "PERSON" or entity.end < tokens.end:
        return False
    return len(entity) > len(tokens)


def _entity(token: Token) -> Tokens | None:
    """The named entity that holds the token; `doc.ents` would walk the whole document for it."""
    doc, start, end = token.doc, token.i, token.i + 1
    if not token.ent_type_:
        return None
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]


def _is_pronoun(tokens: Tokens) -> bool:
    return tokens[0].pos_ == "PRON"


def _is_noun(tokens: Tokens) -> bool:
    """Whether a word for a people stands for persons ("Tajiks", "a German") and not as an adjective."""
    head = tokens.root
    if head.tag_ in ("NNS", "NNPS"):
        return True
    modifies = head.dep_ in ("amod", "compound", "nmod", "poss") and head.head.i > head.i
    return not modifies and head.pos_ in ("NOUN", "PROPN") and head.dep_ not in ("acomp", "attr")


def _sites(passage: Passage) -> Iterator[Mention]:
    nouns = facility_nouns()
    for token in passage.doc:
        if token.lemma_.lower() not in nouns and token.lower_ not in nouns:
            continue
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
            continue
        yield _site(passage, token)


def _site(passage: Passage, noun: Token) -> Mention:
    start = noun.i
    while start and noun.doc[start - 1].sent == noun.sent and _builds_name(noun.doc[start - 1], noun):
        start -= 1
    while start < noun.i and noun.doc[start].text in ("'s", "’s", "-", "’", "'"):
        start += 1
    words = noun.doc[start : noun.i + 1]
    proper = [t for t in words if t.pos_ == "PROPN" and t.text[0].isupper()]
    if len(words) > 1 and proper:
        return passage.mention(words, MentionKind.FACILITY, head=words.text)
    return passage.mention(words, MentionKind.FACILITY, form=Form.NOMINAL, head=words.text)


def _builds_name(token: Token, noun: Token) -> bool:
    """Whether a word before the noun belongs to its name: "Harrow City Hall", "railway station"."""
    if token.text == "-":
        return token.i > 0 and bool(token.nbor(-1).text.strip())
    linked = token.head == noun or token.head.head == noun or token.head.head.head == noun
    return (
        linked
        and token.dep_ in ("compound", "nmod", "amod")
        and (token.pos_ in ("PROPN", "NOUN") or token.text[0].isupper())
    )
