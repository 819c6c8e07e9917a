"""What the Spark engine does apart from Spark: partitions as files, and a task's work on one of them.

`benchmarks/spark.py` runs it on Spark itself.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from sourcebook.engine import spark
from sourcebook.engine.local import EngineError
from sourcebook.ports import Job, Limits, Task


def misbehaving(shared: bytes) -> Callable[[bytes], bytes]:
    def do(word: bytes) -> bytes:
        if word == b"die":
            os._exit(3)
        if word == b"hang":
            time.sleep(60)
        return word.upper() + shared

    return do


def test_every_job_is_in_one_file_and_no_file_holds_too_many(tmp_path: Path) -> None:
    jobs = [Job(str(n), b"x", n / 2) for n in range(150)]
    assert spark.write(jobs, tmp_path / "given") == 3
    tables = [parquet.read_table(file) for file in sorted((tmp_path / "given").iterdir())]
    assert [Job(*row.values()) for table in tables for row in table.to_pylist()] == jobs


def test_large_items_have_a_partition_of_their_own(tmp_path: Path) -> None:
    jobs = [Job(str(n), bytes(20_000_000)) for n in range(2)]
    assert spark.write(jobs, tmp_path / "given") == 2


def test_no_jobs_start_no_session() -> None:
    with spark.Spark(1).crew(Task("no.such.module:f"), Limits()) as crew:
        assert list(crew.run([])) == []


def test_poison_is_quarantined_within_its_task_and_every_item_comes_back_once(tmp_path: Path) -> None:
    words = (b"one", b"die", b"two", b"hang", b"three")
    spark.write((Job(f"{n}", word) for n, word in enumerate(words)), tmp_path / "given")
    (file,) = (tmp_path / "given").iterdir()
    worked = spark.Partition(Task(f"{__name__}:misbehaving", b"!"), Limits(seconds=1.0))
    (tmp_path / "made").mkdir()
    made = pa.Table.from_batches(worked(parquet.ParquetFile(file).iter_batches(batch_size=2)))
    parquet.write_table(made, tmp_path / "made" / "part-00000-x.parquet")
    found = {d.key: d.result or d.why for d in spark.read(tmp_path / "made")}
    assert found == {
        "0": b"ONE!",
        "1": "the worker died (exit code 3)",
        "2": b"TWO!",
        "3": "not done after 1 s",
        "4": b"THREE!",
    }


def test_without_pyspark_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with spark.Spark(1).crew(Task("x:y"), Limits()) as crew, pytest.raises(EngineError, match="pip install"):
        list(crew.run([Job("1", b"")]))
