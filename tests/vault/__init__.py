"""The vault for personal data."""
