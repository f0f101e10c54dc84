"""Statistics and their definitions."""
