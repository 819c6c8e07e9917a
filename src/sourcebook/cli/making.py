"""build, rebuild."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sourcebook import config, project
from sourcebook.cli import options
from sourcebook.cli.progress import Line
from sourcebook.cli.terminal import harmless
from sourcebook.project import listing

_SHOWN = 10
#: The exit code of a program that was stopped from the keyboard, as shells have it: 128 + SIGINT.
_STOPPED = 130


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="The sourcebook, new or existing."
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="CSV: path, publisher, title, author, published, url, language, translated.",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A list of known actors and places: CSV, FollowTheMoney, OpenSanctions or Wikidata; kept.",
)
@click.option(
    "--drop-reference", "dropped", multiple=True, metavar="NAME", help="Forget a list that was given before."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=options.pairs,
    help="Which column of a CSV or JSON dump holds text, title, author, published ...; remembered.",
)
@options.as_of("The day that stands in for the clock; kept until another is given.")
@click.option(
    "--workers", type=click.IntRange(0, 64), help="Processes to extract with; 0 for none but this one."
)
@click.option("--engine", help="The engine that runs the stages.")
@click.option(
    "--later",
    is_flag=True,
    help="Only take the documents in; the next command that asks draws the conclusions.",
)
@click.option("--config", "settings", type=click.Path(path_type=Path), help="A sourcebook.toml.")
@options.quiet
@click.pass_context
def build(ctx: click.Context, /, paths: tuple[Path, ...], out: Path, **given: object) -> None:
    """Read files and folders into a sourcebook; again, to add to it.

    What was read before and is unchanged is left alone; what a new version reads better is done again;
    decisions are kept. A build that was stopped, with Ctrl-C or otherwise, goes on where it was. With --later
    documents are read and searchable at once; entities, events and facts follow when they are asked for.
    """
    line = Line(silent=bool(given["quiet"]))
    settings = _settings(given)
    try:
        report = _built(paths, out, given, settings, line)
    except KeyboardInterrupt:
        line.end()
        click.echo("stopped; what was done is kept: the same command goes on from there", err=True)
        ctx.exit(_STOPPED)
    line.end()
    if not given["quiet"]:
        _tell(report, out, settings, settled=not given["later"])
    ctx.exit(3 if report.skipped else 0)


def _settings(given: dict[str, object]) -> config.Config:
    file, workers, engine, columns = (given[k] for k in ("settings", "workers", "engine", "columns"))
    return config.changed(
        config.load(file) if isinstance(file, Path) else config.Config(),
        workers=workers if isinstance(workers, int) else None,
        engine=engine if isinstance(engine, str) else None,
        columns=columns if isinstance(columns, dict) else None,
    )


def _built(
    paths: tuple[Path, ...], out: Path, given: dict[str, object], settings: config.Config, line: Line
) -> project.Report:
    as_of, sources = given["as_of"], given["sources"]
    _refer(out, given, line)
    run = project.take_in if given["later"] else project.build
    return run(
        paths,
        out,
        sources=sources if isinstance(sources, Path) else None,
        as_of=as_of if isinstance(as_of, date) else None,
        config=settings,
        progress=line,
    )


def _refer(out: Path, given: dict[str, object], line: Line) -> None:
    """Lists are put in first, so that the record is derived once."""
    references, dropped = given["references"], given["dropped"]
    if isinstance(dropped, tuple) and dropped:
        project.forget(out, dropped)
    if isinstance(references, tuple) and references:
        faults = project.refer(out, references)
        if faults and not given["quiet"]:
            line.end()
            click.echo(
                f"{len(faults)} rows or cells of reference lists were left out: sourcebook skipped {out}",
                err=True,
            )


def _tell(report: project.Report, out: Path, settings: config.Config, *, settled: bool) -> None:
    taken = f"{report.new} new, {report.unchanged} unchanged, {report.extracted} extracted"
    if settled:
        numbers = {c.what: c.count for c in listing.counts(out, settings)}
        click.echo(
            f"{out}: {numbers['documents']} documents ({taken}), {numbers['claims']} claims,"
            f" {numbers['actors']} actors, {numbers['events']} events,"
            f" {numbers['contested facts']} contested facts",
            err=True,
        )
    else:
        click.echo(f"{out}: {taken}; what follows is worked out by the next command that asks", err=True)
    for skipped in report.skipped[:_SHOWN]:
        click.echo(harmless(f"skipped {skipped.path}: {skipped.why}"), err=True)
    if len(report.skipped) > _SHOWN:
        click.echo(f"and {len(report.skipped) - _SHOWN} more: sourcebook skipped {out}", err=True)


@click.command()
@options.book
@options.quiet
def rebuild(file: Path, *, quiet: bool) -> None:
    """Drop and remake everything that is derived: entities, events, facts, proposals."""
    record = project.rebuild(file)
    if not quiet:
        click.echo(
            f"{file}: {len(record.entities)} entities, {len(record.events)} events,"
            f" {len(record.facts)} facts",
            err=True,
        )
