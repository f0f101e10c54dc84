"""Divisions and organisations, and what watches over access: keys, grants, webhooks."""
