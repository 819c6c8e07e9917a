"""benchmark."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import plugins
from sourcebook.cli import options
from sourcebook.cli.progress import Line
from sourcebook.project import measuring


@click.command()
@click.argument("task", type=click.Choice(plugins.names("task")))
@click.argument("input", type=click.Path(path_type=Path))
@click.option("--documents", type=click.Path(path_type=Path), help="Documents, where a task has them apart.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Predictions, JSON Lines.")
@options.quiet
def benchmark(task: str, input: Path, documents: Path | None, out: Path, *, quiet: bool) -> None:  # noqa: A002
    """Predictions of TASK for INPUT, JSON Lines or the same gzipped, in the form that its scorer reads."""
    line = Line(silent=quiet)
    count = measuring.benchmark(task, input, out, documents=documents, progress=line)
    line.end()
    if not quiet:
        click.echo(f"{out}: {count} predictions", err=True)
