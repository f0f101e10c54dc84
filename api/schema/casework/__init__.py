"""What the schema says of casework."""
