"""Promises of dispatching."""
