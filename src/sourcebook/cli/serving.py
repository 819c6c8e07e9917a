"""serve, site."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook.cli import options
from sourcebook.cli.progress import Line
from sourcebook.web import serving
from sourcebook.web import site as sites


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
    click.echo("opening; stop with Ctrl-C", err=True)
    serving.serve(file, port=port, opens=not stay, reviewer=by, tell=click.echo)


@click.command()
@options.book
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="A folder, new or empty.")
@options.redact
@options.quiet
def site(file: Path, out: Path, profile: str, *, quiet: bool) -> None:
    """The record as pages that open from disk: read-only, searchable, with nothing to install."""
    line = Line(silent=quiet)
    pages = sites.write(file, out, profile=profile, progress=line)
    line.end()
    if not quiet:
        click.echo(f"{pages} pages; open {out / 'index.html'}", err=True)
