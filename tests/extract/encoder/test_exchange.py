"""Names are exchanged for training and for measuring (training/encoder), with the labels on them."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
#: Modules that the scripts import from beside themselves.
OWN = ("corpus", "invented", "names")
TEXT = (
    "rebels of the harrow liberation front (hlf) shot amina sorel in lyon, france. the hlf denied it. "
    "the newspaper voskaru said so."
)
KEY = {
    "PerpOrg": [["the harrow liberation front", "harrow liberation front", "hlf"]],
    "Victim": [["amina sorel"]],
}


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    sys.path.insert(0, str(ROOT / "training/encoder"))
    before = {name: sys.modules.pop(name, None) for name in OWN}
    try:
        yield {name: importlib.import_module(name) for name in OWN}
    finally:
        sys.path.pop(0)
        for name, module in before.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


@pytest.fixture(scope="module")
def vocabulary() -> frozenset[str]:
    words = re.findall(
        r"[a-z]+", "the rebels of front shot in denied it newspaper said so liberation machine gun"
    )
    return frozenset(words) | {"attack"}


@pytest.fixture(scope="module")
def exchange(scripts: dict[str, ModuleType], vocabulary: frozenset[str]) -> Any:
    common = vocabulary
    text = scripts["corpus"].marked("t", TEXT, KEY, frozenset())
    return scripts["names"].Exchange.of([text] * 3, common, vocabulary)


@pytest.fixture
def text(scripts: dict[str, ModuleType]) -> Any:
    return scripts["corpus"].marked("t", TEXT, KEY, frozenset({"ATTACK"}))


def test_words_of_english_are_told_from_foreign_ones(
    scripts: dict[str, ModuleType], vocabulary: frozenset[str]
) -> None:
    english = scripts["invented"].English(vocabulary, frozenset({"bomb"}))
    text = "attacked by bombs and a machinegun in voskaru, an anti-front newspaper of zelmir"
    foreign = english.foreign(text)
    assert {"voskaru", "zelmir"} <= set(foreign)
    assert not {"attacked", "bombs", "machinegun", "newspaper"} & set(foreign)


def test_made_up_names_of_groups_vary_and_have_a_short_form(scripts: dict[str, ModuleType]) -> None:
    draw = Random(5)
    made = [scripts["invented"].group(draw, lambda: "ostravan", lambda: "lund") for _ in range(400)]
    assert len({name for name, _ in made}) > 350
    assert all(short and " " not in short for _, short in made)
    assert any(len(name.split()) == 1 for name, _ in made)


@pytest.mark.parametrize("others", [False, True])
def test_what_is_measured_has_none_of_the_old_names_and_its_key_still_stands(
    exchange: Any, text: Any, *, others: bool
) -> None:
    made = exchange.unseen(text, Random(1), others=others)
    for old in ("harrow", "hlf", "amina", "sorel", "lyon", "france"):
        assert re.search(rf"\b{old}\b", made.text) is None
    assert ("voskaru" in made.text) is not others
    assert all(m in made.text for entities in made.entities.values() for entity in entities for m in entity)
    assert {made.text[a:b] for a, b in made.spans["PerpOrg"]} <= set(made.entities["PerpOrg"][0])
    assert made.kinds == text.kinds


def test_a_name_is_exchanged_for_the_same_one_throughout_a_text(exchange: Any, text: Any) -> None:
    made = exchange.unseen(text, Random(1))
    long, _, short = sorted(made.entities["PerpOrg"][0], key=len, reverse=True)[:3]
    assert made.text.count(short) >= 2
    assert long.startswith("the ")


def test_training_never_draws_a_name_that_is_kept_for_measuring(scripts: dict[str, ModuleType]) -> None:
    names = scripts["names"]
    drawn = [names._Drawn(Random(seed), measuring=False) for seed in range(200)]
    assert not any(names.kept_back(d.given()) or names.kept_back(d.surname()) for d in drawn)
    measured = [names._Drawn(Random(seed), measuring=True).group()[0] for seed in range(50)]
    assert all(names.kept_back(name) for name in measured)


def test_the_same_draw_gives_the_same_text(exchange: Any, text: Any) -> None:
    first, again = (exchange.swap(text, Random(3), 1.0) for _ in range(2))
    assert first == again
    assert any(exchange.swap(text, Random(seed), 0.5).text != TEXT for seed in range(8))
    assert exchange.swap(text, Random(3), 0.0) == text
