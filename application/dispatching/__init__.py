"""Alarms, their reports, dispatch orders and units."""
