"""Names that nobody bears, made by pattern: for groups, and for any word of a text that is not English.

What is swapped in has to vary more than any list does, or the tagger learns the list by heart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

#: Syllables that look like different languages; a name takes all of its own from one line.
_SOUNDS = tuple(
    tuple(line.split())
    for line in (
        "al am bar da din far ha ja ka la ma mir na qas ra sa shah ta ur wa za zir",
        "an bo chi dar gor il kov lev mi niv os pet ra sko tar ul vi vo yar zan",
        "an ba chu de fa gu ha ji ku la mbe ndi nga ni oko sa ta um wa zi",
        "a ba cor da es gal i lan mon no or per ra sal tor u val ver zu que",
        "bin chan dao gu hai jin kyo lin min nam ong pha ri sun tai uy van xi yun",
        "an bel cas dor el fen gar hal ing kel lor mar nes or pen rud sten tor wel ys",
        "a ban cha dhar ga har in jit kum lal man na pra raj san ta ul vi ya pur",
    )
)
_LETTERS = "aabcdeefghiijklmnoopqrstuuvwxyz"
_CAUSES = tuple(
    (
        "liberation,national liberation,people's,people's liberation,revolutionary,popular,democratic,"
        "patriotic,"
        "united,islamic,holy,workers',youth,volunteer,resistance,defence,salvation,unity,freedom,independence,"
        "royal,federal,christian,nationalist,armed,red,black,white,green,new,provisional,real,free,student,peasant"
    ).split(",")
)
_BODIES = tuple(
    "front army movement brigades party forces union command council vanguard legion faction league guard "
    "brigade organization column commandos wing congress alliance cells group squad".split()
)
_GANGS = tuple("cartel gang clan militia brigades battalion faction cell network column group boys".split())
_THINGS = tuple(
    "hand wolves panthers eagles star sword flag path dawn lions tigers falcons spear shield fist sun".split()
)
_MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)


def word(draw: Random) -> str:
    """A word of two to four syllables."""
    sounds = draw.choice(_SOUNDS)
    return "".join(draw.choice(sounds) for _ in range(draw.choice((2, 2, 3, 3, 4))))


def letters(draw: Random) -> str:
    """Two to five letters such as stand for a longer name."""
    return "".join(draw.choice(_LETTERS) for _ in range(draw.choice((2, 3, 3, 3, 4, 4, 5))))


def initials(name: str) -> str:
    """The first letters of the words that count; of one word or two, the first word."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w not in {"of", "the", "for", "and", "s"}]
    return "".join(w[0] for w in words) if len(words) > 2 else words[0]


def group(draw: Random, people: Callable[[], str], town: Callable[[], str]) -> tuple[str, str]:
    """A long name and a short one."""
    cause, body, gang = draw.choice(_CAUSES), draw.choice(_BODIES), draw.choice(_GANGS)
    made, thing = word(draw), draw.choice(_THINGS)
    name = draw.choice(
        (
            f"{people()} {cause} {body}",
            f"{made} {cause} {body}",
            f"{cause} {body} of {town()}",
            f"{body} for the {cause} {thing}",
            f"{body} of {made}",
            f"{town()} {gang}",
            f"{made} {gang}",
            f"{made} {word(draw)} {body}",
            f"{cause} {thing}",
            f"{thing} of {made}",
            f"{draw.choice(_MONTHS)} {draw.randint(1, 30)} {body}",
            f"{draw.randint(1, 30)} {draw.choice(_MONTHS)} {body}",
            f"al-{made}",
            f"{made}-{word(draw)}",
            f"{made} {word(draw)}",
            f"{letters(draw)}-{draw.randint(1, 99)}",
            made,
            made,
            town(),
        )
    )
    return name, draw.choice((initials(name), initials(name), letters(draw), word(draw)))


class English:
    """Tells words of English from others by the vocabulary of the encoder and a list of common words."""

    _ENDINGS = tuple(
        "s es ed d ing ly er ers ism ist ists al ally ness ment ments ity ities ize ized able ied ies ation "
        "ations ive ively ous".split()
    )
    _OPENINGS = tuple("un re non anti counter mis over inter dis under out super sub de".split())
    _WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{3,14}(?![\w'’-])")

    def __init__(self, vocabulary: frozenset[str], common: frozenset[str]) -> None:
        self._known = common | {w for w in vocabulary if w.isalpha() and len(w) > 2}

    def __contains__(self, name: str) -> bool:
        return name in self._known or self._derived(name) or self._joined(name)

    def foreign(self, text: str) -> list[str]:
        """Words of the text that are not English, each once, sorted."""
        return sorted({w for w in self._WORD.findall(text) if w not in self})

    def _derived(self, name: str) -> bool:
        stems = [name[: -len(e)] for e in self._ENDINGS if name.endswith(e) and len(name) - len(e) > 2]
        whole = [form for stem in stems for form in (stem, stem + "e", stem + "y", stem[:-1])]
        whole += [name[len(o) :] for o in self._OPENINGS if name.startswith(o) and len(name) - len(o) > 3]
        return any(form in self._known for form in whole)

    def _joined(self, name: str) -> bool:
        return any(name[:i] in self._known and name[i:] in self._known for i in range(3, len(name) - 2))
