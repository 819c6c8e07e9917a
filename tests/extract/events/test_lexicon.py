from __future__ import annotations

import pytest

from sourcebook.extract.events.lexicon import Sense, frames, triggers, weapons, words
from sourcebook.model.vocabulary import EVENT_ROLES, EVENT_TYPES, MODES

SENSES = [sense for senses in triggers().values() for sense in senses]


def test_every_type_of_the_manual_has_triggers() -> None:
    assert {s.type for s in SENSES} == set(EVENT_TYPES)
    assert len(SENSES) > 600


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_triggers_of_a_type_name_known_modes_and_frames(kind: str) -> None:
    def sound(sense: Sense) -> bool:
        return sense.frame in frames() and set(sense.modes) <= set(MODES.get(kind, ()))

    assert [s for s in SENSES if s.type == kind and not sound(s)] == []


def test_frames_fill_known_roles() -> None:
    inner = {"any", "hurt", "hit"}
    assert {role for frame in frames().values() for role in frame.values()} - inner <= set(EVENT_ROLES)


def test_weapons_imply_known_modes() -> None:
    assert {w.mode for w in weapons().values()} - {None} <= {m for modes in MODES.values() for m in modes}
    assert "worker" in words("labour")
