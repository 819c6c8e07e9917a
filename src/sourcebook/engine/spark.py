"""A task over many items as jobs of Apache Spark: in this machine's processes, or on a cluster.

Items go out and results come back as Parquet files in a scratch folder that all executors see. A Spark task
is one file of items, or up to ten where there are many. Within it every item goes through the same supervised
worker as on one machine, so that an item that kills, hangs or swells its worker comes back with the reason,
and the task goes on. What an executor was at when it died is done again by another; only files of finished
tasks are read.

A Spark job is as many tasks as keep the cluster busy for some minutes. Two are under way at a time: results
of one are taken in while the other runs, and a program that was killed goes on after the last one taken in.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sourcebook.engine.local import EngineError, Watched, default_workers
from sourcebook.ports import Crew, Done, Job, Limits, Task

if TYPE_CHECKING:
    import pyarrow as pa

#: Items, bytes, and seconds that items are allowed beyond others, of one file: short enough to lose, and
#: those of long texts take no longer than others.
_ITEMS: Final = 64
_BYTES: Final = 16_000_000
_SECONDS: Final = 400.0
#: Files of one task at most: long enough to pay for loading models, minutes of extraction. Fewer where there
#: are not enough for every core to have its tasks, so that none waits long for the last.
_FILES: Final = 10
_TASKS_A_CORE: Final = 4
#: More than the bytes of any file. Spark counts this for each file, so that it counts files and not bytes.
_FULL: Final = 1 << 30
#: Jobs under way at a time.
_UNDER_WAY: Final = 2
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
        self._workers = workers

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
            made = Jobs(Partition(task, limits), Path(folder), lambda: _session(self._master, self._workers))
            try:
                yield made
            finally:
                made.stop()


class Jobs:
    """Runs of one task; the session starts with the first item."""

    def __init__(self, worked: Partition, folder: Path, start: Callable[[], Any]) -> None:
        self._worked = worked
        self._folder = folder
        self._start = start
        self._session: Any = None
        self._count = 0

    def run(self, jobs: Iterable[Job], /) -> Iterator[Done]:
        """The results of all jobs, those of one Spark job after those of another.

        Raises:
            EngineError: Spark is not there, does not start, or gives up.
        """
        files = parts(iter(jobs))
        first = next(files, None)
        if first is None:
            return
        self._session = self._session or self._start()
        most = self._session.sparkContext.defaultParallelism * _TASKS_A_CORE * _FILES
        with ThreadPoolExecutor(_UNDER_WAY) as pool:
            try:
                yield from self._run(chain((first,), files), most, pool)
            except BaseException:
                self.stop()  # whoever stops half way does not wait for what is under way
                raise

    def _run(self, files: Iterator[list[Job]], most: int, pool: ThreadPoolExecutor) -> Iterator[Done]:
        under_way: deque[Future[Path]] = deque()
        while True:
            given = self._folder / f"given-{self._count}"
            self._count += 1
            if count := write(islice(files, most), given):
                under_way.append(pool.submit(self._submit, given, files_a_task(count, most)))
            if not under_way:
                return
            if not count or len(under_way) == _UNDER_WAY:
                made = under_way.popleft().result()
                yield from read(made)
                shutil.rmtree(made)

    def stop(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _submit(self, given: Path, together: int) -> Path:
        """One Spark job; the folder of its results."""
        made = given.with_name(given.name.replace("given", "made"))
        try:
            session = self._session.newSession()  # with a setting of its own, on the same executors
            session.conf.set("spark.sql.files.maxPartitionBytes", str(together * _FULL))
            frame = session.read.parquet(str(given))
            frame.mapInArrow(self._worked, _COLUMNS).write.parquet(str(made))
        except Exception as error:  # whatever Spark raises, in as many forms as it has layers
            why = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise EngineError(f"Spark gave up: {why}") from error
        shutil.rmtree(given)
        return made


def files_a_task(files: int, most: int) -> int:
    """How many files one task has, where a job of `most` files gives each task as many as it may have."""
    return min(max(files * _FILES // most, 1), _FILES)


def _session(master: str, workers: int | None) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(_MISSING) from error
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.files.openCostInBytes": str(_FULL),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ITEMS),
    }
    if workers:
        settings["spark.default.parallelism"] = str(workers)
    if master.startswith("local"):
        # Nothing listens to the network, and workers find this Python and this package.
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        # Spark asks this variable alone; without it a worker is whatever is called python3.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
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


def parts(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    """The jobs of one file after those of another."""
    part: list[Job] = []
    size, seconds = 0, 0.0
    for job in jobs:
        part.append(job)
        size += len(job.payload)
        seconds += job.extra_seconds
        if len(part) >= _ITEMS or size >= _BYTES or seconds >= _SECONDS:
            yield part
            part, size, seconds = [], 0, 0.0
    if part:
        yield part


def write(files: Iterable[list[Job]], folder: Path) -> int:
    """The jobs as Parquet files; how many."""
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir()
    count = 0
    for count, part in enumerate(files, 1):
        table = pa.table(
            {
                "key": [job.key for job in part],
                "payload": pa.array([job.payload for job in part], pa.binary()),
                "extra_seconds": pa.array([job.extra_seconds for job in part], pa.float64()),
            }
        )
        parquet.write_table(table, folder / f"part-{count:07d}.parquet", compression="zstd")
    return count


def read(folder: Path) -> Iterator[Done]:
    """The results that finished tasks left, each once."""
    from pyarrow import parquet

    for file in sorted(folder.glob("part-*.parquet")):
        for batch in parquet.ParquetFile(file).iter_batches():
            yield from (Done(*row.values()) for row in batch.to_pylist())
