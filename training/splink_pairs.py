"""Splink beside our own score on the same pairs: `python training/splink_pairs.py TRAIN DEV`.

Both arguments are FILE.sourcebook=GOLD.jsonl (see event_weights.py). Needs `pip install splink` (5), which a build does
not. Splink gets what of a claim fits flat columns; it learns m from the gold of TRAIN and u by random sampling, and
both are asked about every pair of claims of DEV that shares a block and of which the gold tells. Splink is asked twice:
with the columns alone, and "helped": with levels of days apart and of figures apart, with the rarest words of each
report for the likeness of reports, and with our exclusions. Prints the average precision, the best F1, the log loss and the
seconds of each, and how the groups fit: ours, and Splink's at the threshold that suits it best on DEV.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from math import log
from time import process_time

import duckdb
import event_weights
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from sourcebook.model import ClaimId
from sourcebook.resolve.events import score
from sourcebook.resolve.events.exclusions import never
from sourcebook.resolve.events.sketch import Sketch

TEXT = "VARCHAR"
#: How far figures are apart, as Splink has it.
FIGURES = [
    cll.NullLevel("killed"),
    cll.ExactMatchLevel("killed"),
    cll.PercentageDifferenceLevel("killed", 0.25),
    cll.ElseLevel(),
]
#: Words of a report that tell it from others.
GIST = 30
THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
Found = dict[tuple[str, str], float]


def gists(told: event_weights.Story) -> dict[str, list[str]]:
    """The rarest words of each report that another one has too."""
    words = {d.id: set(re.findall(r"[a-z]{3,20}", d.text.lower())) for d in told.record.documents}
    among = Counter(w for own in words.values() for w in own)
    shared = {
        d: sorted((w for w in own if among[w] > 1), key=lambda w: (among[w], w)) for d, own in words.items()
    }
    return {str(d): own[:GIST] for d, own in shared.items()}


def flat(told: event_weights.Story) -> list[dict[str, object]]:
    """One row a claim."""
    rows = []
    gist = gists(told)
    for identifier, s in sorted(told.sketches.items()):
        day = s.when.earliest if s.when.length == 1 else None
        killed = next((q.low for role, q in s.tolls if role == "killed"), None)
        rows.append({
            "unique_id": identifier,
            "day": day.isoformat() if day else None,
            "month": s.when.earliest.isoformat()[:7] if s.when.earliest and (s.when.length or 99) <= 31 else None,
            "town": sorted(x.key for x in s.sites if x.fine) or None,
            "country": sorted(s.countries) or None,
            "doer": sorted(s.doers) or None,
            "word": sorted(s.words) or None,
            "trigger": sorted(s.triggers) or None,
            "around": sorted(s.around) or None,
            "gist": gist[min(s.documents)] or None,
            "killed": killed,
            "family": s.family,
            "document": min(s.documents),
            "event": "/".join(told.gold.of[identifier]) if identifier in told.gold.of else None,
        })  # fmt: skip
    return rows


def settings(*, helped: bool) -> SettingsCreator:
    """What is compared, in Splink's terms."""
    more = [
        cl.AbsoluteDateDifferenceAtThresholds(
            "day", input_is_string=True, metrics=["day"] * 3, thresholds=[1, 2, 7]
        ),
        cl.CustomComparison(output_column_name="killed", comparison_levels=FIGURES),
        cl.ArrayIntersectAtSizes("gist", [10, 6, 4, 2]),
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(more if helped else (cl.ExactMatch("day"), cl.ExactMatch("killed"))),
            cl.ExactMatch("month"),
            cl.ArrayIntersectAtSizes("town", [1]),
            cl.ArrayIntersectAtSizes("country", [1]),
            cl.ArrayIntersectAtSizes("doer", [1]),
            cl.ArrayIntersectAtSizes("word", [3, 2, 1]),
            cl.ArrayIntersectAtSizes("trigger", [1]),
            cl.ArrayIntersectAtSizes("around", [6, 3, 1]),
        ],
        blocking_rules_to_generate_predictions=[block_on("family")],
        retain_intermediate_calculation_columns=False,
    )


def table(rows: Sequence[dict[str, object]], name: str, base: duckdb.DuckDBPyConnection) -> str:
    """The rows as a table of DuckDB."""
    lists = ("town", "country", "doer", "word", "trigger", "around", "gist")
    kinds = dict.fromkeys(lists, "VARCHAR[]") | {"killed": "INTEGER"}
    columns = list(rows[0])
    base.execute(f"create table {name} ({', '.join(f'{c} {kinds.get(c) or TEXT}' for c in columns)})")
    base.executemany(
        f"insert into {name} values ({', '.join('?' * len(columns))})",
        [[r[c] for c in columns] for r in rows],
    )
    return name


def measured(
    name: str, found: dict[tuple[str, str], float], same: dict[tuple[str, str], bool], took: float
) -> None:
    """Print how well probabilities rank and fit."""
    ranked = sorted(same, key=lambda p: (-found.get(p, 0.0), p))
    right, precision, best, total = 0, 0.0, 0.0, sum(same.values())
    for n, pair in enumerate(ranked, 1):
        right += same[pair]
        precision += same[pair] * right / n
        best = max(best, 2 * right / (n + total))
    loss = 0.0
    for pair, is_same in same.items():
        p = min(max(found.get(pair, 0.0), 1e-6), 1 - 1e-6)
        loss -= log(p if is_same else 1 - p) / len(same)
    print(
        f"{name}: {len(same)} pairs, {total} of one event: average precision {precision / total:.3f}, "
        f"best F1 {best:.3f}, log loss {loss:.3f}, {took:.1f} s"
    )


def ours(told: event_weights.Story, wanted: dict[tuple[str, str], bool]) -> dict[tuple[str, str], float]:
    """Our probabilities of the wanted pairs."""
    setting = score.Setting(score.Rarity(told.sketches.values()), told.kin, told.alike)
    found = {}
    for one, two in wanted:
        a, b = told.sketches[ClaimId(one)], told.sketches[ClaimId(two)]
        found[one, two] = 0.0 if never(a, b) else score.score(score.compare(a, b, setting)).value
    return found


def gold(told: event_weights.Story) -> dict[tuple[str, str], bool]:
    """Pairs of one family, of two documents, of which the gold tells."""
    sketches: dict[str, Sketch] = {str(c): told.sketches[c] for c in told.gold.of}

    names = sorted(sketches)
    found = {}
    for n, one in enumerate(names):
        for two in names[n + 1 :]:
            same = told.gold.same(ClaimId(one), ClaimId(two))
            a, b = sketches[one], sketches[two]
            if same is not None and a.family == b.family and not a.documents & b.documents:
                found[one, two] = same
    return found


def splinks(learnt: event_weights.Story, asked: event_weights.Story, *, helped: bool) -> Found:
    """Splink's probabilities of pairs."""
    base = duckdb.connect()
    api = DuckDBAPI(base)
    rows = [r for r in flat(learnt) if r["event"]]
    linker = Linker(api.register(table(rows, "learnt", base)), settings(helped=helped))
    linker.training.estimate_probability_two_random_records_match([block_on("event")], recall=0.95)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    linker.training.estimate_m_from_label_column("event")
    model = linker.misc.save_model_to_json()
    other = Linker(api.register(table(flat(asked), "asked", base)), model)
    found = {}
    for row in other.inference.predict().as_record_list():
        one, two = sorted((row["unique_id_l"], row["unique_id_r"]))
        apart = helped and never(asked.sketches[ClaimId(one)], asked.sketches[ClaimId(two)]) is not None
        found[one, two] = 0.0 if apart else row["match_probability"]
    return found


def grouped(told: event_weights.Story, found: Found, least: float) -> dict[str, str]:
    """The group of each claim, pairs of so high a probability joined."""
    above = {str(c): str(c) for c in told.sketches}

    def top(name: str) -> str:
        while above[name] != name:
            name = above[name]
        return name

    for (one, two), value in sorted(found.items()):
        if value >= least:
            left, right = sorted((top(one), top(two)))
            above[right] = left
    return {name: top(name) for name in above}


def main(train: str, dev: str) -> None:
    """Learn on one, ask about the other."""
    learnt, asked = event_weights.story(train), event_weights.story(dev)
    wanted = gold(asked)
    began = process_time()
    measured("ours", ours(asked, wanted), wanted, process_time() - began)
    event_weights.groups(asked)
    for helped in (False, True):
        began = process_time()
        found = splinks(learnt, asked, helped=helped)
        measured("Splink, helped" if helped else "Splink", found, wanted, process_time() - began)
        for least in THRESHOLDS:
            print(f" from {least}:")
            event_weights.judged(asked, grouped(asked, found, least))


if __name__ == "__main__":
    main(*sys.argv[1:3])
