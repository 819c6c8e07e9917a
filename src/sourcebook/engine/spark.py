"""A task over many items as jobs of Apache Spark: in this machine's processes, or on a cluster.

Items go out and results come back as Parquet files in a scratch folder that all executors see. Each partition
is one file and one Spark task. Within the task every item goes through the same supervised worker as on one
machine, so that an item that kills, hangs or swells its worker comes back with the reason, and the task goes
on. What an executor was at when it died is done again by another; only files of finished tasks are read.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sourcebook.engine.local import EngineError, Watched, default_workers
from sourcebook.ports import Crew, Done, Job, Limits, Task

if TYPE_CHECKING:
    import pyarrow as pa

#: Items, and bytes, that make a partition: long enough to pay for a start, short enough to lose.
_PARTITION: Final = 64
_PARTITION_BYTES: Final = 16_000_000
_FULL: Final = 1 << 30
#: Files that are given out together where what comes back may hold more of them.
_AT_ONCE: Final = 4096
#: Times that Spark tries a task: local mode without this number tries once.
_TRIES: Final = 4
_COLUMNS: Final = "key string, result binary, why string"
_MISSING: Final = "this needs PySpark: pip install 'sourcebook[spark]', and Java 17 or later"


class Spark:
    """The engine of a cluster; without a master of its own, of as many local processes as workers."""

    def __init__(self, workers: int | None = None) -> None:
        # The variable that Spark's own tools read; a cluster's folder must be one that all machines see.
        self._master = os.environ.get("SPARK_MASTER") or f"local[{workers or default_workers()},{_TRIES}]"
        self._scratch = os.environ.get("SOURCEBOOK_SCRATCH")

    @property
    def at_once(self) -> int:
        """So many files are read together: a Spark job costs a second, whatever it does."""
        return _AT_ONCE

    @property
    def is_near(self) -> bool:
        """Everything goes to the executors."""
        return False

    @contextmanager
    def crew(self, task: Task, limits: Limits, /) -> Iterator[Crew]:
        """A Spark session for one task; what is on the disk for it goes with the `with`."""
        with tempfile.TemporaryDirectory(prefix="sourcebook-spark-", dir=self._scratch) as folder:
            made = _Jobs(task, limits, Path(folder), self._master)
            try:
                yield made
            finally:
                made.stop()


class _Jobs:
    """Runs of one task; the session starts with the first job."""

    def __init__(self, task: Task, limits: Limits, folder: Path, master: str) -> None:
        self._task = task
        self._limits = limits
        self._folder = folder
        self._master = master
        self._runs = 0
        self._session: Any = None

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        """The results of all jobs, in the order of their partitions.

        Raises:
            EngineError: Spark is not there, does not start, or gives up.
        """
        self._runs += 1
        given, made = self._folder / f"given-{self._runs}", self._folder / f"made-{self._runs}"
        if not write(jobs, given):
            return
        self._submit(given, made)
        yield from read(made)
        shutil.rmtree(given)
        shutil.rmtree(made)

    def stop(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.stop()

    def _submit(self, given: Path, made: Path) -> None:
        self._session = self._session or _session(self._master)
        worked = Partition(self._task, self._limits)
        try:
            frame = self._session.read.parquet(str(given))
            frame.mapInArrow(worked, _COLUMNS).write.parquet(str(made))
        except Exception as error:  # whatever Spark raises, in as many forms as it has layers
            why = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise EngineError(f"Spark gave up: {why}") from error


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(_MISSING) from error
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # One file is one partition, so that a task that is tried again has the very same items: none is as
        # large as what a partition may hold, and to open one counts for as much.
        "spark.sql.files.maxPartitionBytes": str(_FULL),
        "spark.sql.files.openCostInBytes": str(_FULL),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_PARTITION),
    }
    if master.startswith("local"):
        # Nothing listens to the network, and workers find this Python and this package.
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
            "spark.pyspark.python": sys.executable,
        }
    builder = SparkSession.builder.appName("sourcebook").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise EngineError(f"Spark does not start: {error}; {_MISSING}") from error
    session.sparkContext.setLogLevel("OFF")
    return session


class Partition:
    """What a Spark task does: every item of its partition through one supervised worker."""

    def __init__(self, task: Task, limits: Limits) -> None:
        self._task = task
        self._limits = limits

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of each batch of jobs, in a batch of their own."""
        import pyarrow as pa

        with Watched(self._task, self._limits, 1) as crew:
            for batch in batches:
                done = list(crew.run(Job(*row.values()) for row in batch.to_pylist()))
                columns = [[d.key for d in done], [d.result for d in done], [d.why for d in done]]
                types = (pa.string(), pa.binary(), pa.string())
                arrays = [pa.array(c, t) for c, t in zip(columns, types, strict=True)]
                yield pa.RecordBatch.from_arrays(arrays, ["key", "result", "why"])


def write(jobs: Iterable[Job], folder: Path) -> int:
    """The jobs as Parquet files of one partition each; how many files."""
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir()
    count = 0
    for count, part in enumerate(_parts(iter(jobs)), 1):
        table = pa.table(
            {
                "key": [job.key for job in part],
                "payload": pa.array([job.payload for job in part], pa.binary()),
                "extra_seconds": pa.array([job.extra_seconds for job in part], pa.float64()),
            }
        )
        parquet.write_table(table, folder / f"part-{count:07d}.parquet", compression="zstd")
    return count


def _parts(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    part: list[Job] = []
    size = 0
    for job in jobs:
        part.append(job)
        size += len(job.payload)
        if len(part) >= _PARTITION or size >= _PARTITION_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def read(folder: Path) -> Iterator[Done]:
    """The results that finished tasks left, each once."""
    from pyarrow import parquet

    for file in sorted(folder.glob("part-*.parquet")):
        for batch in parquet.ParquetFile(file).iter_batches():
            yield from (Done(*row.values()) for row in batch.to_pylist())
