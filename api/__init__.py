"""Tocsin as GraphQL, as a page and as a command line."""
