"""Whatever is added, taken away or decided, what is kept is what a derivation from nothing would give."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import pile

from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import Claim, Document, Mention, Record, Verdict
from sourcebook.ports import Extraction, Raw, Reading
from sourcebook.project import deriving, listing, reviewing
from sourcebook.store.extractions import Extracted
from sourcebook.store.store import Store
from sourcebook.views import lists
from sourcebook.views.filters import Filters

SIGNED = ("Reader", datetime(2031, 6, 1, tzinfo=UTC), "")
MORE = {
    "gazette.txt": (
        "Orsk Gazette\n14 May 2031\n\nToll rises\n\n"
        "A bomb killed nine people in Velm on 13 May 2031, the army said. "
        "The Harrow Front denied that it planted the bomb in Velm.\n"
    ),
    "wire.txt": (
        "Reach Wire\n14 May 2031\n\nVelm bombing\n\n"
        "At least 12 people died in a bombing in Velm on 13 May 2031. "
        "Police arrested three members of the Harrow Front over the bombing.\n"
    ),
    "observer.txt": (
        "Keld Observer\n20 May 2031\n\nA raid in Tarvela\n\n"
        "Soldiers killed Osman Keld, the leader of the Harrow "
        "Front, in a raid in Tarvela on 19 May 2031, the government said.\n"
    ),
}
Found = tuple[Document, Sequence[Mention], Sequence[Claim]]


@lru_cache(maxsize=1)
def pool() -> tuple[Found, ...]:
    """Documents with what is found in them, read once."""
    folder = Path(mkdtemp(prefix="sourcebook-tests-"))
    for name, text in (pile.REPORTS | MORE).items():
        (folder / name).write_text(text, "utf-8")
    project.build([folder], folder / "pool.sourcebook", config=pile.QUICK)
    record = project.record(folder / "pool.sourcebook")
    return tuple(
        (
            document,
            [m for m in record.mentions if m.span.document == document.id],
            [c for c in record.claims if c.trigger.document == document.id],
        )
        for document in record.documents
    )


def add(store: Store, number: int) -> None:
    document, mentions, claims = pool()[number]
    raw = Raw(document.text.encode(), document.path, {})
    store.put_file(raw, [Reading(document, None)], read_from="", reader="r")
    extraction = Extraction(tuple(mentions), tuple(claims))
    store.put_extractions([Extracted(document, f"k{number}", extraction)], extractor="x")


def take_away(store: Store, number: int) -> None:
    document = pool()[number][0]
    store.put_file(Raw(document.text.encode(), document.path, {}), [], read_from="", reader="r")


def decide(path: Path, verdict: Verdict, choice: int) -> None:
    """About one of the things that there are, or two of them."""
    with Store(path) as store:
        held = store.record()
    among = [e.id for e in held.events] + [e.id for e in held.entities]
    if len(among) > 1:
        one, other = among[choice % len(among)], among[(choice + 1) % len(among)]
        if verdict in (Verdict.ACCEPT, Verdict.REJECT):
            reviewing.decide(path, verdict, (held.events[choice % len(held.events)].id,), signed=SIGNED)
        elif one[:2] == other[:2]:
            reviewing.decide(path, verdict, (one, other), signed=SIGNED)


def whole(store: Store) -> Record:
    return deriving.derive(store.evidence(), Config())


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 4)),
        st.tuples(st.just("add"), st.integers(0, 4)),
        st.tuples(st.just("take away"), st.integers(0, 4)),
        st.tuples(
            st.sampled_from(
                (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.ACCEPT, Verdict.REJECT)
            ),
            st.integers(0, 30),
        ),
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=12, deadline=None)
@given(steps)
def test_step_by_step_it_is_what_it_is_at_once(taken: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pile.sourcebook"
        with Store(path, create=True) as store:
            add(store, 0)
        for what, number in taken:
            if isinstance(what, Verdict):
                decide(path, what, number)
            else:
                with Store(path) as store:
                    (add if what == "add" else take_away)(store, number)
            deriving.settle(path)
        with Store(path) as store:
            expected = whole(store)
            assert store.record() == expected
        assert [r.id for r in listing.events(path, Filters()).rows] == [
            r.id for r in lists.events(expected, Filters())
        ]
        assert listing.stats(path) == (lists.counts(expected), lists.documents(expected))


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.UNSURE])
def test_a_decision_that_changes_nothing_derives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
) -> None:
    book = pile.copy(tmp_path)
    events = [e.id for e in project.record(book).events]
    monkeypatch.setattr(deriving, "derive", lambda *_: pytest.fail("derived again"))
    about = (events[0],) if verdict is Verdict.ACCEPT else (events[0], events[1])
    made = reviewing.decide(book, verdict, about, signed=SIGNED)
    with Store(book) as store:
        assert deriving.is_fresh(store, Config())
        assert store.record().decisions == (made,)


def test_accepting_what_was_rejected_derives_again(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    before = project.record(book).events
    rejected = reviewing.decide(book, Verdict.REJECT, (before[0].id,), signed=SIGNED)
    assert len(project.record(book).events) == len(before) - 1
    reviewing.decide(book, Verdict.UNDO, (rejected.id,), signed=SIGNED)
    assert project.record(book).events == before


def test_a_decision_about_two_actors_stands_in_a_whole_log(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    people = [e.id for e in project.record(book).entities]
    made = reviewing.decide(book, Verdict.DIFFERENT, (people[0], people[1]), signed=SIGNED)
    with Store(book) as store:
        assert store.decisions() == [made]
