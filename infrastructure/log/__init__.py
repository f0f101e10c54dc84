"""The event log: the only record of what happened, in one gapless order."""
