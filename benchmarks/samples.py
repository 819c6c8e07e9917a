"""Ten good and six bad samples of every kind of file, made here and read under guard: `python benchmarks/samples.py`.

Prints a table: kind, samples, good ones whose every sentence stands in the text at its place, and how the bad ones (cut
short, garbled, emptied, under another name) end; then the reasons. Exits with 1 if a good one lost a sentence, or any was
lost. `python benchmarks/samples.py FOLDER` also writes them there.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import quote
from pathlib import Path
from typing import NamedTuple

from reading import outcome
from tests.read.made import column, docx, message, paragraph, pdf, tarred, zipped
from tests.read.test_feeds import warc
from tests.read.test_office import OPF, odt

from sourcebook.config import Config
from sourcebook.ports import Raw
from sourcebook.project import building, reading
from sourcebook.project.engines import engine

#: Reports about nowhere: one line, many, quotation marks, accents, other scripts, wide letters, figures, dates, lists.
REPORTS = (
    ("Gunmen attacked a depot near Vesk on Tuesday, killing five guards, the governor said.",),
    ("Raid near Vesk", "Gunmen killed five guards.", "The Harrow Front claimed the raid two days later."),
    ("“We did it,” the group’s letter says.", "Police call it ‘a lie’ – and say so twice."),
    ("Le café de Coëtquen a été visé; señor Núñez fut blessé à l’œil.", "Straßenkämpfe in Łódź: zwölf Tote."),
    ("Пять охранников убиты при нападении на склад.", "Губернатор сообщил об этом во вторник."),
    ("The flag \N{WAVING WHITE FLAG} and a clef \N{MUSICAL SYMBOL G CLEF} were found.", "Two died."),
    ("At least 1,200 people fled; 14.5 percent came back by 3 May 2031 (10:30).", "A & B < C > D."),
    ("First: the road.", "Second: the bridge.", "Third: the well, 12 km from Orsk."),
    tuple(f"On day {n} the police of Orsk counted {n * 7} shells and {n} dead." for n in range(1, 30)),
    ("A line that goes on and on, " + "with one more clause, " * 40 + "until it ends.",),
)  # fmt: skip


class Kind(NamedTuple):
    """A kind of file: its name, how one is made of paragraphs, and which letters it can hold."""

    name: str
    make: Callable[[tuple[str, ...]], bytes]
    latin: bool = False


def as_html(blocks: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{html.escape(b)}</p>" for b in blocks)
    menu = "<nav><a href='/'>Home</a></nav>"
    return f"<!doctype html><html><body>{menu}<article>{body}</article></body></html>".encode()


def as_mhtml(blocks: tuple[str, ...]) -> bytes:
    coded = base64.encodebytes(as_html(blocks)).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://orlan.example/raid\r\n"
        "Subject: Saved\r\nDate: Mon, 6 May 2019 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://orlan.example/raid\r\n\r\n{coded}\r\n--b--\r\n"
    ).encode()


def as_pdf(blocks: tuple[str, ...]) -> bytes:
    lines: list[str] = []
    for block in blocks:
        line = ""
        for word in block.split():
            if len(line) + len(word) > 90:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    pages = [lines[n : n + 50] for n in range(0, len(lines), 50)]
    return pdf([column(page) for page in pages])


def as_docx(blocks: tuple[str, ...]) -> bytes:
    return docx("".join(paragraph(html.escape(b)) for b in blocks))


def as_odt(blocks: tuple[str, ...]) -> bytes:
    return odt("".join(f"<text:p>{html.escape(b)}</text:p>" for b in blocks))


def as_rtf(blocks: tuple[str, ...]) -> bytes:
    def coded(letter: str) -> str:
        if letter.isascii():
            return f"\\{letter}" if letter in "{}\\" else letter
        units = letter.encode("utf-16-le")
        numbers = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2))
        return "".join(f"\\u{number}?" for number in numbers)

    return ("{\\rtf1\\ansi\\uc1 " + "\\par ".join("".join(map(coded, b)) for b in blocks) + "}").encode()


def as_epub(blocks: tuple[str, ...]) -> bytes:
    half = max(len(blocks) // 2, 1)
    pages = [f"<html><body>{''.join(f'<p>{html.escape(b)}</p>' for b in part)}</body></html>"
             for part in (blocks[:half], blocks[half:] or ("The end.",))]  # fmt: skip
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></c>',
            "OEBPS/c.opf": OPF,
            "OEBPS/one.xhtml": pages[0],
            "OEBPS/two .xhtml": pages[1],
        }
    )


def as_mail(blocks: tuple[str, ...]) -> bytes:
    made: EmailMessage = message("\n\n".join(blocks), "Report")
    made.add_attachment(b"An attached note says more.", maintype="text", subtype="plain", filename="n.txt")
    return made.as_bytes()


def as_mbox(blocks: tuple[str, ...]) -> bytes:
    head = b"From jane Fri May  3 23:30:00 2019\n"
    return (
        head + message("\n\n".join(blocks)).as_bytes() + b"\n\n" + head + message("Another one.").as_bytes()
    )


def as_rss(blocks: tuple[str, ...]) -> bytes:
    inner = html.escape("".join(f"<p>{html.escape(b)}</p>" for b in blocks))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Orlan</title><item><title>Raid</title>'
        f"<link>https://orlan.example/1</link><description>{inner}</description></item></channel></rss>"
    ).encode()


def as_atom(blocks: tuple[str, ...]) -> bytes:
    inner = "".join(f"<p>{html.escape(b)}</p>" for b in blocks)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Orlan</title><entry><title>Raid</title>'
        f'<content type="xhtml"><div>{inner}</div></content></entry></feed>'
    ).encode()


def as_json_feed(blocks: tuple[str, ...]) -> bytes:
    entry = {"title": "Raid", "content_text": "\n\n".join(blocks)}
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "O", "items": [entry]}
    ).encode()


def as_warc(blocks: tuple[str, ...]) -> bytes:
    return warc(("https://a.example/", "text/html", as_html(blocks), "200 OK"))


def as_wacz(blocks: tuple[str, ...]) -> bytes:
    return zipped({"datapackage.json": "{}", "archive/data.warc.gz": as_warc(blocks)})


def as_text(blocks: tuple[str, ...]) -> bytes:
    return "\n\n".join(blocks).encode()


def as_markdown(blocks: tuple[str, ...]) -> bytes:
    return (
        "---\ntitle: Report\n---\n\n# Report\n\n" + "\n\n".join(blocks) + "\n\n[a link](https://a.example)\n"
    ).encode()


def as_csv(blocks: tuple[str, ...]) -> bytes:
    cell = " ".join(blocks).replace('"', '""')
    return f'title,text,date\r\nRaid,"{cell}",2019-05-03\r\n'.encode()


def as_json(blocks: tuple[str, ...]) -> bytes:
    return json.dumps([{"title": "Raid", "text": " ".join(blocks)}]).encode()


def as_json_lines(blocks: tuple[str, ...]) -> bytes:
    return (json.dumps({"title": "Raid", "text": " ".join(blocks)}, ensure_ascii=False) + "\n").encode() * 2


KINDS = (
    Kind("txt", as_text), Kind("md", as_markdown), Kind("html", as_html), Kind("mhtml", as_mhtml),
    Kind("pdf", as_pdf, latin=True), Kind("docx", as_docx), Kind("odt", as_odt), Kind("rtf", as_rtf), Kind("epub", as_epub),
    Kind("eml", as_mail), Kind("mbox", as_mbox), Kind("rss", as_rss), Kind("atom", as_atom), Kind("jsonfeed", as_json_feed),
    Kind("warc", as_warc), Kind("wacz", as_wacz), Kind("csv", as_csv), Kind("json", as_json), Kind("jsonl", as_json_lines),
    Kind("zip", lambda b: zipped({"a/b.txt": as_text(b), "c.html": as_html(("Another one.",))})),
    Kind("tar", lambda b: tarred({"a.txt": as_text(b)})),
    Kind("tar.gz", lambda b: tarred({"a.txt": as_text(b)}, "w:gz")),
    Kind("gz", lambda b: gzip.compress(as_text(b), mtime=0)),
)  # fmt: skip


def good(kind: Kind) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """Ten samples and the sentences in them; a kind that holds Western letters only gets no others."""
    for n, blocks in enumerate(REPORTS):
        held = blocks
        if kind.latin:
            held = tuple(b.encode("cp1252", "ignore").decode("cp1252") for b in blocks)
            held = tuple(" ".join(b.split()) for b in held if len(b) > 12) or ("Only letters of the West.",)
        yield f"{kind.name}/good-{n:02}.{kind.name}", kind.make(held), held


def bad(kind: Kind, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Cut in half, cut near the end, with a hundred bytes garbled, emptied of words, doubled, under another name."""
    whole = kind.make(REPORTS[1])
    garbled = bytearray(whole)
    for _ in range(100):
        garbled[chance.randrange(len(garbled))] = chance.randrange(256)
    samples = {
        "half": whole[: len(whole) // 2], "cut": whole[: -max(len(whole) // 10, 3)], "garbled": bytes(garbled),
        "empty": kind.make(("",)), "doubled": whole + whole, "other-name": kind.make(REPORTS[2]),
    }  # fmt: skip
    for name, data in samples.items():
        yield f"{kind.name}/bad-{name}.{'pdf' if name == 'other-name' else kind.name}", data


def missing(tree: list[reading.Leaf], sentences: tuple[str, ...]) -> list[str]:
    """Sentences that stand in none of the documents; white space may differ."""
    texts = [found.document.text for leaf in tree for found in leaf.answer.readings]
    flat = [" ".join(text.split()) for text in texts]
    return [s for s in sentences if not any(" ".join(s.split()) in text for text in flat)]


def main(folder: Path | None = None) -> int:
    """Print the table; 0 if nothing was lost."""
    chance = random.Random(7)
    config = Config()
    guard = building.guard(config, engine(config))
    print(
        "| kind | samples | good, every sentence there | bad: read | partly read | refused | lost |\n|---|---|---|---|---|---|---|"
    )
    reasons: Counter[str] = Counter()
    failed = 0
    for kind in KINDS:
        fine = list(good(kind))
        raws = [Raw(data, path, {}) for path, data, _ in fine] + [
            Raw(data, path, {}) for path, data in bad(kind, chance)
        ]
        if folder:
            for raw in raws:
                (folder / raw.path).parent.mkdir(parents=True, exist_ok=True)
                (folder / raw.path).write_bytes(raw.data)
        trees = list(reading.trees(raws, reading.code(config), guard))
        gone = [
            (path, lost)
            for (path, _, held), tree in zip(fine, trees, strict=False)
            if (lost := missing(tree, held))
        ]
        ends = Counter(outcome(tree) for tree in trees[len(fine) :])
        lost = sum(ends[how] for how in ("LOST", "reader failed", "ended by the guard"))
        failed += len(gone) + lost
        print(
            f"| {kind.name} | {len(raws)} | {len(fine) - len(gone)} of {len(fine)} | {ends['read']} |"
            f" {ends['partly read']} | {ends['refused']} | {lost} |",
            flush=True,
        )
        for path, words in gone:
            reasons[f"{path} lacks {quote(words[0][:70])}"] += 1
        reasons.update(
            f"{kind.name}: {s.why[:90]}" for tree in trees for leaf in tree for s in leaf.answer.skipped
        )
    for why, count in sorted(reasons.items()):
        print(f"{count:4} {why}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
