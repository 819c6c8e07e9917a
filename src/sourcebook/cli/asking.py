"""ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.views import answering


@click.command()
@options.book
@click.argument("question")
@options.as_of("The day that words such as “last month” count from.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def ask(file: Path, question: str, as_of: date | None, form: str) -> None:
    """Answer QUESTION from the record: who, what, when, where, how many, since when, who says so."""
    record = project.record(file)
    answer = answering.ask(record, question, as_of=as_of or record.as_of)
    if form == "json":
        output.show_one(answer)
        return
    output.paragraph(answer.text)
    for cited in answer.citations:
        output.paragraph(f"[{cited.number}] {cited.path}: “{cited.quote}”")
    if answer.nearest:
        output.paragraph(f"The nearest that they do say: {'; '.join(answer.nearest)}.")
