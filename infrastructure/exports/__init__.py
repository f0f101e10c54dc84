"""Exports: the job that reads, and where what it has read is kept."""
