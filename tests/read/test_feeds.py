"""Feeds, dumps and web archives: each entry, row or record a document, dated by what states it."""

import gzip
import io
import json

import pytest
from tests.read.made import BODY, MORE, answered, everything, only
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

RSS = f"""<?xml version="1.0"?><rss version="2.0">
<channel><title>Orlan Times</title><item><title>Raid near Vesk</title>
<link>https://orlan.example/raid</link><pubDate>Fri, 03 May 2019 23:30:00 +0200</pubDate>
<description>&lt;p&gt;{BODY}&lt;/p&gt;</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Orlan Times</title>
<entry><title>Raid near Vesk</title>
<link href="https://orlan.example/raid"/><link rel="self" href="https://orlan.example/x"/>
<published>2019-05-03T23:30:00+02:00</published><updated>2019-06-01T00:00:00Z</updated>
<content type="xhtml"><div><p>{BODY}</p></div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Orlan Times</title></channel><item>
<title>Raid near Vesk</title>
<link>https://orlan.example/raid</link><dc:date>2019-05-03</dc:date><description>{BODY}</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "Orlan Times",
        "items": [{"title": "Raid near Vesk", "url": "https://orlan.example/raid",
                   "content_html": f"<p>{BODY}</p>",
                   "date_published": "2019-05-03T23:30:00+02:00"}],
    }
)  # fmt: skip
CSV = f'headline,body,date,source,link\nRaid near Vesk,"{BODY}",2019-05-03,Orlan Times,https://orlan.example/raid\n'
ROW = {"title": "Raid near Vesk", "text": BODY, "published": "2019-05-03", "source": {"name": "Orlan Times"},
       "url": "https://orlan.example/raid"}  # fmt: skip
LINES = "".join(json.dumps(row) + "\n" for row in (ROW, {**ROW, "title": "Again"}))


@pytest.mark.parametrize(
    ("data", "path", "basis"),
    [
        (RSS, "f/entry-0001", "feed entry pubDate, at 23:30:00 +02:00"),
        (ATOM, "f/entry-0001", "feed entry published, at 23:30:00 +02:00"),
        (RDF, "f/entry-0001", "feed entry date"),
        (JSON, "f/entry-0001", "feed entry date_published, at 23:30:00 +02:00"),
        (CSV, "f/row-00001", "column date"),
        (CSV.replace(",", ";").replace("guards;", "guards,"), "f/row-00001", "column date"),
        (LINES, "f/line-00001", "column published"),
        (json.dumps([ROW]), "f/item-00001", "column published"),
        (json.dumps({"articles": [ROW], "total": 1}), "f/item-00001", "column published"),
    ],
)
def test_an_entry_is_a_document_with_what_is_stated_of_it(data, path, basis):
    found = answered(data.encode(), "f")
    document, source = found.readings[0]
    assert (document.path, document.container) == (path, "f")
    assert document.text.startswith("Raid near Vesk\n\nGunmen attacked a depot")
    assert (document.title, document.url) == ("Raid near Vesk", "https://orlan.example/raid")
    assert source is not None
    assert source.name == "Orlan Times"
    assert document.published is not None
    assert (document.published.edtf, document.published.basis) == ("2019-05-03", basis)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (RSS.replace("<item>", "<item>&nbsp;&eacute; A & B"), None),
        (RSS.replace('<?xml version="1.0"?>', '<!DOCTYPE rss [<!ENTITY a "b">]>'), "refused"),
        (RSS.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="euc-kr"?>'), None),
        (RSS[:-25] + "<item><", "damaged XML"),
        ("<rss><channel><title>x</title></channel></rss>", "without entries"),
        ("<rss><channel><item></item></channel></rss>", "an entry without text"),
        ('{"killed": 3}', "JSON that is no list"),
        ('{"a": 1}\n{"b": 2}\n', "no object with a text"),
        ("[1, 2, 3]", "JSON that is no list"),
        (LINES + "{broken\n", "no JSON"),
        ("<?xml version='1.0'?><a/>", "XML: there is no reader"),
    ],
)
def test_damaged_ones_give_what_they_have_and_say_what_they_have_not(data, why):
    found = answered(data.encode())
    assert [s.why for s in found.skipped if why and why in s.why] or (why is None and found.readings)


def test_a_table_that_is_none_of_articles_is_plain_text():
    assert only(b"name,age\nJane,33\n").text == "name,age\nJane,33\n"


def warc(*records: tuple[str, str, bytes, str], packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, kind, data, status in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        made = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2019-05-06T10:00:00Z"},
        )  # fmt: skip
        writer.write_record(made)
    return out.getvalue()


PAGE = f"<html><body><p>{BODY}</p></body></html>".encode()


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_is_its_pages_with_address_and_day_of_retrieval(packed):
    data = warc(
        ("https://orlan.example/raid", "text/html", PAGE, "200 OK"),
        ("https://orlan.example/x.png", "image/png", b"x", "200 OK"),
        ("https://orlan.example/gone", "text/html", PAGE, "404 Not Found"),
        packed=packed,
    )
    (document,), skipped = everything(data, "w")
    assert document.path == "w/record-00001-orlan.example_raid"
    assert (document.url, document.published) == ("https://orlan.example/raid", None)
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-06", "file retrieved, WARC-Date, at 10:00:00, no zone given")
    ]
    assert [s.why for s in skipped] == ["part of a page: image/png", "fetched with status 404"]


def test_a_web_archive_cut_off_or_swollen_says_so():
    data = warc(
        ("https://a.example/", "text/html", PAGE, "200 OK"),
        ("https://b.example/", "text/html", PAGE, "200 OK"),
    )
    assert everything(data[:-200], "w")[1] or everything(data[:-200], "w")[0]
    bomb = warc(("https://a.example/", "text/html", b" " * 40_000_000, "200 OK"))
    assert "bomb" in everything(bomb, "w")[1][0].why
    assert answered(gzip.compress(b"WARC/1.0\r\nbroken")).skipped


def test_an_entry_in_two_parts_is_read_by_the_longer():
    data = RSS.replace(
        "</item>",
        f"<content:encoded xmlns:content='c'><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></content:encoded></item>",
    )
    assert answered(data.encode()).readings[0].document.text == f"Raid near Vesk\n\n{BODY}\n\n{MORE}\n"
