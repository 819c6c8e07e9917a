"""Lists: events, actors, contested, toll, coverage, stats, skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.model.vocabulary import TOLL_ROLES
from sourcebook.project import listing
from sourcebook.views import coverage as accounts
from sourcebook.views import find
from sourcebook.views import toll as tolls
from sourcebook.views.filters import Filters
from sourcebook.views.series import Moves


@click.command()
@options.book
@options.filtered
@options.limit
@options.form
def events(file: Path, form: str, limit: int | None, **filters: Any) -> None:
    """What happened: date, event, place, status, toll, documents, independent origins.

    In TOLL, ≠ stands between figures that cannot all be true, ~ between those that can.
    """
    rows, total = listing.events(file, Filters(**filters), most=options.most(limit, form))
    columns = ("date", "event", "place", "status", "toll", "documents", "origins", "id")
    output.show(rows, form, columns=columns, empty="no event meets that")
    output.rest(len(rows), total)


@click.command()
@options.book
@click.option("--kind", help="Only of this kind, such as armed_group or person.")
@click.option("--document", help="Only those named in documents with this in their path or title.")
@options.limit
@options.form
def actors(file: Path, form: str, limit: int | None, kind: str | None, document: str | None) -> None:
    """Who is named, under which names, in how many events."""
    most = options.most(limit, form)
    rows, total = listing.actors(file, kind=kind, document=document, most=most)
    output.show(rows, form, empty="no actor meets that")
    output.rest(len(rows), total)


@click.command()
@options.book
@options.form
def contested(file: Path, form: str) -> None:
    """Where the sources differ: which readings, how they differ, and by which words."""
    rows = listing.contested(file)
    if form != "table":
        output.show(rows, form)
        return
    for row in rows:
        output.heading(f"{row.subject}: {row.property} ({row.relation})")
        output.paragraph(row.explanation)
        output.show(row.sides, form)


@click.command()
@options.book
@click.argument("event")
@click.option("--rule", help="Only this rule: acled, ucdp, gtd or airwars.")
@click.option("--effect", type=click.Choice(TOLL_ROLES), default="killed", show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def toll(file: Path, event: str, rule: str | None, effect: str, form: str) -> None:
    """The figure that each codebook's rule picks for EVENT, the branch taken, claims used and set aside.

    EVENT is an id from `sourcebook events`, or words of its label or place.
    """
    record = project.record(file)
    picked = tolls.picks(record, find.event(record, event), rule, effect=effect)
    if form == "json":
        output.show_one(picked)
    else:
        _print_toll(picked)


def _print_toll(picked: tolls.Toll) -> None:
    output.heading(f"{picked.label}: {picked.effect} ({picked.relation})")
    output.paragraph(picked.explanation)
    output.show(picked.figures, "table", columns=("text", "where"), empty="no source gives a figure")
    _print_moves(picked.series)
    for pick in picked.picks:
        output.heading(pick.codebook)
        output.show_fields(pick)
    output.heading("verification, as each codebook would grade the event")
    output.show(picked.grades, "table", columns=("codebook", "grade", "why"))
    if picked.silent:
        output.paragraph(f"No figure in: {'; '.join(picked.silent)}.")


def _print_moves(moves: Moves) -> None:
    """The course of a figure, where there is more than one dated report of it."""
    if len(moves.rows) > 1:
        output.heading("report by report")
        output.show(
            moves.rows, "table", columns=("row", "reported", "figure", "by", "move", "replaces", "words")
        )
        final = next((r for r in moves.rows if r.final), None)
        output.paragraph(
            f"Final reading: {final.figure} (row {final.row}), {moves.why}." if final else moves.why
        )


@click.command()
@options.book
@click.option("--document", help="Only documents with this in their path or title.")
@click.option("--account", type=click.Choice(accounts.ACCOUNTS), help="Only what became of this.")
@click.option("--all", "everything", is_flag=True, help="Every token, not only the unhandled.")
@options.form
def coverage(file: Path, document: str | None, account: str | None, form: str, *, everything: bool) -> None:
    """What became of every number, date and capitalised name: a summary, and what was not handled."""
    record = project.record(file)
    wanted = [d.id for d in find.documents(record, document)] if document else None
    rows = accounts.rows(record, wanted)
    chosen = account or (None if everything or form != "table" else "unhandled")
    if form == "table":
        output.show(accounts.summary(rows), form, empty="no documents")
        output.heading(chosen or "everything")
    listed = [row for row in rows if chosen in (None, row.account)]
    output.show(listed, form, columns=("document", "start", "exact", "kind", "why"), empty="nothing")


@click.command()
@options.book
@options.form
def stats(file: Path, form: str) -> None:
    """How much of everything there is; the documents, their dates and where those were got."""
    counts, documents = listing.stats(file)
    output.show(counts, form)
    if form == "table":
        output.heading("documents")
        output.show(documents, form, empty="no documents")


@click.command()
@options.book
@options.form
def skipped(file: Path, form: str) -> None:
    """What did not get through a stage, and why."""
    output.show(listing.skipped(file), form, empty="nothing was skipped")
