"""Promises of jurisdiction."""
