"""Everything that touches the world: the log, the projections, the statistics as SQL, importers, settings."""
