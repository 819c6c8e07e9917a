"""Every number, date and capitalised word is accounted for, once."""

from msgspec.structs import replace
from tests.factories import Writing, quantity

from sourcebook.model import Mask, Record
from sourcebook.views import coverage

TEXT = "Report by Lena Ost. On 4 May 2031 rebels killed 12 men in Velm.3 The men were miners. Xandra knew."


def record() -> Record:
    writing = Writing(TEXT)
    number = writing.number("12 men", quantity(12))
    writing.claim("killed", killed=number, location=writing.place("Velm"))
    writing.group("Xandra")
    document = replace(
        writing.document,
        masks=(Mask(0, 19, "byline"), Mask(TEXT.index("3 The"), TEXT.index("3 The") + 1, "footnote-mark")),
    )
    return Record(documents=(document,), mentions=tuple(writing.mentions), claims=tuple(writing.claims))


def accounts() -> dict[str, tuple[str, str]]:
    return {row.exact: (row.account, row.why) for row in coverage.rows(record())}


def test_each_account_is_given_with_its_reason() -> None:
    found = accounts()
    assert found["12"][0] == "used"
    assert found["12"][1].startswith("killed of c-")
    assert found["Velm"][0] == "used"
    assert found["Xandra"] == ("context", "armed group in no claim")
    assert found["Lena Ost"] == ("boilerplate", "byline")
    assert found["3"] == ("footnote-mark", "footnote-mark")
    assert found["May 2031"][0] == "unhandled"
    assert found["On"][0] == "ordinary"


def test_nothing_that_should_be_accounted_for_is_left_out() -> None:
    rows = coverage.rows(record())
    covered = {i for row in rows for i in range(row.start, row.end)}
    for at, letter in enumerate(TEXT):
        if letter.isdigit() or letter.isupper():
            assert at in covered, TEXT[at:]


def test_the_summary_counts_what_is_listed() -> None:
    rows = coverage.rows(record())
    (line,) = coverage.summary(rows)
    assert (
        line.used + line.context + line.boilerplate + line.footnote_mark + line.ordinary + line.unhandled
        == len(rows)
    )
