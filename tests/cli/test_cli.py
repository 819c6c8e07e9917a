"""The commands as a person types them: what they print, where, and their exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import pile

from sourcebook.cli import COMMANDS, cli
from sourcebook.extract.shipped import digest


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(w) for w in words], catch_exceptions=False)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pile.copy(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    for flag in ("-h", "--help"):
        result = run(command, flag)
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
        assert max(len(line) for line in result.stdout.splitlines()) <= 100


def test_help_is_quick_and_imports_no_model() -> None:
    code = (
        "import sys; from sourcebook.cli import cli; cli(['--help'], standalone_mode=False);"
        "print([m for m in ('spacy', 'numpy', 'sqlite3', 'msgspec') if m in sys.modules], file=sys.stderr)"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": "src"},
        check=True,
    )
    assert "sqlite3" not in done.stderr
    assert "spacy" not in done.stderr
    assert time.monotonic() - started < 10  # a gross regression only: time is not a gate


def test_a_list_and_a_build_with_nothing_new_import_neither_numpy_nor_spacy(book: Path) -> None:
    run("build", book.parent / "pile", "-o", book, "--workers", 0)
    for words in (("events", book), ("build", book.parent / "pile", "-o", book)):
        code = (
            "import sys; from sourcebook.cli import cli; cli(sys.argv[1:], standalone_mode=False);"
            "print([m for m in ('spacy', 'numpy') if m in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": "src"},
            check=True,
        )
        assert done.stderr.splitlines()[-1] == "[]", done.stderr


def test_a_build_that_is_stopped_says_that_it_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sourcebook.project.build", stop)
    result = run("build", tmp_path, "-o", tmp_path / "x.sourcebook")
    assert (result.exit_code, result.stdout) == (130, "")
    assert "the same command goes on from there" in result.stderr


def test_build_says_what_it_did_on_stderr_and_nothing_on_stdout(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    result = run("build", folder, "-o", tmp_path / "x.sourcebook", "--workers", 0)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 documents (2 new, 0 unchanged, 2 extracted)" in result.stderr


def test_build_with_skipped_documents_is_3_and_lists_them(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    (folder / "empty.txt").touch()
    book = tmp_path / "x.sourcebook"
    result = run("build", folder, "-o", book, "--workers", 0)
    assert result.exit_code == 3
    assert "skipped empty.txt:" in result.stderr
    listed = json.loads(run("skipped", book, "--format", "json").stdout)
    assert [row["path"] for row in listed] == ["empty.txt"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("events", "none.sourcebook"), 1, "sourcebook build"),
        (("events",), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
        (("build", ".", "-o", "x", "--as-of", "yesterday"), 2, "no date"),
        (("build", ".", "-o", "no/such/folder/x.sourcebook"), 1, "there is no folder"),
        (("benchmark", "no-such-task", "in", "-o", "out"), 2, "no-such-task"),
    ],
)
def test_errors_say_what_where_and_what_to_do(words: tuple[str, ...], code: int, message: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


def test_lists_come_as_tables_json_and_csv(book: Path) -> None:
    for command in ("events", "actors", "stats", "skipped", "contested", "coverage"):
        assert run(command, book).exit_code == 0
        rows = json.loads(run(command, book, "--format", "json").stdout)
        table = list(csv.reader(io.StringIO(run(command, book, "--format", "csv").stdout)))
        assert max(0, len(table) - 1) == len(rows)


def test_events_can_be_filtered(book: Path) -> None:
    def labels(*words: str) -> int:
        return len(json.loads(run("events", book, "--format", "json", *words).stdout))

    assert labels() > 0
    assert labels("--place", "tarvela") > 0
    assert labels("--place", "nowhere") == 0
    assert labels("--since", "2032") == 0
    assert labels("--until", "2031-05") > 0
    assert labels("--type", "ASSAULT", "--document", "courier") > 0
    assert labels("--type", "PROTEST") == 0


def test_tables_fit_and_cut_nothing(book: Path) -> None:
    shown = run("events", book).stdout
    assert max(len(line) for line in shown.splitlines()) <= 100
    squeezed = "".join(shown.split())
    for row in json.loads(run("events", book, "--format", "json").stdout):
        assert row["id"] in squeezed


def test_an_actor_is_found_by_part_of_a_name(book: Path) -> None:
    page = json.loads(run("actor", book, "harrow", "--format", "json").stdout)
    assert page["name"] == "Harrow Front"
    assert any(f["property"] == "strength" for f in page["facts"])
    missing = run("actor", book, "Nobody At All")
    assert missing.exit_code == 1
    assert "no actor answers to" in missing.stderr


def test_a_decision_is_kept_listed_and_taken_back(book: Path) -> None:
    event = json.loads(run("events", book, "--format", "json").stdout)[0]["id"]
    assert run("review", "reject", book, event, "--why", "hearsay").exit_code == 1  # nobody signed
    decided = run("review", "reject", book, event, "--by", "Ines", "--why", "hearsay")
    assert decided.exit_code == 0
    assert event not in run("events", book).stdout
    (entry,) = json.loads(run("review", "log", book, "--format", "json").stdout)
    assert (entry["by"], entry["verdict"], entry["why"]) == ("Ines", "reject", "hearsay")
    assert run("review", "undo", book, decided.stdout.strip(), "--by", "Ines").exit_code == 0
    assert event in run("events", book, "--format", "json").stdout
    assert run("verify", book).exit_code == 0


def test_verify_is_4_when_a_character_changed(book: Path) -> None:
    assert run("verify", book).exit_code == 0
    report = book.parent / "pile" / "courier.txt"
    report.write_text(report.read_text().replace("2019", "2018"))
    result = run("verify", book)
    assert result.exit_code == 4
    assert "stale" in result.stdout


def test_export_and_dossier_write_files_beside_a_report(book: Path) -> None:
    out = book.parent / "record.json"
    assert run("export", book, "--format", "json", "-o", out).exit_code == 0
    assert json.loads((out.parent / "record.json.loss.json").read_text())["of"] == "record.json"
    assert run("export", book, "--format", "json", "-o", "-").stdout == out.read_text()
    assert run("dossier", book, "Harrow Front", "-o", book.parent / "d.html").exit_code == 0
    assert run("verify", book, book.parent / "d.html").exit_code == 0
    assert run("dossier", book, "Harrow Front", "-o", book.parent / "d.txt").exit_code == 1


def test_diff_names_what_is_new_and_why(book: Path) -> None:
    later = book.parent / "later.sourcebook"
    later.write_bytes(book.read_bytes())
    (book.parent / "pile" / "more.txt").write_text("On 20 May 2031 soldiers killed 3 rebels near Tarvela.")
    run("build", book.parent / "pile", "-o", later, "--workers", 0)
    rows = json.loads(run("diff", book, later, "--format", "json").stdout)
    assert ("document", "new", "more.txt") in {(r["kind"], r["change"], r["what"]) for r in rows}
    assert run("diff", book, book).stdout == ""


def test_doctor_finds_everything_in_place(book: Path) -> None:
    result = run("doctor", book)
    assert result.exit_code == 0
    assert "unbroken chain" in " ".join(result.stdout.split())
    assert f"weights {digest()[:16]}" in " ".join(result.stdout.split())


def test_benchmark_writes_a_prediction_for_each_row(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"doc_id": "a", "dct": "2031-05-12", "title": "", "text": "It ended on 3 May 2031."}\n'
    )
    result = run("benchmark", "timex", source, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 0
    (line,) = (tmp_path / "out.jsonl").read_text().splitlines()
    assert json.loads(line)["timex"][0]["value"] == "2031-05-03"
    source.write_text("not json\n")
    assert "line 1: not JSON" in run("benchmark", "timex", source, "-o", tmp_path / "out.jsonl").stderr
