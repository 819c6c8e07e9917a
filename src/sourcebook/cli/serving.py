"""serve, site."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options
from sourcebook.web import serving


@click.command()
@options.book
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8_765,
    show_default=True,
    help="Where to listen; 0 for any free port.",
)
@click.option("--no-open", "stay", is_flag=True, help="Do not open a browser.")
@click.option(
    "--by", envvar="SOURCEBOOK_REVIEWER", default="", help="Who decides. [env: SOURCEBOOK_REVIEWER]"
)
def serve(file: Path, port: int, by: str, *, stay: bool) -> None:
    """The record as pages in the browser of this computer, to read and to decide.

    The printed address opens once; nothing is served to the network, and nothing is asked of it.
    """
    project.record(file)
    click.echo("stop with Ctrl-C", err=True)
    serving.serve(file, port=port, opens=not stay, reviewer=by, tell=click.echo)
