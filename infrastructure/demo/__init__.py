"""A synthetic city: a year of alarms, orders and cases that never happened, made from a seed."""
