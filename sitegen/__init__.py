"""Turns Chinese newspaper pages into a static data site: every number opens the sentence that says it."""

__version__ = "0.1.0"
