"""The ways in that no other test takes first: each imports on its own, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from sourcebook.plugins import BUILTIN


@pytest.mark.parametrize("target", sorted({t.partition(":")[0] for t in BUILTIN["task"].values()}))
def test_a_task_imports_without_anything_imported_before_it(target: str) -> None:
    source = str(Path(__file__).resolve().parents[1] / "src")
    made = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}); import {target}"],
        capture_output=True,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr.decode()
