"""Fit the choice among proposals on the development part, and say how good it is on documents left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from corpus import Entities
from numpy.typing import NDArray

from sourcebook.extract.encoder import ROLES
from sourcebook.extract.encoder.proposals import Choice, Features, Proposal, beside, plain

Floats = NDArray[np.float64]
#: Strength of the pull towards zero, thresholds that are tried, folds.
PULL, GRID, FOLDS = 10.0, tuple(np.arange(0.1, 0.51, 0.05).round(2)), 5
#: Roles that are scored: the five of the role filler task.
SCORED = ROLES[:5]


@dataclass(frozen=True)
class Case:
    """A document of the development part: what was proposed, what speaks for it, and what is right."""

    made: list[Proposal]
    fixed: list[Features]
    gold: Entities


def golds(case: Case, role: str) -> list[set[str]]:
    """The wordings of each entity of the key."""
    return [{plain(m) for m in entity} for entity in case.gold.get(role, [])]


def examples(cases: Iterable[Case]) -> tuple[list[Features], list[bool]]:
    """Proposals in order of their chance, each beside those that a good choice would already have kept."""
    rows: list[Features] = []
    right: list[bool] = []
    for case in cases:
        for role in ROLES:
            entities, kept = golds(case, role), []
            free = set(range(len(entities)))
            for p, features in zip(case.made, case.fixed, strict=True):
                if p.role != role:
                    continue
                hit = [i for i in sorted(free) if p.plain in entities[i]]
                rows.append({**features, **beside(p, kept)})
                right.append(bool(hit))
                free -= set(hit[:1])
                if hit or (p.best > 0.5 and not any(p.plain in e for e in entities)):
                    kept.append(p)
    return rows, right


def logistic(rows: Sequence[Features], right: Sequence[bool]) -> dict[str, float]:
    """Weights by name, with "bias": ridge logistic regression on standardised features, Newton's method."""
    names = sorted({n for row in rows for n in row})
    place = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    for number, row in enumerate(rows):
        x[number, [place[n] for n in row]] = list(row.values())
    mean, scale = x[:, :-1].mean(0), x[:, :-1].std(0) + 1e-9
    x[:, :-1] = (x[:, :-1] - mean) / scale
    x[:, -1] = 1.0
    w = _newton(x, np.array(right, dtype=float))
    return {n: float(v) for n, v in zip(names, w[:-1] / scale, strict=True)} | {
        "bias": float(w[-1] - (w[:-1] / scale) @ mean)
    }


def _newton(x: Floats, y: Floats) -> Floats:
    w = np.zeros(x.shape[1])
    pull = np.full(x.shape[1], PULL)
    pull[-1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + pull * w
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(pull), gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def credit(chosen: Sequence[Proposal], entities: Sequence[set[str]]) -> tuple[int, int, int]:
    """Entities found, wordings chosen, entities of the key; the best matching of one to one."""
    owner: dict[int, int] = {}

    def placed(number: int, seen: set[int]) -> bool:
        for i, entity in enumerate(entities):
            if chosen[number].plain in entity and i not in seen:
                seen.add(i)
                if i not in owner or placed(owner[i], seen):
                    owner[i] = number
                    return True
        return False

    found = sum(placed(number, set()) for number in range(len(chosen)))
    return found, len(chosen), len(entities)


def f1(counts: Iterable[Sequence[float]]) -> float:
    """Of (found, chosen, wanted), summed."""
    found, chosen, wanted = np.sum(list(counts), axis=0)
    return 2 * found / max(1, chosen + wanted)


def tally(cases: Sequence[Case], models: Sequence[dict[str, float]]) -> dict[tuple[str, float], Floats]:
    """Found, chosen and wanted by role and threshold; each case judged by its own model."""
    counts = {(role, t): np.zeros(3) for role in SCORED for t in GRID}
    for case, weights in zip(cases, models, strict=True):
        for t in GRID:
            choice = Choice(weights, dict.fromkeys(ROLES, float(t)))
            for role in SCORED:
                counts[role, t] += credit(choice.choose(case.made, case.fixed, role), golds(case, role))
    return counts


def best_threshold(counts: dict[tuple[str, float], Floats]) -> float:
    """One threshold for all roles: steadier than one a role."""
    return float(max(GRID, key=lambda t: f1(counts[role, t] for role in SCORED)))


def fit(cases: Sequence[Case], extra: Sequence[Case], *, out: Path) -> dict[str, object]:
    """Write the model fitted on all cases; report the threshold and F1 under cross-validation.

    `extra` are the same documents with names exchanged, in the same order. The threshold is the best for both
    together, so that no name has to be known for a filler to be taken.
    """
    order = Random(0).sample(range(len(cases)), len(cases))
    fold = {number: place % FOLDS for place, number in enumerate(order)}
    models = [
        logistic(*examples(c for group in (cases, extra) for i, c in enumerate(group) if fold[i] != k))
        for k in range(FOLDS)
    ]
    judges = [models[fold[i]] for i in range(len(cases))]
    plain, swapped = (tally(group, judges) for group in (cases, extra))
    threshold = best_threshold({key: plain[key] + swapped[key] for key in plain})
    weights = logistic(*examples([*cases, *extra]))
    stored = {
        "weights": {n: round(v, 4) for n, v in sorted(weights.items())},
        "thresholds": dict.fromkeys(ROLES, threshold),
    }
    out.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return {
        "threshold": threshold,
        "plain": _figures(plain, threshold),
        "exchanged": _figures(swapped, threshold),
    }


def _figures(counts: dict[tuple[str, float], Floats], threshold: float) -> dict[str, float]:
    """F1 of all roles together and of each, in percent."""
    by_role = {role: [counts[role, threshold]] for role in SCORED}
    whole = {"all": [c[0] for c in by_role.values()], **by_role}
    return {name: round(100 * float(f1(group)), 1) for name, group in whole.items()}
