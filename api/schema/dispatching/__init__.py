"""What the schema says of dispatching."""
