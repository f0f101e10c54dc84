"""What the API promises its callers."""
