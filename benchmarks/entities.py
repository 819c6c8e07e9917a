"""How long telling entities apart takes, and how it grows: synthetic mentions of invented actors.

Run: python benchmarks/entities.py [MENTIONS...]; without numbers, 10,000, 100,000 and 300,000. Prints seconds, the
ratio of growth, and how many of the planted pairs of names were joined. Near linear growth keeps the
ratio of seconds near the ratio of sizes.
"""

import random
import sys
from itertools import combinations, pairwise
from time import perf_counter

from sourcebook.model import Document, DocumentId, Form, Mention, MentionKind, Span
from sourcebook.resolve.entities import entities

PARTS = [
    "ba",
    "do",
    "ke",
    "li",
    "mur",
    "na",
    "or",
    "pel",
    "ras",
    "so",
    "tav",
    "ur",
    "vel",
    "zim",
    "chor",
    "gan",
]
HEADS = ["Front", "Brigade", "Movement", "Army", "League", "Union", "Council", "Institute"]
PER_DOCUMENT = 60


def word(number: int) -> str:
    """An invented word: another number, another word."""
    made = ""
    while number or not made:
        number, at = divmod(number, len(PARTS))
        made += PARTS[at]
    return made.capitalize()


def spellings(actor: int) -> tuple[MentionKind, list[str]]:
    """The kind of an invented actor and the forms that its name takes."""
    stem = word(actor + 300)
    if actor % 2:
        given = word(actor % 211)
        return MentionKind.PERSON, [f"{given} {stem}", f"{given} {stem}", stem, f"{given} al-{stem}"]
    head = HEADS[actor // 2 % len(HEADS)]
    middle = word(actor // 16 + 17)
    letters = f"{stem[0]}{middle[0]}{head[0]}"
    return MentionKind.ARMED_GROUP, [f"{stem} {middle} {head}", f"the {stem} {middle} {head}", letters]


def pile(count: int, seed: int = 11) -> tuple[list[Document], list[Mention], dict[str, int]]:
    """`count` mentions in documents of sixty, and the actor that each is of; actors grow with the count."""
    chance = random.Random(seed)
    documents: list[Document] = []
    mentions: list[Mention] = []
    truth: dict[str, int] = {}
    while len(mentions) < count:
        number = len(documents)
        identifier = DocumentId(f"d-{number:08d}")
        documents.append(
            Document(id=identifier, path=f"{number}.txt", sha256="", sequence=number, text="x" * 6000)
        )
        cast = [int(count / 30 * chance.random() ** 3) for _ in range(6)]
        for at in range(PER_DOCUMENT):
            actor = cast[min(at, chance.randrange(6))] if at >= 6 else cast[at]
            kind, forms = spellings(actor)
            name = forms[0] if at < 6 else chance.choice(forms)
            span = Span(identifier, at * 100, at * 100 + len(name))
            mention = Mention(
                span=span, exact=name, kind=kind, form=Form.NAME, head=name.removeprefix("the ")
            )
            mentions.append(mention)
            truth[mention.id] = actor
    return documents, mentions, truth


def measure(count: int) -> float:
    """Seconds to resolve `count` mentions; prints what was joined."""
    documents, mentions, truth = pile(count)
    began = perf_counter()
    made = entities(documents, mentions, [])
    took = perf_counter() - began
    homes: dict[int, set[str]] = {}
    holds: dict[str, set[int]] = {}
    for mention, entity in made.entity_of.items():
        homes.setdefault(truth[mention], set()).add(entity)
        holds.setdefault(entity, set()).add(truth[mention])
    whole = sum(len(h) == 1 for h in homes.values()) / len(homes)
    pure = sum(len(h) == 1 for h in holds.values()) / len(holds)
    mixed = [sorted(h) for h in holds.values() if len(h) > 1]
    print(
        f"{len(mentions):>9,} mentions {took:8.1f} s  {len(made.entities):,} entities, {whole:.1%} of actors "
        f"whole, {pure:.1%} of entities pure, {len(made.proposals):,} proposals"
    )
    if mixed and "--show" in sys.argv:
        for pair in list(combinations(mixed[0][:4], 2)):
            print("   ", [spellings(a)[1][0] for a in pair])
    return took


def main() -> None:
    """Measure the sizes asked for, and print how seconds grew against how mentions grew."""
    counts = [int(a.replace(",", "")) for a in sys.argv[1:] if not a.startswith("-")] or [
        10_000,
        100_000,
        300_000,
    ]
    taken = [(count, measure(count)) for count in counts]
    for (less, quick), (more, slow) in pairwise(taken):
        print(f"{less:>9,} -> {more:,}: mentions x{more / less:.1f}, seconds x{slow / quick:.1f}")


if __name__ == "__main__":
    main()
