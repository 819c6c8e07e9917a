"""Settings of Hypothesis: the same examples each time, and no clock that a busy machine would fail."""

from hypothesis import settings

settings.register_profile("sourcebook", deadline=None, derandomize=True)
settings.load_profile("sourcebook")
