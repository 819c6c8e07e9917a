"""XML from strangers: tags and text as they come, nothing declared, nothing fetched.

expat with every door shut: a DOCTYPE is refused or, where old formats have one, not looked into; an
entity that a file declares is refused always (billion laughs, XXE).
"""

from __future__ import annotations

from typing import Final, Protocol
from xml.parsers import expat

from sourcebook.errors import UnreadableDocument

#: How deep elements may stand in each other.
_DEEPEST: Final = 400


class Target(Protocol):
    """What is told of an XML text. Names come without namespace and prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text, in pieces of any size."""


def feed(data: bytes, target: Target, *, doctype: bool = False, encoding: str | None = None) -> str | None:
    """Tell `target` what is in `data`; the reason why the rest could not be read, None if all was.

    `encoding` goes before what the text says of itself.

    Raises:
        UnreadableDocument: a DOCTYPE (unless allowed), or an entity of its own.
    """
    parser = expat.ParserCreate(encoding, " ")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableDocument(f"XML with elements more than {_DEEPEST} deep")
        target.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        target.end(_local(name))

    def declared(_name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal or not doctype:
            raise UnreadableDocument("XML with a DOCTYPE of its own: refused")

    def entity(*_: object) -> None:
        raise UnreadableDocument("XML that declares an entity: refused")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - it takes no names
    except expat.ExpatError as error:
        return f"damaged XML: {error}"
    except (LookupError, ValueError) as error:
        return f"XML in an encoding that cannot be read: {error}"
    return None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
