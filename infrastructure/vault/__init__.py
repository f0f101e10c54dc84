"""The vault for personal data: beside the log, each person under a key of their own."""
