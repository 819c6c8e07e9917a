"""The site: complete, closed, read-only, and masked where that is asked for."""

from __future__ import annotations

import json
import re

import pytest

from sourcebook import project
from sourcebook.errors import InputError
from sourcebook.model import MentionKind
from sourcebook.views import redaction
from sourcebook.web import site


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "pages"
    site.write(built, out)
    return out


def test_every_link_of_the_site_leads_to_a_file_of_the_site(made):
    for page in made.glob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"#]+)', page.read_text("utf-8")):
            if not address.startswith("https://"):
                assert (made / address).is_file(), (page.name, address)


def test_the_site_holds_no_form_that_writes_and_no_server_address(made):
    for page in made.glob("*.html"):
        text = page.read_text("utf-8")
        assert "<form" not in text.replace('<form method="dialog">', "")
        assert 'href="/' not in text
        assert "Content-Security-Policy" in text


def test_evidence_of_every_claim_is_in_the_part_of_its_first_digit(made, book):
    for claim in book.record.claims:
        text = (made / "static" / f"cards-{claim.id[2]}.js").read_text("utf-8")
        held = json.loads(text.removeprefix("sourcebookHold(").removesuffix(");\n"))
        assert "<blockquote" in held[claim.id]


def test_a_folder_with_something_else_in_it_is_left_alone(built, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds something else"):
        site.write(built, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_second_run_replaces_the_first_with_the_same_bytes(built, tmp_path):
    out = tmp_path / "pages"
    site.write(built, out)
    first = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    (out / "old.html").write_text("gone")
    site.write(built, out)
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()} == first


@pytest.mark.parametrize(
    ("profile", "gone", "kept"),
    [
        ("private", "Runa Eddow", "Ansel Vorr"),
        ("persons", "Ansel Vorr", "Harrow Front"),
    ],
)
def test_a_masked_site_names_nobody_it_masks(built, tmp_path, profile, gone, kept):
    record = redaction.redacted(project.record(built), profile)
    names = {e.name for e in project.record(built).entities if e.kind is MentionKind.PERSON}
    masked = names - {e.name for e in record.entities}
    assert masked
    out = tmp_path / "pages"
    site.write(built, out, profile=profile)
    everything = "\n".join(p.read_text("utf-8") for p in out.rglob("*") if p.suffix in (".html", ".js"))
    assert [n for n in masked if re.search(rf"\b{re.escape(n)}\b", everything)] == []
    assert kept in everything
    if profile == "persons":
        assert gone not in everything


def test_masks_move_no_offset(built):
    before = project.record(built)
    after = redaction.redacted(before, "persons")
    documents = {d.id: d for d in after.documents}
    assert [len(d.text) for d in before.documents] == [len(d.text) for d in after.documents]
    assert all(documents[m.span.document].quote(m.span) == m.exact for m in after.mentions)
    assert [c.id for c in after.claims] == [c.id for c in before.claims]


def test_the_site_answers_prepared_questions_and_says_that_it_answers_no_others(made):
    page = (made / "ask.html").read_text("utf-8")
    assert "they answer only the questions below" in page
    assert page.count('class="answer"') >= 5
    assert "don&#39;t say" not in page
    assert page.count("open in the reader") >= page.count('class="answer"')
