"""Mail: a message is a document, what is attached to it is read as files of its own; mailboxes; saved pages.

The standard library's parser with its old policy (compat32): the new one parses headers by a
grammar that needs half a minute for a list of 200,000 recipients.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final, NamedTuple

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Mask, Skipped
from sourcebook.ports import Raw
from sourcebook.read import html
from sourcebook.read.encodings import decode
from sourcebook.read.members import Budget, clean_name, member, skipped
from sourcebook.read.page import Page, Part, line_ends

#: As much of one header field as is looked at.
_FIELD: Final = 4_000
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_REPLY: Final = re.compile(r"(?i:(?:re|fwd?|aw|wg|tr|rv)(?:\[\d{1,3}\])?:\s{0,4}){1,6}")
_QUOTED: Final = re.compile(r"^(?:>[ \t]?){1,12}", re.MULTILINE)
#: The line that begins a message in a mailbox (RFC 4155), after an empty line.
_FROM: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,200}\d{4}[^\n]{0,40}\n")
_STATEFUL: Final = re.compile(r"(?i)(?:iso-2022|hz|utf-7|utf-16)")


class _Body(NamedTuple):
    """The text of a message, and whether it was HTML."""

    pages: list[Page]
    attached: list[Message]


def parts(raw: Raw) -> Iterator[Part | Raw | Skipped]:
    """The message itself, then what is attached to it; or the page that was saved as MHTML.

    Raises:
        UnreadableDocument: it has neither text nor attachments.
    """
    message = email.message_from_bytes(raw.data)
    if _is_saved_page(message):
        yield Part("", _saved_page(message))
        return
    body = _Body([], [])
    _sort(message, body)
    if not body.pages and not body.attached:
        raise UnreadableDocument("a message without text and without attachments")
    if body.pages:
        yield Part("", _page(message, body.pages))
    budget = Budget(len(raw.data))
    for number, part in enumerate(body.attached, 1):
        budget.count()
        name = f"attachment-{number}-{clean_name(_name(part), number)}"
        yield _attachment(raw, part, name)


def messages(raw: Raw) -> Iterator[Raw | Skipped]:
    """The messages of a mailbox, each a file of its own.

    Raises:
        UnreadableDocument: there is none.
    """
    starts = [found.span() for found in _FROM.finditer(raw.data)]
    if not starts:
        raise UnreadableDocument("a mailbox without a message")
    budget = Budget(len(raw.data))
    ends = [start for start, _ in starts[1:]] + [len(raw.data)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        try:
            budget.count()
        except UnreadableDocument as error:
            yield skipped(raw, f"messages from {number} on", str(error))
            return
        yield member(raw, f"message-{number:05}.eml", raw.data[start:end])


def _sort(message: Message, body: _Body) -> None:
    """Texts to be read as the message's own, and the rest as attachments, in order."""
    if message.get_content_type() == "multipart/alternative" and message.is_multipart():
        _choose([part for part in message.get_payload() if isinstance(part, Message)], body)
    elif message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            if isinstance(part, Message):
                _sort(part, body)
    elif message.get_content_maintype() == "text" and not _is_attached(message):
        page = _text(message)
        if page.text.strip():
            body.pages.append(page)
    elif message.get_payload():
        body.attached.append(message)


def _choose(choices: list[Message], body: _Body) -> None:
    """Of the same text in several forms the plain one; the page where that is empty or only a hint."""
    found = [_Body([], []) for _ in choices]
    for choice, into in zip(choices, found, strict=True):
        _sort(choice, into)
    sizes = [sum(len(page.text) for page in one.pages) for one in found]
    best = max(sizes, default=0)
    chosen = next((n for n, size in enumerate(sizes) if size and size * 3 >= best), None)
    if chosen is not None:
        body.pages.extend(found[chosen].pages)
    for one in found:
        body.attached.extend(one.attached)


def _is_attached(part: Message) -> bool:
    if part.get_content_subtype() not in ("plain", "html", "enriched"):
        return True
    disposition = str(part.get("Content-Disposition", "")).strip().casefold()
    return disposition.startswith("attachment") or bool(part.get_filename())


def _text(part: Message) -> Page:
    """One part's text. Lines that were only broken for sending (RFC 3676) are joined again."""
    data = _bytes(part)
    charset = str(part.get_param("charset", "") or "")[:40]
    text, encoding = _decoded(data, charset)
    if part.get_content_subtype() == "html":
        try:
            return html.page_of(text, encoding)
        except UnreadableDocument:
            return Page("", encoding)
    text = line_ends(text)
    if str(part.get_param("format", "")).casefold() == "flowed":
        text = re.sub(r"(?<!^--) \n(?!>|-- |\n)", " ", text)
    return Page(text, encoding)


def _decoded(data: bytes, charset: str) -> tuple[str, str]:
    if _STATEFUL.match(charset):
        try:
            return data.decode(charset, "replace").replace(
                "\0", "\N{REPLACEMENT CHARACTER}"
            ), charset.casefold()
        except (LookupError, ValueError):
            pass  # an encoding that Python does not know: guessed like any other
    return decode(data, declared=charset)


def _bytes(part: Message) -> bytes:
    """A part's content, its transfer encoding undone."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachment(raw: Raw, part: Message, name: str) -> Raw | Skipped:
    try:
        data = _bytes(part)
    except (ValueError, LookupError, UnicodeError) as error:
        return skipped(raw, name, f"an attachment that cannot be decoded: {error}")
    return member(raw, name, data) if data.strip() else skipped(raw, name, "an empty attachment")


def _name(part: Message) -> str:
    try:
        written = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        written = ""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        subject = _field(inner, "Subject") if isinstance(inner, Message) else ""
        written = written or f"{subject or 'message'}.eml"
    return _words(written)[:120] or f"unnamed.{part.get_content_subtype()}"


def _words(written: str) -> str:
    """A header's words, encoded ones (RFC 2047) decoded as far as they can be."""
    try:
        pieces = [
            piece if isinstance(piece, str) else _decoded(piece, charset or "")[0]
            for piece, charset in decode_header(written[:_FIELD])
        ]
    except (ValueError, LookupError, UnicodeError, email.errors.MessageError):
        pieces = [written[:_FIELD]]
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _field(message: Message, name: str) -> str:
    return _words(str(message.get(name, "")))


def _day(message: Message) -> str:
    """The Date header as an ISO time with its zone, "" if it is none."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))[:200]).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _page(message: Message, pages: list[Page]) -> Page:
    """The subject, then the text, as one page; what stands in the header is what the file states."""
    subject = _field(message, "Subject")
    text = "\n\n".join(page.text.strip("\n") for page in pages) + "\n"
    title = _REPLY.sub("", subject, count=1).strip()
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    name, address = parseaddr(_field(message, "From")[:500])
    said = {
        "title": (title, "mail header Subject"),
        "author": (name or address, "mail header From"),
        "published": (_day(message), "mail header Date"),
    }
    said = {key: found for key, found in said.items() if found[0]}
    marks = tuple(Mask(*found.span(), "markup") for found in _QUOTED.finditer(text))
    return Page(
        text,
        pages[0].encoding,
        marks,
        {k: v for k, (v, _) in said.items()},
        {k: w for k, (_, w) in said.items()},
    )


# -- saved pages ----------------------------------------------------------------------------------


def _is_saved_page(message: Message) -> bool:
    """MHTML (RFC 2557) as browsers save it: a page with its pictures, sent to nobody."""
    if message.get("Snapshot-Content-Location") or "<Saved by" in str(message.get("From", ""))[:200]:
        return True
    return message.get_content_type() == "multipart/related" and not (
        message.get("To") or message.get("Received")
    )


def _saved_page(message: Message) -> Page:
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise UnreadableDocument("a saved page without the page")
    text, encoding = _decoded(_bytes(page), str(page.get_param("charset", "") or "")[:40])
    found = html.page_of(text, encoding)
    url = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()[:2_000]
    said = {"retrieved": (_day(message), "MHTML header Date")}
    if "url" not in found.stated:
        said["url"] = (url, "MHTML Content-Location")
    said = {key: value for key, value in said.items() if value[0]}
    return found._replace(
        stated={**found.stated, **{k: v for k, (v, _) in said.items()}},
        stated_in={**found.stated_in, **{k: w for k, (_, w) in said.items()}},
    )
