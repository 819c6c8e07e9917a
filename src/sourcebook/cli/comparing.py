"""compare."""

from __future__ import annotations

from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.project import annotating, sheets
from sourcebook.views import annotations as marks
from sourcebook.views import comparison


@click.command()
@options.book
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option(
    "--outcome",
    type=click.Choice(["agreed", "differs", "only-here", "only-there"]),
    help="Only rows of this.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADER",
    callback=options.pairs,
    help="Which column holds date, place, actor, target, killed or injured, where its header does not tell.",
)
@options.form
def compare(file: Path, sheet: Path, outcome: str | None, columns: dict[str, str], form: str) -> None:
    """A coding sheet (CSV) or annotations (JSON) beside the record: agreed, differs, only here, only there.

    Columns are known by their headers: date, place, actor, killed and the like, or those of GTD, ACLED, UCDP.
    Annotations are those of Label Studio, of INCEpTION (UIMA CAS JSON, a file or a folder) or W3C ones.
    """
    if annotating.is_annotations(sheet):
        _annotations(file, sheet, outcome, form)
        return
    rows = comparison.rows(project.record(file), sheets.read(sheet, columns))
    chosen = [row for row in rows if outcome in (None, row.outcome)]
    shown = ("outcome", "row", "sheet", "label", "differs", "silent", "event")
    output.show(chosen, form, columns=shown, empty="nothing to compare")


def _annotations(file: Path, place: Path, outcome: str | None, form: str) -> None:
    rows = marks.rows(project.record(file), annotating.read(place))
    chosen = [row for row in rows if outcome in (None, row.outcome)]
    columns = ("outcome", "label", "words", "differs", "by", "id")
    output.show(chosen, form, columns=columns, empty="nothing to compare")
