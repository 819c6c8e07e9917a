"""What a sealed process may no longer do; each in a process of its own, since sealing cannot be undone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEALED = "import os, sys\nfrom sourcebook.engine.isolation import seal\nout = os.dup(1)\nseal()\n"


def tried(code: str, folder: Path) -> str:
    """What the code says after sealing; it says "refused" for a PermissionError."""
    attempt = f"try:\n    {code}\n    said = b'done'\nexcept OSError:\n    said = b'refused'"
    program = f"{SEALED}{attempt}\nos.write(out, said)"
    source = str(Path(__file__).resolve().parents[2] / "src")
    made = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": source},
        timeout=60,
    )
    return made.stdout.decode()


@pytest.mark.parametrize(
    "code",
    [
        "open('made.txt', 'w')",
        "import tempfile; tempfile.TemporaryFile()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_a_sealed_process_neither_writes_nor_calls_and_leaves_no_file(code: str, tmp_path: Path) -> None:
    assert tried(code, tmp_path) == "refused"
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_process_still_reads(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("words", encoding="utf-8")
    assert tried("open('there.txt').read()", tmp_path) == "done"
