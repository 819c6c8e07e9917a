"""Decisions taken on a page: kept in the log, seen at once, undone by another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from starlette.testclient import TestClient

from sourcebook import project
from sourcebook.errors import StoreError
from sourcebook.model import Verdict
from sourcebook.project import reviewing
from sourcebook.store.store import Store
from sourcebook.web import app
from sourcebook.web.safety import Session
from sourcebook.web.shelf import Shelf
from web import questions

HOST = "http://127.0.0.1:8765"


def until(held, seconds=10.0):
    end = monotonic() + seconds
    while not held():
        assert monotonic() < end
        sleep(0.05)


def decide(client, session, verdict, about, back="/"):
    data = {
        "token": session.writing,
        "verdict": verdict,
        "about": about,
        "by": "Ilse",
        "back": back,
        "why": "",
    }
    return client.post("/decide", data=data, headers={"origin": HOST})


def test_a_split_holds_and_its_undo_brings_back_the_event(client, session, own, book):
    event = next(e for e in book.record.events if len(e.documents) > 5)
    claim = event.claims[-1]
    answer = decide(client, session, "different", f"{claim} {event.id}", f"/event/{event.id}")
    assert answer.status_code == 200
    assert "different by <bdi>Ilse</bdi>" in answer.text
    after = project.record(own)
    assert next(e.id for e in after.events if claim in e.claims) != event.id
    made = re.search(r"decision (n-[0-9a-f]+)", answer.text)
    assert made
    decide(client, session, "undo", made.group(1))
    assert next(e for e in project.record(own).events if e.id == event.id).claims == event.claims


def test_the_reviewers_name_is_remembered_and_nobody_decides_unnamed(client, session, pair):
    one, other = pair
    page = client.get("/review?kind=event").text
    assert f'value="{one} {other}"' in page
    data = {
        "token": session.writing,
        "verdict": "different",
        "about": f"{one} {other}",
        "by": " ",
        "back": "/",
    }
    assert "a decision needs a name" in client.post("/decide", data=data, headers={"origin": HOST}).text
    decide(client, session, "different", f"{one} {other}", "/review")
    page = client.get("/review?kind=event").text
    assert f'value="{one} {other}"' not in page
    assert 'value="Ilse"' in page
    assert "Undo the last" in page


def test_what_is_put_off_comes_back_when_asked_for(client, pair):
    one, other = pair
    put_off = client.get("/review", params={"kind": "event", "later": f"{one}~{other}"}).text
    assert f'value="{one} {other}"' not in put_off
    assert "put off" in put_off


def test_of_two_who_decide_at_once_neither_is_lost(own, book):
    ids = [e.id for e in book.record.events[:6]]
    signed = datetime(2031, 6, 1, tzinfo=UTC)

    def decide_one(n):
        pair = (ids[n], ids[n + 1])
        reviewing.decide(own, Verdict.UNSURE, pair, signed=(f"reviewer {n}", signed, ""))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(decide_one, range(5)))
    assert sorted(d.by for d in project.record(own).decisions) == [f"reviewer {n}" for n in range(5)]


def killed_of(record, event):
    return next(f for f in record.facts if f.subject == event.id and f.property == "killed")


def test_a_corrected_number_keeps_its_span_is_logged_and_can_be_undone(client, session, own, book):
    event = next(e for e in book.record.events if len(e.documents) > 5)
    reading = next(r for r in killed_of(book.record, event).readings if "Ninety-one" in r.text)
    claim = book.entries.claims[reading.claims[0]]
    page = client.get(f"/correct/{claim.id}").text
    assert 'name="low" inputmode="numeric" size="7" value="91"' in page
    data = {
        "token": session.writing, "verdict": "correct", "about": claim.id, "field": "killed", "low": "19",
        "high": "19", "by": "Ilse", "back": f"/correct/{claim.id}", "why": "misprint",
    }  # fmt: skip
    answer = client.post("/decide", data=data, headers={"origin": HOST})
    assert "correct by <bdi>Ilse</bdi>" in answer.text
    assert 'name="low" inputmode="numeric" size="7" value="19"' in answer.text
    after = project.record(own)
    mention = next(
        m for c in after.claims if c.id == claim.id for m in after.mentions if m.id == c.filler("killed")
    )
    assert (mention.exact, mention.value.low) == ("Ninety-one people", 19)
    decision = after.decisions[-1]
    assert (decision.correction.field, decision.by, decision.why) == ("killed", "Ilse", "misprint")
    decide(client, session, "undo", decision.id)
    assert killed_of(project.record(own), event) == killed_of(book.record, event)


@pytest.mark.parametrize(("field", "value"), [("low", "many"), ("low", "9" * 30), ("low", "-3")])
def test_a_number_that_is_none_is_refused_with_the_reason(client, session, own, book, field, value):
    claim = book.record.claims[0].id
    data = {"token": session.writing, "verdict": "correct", "about": claim, "field": "killed", field: value,
            "high": "", "by": "Ilse", "back": "/"}  # fmt: skip
    answer = client.post("/decide", data=data, headers={"origin": HOST})
    assert answer.status_code == 400
    assert "is not a whole number" in answer.text
    assert project.record(own).decisions == ()


def test_the_next_question_does_not_wait_for_the_record(own, session, book):
    begun, go_on = Event(), Event()

    def slow(path):
        begun.set()
        assert go_on.wait(10)
        questions.rebuild(path)

    with TestClient(app.make(own, session, settle=slow), base_url=HOST) as client:
        client.get("/", params={"token": session.token})
        one, other = next(p.about for p in book.record.proposals if p.kind == "event")
        page = decide(client, session, "same", f"{one} {other}", "/review").text
        assert begun.wait(5)
        assert f'value="{one} {other}"' not in page
        assert "same by <bdi>Ilse</bdi>" in page
        assert "1 decision kept, and being worked into the record" in page
        assert client.get("/state").json() == {"waiting": 1, "trouble": ""}
        assert client.get(f"/event/{one}").status_code == 200
        go_on.set()
        until(lambda: client.get("/state").json() == {"waiting": 0, "trouble": ""})
        assert "being worked" not in client.get("/review").text
    first = {book.events[i].claims[0] for i in (one, other)}
    assert any(first <= set(e.claims) for e in project.record(own).events)


def test_a_record_that_cannot_be_derived_is_told_and_the_decision_is_kept(own, session, book):
    def broken(_):
        raise StoreError("the disk is full")

    with TestClient(app.make(own, session, settle=broken), base_url=HOST) as client:
        client.get("/", params={"token": session.token})
        ids = [e.id for e in book.record.events[:2]]
        page = decide(client, session, "unsure", " ".join(ids), "/events").text
        assert "could not be worked in, though the log has it: the disk is full" in page
    assert [d.by for d in project.record(own).decisions] == ["Ilse"]


def test_the_record_is_derived_by_a_process_of_its_own(own, book):
    shelf = Shelf(own)
    ids = tuple(e.id for e in book.record.events[:2])
    shelf.decide(Verdict.UNSURE, ids, signed=("Ilse", datetime(2031, 6, 1, tzinfo=UTC), ""))
    before = shelf.book().record
    assert shelf.state().waiting == 1
    assert shelf.settled(60)
    assert shelf.state() == (0, "")
    assert len(shelf.book().record.decisions) == 1
    # being unsure changes nothing: the record is not loaded anew for it
    assert shelf.book().record.events is before.events


def test_the_process_that_derives_ends_with_the_app_and_says_nothing(own, tmp_path):
    script = tmp_path / "leaves.py"
    script.write_text(
        "import os, sys, threading, time\n"
        "from pathlib import Path\n"
        "from sourcebook.web import shelf\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=shelf.apart, args=(Path(sys.argv[1]),), daemon=True).start()\n"
        "    time.sleep(1.5)\n"
        "    os._exit(0)\n"
    )
    path = str(Path(__file__).parents[2] / "src")
    # What they say is whole when the last of them has ended.
    said = subprocess.run(
        [sys.executable, script, own],
        capture_output=True, check=True, timeout=60, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert said.stderr == b""


def test_two_reviewers_with_an_app_each_lose_no_decision_and_see_each_others(own, book):
    sessions = [Session(port=8765), Session(port=8765)]
    clients = [
        TestClient(app.make(own, s, settle=questions.rebuild), base_url=HOST, cookies={}) for s in sessions
    ]
    for client, one in zip(clients, sessions, strict=True):
        client.get("/", params={"token": one.token})
    ids = [e.id for e in book.record.events[:9]]

    def review(number):
        client, one = clients[number], sessions[number]
        for n in range(4):
            data = {"token": one.writing, "verdict": "unsure", "about": f"{ids[n]} {ids[n + 4]}",
                    "by": f"reviewer {number}", "back": "/review"}  # fmt: skip
            assert client.post("/decide", data=data, headers={"origin": HOST}).status_code == 200

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(review, range(2)))
    with Store(own) as store:
        log = store.decisions()
    assert sorted(d.by for d in log) == ["reviewer 0"] * 4 + ["reviewer 1"] * 4
    for client in clients:
        until(lambda client=client: client.get("/about").text.count("unsure") == 8)
    until(lambda: len(project.record(own).decisions) == 8)


def test_what_one_decided_another_reads_again_without_being_told_and_agreement_is_shown(
    client, session, book
):
    pairs = [p.about for p in book.record.proposals if p.kind == "event"][:2]
    for one, other in pairs:
        decide(client, session, "different", f"{one} {other}", "/review")
    client.cookies.delete("reviewer")
    page = client.get("/review?kind=second").text
    assert "A second reading" in page
    assert "different by" not in page
    about = re.search(r'name="about" value="(c-[0-9a-f]+ c-[0-9a-f]+)"', page)
    assert about
    data = {
        "token": session.writing,
        "verdict": "same",
        "about": about.group(1),
        "by": "Odo",
        "back": "/review",
    }
    page = client.post("/decide", data=data, headers={"origin": HOST}).text
    assert "2 reviewers decided 1 thing twice and agree on 0" in page
    assert "<bdi>Odo</bdi>: <bdi>same</bdi>" in page


def test_a_name_in_any_script_signs(client, session, book):
    ids = " ".join(e.id for e in book.record.events[:2])
    data = {
        "token": session.writing,
        "verdict": "unsure",
        "about": ids,
        "by": "Анна\r\nX: y",
        "back": "/review",
    }
    answer = client.post("/decide", data=data, headers={"origin": HOST})
    assert answer.status_code == 200
    assert "x" not in answer.history[0].headers
    assert "Анна" in client.get("/review").text
