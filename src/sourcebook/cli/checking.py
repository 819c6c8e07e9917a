"""verify, salvage, diff, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.cli.progress import Line
from sourcebook.cli.terminal import harmless
from sourcebook.project import custody as custodians
from sourcebook.project import doctoring, salvaging, verifying
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
            click.echo(harmless(f"note: {note}"), err=True)
        looked = ", ".join(f"{count} {what}" for what, count in checked.looked_at.items())
        click.echo(f"{len(checked.findings)} findings in {looked}", err=True)
    ctx.exit(4 if checked.findings else 0)


@click.command()
@options.book
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The new sourcebook.")
@options.form
@options.quiet
@click.pass_context
def salvage(ctx: click.Context, /, file: Path, out: Path, form: str, *, quiet: bool) -> None:
    """Make a new sourcebook from what can be read of a damaged one; the damaged file is not touched.

    Files are read again from the bytes that were kept of them; decisions are kept. Exit code 3: something was
    lost, and is named.
    """
    line = Line(silent=quiet)
    saved = salvaging.into(file, out, progress=line)
    line.end()
    output.show(saved.tables, form)
    if not quiet:
        for path in saved.lost:
            click.echo(
                f"lost: the bytes of {path}; add it again with: sourcebook build {path} -o {out}", err=True
            )
        if saved.chained_anew:
            click.echo(
                "decisions are missing; those left were chained anew and name their first ids", err=True
            )
        click.echo(f"{out}: {saved.files} files and {saved.decisions} decisions had back", err=True)
    ctx.exit(0 if saved.whole else 3)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(differences.KINDS), multiple=True, help="Only differences of this.")
@options.form
def diff(before: Path, after: Path, kind: tuple[str, ...], form: str) -> None:
    """What is new, changed or gone in AFTER, what it was and is, and the cause.

    JSON and CSV show every difference in full; a table leaves out ids.
    """
    found = differences.rows(project.record(before), project.record(after))
    rows = [row for row in found if not kind or row.kind in kind]
    output.show(rows, form, columns=("kind", "change", "what", "was", "now", "cause"), empty="no difference")


@click.command()
@click.argument("place", default=".", type=click.Path(path_type=Path))
@options.form
@click.pass_context
def doctor(ctx: click.Context, /, place: Path, form: str) -> None:
    """What is installed, what is missing and what to do; PLACE is a sourcebook or a folder for one."""
    signs = doctoring.examine(place)
    output.show(signs, form)
    ctx.exit(0 if all(sign.ok for sign in signs) else 4)


@click.command()
@options.book
@options.form
def custody(file: Path, form: str) -> None:
    """Every file that was met, read or not: hash, size, reader, where it was found, licence and handling.

    The entries are a chain, each sealed by the one before; a broken one is an error.
    """
    rows = custodians.manifest(file)
    columns = ("path", "sha256", "size", "tool", "outcome", "container", "licence", "handling", "why")
    output.show(rows, form, columns=columns, empty="no file was met since there is a manifest")
