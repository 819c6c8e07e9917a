"""Fit the weights that choose attributions: `python training/attribution.py TRAIN.jsonl.gz [OUT.tsv]`.

TRAIN is the training part of PolNeAR (Newell, Margolin and Ruths 2018) as one document a line: text, and
attributions with source, cue and content as lists of {start, end}. About seven minutes and 2 GB on one core;
the seed is fixed. What is kept are words of general English and grammatical relations, never a proper
name, and no running text.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import linear
import numpy as np
from spacy.tokens import Doc

from sourcebook.extract.attribution.choice import features
from sourcebook.extract.attribution.frame import Frame
from sourcebook.extract.attribution.frames import frames
from sourcebook.extract.language import parsed

OUT = Path(__file__).parents[1] / "src/sourcebook/extract/lexicon/attribution_weights.tsv"
#: A feature is counted from this many candidates on; so many of the heaviest are kept.
LEAST, KEPT = 4, 16000
HEADER = """# Weights of the linear model that tells attributions from other sentences: feature, log odds.
# Source: fitted by training/attribution.py on the training part of PolNeAR (Newell, Margolin and Ruths 2018).
"""
RANK = {"VERB": 3, "AUX": 2, "NOUN": 1}


def characters(fragments: Sequence[dict[str, int]]) -> set[int]:
    """The code points of some fragments."""
    return {i for f in fragments for i in range(f["start"], f["end"])}


def labelled(row: dict[str, Any], doc: Doc) -> Iterator[tuple[Frame, bool]]:
    """The candidates of a document, and whether each is the best one for some attribution of the key.

    Best is the cue that overlaps and the content that overlaps most; the verb wins over words around it.
    """
    key = [(characters(a["cue"]), characters(a["content"])) for a in row["attributions"]]
    at: dict[int, list[int]] = defaultdict(list)
    for number, (cue, _) in enumerate(key):
        for i in cue:
            at[i].append(number)
    found = frames(doc)
    best: dict[int, tuple[tuple[float, int, float], int]] = {}
    for index, frame in enumerate(found):
        mine = {i for s, e in frame.contents for i in range(doc[s].idx, doc[e - 1].idx + len(doc[e - 1]))}
        for number in {
            n for i in range(frame.cue.idx, frame.cue.idx + len(frame.cue)) for n in at.get(i, ())
        }:
            theirs = key[number][1]
            if mine & theirs:
                overlap = len(mine & theirs) / len(mine | theirs)
                rank = (round(overlap, 1), RANK.get(frame.cue.pos_, 0), overlap)
                best[number] = max(best.get(number, (rank, index)), (rank, index), key=lambda b: b[0])
    right = {index for _, index in best.values()}
    return ((frame, index in right) for index, frame in enumerate(found))


def fit(pairs: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """Weights of the features worth keeping."""
    rows, gold = [r for r, _ in pairs], [g for _, g in pairs]
    known = linear.vocabulary(rows, LEAST)
    weights = linear.logistic(rows, gold, known, l2=1e-4, epochs=8)
    seen = Counter(f for row in rows for f in row)
    heavy = sorted(known, key=lambda f: (-abs(weights[known[f]]) * np.sqrt(seen[f]), f))[:KEPT]
    kept = {f: i for i, f in enumerate(sorted(heavy))}
    again = linear.logistic(rows, gold, kept, l2=1e-4, epochs=8)
    return {f: float(again[i]) for f, i in kept.items()}


def main(path: str, out: Path = OUT) -> None:
    """Read, parse, fit, write."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    pairs: list[tuple[list[str], bool]] = []
    for row in rows:
        told = labelled(row, parsed(row["text"]))
        pairs += [(sorted(set(features(frame))), right) for frame, right in told]
    write(fit(pairs), out)


def write(weights: dict[str, float], out: Path) -> None:
    """The weights as a tab-separated list."""
    lines = (f"{name}\t{value:.2f}\n" for name, value in sorted(weights.items()))
    out.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:3]))
