"""Exports over the API: what may be exported, reading it page by page, and handing it out."""
