"""Predictions for public test sets, from the same functions that a build uses."""
