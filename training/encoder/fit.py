"""Train the encoder, in steps that survive being stopped.

Embeddings stay as they are; the layers learn slower the lower they lie. The arithmetic is bfloat16 with
single-precision masters. Every epoch draws its own windows from the seed and its number, so that a run
continued from a checkpoint sees what an unbroken one would have seen.
"""

from __future__ import annotations

import copy
import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from corpus import Text
from network import LAYERS, Encoder
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from examples import Batch, Window, batch, batches, cut


@dataclass(frozen=True)
class Recipe:
    """The numbers of a run."""

    #: Epochs, share of the rates, and share of the texts whose names are exchanged.
    rounds: tuple[tuple[int, float, float], ...]
    size: int = 16
    rate: float = 3e-4  # of the top layer
    head_rate: float = 2e-3
    decay: float = 0.85  # of the rate, a layer down
    warm: float = 0.08  # share of the steps
    empty: float = 0.35  # share of the windows of MUC-4 without a role that an epoch draws
    everyday: int = 250  # windows of everyday news an epoch draws
    reports: int = 150  # windows of which only the incident types are known
    seed: int = 1
    saved: int = 20  # steps between checkpoints
    soft: float = 0.0  # weight of the teachers' chances beside the key

    @property
    def epochs(self) -> int:
        """Of all rounds."""
        return sum(epochs for epochs, _, _ in self.rounds)

    def exchanged(self, epoch: int) -> float:
        """Share of the texts of an epoch whose names are exchanged."""
        return [share for epochs, _, share in self.rounds for _ in range(epochs)][epoch]

    def scale(self, step: int, length: int) -> float:
        """Share of the rates at a step, `length` to an epoch: up, then down to zero in every round."""
        low = 0
        for epochs, share, _ in self.rounds:
            steps = epochs * length
            if step < low + steps:
                done = (step - low) / steps
                return share * min(1.0, (done + 1 / steps) / self.warm) * (1 - done)
            low += steps
        return 0.0


Augment = Callable[[Text, Random, float], Text]


@dataclass(frozen=True)
class Sources:
    """The texts with a key, everyday ones, those with types alone, and how names are swapped."""

    incidents: list[Text]
    everyday: list[Text]
    reports: list[Text]
    swap: Augment


class Run:
    """One training run in a folder."""

    def __init__(
        self, network: Encoder, recipe: Recipe, folder: Path, length: int, teachers: Sequence[Encoder] = ()
    ) -> None:
        self.master, self.recipe, self.folder, self.length, self.step = network, recipe, folder, length, 0
        self.teachers = [copy.deepcopy(teacher).to(torch.bfloat16).eval() for teacher in teachers]
        for frozen in (network.words.weight, network.places.weight, network.segment):
            frozen.requires_grad = False
        self.worker = copy.deepcopy(network).to(torch.bfloat16)
        self.pairs = [
            (m, w)
            for m, w in zip(network.parameters(), self.worker.parameters(), strict=True)
            if m.requires_grad
        ]
        self.optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
        self.rates = [g["lr"] for g in self.optimizer.param_groups]
        folder.mkdir(parents=True, exist_ok=True)

    def learn(self, part: Batch) -> float:
        """One step; the loss."""
        scale = self.recipe.scale(self.step, self.length)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * scale
        value = loss(self.worker, part, self.teachers, self.recipe.soft)
        self.worker.zero_grad(set_to_none=True)
        value.backward()
        for master, worker in self.pairs:
            master.grad = None if worker.grad is None else worker.grad.float()
        nn.utils.clip_grad_norm_([m for m, _ in self.pairs], 1.0)
        self.optimizer.step()
        with torch.no_grad():
            for master, worker in self.pairs:
                worker.copy_(master)
        self.step += 1
        return value.item()

    def save(self, name: str = "checkpoint") -> None:
        """Write weights, moments and the step; the old checkpoint stays until the new one is whole."""
        state = {f"weights.{k}": v for k, v in self.master.state_dict().items() if k != "words.weight"}
        for number, (master, _) in enumerate(self.pairs):
            for moment in ("exp_avg", "exp_avg_sq"):
                state[f"{moment}.{number}"] = self.optimizer.state[master][moment]
        fresh = self.folder / f"{name}.new"
        save_file(state, fresh, {"step": str(self.step)})
        fresh.replace(self.folder / f"{name}.safetensors")

    def resume(self) -> None:
        """Take up the last checkpoint, if there is one."""
        path = self.folder / "checkpoint.safetensors"
        if not path.exists():
            return
        state = load_file(path)
        self.master.load_state_dict(weights(state), strict=False)
        self.step = step_of(path)
        for number, (master, worker) in enumerate(self.pairs):
            moments = {m: state[f"{m}.{number}"] for m in ("exp_avg", "exp_avg_sq")}
            self.optimizer.state[master] = {"step": torch.tensor(float(self.step)), **moments}
            with torch.no_grad():
                worker.copy_(master)


def weights(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The network's weights in a checkpoint."""
    return {k.removeprefix("weights."): v for k, v in state.items() if k.startswith("weights.")}


def step_of(path: Path) -> int:
    """The step at which a checkpoint was written."""
    with safe_open(path, "pt") as file:
        return int(file.metadata()["step"])


def loss(network: Encoder, part: Batch, teachers: Sequence[Encoder] = (), soft: float = 0.0) -> Tensor:
    """Cross entropy of every labelled wordpiece and head, and a little of the text's types.

    With teachers, the mean of their chances is learnt beside the key, and alone where no key is
    (Hinton, Vinyals and Dean 2015).
    """
    tokens, texts = network(part.ids, part.mask)
    each = functional.cross_entropy(tokens.float().flatten(0, 2), part.labels.flatten(), reduction="none")
    total = each.sum() / ((part.labels >= 0).sum() + 1)
    known = part.kinds >= 0
    wanted = part.kinds.clamp(min=0)
    kinds = functional.binary_cross_entropy_with_logits(texts.float(), wanted, reduction="none")
    total = total + 0.1 * (kinds * known).sum() / (known.sum() + 1)
    if not teachers:
        return total
    apart = functional.kl_div(tokens.float().log_softmax(-1), taught(teachers, part), reduction="none")
    return total + soft * (apart.sum(-1) * part.mask[:, :, None]).sum() / (part.mask.sum() * tokens.shape[2])


@torch.no_grad()
def taught(teachers: Sequence[Encoder], part: Batch) -> Tensor:
    """The mean of the teachers' chances."""
    chances = [teacher(part.ids, part.mask)[0].float().softmax(-1) for teacher in teachers]
    return torch.stack(chances).mean(0)


def _groups(network: Encoder, recipe: Recipe) -> list[dict[str, object]]:
    found: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        layer = re.match(r"layers\.(\d+)\.", name)
        depth = LAYERS - 1 - int(layer[1]) if layer else LAYERS
        rate = recipe.head_rate if name.startswith(("token.", "text.")) else recipe.rate * recipe.decay**depth
        found.setdefault((rate, 0.0 if parameter.ndim == 1 else 0.01), []).append(parameter)
    return [{"params": p, "lr": rate, "weight_decay": wd} for (rate, wd), p in found.items()]


class Course:
    """Which windows each epoch draws."""

    def __init__(self, sources: Sources, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self.sources, self.tokenizer, self.recipe = sources, tokenizer, recipe
        found = cut(sources.incidents, tokenizer)
        self.others = [
            (number, Random(recipe.seed).sample(windows, len(windows)))
            for number, texts in ((recipe.everyday, sources.everyday), (recipe.reports, sources.reports))
            if (windows := cut(texts, tokenizer))
        ]
        empty = sum(w.empty for w in found)
        drawn = int(recipe.empty * empty) + sum(min(number, len(order)) for number, order in self.others)
        self.steps = math.ceil((len(found) - empty + drawn) / recipe.size)

    def epoch(self, number: int) -> list[list[Window]]:
        """The batches of an epoch."""
        draw = Random(1000 * self.recipe.seed + number)
        share = self.recipe.exchanged(number)
        found = cut((self.sources.swap(text, draw, share) for text in self.sources.incidents), self.tokenizer)
        empty = [w for w in found if w.empty]
        chosen = [w for w in found if not w.empty] + draw.sample(empty, int(self.recipe.empty * len(empty)))
        for drawn, order in self.others:
            low = number * drawn
            chosen += [order[i % len(order)] for i in range(low, low + min(drawn, len(order)))]
        return list(batches(chosen, self.recipe.size, draw))[: self.steps]


def train(run: Run, course: Course) -> Encoder:
    """All epochs still to do; prints a line now and then."""
    run.resume()
    began, seen = time.monotonic(), 0
    for number in range(run.recipe.epochs):
        if run.step >= (number + 1) * course.steps:
            continue
        groups = course.epoch(number)
        torch.manual_seed(1000 * run.recipe.seed + number)
        losses = []
        run.worker.train()
        for group in groups[run.step - number * course.steps :]:
            part = batch(group)
            losses.append(run.learn(part))
            seen += int(part.mask.sum())
            if run.step % run.recipe.saved == 0:
                run.save()
                rate = seen / (time.monotonic() - began)
                mean = sum(losses[-60:]) / len(losses[-60:])
                of = f"{run.step}/{course.steps * run.recipe.epochs}"
                print(f"step {of} epoch {number} loss {mean:.4f} {rate:.0f}/s", flush=True)
        run.step = (number + 1) * course.steps
        run.save()
        run.save(f"epoch{number + 1}")
    return run.master
