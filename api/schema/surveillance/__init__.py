"""What the schema says of surveillance."""
