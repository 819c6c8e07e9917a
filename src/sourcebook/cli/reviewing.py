"""review: list, log, agreement, accept, reject, same, different, unsure, correct, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from sourcebook import project
from sourcebook.cli import options, output
from sourcebook.export import files
from sourcebook.model import Correction, Verdict
from sourcebook.project import annotating, exchanging, reviewing
from sourcebook.views import reviewers

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def review() -> None:
    """What needs a decision, and taking it: signed, dated, kept for ever, and undone by another."""


@review.command("list")
@options.book
@click.option("--kind", help="Only questions of this kind: event, actor, place or decision.")
@options.form
def list_(file: Path, kind: str | None, form: str) -> None:
    """What waits for a decision, the most worth deciding first."""
    rows = [q for q in reviewing.queue(file) if kind in (None, q.kind)]
    output.show(rows, form, columns=("kind", "score", "one", "other", "why"), empty="nothing waits")


@review.command()
@options.book
@options.form
def log(file: Path, form: str) -> None:
    """Every decision, oldest first."""
    rows = project.record(file).decisions
    listed = [reviewing.Entry.of(decision) for decision in rows]
    output.show(listed, form, empty="no decisions yet")


@review.command()
@options.book
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def agreement(file: Path, form: str) -> None:
    """How far reviewers agree on what two of them decided (Krippendorff's alpha, nominal)."""
    found = reviewers.agreement(project.record(file).decisions)
    if form == "json":
        output.show_one(found)
    else:
        output.show_fields(found)


def _signed(command: F) -> F:
    for option in (
        click.option("--why", default="", help="The reason, kept with the decision."),
        click.option(
            "--by", envvar="SOURCEBOOK_REVIEWER", default="", help="Who decides. [env: SOURCEBOOK_REVIEWER]"
        ),
    ):
        command = option(command)
    return command


def _decide(file: Path, verdict: Verdict, about: tuple[str, ...], by: str, why: str, **more: Any) -> None:
    decision = reviewing.decide(file, verdict, about, signed=(by, datetime.now(UTC), why), **more)
    click.echo(decision.id)
    click.echo(f"kept; take it back with: sourcebook review undo {file} {decision.id}", err=True)


@review.command()
@options.book
@click.argument("one")
@_signed
def accept(file: Path, one: str, by: str, why: str) -> None:
    """Confirm a claim or event."""
    _decide(file, Verdict.ACCEPT, (one,), by, why)


@review.command()
@options.book
@click.argument("one")
@_signed
def reject(file: Path, one: str, by: str, why: str) -> None:
    """Leave a claim or event out of the record; its words stay in the evidence."""
    _decide(file, Verdict.REJECT, (one,), by, why)


@review.command()
@options.book
@click.argument("one")
@click.argument("other")
@_signed
def same(file: Path, one: str, other: str, by: str, why: str) -> None:
    """Two events, actors, claims or mentions are one."""
    _decide(file, Verdict.SAME, (one, other), by, why)


@review.command()
@options.book
@click.argument("one")
@click.argument("other")
@_signed
def different(file: Path, one: str, other: str, by: str, why: str) -> None:
    """Two events, actors, claims or mentions are not one, and stay apart."""
    _decide(file, Verdict.DIFFERENT, (one, other), by, why)


@review.command()
@options.book
@click.argument("one")
@click.argument("other")
@_signed
def unsure(file: Path, one: str, other: str, by: str, why: str) -> None:
    """Whether two are one cannot be told; they stay proposed."""
    _decide(file, Verdict.UNSURE, (one, other), by, why)


@review.command()
@options.book
@click.argument("claim")
@click.argument("field")
@click.argument("value")
@_signed
def correct(file: Path, claim: str, field: str, value: str, by: str, why: str) -> None:
    """Say how FIELD of a claim should read; what was extracted is kept beside it.

    VALUE is JSON, or plain words: killed 12, status foiled, date 2024-03-22.
    """
    correction = Correction(field=field, value=reviewing.as_json(value))
    _decide(file, Verdict.CORRECT, (claim,), by, why, correction=correction)


@review.command()
@options.book
@click.argument("decision")
@_signed
def undo(file: Path, decision: str, by: str, why: str) -> None:
    """Take back a decision; both stay in the log."""
    _decide(file, Verdict.UNDO, (decision,), by, why)


@review.command("export")
@options.book
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Decisions, JSON Lines.")
def export_(file: Path, out: Path) -> None:
    """Every decision, one a line, for another sourcebook of the same documents."""
    content = exchanging.export(file)
    files.put(content, out)
    click.echo(f"{out}: {content.count(chr(10).encode())} decisions", err=True)


@review.command("import")
@options.book
@click.argument("decisions", type=click.Path(path_type=Path))
def import_(file: Path, decisions: Path) -> None:
    """Append decisions exported from another sourcebook; each keeps who, when, and its first id in why.

    What was taken in before is left out; `review list` has what no longer finds its words.
    """
    done = exchanging.take_in(file, files.get(decisions))
    click.echo(f"{done.new} decisions taken in, {done.known} were there", err=True)


@review.command()
@options.book
@click.argument("annotations", type=click.Path(path_type=Path))
@click.option("--reject-missing", is_flag=True, help="Reject the claims whose trigger nobody annotated.")
@click.option(
    "--by", envvar="SOURCEBOOK_REVIEWER", default="", help="Who decides. [env: SOURCEBOOK_REVIEWER]"
)
def annotated(file: Path, annotations: Path, by: str, *, reject_missing: bool) -> None:
    """Take in annotations: claims whose trigger bears their predicate are accepted.

    ANNOTATIONS are those of Label Studio or INCEpTION, or W3C ones.

    With --reject-missing, those whose trigger bears no label are rejected, in the documents and of the labels
    that the annotations are of. What differs is left: `compare` lists it.
    """
    done = annotating.take_in(file, annotations, by=by, at=datetime.now(UTC), reject_missing=reject_missing)
    told = f"{done.accepted} accepted, {done.rejected} rejected, {done.left} left: they differ"
    click.echo(f"{told}; see: sourcebook compare {file} {annotations}", err=True)
