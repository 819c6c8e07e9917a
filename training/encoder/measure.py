"""The figures of the model card: `python training/encoder/measure.py DATA [--full FULL] [--parts PART..]`.

For each PART of MUC-4 (tst1, tst2, tst3, or several joined by +) the role fillers are found by the rules, by
the tagger, and by the tagger in single precision (FULL, the ONNX file that make.py leaves in its folder); in
the text as it is, with names exchanged for names that training never saw, and with every other foreign word
exchanged too.
Prints the digest, then precision, recall and F1 (strict CEAF-REE), then time. `--out` also writes predictions
and key for the scorer of the set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import numpy as np
from cases import exchanged
from corpus import Entities, Text, muc4
from names import load_exchange
from selector import SCORED, credit
from tokenizers import Tokenizer

from sourcebook.extract.encoder import Tagger, read
from sourcebook.extract.encoder.proposals import Fillers, Proposal, fillers, plain
from sourcebook.extract.language import model
from sourcebook.extract.shipped import WEIGHTS, digest
from sourcebook.extract.tasks.muc4 import predict_rules
from sourcebook.extract.version import version

#: Draws the names; the same in swap.py.
SEED = 8
Reader = Callable[[Text], Fillers]


def ruled(text: str) -> Fillers:
    """What the rules find in a text."""
    found = predict_rules({"id": "", "text": text.upper(), "date": None})["ree"]
    return {role: [words for entity in found[role] for words in entity] for role in SCORED}


def scored(name: str, texts: Sequence[Text], reader: Reader, out: Path | None) -> str:
    """One line of figures; with `out`, predictions and key are written as the set's scorer reads them."""
    found = [reader(text) for text in texts]
    if out is not None:
        _write(out / f"{name}.pred.jsonl", texts, [{r: [[m] for m in f[r]] for r in SCORED} for f in found])
        _write(out / f"{name}.gold.jsonl", texts, [{r: t.entities[r] for r in SCORED} for t in texts])
    counts = {role: np.zeros(3) for role in SCORED}
    for text, answer in zip(texts, found, strict=True):
        for role in SCORED:
            chosen = [Proposal(role, m, plain(m), (1.0,), (0,)) for m in answer[role]]
            counts[role] += credit(chosen, [{plain(m) for m in e} for e in text.entities[role]])
    parts = [f"{role} {_figures(count)}" for role, count in counts.items()]
    return f"{name:40} {_figures(sum(counts.values()))}  |  {'  '.join(parts)}"


def _figures(counts: np.ndarray) -> str:
    found, chosen, wanted = counts
    p, r = found / max(1, chosen), found / max(1, wanted)
    return f"{100 * p:.1f}/{100 * r:.1f}/{100 * 2 * p * r / max(p + r, 1e-9):.1f}"


def _write(path: Path, texts: Sequence[Text], answers: Sequence[Entities]) -> None:
    lines = (json.dumps({"id": t.name, "ree": a}) + "\n" for t, a in zip(texts, answers, strict=True))
    path.write_text("".join(lines), encoding="utf-8")


def speed(texts: Sequence[Text]) -> str:
    """Seconds of processor time a document: tagger and choice, against the parse alone."""
    taken = []
    for job in (lambda t: fillers(read(t.text)), lambda t: model()(t.text)):
        job(texts[0])
        began = process_time()
        for text in texts:
            job(text)
        taken.append((process_time() - began) / len(texts))
    return f"tagger {taken[0]:.3f} s a document, parse {taken[1]:.3f} s, ratio {taken[0] / taken[1]:.2f}"


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("given", type=Path)
    parser.add_argument("--parts", nargs="+", default=["tst1+tst2", "tst3"])
    parser.add_argument("--full", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
    print(f"{digest()}\n{version()}")
    tokenizer = WEIGHTS.joinpath("tokenizer.json").read_text(encoding="utf-8")
    exchange = load_exchange(asked.given, Tokenizer.from_str(tokenizer))
    readers: dict[str, Reader] = {
        "rules": lambda t: ruled(t.text),
        "tagger": lambda t: fillers(read(t.text)),
    }
    if asked.full is not None:
        full = Tagger(asked.full, tokenizer)
        readers["tagger, full precision"] = lambda t: fillers(full.read(t.text))
    for part in asked.parts:
        texts = [t for name in part.split("+") for t in muc4(asked.given / f"muc4/{name}.jsonl.gz")]
        versions = {
            "plain": texts,
            "exchanged": exchanged(texts, exchange, SEED),
            "all exchanged": exchanged(texts, exchange, SEED, others=True),
        }
        for names, version_of in versions.items():
            for reader in readers if names == "plain" else ["tagger"]:
                print(scored(f"{part} {names} {reader}", version_of, readers[reader], asked.out), flush=True)
        print(speed(texts[:50]), flush=True)


if __name__ == "__main__":
    main()
