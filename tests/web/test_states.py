"""A sourcebook of nothing, and of one report without an event: pages say what would be there."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sourcebook import project
from sourcebook.config import Config
from sourcebook.web import app
from sourcebook.web.pages import MENU
from sourcebook.web.safety import Session
from web import questions

HOST = "http://127.0.0.1:8765"
PAGES = ["/" if name == "overview" else f"/{name}" for name, _ in MENU if name != "about"]


@pytest.fixture(scope="module", params=["nothing", "one report"])
def bare(request, tmp_path_factory):
    """A client of a sourcebook without an event, and how many documents it has."""
    folder = tmp_path_factory.mktemp("bare")
    out = folder / "bare.sourcebook"
    reports = folder / "reports"
    reports.mkdir()
    if request.param == "one report":
        (reports / "fine.txt").write_text("3 March 2027\n\nThe weather was fine in the valley.\n", "utf-8")
    project.build([reports], out, config=Config(workers=0))
    session = Session(port=8765)
    with TestClient(app.make(out, session, settle=questions.rebuild), base_url=HOST) as client:
        client.get("/", params={"token": session.token})
        yield client, int(request.param == "one report")


@pytest.mark.parametrize("address", [*PAGES, "/search?q=nothing"])
def test_an_empty_page_says_so(bare, address):
    client, documents = bare
    page = client.get(address)
    assert page.status_code == 200
    if not (documents and address in ("/sources", "/coverage")):
        assert 'class="empty"' in page.text


def test_what_is_counted_agrees_with_its_number(bare):
    client, documents = bare
    page = client.get("/").text
    assert f"<strong>{documents}</strong> document{'' if documents == 1 else 's'}</li>" in page
    assert "once there are two documents" in page


@pytest.mark.parametrize("address", ["/nowhere", "/event/e-0", "/reader/d-0"])
def test_what_is_not_there_is_told_with_a_way_back(bare, address):
    client, _ = bare
    page = client.get(address)
    assert page.status_code == 404
    assert "Back to the overview" in page.text


def test_who_has_not_opened_the_printed_address_is_told_how(bare):
    client, _ = bare
    client.cookies.clear()
    answer = client.get("/")
    assert answer.status_code == 403
    assert "sourcebook serve" in answer.text
