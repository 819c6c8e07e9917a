"""Everything this package raises on purpose.

* SourcebookError
  + InputError            the caller gave us something we cannot use
    - ConfigError
    - UnknownPlugin
    - UnreadableDocument
    - NotFound
    - MissingExtra
  + ModelError            a value breaks the model's own rules (a bug, ours or a plugin's)
    - SpanError
  + StoreError            the sourcebook file cannot be used
    - InUse
    - NotASourcebook
    - SchemaTooNew
    - ChainBroken
"""

from __future__ import annotations

from collections.abc import Iterable


class SourcebookError(Exception):
    """Base class; catch this to catch everything the package raises on purpose."""


class InputError(SourcebookError):
    """Something outside the package is wrong, and the message says how to put it right."""


class ConfigError(InputError):
    """The configuration file is missing, malformed, or says something impossible."""


class UnknownPlugin(InputError):
    """No plugin of that kind has that name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} called {name!r}; there are: {', '.join(sorted(known))}")


class UnreadableDocument(InputError):
    """A file exists but no text could be got out of it; the message is the reason for `skipped`."""


class NotFound(InputError):
    """No actor, event, document or decision answers to the name or id that was asked for."""


class MissingExtra(InputError):
    """A format needs a package that is an optional extra."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'sourcebook[{extra}]'")


class ModelError(SourcebookError, ValueError):
    """A model value breaks an invariant.

    Also a ValueError, so msgspec reports it with the path at which decoding failed.
    """


class SpanError(ModelError):
    """A span is empty, backwards, negative, or outside its document."""


class StoreError(SourcebookError):
    """The sourcebook file cannot be used."""


class InUse(StoreError):
    """Another program writes to the sourcebook, and did not end while this one waited."""


class NotASourcebook(StoreError):
    """The file is not a sourcebook."""


class SchemaTooNew(StoreError):
    """The sourcebook was written by a newer version of this package."""


class ChainBroken(StoreError):
    """The log of decisions was altered: an entry's hash does not match what it holds."""
