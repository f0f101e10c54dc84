"""What jurisdiction needs beyond its projections: geometry, and who is competent where."""
