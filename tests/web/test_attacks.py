"""The app under attack: every route that it has, asked in every way that a page of another site could."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from sourcebook import project
from sourcebook.web import app, patience
from sourcebook.web.safety import Session
from web.browser.conftest import Running

HOST = "http://127.0.0.1:8765"
CLIMBS = (
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%5c..%5cwin.ini",
    "%00",
    "%0d%0aX-Evil:%201",
)
HOSTS = (
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:8765.evil.example",
    "evil@127.0.0.1:8765",
    "[::1]:8765",
)


@pytest.fixture
def routes(own, session, book):
    """Every address of the app, by its own list of routes, and the methods each takes."""
    ids = {
        "event": book.record.events[0].id, "reader": book.record.documents[0].id,
        "correct": book.record.claims[0].id,
    }  # fmt: skip
    found = []
    for route in app.make(own, session).routes:
        if isinstance(route, Mount):
            found.append((f"{route.path}/app.js", {"GET"}))
        elif isinstance(route, Route):
            name = route.path.strip("/").split("/")[0]
            found.append(
                (route.path.replace("{of}", ids.get(name, book.record.entities[0].id)), route.methods)
            )
    assert {"/", "/review", "/decide", "/state", "/cards"} <= {path for path, _ in found}
    return found


@pytest.fixture
def stranger(own, session):
    return TestClient(app.make(own, session), base_url=HOST)


def log(own):
    return project.record(own).decisions


def test_a_name_rebound_to_this_address_gets_nothing_from_any_route(client, routes):
    for path, methods in routes:
        for host in HOSTS:
            for method in ("GET", *methods):
                answer = client.request(method, path, headers={"host": host})
                assert answer.status_code == 421, (path, host)
                assert "evil" not in str(answer.headers)


def test_a_page_of_another_site_reads_and_writes_nothing_on_any_route(client, routes, own):
    for path, methods in routes:
        for origin in ("http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:9999"):
            for method in ("GET", "POST", *methods):
                answer = client.request(method, path, headers={"origin": origin})
                assert answer.status_code == 403, (path, origin, method)
                assert "access-control-allow-origin" not in answer.headers
    assert log(own) == ()


def test_no_route_answers_without_the_session_or_lets_itself_be_framed_or_embedded(client, stranger, routes):
    for path, _ in routes:
        if not path.startswith("/static/"):
            assert stranger.get(path).status_code == 403, path
        headers = client.get(path).headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_route_takes_another_method(client, routes, own, method):
    for path, _ in routes:
        assert client.request(method, path, headers={"origin": HOST}).status_code in (403, 404, 405), path
    assert log(own) == ()


def test_nothing_is_written_without_the_token_whatever_the_form(client, session, own, book):
    ids = " ".join(e.id for e in book.record.events[:2])
    fields = {"verdict": "same", "about": ids, "by": "x", "back": "/"}
    for token in ("", "x", session.cookie, session.writing[:-1], session.writing.upper() + "é", "\x00"):
        sent = client.post("/decide", data={**fields, "token": token}, headers={"origin": HOST})
        assert sent.status_code == 403
    kinds = ("text/plain", "multipart/form-data; boundary=x", "application/json", "")
    for kind in kinds:
        body = f"token={session.writing}&verdict=same&about={ids}&by=x"
        sent = client.post("/decide", content=body, headers={"origin": HOST, "content-type": kind})
        assert sent.status_code == 415
    assert client.get("/decide", params={**fields, "token": session.writing}).status_code in (404, 405)
    assert log(own) == ()


def test_paths_that_climb_lead_nowhere(client, routes):
    for path, _ in routes:
        for climb in CLIMBS:
            answer = client.get(f"{path.rstrip('/')}/{climb}")
            assert answer.status_code in (400, 404), (path, climb)
            assert "root:" not in answer.text
            assert "x-evil" not in answer.headers


def test_wrong_tokens_open_nothing_and_do_not_use_up_the_right_one(stranger, session):
    right = session.token
    for n in range(50):
        assert stranger.get("/", params={"token": f"{n:032}"}).status_code == 403
    assert stranger.get("/", params={"token": right}, follow_redirects=False).status_code == 303


def test_no_answer_carries_a_header_that_a_request_put_in(client, session, book):
    ids = " ".join(e.id for e in book.record.events[:2])
    for back in ("/x\r\nset-cookie: a=b", "/%0d%0aset-cookie: a=b", "//evil.example", "\\\\evil.example"):
        data = {"token": session.writing, "verdict": "unsure", "about": ids, "by": "a\r\nb: c", "back": back}
        answer = client.post("/decide", data=data, headers={"origin": HOST}, follow_redirects=False)
        assert answer.status_code == 303
        assert "\n" not in answer.headers["location"]
        assert answer.headers["location"].startswith("/")
        assert not answer.headers["location"].startswith(("//", "/\\"))
        assert [c.split("=")[0] for c in answer.headers.get_list("set-cookie")] == ["reviewer"]


def test_a_download_has_a_safe_name_and_is_never_shown_as_a_page(client, book):
    for entity in book.record.entities:
        headers = client.get(f"/download/{entity.id}").headers
        assert re.fullmatch(
            r'attachment; filename="dossier-[a-z0-9-]{1,70}\.md"', headers["content-disposition"]
        )
        assert headers["content-type"].startswith("text/markdown")


def test_long_and_many_headers_addresses_and_bodies_are_refused_and_the_next_request_answered(
    client, session
):
    assert client.get(f"/search?q={'x' * 60_000}").status_code == 200
    assert client.get(f"/event/{'x' * 60_000}").status_code == 404
    big = {
        "token": session.writing,
        "verdict": "unsure",
        "about": "a b",
        "by": "x",
        "back": "/",
        "why": "y" * 70_000,
    }
    assert client.post("/decide", data=big, headers={"origin": HOST}).status_code == 413
    many = "&".join(f"a{n}=1" for n in range(5_000))
    kind = {"origin": HOST, "content-type": "application/x-www-form-urlencoded"}
    assert client.post("/decide", content=many, headers=kind).status_code == 400
    assert client.get("/events").status_code == 200


def test_slow_requests_hold_up_nobody(own, monkeypatch):
    monkeypatch.setattr(app, "_SLOW_SECONDS", 0.5)
    with Running(own) as running:
        address = ("127.0.0.1", running.port)
        held = [socket.create_connection(address) for _ in range(60)]
        for each in held[:30]:
            each.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        with socket.create_connection(address) as bomb:
            bomb.sendall(
                b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(9_000)) + b"\r\n"
            )
            assert bomb.recv(64).split()[1] in (b"400", b"421", b"431")
        host = f"127.0.0.1:{running.port}"
        cookie = f"{running.session.cookie_name}={running.session.cookie}"
        head = (
            f"POST /decide HTTP/1.1\r\nHost: {host}\r\nOrigin: {running.base}\r\nCookie: {cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\ntoken="
        )
        with socket.create_connection(address) as slow:
            slow.sendall(head.encode())
            began = time.monotonic()
            with socket.create_connection(address) as quick:
                quick.sendall(f"GET /state HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n".encode())
                assert quick.recv(64).split()[1] == b"200"
            assert time.monotonic() - began < 2
            slow.settimeout(5)
            assert slow.recv(64).split()[1] == b"408"
        for each in held:
            each.close()


@pytest.mark.parametrize("dest", ["empty", "image", "script", "style", "iframe", "object", "font", "video"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_elsewhere_reads_frames_or_embeds_anything_even_with_the_cookie(client, routes, dest, site):
    """A page on another port of this computer sends our cookie along: a browser does not tell ports apart."""
    headers = {"sec-fetch-site": site, "sec-fetch-dest": dest, "sec-fetch-mode": "no-cors"}
    for path, _ in routes:
        assert client.get(path, headers=headers).status_code == 403, path
    assert client.get("/scan/c-1", headers=headers).status_code == 403
    assert client.get("/static/app.js", headers=headers).status_code == 403


def test_a_link_from_elsewhere_still_opens_the_page(client):
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document", "sec-fetch-mode": "navigate"}
    assert client.get("/events", headers=headers).status_code == 200
    ours = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"}
    assert client.get("/state", headers=ours).status_code == 200


def test_connections_that_say_nothing_or_say_it_slowly_are_closed_however_many_there_are(own, monkeypatch):
    monkeypatch.setattr(patience, "_SECONDS", 1.0)
    with Running(own) as running:
        address = ("127.0.0.1", running.port)
        held = [socket.create_connection(address) for _ in range(300)]
        for number, each in enumerate(held):
            with suppress(OSError):
                each.sendall(b"GET / HTTP/1.1\r\nX-Slow: " if number % 2 else b"")
        for _ in range(4):
            time.sleep(0.4)
            with suppress(OSError):
                held[1].sendall(b"y")  # a byte now and then is no reason to wait on
        ended = 0
        for each in held:
            each.settimeout(5)
            with suppress(ConnectionError):
                assert each.recv(1) == b""
            ended += 1
            each.close()
        assert ended == len(held)
        with socket.create_connection(address) as again:
            again.sendall(f"GET /state HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
            assert again.recv(64).split()[1] == b"403"


def test_a_kept_connection_is_closed_too_when_its_next_request_does_not_end(own, monkeypatch):
    monkeypatch.setattr(patience, "_SECONDS", 1.0)
    with Running(own) as running, socket.create_connection(("127.0.0.1", running.port)) as held:
        held.settimeout(6)
        held.sendall(f"GET /state HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        assert held.recv(65_536).split()[1] == b"403"
        held.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        with suppress(ConnectionError):
            while held.recv(65_536):
                pass


SMUGGLED = "POST /decide HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 0\r\nContent-Length: {n}\r\n",
        "Content-Length: +{n}\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: {n}, 0\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length: {n}\r\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_a_request_whose_length_is_told_twice_gets_no_second_one_past_the_guard(own, lengths):
    """One server reads and answers, so that there is nobody to disagree with; what is unclear is refused."""
    with Running(own) as running, socket.create_connection(("127.0.0.1", running.port)) as sent:
        host = f"127.0.0.1:{running.port}"
        inner = SMUGGLED.format(host=host)
        cookie = f"{running.session.cookie_name}={running.session.cookie}"
        head = f"POST /decide HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://evil.example\r\n"
        sent.sendall((head + lengths.format(n=len(inner)) + "\r\n" + inner).encode())
        sent.settimeout(3)
        said = b""
        with suppress(TimeoutError, ConnectionError):
            while part := sent.recv(65_536):
                said += part
        statuses = re.findall(rb"HTTP/1\.1 (\d{3})", said)
        assert statuses
        assert set(statuses) <= {b"400", b"403", b"415", b"501"}
    assert log(own) == ()


def test_a_session_of_one_run_opens_no_other(own, client):
    other = TestClient(app.make(own, Session(port=8765)), base_url=HOST, cookies=dict(client.cookies))
    assert other.get("/").status_code == 403
