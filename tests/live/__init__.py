"""What is told as it happens, asked for by real clients."""
