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
from sourcebook.ports import Done, Job, Limits, Task


def misbehaving(shared: bytes) -> Callable[[bytes], bytes]:
    def do(word: bytes) -> bytes:
        if word == b"die":
            os._exit(3)
        if word == b"hang":
            time.sleep(60)
        return word.upper() + shared

    return do


def test_every_job_is_in_one_file_and_no_file_holds_too_many(tmp_path: Path) -> None:
    jobs = [Job(str(n), b"x", n / 32) for n in range(150)]
    assert spark.write(spark.parts(iter(jobs)), tmp_path / "given") == 3
    tables = [parquet.read_table(file) for file in sorted((tmp_path / "given").iterdir())]
    assert [Job(*row.values()) for table in tables for row in table.to_pylist()] == jobs


def test_items_that_take_long_are_fewer_in_a_file() -> None:
    jobs = [Job(str(n), b"", extra_seconds=3 if n < 64 else 100) for n in range(74)]
    assert [len(part) for part in spark.parts(iter(jobs))] == [64, 4, 4, 2]


def test_large_items_have_a_partition_of_their_own(tmp_path: Path) -> None:
    jobs = [Job(str(n), bytes(20_000_000)) for n in range(2)]
    assert spark.write(spark.parts(iter(jobs)), tmp_path / "given") == 2


@pytest.mark.parametrize(("files", "together"), [(1, 1), (8, 1), (16, 2), (79, 9), (80, 10)])
def test_a_task_has_more_files_the_more_there_are_for_every_core(files: int, together: int) -> None:
    assert spark.files_a_task(files, most=80) == together


class Session:
    """As much of a session of Spark's as the engine asks of one, with one core; a job is done on the spot."""

    defaultParallelism = 1  # noqa: N815 - Spark's own names

    def __init__(self, jobs: list[int]) -> None:
        self.sparkContext = self.conf = self.read = self.write = self
        self.jobs = jobs
        self.stopped = False
        self.frame = pa.table({})

    def newSession(self) -> "Session":  # noqa: N802
        return Session(self.jobs)

    def set(self, name: str, value: str) -> None:
        assert name.endswith("maxPartitionBytes")
        assert int(value) >= 1 << 30

    def stop(self) -> None:
        self.stopped = True

    def mapInArrow(self, worked: spark.Partition, columns: str) -> "Session":  # noqa: N802
        assert isinstance(worked, spark.Partition)
        assert columns.startswith("key")
        return self

    def parquet(self, folder: str) -> "Session":
        if (place := Path(folder)).exists():
            self.frame = pa.concat_tables(parquet.read_table(file) for file in sorted(place.iterdir()))
            self.jobs.append(len(self.frame))
        else:
            place.mkdir()
            made = pa.table(
                {"key": self.frame["key"], "result": self.frame["payload"], "why": pa.nulls(len(self.frame))}
            )
            parquet.write_table(made, place / "part-0.parquet")
        return self


def few_items_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "_ITEMS", 2)
    monkeypatch.setattr(spark, "_FILES", 2)


def test_many_items_are_several_jobs_of_spark_and_each_comes_back_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_items_a_job(monkeypatch)
    session = Session([])
    crew = spark.Jobs(spark.Partition(Task("x:y"), Limits()), tmp_path, lambda: session)
    items = [Job(f"{n:02d}", b"%d" % n) for n in range(37)]
    assert sorted(crew.run(items)) == [Done(i.key, i.payload, None) for i in items]
    assert sorted(session.jobs) == [5, 16, 16]
    assert [d.key for d in crew.run(items[:1])] == ["00"]
    assert not [file for file in tmp_path.rglob("*") if file.is_file()], "what was taken in is gone"


def test_who_stops_half_way_ends_the_session_and_what_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_items_a_job(monkeypatch)
    session = Session([])
    taken = iter(range(1000))
    crew = spark.Jobs(spark.Partition(Task("x:y"), Limits()), tmp_path, lambda: session)
    run = crew.run(Job(f"{n}", b"") for n in taken)
    next(run)
    run.close()
    assert session.stopped
    assert next(taken) < 40, "items are taken no sooner than they are wanted"


def test_no_jobs_start_no_session() -> None:
    with spark.Spark(1).crew(Task("no.such.module:f"), Limits()) as crew:
        assert list(crew.run([])) == []


def test_poison_is_quarantined_within_its_task_and_every_item_comes_back_once(tmp_path: Path) -> None:
    words = (b"one", b"die", b"two", b"hang", b"three")
    spark.write([[Job(f"{n}", word) for n, word in enumerate(words)]], tmp_path / "given")
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
