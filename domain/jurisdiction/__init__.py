"""Divisions and organisations."""
