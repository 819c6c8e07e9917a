"""Settings: one file, read once, handed down. Nothing here happens at import."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from sourcebook.errors import ConfigError

#: What a column of a dump of articles may hold.
FIELDS: Final = ("text", "title", "author", "published", "publisher", "url", "language")


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`sourcebook.toml`. Every default is here and nowhere else.

    Stages and the engine name plugins. `workers` None means two where there are two cores; 0 means no worker
    processes, and so no limits. A document may take `seconds`, and one second more for every
    `characters_a_second`; a worker may take `memory_mb`. Reading one file may take `read_seconds`, and one
    more for every megabyte beyond ten, and `read_memory_mb`. `columns` says by field (text, title, published
    ...) what the columns of dumps of articles are called. From `shared_pairs` pairs of events on, the engine
    compares them; 0 means never, None never in one machine and from 50,000 on a cluster.
    """

    reader: str = "kinds"
    translator: str | None = None
    extractor: str = "rules"
    resolver: str = "rules"
    reconciler: str = "rules"
    engine: str = "local"
    workers: int | None = None
    seconds: float = 120
    characters_a_second: int = 2_000
    memory_mb: int = 4_096
    read_seconds: float = 30
    read_memory_mb: int = 2_048
    columns: dict[str, str] = {}
    shared_pairs: int | None = None

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise ValueError(
                f"columns: no field is called {', '.join(unknown)}; there are {', '.join(FIELDS)}"
            )
        limits = (
            self.seconds,
            self.characters_a_second,
            self.memory_mb,
            self.read_seconds,
            self.read_memory_mb,
        )
        if (self.workers or 0) < 0 or (self.shared_pairs or 0) < 0 or min(limits) <= 0:
            raise ValueError(
                "workers and shared_pairs must be 0 or more; seconds, characters_a_second, memory_mb, "
                "read_seconds and read_memory_mb more than 0"
            )


def load(path: Path) -> Config:
    """Read and check a settings file.

    Raises:
        ConfigError: no such file, not TOML, or a setting that does not exist or fit.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Config)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error


def changed(
    config: Config,
    *,
    workers: int | None = None,
    engine: str | None = None,
    columns: dict[str, str] | None = None,
) -> Config:
    """The same settings with another number of worker processes, engine or names of columns, where given.

    Raises:
        ConfigError: a setting does not fit.
    """
    given = {"workers": workers, "engine": engine, "columns": columns or None}
    try:
        return msgspec.structs.replace(config, **{k: v for k, v in given.items() if v is not None})
    except ValueError as error:
        raise ConfigError(str(error)) from error
