"""Readers under a fuzzer that is led by which lines it reaches (atheris, libFuzzer): python benchmarks/fuzz_guided.py FOLDER [RUNS].

The seeds are the files in FOLDER; 20,000 runs unless told. It runs in one process and without a guard, so that only the parts that
are Python are led by it: mail, feeds, RTF, HTML around its parser, archives, tables. It ends at the first thing that no reader may do:
an exception that is not the package's own, a text that cannot be stored, a span outside its text. Needs: pip install atheris.
"""

import importlib
import pkgutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris

with atheris.instrument_imports(include=["sourcebook.read", "sourcebook.text"]):
    import sourcebook.read
    from sourcebook.ports import Raw
    from sourcebook.read import kinds
    from sourcebook.read.answering import answer, fault

    # Readers are imported when they are first needed: now, so that the fuzzer sees into them.
    for found in pkgutil.walk_packages(sourcebook.read.__path__, "sourcebook.read."):
        importlib.import_module(found.name)

#: Read by libraries in C, which the fuzzer cannot see into and which may end the process: the guard is for those.
_NOT_LED = (b"%PDF", b"\x1f\x8b")
_LARGEST = 60_000


def one(data: bytes) -> None:
    """Read one input and check what the guard would check of the answer."""
    if data[:1024].lstrip()[:4] in _NOT_LED or data[:2] in _NOT_LED:
        return
    raw = Raw(data, "f", {})
    found = answer(kinds.read, raw)
    wrong = [s.why for s in found.skipped if s.why.startswith("reader failed")]
    if wrong or fault(raw, found) is not None or not (found.readings or found.members or found.skipped):
        raise AssertionError(wrong or fault(raw, found) or "nothing came of it")


def main(folder: Path, runs: int = 20_000) -> None:
    """Fuzz; libFuzzer prints what it reaches and ends the process."""
    corpus = Path(mkdtemp(prefix="fuzz-"))
    for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
        if path.stat().st_size <= _LARGEST:
            (corpus / f"{number:05}").write_bytes(path.read_bytes())
    flags = [
        f"-runs={runs}",
        "-seed=7",
        f"-max_len={_LARGEST}",
        "-timeout=30",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
