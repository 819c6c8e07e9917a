"""RTF (version 1.9): text and paragraphs; fonts, pictures, headers and codes of fields are left out."""

from __future__ import annotations

import codecs
import re
from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.read.office import stated
from sourcebook.read.page import Page

#: A control word with its number, a byte in hexadecimal, a control symbol, a brace, or text.
_TOKEN: Final = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]{1,4000})|[\r\n]|\\",
)
#: Groups whose text is not on the page.
_UNSEEN: Final = frozenset(
    "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator pict object header footer "
    "headerl headerr headerf footerl footerr footerf fldinst xmlnstbl themedata colorschememapping datastore "
    "latentstyles annotation "
    "atnid atnauthor atnref deleted nonshppict bkmkstart bkmkend mmathPr filetbl revtbl".split()
)
_BREAKS: Final = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "line": "\n", "cell": " | ", "tab": " ",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS: Final = {
    "~": "\u00a0",
    "_": "-",
    "-": "",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\n": "\n\n",
    "\r": "\n\n",
    "\t": " ",
}
_PROPERTIES: Final = {"title": "title", "author": "author", "creatim": "created", "revtim": "modified"}
_DEEPEST: Final = 2_000


class _Reading:
    """What has been read so far, and the state of each open group."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.info: dict[str, str] = {}
        self.codec = "cp1252"
        #: For each open group: where its text goes (None for nowhere) and what \\u is followed by.
        self.groups: list[tuple[str | None, int]] = [("text", 1)]
        self.fresh = False
        self.star = False
        self.skip = 0
        self.bytes = bytearray()
        self.time: list[str] = []

    def put(self, text: str) -> None:
        self.flush()
        where = self.groups[-1][0]
        if self.skip and text:
            gone = min(self.skip, len(text))
            self.skip -= gone
            text = text[gone:]
        if where == "text":
            self.pieces.append(text)
        elif where in _PROPERTIES:
            self.info[where] = (self.info.get(where, "") + text)[:500]

    def flush(self) -> None:
        """Bytes written one by one become characters together: some encodings need two."""
        if self.bytes:
            held, self.bytes = bytes(self.bytes), bytearray()
            self.put(held.decode(self.codec, "replace"))

    def byte(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.bytes.append(value)

    def brace(self, brace: str) -> None:
        self.flush()
        if brace == "{":
            if len(self.groups) > _DEEPEST:
                raise UnreadableDocument(f"RTF with groups more than {_DEEPEST} deep")
            self.groups.append(self.groups[-1])
            self.fresh = True
        elif len(self.groups) > 1:
            where = self.groups.pop()[0]
            if where in ("creatim", "revtim") and self.time:
                self.info[where], self.time = "-".join(self.time[:3]), []
        self.star = False
        self.skip = 0

    def into(self, where: str | None) -> None:
        self.groups[-1] = (where, self.groups[-1][1])

    def word(self, word: str, number: int | None) -> None:
        self.flush()
        first, self.fresh = self.fresh, False
        if word in _UNSEEN or (self.star and word not in ("shptxt", "shppict")):
            self.into(None)
        elif word == "info" and first:
            self.into("info")
        elif word in _PROPERTIES and self.groups[-1][0] == "info":
            self.into(word)
        elif word in ("yr", "mo", "dy") and self.groups[-1][0] in ("creatim", "revtim"):
            self.time.append(f"{number or 0:02}")
        elif word in _BREAKS:
            self.put(_BREAKS[word])
        elif word == "u" and number is not None:
            self.put(chr(number % 65536))
            self.skip = self.groups[-1][1]
        elif word == "uc" and number is not None:
            self.groups[-1] = (self.groups[-1][0], max(number, 0))
        elif word == "ansicpg" and number is not None:
            self._encoding(f"cp{number}")
        elif word in ("mac", "pc", "pca"):
            self._encoding({"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word])
        self.star = False

    def _encoding(self, name: str) -> None:
        try:
            self.codec = codecs.lookup(name).name
        except LookupError:
            return  # an encoding unknown here: Windows-1252, as before


def page(data: bytes) -> Page:
    """The text; notes stand where they are called.

    Raises:
        UnreadableDocument: it has no text, or is nested too deeply.
    """
    read = _Reading()
    for token in _TOKEN.finditer(data.decode("latin-1")):
        _take(read, token)
    read.flush()
    joined = "".join(read.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    blocks = [_block(block) for block in joined.replace("\0", "").split("\n\n")]
    text = "\n\n".join(block for block in blocks if block)
    if not text:
        raise UnreadableDocument("an RTF file without text")
    says, where = stated(read.info, _PROPERTIES, "RTF info", text)
    return Page(f"{text}\n", read.codec, (), says, where)


def _block(text: str) -> str:
    lines = (" ".join(line.split()).removesuffix(" |").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and line != "|")


def _take(read: _Reading, token: re.Match[str]) -> None:
    match token.lastgroup:
        case "word" | "number":
            read.word(token["word"], int(token["number"]) if token["number"] else None)
        case "hex":
            read.byte(int(token["hex"], 16))
        case "symbol" if token["symbol"] == "*":
            read.star = True
        case "symbol":
            read.put(_SYMBOLS.get(token["symbol"], ""))
        case "brace":
            read.brace(token["brace"])
        case "text":
            read.put(token["text"].encode("latin-1").decode(read.codec, "replace"))
        case _:
            return
