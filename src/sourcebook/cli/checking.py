"""verify, diff, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.project import doctoring, verifying
from sourcebook.views import differences


@click.command()
@options.book
@click.argument("dossiers", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    help="Where the original files are now; they must be there.",
)
@options.form
@options.quiet
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    file: Path,
    dossiers: tuple[Path, ...],
    documents: Path | None,
    form: str,
    *,
    quiet: bool,
) -> None:
    """Check files, spans, decisions, derived tables and dossiers; name what is stale.

    Exit code 0: all is well. 4: something was found.
    """
    checked = verifying.verify(file, dossiers, documents=documents)
    output.show(checked.findings, form, empty="" if quiet else "all is as it was")
    if not quiet:
        for note in checked.notes:
            click.echo(f"note: {note}", err=True)
        looked = ", ".join(f"{count} {what}" for what, count in checked.looked_at.items())
        click.echo(f"{len(checked.findings)} findings in {looked}", err=True)
    ctx.exit(4 if checked.findings else 0)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@options.form
def diff(before: Path, after: Path, form: str) -> None:
    """What is new, changed or gone in AFTER, and the cause."""
    rows = differences.rows(project.record(before), project.record(after))
    output.show(rows, form, empty="no difference")


@click.command()
@click.argument("place", default=".", type=click.Path(path_type=Path))
@options.form
@click.pass_context
def doctor(ctx: click.Context, /, place: Path, form: str) -> None:
    """What is installed, what is missing and what to do; PLACE is a sourcebook or a folder for one."""
    signs = doctoring.examine(place)
    output.show(signs, form)
    ctx.exit(0 if all(sign.ok for sign in signs) else 4)
