"""Promises of surveillance."""
