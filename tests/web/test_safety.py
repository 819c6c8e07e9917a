"""Who may ask, and what every answer carries."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sourcebook.web import app
from sourcebook.web.safety import Session

HOST = "http://127.0.0.1:8765"


@pytest.fixture
def stranger(own, session):
    return TestClient(app.make(own, session), base_url=HOST)


def test_nothing_is_shown_without_the_session(stranger):
    for path in ("/", "/events", "/search?q=market", "/cards?of=c-1", "/nothing"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "market" not in answer.text


def test_the_printed_address_opens_once(stranger, session):
    token = session.token
    first = stranger.get("/events", params={"token": token, "type": "ASSAULT"}, follow_redirects=False)
    assert first.status_code == 303
    assert first.headers["location"] == "/events?type=ASSAULT"
    cookie = first.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    stranger.cookies.clear()
    assert stranger.get("/", params={"token": token}).status_code == 403


def test_a_wrong_token_opens_nothing(stranger):
    assert stranger.get("/", params={"token": "x" * 32}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:9999", "127.0.0.1:8765.evil.example"]
)
def test_another_host_name_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("path", ["/", "/events", "/decide"])
def test_a_page_of_another_site_gets_nothing(client, path):
    assert client.get(path, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get(path, headers={"origin": "null"}).status_code == 403


def form(session, **more):
    return {"token": session.writing, "verdict": "unsure", "about": "a b", "by": "Ilse", "back": "/", **more}


def test_writing_needs_our_origin_and_the_token_of_the_session(client, session):
    ours = {"origin": HOST}
    assert client.post("/decide", data=form(session)).status_code == 403
    assert client.post("/decide", data=form(session), headers={"origin": "http://x.test"}).status_code == 403
    assert client.post("/decide", data=form(session, token=""), headers=ours).status_code == 403
    assert client.post("/decide", data=form(session, token="é"), headers=ours).status_code == 403
    assert client.post("/decide", json={}, headers=ours).status_code == 415
    assert client.post("/decide", data=form(session, why="y" * 70_000), headers=ours).status_code == 413
    assert client.post("/decide", data=form(session), headers=ours).status_code == 404


@pytest.mark.parametrize("path", ["/", "/events", "/nothing", "/event/e-0", "/static/app.js"])
def test_every_answer_has_the_policy(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_static_files_cannot_be_climbed_out_of(client):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert client.get(path).status_code in (404, 400)


def test_going_back_never_leaves_the_app(own, session, book):
    one, other = book.record.events[0].id, book.record.events[1].id
    with TestClient(app.make(own, session), base_url=HOST) as browser:
        browser.get("/", params={"token": session.token})
        for back in ("https://evil.example/", "//evil.example/x", "/\\evil.example"):
            answer = browser.post(
                "/decide",
                data=form(session, about=f"{one} {other}", back=back),
                headers={"origin": HOST},
                follow_redirects=False,
            )
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/")
            assert not answer.headers["location"].startswith(("//", "/\\"))


def test_two_sessions_share_no_secret():
    one, other = Session(port=1), Session(port=1)
    assert len({one.token, other.token, one.cookie, other.cookie, one.writing, other.writing}) == 6
