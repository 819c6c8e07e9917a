"""Fit the weights of the scale from -3 to 3: `python training/factuality.py UDS.jsonl.gz [OUT.tsv]`.

UDS is the development part of the UDS factuality annotation on English Web Treebank (White et al. 2016,
Rudinger et al. 2018; CC BY-SA 4.0): text, and predicates with start, end and factuality. Prints Pearson r and
mean error under ten-fold cross-validation, then fits on all of it. Half a minute on one core, nothing random.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import linear
import numpy as np

from sourcebook.extract.factuality.scale import LIMIT, features
from sourcebook.extract.language import model

OUT = Path(__file__).parents[1] / "src/sourcebook/extract/lexicon/factuality_weights.tsv"
#: A feature is counted from this many predicates on; the strength of the ridge; folds.
LEAST, RIDGE, FOLDS = 3, 25.0, 10
HEADER = """# Weights of the linear model of commitment from -3 to 3: feature, weight.
# Source: fitted by training/factuality.py on the development part of UDS factuality (CC BY-SA 4.0).
"""


def read(path: str) -> tuple[list[list[str]], linear.Floats, list[int]]:
    """Features, judgements and fold (by sentence) of every predicate."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    found: list[list[str]] = []
    judged: list[float] = []
    folds: list[int] = []
    for row, doc in zip(rows, model().pipe(r["text"] for r in rows), strict=True):
        for predicate in row["predicates"]:
            tokens = doc.char_span(predicate["start"], predicate["end"], alignment_mode="expand")
            found.append(sorted(features(tokens.root)))
            judged.append(predicate["factuality"])
            folds.append(sum(map(ord, row["sentence_id"])) % FOLDS)
    return found, np.array(judged), folds


def predict(rows: list[list[str]], weights: dict[str, float]) -> linear.Floats:
    """The number for each row of features."""
    sums = [sum(weights.get(f, 0.0) for f in row) for row in rows]
    return np.clip(sums, -LIMIT, LIMIT)


def main(path: str, out: Path = OUT) -> None:
    """Read, parse, cross-validate, fit, write."""
    rows, judged, folds = read(path)
    guessed = np.zeros(len(rows))
    for fold in range(FOLDS):
        train = [i for i, f in enumerate(folds) if f != fold]
        held = [i for i, f in enumerate(folds) if f == fold]
        weights = linear.ridge([rows[i] for i in train], judged[train], least=LEAST, strength=RIDGE)
        guessed[held] = predict([rows[i] for i in held], weights)
    r = np.corrcoef(guessed, judged)[0, 1]
    print(f"{len(rows)} predicates, {FOLDS} folds: r {r:.3f}, MAE {np.abs(guessed - judged).mean():.3f}")
    weights = linear.ridge(rows, judged, least=LEAST, strength=RIDGE)
    lines = (f"{name}\t{value:.3f}\n" for name, value in sorted(weights.items()) if round(value, 3))
    out.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:3]))
