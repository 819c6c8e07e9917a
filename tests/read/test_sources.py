"""The table of sources: tolerant of how it was saved, exact about what is wrong."""

import pytest

from sourcebook.errors import InputError
from sourcebook.read.sources import table


def rows(tmp_path, data: bytes):
    path = tmp_path / "sources.csv"
    path.write_bytes(data)
    return table(path).rows


@pytest.mark.parametrize(
    "data",
    [
        b"path,publisher,published\na.txt,Orlan Times,2019-05-03\n",
        b"\xef\xbb\xbfpath;publisher;published\r\na.txt;Orlan Times;2019-05-03\r\n",
        b"Published\tPath\tPublisher\n2019-05-03\ta.txt\tOrlan Times\n",
        "path,publisher,published\na.txt,Orlan Times,2019-05-03\n".encode("utf-16"),
        b'"file","outlet","date"\n\n" a.txt ","Orlan Times","2019-05-03"\n',
        b"path,notes,publisher,published\na.txt,ask again,Orlan Times,2019-05-03\n",
    ],
)
def test_bom_delimiter_encoding_order_and_further_columns_do_no_harm(tmp_path, data):
    (row,) = rows(tmp_path, data)
    assert row.cells == {"path": "a.txt", "publisher": "Orlan Times", "published": "2019-05-03"}


def test_missing_columns_and_empty_cells_are_unknown(tmp_path):
    (row,) = rows(tmp_path, b"path,title,author\na.txt,,\n")
    assert row.cells == {"path": "a.txt"}


@pytest.mark.parametrize("word", ["yes", "TRUE", "1"])
def test_translated_is_yes_or_no(tmp_path, word):
    (row,) = rows(tmp_path, f"path,translated\na.txt,{word}\n".encode())
    assert row.cells["translated"] == "yes"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"publisher\nOrlan Times\n", "has no column `path`"),
        (b"path,path\na,b\n", "has the column `path` twice"),
        (b"path,publisher\n,Orlan Times\n", "row 2, column path: empty"),
        (b"path,published\na.txt,2019\nb.txt,someday\n", "row 3, column published: 'someday' is no date"),
        (b"path,published\na.txt,2019-02-30\n", "row 2, column published: '2019-02-30' is no date"),
        (b"path,translated\na.txt,maybe\n", "row 2, column translated: 'maybe' is neither yes nor no"),
        (b"path,reliability\na.txt,Z\n", "row 2, column reliability: 'Z' is none of A, B, C, D, E, F"),
        (b"path,kind\na.txt,gossip\n", "row 2, column kind: 'gossip' is none of newspaper,"),
        (b"path,title\na.txt,Shots, then silence\n", "row 2: 3 cells for 2 columns, from 'then silence' on"),
        (b"path,title\na.txt,x\n./a.txt,y\n", "row 3, column path: './a.txt' is already in row 2"),
        (b'path,title\na.txt,"open\n', "is not CSV"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(tmp_path, data, message):
    with pytest.raises(InputError, match=None) as caught:
        rows(tmp_path, data)
    assert message in str(caught.value)


def test_a_table_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot read the sources table"):
        table(tmp_path / "none.csv")
