"""What the schema says of oversight."""
