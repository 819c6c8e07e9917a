"""Fit and check the weights by which two groups of claims are held to be one event.

`python training/event_weights.py fit FILE.sourcebook=GOLD.jsonl...` fits `event_weights.tsv`;
`... check FILE.sourcebook=GOLD.jsonl...` prints, for the weights as they are, the share of pairs that are one event
beside the probability that was given (a reliability table), and how well the groups that a build makes fit.

Each GOLD has rows of a document, start, end and the incident or chain that those words are of: `planted.jsonl` of
`training/planted.py`, or train.gold.jsonl and dev.gold.jsonl of the Gun Violence Corpus (Vossen et al. 2018, CC BY 4.0)
and of ECB+ (Cybulska and Vossen 2014, CC BY 3.0). Pairs are those that linking compares, its groups joined as the gold
has them (Fellegi and Sunter's comparisons, weighed by logistic regression that holds to the weights set by hand where
the pairs say little). Nothing is drawn by chance: the same files give the same weights.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sourcebook import project
from sourcebook.model import Claim, ClaimId, Record
from sourcebook.resolve.clusters import Link
from sourcebook.resolve.coref.documents import Alike
from sourcebook.resolve.events import joining, link, score
from sourcebook.resolve.events.pile import Pile, pile
from sourcebook.resolve.events.sketch import Sketch
from sourcebook.resolve.rulings import Rulings
from sourcebook.resolve.tables import table

OUT = Path(__file__).parents[1] / "src/sourcebook/resolve/lexicon/event_weights.tsv"
HEADER = (
    "# What each comparison of two groups of event claims adds to the log-odds that they are one event (Fellegi and "
    "Sunter 1969). Fitted by training/event_weights.py on the training parts of the Gun Violence Corpus (CC BY 4.0) and "
    'ECB+ (CC BY 3.0) and on planted piles. Columns: name, weight, words for the reason ("" is not said), weight as '
    "first set by hand.\n"
)
#: How hard a weight is held to the one set by hand: pairs of evidence that count as much.
PRIOR = 100.0
#: Weights that are no comparison.
FIXED = ("threshold.merge", "threshold.propose", "threshold.vague")
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Pair(NamedTuple):
    """One comparison: its parts, whether the two are one event, and whether they are of one document."""

    parts: tuple[score.Part, ...]
    same: bool
    within: bool


class Gold:
    """Which event each claim is of, as far as the gold says."""

    def __init__(self, path: Path, record: Record, said: Sequence[Claim]) -> None:
        names = {d.id: Path(d.path).stem for d in record.documents}
        rows: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
        spread: dict[str, set[str]] = defaultdict(set)
        sizes: Counter[str] = Counter()
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            document = Path(row.get("document") or row["doc_id"]).stem
            chain = row.get("incident") or row["cluster"]
            place = row["subtopic"] if row.get("topic") == "gun_violence" else ""
            if not row.get("generic_chain"):
                rows[document].append((row["start"], row["end"], chain, place))
                spread[chain].add(document)
                sizes[chain] += 1
        #: Only the main incident of each report is told there, so that its reports hold no two events.
        self.lopsided = any(place for held in rows.values() for *_, place in held)
        self._main = {c for c in spread if len(spread[c]) > 1 or sizes[c] > 2}
        self.of: dict[ClaimId, tuple[str, str]] = {}
        for claim in said:
            for start, end, chain, place in rows[names[claim.trigger.document]]:
                if start < claim.trigger.end and claim.trigger.start < end:
                    self.of[claim.id] = (chain, place)
                    break

    def same(self, one: ClaimId, two: ClaimId) -> bool | None:
        """Whether two claims are of one event; None where the gold does not tell.

        The corpus of shootings has a chain for the shots and one for each death: here they are one event.
        """
        if one not in self.of or two not in self.of:
            return None
        (chain, place), (other, elsewhere) = self.of[one], self.of[two]
        if chain == other or not place or place != elsewhere:
            return chain == other
        return True if {chain, other} <= self._main else None


class Story(NamedTuple):
    """A sourcebook ready for linking, with its gold."""

    record: Record
    said: list[Claim]
    sketches: dict[ClaimId, Sketch]
    kin: frozenset[frozenset[str]]
    alike: Alike
    gold: Gold


def story(argument: str) -> Story:
    """Read FILE.sourcebook=GOLD.jsonl."""
    file, gold = argument.split("=")
    record = project.record(Path(file))
    known = pile(
        record.documents,
        record.mentions,
        record.entities,
        {m: e.id for e in record.entities for m in e.mentions},
    )
    said = [c for c in record.claims if joining.is_event(c)]
    return Story(
        record,
        said,
        _dated(record, said, known),
        joining.kin(record.claims, known),
        Alike({d.id: d.text for d in record.documents}),
        Gold(Path(gold), record, said),
    )


def _dated(record: Record, said: Sequence[Claim], known: Pile) -> dict[ClaimId, Sketch]:
    """The sketches of claims, dated as a build dates them."""
    settled = joining.settled(said, known, Rulings(), joining.kin(record.claims, known), record.as_of)
    return {i: replace(s, when=settled.whens[i]) for i, s in settled.bare.items()}


def pairs(told: Story) -> Iterator[Pair]:
    """The pairs that linking compares, with groups joined as the gold has them."""
    joiner = link.Joiner(told.sketches, Rulings(), told.alike)
    for back in joiner.referring(told.said, told.kin):
        same = told.gold.same(back.claim.id, back.earlier)
        if same is not None and not told.gold.lopsided and not back.lasting:
            yield Pair(back.parts, same, within=True)
        if same or (same is None and score.probability(back.total) >= 0.5):
            joiner.join(back.link)
    for within in link.PASSES[:4]:
        for found in joiner.candidates(told.kin, within_document=within, hopeless=True):
            left, right = (joiner.groups.members(n) for n in (found.left, found.right))
            same = {told.gold.same(ClaimId(a), ClaimId(b)) for a in left for b in right} - {None}
            if len(same) != 1 or (within and told.gold.lopsided):
                continue
            yield Pair(found.parts, same == {True}, within)
            if same == {True} and joiner.groups.name(found.left) != joiner.groups.name(found.right):
                joiner.join(Link(found.left, found.right, 1.0, "gold"))


def matrix(found: Sequence[Pair], names: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Strengths of the comparisons, a row a pair, and what the pairs are."""
    number = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for row, pair in enumerate(found):
        x[row, number["bias"]] = 1.0
        for part in pair.parts:
            x[row, number[part.name]] += part.strength
    return x, np.array([p.same for p in found], dtype=np.float64)


def fit(
    x: NDArray[np.float64], y: NDArray[np.float64], start: NDArray[np.float64], each: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of greatest posterior: normal around `start`, by Newton's method; `each` weighs the pairs."""
    w = start.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (each * (p - y)) + PRIOR * (w - start)
        curve = (x * (each * p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(len(w))
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def balanced(sets: Sequence[Sequence[Pair]]) -> NDArray[np.float64]:
    """Every set counts as much as the others, whatever its size."""
    mean = sum(map(len, sets)) / len(sets)
    return np.concatenate([np.full(len(s), mean / max(len(s), 1)) for s in sets])


def fitted(sets: Sequence[Sequence[Pair]]) -> dict[str, float]:
    """Weights by name."""
    by_hand = {r[0]: float(r[3] if len(r) > 3 else r[1]) for r in table("event_weights.tsv")}
    names = [n for n in by_hand if n not in FIXED]
    x, y = matrix([p for s in sets for p in s], names)
    w = fit(x, y, np.array([by_hand[n] for n in names]), balanced(sets))
    return dict(zip(names, map(float, w), strict=True))


def reliability(found: Sequence[Pair], weights: Mapping[str, float]) -> None:
    """Print predicted against observed, by bins, and the Brier score and log loss."""
    x, y = matrix(found, list(weights))
    p = 1 / (1 + np.exp(-(x @ np.array(list(weights.values())))))
    print(f"{len(found)} pairs, {int(y.sum())} of one event")
    print("   predicted      pairs   mean    one event")
    gap = 0.0
    for low, high in itertools.pairwise(BINS):
        held = (p >= low) & ((p < high) | (high == 1.0))
        if held.any():
            print(
                f"  {low:.1f} to {high:.1f}  {int(held.sum()):8d}  {p[held].mean():.3f}  {y[held].mean():9.3f}"
            )
            gap += held.sum() * abs(float(p[held].mean() - y[held].mean()))
    kept = np.clip(p, 1e-6, 1 - 1e-6)
    loss = -float(np.mean(y * np.log(kept) + (1 - y) * np.log(1 - kept)))
    print(f"  mean gap {gap / len(found):.3f}, Brier {float(np.mean((p - y) ** 2)):.4f}, log loss {loss:.4f}")


def groups(told: Story) -> None:
    """Print how the groups that linking makes fit the gold."""
    linked = link.link(told.said, told.sketches, Rulings(), told.kin, told.alike)
    judged(told, {c: n for n, members in linked.groups.items() for c in members})


def judged(told: Story, held: Mapping[str, str]) -> None:
    """Print how groups fit the gold, given the group of each claim: pairs of claims, and B3 (Bagga and Baldwin 1998)."""
    document = {c.id: c.trigger.document for c in told.said}
    counts: Counter[tuple[bool, str]] = Counter()
    known = sorted(told.gold.of)
    precision, recall = [], []
    for one in known:
        right = made = gold = 1
        for two in known:
            same = told.gold.same(one, two) if one != two else None
            if same is None:
                continue
            together = one in held and held.get(one) == held.get(two)
            right, made, gold = right + (same and together), made + together, gold + same
            across = document[one] != document[two]
            counts[across, "right"] += same and together
            counts[across, "made"] += together
            counts[across, "gold"] += same
        precision.append(right / made)
        recall.append(right / gold)
    p, r = float(np.mean(precision)), float(np.mean(recall))
    for across in (False, True):
        right, made, gold = (counts[across, k] // 2 for k in ("right", "made", "gold"))
        where = "across documents" if across else "within a document"
        print(f"  {where}: {right} of {gold} pairs joined, {made - right} wrong")
    print(f"  B3 of {len(known)} claims: P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / (p + r):.1f}")


def write(weights: Mapping[str, float]) -> None:
    """Write the table: the fitted weight second, the one set by hand last."""
    lines = []
    for row in table("event_weights.tsv"):
        name, now, words, by_hand = (*(*row, "", "")[:3], row[3] if len(row) > 3 else row[1])
        lines.append("\t".join((name, f"{weights[name]:.2f}" if name in weights else now, words, by_hand)))
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def main(verb: str, arguments: Sequence[str]) -> None:
    """Fit or check."""
    stories = [story(a) for a in arguments]
    found = [list(pairs(s)) for s in stories]
    now = {n: w.value for n, w in score.weights().items() if n not in FIXED}
    for argument, told, own in zip(arguments, stories, found, strict=True):
        print(
            f"{Path(argument.split('=')[0]).stem}: {len(own)} pairs, {sum(p.same for p in own)} of one event"
        )
        if verb == "check":
            groups(told)
    if verb == "fit":
        write(fitted(found))
    else:
        reliability([p for own in found for p in own], now)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
