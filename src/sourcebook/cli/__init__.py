"""The command line: the only package that prints."""

from __future__ import annotations

import importlib
import sys
from types import MappingProxyType
from typing import Any, Final

import click

from sourcebook import __version__
from sourcebook.cli.terminal import harmless
from sourcebook.errors import ModelError, SourcebookError, UnknownPlugin

#: Command to where it is and what it does; named here so that `--help` imports none of them.
COMMANDS: Final = MappingProxyType(
    {
        "build": ("making:build", "Read files and folders into a sourcebook; again, to add to it."),
        "rebuild": ("making:rebuild", "Drop and remake everything that is derived."),
        "verify": ("checking:verify", "Check files, spans, decisions, derived tables and dossiers."),
        "salvage": ("checking:salvage", "What can be had back of a damaged sourcebook, into a new one."),
        "events": ("listing:events", "What happened: date, place, status, toll, documents, origins."),
        "event": ("showing:event", "One event: roles by whose word, related events, why it is one."),
        "actors": ("listing:actors", "Who is named, under which names, in how many events."),
        "actor": ("showing:actor", "Everything that is said of one actor, with sources."),
        "contested": ("listing:contested", "Where the sources differ, how, and by which words."),
        "toll": ("listing:toll", "The figure that each codebook's rule picks for an event, and why."),
        "ask": ("asking:ask", "An answer to a question, with citations, or that nothing is said."),
        "coverage": ("listing:coverage", "What became of every number, date and name."),
        "stats": ("listing:stats", "How much of everything there is; the documents and their dates."),
        "skipped": ("listing:skipped", "What did not get through, and why."),
        "custody": ("checking:custody", "Every file met: hash, size, reader, licence, handling; chained."),
        "review": ("reviewing:review", "What needs a decision, and taking it: signed, dated, kept."),
        "serve": ("serving:serve", "The record as pages in the browser, to read and to decide."),
        "site": ("serving:site", "The same pages as files that open from disk, read-only."),
        "dossier": ("showing:dossier", "A cited backgrounder on an actor: Markdown, HTML, DOCX, PDF."),
        "export": ("showing:export", "The record in the formats of the field, each with its loss report."),
        "page": ("showing:page", "The page of a PDF on which a claim stands, its words marked."),
        "compare": ("comparing:compare", "An analyst's coding sheet beside the record, row by row."),
        "diff": ("checking:diff", "What is new, changed or gone between two sourcebooks."),
        "benchmark": ("measuring:benchmark", "Predictions for a public data set, for its scorer."),
        "doctor": ("checking:doctor", "What is installed, what is missing, what to do."),
    }
)


class Commands(click.Group):
    """A group that imports a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a day's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; its module is imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"sourcebook.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, from the table above."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the package raises on purpose is a message, not a traceback."""
        try:
            return super().invoke(ctx)
        except ModelError:
            raise  # a bug, ours or a plugin's: the traceback is the report
        except SourcebookError as error:
            click.echo(harmless(f"sourcebook: {error}"), err=True)
            ctx.exit(2 if isinstance(error, UnknownPlugin) else 1)


_ABOUT: Final = """A pile of reporting to a sourced record: who did what to whom, when, where, with what toll,
according to whom.

\b
  sourcebook build FOLDER -o pile.sourcebook
  sourcebook events pile.sourcebook

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some documents were skipped, 4 a check found
something.
"""


@click.group(
    cls=Commands,
    help=_ABOUT,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", prog_name="sourcebook")
def cli() -> None:
    """The group that every command hangs from."""


def main() -> None:
    """Run the command line."""
    try:
        cli()
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain once more at exit.
        sys.stderr.close()
        sys.exit(1)
