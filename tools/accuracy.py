"""Measure the installed package on public data and write the accuracy table of README.md.

    python tools/accuracy.py EVAL [--only TASK ...] [--write]

EVAL is the folder that holds the data sets and their scorers (`score_*.py`), which are not part of this
project: docs/reference/measures.md names them. For every row of tools/accuracy.toml this runs
`sourcebook benchmark`, scores the predictions, and takes a 95% interval by resampling documents (seeded).
`--write` puts the table between its marks in README.md and into the package (the page About shows it), with
the date and the commit; with `--only` the other rows stay as they were, and their commit is named below
the table.
About 15 minutes on two cores; a data set that is not there is left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import event_scores

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "src/sourcebook/views/accuracy.json"
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"
RESAMPLES = 60

Row = dict[str, Any]


class Measure(NamedTuple):
    """One row of the table: what is measured, on what, how, and what it is compared with."""

    name: str
    task: str
    input: str
    key: str
    scorer: str
    metric: str
    floor: str
    published: str
    names: str = ""


class Result(NamedTuple):
    """A figure with its 95% interval."""

    measure: Measure
    value: float
    low: float
    high: float
    rows: int


def read(path: Path) -> list[Row]:
    """A JSON Lines file, plain or gzipped."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [json.loads(line) for line in file if line.strip()]


def located(measure: Measure, folder: Path, scratch: Path) -> Path:
    """The rows that are measured: the set's own, or with `names = "exchanged"` those with unseen names."""
    source = folder / measure.input
    if measure.names != "exchanged" or not source.exists():
        return source
    out = scratch / (source.name.removesuffix(".gz") + ".exchanged")
    swap = ROOT / "training/encoder/swap.py"
    subprocess.run([sys.executable, str(swap), str(folder), str(source), str(out)], check=True)
    return out


def predict(measure: Measure, source: Path) -> list[Row]:
    """What the command that a user would run makes of a data set."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "made.jsonl"
        command = [sys.executable, "-m", "sourcebook", "benchmark", measure.task, str(source), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        return read(out)


def score(measure: Measure, folder: Path, gold: Sequence[Row], made: Sequence[Row]) -> float:
    """The metric, by the set's own scorer or by one of the plain ones below."""
    if measure.scorer in PLAIN:
        return PLAIN[measure.scorer](gold, made)
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / "gold.jsonl", Path(scratch) / "made.jsonl"]
        for file, rows in zip(files, (gold, made), strict=True):
            file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        command = [sys.executable, str(folder / measure.scorer), *map(str, files), "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for step in measure.metric.split("/"):
        found = found[step]
    return float(found)


def name_pairs(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """F1 of `match`, in percent."""
    said = {r["id"]: r["match"] for r in made}
    right = sum(g["match"] and said[g["id"]] for g in gold)
    guessed, true = sum(said[g["id"]] for g in gold), sum(g["match"] for g in gold)
    return 200 * right / (guessed + true) if guessed + true else 0.0


def pearson(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """Pearson's r over all predicates."""
    said = {(r["id"], p["start"]): p["factuality"] for r in made for p in r["predicates"]}
    pairs = [(p["factuality"], said[(g["id"], p["start"])]) for g in gold for p in g["predicates"]]
    n = len(pairs)
    mx, my = (sum(p[i] for p in pairs) / n for i in (0, 1))
    cov = sum((x - mx) * (y - my) for x, y in pairs)
    var = sum((x - mx) ** 2 for x, _ in pairs) * sum((y - my) ** 2 for _, y in pairs)
    return float(cov / var**0.5) if var else 0.0


def spans(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """Micro F1 in percent of typed relations; a pair matches if both spans overlap."""
    said = {r["id"]: r["relations"] for r in made}
    right = guessed = true = 0
    for row in gold:
        left = [(r["type"], r["source"], r["target"]) for r in row["relations"]]
        mine = [(r["type"], r["source"], r["target"]) for r in said.get(row["id"], [])]
        true, guessed = true + len(left), guessed + len(mine)
        for relation in mine:
            match = next((g for g in left if _same(g, relation)), None)
            if match is not None:
                left.remove(match)
                right += 1
    return 200 * right / (guessed + true) if guessed + true else 0.0


#: Types of the gold records of 2018 that the manual of 2024 has under another name.
_RENAMED = {"DEMAND": "REQUEST", "FIGHT": "ASSAULT", "INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE"}


def types(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """Percent of sentences whose type is among those found."""
    said = {r["id"]: {e["type"] for e in r["events"]} for r in made}
    hits = (any(_RENAMED.get(e["type"], e["type"]) in said[g["id"]] for e in g["events"]) for g in gold)
    return 100 * sum(hits) / len(gold)


def _same(one: tuple[str, Row, Row], other: tuple[str, Row, Row]) -> bool:
    return one[0] == other[0] and all(
        a["start"] < b["end"] and b["start"] < a["end"] for a, b in zip(one[1:], other[1:], strict=True)
    )


PLAIN: dict[str, Callable[[Sequence[Row], Sequence[Row]], float]] = {
    "name_pairs": name_pairs,
    "pearson": pearson,
    "spans": spans,
    "types": types,
    "acled-types": event_scores.typed,
    "calm": event_scores.calm,
    "triggers": event_scores.triggers,
    "fillers": event_scores.fillers,
}


def interval(measure: Measure, folder: Path, gold: Sequence[Row], made: Sequence[Row]) -> tuple[float, float]:
    """The middle 95% of the metric over documents drawn anew."""
    rng = random.Random(20311105)
    by_key = {str(r[measure.key]): r for r in made}
    values = []
    for _ in range(RESAMPLES):
        drawn = [rng.choice(gold) for _ in gold]
        renamed = [{**g, measure.key: f"{g[measure.key]}#{n}"} for n, g in enumerate(drawn)]
        theirs = [
            {**by_key[str(g[measure.key])], measure.key: f"{g[measure.key]}#{n}"}
            for n, g in enumerate(drawn)
            if str(g[measure.key]) in by_key
        ]
        values.append(score(measure, folder, renamed, theirs))
    values.sort()
    return values[round(0.025 * (len(values) - 1))], values[round(0.975 * (len(values) - 1))]


def measure_all(folder: Path, only: Sequence[str], scratch: Path) -> Iterable[Result]:
    """Every row of the table whose data are there."""
    listed = tomllib.loads((ROOT / "tools/accuracy.toml").read_text(encoding="utf-8"))["measure"]
    made_before: dict[tuple[str, Path], list[Row]] = {}
    for measure in (Measure(**entry) for entry in listed):
        if only and measure.task not in only:
            continue
        source = located(measure, folder, scratch)
        if not source.exists():
            print(f"{measure.name}: {source} is not there; left out", file=sys.stderr)
            continue
        if (measure.task, source) not in made_before:
            made_before[measure.task, source] = predict(measure, source)
        gold, made = read(source), made_before[measure.task, source]
        value = score(measure, folder, gold, made)
        low, high = interval(measure, folder, gold, made)
        print(f"{measure.name}: {value:.3g} [{low:.3g}, {high:.3g}]", file=sys.stderr)
        yield Result(measure, value, low, high, len(gold))


def shipped(results: Sequence[Result]) -> dict[str, Any]:
    """The results as they stand in the package, with date and commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()
    rows = [
        {
            "what": r.measure.name, "commit": commit, "rows": r.rows,
            "figure": float(f"{r.value:.3g}"), "low": float(f"{r.low:.3g}"), "high": float(f"{r.high:.3g}"),
            "beside": "; ".join(
                filter(None, (r.measure.floor and f"floor {r.measure.floor}", r.measure.published))
            ),
        }
        for r in results
    ]  # fmt: skip
    return {"measured": str(datetime.now(UTC).date()), "commit": commit, "rows": rows}


def merged(found: dict[str, Any]) -> dict[str, Any]:
    """The rows measured now, and for the others those of the last run, each with its commit."""
    last = json.loads(SHIPPED.read_text(encoding="utf-8"))
    listed = tomllib.loads((ROOT / "tools/accuracy.toml").read_text(encoding="utf-8"))["measure"]
    rows = {r["what"]: {"commit": run["commit"], **r} for run in (last, found) for r in run["rows"]}
    return {**found, "rows": [rows[m["name"]] for m in listed if m["name"] in rows]}


def table(made: dict[str, Any]) -> str:
    """The results as a Markdown table."""
    measured, commit = made["measured"], made["commit"]
    lines = [
        f"Measured {measured} at commit {commit} by `tools/accuracy.py` on the development parts.",
        "",
        "| what | rows | figure | 95% interval | floor or published |",
        "|---|---|---|---|---|",
    ]
    for r in made["rows"]:
        interval = f"{r['low']:.3g} to {r['high']:.3g}"
        lines.append(f"| {r['what']} | {r['rows']} | {r['figure']:.3g} | {interval} | {r['beside']} |")
    older = sorted({r["commit"] for r in made["rows"]} - {commit})
    for other in older:
        names = "; ".join(r["what"] for r in made["rows"] if r["commit"] == other)
        lines += ["", f"At commit {other}: {names}."]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = merged(shipped(list(measure_all(given.eval.resolve(), given.only, Path(scratch)))))
    made = table(found)
    print(made)
    if given.write:
        readme = ROOT / "README.md"
        text = readme.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        SHIPPED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        readme.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
