"""What is not in English, put into it by a translator plugin: another document beside the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, cast

from msgspec.structs import replace

from sourcebook import plugins
from sourcebook.config import Config
from sourcebook.model import Document, Skipped, document_id
from sourcebook.ports import Reading, Translator
from sourcebook.project.reading import Leaf
from sourcebook.read.language import READ, is_read

_APART: Final = "\n\n"

#: Gives the files read with the translations of what is in them.
Translate = Callable[[list[Leaf]], list[Leaf]]


def version(config: Config) -> str:
    """What names the translator and its version in that of the reader; "" where there is none."""
    if config.translator is None:
        return ""
    return f"+{config.translator}-{plugins.version('translator', config.translator)}"


def translate(config: Config) -> Translate:
    """The translator of the settings; what gives everything back as it is where there is none."""
    if config.translator is None:
        return lambda tree: tree
    name = config.translator
    plugin = cast("Translator", plugins.load("translator", name))
    return lambda tree: [_with_translations(leaf, plugin, name) for leaf in tree]


def _with_translations(leaf: Leaf, plugin: Translator, name: str) -> Leaf:
    made: list[Reading] = []
    skipped: list[Skipped] = []
    for found in leaf.answer.readings:
        code = found.document.language
        if code and not is_read(found.document.text, code):
            made_or_why = _translated(found, plugin, name, code)
            if isinstance(made_or_why, str):
                skipped.append(Skipped(path=found.document.path, stage="read", why=made_or_why))
            else:
                made.append(made_or_why)
    answer = replace(
        leaf.answer,
        readings=(*leaf.answer.readings, *made),
        skipped=(*leaf.answer.skipped, *skipped),
    )
    return leaf._replace(answer=answer)


def _translated(found: Reading, plugin: Translator, name: str, code: str) -> Reading | str:
    """The translation, or why there is none. Paragraph n of it is paragraph n of the original."""
    original = found.document
    paragraphs = list(_paragraphs(original.text))
    try:
        made = plugin(paragraphs, code)
    except Exception as error:  # whatever a plugin raises costs the translation only
        return f"the translator {name} failed: {type(error).__name__}: {error}"[:300]
    if len(made) != len(paragraphs) or not any(text.strip() for text in made):
        return f"the translator {name} gave {len(made)} paragraphs for {len(paragraphs)}"
    return Reading(_document(original, made, f"by the plugin {name}, from {code}"), found.source)


def _paragraphs(text: str) -> Iterator[str]:
    yield from (block for block in text.split("\n") if block.strip())


def _document(original: Document, made: Sequence[str], why: str) -> Document:
    path = f"{original.path}/translation-{READ}"
    published = original.published
    return replace(
        original,
        id=document_id(path, original.sha256),
        path=path,
        text=_APART.join(" ".join(text.split()) for text in made) + "\n",
        title_span=None,
        author_span=None,
        published=replace(published, span=None) if published else None,
        language=READ,
        translated=True,
        translated_why=why,
        translation_of=original.id,
        masks=(),
        container=original.path,
        page_starts=(),
    )
