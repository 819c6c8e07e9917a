"""Every file met is a Raw or a Skipped; nothing crashes, nothing vanishes."""

import os
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read import files, kinds
from sourcebook.read.answering import answer
from sourcebook.read.files import raws
from sourcebook.read.sources import table


def met(*paths, given=None):
    return [(e.path, e.why if isinstance(e, Skipped) else "read") for e in raws(paths, given)]


def write(path: Path, data: bytes = b"Two shells fell on the market.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_files_come_sorted_with_paths_relative_to_the_folder_given(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.md"):
        write(tmp_path / name)
    assert met(tmp_path) == [("a/b/c.txt", "read"), ("a/z.txt", "read"), ("b.txt", "read"), ("c.md", "read")]


def test_a_file_given_itself_goes_by_its_own_name(tmp_path):
    assert met(write(tmp_path / "deep/down/a.txt")) == [("a.txt", "read")]


def test_one_name_in_two_folders_gets_its_folder_in_front(tmp_path):
    write(tmp_path / "one/a.txt", b"First.")
    write(tmp_path / "two/a.txt", b"Second.")
    assert met(tmp_path / "one", tmp_path / "two") == [("a.txt", "read"), ("two/a.txt", "read")]


def test_a_file_reached_twice_is_read_once_and_said_to_be(tmp_path):
    file = write(tmp_path / "d/a.txt")
    assert met(tmp_path / "d", file, file) == [
        ("a.txt", "read"),
        ("a.txt", "the same file as a.txt, which was read"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "nothing but blanks"),
        (b"\x89PNG\r\n\x1a\n...", "a PNG picture: there is no reader for it"),
        (bytes(range(256)) * 40, "binary file: no text in it"),
        (b'{"killed": 3}', "JSON that is no list of articles: there is no reader for it"),
    ],
)
def test_what_holds_no_text_is_skipped_by_its_content_whatever_its_name(tmp_path, data, why):
    (raw,) = files.raws([write(tmp_path / "report.txt", data)])
    assert isinstance(raw, Raw)
    assert [(s.path, s.why) for s in answer(kinds.read, raw).skipped] == [("report.txt", why)]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00A\x00t\x00t\x00a\x00c\x00k",
        b"\xff\xfeA\x00",
        b"Caf\xe9 bombed.",
        b"A\x00 stray NUL" + b"x" * 999,
    ],
)
def test_text_in_any_encoding_is_not_taken_for_binary(tmp_path, data):
    assert met(write(tmp_path / "a", data)) == [("a", "read")]


def test_a_missing_path_is_reported_and_the_rest_unharmed(tmp_path):
    file = write(tmp_path / "z.txt")
    assert met(tmp_path / "none", file) == [
        (str(tmp_path / "none"), "no such file or folder"),
        ("z.txt", "read"),
    ]


def test_a_file_without_permission_is_reported(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    really = os.open

    def refuse(path, *rest):
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return really(path, *rest)

    monkeypatch.setattr(files.os, "open", refuse)
    assert met(tmp_path) == [("a.txt", "no permission to read it"), ("b.txt", "read")]


def test_a_folder_without_permission_is_reported(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    write(tmp_path / "z.txt")
    really = Path.iterdir

    def refuse(path):
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert met(tmp_path) == [("shut", "no permission to read it"), ("z.txt", "read")]


def test_links_are_followed_once_and_loops_end(tmp_path):
    write(tmp_path / "a/one.txt")
    (tmp_path / "a/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a/one.txt")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = dict(met(tmp_path))
    assert found["a/one.txt"] == "read"
    assert found["a/up"].startswith("folder already read as ")
    assert found["b.txt"] == "the same file as a/one.txt, which was read"
    assert found["broken"] == "no such file or folder"
    assert set(found) == {"a/one.txt", "a/up", "b.txt", "broken", "self"}


def test_pipes_and_devices_are_reported_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert met(tmp_path) == [("pipe", "not a file but a named pipe")]
    assert met("/dev/null") == [("null", "not a file but a device")]


def test_hidden_files_are_reported_unless_named(tmp_path):
    hidden = write(tmp_path / ".draft.txt")
    write(tmp_path / ".git/config")
    assert {why for _, why in met(tmp_path)} == {"hidden; name it to have it read"}
    assert met(hidden) == [(".draft.txt", "read")]


def test_a_name_that_is_not_utf8_comes_out_printable(tmp_path):
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")))
    assert met(tmp_path) == [("caf\\xe9.txt", "read")]


def test_300_megabytes_in_one_line_are_refused_in_bounded_memory(tmp_path):
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(300_000_000)
    tracemalloc.start()
    found = met(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [("long.txt", "too large: 300,000,000 bytes, at most 20,000,000 are read")]
    assert peak < 5_000_000


def test_files_are_read_one_at_a_time(tmp_path, monkeypatch):
    for i in range(5):
        write(tmp_path / f"{i}.txt")
    opened = []
    really = os.open
    monkeypatch.setattr(files.os, "open", lambda path, *rest: opened.append(path) or really(path, *rest))
    first = list(islice(raws([tmp_path]), 1))
    assert isinstance(first[0], Raw)
    assert len(opened) == 1


def test_rows_reach_their_files_and_rows_without_a_file_are_reported(tmp_path):
    write(tmp_path / "pile/a.txt")
    write(tmp_path / "pile/deep/b.txt")
    write(
        tmp_path / "pile/sources.csv",
        b"path,publisher\na.txt,Orlan Times\nb.txt,Vesk Post\npile/c.txt,Nobody\n",
    )
    rows = table(tmp_path / "pile/sources.csv")
    entries = list(raws([tmp_path / "pile"], rows))
    given = {e.path: e.given.get("publisher") for e in entries if isinstance(e, Raw)}
    assert given == {"a.txt": "Orlan Times", "deep/b.txt": "Vesk Post"}
    assert [(e.path, e.why) for e in entries if isinstance(e, Skipped)] == [
        ("pile/c.txt", "sources.csv, row 4: no file of this path was given")
    ]


def test_paths_may_count_from_the_folder_of_the_table(tmp_path):
    write(tmp_path / "pile/a.txt")
    write(tmp_path / "sources.csv", b"path,publisher\npile/a.txt,Orlan Times\n")
    (only,) = raws([tmp_path / "pile"], table(tmp_path / "sources.csv"))
    assert isinstance(only, Raw)
    assert only.given == {"path": "pile/a.txt", "publisher": "Orlan Times", "given_in": "sources.csv, row 2"}
