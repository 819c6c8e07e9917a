"""actor, event, dossier, export, page."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Final

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.cli.terminal import harmless
from sourcebook.export import files
from sourcebook.project import listing, paging
from sourcebook.views import actor as actors
from sourcebook.views import event as events
from sourcebook.views import find, redaction

#: Columns of what reference lists say of an actor.
_LISTED: Final = (
    "list", "entry", "name", "kind", "country", "since", "until", "belongs_to", "where", "note",
)  # fmt: skip


@click.command()
@options.book
@click.argument("name")
@options.as_of("Only what is said to hold or have happened by then.")
@options.form
def actor(file: Path, name: str, as_of: date | None, form: str) -> None:
    """Everything that is said of one actor: names, facts over time, events by whose word."""
    page = listing.actor(file, name, as_of=as_of)
    if form == "csv":
        output.show(page.facts, form)
    elif form == "json":
        output.show_one(page)
    else:
        _print(page)


def _print(page: actors.ActorPage) -> None:
    click.echo(output.emphasis(harmless(f"{page.name} ({page.kind}, {page.id})")))
    if page.not_same_as:
        click.echo(f"not the same as: {', '.join(page.not_same_as)}")
    output.heading("names")
    output.show(page.names, "table", empty="no names")
    if page.listed:
        output.heading("from reference lists, said by no document")
        output.show(page.listed, "table", columns=_LISTED)
    output.heading(f"facts as of {page.as_of}" if page.as_of else "facts")
    columns = ("property", "value", "since", "until", "said_by", "contested")
    output.show(page.facts, "table", columns=columns, empty="nothing is said of it")
    for group in actors.GROUPS:
        rows = [row for row in page.events if row.group == group]
        if rows:
            output.heading(f"events: {actors.GROUPS[group]}")
            output.show(rows, "table", columns=("date", "event", "role", "word", "said_by", "id"))


@click.command()
@options.book
@click.argument("event")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def event(file: Path, event: str, form: str) -> None:
    """One event: when and where, who by whose word, related events, why its claims are held to be one.

    EVENT is an id from `sourcebook events`, or words of its label or place.
    """
    page = listing.event(file, event)
    if form == "json":
        output.show_one(page)
    else:
        _print_event(page)


def _print_event(page: events.EventPage) -> None:
    click.echo(output.emphasis(harmless(f"{page.label} ({page.type}, {page.status}, {page.id})")))
    output.paragraph(
        f"When: {page.date or 'no source says'}{f' ({page.date_basis})' if page.date_basis else ''}."
    )
    output.paragraph(f"Where: {'; '.join(page.places) or 'no source says'}.")
    output.paragraph(f"Told by {page.documents} documents of {page.origins} independent origins.")
    output.heading("who, by whose word")
    output.show(page.roles, "table", columns=("role", "name", "word", "said_by"), empty="nobody is named")
    output.heading("related events, each of its own")
    output.show(page.related, "table", columns=("how", "event", "date", "why", "id"), empty="none")
    if page.joins:
        output.heading("why these are held to be one event")
        output.show(page.joins, "table", columns=("score", "these", "and_these", "because"))


@click.command()
@options.book
@click.argument("name")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="OUT.md, .html, .docx or .pdf."
)
@options.as_of("Only what is said to hold or have happened by then.")
@options.redact
@options.quiet
def dossier(file: Path, name: str, out: Path, as_of: date | None, profile: str, *, quiet: bool) -> None:
    """A cited backgrounder on an actor: every sentence from claims, every citation checkable by `verify`."""
    record = project.record(file)
    count = files.write_dossier(
        record,
        find.actor(record, name),
        out,
        as_of=as_of,
        redact=None if profile == "none" else profile,
    )
    if not quiet:
        click.echo(f"{out}: {count} citations; check them with: sourcebook verify {file} {out}", err=True)


@click.command()
@options.book
@click.option(
    "--format",
    "form",
    required=True,
    metavar="FORMAT",
    type=click.Choice(files.FORMATS),
    help=f"One of {', '.join(files.FORMATS)}.",
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="A file; for csv and parquet a folder; - for stdout, where there is but one file.",
)
@options.redact
@options.quiet
def export(file: Path, form: str, out: Path, profile: str, *, quiet: bool) -> None:
    """The record in another format, with a report beside it of what the format cannot hold."""
    record = redaction.redacted(project.record(file), profile)
    if str(out) == "-":
        files.write_stream(record, form, sys.stdout.buffer)
        return
    report = files.write(record, form, out)
    if not quiet:
        click.echo(f"{out}; what it leaves out: {report}", err=True)


@click.command()
@options.book
@click.argument("one", metavar="ID")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="A picture (PNG); further pages get -2, -3 ..."
)
@options.form
def page(file: Path, one: str, out: Path | None, form: str) -> None:
    """The page of a PDF on which a claim or mention stands, and where: boxes in points from the lower left.

    ID is that of a claim or mention, or d-...:10-20 for characters of a document.
    """
    shown = paging.pages(file, paging.span_of(project.record(file), one))
    for n, each in enumerate(shown, 1):
        if out is not None:
            files.put(each.png, out if n == 1 else out.with_stem(f"{out.stem}-{n}"))
    rows = [paging.Place.of(each, box) for each in shown for box in each.boxes]
    output.show(rows, form, empty="its words stand on no page")
