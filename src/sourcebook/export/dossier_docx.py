"""A dossier as DOCX with real footnotes; needs the extra `office`.

python-docx has no footnotes: the part, its styles and the references are made here (ECMA-376, 17.11).
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from sourcebook.errors import MissingExtra
from sourcebook.export.dossier_pictures import Picture, pictures, png
from sourcebook.export.text import clean
from sourcebook.views import phrases
from sourcebook.views.dossier import Citation, Dossier, Sentence

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

#: ZIP has no earlier day; the same dossier is to be the same bytes.
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def document(dossier: Dossier) -> bytes:
    """The dossier as a Word document.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
    except ImportError as error:
        raise MissingExtra("office", "DOCX") from error
    made = docx.Document()
    writer = _Writer(dossier, made)
    writer.write()
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT, writer.footnotes().encode(), made.part.package)
    made.part.relate_to(part, _RELATION)
    out = io.BytesIO()
    made.save(out)
    return _undated(out.getvalue())


class _Writer:
    """Fills a python-docx document."""

    def __init__(self, dossier: Dossier, made: Any) -> None:
        self.dossier = dossier
        self.made = made
        self.paths = {d.id: d for d in dossier.documents}
        self.notes: list[str] = []
        self._first: dict[tuple[str, int, int], int] = {}

    def write(self) -> None:
        self._properties()
        self._styles()
        self.made.add_heading(clean(self.dossier.subject), level=0)
        if self.dossier.as_of:
            self.made.add_paragraph(f"As of {self.dossier.as_of}")
        for section in self.dossier.sections:
            self.made.add_heading(section.title, level=1)
            for sentence in section.sentences:
                self._sentence(sentence)
        for picture in pictures(self.dossier):
            self._picture(picture)
        if self.dossier.gaps:
            self.made.add_heading("What the documents don't say", level=1)
            for question in self.dossier.gaps:
                self.made.add_paragraph(phrases.gap(question), style="List Bullet")
        self._documents()

    def _picture(self, picture: Picture) -> None:
        """A picture with words for those who do not see it; without typst, where it can be seen."""
        from docx.shared import Cm, Pt

        self.made.add_heading(picture.title, level=1)
        content = png(picture)
        if content is None:
            self.made.add_paragraph(f"The {picture.title.lower()} is in the HTML form of this dossier.")
            return
        shape = self.made.add_picture(io.BytesIO(content), width=Cm(15))
        shape._inline.docPr.set("descr", clean(picture.alt))  # noqa: SLF001 - python-docx has no other way in
        self.made.add_paragraph(picture.caption).runs[0].font.size = Pt(8)

    def _properties(self) -> None:
        core = self.made.core_properties
        core.title, core.author, core.comments = clean(self.dossier.subject), "Sourcebook", ""
        core.created = core.modified = datetime(*_FIRST_DAY, tzinfo=UTC)
        core.language = "en"

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.made.styles
        text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size, text.paragraph_format.space_after = Pt(8.5), Pt(1)
        mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        normal = styles["Normal"]
        normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Georgia", Pt(10.5), Pt(4)

    def _sentence(self, sentence: Sentence) -> None:
        paragraph = self.made.add_paragraph(clean(sentence.text))
        for n, citation in enumerate(sentence.citations):
            if n:
                paragraph.add_run(", ").font.superscript = True
            self._reference(paragraph, citation)

    def _reference(self, paragraph: Any, citation: Citation) -> None:
        from docx.oxml import parse_xml

        number = len(self.notes) + 1
        self.notes.append(self._note(citation, number))
        paragraph._p.append(  # noqa: SLF001 - python-docx has no other way in
            parse_xml(
                f'<w:r xmlns:w="{_W}"><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{number}"/></w:r>'
            )
        )

    def _note(self, citation: Citation, number: int) -> str:
        """The words and their place; where they were cited before, the number of that note."""
        before = self._first.setdefault((citation.document, citation.start, citation.end), number)
        if before != number:
            return f"As note {before}."
        cited = self.paths[citation.document]
        words = " ".join(citation.exact.split())
        return f"“{words}” {cited.name} ({cited.path}, characters {citation.start}-{citation.end})"

    def footnotes(self) -> str:
        """The part: the two separators that Word wants, then the notes."""
        rows = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(clean(note))}</w:t></w:r></w:p></w:footnote>'
            for n, note in enumerate(self.notes, 1)
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">'
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
            f"</w:p></w:footnote>{rows}</w:footnotes>"
        )

    def _documents(self) -> None:
        self.made.add_heading("Documents", level=1)
        table = self.made.add_table(rows=1, cols=4, style="Light Grid Accent 1")
        for cell, title in zip(
            table.rows[0].cells, ("Publisher", "Title", "Published", "Reliability"), strict=True
        ):
            cell.text = title
        for cited in self.dossier.documents:
            row = (
                cited.publisher,
                cited.title or cited.path,
                cited.published or "unknown",
                cited.reliability,
            )
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = clean(text)


def _undated(content: bytes) -> bytes:
    """The same archive with one and the same day on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()
