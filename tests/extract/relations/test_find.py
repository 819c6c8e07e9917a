"""Actor claims of whole passages."""

from __future__ import annotations

from sourcebook.extract import pipeline


def test_the_version_names_the_rules_and_the_model() -> None:
    assert pipeline.version().startswith("rules-")
