"""Decisions taken on a page: kept in the log, seen at once, undone by another."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sourcebook import project
from sourcebook.model import Verdict
from sourcebook.project import reviewing

HOST = "http://127.0.0.1:8765"


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
