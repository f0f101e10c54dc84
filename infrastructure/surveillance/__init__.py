"""What is asked about cameras, answered from the tables."""
