"""The reader in a browser: other scripts, words marked twice, what is not the document's own prose."""

from __future__ import annotations

import pytest

from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import MentionKind
from web.browser.conftest import Running

ARABIC = """انفجار في سوق تارفيلا

قال مسؤولون إن 12 شخصا على الأقل قتلوا في انفجار في سوق مدينة تارفيلا يوم الثلاثاء.
وأعلنت جبهة هارو مسؤوليتها عن الهجوم في بيان نشر على الإنترنت، ونفت الحكومة ذلك.
وقال شهود إن عشرات الجرحى نقلوا إلى المستشفى، وإن السوق كان مزدحما وقت الانفجار.

Gunmen of the Harrow Front killed 12 people in Tarvela on 11 May 2031, police said.
"""
ENGLISH = """Blast in Tarvela

Gunmen of the Harrow Front killed the mayor of Tarvela on 11 May 2031, police said.

Share this story on Facebook
"""


@pytest.fixture(scope="module")
def pile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "pile").mkdir()
    (folder / "pile" / "arabic.txt").write_text(ARABIC, "utf-8")
    (folder / "pile" / "english.txt").write_text(ENGLISH, "utf-8")
    out = folder / "x.sourcebook"
    project.build([folder / "pile"], out, config=Config(workers=0))
    return out


def test_arabic_runs_from_the_right_and_english_in_it_from_the_left(pile, chromium):
    document = next(d for d in project.record(pile).documents if d.path.startswith("arabic"))
    with Running(pile) as running:
        page = chromium.new_page()
        page.goto(running.opens)
        page.goto(f"{running.base}/reader/{document.id}")
        assert page.locator("article.document").get_attribute("lang") == document.language == "ar"
        direction = "e => getComputedStyle(e).direction"
        assert page.locator("article.document p").first.evaluate(direction) == "rtl"
        last = page.locator("article.document p", has_text="Gunmen of the Harrow Front").last
        assert last.evaluate(direction) == "ltr"
        shown = page.locator("article.document").text_content()
        assert "".join(shown.split()) == "".join(document.text.split())
        page.close()


def test_words_marked_twice_keep_both_marks_and_masks_are_dimmed_with_their_reason(pile, chromium):
    record = project.record(pile)
    document = next(d for d in record.documents if d.path.startswith("english"))
    claims = [c for c in record.claims if c.trigger.document == document.id]
    assert claims
    with Running(pile) as running:
        page = chromium.new_page()
        page.goto(running.opens)
        page.goto(f"{running.base}/reader/{document.id}")
        for claim in claims:
            assert page.locator(f"mark.claim[data-of~='{claim.id}']").count() >= 1
        for mention in record.mentions:
            if mention.span.document == document.id and mention.kind is MentionKind.ARMED_GROUP:
                assert page.locator(f"mark.actor[data-of~='{mention.id}']").count() >= 1
        dim = page.locator(".masked", has_text="Share this story")
        assert dim.get_attribute("title")
        assert float(dim.evaluate("e => getComputedStyle(e).opacity")) < 1
        assert page.locator(".claims li").count() == len(claims)
        page.close()
