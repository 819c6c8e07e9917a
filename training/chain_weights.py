"""Fit the weights by which mentions are held to be one event: `python training/chain_weights.py FOLDER...`.

Each folder has train.docs.jsonl.gz and train.gold.jsonl of a set with event chains: the Gun Violence Corpus
(Vossen et al. 2018, CC BY 4.0) and ECB+ (Cybulska and Vossen 2014, CC BY 3.0). Pairs are within one
incident as the package finds incidents. Prints pairs and features. A minute on one core; the seed is fixed.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import combinations
from pathlib import Path

import linear

from sourcebook.resolve.coref.chains import incidents
from sourcebook.resolve.coref.features import features

OUT = Path(__file__).parents[1] / "src/sourcebook/resolve/lexicon/coref_weights.tsv"
#: A feature counts from this many pairs on; passes; strength of the penalty; least weight kept.
LEAST, EPOCHS, L2, KEPT = 15, 6, 3e-5, 0.05
HEADER = """# Weights of the logistic model of two mentions being of one event: feature, log odds.
# Source: fitted by training/chain_weights.py on the training parts of the Gun Violence Corpus (CC BY 4.0)
# and ECB+ (CC BY 3.0).
"""


def pairs(folder: Path) -> tuple[list[list[str]], list[bool]]:
    """Features of every pair of one incident, and whether its mentions are of one chain."""
    with gzip.open(folder / "train.docs.jsonl.gz", "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    with (folder / "train.gold.jsonl").open(encoding="utf-8") as file:
        mentions = [json.loads(line) for line in file]
    chain = {m["mention_id"]: m["cluster"] for m in mentions}
    groups, pile = incidents(mentions, documents)
    both = [pair for group in groups for pair in combinations(group, 2)]
    return [features(a, b, pile) for a, b in both], [chain[a.id] == chain[b.id] for a, b in both]


def main(folders: list[Path]) -> None:
    """Read, fit, write."""
    rows: list[list[str]] = []
    gold: list[bool] = []
    for folder in folders:
        found, same = pairs(folder)
        print(f"{folder.name}: {len(found)} pairs, {sum(same)} of one event")
        rows += found
        gold += same
    known = linear.vocabulary(rows, LEAST)
    weights = linear.logistic(rows, gold, known, l2=L2, epochs=EPOCHS)
    kept = sorted((f, weights[n]) for f, n in known.items() if abs(weights[n]) >= KEPT)
    OUT.write_text(HEADER + "".join(f"{f}\t{w:.2f}\n" for f, w in kept), encoding="utf-8")
    print(f"{len(kept)} of {len(known)} features kept")


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]])
