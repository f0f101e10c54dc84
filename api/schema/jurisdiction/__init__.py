"""What the schema says of jurisdiction."""
