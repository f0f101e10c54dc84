"""Facts and rules: what may happen, and what has happened. Standard library only."""
