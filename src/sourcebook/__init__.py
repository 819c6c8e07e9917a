"""Sourcebook: who did what to whom, when, where, with what toll, according to whom."""

__version__ = "0.1.0"
