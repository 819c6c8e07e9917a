"""compare."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.project import sheets
from sourcebook.views import comparison


@click.command()
@options.book
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option(
    "--outcome",
    type=click.Choice(["agreed", "differs", "only-here", "only-there"]),
    help="Only rows of this.",
)
@options.form
def compare(file: Path, sheet: Path, outcome: str | None, form: str) -> None:
    """An analyst's coding sheet (CSV) beside the record: agreed, differs, only here, only there.

    Columns are known by their headers: date, place, actor, killed and the like, or those of GTD, ACLED, UCDP.
    """
    rows = comparison.rows(project.record(file), sheets.read(sheet))
    chosen = [row for row in rows if outcome in (None, row.outcome)]
    columns = ("outcome", "row", "sheet", "label", "differs", "silent", "event")
    output.show(chosen, form, columns=columns, empty="nothing to compare")
