"""Records of made-up reports, and the groups of claims that resolution makes of them."""

from tests.factories import Writing, day, quantity

from sourcebook.model import Record


def record(*writings, decisions=(), **fields):
    return Record(
        documents=tuple(w.document for w in writings),
        mentions=tuple(m for w in writings for m in w.mentions),
        claims=tuple(c for w in writings for c in w.claims),
        decisions=tuple(decisions),
        **fields,
    )


def raid(path, sequence, *, when="2031-05-02", toll=12, town="Norrby", hall="Alder Hall"):
    w = Writing(
        f"Gunmen of the Red Pines stormed the {hall} in {town} on the day, killing {toll} people.",
        path=path,
        sequence=sequence,
    )
    roles = {
        "actor": w.group("Red Pines"),
        "location": w.place(town),
        "target": w.facility(hall),
        "killed": w.number(f"{toll} people", quantity(toll)),
    }
    if when:
        roles["date"] = w.time("the day", day(when))
    return w, w.claim("stormed", **roles)


def groups(made):
    return sorted(sorted(e.claims) for e in made.events)
