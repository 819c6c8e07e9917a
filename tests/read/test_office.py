"""DOCX, ODT, EPUB and RTF: the text of the page in its order; what is not on the page is left out."""

import pytest
from tests.read.made import BODY, MORE, W, answered, docx, only, paragraph, zipped

from sourcebook.text.masks import blank

CORE = (
    "<dc:title>{title}</dc:title><dc:creator>Jane Roe</dc:creator>"
    "<dcterms:created>2019-05-04T10:15:00Z</dcterms:created>"
)
TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>".format(
    paragraph("Vesk"), paragraph("five dead")
)
RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(BODY) + paragraph(MORE), f"{BODY}\n\n{MORE}\n"),
        (paragraph("One") + TABLE + paragraph("Two"), "One\n\nVesk | five dead\n\nTwo\n"),
        (f"<w:p><w:del>{RUN.format('old')}</w:del><w:ins>{RUN.format('new')}</w:ins></w:p>", "new\n"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc\n"),
        (f"<w:p><w:hyperlink>{RUN.format('link')}</w:hyperlink></w:p>", "link\n"),
        (f"<w:sdt><w:sdtContent>{paragraph('held')}</w:sdtContent></w:sdt>", "held\n"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:p>", "1\n"),
        (f"<w:p>{RUN.format('Взрыв')}{RUN.format(' بغداد')}</w:p>", "Взрыв بغداد\n"),
        ("<w:p><w:r><w:t>Al</w:t><w:noBreakHyphen/><w:t>Orlan</w:t></w:r></w:p>", "Al-Orlan\n"),
    ],
)
def test_the_body_is_read_in_its_order(body, text):
    assert only(docx(body)).text == text


def test_notes_come_after_the_body():
    data = docx(paragraph("Body."), footnotes=f"<w:footnote>{paragraph('Note.')}</w:footnote>")
    assert only(data).text == "Body.\n\nNote.\n"


def test_properties_of_the_file_are_believed_only_where_the_text_agrees():
    document = only(docx(paragraph("Raid near Vesk") + paragraph(BODY), CORE.format(title="Template 3")))
    assert document.title == "Raid near Vesk"
    assert (document.author, document.published) == (None, None)
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-04", "file created, DOCX core property created, at 10:15:00 Z")
    ]
    styled = only(
        docx(paragraph("Raid near Vesk", "Title") + paragraph("By Jane Roe") + paragraph(BODY), CORE)
    )
    assert (styled.title, styled.author) == ("Raid near Vesk", "Jane Roe")


XXE = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:d xmlns:w="{W}">&x;</w:d>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"word/document.xml": XXE}), "DOCTYPE"),
        (zipped({"word/document.xml": b"<a>" + b" " * 70_000_000}), "taken for a bomb"),
        (zipped({"word/document.xml": "<a><b>"}), "damaged XML"),
        (zipped({"word/document.xml": "<a>" * 3_000}), "deep"),
        (docx(""), "without text"),
        (docx(paragraph(BODY))[:-30], "damaged ZIP"),
        (zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
    ],
)
def test_bombs_entities_and_damage_are_refused_with_a_reason(data, why):
    (refused,) = answered(data).skipped
    assert why in refused.why


def test_of_a_damaged_text_part_what_came_before_is_read_and_the_rest_reported():
    found = answered(zipped({"word/document.xml": f'<w:d xmlns:w="{W}">{paragraph(BODY)}<w:p><'}), "f")
    assert found.readings[0].document.text == f"{BODY}\n"
    assert [s.path for s in found.skipped] == ["f, the rest"]


O = "urn:oasis:names:tc:opendocument:xmlns"  # noqa: E741


def odt(body: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<c xmlns:text="{O}:text" xmlns:table="{O}:table">{body}</c>',
            "meta.xml": f'<m xmlns:x="{O}"><x:creation-date>2019-05-04T10:15:00</x:creation-date></m>',
        }
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<text:h>Raid</text:h><text:p>{BODY}</text:p>", f"Raid\n\n{BODY}\n"),
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p>", "a b c\nd\n"),
        ("<text:p>Body<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p>"
         "</text:note-body></text:note>.</text:p><text:p>End.</text:p>", "Body.\n\nEnd.\n\nNote.\n"),
        ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", "kept\n"),
        ("<table:table-row><table:table-cell><text:p>Vesk</text:p></table:table-cell><table:table-cell><text:p>5"
         "</text:p></table:table-cell></table:table-row>", "Vesk | 5\n"),
        ("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>", "one\n"),
    ],
)  # fmt: skip
def test_odt_is_read_in_its_order(body, text):
    document = only(odt(body))
    assert document.text == text
    assert document.file_dates[0].edtf == "2019-05-04"
    assert document.published is None


@pytest.mark.parametrize("body", ["", "<text:p>", "<x>" * 900])
def test_odt_without_text_says_so(body):
    assert answered(odt(body)).skipped


OPF = """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The Valley</dc:title>
<dc:creator>Jane Roe</dc:creator><dc:date>2019-05-03</dc:date></metadata>
<manifest><item id="b" href="two%20.xhtml"/><item id="a" href="one.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="cover"/><itemref idref="b"/></spine></package>"""


def test_epub_is_its_chapters_in_the_order_of_the_book():
    data = zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></c>',
            "OEBPS/c.opf": OPF,
            "OEBPS/one.xhtml": f"<html><body><p>{BODY}</p></body></html>",
            "OEBPS/two .xhtml": f"<!DOCTYPE html><html><body><p>{MORE}</p></body></html>",
        }
    )
    document = only(data)
    assert document.text == f"{BODY}\n\n{MORE}\n"
    assert (document.title, document.author) == ("The Valley", "Jane Roe")
    assert document.published is not None
    assert (document.published.edtf, document.published.basis) == ("2019-05-03", "EPUB date")
    assert document.page_starts == (0, len(BODY) + 2)
    assert "without text" in answered(zipped({"mimetype": "application/epub+zip"})).skipped[0].why


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1\ansi One.\par Two.}", "One.\n\nTwo.\n"),
        (r"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator X;}One.}", "One.\n"),
        (r"{\rtf1\ansi\ansicpg1251 \'c2\'e7\'f0\'fb\'e2}", "Взрыв\n"),
        (r"{\rtf1\ansi\uc1 caf\u233?s}", "cafés\n"),
        (r"{\rtf1\uc2\u1042??x}", "Вx\n"),
        (r"{\rtf1 it\rquote s \ldblquote here\rdblquote\emdash now}", "it’s “here”—now\n"),
        (
            r"{\rtf1{\header Head}{\footer Foot}{\pict 0102}Body{\field{\*\fldinst PAGE}{\fldrslt 1}}}",
            "Body1\n",
        ),
        (r"{\rtf1 a\cell b\cell\row c}", "a | b\n\nc\n"),
        (r"{\rtf1 a\{b\}\\c\~d\_e\-f}", "a{b}\\c d-ef\n"),
        ("{\\rtf1 one\r\ntwo\\line three", "onetwo\nthree\n"),
        (r"{\rtf1\ansi\u55357?\u56832?}", "😀\n"),
        (r"{\rtf1\u-10179?x}", "\ufffdx\n"),
    ],
)
def test_rtf_gives_its_text(rtf, text):
    assert only(rtf.encode("cp1252")).text == text


@pytest.mark.parametrize("rtf", [r"{\rtf1}", r"{\rtf1{\fonttbl Arial}", "{\\rtf1" + "{" * 50_000])
def test_rtf_without_text_or_with_too_many_groups_says_so(rtf):
    assert answered(rtf.encode()).skipped


def test_dates_of_an_rtf_are_dates_of_the_file():
    document = only(rb"{\rtf1{\info{\title Raid}{\creatim\yr2019\mo5\dy4\hr10}}" + BODY.encode() + b"}")
    assert document.published is None
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-04", "file created, RTF info creatim")
    ]
    assert blank(document.text, document.masks).strip() == BODY
