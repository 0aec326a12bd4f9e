"""Sentence shapes: what a run of characters is, before anybody asks what it says."""
