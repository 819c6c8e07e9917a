"""Messages are documents, attachments files of their own; nothing of a broken one is lost in silence."""

import pytest
from tests.read.made import BODY, MORE, answered, everything, message, only, zipped

from sourcebook.text.masks import blank

PLAIN = message().as_bytes()


def test_a_message_is_its_subject_and_text_with_sender_and_day_from_its_header():
    document = only(PLAIN)
    assert document.text == f"Raid near Vesk\n\n{BODY}\n"
    assert (document.title, document.author) == ("Raid near Vesk", "Jane Roe")
    assert document.published is not None
    assert (document.published.edtf, document.published.basis) == (
        "2019-05-03",
        "mail header Date, at 23:30:00 +02:00",
    )


def test_attachments_are_files_within_the_message():
    mail = message()
    mail.add_attachment(MORE.encode(), maintype="text", subtype="plain", filename="note.txt")
    mail.add_attachment(zipped({"a/b.txt": MORE}), maintype="application", subtype="zip", filename="../x.zip")
    mail.add_attachment(b"\x89PNG\r\n\x1a\n\0\0", maintype="image", subtype="png", filename="pic.png")
    documents, skipped = everything(mail.as_bytes(), "mail.eml")
    assert [d.path for d in documents] == [
        "mail.eml",
        "mail.eml/attachment-1-note.txt",
        "mail.eml/attachment-2-x.zip/a/b.txt",
    ]
    assert documents[1].container == "mail.eml"
    assert [(s.path, s.why) for s in skipped] == [
        ("mail.eml/attachment-3-pic.png", "a PNG picture: there is no reader for it")
    ]


def test_an_attached_message_is_a_document_of_its_own():
    mail = message()
    mail.add_attachment(message(MORE, "Claim"))
    documents, skipped = everything(mail.as_bytes(), "m")
    assert [(d.path, d.title) for d in documents] == [
        ("m", "Raid near Vesk"),
        ("m/attachment-1-Claim.eml", "Claim"),
    ]
    assert skipped == []


def test_of_a_plain_text_and_a_page_that_say_the_same_one_is_read():
    mail = message()
    mail.add_alternative(f"<html><body><p>{BODY}</p></body></html>", subtype="html")
    assert only(mail.as_bytes()).text.count("Gunmen") == 1
    hint = message("See the page.")
    hint.add_alternative(f"<html><body><p>{BODY}</p><p>{MORE}</p></body></html>", subtype="html")
    assert BODY in only(hint.as_bytes()).text


def test_marks_of_quotation_are_masked_and_lines_broken_for_sending_joined():
    flowed = (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; format=flowed\n\n"
        b"Gunmen attacked \na depot.\n\n> Earlier words\n>> still earlier\n"
    )
    document = only(flowed)
    assert "Gunmen attacked a depot." in document.text
    assert ">" in document.text
    assert ">" not in blank(document.text, document.masks)


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        (
            b"Content-Type: text/plain; charset=iso-2022-jp",
            "爆発があった。".encode("iso-2022-jp"),
            "爆発があった。",
        ),
        (b"Content-Type: text/plain; charset=koi8-r", "Взрыв в городе.".encode("koi8-r"), "Взрыв в городе."),
        (b"Content-Type: text/plain; charset=no-such", b"Five guards died.", "Five guards died."),
        (
            b"Content-Type: text/plain\nContent-Transfer-Encoding: base64",
            b"Rml2ZSBndWFyZHMgZGllZC4=",
            "Five guards died.",
        ),
        (
            b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable",
            b"Five guards=\n died.",
            "Five guards died.",
        ),
        (
            b"Content-Type: text/plain\nContent-Transfer-Encoding: x-unknown",
            b"Five guards died.",
            "Five guards died.",
        ),
        (b"Content-Type: text/html", b"<p>Five guards died.</p>", "Five guards died."),
        (b"Content-Type: nonsense", b"Five guards died.", "Five guards died."),
        (b"Date: the day after", b"Five guards died.", "Five guards died."),
        (b"Content-Type: multipart/mixed; boundary=x", b"--x\n\nFive guards died.\n", "Five guards died."),
    ],
)
def test_odd_encodings_and_headers_still_give_the_text(header, body, expected):
    assert expected in only(b"From: a@b.example\nSubject: x\n" + header + b"\n\n" + body).text


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?R=C3=A4id?=", "Räid"),
        ("Re: Fwd: RE: Raid", "Raid"),
        ("=?no-such?q?Raid?=", "Raid"),
        ("=?utf-8?b?%%%?= Raid", None),
    ],
)
def test_subjects_are_decoded_and_rid_of_replies(subject, title):
    found = only(f"From: a@b.example\nSubject: {subject}\n\n{BODY}\n".encode()).title
    assert found == title if title else found


def test_a_message_with_nothing_in_it_is_refused_with_a_reason():
    assert [s.why for s in answered(b"From: a@b.example\nMIME-Version: 1.0\n\n\n").skipped] == [
        "a message without text and without attachments"
    ]


def test_a_hundred_thousand_recipients_cost_nothing():
    many = ", ".join(f"p{n}@x.example" for n in range(200_000))
    data = f"From: a@b.example\nTo: {many}\nSubject: {'=?utf-8?q?a?= ' * 20_000}\n\n{BODY}\n".encode()
    assert BODY in only(data).text


def test_parts_nested_a_thousand_deep_end_with_a_reason_or_a_text():
    deep = b"From: a@b.example\nMIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    found = answered(deep + b"\nFive guards died.\n")
    assert found.readings or found.skipped


def test_a_mailbox_is_its_messages():
    box = b"".join(
        b"From jane Fri May  3 23:30:00 2019\n"
        + message(f"{BODY}\n\nFrom here on {n}.", f"Raid {n}").as_bytes()
        + b"\n\n"
        for n in range(3)
    )
    documents, skipped = everything(box, "box")
    assert [(d.path, d.title) for d in documents] == [
        (f"box/message-{n + 1:05}.eml", f"Raid {n}") for n in range(3)
    ]
    assert skipped == []


MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://orlan.example/raid
Subject: Raid near Vesk
Date: Mon, 6 May 2019 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://orlan.example/raid

<html><head><title>Raid near Vesk</title></head>
<body><nav>Home</nav><article><p>{BODY}</p></article></body></html>

--b
Content-Type: image/png

x
--b--
"""


def test_a_saved_page_is_a_page_and_the_day_it_was_saved_is_none_of_publication():
    document = only(MHTML.encode())
    assert document.text == f"Raid near Vesk\n\n{BODY}\n"
    assert document.url == "https://orlan.example/raid"
    assert document.published is None
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-06", "file retrieved, MHTML header Date, at 10:00:00, no zone given")
    ]
